//! What there is to be shown, and what a panel may want done.

use std::path::PathBuf;

use super::look::Look;
use super::news::NewsFilter;
use crate::settings::Settings;
use walled_gardens_engine::level::{Level, RandomMarket};
use walled_gardens_engine::order::{Answer, Deal, Order};
use walled_gardens_engine::play::{Difficulty, Waiting};

/// A screen that fills the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Levels to choose from.
    Browser,
    /// A random market before it is drawn.
    SetUp,
    /// A level before it is played.
    Briefing,
    /// The map, with the plan.
    Play,
    /// What came of the turn.
    Report,
    /// The match is over.
    End,
    /// A match that is watched, turn by turn.
    Watch,
    /// Between two people at one machine.
    HandOver,
}

/// A window over the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// Keys.
    Help,
    /// Settings.
    Settings,
    /// Saved matches.
    Saves,
    /// An offer being composed.
    Offer,
    /// The market explorer.
    Market,
    /// The encyclopedia.
    Encyclopedia,
    /// All news.
    News,
}

/// A tab of levers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Prices.
    Prices,
    /// Budgets.
    Invest,
    /// Services opened and used.
    Links,
    /// Offers and agreements.
    Deals,
    /// What is known of the others.
    Rivals,
    /// Own money, by name.
    Ledger,
    /// What people think of companies, and what the regulator holds against them.
    Public,
}

impl Tab {
    /// Every tab, in the order of its keys. The last is not there in every match, so that a key does the same in all of them.
    pub const ALL: [Self; 7] =
        [Self::Prices, Self::Invest, Self::Links, Self::Deals, Self::Rivals, Self::Ledger, Self::Public];

    /// The tabs of a match on a level: where nobody judges companies there is nothing to be read of that.
    pub fn of(level: &Level) -> impl Iterator<Item = Self> + use<> {
        let judged = level.regulator.is_some() || level.market.moves_opinion();
        Self::ALL.into_iter().filter(move |tab| judged || *tab != Self::Public)
    }

    /// The tab on which something that waits is answered; none of what stands above the levers of every tab.
    pub fn answering(waiting: &Waiting) -> Option<Self> {
        match waiting {
            Waiting::Offer { .. } | Waiting::RunsOut { .. } => Some(Self::Deals),
            Waiting::Decision { .. } | Waiting::Warning { .. } | Waiting::Probe { .. } => Some(Self::Public),
            Waiting::Event { .. } | Waiting::Sale { .. } => None,
        }
    }
}

/// An offer being composed.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// To which platform, by index.
    pub with: usize,
    /// Whether it answers that platform's own offer.
    pub counter: bool,
    /// What is proposed.
    pub deal: Deal,
}

impl Proposal {
    /// Whether another is to the same company, and answers or offers as this one does.
    pub(super) fn is_to_the_same(&self, other: &Self) -> bool {
        (self.with, self.counter) == (other.with, other.counter)
    }

    /// The order that sends it.
    pub fn order(&self, level: &Level) -> Order {
        let (id, deal) = (level.platforms[self.with].id.clone(), self.deal.clone());
        if self.counter {
            Order::Answer { from: id, answer: Answer::Counter(deal) }
        } else {
            Order::Offer { to: id, deal }
        }
    }
}

/// What a panel wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// To another screen.
    Go(Screen),
    /// A window over the screen, or none.
    Over(Option<Overlay>),
    /// The encyclopedia is opened, at an article's key or where it was.
    Read(Option<String>),
    /// Levels for studies are listed, or those to play.
    Studies(bool),
    /// A level is chosen, by its place in the list.
    Choose(usize),
    /// A seat is chosen, by platform.
    Seat(usize),
    /// Somebody else at this machine takes a seat too, by platform, or leaves it.
    Join(usize),
    /// Whoever is next at this machine sits down.
    SitDown,
    /// No seat is taken: the match is to be watched.
    Spectate,
    /// A seat, by platform, is given to a strategy, by name.
    Cast(usize, String),
    /// How hard it is to be.
    Difficulty(Difficulty),
    /// A random market is drawn.
    Draw(RandomMarket),
    /// The market that is drawn is to be played.
    TakeDrawn,
    /// It is kept as a level file.
    KeepDrawn,
    /// The match begins.
    Begin,
    /// A lever is pulled.
    Order(Order),
    /// An offer is to be composed: gone on with where one was, else begun as given.
    Compose(Proposal),
    /// The offer that is composed is changed.
    Propose(Proposal),
    /// The offer that is composed is put on the plan.
    Send,
    /// A lever is let go.
    Release(Order),
    /// An order is taken off the plan, by its place.
    Remove(usize),
    /// The last change of the plan is taken back.
    Undo,
    /// And made again.
    Redo,
    /// The turn ends.
    EndTurn,
    /// The walk is over, or is not to be watched.
    Skip,
    /// It is watched again.
    WatchAgain,
    /// How fast it goes.
    Speed(f32),
    /// What each order of a turn was worth is to be found out.
    Weigh(u32),
    /// A save is to be read.
    Load(PathBuf),
    /// The match is to be saved.
    Save,
    /// A saved match or a replay is to be watched.
    Watch(PathBuf),
    /// The match on the desk is to be watched from its beginning.
    WatchMatch,
    /// The turn of a watched match that is to be shown.
    Show(u32),
    /// A watched match goes on turn by turn, or stops doing so.
    Pause,
    /// The match is played again from its beginning, by the same CEO.
    Again,
    /// The level is chosen again, to be played by another CEO.
    AnotherCeo,
    /// Another level is to be played next, by its place in the list.
    NextLevel(usize),
    /// The map is looked at from elsewhere.
    Look(Look),
    /// What is to be read of the news.
    News(NewsFilter),
    /// Settings are changed.
    Set(Settings),
    /// Another tab of levers.
    Tab(Tab),
    /// The place is opened where something that waits is answered.
    Answer(Waiting),
    /// The hint is read.
    NextHint,
    /// The message is read.
    Dismiss,
    /// The window closes.
    Quit,
}
