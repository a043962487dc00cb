//! Levels: text → [`RawLevel`](raw::RawLevel) → [`Level`]. And [orders](order): a level says in words of theirs what events do. Nothing here knows
//! the simulation.
//!
//! A level that exists is a level that plays: [`Level::from_text`] reports everything that is wrong at once.

mod bounds;
mod calendar;
mod check;
mod contents;
pub mod events;
mod find;
mod goals;
mod market;
mod measurable;
pub mod order;
mod potential;
mod random;
pub mod raw;
mod reference;
mod regulator;
pub mod services;
mod shipped;
mod spending;
mod text;

pub use bounds::{
    MAX_AFTERMATH, MAX_CATEGORIES, MAX_CONSUMERS, MAX_MERCHANTS, MAX_PLATFORMS, MAX_REGIONS, MAX_SEGMENTS,
    MAX_TURNS,
};
pub use calendar::{Calendar, MONTHS};
pub use check::Vocabulary;
pub use contents::{
    Category, ConsumerSegment, Entry, Level, MOST_HELD, MerchantSegment, Platform, Region, Setup, Shop,
};
pub use find::{FindError, read_plan};
pub use goals::{Deadline, MAX_OBJECTIVES, Objective, PLACES, Step, Until};
pub use market::{
    Conduct, EmptyShops, Expectations, LikingForm, ListingForm, MarketBase, MarketParameters, PriceForm,
    RawMarket, TasteSpace,
};
pub use measurable::{Measurable, Named, Sort, Subject, Unmeasurable};
pub use random::{RandomMarket, Size};
pub use raw::Visibility;
pub use reference::{Bound, Case, Difference, Expectation, Measure};
pub use regulator::{Offence, Regulator};
pub use shipped::{Shipped, shipped};
pub use text::diagnostic::{Diagnostic, LevelError, Severity, nearest};
pub use text::file::{ReadError, read_text};
pub use text::parse::parse as parse_ron;
pub use text::set::{SetError, set};
pub use text::spans::SpanMap as Spans;

pub use crate::order::{MAX_LOAN_RATE, MAX_MEMBERSHIP_FEE, MAX_RATE};
