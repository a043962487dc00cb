//! A person's side of a match, with nothing drawn: the match and its record, the plan with undo and redo, forecasts,
//! what numbers are made of, what orders were worth, and saves. A window shows it, and a script can drive it.

mod advice;
mod ahead;
pub mod amounts;
mod answered;
mod best;
mod casting;
mod choices;
mod deals;
mod decided;
mod difficulty;
mod draft;
mod earlier;
mod explain;
mod figure;
mod forecast;
mod foresee;
mod guess;
mod headlines;
mod imagined;
mod kept;
mod language;
mod likely;
mod movement;
pub mod objectives;
mod people;
mod position;
mod record;
#[cfg(test)]
mod recorded;
mod report;
mod save;
mod session;
mod shelf;
mod showing;
mod stalls;
mod table;
mod task;
mod trade;
mod turn;
mod waiting;
mod why;
mod worth;

pub use advice::{Advice, Leaving, advice};
pub use ahead::{Coming, MonthAhead, months_ahead, months_differ};
pub use answered::{Answers, answers, answers_to};
pub use best::{Best, Bests};
pub use choices::{ChoiceWorth, worth_of_choices};
pub use deals::{Appraisal, TermWorth, all_of_both, appraise, building, engineers, months_to_build};
pub use decided::{MonthWorth, decisive, worth_of_months};
pub use difficulty::Difficulty;
pub use draft::Draft;
pub use explain::{
    Booked, Explained, Label, Part, booked, cash, listed, offer_worth, profit, sales, share, take_rate,
    users, value,
};
pub use figure::{Figure, Subject};
pub use forecast::{Band, FigureForecast, Forecast, HORIZONS, Horizon, ObjectiveForecast};
pub use foresee::forecast;
pub use guess::{Guess, guess};
pub use headlines::{
    GoalChange, Headline, Place, Price, PriceMove, Scale, Story, TRIFLE, Topic, headlines, rank, weight,
};
pub use imagined::{Ahead, Futures, HORIZON};
pub use kept::{Kept, KeptMatch};
pub use language::{Language, UnknownLanguage};
pub use likely::{Likely, chance_of_yes, likely};
pub use movement::{Group, Movement, Walk};
pub use people::PERSON;
pub use people::SavedPerson;
pub use position::Position;
pub use record::Record;
pub use report::{Line, Report, report};
pub use save::{Save, SaveError};
pub use session::{Session, SessionError, tamper};
pub use shelf::{AUTOSAVES, Shelf, write_whole};
pub use showing::{Programme, ProgrammeError, Showing, ShownTurn, Told};
pub use stalls::{Street, Streets};
pub use task::{Task, TaskState};
pub use trade::{carrier_load, carrier_quality, merchant_cost, merchant_margin, paid_with, wallet_people};
pub use turn::PlayedTurn;
pub use waiting::{Waiting, answered, unanswered, waiting};
pub use why::{Between, People, Why, flows, flows_of, regard, why};
pub use worth::{Again, OrderWorth, SPANS, Span, worth_of_orders};
