//! Tables of numbers.

/// A square table of numbers, by row and column.
pub type Table = Vec<Vec<f64>>;
