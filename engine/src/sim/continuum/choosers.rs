//! How infinitely many people who differ in taste alone divide among shops.

use crate::level::{Level, TasteSpace};
use crate::sim::continuum::quadrature::{pieces, positions};
use crate::sim::rules::demand::noise_unit;

/// People who differ in taste alone. Utilities are in units of the noise.
pub(super) struct Chooser {
    space: TasteSpace,
    tastes: Vec<f64>,
    strength: f64,
    habit: f64,
    /// Whether the best alternative takes all: there is no noise.
    best: bool,
    /// Tastes over which choices with noise are summed up, with their weights.
    positions: Vec<(f64, f64)>,
}

impl Chooser {
    /// The people of a level.
    pub(super) fn of(level: &Level) -> Self {
        let market = &level.market;
        let taste = |&shop: &usize| level.platforms[shop].shop.as_ref().map_or(0.0, |shop| shop.taste);
        let tastes: Vec<f64> = level.shops().iter().map(taste).collect();
        let unit = noise_unit(level);
        let strength = market.taste_strength / unit;
        Self {
            space: market.taste_space,
            strength,
            habit: market.habit / unit,
            best: market.logit_scale == 0.0,
            positions: positions(market.taste_space, &tastes, strength),
            tastes,
        }
    }

    /// Goes through parts of the people with their weights and choice probabilities, shops of a category after those of the one
    /// before, as utilities are. `offline` says by category whether one may buy elsewhere; `shares` is room to work in.
    pub(super) fn each(
        &self,
        utilities: &[f64],
        offline: &[bool],
        shares: &mut Vec<f64>,
        visit: &mut dyn FnMut(f64, &[f64]),
    ) {
        let shops = self.tastes.len();
        let way = |taste: f64, shop: usize| {
            if self.strength == 0.0 {
                0.0
            } else {
                self.strength * self.space.distance(taste, self.tastes[shop])
            }
        };
        let at = |taste: f64, found: &mut Vec<f64>| {
            found.clear();
            found.extend(utilities.iter().enumerate().map(|(number, u)| u - way(taste, number % shops)));
        };
        if !self.best {
            for &(taste, weight) in &self.positions {
                at(taste, shares);
                shares.chunks_mut(shops).zip(offline).for_each(|(shops, &o)| self.settle(shops, o));
                visit(weight, shares);
            }
            return;
        }
        // All categories side by side, so that within a piece the best of each stays the best.
        let values = |taste: f64| {
            let mut found = Vec::new();
            at(taste, &mut found);
            found
        };
        for (length, mut values) in pieces(self.space, &self.tastes, self.strength, &values, &[0.0]) {
            values.chunks_mut(shops).zip(offline).for_each(|(shops, &o)| take_best(shops, o));
            visit(length, &values);
        }
    }

    /// Puts in place of utilities the distribution that repeated choosing leads to: see `Drawing::choose_settled`.
    fn settle(&self, utility: &mut [f64], offline: bool) {
        let outside = if offline { 0.0 } else { f64::NEG_INFINITY };
        let largest = utility.iter().copied().fold(outside, f64::max);
        let weight = |u: f64| if u == f64::NEG_INFINITY { 0.0 } else { libm::exp(u - largest) };
        utility.iter_mut().for_each(|u| *u = weight(*u));
        let none = weight(outside);
        let total: f64 = utility.iter().sum::<f64>() + none;
        let pull = libm::expm1(self.habit);
        let held = |w: f64| w * (total + pull * w);
        let norm = utility.iter().map(|&w| held(w)).sum::<f64>() + held(none);
        utility.iter_mut().for_each(|w| *w = if norm > 0.0 { held(*w) / norm } else { 0.0 });
    }
}

/// The best alternative takes all; equals share.
fn take_best(utility: &mut [f64], offline: bool) {
    let outside = if offline { 0.0 } else { f64::NEG_INFINITY };
    let largest = utility.iter().copied().fold(outside, f64::max);
    let equals = utility.iter().filter(|&&u| u == largest).count();
    let rivals = equals + usize::from(offline && largest == outside);
    let part = if largest == f64::NEG_INFINITY { 0.0 } else { 1.0 / rivals as f64 };
    utility.iter_mut().for_each(|u| *u = if *u == largest { part } else { 0.0 });
}
