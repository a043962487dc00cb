//! Level files: reading, locating and changing them.

mod block;
mod brackets;
pub mod diagnostic;
mod explain;
pub mod file;
mod misprints;
pub mod parse;
pub mod path;
mod position;
mod scan;
pub mod set;
pub mod spans;
#[cfg(test)]
mod tests;
mod tokens;
mod trouble;
