//! Names for what the game's data stand for, from the table of texts.

mod advice;
mod ahead;
mod events;
mod figures;
mod guess;
mod joined;
mod metrics;
mod moves;
mod names;
mod newcomer;
mod news;
mod objectives;
mod orders;
mod refusals;
mod regulator;
mod seats;
mod services;
mod stories;
mod time;
mod valuation;
mod waiting;

pub use advice::advice;
pub use ahead::{coming, month_ahead};
pub use events::{changed_by, effects, percent_of, season};
pub use figures::{choice, choice_key, figure, label, reason};
pub use guess::guess;
pub use joined::{clauses, list, sentences, within};
pub use metrics::{
    change, difference, form, measure, measured, metric, metric_meaning, opinion, public_deed,
};
pub use names::{garden, segment, spelt, stand_ins, tags};
pub use newcomer::{opens, you_enter};
pub use news::{event, news_kind, objection};
pub use objectives::{deadline, medal, much, wanted, wanted_by, wanted_when};
pub use orders::{audience, order, term};
pub use refusals::refusal;
pub use regulator::{next_step, offence, rules, stage};
pub use seats::{difficulty, idea, plainly, seat};
pub use services::{access, door, speed, supply};
pub use stories::story;
pub use time::{ago, month, months, short_month};
pub use valuation::judgement;
pub use waiting::{lapses, waits};
