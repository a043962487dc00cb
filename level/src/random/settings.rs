//! What is asked of a random market.

use std::ops::RangeInclusive;

/// How much there is in a random market.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// Two regions and three categories: a turn is over at once.
    Small,
    /// Three regions and four categories.
    #[default]
    Usual,
    /// Four tiers of cities and six categories, as large as the levels of history.
    Large,
}

impl Size {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::Small, Self::Usual, Self::Large];

    /// What it is called in ids and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Usual => "usual",
            Self::Large => "large",
        }
    }
}

/// A market that is drawn: these settings are all that it depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RandomMarket {
    /// Companies besides one's own, within [`Self::RIVALS`].
    pub rivals: u32,
    /// Its length in months, within [`Self::TURNS`].
    pub turns: u32,
    /// What everything is drawn from, and the seed of its matches.
    pub seed: u64,
    /// How much there is in it.
    pub size: Size,
}

impl Default for RandomMarket {
    fn default() -> Self {
        Self { rivals: 3, turns: 24, seed: 1, size: Size::default() }
    }
}

impl RandomMarket {
    /// How many rivals there may be.
    pub const RIVALS: RangeInclusive<u32> = 1..=7;
    /// How long it may be.
    pub const TURNS: RangeInclusive<u32> = 6..=60;

    /// The level's id: the same settings are the same level, whoever names them.
    pub fn id(&self) -> String {
        let Self { rivals, turns, seed, size } = self.within();
        format!("random/{}-{rivals}-{turns}-{seed}", size.name())
    }

    /// The same, with the nearest number where one lies outside its range.
    pub(super) fn within(self) -> Self {
        let nearest = |number: u32, range: RangeInclusive<u32>| number.clamp(*range.start(), *range.end());
        Self { rivals: nearest(self.rivals, Self::RIVALS), turns: nearest(self.turns, Self::TURNS), ..self }
    }
}
