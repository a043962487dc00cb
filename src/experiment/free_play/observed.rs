//! What is watched in a match: what happened between companies, whom the regulator probed and for what, what became of fronts and of
//! newcomers, and how long nothing happened.

use std::collections::{BTreeMap, BTreeSet};

use crate::game::Match;
use crate::level::{Level, Offence};
use crate::sim::Outcome;
use crate::sim::state::events::Event;

/// Share of the market with which a newcomer counts as having survived.
pub(super) const SURVIVES: f64 = 0.01;
/// A month in which people spend so much more or less than in the one before, in all or in some category, is another season.
const SEASON: f64 = 0.1;

/// What was seen of one match or of several.
#[derive(Clone, Debug, Default)]
pub(super) struct Observed {
    /// Times that each kind of event happened.
    pub happened: BTreeMap<&'static str, u64>,
    /// Probes by the deed that weighed most on file, and those of companies with nothing on file.
    pub probes: BTreeMap<Offence, u64>,
    /// Probes of companies of which nothing was on file.
    pub groundless: u64,
    /// Fronts made, broken and kept to their end.
    pub fronts: [u64; 3],
    /// Months in a row in which nothing happened, as many entries as there were such times.
    pub quiet: Vec<u32>,
    /// Newcomers that entered, that had survived at the end, and that won.
    pub newcomers: [u64; 3],
    fronts_in_force: BTreeSet<u32>,
    quiet_for: u32,
    leaders: Vec<Option<usize>>,
}

impl Observed {
    /// Looks at the month that was just played.
    pub fn month(&mut self, game: &Match, outcome: &Outcome) {
        let simulation = game.simulation();
        let level = simulation.level();
        let mut stirred = self.leader_changed(outcome) || another_season(level, outcome.turn);
        for event in &outcome.news {
            *self.happened.entry(event.kind()).or_default() += 1;
            stirred = true;
            match *event {
                Event::Probed { platform } => self.probe(simulation.files().0[platform].by_offence()),
                Event::Accepted { agreement, .. } => {
                    let all = &simulation.ecosystem().negotiations.agreements;
                    let made = all.iter().find(|made| made.number == agreement);
                    let is_front =
                        |platform: usize| made.is_some_and(|made| made.fronts_of(platform).next().is_some());
                    if (0..level.platforms.len()).any(is_front) {
                        self.fronts[0] += 1;
                        self.fronts_in_force.insert(agreement);
                    }
                }
                Event::Broken { agreement, .. } => {
                    self.fronts[1] += u64::from(self.fronts_in_force.remove(&agreement));
                }
                Event::Expired { agreement } => {
                    self.fronts[2] += u64::from(self.fronts_in_force.remove(&agreement));
                }
                _ => {}
            }
        }
        if stirred {
            self.end_of_quiet();
        } else {
            self.quiet_for += 1;
        }
    }

    /// Looks at the end of a match that somebody won.
    pub fn end(&mut self, level: &Level, outcome: &Outcome, first: Option<usize>) {
        self.end_of_quiet();
        self.leaders.clear();
        self.fronts_in_force.clear();
        for (number, platform) in level.platforms.iter().enumerate() {
            if platform.enters.is_some() && platform.here {
                let part = outcome.share(number);
                self.newcomers[0] += 1;
                self.newcomers[1] += u64::from(part >= SURVIVES);
                self.newcomers[2] += u64::from(first == Some(number));
            }
        }
    }

    /// Adds what was seen elsewhere.
    pub fn add(&mut self, other: &Self) {
        other.happened.iter().for_each(|(kind, count)| *self.happened.entry(kind).or_default() += count);
        other.probes.iter().for_each(|(kind, count)| *self.probes.entry(*kind).or_default() += count);
        self.groundless += other.groundless;
        for (sums, counts) in [(&mut self.fronts, other.fronts), (&mut self.newcomers, other.newcomers)] {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        self.quiet.extend(&other.quiet);
    }

    /// The median of the times in which nothing happened, counting the months in between as times of no length.
    pub fn median_quiet(&self) -> u32 {
        let mut all = self.quiet.clone();
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or(0)
    }

    fn end_of_quiet(&mut self) {
        self.quiet.push(std::mem::take(&mut self.quiet_for));
    }

    fn probe(&mut self, weights: [f64; Offence::COUNT]) {
        let heaviest = Offence::ALL.into_iter().zip(weights).max_by(|one, other| one.1.total_cmp(&other.1));
        match heaviest.filter(|(_, weight)| *weight > 0.0) {
            Some((offence, _)) => *self.probes.entry(offence).or_default() += 1,
            None => self.groundless += 1,
        }
    }

    /// Whether another company sells most of some category than in the month before.
    fn leader_changed(&mut self, outcome: &Outcome) -> bool {
        let categories = 0..outcome.sales.shape()[1];
        let leader = |category: usize| {
            outcome.platforms().max_by(|&one, &other| {
                outcome.category_sales(category, one).total_cmp(&outcome.category_sales(category, other))
            })
        };
        let leaders: Vec<Option<usize>> = categories.map(leader).collect();
        let changed = !self.leaders.is_empty() && leaders != self.leaders;
        self.leaders = leaders;
        changed
    }
}

/// Whether people spend clearly more or less than in the month before, on anything.
fn another_season(level: &Level, turn: u32) -> bool {
    let of = |category: usize, turn: u32| level.spending(category, turn);
    turn > 1
        && (0..level.categories.len())
            .any(|category| (of(category, turn) / of(category, turn - 1) - 1.0).abs() >= SEASON)
}
