//! Where a walk over a view leaves what it comes by: as numbers, or as words that say what the numbers are.

use crate::protocol::Feature;

/// Takes what a walk over a view comes by.
pub(super) trait Sink {
    /// A number that nature bounds: 0 to 1, or −1 to 1 where `signed`, once it is divided by its scale.
    fn bounded(
        &mut self,
        name: impl FnOnce() -> String,
        unit: &'static str,
        scale: f64,
        signed: bool,
        number: f64,
    );

    /// A number without bounds, which is squashed by tanh once it is divided by its scale.
    fn squashed(&mut self, name: impl FnOnce() -> String, unit: &'static str, scale: f64, number: f64);

    /// A fraction.
    fn part(&mut self, name: impl FnOnce() -> String, number: f64) {
        self.bounded(name, "fraction", 1.0, false, number);
    }

    /// Yes or no.
    fn flag(&mut self, name: impl FnOnce() -> String, yes: bool) {
        self.bounded(name, "0 or 1", 1.0, false, f64::from(u8::from(yes)));
    }
}

/// Writes numbers.
pub(super) struct Numbers<'a>(pub(super) &'a mut Vec<f32>);

impl Sink for Numbers<'_> {
    fn bounded(
        &mut self,
        _: impl FnOnce() -> String,
        _: &'static str,
        scale: f64,
        signed: bool,
        number: f64,
    ) {
        let low = if signed { -1.0 } else { 0.0 };
        self.0.push(finite(number / scale).clamp(low, 1.0) as f32);
    }

    fn squashed(&mut self, _: impl FnOnce() -> String, _: &'static str, scale: f64, number: f64) {
        self.0.push(libm::tanh(finite(number / scale)) as f32);
    }
}

/// What is not measured counts as nothing.
fn finite(number: f64) -> f64 {
    if number.is_nan() { 0.0 } else { number }
}

/// Says what the numbers are.
pub(super) struct Words(pub(super) Vec<Feature>);

impl Sink for Words {
    fn bounded(
        &mut self,
        name: impl FnOnce() -> String,
        unit: &'static str,
        scale: f64,
        signed: bool,
        _: f64,
    ) {
        let low = if signed { -1.0 } else { 0.0 };
        self.0.push(Feature { name: name(), unit, scale, squashed: false, low, high: 1.0 });
    }

    fn squashed(&mut self, name: impl FnOnce() -> String, unit: &'static str, scale: f64, _: f64) {
        self.0.push(Feature { name: name(), unit, scale, squashed: true, low: -1.0, high: 1.0 });
    }
}
