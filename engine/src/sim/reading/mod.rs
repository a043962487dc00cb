//! What is read off a market: where people and merchants are, and what orders would come to.

pub mod homes;
pub mod rehearsal;
pub mod stalls;
pub mod sums;
