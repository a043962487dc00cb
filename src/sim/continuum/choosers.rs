//! How infinitely many people who differ in taste alone divide among shops.

use crate::level::TasteSpace;
use crate::sim::continuum::quadrature::{pieces, positions};

/// People who differ in taste alone.
pub(in crate::sim) struct Chooser<'a> {
    pub(in crate::sim) space: TasteSpace,
    pub(in crate::sim) tastes: &'a [f64],
    pub(in crate::sim) strength: f64,
    pub(in crate::sim) habit: f64,
}

impl Chooser<'_> {
    /// Choice probabilities by category and shop, for parts of the people; utilities are by category and shop, in units
    /// of the noise.
    pub(in crate::sim) fn shares(
        &self,
        best: bool,
        utilities: &[Vec<f64>],
        offline: &[bool],
    ) -> Vec<(f64, Vec<Vec<f64>>)> {
        let at = |taste: f64, shops: &[f64]| -> Vec<f64> {
            let way = |shop: usize| self.strength * self.space.distance(taste, self.tastes[shop]);
            shops.iter().enumerate().map(|(shop, u)| u - way(shop)).collect()
        };
        if !best {
            let of = |taste: f64| {
                utilities.iter().zip(offline).map(|(shops, &o)| self.settled(&at(taste, shops), o)).collect()
            };
            let positions = positions(self.space, self.tastes, self.strength);
            return positions.into_iter().map(|(taste, weight)| (weight, of(taste))).collect();
        }
        // All categories side by side, so that within a piece the best of each stays the best.
        let shops = self.tastes.len();
        let values = |taste: f64| utilities.iter().flat_map(|shops| at(taste, shops)).collect::<Vec<f64>>();
        let in_pieces = pieces(self.space, self.tastes, self.strength, &values, &[0.0]);
        let of = |values: &[f64]| values.chunks(shops).zip(offline).map(|(v, &o)| take_best(v, o)).collect();
        in_pieces.into_iter().map(|(length, values)| (length, of(&values))).collect()
    }

    /// The distribution that repeated choosing leads to: see `Drawing::choose_settled`.
    pub(in crate::sim) fn settled(&self, utility: &[f64], offline: bool) -> Vec<f64> {
        let outside = if offline { 0.0 } else { f64::NEG_INFINITY };
        let largest = utility.iter().copied().fold(outside, f64::max);
        let weight = |u: f64| if u == f64::NEG_INFINITY { 0.0 } else { libm::exp(u - largest) };
        let weights: Vec<f64> = utility.iter().copied().map(weight).collect();
        let none = weight(outside);
        let total: f64 = weights.iter().sum::<f64>() + none;
        let pull = libm::expm1(self.habit);
        let held = |w: f64| w * (total + pull * w);
        let norm = weights.iter().map(|&w| held(w)).sum::<f64>() + held(none);
        weights.iter().map(|&w| if norm > 0.0 { held(w) / norm } else { 0.0 }).collect()
    }
}

/// The best alternative takes all; equals share.
pub(in crate::sim) fn take_best(utility: &[f64], offline: bool) -> Vec<f64> {
    let outside = if offline { 0.0 } else { f64::NEG_INFINITY };
    let largest = utility.iter().copied().fold(outside, f64::max);
    let equals = utility.iter().filter(|&&u| u == largest).count();
    let rivals = equals + usize::from(offline && largest == outside);
    let part = if largest == f64::NEG_INFINITY { 0.0 } else { 1.0 / rivals as f64 };
    utility.iter().map(|&u| if u == largest { part } else { 0.0 }).collect()
}
