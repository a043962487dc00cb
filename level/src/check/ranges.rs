//! Ranges of numbers that several sections have in common.

use std::ops::RangeInclusive;

use crate::{MAX_MEMBERSHIP_FEE, MAX_RATE};

pub(super) const FRACTION: RangeInclusive<f64> = 0.0..=1.0;
/// Above ten trillion yuan an amount is a slip, and sums in fen could leave 64 bits.
pub(super) const AMOUNT: RangeInclusive<f64> = 0.0..=1e13;
pub(super) const RATE: RangeInclusive<f64> = 0.0..=MAX_RATE;
/// Textbook prices may be negative; orders may not.
pub(super) const FEE: RangeInclusive<f64> = -MAX_MEMBERSHIP_FEE..=MAX_MEMBERSHIP_FEE;
pub(super) const FACTOR: RangeInclusive<f64> = 1e-3..=FACTOR_MOST;
pub(super) const FACTOR_MOST: f64 = 1e3;
