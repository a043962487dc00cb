//! How hard a match is: who sits in the rivals' seats, and what can be seen of them. Never the rules.

use serde::{Deserialize, Serialize};

use crate::game::{Seat, Setup};
use crate::level::{Level, SetError, set};
use crate::strategy::{self, ContenderError};

/// How hard a match is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Difficulty {
    /// Rivals carry on as they opened, and everybody's books are open.
    Gentle,
    /// The level's rivals, and what the level shows of them.
    #[default]
    Fair,
    /// Rivals that look ahead and deal, and books that nobody opens.
    Fierce,
}

/// In the rivals' seats when it is fierce, dealt out in turn.
const FIERCE: [&str; 4] = ["optimiser", "premium", "dealmaker", "steady-investor"];
/// In seats that a level leaves to nobody, otherwise.
const FAIR: [&str; 4] = ["reciprocator", "steady-investor", "price-war", "follower"];
/// In seats of companies without a shop: they live by dealing.
const DEALER: &str = "reciprocator";
/// A seat that nobody takes.
const NOBODY: &str = "passive";

impl Difficulty {
    /// All of them, easiest first.
    pub const ALL: [Self; 3] = [Self::Gentle, Self::Fair, Self::Fierce];

    /// What it changes in a level: whether everybody's books are open.
    ///
    /// # Errors
    /// The level's text has no place for it; a level that was read has.
    pub fn change(self, text: &str) -> Result<String, SetError> {
        match self {
            Self::Gentle => set(text, "setup.visibility=Books"),
            Self::Fair => Ok(text.to_owned()),
            Self::Fierce => set(text, "setup.visibility=Public"),
        }
    }

    /// Who sits in each seat but the player's, by name.
    ///
    /// # Errors
    /// The level names a strategy that there is not; its checker has seen to that.
    pub fn seats(self, level: &Level, me: usize) -> Result<Vec<Seat>, ContenderError> {
        let mut seats = Setup::of(level)?.seats;
        for (platform, seat) in seats.iter_mut().enumerate() {
            if platform != me
                && let Some(name) = self.rival(level, platform)
            {
                *seat = Seat::Strategy(strategy::strategy(name)?);
            }
        }
        Ok(seats)
    }

    /// Who would sit in each seat if nobody played, by name.
    pub fn cast(self, level: &Level) -> Vec<String> {
        let own = |platform: usize| level.platforms[platform].strategy.as_str();
        let platforms = 0..level.platforms.len();
        platforms.map(|platform| self.rival(level, platform).unwrap_or(own(platform)).to_owned()).collect()
    }

    /// Who takes a rival's seat; nobody new where the level's own strategy stays.
    fn rival(self, level: &Level, platform: usize) -> Option<&'static str> {
        let shop = level.platforms[platform].shop.is_some();
        let open = level.platforms[platform].strategy == NOBODY;
        match self {
            Self::Gentle => Some(NOBODY),
            Self::Fair | Self::Fierce if !shop => open.then_some(DEALER),
            Self::Fair => open.then_some(FAIR[platform % FAIR.len()]),
            Self::Fierce => Some(FIERCE[platform % FIERCE.len()]),
        }
    }
}
