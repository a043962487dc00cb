//! What the public expects of what was announced, by company: public.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::order::Access;
use crate::sim::state::negotiations::Negotiations;

/// Why something is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Cause {
    /// An agreement was concluded: its number.
    Agreement(u32),
    /// A service was opened to a platform so far, or must be by a remedy; or was closed that had been open so far.
    Service {
        /// Service.
        service: usize,
        /// The platform.
        to: usize,
        /// How far.
        access: Access,
        /// Whether it opens.
        open: bool,
    },
}

impl Cause {
    /// Whether it opens a service to a platform, or closes it.
    pub fn is(&self, number: usize, platform: usize, opens: bool) -> bool {
        matches!(*self, Self::Service { service, to, open, .. } if (service, to, open) == (number, platform, opens))
    }
}

/// A cash flow that a company is expected to have, or to lose.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Effect {
    /// Whose.
    pub company: usize,
    /// Why.
    pub cause: Cause,
    /// Yuan a month once everybody has got used to it.
    pub yuan: f64,
    /// The turn in which it was announced.
    pub announced: u32,
    /// The first turn in which it is expected to bring anything.
    pub begins: u32,
    /// The last one; none for good.
    pub ends: Option<u32>,
    /// Whether it is all there from the first month on: money, which nobody has to get used to.
    pub in_full: bool,
}

/// All that is expected, the oldest first, and which remedies the public has reckoned with.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Expectations {
    /// Cash flows.
    pub effects: Vec<Effect>,
    /// Remedies: on whom, and the last turn in which what is forbidden may go on.
    pub remedies: Vec<(usize, u32)>,
}

impl Expectations {
    /// Whether nothing is expected.
    pub fn is_empty(&self) -> bool {
        self.effects.is_empty() && self.remedies.is_empty()
    }

    /// What is expected of a company.
    pub fn of(&self, company: usize) -> impl Iterator<Item = &Effect> {
        self.effects.iter().filter(move |effect| effect.company == company)
    }

    /// Agreements end when they now say, at the latest; those that are no more have ended before this turn.
    pub fn follow(&mut self, negotiations: &Negotiations, turn: u32) {
        for effect in &mut self.effects {
            let Cause::Agreement(number) = effect.cause else { continue };
            let found = negotiations.agreements.iter().find(|agreement| agreement.number == number);
            let last = found.map_or(turn - 1, |agreement| turn + agreement.months - 1);
            effect.ends = effect.ends.map(|ends| ends.min(last));
        }
    }

    /// What opens a service to a platform, or closes it, and has not ended yet.
    pub fn live(
        &mut self,
        service: usize,
        to: usize,
        open: bool,
        turn: u32,
    ) -> impl Iterator<Item = &mut Effect> {
        let live = move |effect: &&mut Effect| {
            effect.cause.is(service, to, open) && effect.ends.is_none_or(|ends| ends >= turn)
        };
        self.effects.iter_mut().filter(live)
    }
}
