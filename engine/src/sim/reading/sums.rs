//! Sums over the state of a match: what its hash is made of.

use bevy::prelude::*;
use bytemuck::NoUninit;
use twox_hash::XxHash3_128;

use crate::sim::state::consumers::{PriceSensitivity, Taste};
use crate::sim::state::merchants::{Margin, Reach, Size};
use crate::sim::state::world::Roster;

/// Blocks are spawned whole.
pub(in crate::sim) const COLUMNS: &str = "every block has all its columns";

/// Hash of what no turn changes about agents, nearly half of a state: worked out when they come to be.
#[derive(Resource)]
pub(in crate::sim) struct Unchanging(pub blake3::Hash);

impl Unchanging {
    /// Of the agents that live in a world.
    pub fn of(world: &World, roster: &Roster) -> Self {
        let mut state = State::default();
        for &block in &roster.merchants {
            let columns = world.entity(block).get_components::<(&Size, &Margin, &Reach)>();
            let (size, margin, reach) = columns.expect(COLUMNS);
            state.column(&size.0);
            state.column(&margin.0);
            state.column(&reach.0);
        }
        for &block in &roster.consumers {
            let columns = world.entity(block).get_components::<(&PriceSensitivity, &Taste)>();
            let (sensitivity, taste) = columns.expect(COLUMNS);
            state.column(&sensitivity.0);
            state.column(&taste.0);
        }
        Self(state.hash())
    }
}

/// A state on its way into its hash. What there is little of is hashed as it is. Of the agents' columns, which are nearly all of a state,
/// it is the sums that are: BLAKE3 reads some two bytes a nanosecond where there is no sum of its own, and these ten, which is as
/// fast as memory.
#[derive(Default)]
pub(in crate::sim) struct State(blake3::Hasher);

impl State {
    /// Adds bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Adds a block's column: its length and XXH3 of its values, the lowest byte of each first whatever the machine.
    pub fn column<T: NoUninit>(&mut self, values: &[T]) {
        let sum = if cfg!(target_endian = "little") || size_of::<T>() == 1 {
            XxHash3_128::oneshot(bytemuck::cast_slice(values))
        } else {
            let turned = values.iter().flat_map(|value| bytemuck::bytes_of(value).iter().rev().copied());
            XxHash3_128::oneshot(&turned.collect::<Vec<u8>>())
        };
        self.0.update(&(values.len() as u64).to_le_bytes());
        self.0.update(&sum.to_le_bytes());
    }

    /// The hash of all that was added.
    pub fn hash(self) -> blake3::Hash {
        self.0.finalize()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_value_of_a_column_and_any_columns_end_count() {
        let of = |columns: &[&[u16]]| {
            let mut state = State::default();
            columns.iter().for_each(|column| state.column(column));
            state.hash()
        };
        let usual: Vec<u16> = (0..3_000).collect();
        let mut seen = vec![of(&[&usual, &[]]), of(&[&usual[..2_999], &usual[2_999..]]), of(&[&[], &usual])];
        for place in [0, 1, 1_023, 1_024, 2_999] {
            for bit in [0, 7, 15] {
                let mut other = usual.clone();
                other[place] ^= 1 << bit;
                seen.push(of(&[&other, &[]]));
            }
        }
        let all = seen.len();
        seen.sort_by_key(blake3::Hash::to_hex);
        seen.dedup();
        assert_eq!(seen.len(), all);
    }
}
