//! How numbers are written: by what they are numbers of.

use walled_gardens_engine::play::{Figure, amounts};

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
            Self::Yuan => amounts::yuan(number),
            Self::Count if number < 0.0 => format!("−{}", amounts::count(-number)),
            Self::Count => amounts::count(number),
            Self::Percent => amounts::percent(number).replace('-', "−"),
            Self::Points => self.write_change(number),
            Self::Ratio => format!("{number:.2}").replace('-', "−"),
        }
    }

    /// A difference, with its sign.
    pub fn write_change(self, number: f64) -> String {
        let sign = if number < 0.0 { "−" } else { "+" };
        match self {
            Self::Percent => format!("{sign}{:.2}", 100.0 * number.abs()),
            Self::Points => format!("{sign}{:.1}", 100.0 * number.abs()),
            _ => format!("{sign}{}", self.write(number.abs())),
        }
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
