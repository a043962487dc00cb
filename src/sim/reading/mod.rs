//! What is read off a market: metrics, where people and merchants are, and what orders would come to.

pub mod homes;
pub mod metrics;
pub mod rehearsal;
pub mod stalls;
pub mod sums;
