//! What a player wants to read of the news.

use std::collections::BTreeSet;

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
    /// Shares issued, bought and sold, services listed, sales called off.
    Capital,
}

impl NewsKind {
    /// Every kind, the most read first.
    pub const ALL: [Self; 8] = [
        Self::Events,
        Self::Regulator,
        Self::Capital,
        Self::Agreements,
        Self::Blocks,
        Self::Gates,
        Self::BuiltIn,
        Self::Offers,
    ];

    /// The kind of an event.
    pub fn of(event: &Event) -> Self {
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
