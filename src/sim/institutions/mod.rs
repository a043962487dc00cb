//! What binds companies to each other.

pub mod agreements;
pub mod relations;
