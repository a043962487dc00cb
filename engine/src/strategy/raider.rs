//! Buys parts of rivals that are cheap.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::level::MOST_HELD;
use crate::order::Order;
use crate::sim::Orders;
use crate::sim::rules::capital::asked;

/// Buys shares of whoever sells much and is worth little, and sells them when that has changed.
pub struct Raider;

impl Strategy for Raider {
    fn name(&self) -> &'static str {
        "raider"
    }

    fn idea(&self) -> &'static str {
        "Twice a year it buys shares of the company that is cheapest for what it sells, and sells those that have become dear; what is good for its rivals is then good for it in part (S26)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new(
                    "cheap",
                    "worth over sales, against the mean, below which it buys",
                    0.9,
                    [0.0, 1.0],
                ),
                Parameter::new("dear", "the same above which it sells", 1.5, [1.0, 100.0]),
                Parameter::new("step", "of a company that it buys at once", 0.05, [0.0, 1.0]),
            ]
        }
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        const EVERY: u32 = 6;
        let [cheap, dear, step] = values.all();
        let mut orders = view.answers(|_, worth| worth > 0.0);
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        if view.turn.is_multiple_of(EVERY) {
            orders.extend(trade(view, cheap, dear, step));
        }
        (orders, notes.clone())
    }
}

/// What to sell, and what to buy with half of the cash at most.
fn trade(view: &PlatformView, cheap: f64, dear: f64, step: f64) -> Orders {
    let (market, capital) = (view.market(), &view.public.capital);
    let worth = |platform: usize| {
        let sales = market.gmv(platform);
        (sales > 0.0).then(|| view.public.market_value[platform] / sales)
    };
    let all: Vec<f64> = market.platforms().filter_map(worth).collect();
    let mean = all.iter().sum::<f64>() / all.len().max(1) as f64;
    let id = |platform: usize| view.level.platforms[platform].id.clone();
    let mut orders = Orders::new();
    let mut cheapest: Option<(usize, f64, f64)> = None;
    for other in view.others() {
        let Some(relative) = worth(other).map(|worth| worth / mean.max(1e-9)) else { continue };
        let own = capital.stakes[[other, view.me]];
        if relative > dear && own > 0.0 {
            orders.push(Order::Sell { of: id(other), part: own, least: 0.0 });
        }
        let room = MOST_HELD - capital.held(other);
        let part = step.min(capital.public[other]).min(room);
        let cost = asked(&view.level, view.public.market_value[other], part);
        let better = cheapest.is_none_or(|(_, best, _)| relative < best);
        // What is worth nothing has no price.
        if relative > 0.0 && relative < cheap && part > 0.0 && cost < 0.5 * view.own.cash && better {
            cheapest = Some((other, relative, part));
        }
    }
    if let Some((of, _, part)) = cheapest {
        orders.push(Order::Buy { of: id(of), part, most: Some(0.5 * view.own.cash) });
    }
    orders
}
