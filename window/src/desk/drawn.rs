//! A random market as it is drawn: what is asked of it, and the level that comes of that.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;

use walled_gardens_engine::level::{Level, RandomMarket};
use walled_gardens_engine::strategy;

/// Seeds that the window draws: short enough to be told to somebody.
const SEEDS: u64 = 10_000;

/// A random market: what is asked of it, and the level that comes of that.
#[derive(Clone)]
pub struct Drawn {
    /// What is asked.
    pub market: RandomMarket,
    /// The level, or what is wrong with it.
    pub level: Result<Arc<Level>, String>,
}

impl Drawn {
    /// The market of some settings.
    pub fn of(market: RandomMarket) -> Self {
        let level = Level::from_text(&market.id(), &market.text(), &strategy::vocabulary());
        Self { market, level: level.map(Arc::new).map_err(|error| error.to_string()) }
    }
}

/// A seed that nobody has chosen.
pub fn any_seed() -> u64 {
    1 + RandomState::new().hash_one(0) % SEEDS
}
