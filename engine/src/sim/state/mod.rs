//! What a world holds: components, resources and tables, and what can be said of each by itself. No systems.

pub mod capital;
pub mod cells;
pub mod choices;
pub mod chronicle;
pub mod companies;
pub mod consumers;
pub mod engineering;
pub mod events;
pub mod expectations;
pub mod files;
pub mod flow;
pub mod fortunes;
pub mod insolvency;
pub mod ledger;
pub mod loans;
pub mod merchants;
pub mod negotiations;
pub mod outcome;
pub mod presence;
pub mod public;
pub mod relations;
pub mod services;
pub mod world;
