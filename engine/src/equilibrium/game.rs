//! The game that platforms play: what each may set, and what comes of it.

use crate::level::{Conduct, Expectations, Level, PriceForm};
use crate::sim::continuum::{Continuum, Fees, NoContinuum, Sizes};

/// How far, in units of the scale, a platform looks for something better, and by how much more at most where shops differ.
const REACH: f64 = 4.0;
const FURTHER: f64 = 20.0;
/// Profit, in units of its scale, that is rounding: where no fee brings more there is nothing to go by.
pub(super) const FLAT: f64 = 1e-13;
/// How little shares of the market still move where demand has settled: while answers are sought, and while places far
/// and wide are looked over, the best of which are gone to afterwards.
pub(super) const EXACT: f64 = 1e-13;
pub(super) const ROUGH: f64 = 1e-7;

/// A level's platforms as players.
pub(super) struct Game<'a> {
    pub(super) market: &'a Continuum<'a>,
    /// Platforms with a shop.
    pub(super) players: Vec<usize>,
    /// How far each number that a platform sets must go to change things.
    pub(super) scale: Vec<f64>,
    /// How far a platform looks, in units of the scale.
    pub(super) reach: f64,
    /// Yuan a month that count.
    pub(super) profit: f64,
}

/// What everybody does, and how large everybody is.
#[derive(Clone)]
pub(super) struct State {
    /// By platform: membership and merchant fee, or the part of the people who are members.
    pub(super) set: Vec<Vec<f64>>,
    pub(super) sizes: Sizes,
}

/// Where a search begins.
pub(super) struct Start {
    pub(super) name: String,
    pub(super) state: State,
}

impl<'a> Game<'a> {
    pub fn new(market: &'a Continuum<'a>) -> Self {
        let level = market.level();
        let people = level.population();
        let (consumers, merchants) = scales(level);
        let scale = match (level.market.conduct, level.setup.merchants) {
            (Conduct::Quantity, _) => vec![0.1],
            (Conduct::Price, 0) => vec![consumers],
            (Conduct::Price, _) => vec![consumers, merchants],
        };
        let profit = people * consumers + if scale.len() > 1 { level.setup.shops * merchants } else { 0.0 };
        let appeals = level.platforms.iter().filter_map(|platform| platform.shop.as_ref()?.appeal);
        let (low, high) =
            appeals.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), a| (low.min(a), high.max(a)));
        let apart = if high > low { ((high - low) / consumers).min(FURTHER) } else { 0.0 };
        Self { market, players: level.shops(), scale, reach: REACH + apart, profit }
    }

    pub(super) fn level(&self) -> &Level {
        self.market.level()
    }

    /// What everybody sets as fees: where the level asks for quantities, what those fetch.
    pub(super) fn fees(&self, state: &State) -> Result<Vec<Fees>, NoContinuum> {
        match self.level().market.conduct {
            Conduct::Price => Ok(self.fees_set(&state.set)),
            Conduct::Quantity => self.market.fees_for(&self.quantities(&state.set), &state.sizes),
        }
    }

    fn fees_set(&self, set: &[Vec<f64>]) -> Vec<Fees> {
        let mut fees = self.market.posted_fees();
        for &player in &self.players {
            fees[player].membership = set[player][0];
            if let Some(&merchant) = set[player].get(1) {
                fees[player].merchant = merchant;
            }
        }
        fees
    }

    pub(super) fn quantities(&self, set: &[Vec<f64>]) -> Vec<f64> {
        set.iter().map(|own| own.first().copied().unwrap_or(0.0)).collect()
    }

    /// What comes of it when everybody sets these numbers: sizes, and profits by platform. Consumers who go by announced
    /// sizes go by those of `state`, whatever is tried.
    /// Nothing, where demand does not settle or nobody would pay for such quantities.
    pub(super) fn play(&self, state: &State, set: &[Vec<f64>]) -> Option<(Sizes, Vec<f64>)> {
        self.play_until(state, set, EXACT)
    }

    /// What comes of it, to how little demand still moves.
    fn play_until(&self, state: &State, set: &[Vec<f64>], close: f64) -> Option<(Sizes, Vec<f64>)> {
        let announced = self.level().market.expectations == Expectations::Announced;
        match self.level().market.conduct {
            Conduct::Price => {
                let fees = self.fees_set(set);
                let settled =
                    self.market.demand(&fees, &state.sizes, announced.then_some(&state.sizes), close);
                let profits = self.market.profits(&fees, &settled.sizes);
                settled.is_settled(close).then_some((settled.sizes, profits))
            }
            Conduct::Quantity => {
                let parts = self.quantities(set);
                let sold: f64 = parts.iter().sum();
                let possible = self.players.iter().all(|&player| parts[player] > 0.0) && sold < 1.0;
                if !possible {
                    return None;
                }
                let sizes = self.market.sizes_of(&parts);
                let seen = if announced { &state.sizes } else { &sizes };
                let fees = self.market.fees_for(&parts, seen).ok()?;
                let profits = self.market.profits(&fees, &sizes);
                Some((sizes, profits))
            }
        }
    }

    /// A platform's profit, as a function of what it sets itself.
    pub(super) fn profit_of<'b>(
        &'b self,
        state: &'b State,
        player: usize,
        close: f64,
    ) -> impl Fn(&[f64]) -> f64 + 'b {
        move |own| {
            let mut set = state.set.clone();
            set[player] = own.to_vec();
            self.play_until(state, &set, close).map_or(f64::NAN, |(_, profits)| profits[player])
        }
    }

    pub(super) fn largest_change(&self, one: &Sizes, other: &Sizes) -> f64 {
        let (one, other) = (self.market.parts(one), self.market.parts(other));
        one.iter().zip(&other).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }
}

/// By how many yuan fees must differ to change what consumers, and merchants, do.
fn scales(level: &Level) -> (f64, f64) {
    let market = &level.market;
    let utility = market.logit_scale
        + market.taste_strength
        + market.own_side_effect.abs()
        + market.listing_effect.abs()
        + market.habit;
    let spend: f64 = level.categories.iter().map(|category| category.monthly_spend).sum();
    let yuan = match market.price_form {
        PriceForm::Linear => 1.0,
        PriceForm::Log => spend,
    };
    let sensitivity = if market.price_sensitivity > 0.0 { market.price_sensitivity } else { 1.0 };
    let margin = market.merchant_noise
        + market.merchant_taste_strength
        + market.merchant_entry_cost
        + market.merchant_benefit.abs()
        + market.merchant_margin_spread;
    let sales_a_shop = level.total_potential() / level.setup.shops.max(1.0);
    let or_one = |scale: f64| if scale > 0.0 { scale } else { 1.0 };
    (or_one(utility / sensitivity * yuan), or_one(margin * sales_a_shop))
}
