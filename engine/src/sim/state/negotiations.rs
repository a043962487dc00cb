//! Offers and agreements between companies: terms, duration, notice and penalty.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::level::services::Counterpart;
use crate::order::{Access, Deal, Term};
use crate::sim::state::services::ServiceState;

/// Longest agreement and longest notice, in months.
pub const MAX_MONTHS: u32 = 120;

/// Most yuan that a company may promise another, a month or as a penalty.
pub const MAX_PROMISE: f64 = 1e12;

/// An agreement in force: public.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// Counts from 1 through a match.
    pub number: u32,
    /// Who proposed it, and who accepted.
    pub parties: [usize; 2],
    /// What each of them grants the other.
    pub gives: [Vec<Term>; 2],
    /// Months left, this one included.
    pub months: u32,
    /// Months that it still holds when one of them ends it.
    pub notice: u32,
    /// Yuan that whoever breaks it pays.
    pub penalty: f64,
    /// Whether notice was given.
    pub ending: bool,
    /// Services that it opens, and how they stood before: service, to whom, before.
    pub opened: Vec<(usize, usize, Counterpart)>,
}

impl Agreement {
    /// The party that is not this one.
    pub fn partner_of(&self, platform: usize) -> Option<usize> {
        let place = self.parties.iter().position(|&party| party == platform)?;
        Some(self.parties[1 - place])
    }

    /// What a party grants the other.
    pub fn given_by(&self, platform: usize) -> &[Term] {
        match self.parties.iter().position(|&party| party == platform) {
            Some(place) => &self.gives[place],
            None => &[],
        }
    }

    /// Ids of the companies to which a party has promised to open nothing further.
    pub fn fronts_of(&self, platform: usize) -> impl Iterator<Item = &str> {
        self.given_by(platform).iter().filter_map(|term| match term {
            Term::Front { against } => Some(against.as_str()),
            _ => None,
        })
    }
}

/// An offer that waits for its answer: seen by the two of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PendingOffer {
    /// Who proposes.
    pub from: usize,
    /// To whom.
    pub to: usize,
    /// What.
    pub deal: Deal,
}

/// All offers and agreements.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Negotiations {
    /// In force, oldest first.
    pub agreements: Vec<Agreement>,
    /// Made last turn, to be answered in this one.
    pub offers: Vec<PendingOffer>,
    /// Made this turn.
    pub made: Vec<PendingOffer>,
    /// Penalties due this turn: from, to, yuan.
    pub penalties: Vec<(usize, usize, f64)>,
    /// Agreements ever made.
    pub count: u32,
}

impl Negotiations {
    /// Whether the first shares its data with the second.
    pub fn shares_data(&self, from: usize, to: usize) -> bool {
        self.grants(from, to, &Term::Data)
    }

    /// Whether the first lets the second look at what passes through its services.
    pub fn grants_insight(&self, from: usize, to: usize) -> bool {
        self.grants(from, to, &Term::Insight)
    }

    /// As it would be if the first let the second look, and nothing else were agreed: to see what that would be worth.
    pub fn grant_insight(&mut self, from: usize, to: usize) {
        self.agreements.push(Agreement {
            number: 0,
            parties: [from, to],
            gives: [vec![Term::Insight], Vec::new()],
            months: 1,
            notice: 0,
            penalty: 0.0,
            ending: false,
            opened: Vec::new(),
        });
    }

    /// Whether the first has promised the second to close nothing.
    pub fn promised_not_to_block(&self, by: usize, to: usize) -> bool {
        self.grants(by, to, &Term::NonBlocking)
    }

    /// Ids of the companies to which the first has promised the second to open nothing further.
    pub fn fronts(&self, by: usize, to: usize) -> Vec<&str> {
        let between = self.agreements.iter().filter(|agreement| agreement.partner_of(by) == Some(to));
        between.flat_map(|agreement| agreement.fronts_of(by)).collect()
    }

    /// An agreement by which a company has promised to open nothing further to this one.
    pub fn front(&self, by: usize, against: &str) -> Option<&Agreement> {
        self.agreements.iter().find(|agreement| agreement.fronts_of(by).any(|id| id == against))
    }

