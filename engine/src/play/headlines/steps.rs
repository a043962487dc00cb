//! What rises or falls by hairs is told by whole steps.

/// Part of a step that something moves at the least: what goes over one by a hair is written as it was.
const LEAST: f64 = 0.1;

/// Whether a number went over a whole step.
pub(super) fn stepped(from: f64, to: f64, step: f64) -> bool {
    // What is stated as a whole step is one, however it is rounded.
    let place = |number: f64| (number / step + 1e-6).floor();
    place(from) != place(to) && (to - from).abs() >= LEAST * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_step_is_told_and_a_hairs_breadth_over_one_is_not() {
        assert!(stepped(0.19, 0.21, 0.1) && stepped(0.21, 0.19, 0.1));
        assert!(!stepped(0.21, 0.29, 0.1), "no step was gone over");
        assert!(!stepped(0.001, -0.001, 0.1), "both are written as nothing");
    }
}
