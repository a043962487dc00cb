//! The game that platforms play: what each may set, what it earns, and how answers to answers settle.

use super::maximise::{Peak, climb, over_a_grid, over_a_net};
use super::report::{Deviation, Equilibrium, Failure};
use crate::level::{Conduct, Expectations, Level, MAX_MEMBERSHIP_FEE, PriceForm, Shop};
use crate::sim::continuum::{Continuum, Fees, NoContinuum, Sizes};

/// Rounds of answers before a start is given up.
const ROUNDS: usize = 200;
/// A move that counts as none, in units of the scale.
const STILL: f64 = 1e-8;
/// How close to its best a platform comes, in units of the scale; while answers still move, by the move before.
const CLOSE: f64 = 1e-6;
const NEARER: f64 = 1e-2;
/// How far, in units of the scale, a platform looks for something better, and by how much more at most where shops differ.
const REACH: f64 = 4.0;
const FURTHER: f64 = 20.0;
/// What a deviation must bring to count, relative to the profit that it leads to.
const WORTHWHILE: f64 = 1e-6;
/// Profit, in units of its scale, that is rounding: where no fee brings more there is nothing to go by.
const FLAT: f64 = 1e-13;
/// By how much of itself each fee of a ladder is further from cost than the one before: of one fee alone, and of two together.
const RUNG: f64 = 0.08;
const WIDE_RUNG: f64 = 0.4;
/// A fee an order of magnitude beyond anything that orders allow, in yuan a month.
const BEYOND: f64 = 10.0 * MAX_MEMBERSHIP_FEE;
/// Moves below which two results are one, in units of the scale.
const ALIKE: f64 = 1e-4;
/// How little shares of the market still move where demand has settled: while answers are sought, and while places far
/// and wide are looked over, the best of which are gone to afterwards.
const EXACT: f64 = 1e-13;
const ROUGH: f64 = 1e-7;
/// Part of the people, or of the merchants, that is nobody.
const NOBODY: f64 = 1e-12;
/// Rounds whose fees a failure shows.
const SHOWN: usize = 6;

/// A level's platforms as players.
pub(super) struct Game<'a> {
    market: &'a Continuum<'a>,
    /// Platforms with a shop.
    players: Vec<usize>,
    /// How far each number that a platform sets must go to change things.
    scale: Vec<f64>,
    /// How far a platform looks, in units of the scale.
    reach: f64,
    /// Yuan a month that count.
    profit: f64,
}

/// What everybody does, and how large everybody is.
#[derive(Clone)]
pub(super) struct State {
    /// By platform: membership and merchant fee, or the part of the people who are members.
    set: Vec<Vec<f64>>,
    sizes: Sizes,
}

/// Where a search begins.
pub(super) struct Start {
    name: String,
    state: State,
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

    fn level(&self) -> &Level {
        self.market.level()
    }

