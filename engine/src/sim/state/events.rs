//! What happens between companies and to them: public, and what relations are made of.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::order::Objection;
use crate::sim::state::engineering::Goal;

/// What happened between companies this turn, in order: public.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct News(pub Vec<Event>);

/// Something that happened between companies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
        /// Why, where it says so.
        #[serde(default)]
        because: Option<Objection>,
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
    /// An event of the level happened.
    Happened {
        /// Which.
        event: usize,
    },
    /// The regulator warned a company.
    Warned {
        /// Whom.
        platform: usize,
    },
    /// The regulator began to probe a company.
    Probed {
        /// Whom.
        platform: usize,
    },
    /// The regulator has nothing against a company any more.
    Dropped {
        /// Against whom.
        platform: usize,
    },
    /// The regulator decided against a company.
    Decided {
        /// Against whom.
        platform: usize,
        /// The fine, in fen.
        fine: i128,
        /// Whether something must stop.
        remedy: bool,
    },
    /// A company accepted the regulator's decision.
    Complied {
        /// Who.
        platform: usize,
    },
    /// A company contests the regulator's decision.
    Contested {
        /// Who.
        platform: usize,
    },
    /// A company paid for what goes on though it is forbidden.
    Defied {
        /// Who.
        platform: usize,
        /// The month's fine, in fen.
        fine: i128,
    },
    /// Merchants of a company may list nowhere else from now on, or may again.
    Bound {
        /// Whose merchants.
        by: usize,
        /// Whether they may not.
        on: bool,
    },
    /// A newcomer stands in the market from the next turn on.
    Entered {
        /// Who.
        platform: usize,
    },
    /// An independent firm closed down.
    ClosedDown {
        /// Service.
        service: usize,
    },
    /// An event of the level was answered, or decided by default.
    Chose {
        /// By whom.
        by: usize,
        /// Event.
        event: usize,
        /// Place of the choice.
        choice: usize,
    },
    /// A company sold new shares to the public.
    Issued {
        /// Who.
        by: usize,
        /// What they raised, in fen.
        fen: i128,
    },
    /// A company sold the public a part of a service.
    Listed {
        /// Who.
        by: usize,
        /// Which service.
        service: usize,
        /// What it brought, in fen.
        fen: i128,
    },
    /// A sale to the public would not have brought what it must.
    CalledOff {
        /// Whose.
        by: usize,
        /// Of which service; of new shares where it is none.
        service: Option<usize>,
    },
    /// A company bought shares of another.
    BoughtStake {
        /// Who.
        by: usize,
        /// Of whom.
        of: usize,
        /// For how much, in fen.
        fen: i128,
    },
    /// A company sold shares of another to the public.
    SoldStake {
        /// Who.
        by: usize,
        /// Of whom.
        of: usize,
        /// For how much, in fen.
        fen: i128,
    },
    /// A company has less than no cash.
    Distressed {
        /// Who.
        platform: usize,
        /// Months beyond its credit line that it has until an administrator takes over.
        months: u32,
    },
    /// An administrator acts for a company from the next turn on.
    Administered {
        /// For whom.
        platform: usize,
        /// The last turn in which it does.
        until: u32,
    },
    /// A service of a company that an administrator runs was sold.
    Sold {
        /// Service.
        service: usize,
        /// Who bought it.
        by: usize,
        /// Whose it was.
        of: usize,
        /// The price, in fen.
        price: i128,
    },
    /// A company that an administrator ran owes nothing any more, and its CEO is back.
    Rescued {
        /// Who.
        platform: usize,
    },
    /// A company closed for good.
    WoundUp {
        /// Who.
        platform: usize,
        /// What its creditors lost, in fen.
        debt: i128,
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
            Self::Happened { .. } => "happened",
            Self::Warned { .. } => "warned",
            Self::Probed { .. } => "probed",
            Self::Dropped { .. } => "dropped",
            Self::Decided { .. } => "decided",
            Self::Complied { .. } => "complied",
            Self::Contested { .. } => "contested",
            Self::Defied { .. } => "defied",
            Self::Bound { .. } => "bound",
            Self::Entered { .. } => "entered",
            Self::ClosedDown { .. } => "closed down",
            Self::Chose { .. } => "chosen",
            Self::Issued { .. } => "issued shares",
            Self::Listed { .. } => "listed a service",
            Self::CalledOff { .. } => "called off",
            Self::BoughtStake { .. } => "bought a stake",
            Self::SoldStake { .. } => "sold a stake",
            Self::Distressed { .. } => "in distress",
            Self::Administered { .. } => "in administration",
            Self::Sold { .. } => "sold",
            Self::Rescued { .. } => "rescued",
            Self::WoundUp { .. } => "wound up",
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
            | Self::Blocked { by, .. }
            | Self::Bound { by, .. }
            | Self::Issued { by, .. }
            | Self::Listed { by, .. }
            | Self::CalledOff { by, .. }
            | Self::BoughtStake { by, .. }
            | Self::SoldStake { by, .. }
            | Self::Chose { by, .. }
            | Self::Sold { by, .. } => Some(by),
            Self::Integrated { platform, .. }
            | Self::Complied { platform }
            | Self::Contested { platform }
            | Self::Entered { platform }
            | Self::Defied { platform, .. } => Some(platform),
            Self::Expired { .. }
            | Self::Happened { .. }
            | Self::ClosedDown { .. }
            | Self::Warned { .. }
            | Self::Probed { .. }
            | Self::Dropped { .. }
            | Self::Decided { .. }
            | Self::Distressed { .. }
            | Self::Administered { .. }
            | Self::Rescued { .. }
            | Self::WoundUp { .. } => None,
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
            Self::BoughtStake { of, .. } | Self::SoldStake { of, .. } => Some(of),
            Self::Accepted { of, .. }
            | Self::Refused { of, .. }
            | Self::Countered { of, .. }
            | Self::Lapsed { of, .. }
            | Self::Sold { of, .. } => Some(of),
            Self::Integrated { goal: Goal::Data(of), .. } => Some(of),
            Self::Warned { platform }
            | Self::Probed { platform }
            | Self::Dropped { platform }
            | Self::Decided { platform, .. }
            | Self::Distressed { platform, .. }
            | Self::Administered { platform, .. }
            | Self::Rescued { platform }
            | Self::WoundUp { platform, .. } => Some(platform),
            Self::Expired { .. }
            | Self::Integrated { goal: Goal::Service(..), .. }
            | Self::Happened { .. }
            | Self::Complied { .. }
            | Self::Contested { .. }
            | Self::Defied { .. }
            | Self::Bound { .. }
            | Self::Entered { .. }
            | Self::ClosedDown { .. }
            | Self::Issued { .. }
            | Self::Listed { .. }
            | Self::CalledOff { .. }
            | Self::Chose { .. } => None,
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
            | Self::ClosedDown { service }
            | Self::Listed { service, .. }
            | Self::Sold { service, .. }
            | Self::Integrated { goal: Goal::Service(service, _), .. } => Some(service),
            _ => None,
        }
    }
}
