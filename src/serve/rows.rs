//! Rows of numbers for learning agents.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::learning::Figures;
use crate::protocol::Vectors;

/// Rows of numbers: a row for each of the host's seats.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Rows {
    pub(super) count: usize,
    pub(super) observations: Vec<f32>,
    pub(super) masks: Vec<u8>,
    rewards: Vec<f32>,
    figures: Vec<f64>,
    acts: Vec<u8>,
}

impl Rows {
    /// Adds a row, whose observation and mask are there already.
    pub(super) fn add(&mut self, reward: f64, figures: &Figures, acts: bool) {
        let Figures { value, profit, share, cash } = *figures;
        self.count += 1;
        self.rewards.push(reward as f32);
        self.figures.extend([value, profit, share, cash]);
        self.acts.push(acts.into());
    }

    /// Adds the rows of another match.
    pub(super) fn append(&mut self, other: &Self) {
        self.count += other.count;
        self.observations.extend_from_slice(&other.observations);
        self.masks.extend_from_slice(&other.masks);
        self.rewards.extend_from_slice(&other.rewards);
        self.figures.extend_from_slice(&other.figures);
        self.acts.extend_from_slice(&other.acts);
    }

    /// As they are told.
    pub(super) fn told(&self) -> Vectors {
        let singles = |numbers: &[f32]| {
            let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
            STANDARD.encode(bytes)
        };
        let doubles: Vec<u8> = self.figures.iter().flat_map(|number| number.to_le_bytes()).collect();
        Vectors {
            rows: self.count,
            observations: singles(&self.observations),
            masks: STANDARD.encode(&self.masks),
            rewards: singles(&self.rewards),
            figures: STANDARD.encode(doubles),
            acts: STANDARD.encode(&self.acts),
        }
    }
}