    /// What everybody sets as fees: where the level asks for quantities, what those fetch.
    fn fees(&self, state: &State) -> Result<Vec<Fees>, NoContinuum> {
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

    fn quantities(&self, set: &[Vec<f64>]) -> Vec<f64> {
        set.iter().map(|own| own.first().copied().unwrap_or(0.0)).collect()
    }

    /// What comes of it when everybody sets these numbers: sizes, and profits by platform. Consumers who go by announced
    /// sizes go by those of `state`, whatever is tried.
    /// Nothing, where demand does not settle or nobody would pay for such quantities.
    fn play(&self, state: &State, set: &[Vec<f64>]) -> Option<(Sizes, Vec<f64>)> {
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
    fn profit_of<'b>(&'b self, state: &'b State, player: usize, close: f64) -> impl Fn(&[f64]) -> f64 + 'b {
        move |own| {
            let mut set = state.set.clone();
            set[player] = own.to_vec();
            self.play_until(state, &set, close).map_or(f64::NAN, |(_, profits)| profits[player])
        }
    }

    /// Where searches begin: at the level's own fees, at cost, above cost, and with everybody in one place.
    pub fn starts(&self) -> Result<Vec<Start>, NoContinuum> {
        let level = self.level();
        let count = self.players.len() as f64;
        let everywhere = |own: &dyn Fn(usize) -> Vec<f64>| -> Vec<Vec<f64>> {
            let platforms = 0..level.platforms.len();
            platforms
                .map(|p| if self.players.contains(&p) { own(p) } else { vec![0.0; self.scale.len()] })
                .collect()
        };
        let start = |name: &str, set: Vec<Vec<f64>>, sizes: Sizes| Start {
            name: name.to_owned(),
            state: State { set, sizes },
        };
        if level.market.conduct == Conduct::Quantity {
            let parts = |of: f64| everywhere(&|_| vec![of / count]);
            let begin = |name: &str, of: f64| {
                let set = parts(of);
                let sizes = self.market.sizes_of(&self.quantities(&set));
                start(name, set, sizes)
            };
            // Whether quantities have prices here at all.
            self.market.fees_for(&self.quantities(&parts(0.5)), &self.market.opening)?;
            let uneven = everywhere(&|player| {
                let place = self.players.iter().position(|&p| p == player).unwrap_or(0);
                vec![0.6 * (place as f64 + 1.0) / (count * (count + 1.0))]
            });
            let sizes = self.market.sizes_of(&self.quantities(&uneven));
            return Ok(vec![
                begin("half of the people", 0.5),
                begin("a tenth of the people", 0.1),
                begin("nine in ten people", 0.9),
                start("uneven parts", uneven, sizes),
            ]);
        }
        let cost = |player: usize, above: f64| {
            let shop = level.platforms[player].shop.as_ref();
            let costs = shop.map_or([0.0, 0.0], |shop| [shop.cost_per_member, shop.cost_per_merchant]);
            self.scale.iter().zip(costs).map(|(scale, cost)| cost + above * scale).collect()
        };
        let posted = self.market.posted_fees();
        let opening = || self.market.opening.clone();
        let as_posted = everywhere(&|player| {
            [posted[player].membership, posted[player].merchant][..self.scale.len()].to_vec()
        });
        let mut starts = vec![
            start("the level's fees", as_posted, opening()),
            start("fees at cost", everywhere(&|player| cost(player, 0.0)), opening()),
            start("fees above cost", everywhere(&|player| cost(player, 0.5)), opening()),
        ];
        let market = &level.market;
        let drawn = [market.own_side_effect, market.listing_effect, market.merchant_benefit];
        if self.players.len() > 1 && drawn.iter().any(|&effect| effect != 0.0) {
            for &leader in &self.players {
                let set = everywhere(&|player| cost(player, 0.5));
                let sizes = self.tipped(leader);
                starts.push(start(&format!("everybody at {}", level.platforms[leader].id), set, sizes));
            }
        }
        Ok(starts)
    }

    /// Everybody on one platform.
    fn tipped(&self, leader: usize) -> Sizes {
        let mut sizes = self.market.opening.clone();
        let [regions, categories, platforms] = sizes.sales.shape();
        for platform in 0..platforms {
            let part = if platform == leader { 1.0 } else { 0.0 };
            for category in 0..categories {
                for region in 0..regions {
                    sizes.sales[[region, category, platform]] =
                        part * self.level().potential(region, category);
                }
                sizes.variety[[category, platform]] = part;
            }
        }
        sizes
    }

    /// Lets everybody answer in turn until nobody moves.
    pub fn settle(&self, start: &Start) -> Result<(Equilibrium, State), Failure> {
        let mut state = start.state.clone();
        let mut shown = Vec::new();
        let (mut damping, mut best, mut since, mut last) = (1.0, f64::INFINITY, 0, 1.0);
        let fail = |reason: String, rounds: usize, iterates: Vec<Vec<(f64, f64)>>| Failure {
            start: start.name.clone(),
            reason,
            rounds,
            iterates,
        };
        for round in 1..=ROUNDS {
            let mut moved: f64 = 0.0;
            for &player in &self.players {
                let own = &state.set[player];
                let answer = self.answer(&state, player, NEARER * last);
                let step =
                    answer.at.iter().zip(own).zip(&self.scale).map(|((new, old), s)| (new - old).abs() / s);
                moved = moved.max(step.fold(0.0, f64::max));
                let next = own.iter().zip(&answer.at).map(|(old, new)| old + damping * (new - old)).collect();
                state.set[player] = next;
                let Some((sizes, _)) = self.play(&state, &state.set) else {
                    return Err(fail("demand does not settle there".into(), round, shown));
                };
                if self.level().market.expectations == Expectations::Seen {
                    state.sizes = sizes;
                }
            }
            // Announcements are true in equilibrium: they follow what comes, between rounds.
            if let Some((sizes, _)) = self.play(&state, &state.set) {
                moved = moved.max(self.largest_change(&state.sizes, &sizes));
                state.sizes = sizes;
            }
            if shown.len() == SHOWN {
                shown.remove(0);
            }
            shown.push(self.shown(&state));
            if !moved.is_finite() {
                return Err(fail("profit is no number here".into(), round, shown));
            }
            if moved < STILL {
                return self
                    .describe(&state, &start.name, round, moved)
                    .map_err(|e| fail(e.to_string(), round, shown));
            }
            last = moved;
            if self.is_beyond(&state) {
                return Err(fail(
                    format!("fees rise without bound: beyond all orders after {round} rounds"),
                    round,
                    shown,
                ));
            }
            // Answers that run round in circles are taken in shorter steps.
            if moved < 0.95 * best {
                (best, since) = (moved, 0);
            } else {
                since += 1;
            }
            if since >= 20 {
                (damping, since, best) = (f64::max(0.5 * damping, 0.05), 0, f64::INFINITY);
            }
        }
        let reason = if self.rises_without_bound(&state) {
            format!("fees rise without bound: still after {ROUNDS} rounds")
        } else {
            format!("answers still move after {ROUNDS} rounds")
        };
        Err(fail(reason, ROUNDS, shown))
    }

    /// Whether a fee is beyond anything that orders allow, by an order of magnitude.
    fn is_beyond(&self, state: &State) -> bool {
        self.level().market.conduct == Conduct::Price
            && self.players.iter().any(|&player| state.set[player].iter().any(|&fee| fee > BEYOND))
    }

    /// Whether some platform would earn more with a fee that is beyond anything that orders allow, or orders of magnitude beyond its own.
    fn rises_without_bound(&self, state: &State) -> bool {
        let price = self.level().market.conduct == Conduct::Price;
        let rises = |&player: &usize| {
            let (own, profit) = (&state.set[player], self.profit_of(state, player, EXACT));
            let higher = |side: usize| {
                let mut own = own.clone();
                own[side] = BEYOND.max(10.0 * own[side]);
                profit(&own)
            };
            (0..own.len()).any(|side| higher(side) > profit(own) + FLAT * self.profit)
        };
        price && self.players.iter().any(rises)
    }

    /// What earns a platform most to within `close`, uphill from where it is; where nothing changes there, from the best place
    /// around.
    fn answer(&self, state: &State, player: usize, close: f64) -> Peak {
        let profit = self.profit_of(state, player, EXACT);
        let near = climb(&profit, &state.set[player], &self.scale, close);
        if near.value > FLAT * self.profit {
            return near;
        }
        let mut elsewhere = self.elsewhere(state, player, 1);
        elsewhere.sort_by(|a, b| b.value.total_cmp(&a.value));
        let found = elsewhere.first().filter(|peak| peak.value > near.value);
        found.map_or(near, |peak| climb(&profit, &peak.at, &self.scale, close))
    }

    /// The best places far and wide: of a grid around the platform's own, of ladders of each fee alone, and of a net of both
    /// fees; as many of each as asked for.
    fn elsewhere(&self, state: &State, player: usize, best: usize) -> Vec<Peak> {
        let (own, profit) = (&state.set[player], self.profit_of(state, player, ROUGH));
        let mut places = over_a_grid(&profit, own, &self.scale, self.reach, best);
        if self.level().market.conduct == Conduct::Quantity {
            return places;
        }
        let ladders = |rung: f64| (0..own.len()).map(move |side| self.ladder(player, own, side, rung));
        for (side, ladder) in ladders(RUNG).enumerate() {
            let mut net: Vec<Vec<f64>> = own.iter().map(|&fee| vec![fee]).collect();
            net[side] = ladder;
            places.extend(over_a_net(&profit, &net, best));
        }
        if own.len() > 1 {
            places.extend(over_a_net(&profit, &ladders(WIDE_RUNG).collect::<Vec<_>>(), best));
        }
        places
    }

    /// Values of one fee, that of consumers (0) or of merchants (1), in ascending order: from just above cost to the highest that orders
    /// allow, and as far beyond as the platform's own, so that what people would pay who mind a price little is among them. Where both sides
    /// pay, one may be paid to come for the other's sake: there are fees below cost as well, as far as a platform looks.
    fn ladder(&self, player: usize, own: &[f64], side: usize, rung: f64) -> Vec<f64> {
        let Some(shop) = self.level().platforms[player].shop.as_ref() else { return Vec::new() };
        let cost = [shop.cost_per_member, shop.cost_per_merchant][side];
        let (scale, near) = (self.scale[side], self.reach * self.scale[side]);
        let highest = MAX_MEMBERSHIP_FEE.max(own[side]).max(cost + near) - cost;
        let steps = || {
            let first = 0.02 * scale.min(highest);
            std::iter::successors(Some(first), |above| Some(above * (1.0 + rung)))
        };
        let mut rungs: Vec<f64> =
            steps().take_while(|&above| above < highest).map(|above| cost + above).collect();
        if own.len() > 1 {
            rungs.extend(steps().take_while(|&below| below < near).map(|below| cost - below));
            rungs.extend([cost, own[side]]);
            rungs.sort_by(f64::total_cmp);
            rungs.dedup();
        }
        rungs
    }

    /// A platform whose profit there is too small to tell one fee from another, where chance always leaves it somebody, or
    /// whose fee is below cost. One that would earn nothing at any fee is out of the market: what it sets decides
    /// nothing for the others, as long as somebody else earns something.
    pub fn flat(&self, state: &State) -> Option<usize> {
        if self.level().market.logit_scale == 0.0 || self.level().market.conduct == Conduct::Quantity {
            return None;
        }
        let (_, profits) = self.play(state, &state.set)?;
        let nobody_earns = profits.iter().all(|&profit| profit <= FLAT * self.profit);
        self.players.iter().copied().find(|&player| {
            let below_cost =
                |shop: &Shop| state.set[player][0] < shop.cost_per_member && self.scale.len() == 1;
            let loses = self.level().platforms[player].shop.as_ref().is_some_and(below_cost);
            loses || nobody_earns && profits[player].abs() <= FLAT * self.profit
        })
    }

    /// The start at which somebody does what pays more.
    pub fn after(&self, state: &State, deviation: &Deviation) -> Start {
        let mut state = state.clone();
        let own = &mut state.set[deviation.platform];
        own[0] = deviation.membership_fee;
        if let Some(merchant) = own.get_mut(1) {
            *merchant = deviation.merchant_fee;
        }
        if let (Expectations::Seen, Some((sizes, _))) =
            (self.level().market.expectations, self.play(&state, &state.set))
        {
            state.sizes = sizes;
        }
        let id = &self.level().platforms[deviation.platform].id;
        Start { name: format!("what {id} would rather do"), state }
    }

    fn largest_change(&self, one: &Sizes, other: &Sizes) -> f64 {
        let (one, other) = (self.market.parts(one), self.market.parts(other));
        one.iter().zip(&other).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    fn shown(&self, state: &State) -> Vec<(f64, f64)> {
        let fees = self.fees(state).unwrap_or_else(|_| self.market.posted_fees());
        fees.iter().map(|fees| (fees.membership, fees.merchant)).collect()
    }

    fn describe(
        &self,
        state: &State,
        start: &str,
        rounds: usize,
        moved: f64,
    ) -> Result<(Equilibrium, State), NoContinuum> {
        let fees = self.fees(state)?;
        let categories = self.level().categories.len() as f64;
        let listings = |platform: usize| {
            let by_category = (0..self.level().categories.len()).map(|c| state.sizes.variety[[c, platform]]);
            by_category.sum::<f64>() / categories
        };
        let found = Equilibrium {
            membership_fee: fees.iter().map(|fees| fees.membership).collect(),
            merchant_fee: fees.iter().map(|fees| fees.merchant).collect(),
            members: self.market.parts(&state.sizes),
            listings: (0..self.level().platforms.len()).map(listings).collect(),
            profit: self.market.profits(&fees, &state.sizes),
            starts: vec![start.to_owned()],
            rounds,
            last_move: moved,
            deviation: None,
        };
        Ok((found, state.clone()))
    }

    /// Keeps a result, once.
    pub fn add(&self, new: (Equilibrium, State), found: &mut Vec<(Equilibrium, State)>) {
        let alike = |one: &State, other: &State| {
            // What nobody pays is no difference.
            let (some, others) = (self.market.parts(&one.sizes), self.market.parts(&other.sizes));
            let counts = |player: usize| {
                let listed = |state: &State| {
                    (0..self.level().categories.len()).any(|c| state.sizes.variety[[c, player]] > NOBODY)
                };
                some[player].max(others[player]) > NOBODY || listed(one) || listed(other)
            };
            let players = self.players.iter().copied().filter(|&player| counts(player));
            let moves = players.flat_map(|player| {
                let pairs = one.set[player].iter().zip(&other.set[player]);
                pairs.zip(&self.scale).map(|((a, b), scale)| (a - b).abs() / scale)
            });
            moves.fold(0.0, f64::max) < ALIKE && self.largest_change(&one.sizes, &other.sizes) < ALIKE
        };
        match found.iter_mut().find(|(_, state)| alike(state, &new.1)) {
            Some((known, _)) => {
                for start in new.0.starts {
                    if !known.starts.contains(&start) {
                        known.starts.push(start);
                    }
                }
            }
            None => found.push(new),
        }
    }

    /// What some platform would rather do than stay, if anything: everything within reach is tried.
    pub fn deviation(&self, state: &State) -> Option<Deviation> {
        let (_, profits) = self.play(state, &state.set)?;
        let by_player = self.players.iter().filter_map(|&player| {
            let profit = self.profit_of(state, player, EXACT);
            let tried = self.elsewhere(state, player, 3);
            let best = tried.iter().map(|peak| climb(&profit, &peak.at, &self.scale, CLOSE));
            let best = best.max_by(|a, b| a.value.total_cmp(&b.value))?;
            let gain = best.value - profits[player];
            let mut deviating = state.clone();
            deviating.set[player].clone_from(&best.at);
            let fees = self.fees(&deviating).ok()?;
            let counts = WORTHWHILE * best.value.abs() + FLAT * self.profit;
            (gain > counts).then_some(Deviation {
                platform: player,
                membership_fee: fees[player].membership,
                merchant_fee: fees[player].merchant,
                gain,
            })
        });
        by_player.max_by(|a, b| a.gain.total_cmp(&b.gain))
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
