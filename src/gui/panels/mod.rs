//! Panels and screens: plain functions over an `Ui` and data, which say what the player wants done.

pub mod briefing;
pub mod browser;
pub mod deals;
pub mod encyclopedia;
pub mod end;
pub mod explorer;
pub mod help;
pub mod hint;
pub mod invest;
pub mod ledger;
pub mod links;
pub mod map;
pub mod moved;
pub mod news;
pub mod objectives;
pub mod offer;
pub mod plan;
pub mod prices;
pub mod report;
pub mod rivals;
pub mod saves;
pub mod settings;
pub mod share;
pub mod timeline;
pub mod top;
mod uses;
pub mod watched;
