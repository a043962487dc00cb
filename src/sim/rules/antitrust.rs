//! What the regulator counts, and what follows from it: from deeds alone, never from chance.

use crate::level::{Level, Regulator};
use crate::sim::state::companies::{Policy, YEAR};
use crate::sim::state::events::Event;
use crate::sim::state::files::{File, Offence, OnFile, Stage};
use crate::sim::state::ledger::Flow;
use crate::sim::state::outcome::{Outcome, ratio};

/// What the regulator does after a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It warns.
    Warns,
    /// It begins to probe.
    Probes,
    /// It lets the matter drop.
    Drops,
    /// It decides: a fine, in fen, and whether something must stop.
    Decides(i128, bool),
    /// It collects a fine for what goes on though it is forbidden, in fen.
    Collects(i128),
}

/// A company as the regulator sees it after a turn.
pub struct Case<'a> {
    /// The level.
    pub level: &'a Level,
    /// Its regulator.
    pub regulator: &'a Regulator,
    /// Which company.
    pub platform: usize,
    /// What it asks and does.
    pub policy: &'a Policy,
    /// What happened in the turn.
    pub outcome: &'a Outcome,
}

impl Case<'_> {
    /// The largest of its shares of sales in the market, a region or a category, over what counts as dominant.
    pub fn dominance(&self) -> f64 {
        let (outcome, platform) = (self.outcome, self.platform);
        let regions = (0..self.level.regions.len()).map(|region| outcome.region_share(region, platform));
        let categories =
            (0..self.level.categories.len()).map(|category| outcome.category_share(category, platform));
        let share = regions.chain(categories).fold(outcome.share(platform), f64::max);
        share / self.regulator.dominance
    }

    /// Fees on consumers over sales.
    fn fee(&self) -> f64 {
        ratio(self.outcome.flow(self.platform, Flow::ConsumerFees), self.outcome.gmv(self.platform))
    }

    /// Whether something goes on that could be forbidden.
    pub fn goes_on(&self) -> bool {
        [Offence::Exclusivity, Offence::Fees].into_iter().any(|offence| self.is_standing(offence))
    }

    fn is_standing(&self, offence: Offence) -> bool {
        match offence {
            Offence::Exclusivity => self.policy.prices.exclusive && self.dominance() >= 1.0,
            // What is settled in fen may be a hair above what was asked.
            Offence::Fees => self.fee() > self.regulator.fee_tolerance + 1e-9,
            _ => false,
        }
    }

    /// What the turn adds to its file, by kind.
    pub fn deeds(&self) -> [f64; 5] {
        let &Self { level, regulator, platform, outcome, .. } = self;
        let dominance = self.dominance();
        // Walls are a matter of power; what is done to buyers is one for everybody, and graver where they have no choice.
        let power = if dominance >= 1.0 { dominance } else { 0.0 };
        let reach = dominance.max(1.0);
        let people: f64 = outcome.people.iter().sum();
        let mut weights = [0.0; 5];
        for event in outcome.news.iter().filter(|event| event.by() == Some(platform)) {
            if let Event::Closed { to, .. } | Event::Blocked { to, .. } = *event {
                weights[Offence::Blocking as usize] +=
                    power * regulator.blocking * ratio(outcome.user_count(to), people);
            }
        }
        if self.policy.prices.exclusive {
            let mean = |of: &dyn Fn(usize) -> f64| {
                (0..level.categories.len()).map(of).sum::<f64>() / level.categories.len() as f64
            };
            let bound = mean(&|category| outcome.variety[[category, platform]]);
            weights[Offence::Exclusivity as usize] = power * regulator.exclusivity * bound;
        }
        let beyond = (self.fee() - regulator.fee_tolerance).max(0.0);
        weights[Offence::Fees as usize] = reach * regulator.fees * beyond;
        let beyond = (outcome.fraud[platform] - regulator.fraud_tolerance).max(0.0);
        weights[Offence::Fraud as usize] = reach * regulator.fraud * beyond;
        weights[Offence::Anger as usize] =
            reach * regulator.anger * (-outcome.public_opinion[platform]).max(0.0);
        weights
    }

    /// Moves a file on by the turn, and says what the regulator does.
    pub fn after(&self, file: &mut File) -> Option<Act> {
        let (regulator, now) = (self.regulator, self.outcome.turn);
        let taken: i128 = Flow::ALL
            .into_iter()
            .filter(|flow| flow.is_revenue())
            .map(|flow| self.outcome.flows[self.platform][flow as usize].max(0))
            .sum();
        file.revenue.push(taken);
        let over = file.revenue.len().saturating_sub(YEAR);
        file.revenue.drain(..over);
        file.deeds.retain(|deed| deed.turn + regulator.memory > now);
        for (offence, weight) in Offence::ALL.into_iter().zip(self.deeds()) {
            if weight > 0.0 {
                file.deeds.push(OnFile { turn: now, offence, weight });
            }
        }
        self.act(file, taken)
    }

    fn act(&self, file: &mut File, taken: i128) -> Option<Act> {
        let (regulator, now) = (self.regulator, self.outcome.turn);
        match file.stage {
            Stage::Watched if file.attention() >= regulator.warning => {
                file.stage = Stage::Warned { since: now };
                Some(Act::Warns)
            }
            Stage::Warned { since } if now >= since + regulator.grace => {
                if now == since + regulator.grace {
                    self.forgive(file);
                }
                if file.attention() >= regulator.probe {
                    file.stage = Stage::Probed { until: now + regulator.probe_months };
                    Some(Act::Probes)
                } else if file.attention() < regulator.warning {
                    file.stage = Stage::Watched;
                    Some(Act::Drops)
                } else {
                    None
                }
            }
            Stage::Probed { until } if now >= until => Some(self.decide(file, 0.0)),
            Stage::Contested { until, .. } if now >= until => Some(self.decide(file, regulator.surcharge)),
            Stage::Remedy { .. } if !self.goes_on() => {
                file.stage = Stage::Watched;
                Some(Act::Drops)
            }
            Stage::Remedy { until } if now > until => {
                let months = f64::from(now - until);
                let fine = (taken as f64 * (regulator.daily_fine * months).min(1.0)).round() as i128;
                file.due += fine;
                Some(Act::Collects(fine))
            }
            _ => None,
        }
    }

    /// What has stopped in the months of grace counts half.
    fn forgive(&self, file: &mut File) {
        for deed in &mut file.deeds {
            let can_stop = matches!(deed.offence, Offence::Exclusivity | Offence::Fees);
            if can_stop && !self.is_standing(deed.offence) {
                deed.weight /= 2.0;
            }
        }
    }

    /// Decides by the file as it is. A decision that was contested is final.
    fn decide(&self, file: &mut File, surcharge: f64) -> Act {
        let regulator = self.regulator;
        let final_one = matches!(file.stage, Stage::Contested { .. });
        if file.attention() < regulator.burden {
            file.stage = Stage::Watched;
            return Act::Drops;
        }
        let (fine, remedy) = match file.stage {
            Stage::Contested { fine, remedy, .. } => {
                ((fine as f64 * (1.0 + surcharge)).round() as i128, remedy)
            }
            _ => ((file.year() as f64 * regulator.fine_rate).round() as i128, self.goes_on()),
        };
        if final_one {
            file.enforce(regulator, fine, remedy, self.outcome.turn);
        } else {
            file.stage = Stage::Decided { fine, remedy };
        }
        Act::Decides(fine, remedy)
    }
}