    /// Strikes every promise out of a company's agreements to open nothing further to somebody; those in which nothing is left end.
    pub fn strike_fronts(
        &mut self,
        level: &Level,
        services: &mut [ServiceState],
        platform: usize,
    ) -> Vec<u32> {
        let with = self.agreements.iter_mut().filter(|agreement| agreement.parties.contains(&platform));
        let mut empty = Vec::new();
        for agreement in with {
            let terms = agreement.gives.iter_mut();
            let struck: usize = terms
                .map(|terms| {
                    let before = terms.len();
                    terms.retain(|term| !matches!(term, Term::Front { .. }));
                    before - terms.len()
                })
                .sum();
            if struck > 0 && agreement.gives.iter().all(Vec::is_empty) {
                empty.push(agreement.number);
            }
        }
        empty.iter().for_each(|&number| self.dissolve(level, services, number));
        empty
    }

    fn grants(&self, from: usize, to: usize, term: &Term) -> bool {
        let between = |agreement: &&Agreement| agreement.partner_of(from) == Some(to);
        self.agreements.iter().filter(between).any(|agreement| agreement.given_by(from).contains(term))
    }

    /// The agreement by which a service is open to a platform.
    pub fn opens(&self, service: usize, to: usize) -> Option<&Agreement> {
        let opens = |agreement: &&Agreement| {
            agreement.opened.iter().any(|&(number, whom, _)| (number, whom) == (service, to))
        };
        self.agreements.iter().find(opens)
    }

    /// Puts a deal in force: services open at their price.
    pub fn conclude(
        &mut self,
        level: &Level,
        services: &mut [ServiceState],
        (from, to): (usize, usize),
        deal: &Deal,
    ) -> u32 {
        self.count += 1;
        let mut opened = Vec::new();
        for (terms, to) in [(&deal.gives, to), (&deal.asks, from)] {
            for term in terms {
                let Term::Service { service, access, price } = term else { continue };
                let Some(number) = level.services.iter().position(|known| known.id == *service) else {
                    continue;
                };
                // What an earlier agreement opened is as it was before that one.
                let before = self.before(number, to);
                let counterpart = &mut services[number].counterparts[to];
                opened.push((number, to, before.unwrap_or(*counterpart)));
                counterpart.granted = counterpart.granted.max(*access);
                counterpart.price = price.unwrap_or(counterpart.price);
            }
        }
        self.agreements.push(Agreement {
            number: self.count,
            parties: [from, to],
            gives: [deal.gives.clone(), deal.asks.clone()],
            months: deal.months,
            notice: deal.notice,
            penalty: deal.penalty,
            ending: false,
            opened,
        });
        self.count
    }

    /// Takes an agreement out of force: what it opened is as it was before.
    pub fn dissolve(&mut self, level: &Level, services: &mut [ServiceState], number: u32) {
        let Some(place) = self.agreements.iter().position(|agreement| agreement.number == number) else {
            return;
        };
        let agreement = self.agreements.remove(place);
        for (service, to, before) in agreement.opened {
            let counterpart = &mut services[service].counterparts[to];
            (counterpart.granted, counterpart.price) = (before.granted, before.price);
            for (access, price) in self.granted(level, service, to) {
                counterpart.granted = counterpart.granted.max(access);
                counterpart.price = price.unwrap_or(counterpart.price);
            }
        }
    }

    /// How a service that an agreement opens to a platform stood before.
    fn before(&self, service: usize, to: usize) -> Option<Counterpart> {
        let opened = self.agreements.iter().flat_map(|agreement| &agreement.opened);
        opened
            .into_iter()
            .find(|(number, whom, _)| (*number, *whom) == (service, to))
            .map(|(.., before)| *before)
    }

    /// What the agreements in force grant a platform of a service, oldest first.
    fn granted(&self, level: &Level, service: usize, to: usize) -> Vec<(Access, Option<f64>)> {
        let mut granted = Vec::new();
        for agreement in &self.agreements {
            let Some(giver) = agreement.partner_of(to) else { continue };
            for term in agreement.given_by(giver) {
                if let Term::Service { service: id, access, price } = term
                    && level.services[service].id == *id
                {
                    granted.push((*access, *price));
                }
            }
        }
        granted
    }

    /// Opens a service further than its agreements do, so that it stays open when they end.
    pub fn open_beyond(&mut self, service: usize, to: usize, access: Access) {
        let opened = self.agreements.iter_mut().flat_map(|agreement| &mut agreement.opened);
        opened
            .filter(|(number, whom, _)| (*number, *whom) == (service, to))
            .for_each(|(.., before)| before.granted = access);
    }
}
