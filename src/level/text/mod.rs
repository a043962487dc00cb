//! Level files: reading, locating and changing them.

mod assignment;
mod block;
mod brackets;
pub mod diagnostic;
mod explain;
mod misprints;
pub mod parse;
pub mod path;
mod scan;
pub mod set;
pub mod spans;
mod tokens;
mod trouble;
