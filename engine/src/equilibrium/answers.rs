//! How answers to answers settle.

use super::game::{EXACT, FLAT, Game, Start, State};
use super::maximise::{Peak, climb};
use super::report::{Equilibrium, Failure};
use crate::level::{Conduct, Expectations, MAX_MEMBERSHIP_FEE};
use crate::sim::continuum::NoContinuum;

/// Rounds of answers before a start is given up.
const ROUNDS: usize = 200;
/// A move that counts as none, in units of the scale.
const STILL: f64 = 1e-8;
/// How close to its best a platform comes while answers still move, by the move before.
const NEARER: f64 = 1e-2;
/// A fee an order of magnitude beyond anything that orders allow, in yuan a month.
const BEYOND: f64 = 10.0 * MAX_MEMBERSHIP_FEE;
/// Moves below which two results are one, in units of the scale.
const ALIKE: f64 = 1e-4;
/// Part of the people, or of the merchants, that is nobody.
const NOBODY: f64 = 1e-12;
/// Rounds whose fees a failure shows.
const SHOWN: usize = 6;

impl Game<'_> {
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
}
