//! `new random`: a market that is drawn.

use std::ops::RangeInclusive;

use clap::builder::{PossibleValuesParser, RangedI64ValueParser, TypedValueParser};
use clap::{Args, value_parser};

use super::place::Place;
use crate::level::{RandomMarket, Size};

/// Draw a market.
#[derive(Args)]
pub(super) struct Random {
    #[command(flatten)]
    pub(super) place: Place,
    /// Companies besides one's own, 1 to 7
    #[arg(long, value_name = "N", default_value_t = RandomMarket::default().rivals, allow_negative_numbers = true, value_parser = within(RandomMarket::RIVALS))]
    rivals: u32,
    /// Length in months, 6 to 60
    #[arg(long, value_name = "N", default_value_t = RandomMarket::default().turns, allow_negative_numbers = true, value_parser = within(RandomMarket::TURNS))]
    turns: u32,
    /// What everything is drawn from
    #[arg(long, value_name = "N", default_value_t = RandomMarket::default().seed, allow_negative_numbers = true)]
    seed: u64,
    /// How many regions, categories and people there are
    #[arg(long, value_name = "SIZE", default_value = Size::default().name(), value_parser = size())]
    size: Size,
}

/// Numbers of a range, which is told where one lies outside.
fn within(range: RangeInclusive<u32>) -> RangedI64ValueParser<u32> {
    value_parser!(u32).range(i64::from(*range.start())..=i64::from(*range.end()))
}

/// A size by its name.
fn size() -> impl TypedValueParser<Value = Size> {
    let named = |name: String| Size::ALL.into_iter().find(|size| size.name() == name).unwrap_or_default();
    PossibleValuesParser::new(Size::ALL.map(Size::name)).map(named)
}

impl Random {
    /// The level.
    pub(super) fn text(&self) -> String {
        let Self { rivals, turns, seed, size, .. } = *self;
        RandomMarket { rivals, turns, seed, size }.text()
    }
}
