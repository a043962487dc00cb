//! Names for what the game's data stand for, from the table of texts.

mod events;
mod figures;
mod metrics;
mod names;
mod news;
mod objectives;
mod orders;
mod regulator;
mod seats;
mod services;
mod time;
mod valuation;

pub use events::{effects, percent_of, season};
pub use figures::{choice, choice_key, figure, label, reason};
pub use metrics::{
    change, difference, form, measure, measured, metric, metric_meaning, opinion, public_deed,
};
pub use names::{garden, in_names, segment, stand_ins};
pub use news::{event, news_kind};
pub use objectives::{deadline, medal, much, wanted};
pub use orders::{audience, order, term};
pub use regulator::{offence, stage};
pub use seats::{difficulty, idea, seat};
pub use services::{access, door, speed, supply};
pub use time::{ago, month, months};
pub use valuation::{first_growth, judgement};
