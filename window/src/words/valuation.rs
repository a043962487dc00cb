//! How profits to come are judged.

use super::time::months;
use crate::texts::say;
use walled_gardens_engine::play::{Position, amounts};
use walled_gardens_engine::sim::valuation;

/// How profits to come were judged.
pub fn judgement(position: &Position) -> String {
    let rate = position.level.market.discount_rate;
    let own = &position.view.own;
    let judged = valuation(own.cash, own.claims, &own.year, rate);
    let (profit, rate) = (amounts::yuan(judged.profit), amounts::percent(rate));
    let now = say!("value-judged", profit = profit, rate = rate, growth = amounts::percent(judged.growth));
    let now = match own.expected {
        0.0 => now,
        more if more > 0.0 => format!("{now} {}", say!("value-expected", expected = amounts::yuan(more))),
        less => format!("{now} {}", say!("value-expected-less", expected = amounts::yuan(-less))),
    };
    match position.level.setup.aftermath {
        0 => now,
        count => format!("{now} {}", say!("value-in-the-end", months = months(count))),
    }
}
