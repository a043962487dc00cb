//! What learning agents see, do and are rewarded for: a market as a vector of bounded numbers, orders as a list of templates.

mod actions;
mod features;
mod rewards;
mod services;

pub use actions::{Template, templates};
pub use features::{describe, observe};
pub use rewards::{Figures, reward};
