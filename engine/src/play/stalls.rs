//! Merchants: on how many platforms they list, who came and who went in a turn.

use crate::level::Level;
use crate::sim::Stalls;

/// Merchants of one platform. Numbers are of shops.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Street {
    /// Listed.
    pub listed: f64,
    /// Of them, those that list nowhere else.
    pub alone: f64,
    /// Listed now and not before.
    pub entered: f64,
    /// Listed before and not now.
    pub left: f64,
}

/// All merchants after a turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Streets {
    /// By platform.
    pub platforms: Vec<Street>,
    /// Merchants by the number of platforms on which they list, from none.
    pub by_number: Vec<f64>,
}

impl Streets {
    /// Compares where merchants list before and after.
    pub fn between(level: &Level, before: &Stalls, after: &Stalls) -> Self {
        let shops = level.shops();
        let mut streets = Self {
            platforms: vec![Street::default(); level.platforms.len()],
            by_number: vec![0.0; shops.len() + 1],
        };
        for ((&then, &now), weight) in before.shops.iter().zip(&after.shops).zip(&after.weight) {
            streets.by_number[(now.count_ones() as usize).min(shops.len())] += weight;
            for (shop, &platform) in shops.iter().enumerate() {
                let street = &mut streets.platforms[platform];
                let part = |holds: bool| if holds { *weight } else { 0.0 };
                let (was, is) = (then >> shop & 1 == 1, now >> shop & 1 == 1);
                street.listed += part(is);
                street.alone += part(is && now.count_ones() == 1);
                street.entered += part(is && !was);
                street.left += part(was && !is);
            }
        }
        streets
    }

    /// Platforms on which a merchant lists that lists at all, on average.
    pub fn mean_number(&self) -> f64 {
        let listed: f64 = self.by_number.iter().skip(1).sum();
        let stalls = self.by_number.iter().enumerate().map(|(number, shops)| number as f64 * shops);
        crate::sim::state::outcome::ratio(stalls.sum(), listed)
    }
}
