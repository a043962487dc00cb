//! What the regulator counts, and what follows from it: from deeds alone, never from chance.

use crate::level::services::ServiceKind;
use crate::level::{Level, Offence, Regulator};
use crate::order::Access;
use crate::sim::state::companies::{Policy, YEAR};
use crate::sim::state::events::Event;
use crate::sim::state::files::{File, OnFile, Stage, Wall};
use crate::sim::state::flow::Flow;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::{Outcome, ratio};
use crate::sim::state::services::ServiceState;

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
    /// Services, in the order of their numbers.
    pub services: &'a [&'a ServiceState],
    /// Agreements.
    pub negotiations: &'a Negotiations,
}

impl Case<'_> {
    /// The largest of its shares of sales in the market, a region or a category, over what counts as dominant.
    pub fn dominance(&self) -> f64 {
        self.power_of(&[self.platform])
    }

    /// The same of what companies have together.
    fn power_of(&self, companies: &[usize]) -> f64 {
        largest_share(self.level, self.outcome, companies) / self.regulator.dominance
    }

    /// What it and its allies, against whomever, sell together over what counts as dominant: the most of any such promise that it
    /// gave or was given; nothing below that.
    fn collusion(&self) -> f64 {
        let with = self.negotiations.agreements.iter().filter_map(|agreement| {
            let ally = agreement.partner_of(self.platform)?;
            let promised = agreement.fronts_of(self.platform).chain(agreement.fronts_of(ally)).next();
            promised.map(|_| ally)
        });
        let together = |ally: usize| self.power_of(&[self.platform, ally]);
        let most = with.map(together).fold(0.0, f64::max);
        if most >= 1.0 { most } else { 0.0 }
    }

    /// Fees on consumers, memberships included, over sales.
    fn fee(&self) -> f64 {
        let asked = [Flow::ConsumerFees, Flow::Memberships];
        let taken: f64 = asked.into_iter().map(|flow| self.outcome.flow(self.platform, flow)).sum();
        ratio(taken, self.outcome.gmv(self.platform))
    }

    /// Walls that the turn's news tell of: services of its own that were closed to a shop, which is then without them.
    fn raised(&self) -> Vec<Wall> {
        let own = |service: &usize| self.level.services[*service].owner == Some(self.platform);
        let done = self.outcome.news.iter().filter(|event| event.by() == Some(self.platform));
        done.flat_map(|event| match *event {
            Event::Closed { to, service, .. } => vec![Wall { service, to }],
            Event::Blocked { to, .. } => {
                (0..self.services.len()).filter(own).map(|service| Wall { service, to }).collect()
            }
            _ => Vec::new(),
        })
        .filter(|wall| stands(self.level, self.services, *wall))
        .collect()
    }

    /// Whether something goes on that could be forbidden.
    pub fn goes_on(&self, file: &File) -> bool {
        !file.walls.is_empty() || self.is_forbidden()
    }

    fn is_forbidden(&self) -> bool {
        [Offence::Exclusivity, Offence::Fees, Offence::Collusion]
            .into_iter()
            .any(|offence| self.is_standing(offence))
    }

    fn is_standing(&self, offence: Offence) -> bool {
        match offence {
            Offence::Exclusivity => self.policy.prices.exclusive && self.dominance() >= 1.0,
            // What is settled in fen may be a hair above what was asked.
            Offence::Fees => self.fee() > self.regulator.fee_tolerance + 1e-9,
            Offence::Collusion => self.collusion() > 0.0,
            Offence::Blocking | Offence::Fraud | Offence::Anger => false,
        }
    }

    /// What the turn adds to its file, by kind.
    pub fn deeds(&self) -> [f64; Offence::COUNT] {
        let &Self { level, regulator, platform, outcome, .. } = self;
        let dominance = self.dominance();
        // Walls are a matter of power; what is done to buyers is one for everybody, and graver where they have no choice.
        let power = if dominance >= 1.0 { dominance } else { 0.0 };
        let reach = dominance.max(1.0);
        let people: f64 = outcome.people.iter().sum();
        let mut weights = [0.0; Offence::COUNT];
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
        // Where nothing is sold nobody is cheated.
        let sells = f64::from(u8::from(outcome.gmv(platform) > 0.0));
        weights[Offence::Fraud as usize] = sells * reach * regulator.fraud * beyond;
        weights[Offence::Anger as usize] =
            reach * regulator.anger * (-outcome.public_opinion[platform]).max(0.0);
        weights[Offence::Collusion as usize] = regulator.collusion * self.collusion();
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
        if self.dominance() >= 1.0 {
            file.wall_up(self.raised());
        }
        file.walls.retain(|wall| stands(self.level, self.services, *wall));
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
            Stage::Remedy { .. } if !self.goes_on(file) => {
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
            let can_stop = matches!(deed.offence, Offence::Exclusivity | Offence::Fees | Offence::Collusion);
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
            _ => ((file.year() as f64 * regulator.fine_rate).round() as i128, self.goes_on(file)),
        };
        if final_one {
            file.enforce(regulator, fine, remedy, self.outcome.turn);
        } else {
            file.stage = Stage::Decided { fine, remedy };
        }
        Act::Decides(fine, remedy)
    }
}

/// The largest share that companies have together of sales in the market, a region or a category.
pub fn largest_share(level: &Level, outcome: &Outcome, companies: &[usize]) -> f64 {
    let sum = |share: &dyn Fn(usize) -> f64| companies.iter().map(|&company| share(company)).sum::<f64>();
    let regions =
        (0..level.regions.len()).map(|region| sum(&|company| outcome.region_share(region, company)));
    let categories =
        (0..level.categories.len()).map(|category| sum(&|company| outcome.category_share(category, company)));
    let all = sum(&|company| outcome.share(company));
    regions.chain(categories).fold(all, f64::max)
}

/// How far a service must be open for there to be no wall: links that lead somewhere will do for an app.
pub fn open_enough(level: &Level, service: usize) -> Access {
    match level.services[service].kind {
        ServiceKind::App(_) => Access::Jump,
        ServiceKind::Wallet(_) | ServiceKind::Carrier(_) => Access::Native,
    }
}

/// Whether a wall stands.
pub fn stands(level: &Level, services: &[&ServiceState], wall: Wall) -> bool {
    services[wall.service].counterparts[wall.to].granted < open_enough(level, wall.service)
}
