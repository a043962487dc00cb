//! Agreements between companies: offered in one turn, answered in the next, in force from then on until they run out, are
//! ended with notice, or are broken.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::level::services::{Counterpart, ServiceKind};
use crate::order::{Access, Deal, Term};
use crate::sim::CurrentLevel;
use crate::sim::ledger::{Account, Flow, Ledger};
use crate::sim::outcome::Outcome;
use crate::sim::services::ServiceState;
use crate::sim::services::engineering::Goal;

/// Longest agreement and longest notice, in months.
pub const MAX_MONTHS: u32 = 120;
/// Most yuan that a company may promise another, a month or as a penalty.
pub const MAX_PROMISE: f64 = 1e12;

/// An agreement in force: public.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
}

/// An offer that waits for its answer: seen by the two of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PendingOffer {
    /// Who proposes.
    pub from: usize,
    /// To whom.
    pub to: usize,
    /// What.
    pub deal: Deal,
}

/// All offers and agreements.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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

    /// Whether the first has promised the second to close nothing.
    pub fn promised_not_to_block(&self, by: usize, to: usize) -> bool {
        self.grants(by, to, &Term::NonBlocking)
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

/// What happened between companies this turn, in order: public.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct News(pub Vec<Event>);

/// Something that happened between companies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// An offer was made.
    Offered {
        /// By whom.
        by: usize,
        /// To whom.
        to: usize,
    },
    /// An offer was accepted.
    Accepted {
        /// Who accepted.
        by: usize,
        /// Whose offer.
        of: usize,
        /// Number of the agreement.
        agreement: u32,
    },
    /// An offer was refused.
    Refused {
        /// Who refused.
        by: usize,
        /// Whose offer.
        of: usize,
    },
    /// An offer was answered by another.
    Countered {
        /// Who answered.
        by: usize,
        /// Whose offer.
        of: usize,
    },
    /// An offer was not answered.
    Lapsed {
        /// Who did not answer.
        by: usize,
        /// Whose offer.
        of: usize,
    },
    /// Notice was given.
    NoticeGiven {
        /// By whom.
        by: usize,
        /// To whom.
        to: usize,
        /// Number of the agreement.
        agreement: u32,
    },
    /// An agreement was broken.
    Broken {
        /// By whom.
        by: usize,
        /// To whom.
        to: usize,
        /// Number of the agreement.
        agreement: u32,
    },
    /// An agreement ran out, or its notice did: it was kept.
    Expired {
        /// Number of the agreement.
        agreement: u32,
    },
    /// A service was opened.
    Opened {
        /// By whom.
        by: usize,
        /// To whom.
        to: usize,
        /// Service.
        service: usize,
    },
    /// A service was closed.
    Closed {
        /// By whom.
        by: usize,
        /// To whom.
        to: usize,
        /// Service.
        service: usize,
    },
    /// Everything was closed.
    Blocked {
        /// By whom.
        by: usize,
        /// To whom.
        to: usize,
    },
    /// An integration was finished.
    Integrated {
        /// Who built it.
        platform: usize,
        /// What it built.
        goal: Goal,
    },
    /// A service was closed that was not built in yet: nobody lost anything, and nobody bears a grudge.
    Withdrawn {
        /// By whom.
        by: usize,
        /// To whom.
        to: usize,
        /// Service.
        service: usize,
    },
}

