//! A dense table over two or three indices, such as sales by region, category and platform.

use std::ops::{Index, IndexMut};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Values over `D` indices, the last one running fastest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Grid<const D: usize, T = f64> {
    #[serde(with = "shape")]
    #[schemars(with = "Vec<usize>")]
    shape: [usize; D],
    cells: Vec<T>,
}

impl<const D: usize, T: Clone> Grid<D, T> {
    /// A grid of the given shape, every cell the same.
    pub fn filled(shape: [usize; D], value: T) -> Self {
        Self { shape, cells: vec![value; shape.iter().product()] }
    }
}

impl<const D: usize, T> Grid<D, T> {
    /// Number of cells along each index.
    #[inline]
    pub fn shape(&self) -> [usize; D] {
        self.shape
    }

    /// All cells, the last index running fastest.
    pub fn cells(&self) -> &[T] {
        &self.cells
    }

    /// All cells, to be changed.
    pub fn cells_mut(&mut self) -> &mut [T] {
        &mut self.cells
    }

    /// The cells that differ from one in the last index alone, from that one on.
    pub fn row(&self, at: [usize; D]) -> &[T] {
        let first = self.position(at);
        &self.cells[first..first + self.shape[D - 1] - at[D - 1]]
    }

    #[inline]
    fn position(&self, at: [usize; D]) -> usize {
        let mut position = 0;
        for place in 0..D {
            debug_assert!(at[place] < self.shape[place], "index {at:?} outside shape {:?}", self.shape);
            position = position * self.shape[place] + at[place];
        }
        position
    }
}

impl<const D: usize, T> Index<[usize; D]> for Grid<D, T> {
    type Output = T;

    #[inline]
    fn index(&self, at: [usize; D]) -> &T {
        &self.cells[self.position(at)]
    }
}

impl<const D: usize, T> IndexMut<[usize; D]> for Grid<D, T> {
    #[inline]
    fn index_mut(&mut self, at: [usize; D]) -> &mut T {
        let position = self.position(at);
        &mut self.cells[position]
    }
}

/// Serde knows arrays only up to fixed lengths.
mod shape {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<const D: usize, S: Serializer>(shape: &[usize; D], to: S) -> Result<S::Ok, S::Error> {
        shape.as_slice().serialize(to)
    }

    pub fn deserialize<'de, const D: usize, F: Deserializer<'de>>(from: F) -> Result<[usize; D], F::Error> {
        let list = Vec::<usize>::deserialize(from)?;
        list.try_into()
            .map_err(|list: Vec<usize>| F::Error::invalid_length(list.len(), &"as many lengths as indices"))
    }
}
