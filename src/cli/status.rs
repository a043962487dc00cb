//! Exit statuses: how a call has gone.

/// Did what it was asked to.
pub(super) const WELL: u8 = 0;
/// Ran, and the outcome is bad.
pub(super) const BAD_OUTCOME: u8 = 1;
/// Could not be done as asked.
pub(super) const BAD_INPUT: u8 = 2;
