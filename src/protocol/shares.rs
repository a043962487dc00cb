//! What a seat may do with shares now.

use serde_json::{Value, json};

use super::dealings::is_legal;
use super::terms::Legal;
use crate::level::MOST_HELD;
use crate::order::{MAX_ISSUE, Order};
use crate::strategy::PlatformView;

/// The least part of anything that is worth an order.
const LEAST: f64 = 1e-6;

/// What a seat may do with shares now.
pub(super) fn shares(view: &PlatformView) -> Vec<Legal> {
    let mut all = vec![Legal::of("Dividend")];
    if is_legal(view, &Order::Issue { part: LEAST, least: 0.0 }) {
        all.push(Legal::of("Issue").within(LEAST, Some(MAX_ISSUE)));
    }
    let capital = &view.public.capital;
    for number in view.own_services() {
        let service = view.level.services[number].id.clone();
        let left = 1.0 - capital.listed(number);
        let about = vec![json!(service)];
        if left > LEAST && is_legal(view, &Order::List { service, part: LEAST, least: 0.0 }) {
            all.push(Legal::of("List").about([("service", about)]).within(LEAST, Some(left)));
        }
    }
    for of in (0..view.level.platforms.len()).filter(|&of| of != view.me) {
        let id = &view.level.platforms[of].id;
        let about = || -> [(&'static str, Vec<Value>); 1] { [("of", vec![json!(id)])] };
        let free = capital.public[of].min(MOST_HELD - capital.held(of));
        let buy = || is_legal(view, &Order::Buy { of: id.clone(), part: LEAST, most: None });
        if free > LEAST && buy() {
            all.push(Legal::of("Buy").about(about()).within(LEAST, Some(free)));
        }
        let stake = capital.stakes[[of, view.me]];
        let sell = || is_legal(view, &Order::Sell { of: id.clone(), part: LEAST, least: 0.0 });
        if stake > LEAST && sell() {
            all.push(Legal::of("Sell").about(about()).within(LEAST, Some(stake)));
        }
    }
    all
}
