//! The regulator's numbers.

use super::checker::Checker;
use crate::Regulator;
use crate::raw::RawLevel;

impl Checker<'_> {
    pub(super) fn regulator(&mut self, raw: &RawLevel) -> Option<Regulator> {
        let regulator = raw.regulator.clone()?;
        for (name, value, [low, high]) in regulator.numbers() {
            self.number(&format!("regulator.{name}"), value, low..=high);
        }
        Some(regulator)
    }
}
