//! What a story is about, its numbers left out: by this it is known from month to month.

use super::story::{GoalChange, Place, Story};
use crate::sim::state::engineering::Goal;
use crate::sim::state::events::Event;

/// What a story is about. Two of the same are one story told again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Topic {
    /// Kind of story, in a word or two.
    pub kind: &'static str,
    /// The company that it is about.
    pub who: Option<usize>,
    /// What else it is about, by a number of its kind.
    pub what: Option<usize>,
    /// Whether something rose.
    pub up: bool,
}

impl Story {
    /// What it is about.
    pub fn topic(&self) -> Topic {
        let of = |kind, who, what, up| Topic { kind, who, what, up };
        match self {
            Self::Between(event) => {
                let other = match *event {
                    Event::Happened { event } | Event::Chose { event, .. } => Some(event),
                    _ => event.service().or(event.towards()),
                };
                of(event.kind(), event.by().or(event.towards()), other, true)
            }
            Self::RanOut { agreement, with } => of("ran out", Some(*with), Some(*agreement as usize), false),
            Self::RunsOut { agreement, with, .. } => {
                of("runs out", Some(*with), Some(*agreement as usize), false)
            }
            Self::Prices { by, moves, .. } => {
                let moved = |price: usize| moves.iter().any(|one| one.price as usize == price);
                let all = (0..8).filter(|&price| moved(price)).fold(0, |all, price| all | 1 << price);
                of("prices", Some(*by), Some(all), moves.first().is_some_and(|first| first.is_dearer()))
            }
            Self::ServicePrice { service, from, to, .. } => {
                of("price of a service", None, Some(*service), to > from)
            }
            Self::Dropped { by, service } => of("stops using", Some(*by), Some(*service), false),
            Self::Builds { by, goal, months } => {
                let (kind, what) = match *goal {
                    Goal::Service(service, _) => ("builds in", service),
                    Goal::Data(whose) => ("joins data", whose),
                };
                of(kind, Some(*by), Some(what), *months == 1)
            }
            Self::Ai { of: who, from, to } => of("AI", Some(*who), None, to > from),
            Self::Trust { of: who, from, to } => of("trust", Some(*who), None, to > from),
            Self::Opinion { of: who, from, to } => of("public opinion", Some(*who), None, to > from),
            Self::Room { service, from, to } => of("room", None, Some(*service), to > from),
            Self::Budgets { by, from, to } => of("budgets", Some(*by), None, to > from),
            Self::FirstPlace { place, by, .. } => match *place {
                Place::Everywhere => of("first of all", Some(*by), None, true),
                Place::Category(category) => of("first in a category", Some(*by), Some(category), true),
                Place::Region(region) => of("first in a region", Some(*by), Some(region), true),
            },
            Self::Overtaken { by, whom } => of("overtaken", Some(*by), Some(*whom), true),
            Self::Swing { place, from, to, .. } => match *place {
                Place::Everywhere => of("share", None, None, to > from),
                Place::Category(category) => of("share of a category", None, Some(category), to > from),
                Place::Region(region) => of("share of a region", None, Some(region), to > from),
            },
            Self::Share { from, to, .. } => of("mark of share", None, None, to > from),
            Self::Crowd { from, to, .. } => of("crowd", Some(*from), Some(*to), true),
            Self::People { net } => of("people", None, None, *net > 0.0),
            Self::Commons { net } => of("commons", None, None, *net > 0.0),
            Self::Merchants { of: who, net, .. } => of("merchants", Some(*who), None, *net > 0.0),
            Self::Record { figure, high, .. } => of("record", None, Some(*figure as usize), *high),
            Self::Earns { profit } => of("earns", None, None, *profit > 0.0),
            Self::Missed { figure, expected, found, .. } => {
                of("missed forecast", None, Some(*figure as usize), found > expected)
            }
            Self::Goal { objective, turn } => {
                let kind = match turn {
                    GoalChange::Won => "goal won",
                    GoalChange::Lost => "goal lost",
                    GoalChange::InDanger => "goal in danger",
                    GoalChange::InReach => "goal in reach",
                    GoalChange::Due(_) => "goal due",
                };
                of(kind, None, Some(*objective), *turn == GoalChange::Won)
            }
            Self::OnFile { of: who, from, to, .. } => of("on file", Some(*who), None, to > from),
            Self::Season { spending, .. } => of("season", None, None, *spending > 1.0),
            Self::Economy { from, to } => of("economy", None, None, to > from),
            Self::Opens { platform } => of("opens", Some(*platform), None, true),
            Self::Crowded { service, load, .. } => of("room in use", None, Some(*service), *load > 1.0),
            Self::Habit { service, from, to } => of("habit", None, Some(*service), to > from),
            Self::FirstWallet { service, .. } => of("first wallet", None, Some(*service), true),
            Self::Worth { of: who, from, to } => of("worth", Some(*who), None, to > from),
            Self::WorthMost { by, .. } => of("worth most", Some(*by), None, true),
            Self::Dividend { by, from, to } => of("dividend", Some(*by), None, to > from),
            Self::Defaults { of: who, from, to, .. } => of("defaults", Some(*who), None, to > from),
        }
    }

    /// Whose deed it is, where it is somebody's and not the market's.
    pub fn by(&self) -> Option<usize> {
        match self {
            Self::Between(event) => event.by(),
            Self::Prices { by, .. }
            | Self::Dropped { by, .. }
            | Self::Builds { by, .. }
            | Self::Budgets { by, .. }
            | Self::Dividend { by, .. } => Some(*by),
            _ => None,
        }
    }

    /// The company whose mark stands before it.
    pub fn who(&self) -> Option<usize> {
        match self {
            // A number of an agreement, or what happens to everybody, is nobody's.
            Self::Between(event) => event.by().or(event.towards()),
            Self::Crowd { to, .. } => Some(*to),
            _ => self.topic().who,
        }
    }

    /// Whether a company has a part in it.
    pub fn concerns(&self, me: usize) -> bool {
        match self {
            // What happens to everybody happens to the player.
            Self::Between(Event::Happened { .. }) => true,
            Self::Between(event) => event.by() == Some(me) || event.towards() == Some(me),
            Self::Prices { .. }
            | Self::Dropped { .. }
            | Self::Builds { .. }
            | Self::Budgets { .. }
            | Self::Dividend { .. }
            | Self::Room { .. }
            | Self::Opens { .. }
            | Self::Crowded { .. }
            | Self::Habit { .. }
            | Self::FirstWallet { .. }
            | Self::Commons { .. }
            | Self::Economy { .. }
            | Self::Season { .. } => false,
            Self::Ai { of, .. }
            | Self::Trust { of, .. }
            | Self::Opinion { of, .. }
            | Self::Merchants { of, .. }
            | Self::OnFile { of, .. }
            | Self::Worth { of, .. }
            | Self::Defaults { of, .. } => *of == me,
            Self::FirstPlace { by, from, .. } | Self::WorthMost { by, from } => *by == me || *from == me,
            Self::Overtaken { .. }
            | Self::RanOut { .. }
            | Self::RunsOut { .. }
            | Self::ServicePrice { .. }
            | Self::Swing { .. }
            | Self::Share { .. }
            | Self::Crowd { .. }
            | Self::People { .. }
            | Self::Record { .. }
            | Self::Earns { .. }
            | Self::Missed { .. }
            | Self::Goal { .. } => true,
        }
    }
}