impl Event {
    /// What kind of event it is, for counts.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Offered { .. } => "offered",
            Self::Accepted { .. } => "accepted",
            Self::Refused { .. } => "refused",
            Self::Countered { .. } => "countered",
            Self::Lapsed { .. } => "lapsed",
            Self::NoticeGiven { .. } => "notice given",
            Self::Broken { .. } => "broken",
            Self::Expired { .. } => "kept to the end",
            Self::Opened { .. } => "opened",
            Self::Closed { .. } => "closed",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Blocked { .. } => "blocked",
            Self::Integrated { .. } => "integrated",
        }
    }

    /// Who did it, where somebody did.
    pub fn by(&self) -> Option<usize> {
        match *self {
            Self::Offered { by, .. }
            | Self::Accepted { by, .. }
            | Self::Refused { by, .. }
            | Self::Countered { by, .. }
            | Self::Lapsed { by, .. }
            | Self::NoticeGiven { by, .. }
            | Self::Broken { by, .. }
            | Self::Opened { by, .. }
            | Self::Closed { by, .. }
            | Self::Withdrawn { by, .. }
            | Self::Blocked { by, .. } => Some(by),
            Self::Integrated { platform, .. } => Some(platform),
            Self::Expired { .. } => None,
        }
    }

    /// Whom it was done to, where it was somebody: for answers, who made the offer; for data, whose they are.
    pub fn towards(&self) -> Option<usize> {
        match *self {
            Self::Offered { to, .. }
            | Self::NoticeGiven { to, .. }
            | Self::Broken { to, .. }
            | Self::Opened { to, .. }
            | Self::Closed { to, .. }
            | Self::Withdrawn { to, .. }
            | Self::Blocked { to, .. } => Some(to),
            Self::Accepted { of, .. }
            | Self::Refused { of, .. }
            | Self::Countered { of, .. }
            | Self::Lapsed { of, .. } => Some(of),
            Self::Integrated { goal: Goal::Data(of), .. } => Some(of),
            Self::Expired { .. } | Self::Integrated { goal: Goal::Service(..), .. } => None,
        }
    }

    /// Number of the agreement that it is about.
    pub fn agreement(&self) -> Option<u32> {
        match *self {
            Self::Accepted { agreement, .. }
            | Self::NoticeGiven { agreement, .. }
            | Self::Broken { agreement, .. }
            | Self::Expired { agreement } => Some(agreement),
            _ => None,
        }
    }

    /// Number of the service that it is about.
    pub fn service(&self) -> Option<usize> {
        match *self {
            Self::Opened { service, .. }
            | Self::Closed { service, .. }
            | Self::Integrated { goal: Goal::Service(service, _), .. } => Some(service),
            _ => None,
        }
    }
}

/// Months pass: agreements run out.
pub(in crate::sim) fn pass(
    level: Res<CurrentLevel>,
    mut negotiations: ResMut<Negotiations>,
    mut news: ResMut<News>,
    mut outcome: ResMut<Outcome>,
    mut services: Query<&mut ServiceState>,
) {
    let mut states: Vec<ServiceState> = services.iter().cloned().collect();
    states.sort_by_key(|service| service.number);
    negotiations.agreements.iter_mut().for_each(|agreement| agreement.months -= 1);
    let over: Vec<u32> =
        negotiations.agreements.iter().filter(|a| a.months == 0).map(|agreement| agreement.number).collect();
    if over.is_empty() {
        return;
    }
    for number in over {
        negotiations.dissolve(&level.0, &mut states, number);
        news.0.push(Event::Expired { agreement: number });
    }
    outcome.news.clone_from(&news.0);
    for mut service in &mut services {
        *service = states[service.number].clone();
    }
}

/// Money that agreements and their breach bring with them.
pub fn settle(negotiations: &Negotiations, ledger: &mut Ledger) {
    let account = Account::Platform;
    for agreement in &negotiations.agreements {
        for (terms, by) in agreement.gives.iter().zip(agreement.parties) {
            let Some(to) = agreement.partner_of(by) else { continue };
            for term in terms {
                if let Term::Payment { amount } = term {
                    ledger.pay(Flow::AgreementPayments, account(by), account(to), *amount);
                }
            }
        }
    }
    for &(from, to, yuan) in &negotiations.penalties {
        ledger.pay(Flow::Penalties, account(from), account(to), yuan);
    }
}

/// Whether every term is one that a company can grant.
///
/// # Errors
/// The first that it cannot, and why.
pub fn grantable(level: &Level, by: usize, to: usize, terms: &[Term]) -> Result<(), String> {
    for (place, term) in terms.iter().enumerate() {
        if terms[..place].contains(term) {
            return Err("the same term stands twice".into());
        }
        match term {
            Term::Service { service, access, price } => {
                let number = super::super::orders::service(level, service)?;
                let row = &level.services[number];
                if row.owner != Some(by) {
                    let name = &level.platforms[by].name;
                    return Err(format!("`{service}` is not {name}'s to open"));
                }
                let app = matches!(row.kind, ServiceKind::App(_));
                if *access == Access::Blocked || !app && *access != Access::Native {
                    return Err(format!("`{service}` cannot be opened as far as {access:?}"));
                }
                if let Some(price) = price {
                    super::super::orders::service_price(level, number, *price)?;
                }
            }
            Term::Payment { amount } => {
                if !(0.0..=MAX_PROMISE).contains(amount) {
                    return Err(format!(
                        "a payment is from 0 to {MAX_PROMISE:e} yuan a month, not {amount:?}"
                    ));
                }
            }
            Term::Data => {
                if [by, to].iter().any(|&party| level.platforms[party].shop.is_none()) {
                    return Err("data are shared between companies with shops".into());
                }
            }
            Term::NonBlocking => {}
        }
    }
    Ok(())
}
