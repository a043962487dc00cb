//! Where a match stands.

use std::sync::Arc;

use super::difficulty::Difficulty;
use super::movement::Movement;
use super::people::PERSON;
use super::stalls::Streets;
use super::turn::PlayedTurn;
use crate::level::Level;
use crate::sim::Outcome;
use crate::strategy::PlatformView;

/// Where a match stands, to be shown while somebody else works on it: cheap to copy.
#[derive(Clone)]
pub struct Position {
    /// The match's own number, by which it is known from every other, of the same level, seat and seed too.
    pub number: u64,
    /// The level.
    pub level: Arc<Level>,
    /// The player's platform, by index.
    pub me: usize,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Turns of the match.
    pub length: u32,
    /// Seed of every draw.
    pub seed: u64,
    /// Who decides, by platform.
    pub seats: Vec<String>,
    /// What the player's CEO knows.
    pub view: Arc<PlatformView>,
    /// Before the first turn.
    pub opening: Arc<Outcome>,
    /// The turns so far.
    pub turns: Vec<Arc<PlayedTurn>>,
    /// Who lives where, nobody moving.
    pub at_home: Arc<Movement>,
    /// Where merchants list at the opening.
    pub streets: Arc<Streets>,
}

impl Position {
    /// After the last turn.
    pub fn now(&self) -> &Outcome {
        self.turns.last().map_or(&self.opening, |turn| &turn.record.outcome)
    }

    /// Before the last turn; the opening if there was none.
    pub fn before(&self) -> &Outcome {
        let earlier = self.turns.len().checked_sub(2).map(|place| &self.turns[place].record.outcome);
        earlier.unwrap_or(&self.opening)
    }

    /// The opening, and what came of each turn.
    pub fn outcomes(&self) -> impl Iterator<Item = &Outcome> {
        std::iter::once(&*self.opening).chain(self.turns.iter().map(|turn| &turn.record.outcome))
    }

    /// What the player's CEO knew after so many turns.
    pub fn view_after(&self, turns: u32) -> &PlatformView {
        self.turns.get(turns as usize).map_or(&self.view, |turn| &turn.view)
    }

    /// Where merchants list, who came and who went in the last turn.
    pub fn streets(&self) -> &Streets {
        self.turns.last().map_or(&self.streets, |turn| &turn.streets)
    }

    /// The platform that the person at the machine runs; nobody's where strategies alone play.
    pub fn person(&self) -> Option<usize> {
        let is_person = |seat: &usize| self.seats[*seat] == PERSON;
        Some(self.me).filter(is_person).or_else(|| (0..self.seats.len()).find(is_person))
    }

    /// The platforms that people at the machine run, in the level's order.
    pub fn people(&self) -> Vec<usize> {
        (0..self.seats.len()).filter(|&seat| self.seats[seat] == PERSON).collect()
    }

    /// As it stood after an earlier turn; as it stands where that turn has not been played.
    pub fn at(&self, turn: u32) -> Self {
        let turn = (turn as usize).min(self.turns.len());
        let view = self.turns.get(turn).map_or(&self.view, |next| &next.view);
        Self { view: Arc::clone(view), turns: self.turns[..turn].to_vec(), ..self.clone() }
    }

    /// Whether a company stands in the market: a newcomer does not until it enters.
    pub fn is_here(&self, platform: usize) -> bool {
        self.view.level.platforms[platform].here
    }

    /// The companies whose shops stand in the market, in the level's order.
    pub fn shops(&self) -> Vec<usize> {
        (0..self.level.platforms.len()).filter(|&platform| self.view.level.sells(platform)).collect()
    }

    /// Turns played.
    pub fn played(&self) -> u32 {
        self.turns.len() as u32
    }

    /// Whether all turns are played.
    pub fn is_over(&self) -> bool {
        self.played() >= self.length
    }
}
