//! How large a level may be.

/// Most platforms in one level: a consumer's acquaintance with them is a mask of 16 bits.
pub const MAX_PLATFORMS: usize = 16;

/// Most categories in one level.
pub const MAX_CATEGORIES: usize = 16;

/// Most regions in one level.
pub const MAX_REGIONS: usize = 16;

/// Most segments of consumers, and of merchants.
pub const MAX_SEGMENTS: usize = 8;

/// Most consumer agents in one world.
pub const MAX_CONSUMERS: u32 = 100_000_000;

/// Most merchant agents in one world.
pub const MAX_MERCHANTS: u32 = 10_000_000;

/// Most turns in one match.
pub const MAX_TURNS: u32 = 1_200;

/// Most months by which companies are judged after it.
pub const MAX_AFTERMATH: u32 = 120;
