//! The choice loop, which everything else is built round.

mod drawing;
mod limits;
mod row;

pub use drawing::{Choosers, Drawing, NO_PAYMENT};
pub use limits::{LANES, MAX_ALTERNATIVES, SURPLUS_UNIT};
pub use row::{ChoiceRow, InLoopUnits, PaymentTerms, Terms};
