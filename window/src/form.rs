//! How numbers are written: by what they are numbers of, in the language that is spoken.

use crate::texts::{language, say};
use walled_gardens_engine::play::Figure;

/// Yuan, with a unit.
pub fn yuan(amount: f64) -> String {
    unbroken(&language().yuan(amount))
}

/// People, shops or parcels, with a unit.
pub fn count(number: f64) -> String {
    unbroken(&language().count(number))
}

/// A number stays with its unit when a line ends.
fn unbroken(written: &str) -> String {
    written.replace(' ', "\u{a0}")
}

/// A fraction as percent with one decimal.
pub fn percent(fraction: f64) -> String {
    percent_to(fraction, 1)
}

/// A fraction as percent with so many decimals.
pub fn percent_to(fraction: f64, decimals: usize) -> String {
    language().percent(fraction, decimals).replace('-', "−")
}

/// A number with so many decimals.
pub fn decimal(number: f64, decimals: usize) -> String {
    language().decimal(number, decimals).replace('-', "−")
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Yuan.
    Yuan,
    /// People or shops.
    Count,
    /// A fraction, as percent.
    Percent,
    /// Utility over the noise, in hundredths, with its sign.
    Points,
    /// A number from 0 to 1.
    Ratio,
}

impl Form {
    /// A number.
    pub fn write(self, number: f64) -> String {
        match self {
            Self::Yuan => yuan(number),
            Self::Count if number < 0.0 => format!("−{}", count(-number)),
            Self::Count => count(number),
            Self::Percent => percent(number),
            Self::Points => self.write_change(number),
            Self::Ratio => decimal(number, 2),
        }
    }

    /// A difference, with its sign.
    pub fn write_change(self, number: f64) -> String {
        let sign = if number < 0.0 { "−" } else { "+" };
        match self {
            // Nothing has no sign.
            Self::Yuan | Self::Count if self.write(number.abs()) == self.write(0.0) => self.write(0.0),
            Self::Percent => format!("{sign}{}", decimal(100.0 * number.abs(), 2)),
            Self::Points => format!("{sign}{}", decimal(100.0 * number.abs(), 1)),
            _ => format!("{sign}{}", self.write(number.abs())),
        }
    }

    /// The same with its unit: of percentages in points.
    pub fn write_change_in_full(self, number: f64) -> String {
        let written = self.write_change(number);
        if self == Self::Percent { say!("in-points", number = written) } else { written }
    }
}

/// How a figure is written.
pub(super) fn form(figure: Figure) -> Form {
    match figure {
        Figure::Share => Form::Percent,
        Figure::Users => Form::Count,
        Figure::Profit | Figure::Cash | Figure::Value => Form::Yuan,
    }
}
