//! What a player wants to read of the news.

use std::collections::BTreeSet;

use walled_gardens_engine::play::Story;
use walled_gardens_engine::sim::state::events::Event;

/// Kinds of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NewsKind {
    /// Offers made, refused, answered by others, left alone.
    Offers,
    /// Agreements made, ended, broken, run out.
    Agreements,
    /// Services opened and closed.
    Gates,
    /// Companies blocked.
    Blocks,
    /// Services and data built in.
    BuiltIn,
    /// What happened by the level's events, and how it was answered.
    Events,
    /// Warnings, probes, decisions, and what they are about.
    Regulator,
    /// Shares issued, bought and sold, services listed, sales called off; what companies are worth, pay out and are owed.
    Capital,
    /// The player's objectives, won and lost.
    Goals,
    /// What rivals ask of their users.
    Prices,
    /// People and merchants who came and went.
    People,
    /// Who sells most where, and the player's shares.
    Places,
    /// Records of the player's own, and forecasts that were missed.
    Own,
    /// How companies stand: AI, trust, what people think, open books.
    Standing,
    /// Carriers, wallets and what services ask.
    Services,
    /// Seasons, the economy and who opens next.
    Calendar,
}

impl NewsKind {
    /// Every kind, the most read first.
    pub const ALL: [Self; 16] = [
        Self::Goals,
        Self::Prices,
        Self::People,
        Self::Places,
        Self::Own,
        Self::Events,
        Self::Regulator,
        Self::Capital,
        Self::Agreements,
        Self::Blocks,
        Self::Gates,
        Self::BuiltIn,
        Self::Services,
        Self::Standing,
        Self::Calendar,
        Self::Offers,
    ];

    /// The kind of a story.
    pub fn of(story: &Story) -> Self {
        match story {
            Story::Between(event) => Self::of_event(event),
            Story::RanOut { .. } | Story::RunsOut { .. } => Self::Agreements,
            Story::Goal { .. } => Self::Goals,
            Story::Prices { .. } | Story::ServicePrice { .. } => Self::Prices,
            Story::People { .. } | Story::Commons { .. } | Story::Crowd { .. } | Story::Merchants { .. } => {
                Self::People
            }
            Story::FirstPlace { .. }
            | Story::Overtaken { .. }
            | Story::Swing { .. }
            | Story::Share { .. }
            | Story::WorthMost { .. } => Self::Places,
            Story::Record { .. } | Story::Earns { .. } | Story::Missed { .. } => Self::Own,
            Story::Worth { .. } | Story::Dividend { .. } | Story::Defaults { .. } => Self::Capital,
            Story::OnFile { .. } => Self::Regulator,
            Story::Ai { .. } | Story::Trust { .. } | Story::Opinion { .. } | Story::Budgets { .. } => {
                Self::Standing
            }
            Story::Builds { .. } => Self::BuiltIn,
            Story::Dropped { .. }
            | Story::Room { .. }
            | Story::Crowded { .. }
            | Story::Habit { .. }
            | Story::FirstWallet { .. } => Self::Services,
            Story::Season { .. } | Story::Economy { .. } | Story::Opens { .. } => Self::Calendar,
        }
    }

    /// Whether it is of what companies do with each other.
    pub fn is_of_dealings(self) -> bool {
        matches!(self, Self::Offers | Self::Agreements | Self::Gates | Self::Blocks | Self::BuiltIn)
    }

    /// The kind of what happens between companies.
    fn of_event(event: &Event) -> Self {
        match event {
            Event::Offered { .. }
            | Event::Refused { .. }
            | Event::Countered { .. }
            | Event::Lapsed { .. } => Self::Offers,
            Event::Accepted { .. }
            | Event::NoticeGiven { .. }
            | Event::Broken { .. }
            | Event::Expired { .. } => Self::Agreements,
            Event::Opened { .. }
            | Event::Closed { .. }
            | Event::Withdrawn { .. }
            | Event::ClosedDown { .. }
            | Event::Sold { .. } => Self::Gates,
            Event::Blocked { .. } => Self::Blocks,
            Event::Integrated { .. } => Self::BuiltIn,
            Event::Issued { .. }
            | Event::Listed { .. }
            | Event::CalledOff { .. }
            | Event::BoughtStake { .. }
            | Event::SoldStake { .. } => Self::Capital,
            Event::Happened { .. }
            | Event::Chose { .. }
            | Event::Entered { .. }
            | Event::Distressed { .. }
            | Event::Administered { .. }
            | Event::Rescued { .. }
            | Event::WoundUp { .. } => Self::Events,
            Event::Warned { .. }
            | Event::Probed { .. }
            | Event::Dropped { .. }
            | Event::Decided { .. }
            | Event::Complied { .. }
            | Event::Contested { .. }
            | Event::Defied { .. }
            | Event::Bound { .. } => Self::Regulator,
        }
    }
}

/// What a player wants to read of the news: kept for as long as a match is on the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewsFilter {
    /// Words that are searched for.
    pub search: String,
    /// Kinds that are not to be read.
    pub muted: BTreeSet<NewsKind>,
    /// Grouped by kind instead of by month.
    pub by_kind: bool,
}
