//! How much the choice loop takes at a time, and how much it holds.

use crate::level::MAX_PLATFORMS;

/// Consumers that choose at a time: wide enough for any vector unit, small enough for the first cache.
pub const LANES: usize = 64;

/// The unit in which [`surplus`](crate::sim::choice::Drawing::surplus) counts.
pub const SURPLUS_UNIT: f64 = 1.0 / 16_777_216.0;

/// Shops, and staying offline.
pub const MAX_ALTERNATIVES: usize = MAX_PLATFORMS + 1;

/// Utility of what cannot be chosen: far below all others after the maximum is taken off, yet finite.
pub(in crate::sim) const UNAVAILABLE: f32 = -1e30;
