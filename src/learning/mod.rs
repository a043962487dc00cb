//! What learning agents see, do and are rewarded for: a market as a vector of bounded numbers, orders as a list of templates.

mod actions;
mod catalogue;
mod dealings;
mod does;
mod features;
mod levers;
mod rewards;
mod services;
mod sink;

pub use actions::Template;
pub use catalogue::templates;
pub use features::{describe, observe};
pub use rewards::{Figures, reward};
