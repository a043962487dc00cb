//! What else pays: places far and wide that a platform could go to.

use super::game::{EXACT, FLAT, Game, ROUGH, State};
use super::maximise::{Peak, climb, over_a_grid, over_a_net};
use super::report::Deviation;
use crate::level::{Conduct, MAX_MEMBERSHIP_FEE, Shop};

/// What a deviation must bring to count, relative to the profit that it leads to.
const WORTHWHILE: f64 = 1e-6;
/// How close to the top of what else pays is gone, in units of the scale.
const CLOSE: f64 = 1e-6;
/// By how much of itself each fee of a ladder is further from cost than the one before: of one fee alone, and of two together.
const RUNG: f64 = 0.08;
const WIDE_RUNG: f64 = 0.4;

impl Game<'_> {
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

    /// The best places far and wide: of a grid around the platform's own, of ladders of each fee alone, and of a net of both
    /// fees; as many of each as asked for.
    pub(super) fn elsewhere(&self, state: &State, player: usize, best: usize) -> Vec<Peak> {
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
}
