//! Panels and screens: plain functions over an `Ui` and data, which say what the player wants done.

pub mod briefing;
pub mod browser;
pub mod end;
pub mod help;
pub mod hint;
pub mod invest;
pub mod map;
pub mod news;
pub mod objectives;
pub mod plan;
pub mod prices;
pub mod report;
pub mod saves;
pub mod settings;
pub mod share;
pub mod top;
