//! Rounds of responses that settle sooner: the next is a mixture of the last few, such that what they were off cancels as far as it can
//! (Anderson 1965).

use crate::sim::continuum::sizes::Sizes;
use crate::sim::linear;

/// Responses that are mixed, at most.
const MOST: usize = 5;

/// The last responses, with the step from what each was a response to.
#[derive(Default)]
pub(super) struct Past(Vec<(Sizes, Vec<f64>)>);

impl Past {
    /// Starts anew.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }

    /// Where the last responses lead together with this one; nowhere while it is the only one.
    pub(super) fn leap(&mut self, response: &Sizes, step: Vec<f64>) -> Option<Sizes> {
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        self.0.push((response.clone(), step));
        let (last, before) = self.0.split_last().filter(|(_, before)| !before.is_empty())?;
        let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
        let changes: Vec<Vec<f64>> =
            before.iter().map(|(_, step)| last.1.iter().zip(step).map(|(a, b)| a - b).collect()).collect();
        let lengths: Vec<f64> = changes.iter().map(|change| product(change, change).sqrt()).collect();
        // The mixture that is off least, by least squares; changes count by their directions.
        let mut rows: Vec<Vec<f64>> = changes
            .iter()
            .zip(&lengths)
            .map(|(one, length)| {
                changes.iter().zip(&lengths).map(|(other, by)| product(one, other) / (length * by)).collect()
            })
            .collect();
        let mut parts: Vec<f64> =
            changes.iter().zip(&lengths).map(|(change, length)| product(change, &last.1) / length).collect();
        if linear::solve(&mut rows, &mut parts).is_none() {
            self.forget();
            return None;
        }
        parts.iter_mut().zip(&lengths).for_each(|(part, length)| *part /= length);
        let mut mixed = response.clone();
        for ((one, _), part) in before.iter().zip(parts) {
            let mix = |mixed: &mut [f64], one: &[f64], last: &[f64]| {
                mixed
                    .iter_mut()
                    .zip(one.iter().zip(last))
                    .for_each(|(x, (one, last))| *x += part * (one - last));
            };
            mix(mixed.sales.cells_mut(), one.sales.cells(), response.sales.cells());
            mix(mixed.members.cells_mut(), one.members.cells(), response.members.cells());
            mix(mixed.variety.cells_mut(), one.variety.cells(), response.variety.cells());
            mix(mixed.listed.cells_mut(), one.listed.cells(), response.listed.cells());
        }
        for cells in [
            mixed.sales.cells_mut(),
            mixed.members.cells_mut(),
            mixed.variety.cells_mut(),
            mixed.listed.cells_mut(),
        ] {
            cells.iter_mut().for_each(|x| *x = x.max(0.0));
        }
        Some(mixed)
    }
}
