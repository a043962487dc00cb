//! Small things that panels are made of.

mod band;
mod buttons;
mod keyboard;
mod layout;
mod marks;
mod number;
mod topic;

pub use band::{band, band_and_bounds, bar, gauge, scale};
pub(super) use buttons::key_label;
pub use buttons::{choices, counted, keyed, keyed_width, primary, row};
pub(super) use keyboard::drop_repeats;
pub use keyboard::{pressed, taken};
pub use layout::{card, cell, column, heading, sunk, wide};
pub use marks::{mark, paint_mark, ring};
pub(super) use number::unpin;
pub use number::{change, number, number_noted, parts};
pub use topic::{meaning, topic, topic_of};
