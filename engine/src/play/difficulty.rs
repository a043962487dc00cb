//! How hard a match is: who sits in the rivals' seats, and what can be seen of them. Never the rules.

use serde::{Deserialize, Serialize};

use super::casting::{
    self, Role, deals, has_a_fleet, is_a_specialist, is_large, is_small, lives_off_the_thrifty,
};
use crate::game::{Seat, Setup};
use crate::level::{Level, SetError, set};
use crate::strategy::{self, ContenderError};

/// How hard a match is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Difficulty {
    /// Rivals carry on as they opened, and everybody's books are open.
    Gentle,
    /// The level's rivals, and what the level shows of them.
    #[default]
    Fair,
    /// Rivals that look ahead and deal, and books that nobody opens.
    Fierce,
}

/// How rivals play where the level leaves their seats to nobody.
const FAIR: &[Role] = &[
    Role { strategy: "dealmaker", suits: deals },
    Role { strategy: "campaigner", suits: |level, company| 0.85 + 0.15 * is_large(level, company) },
    Role { strategy: "reciprocator", suits: |level, company| 0.8 * deals(level, company) },
    Role { strategy: "price-war", suits: lives_off_the_thrifty },
    Role { strategy: "follower", suits: is_small },
    Role { strategy: "category-builder", suits: is_a_specialist },
];
/// How they play when it is fierce.
const FIERCE: &[Role] = &[
    Role { strategy: "planner", suits: |_, _| 1.0 },
    Role { strategy: "dealmaker", suits: |level, company| 0.9 * deals(level, company) },
    Role { strategy: "campaigner", suits: |_, _| 0.85 },
    Role { strategy: "premium-logistics", suits: |level, company| 0.8 * has_a_fleet(level, company) },
    Role { strategy: "optimiser", suits: |_, _| 0.7 },
];
/// In the seat of a company without a shop, which lives by dealing.
const DEALER: &str = "dealmaker";
/// A seat that nobody takes.
const NOBODY: &str = "passive";

impl Difficulty {
    /// All of them, easiest first.
    pub const ALL: [Self; 3] = [Self::Gentle, Self::Fair, Self::Fierce];

    /// What it changes in a level: whether everybody's books are open.
    ///
    /// # Errors
    /// The level's text has no place for it; a level that was read has.
    pub fn change(self, text: &str) -> Result<String, SetError> {
        match self {
            Self::Gentle => set(text, "setup.visibility=Books"),
            Self::Fair => Ok(text.to_owned()),
            Self::Fierce => set(text, "setup.visibility=Public"),
        }
    }

    /// Who sits in each seat but those of people, in a match of this seed.
    ///
    /// # Errors
    /// The level names a strategy that there is not; its checker has seen to that.
    pub fn seats(self, level: &Level, people: &[usize], seed: u64) -> Result<Vec<Seat>, ContenderError> {
        let mut seats = Setup::of(level)?.seats;
        for (platform, name) in self.rivals(level, people, seed) {
            seats[platform] = Seat::Strategy(strategy::strategy(name)?);
        }
        Ok(seats)
    }

    /// Who would sit in each seat if nobody played, by name.
    pub fn cast(self, level: &Level, seed: u64) -> Vec<String> {
        let mut names: Vec<String> =
            level.platforms.iter().map(|platform| platform.strategy.clone()).collect();
        for (platform, name) in self.rivals(level, &[], seed) {
            names[platform] = name.to_owned();
        }
        names
    }

    /// Who takes rivals' seats; the level's own strategies stay in the others.
    fn rivals(self, level: &Level, people: &[usize], seed: u64) -> Vec<(usize, &'static str)> {
        let rivals = (0..level.platforms.len()).filter(|platform| !people.contains(platform));
        let open = |&platform: &usize| level.platforms[platform].strategy == NOBODY;
        let roles = match self {
            Self::Gentle => return rivals.map(|platform| (platform, NOBODY)).collect(),
            Self::Fair => FAIR,
            Self::Fierce => FIERCE,
        };
        // Whoever is fierce takes the seats of the level's own strategies too.
        let (shops, others): (Vec<usize>, Vec<usize>) = rivals
            .filter(|platform| self == Self::Fierce || open(platform))
            .partition(|&platform| level.platforms[platform].shop.is_some());
        let mut found = casting::cast(level, &shops, roles, seed);
        found.extend(others.into_iter().filter(open).map(|platform| (platform, DEALER)));
        found
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn level(name: &str) -> Level {
        Level::find(name, &[], &strategy::vocabulary()).expect("is shipped")
    }

    #[test]
    fn no_place_in_the_level_says_how_a_rival_plays() {
        let six = level("arena/six");
        for difficulty in [Difficulty::Fair, Difficulty::Fierce] {
            let mut played: Vec<BTreeMap<String, u32>> = vec![BTreeMap::new(); 6];
            for seed in 0..600 {
                for (platform, name) in difficulty.cast(&six, seed).into_iter().enumerate() {
                    *played[platform].entry(name).or_default() += 1;
                }
            }
            assert!(played[0].contains_key("campaigner"), "somebody moves prices: {played:?}");
            for (name, all) in &played[0] {
                let times = |seat: &BTreeMap<String, u32>| f64::from(seat.get(name).copied().unwrap_or(0));
                let mean = played.iter().map(times).sum::<f64>() / 6.0;
                assert!(mean >= 100.0 && (f64::from(*all) - mean).abs() < 60.0, "{name}: {played:?}");
            }
        }
    }

    #[test]
    fn companies_play_by_what_they_are() {
        let china = level("history/china_2024");
        let cast = Difficulty::Fair.cast(&china, 1);
        let of = |id: &str| {
            let found = china.platforms.iter().position(|platform| platform.id == id);
            cast[found.expect("is in the level")].as_str()
        };
        assert_eq!(of("jd"), "category-builder", "it stands out in electronics: {cast:?}");
        assert_eq!(of("tencent"), "dealmaker", "it has no shop, and lives by dealing");
        assert_eq!(Difficulty::Fair.cast(&china, 2)[1], cast[1], "chance decides among equals alone");
        assert!(Difficulty::Gentle.cast(&china, 1).iter().all(|name| name == NOBODY));
    }
}
