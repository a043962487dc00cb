//! What there is to be shown, and what a panel may want done.

use std::path::PathBuf;

use crate::gui::settings::Settings;
use crate::order::Order;
use crate::play::Difficulty;

/// A screen that fills the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Levels to choose from.
    Browser,
    /// A level before it is played.
    Briefing,
    /// The map, with the plan.
    Play,
    /// What came of the turn.
    Report,
    /// The match is over.
    End,
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
}

/// A tab of levers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Prices.
    Prices,
    /// Budgets.
    Invest,
}

impl Tab {
    /// Every tab, in the order of its keys.
    pub const ALL: [Self; 2] = [Self::Prices, Self::Invest];
}

/// What a panel wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// To another screen.
    Go(Screen),
    /// A window over the screen, or none.
    Over(Option<Overlay>),
    /// A level is chosen, by its place in the list.
    Choose(usize),
    /// A seat is chosen, by platform.
    Seat(usize),
    /// How hard it is to be.
    Difficulty(Difficulty),
    /// The match begins.
    Begin,
    /// A lever is pulled.
    Order(Order),
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
    /// What each order was worth is to be found out.
    Weigh,
    /// A save is to be read.
    Load(PathBuf),
    /// The match is to be saved.
    Save,
    /// Settings are changed.
    Set(Settings),
    /// Another tab of levers.
    Tab(Tab),
    /// The message is read.
    Dismiss,
    /// The window closes.
    Quit,
}
