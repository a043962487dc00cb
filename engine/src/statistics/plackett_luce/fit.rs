//! Newton's method for strengths.

use std::sync::Arc;

use super::likelihood::{Imagined, Room};
use super::rankings::Rankings;
use crate::statistics::linear::Cholesky;

/// Matches that everybody is thought to have won, and to have lost, against somebody of strength zero: without them who wins
/// everything would be infinitely strong. One in all, whatever the number of matches.
const IMAGINED: f64 = 0.5;
/// Change of a strength below which it is found.
const PRECISION: f64 = 1e-10;
/// Steps of Newton's method; it needs about six.
const STEPS: usize = 200;
/// A step longer than this part of the one before is a slow one: the curvature is reckoned anew.
const SLOW: f64 = 0.5;
/// No step is longer: odds of e² to one. Beyond, a likelihood is all but flat, and from a plain no curvature leads back.
const LONGEST: f64 = 2.0;

/// Where a likelihood is at its maximum.
#[derive(Clone, Debug)]
pub(in crate::statistics) struct Fit {
    /// Strengths, zero on average.
    pub(in crate::statistics) strengths: Vec<f64>,
    /// What was taken off each for that.
    pub(in crate::statistics) shift: f64,
    curvature: Option<Arc<Cholesky>>,
    /// The slopes of all rankings there, each for itself, where they are known.
    slopes: Option<Vec<f64>>,
}

impl Fit {
    /// No maximum yet.
    pub(in crate::statistics) fn nowhere(players: usize) -> Self {
        Self { strengths: vec![0.0; players], shift: 0.0, curvature: None, slopes: None }
    }
}

impl Rankings {
    /// Strengths of all players: natural logarithms, zero on average. A difference of 1.1 is odds of three to one.
    pub fn strengths(&self) -> Vec<f64> {
        self.fitted().strengths
    }

    /// The maximum with every block counting once.
    pub(in crate::statistics) fn fitted(&self) -> Fit {
        let imagined = Imagined { even: IMAGINED, against_the_mean: vec![[0.0; 2]; self.players] };
        self.fit(&vec![1.0; self.blocks.len()], &imagined, &Fit::nowhere(self.players), PRECISION)
    }

    /// A maximum, to look from it for many others: the first slope of each is a sum of slopes that are worked out once.
    pub(in crate::statistics) fn start(&self, fit: &Fit) -> Fit {
        let strengths: Vec<f64> = fit.strengths.iter().map(|strength| strength + fit.shift).collect();
        let slopes = Some(self.slopes(&strengths));
        Fit { strengths, shift: 0.0, curvature: fit.curvature.clone(), slopes }
    }

    /// The maximum where every block counts as often as `times` says and every player has played what is `imagined`
    /// besides, to a `precision` in each strength. It is looked for from `start`, whose curvature is
    /// kept for as long as steps with it become shorter fast: near the maximum that of the data drawn again is nearly the same.
    pub(in crate::statistics) fn fit(
        &self,
        times: &[f64],
        imagined: &Imagined,
        start: &Fit,
        precision: f64,
    ) -> Fit {
        let mut weights = vec![0.0; self.ends.len()];
        for (block, &times) in self.held_by_blocks().zip(times) {
            block.iter().for_each(|&(ranking, weight)| weights[ranking as usize] += weight * times);
        }
        let mut room = Room::default();
        let mut strengths = start.strengths.clone();
        let mut kept = start.curvature.clone();
        let mut known = start.slopes.as_deref();
        let mut last = LONGEST;
        for _ in 0..STEPS {
            let (step, whole) = match kept.take() {
                Some(factor) => {
                    let here = match known.take() {
                        Some(slopes) => self.slope_by(slopes, &weights, imagined, &strengths),
                        None => self.slope(&weights, imagined, &strengths, &mut room, false),
                    };
                    let step = factor.solve(&here.slope);
                    // A long one says that the curvature is another by now.
                    if largest(&step) > SLOW * last {
                        continue;
                    }
                    kept = Some(factor);
                    (step, true)
                }
                None => {
                    let Some(factor) =
                        Cholesky::of(self.curvature(&weights, imagined, &strengths, &mut room))
                    else {
                        break;
                    };
                    let here = self.slope(&weights, imagined, &strengths, &mut room, true);
                    let step = factor.solve(&here.slope);
                    kept = Some(Arc::new(factor));
                    self.shortened(&weights, imagined, &strengths, here.likelihood, step, &mut room)
                }
            };
            strengths.iter_mut().zip(&step).for_each(|(strength, step)| *strength += step);
            let reach = largest(&step);
            if reach < precision {
                break;
            }
            // From far away the next curvature is another.
            if !whole {
                kept = None;
            }
            last = reach;
        }
        let mean = strengths.iter().sum::<f64>() / self.players.max(1) as f64;
        strengths.iter_mut().for_each(|strength| *strength -= mean);
        Fit { strengths, shift: mean, curvature: kept, slopes: None }
    }

    /// A step, or the part of it after which the likelihood is no lower (far from the maximum a whole step can overshoot; a part of it
    /// never does), and whether it is whole.
    fn shortened(
        &self,
        weights: &[f64],
        imagined: &Imagined,
        strengths: &[f64],
        likelihood: f64,
        mut step: Vec<f64>,
        room: &mut Room,
    ) -> (Vec<f64>, bool) {
        let mut part = (LONGEST / largest(&step)).min(1.0);
        step.iter_mut().for_each(|step| *step *= part);
        loop {
            let next: Vec<f64> = strengths.iter().zip(&step).map(|(s, step)| s + step).collect();
            let there = self.slope(weights, imagined, &next, room, true).likelihood;
            if there >= likelihood - 1e-12 * likelihood.abs() || part < 1e-6 {
                return (step, part == 1.0);
            }
            part *= 0.5;
            step.iter_mut().for_each(|step| *step *= 0.5);
        }
    }
}

fn largest(step: &[f64]) -> f64 {
    step.iter().fold(0.0, |most, step| most.max(step.abs()))
}
