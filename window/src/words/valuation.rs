//! How profits to come are judged.

use super::joined::sentences;
use super::time::months;
use crate::form;
use crate::texts::say;
use walled_gardens_engine::play::Position;
use walled_gardens_engine::sim::valuation;

/// How profits to come were judged.
pub fn judgement(position: &Position) -> String {
    let rate = position.level.market.discount_rate;
    let own = &position.view.own;
    let judged = valuation(own.cash, own.claims, &own.year, rate);
    let (profit, rate) = (form::yuan(judged.profit), form::percent(rate));
    let now = say!("value-judged", profit = profit, rate = rate, growth = form::percent(judged.growth));
    let mut told = vec![now];
    match own.expected {
        0.0 => {}
        more if more > 0.0 => told.push(say!("value-expected", expected = form::yuan(more))),
        less => told.push(say!("value-expected-less", expected = form::yuan(-less))),
    }
    match position.level.setup.aftermath {
        0 => {}
        count => told.push(say!("value-in-the-end", months = months(count))),
    }
    sentences(&told)
}
