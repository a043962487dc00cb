//! Companies that run out of money: what the own one owes and for how long it may, and what administrators sell.

use bevy_egui::egui::Ui;

use super::lever::lever;
use super::waiting::find;
use crate::desk::{Action, Played};
use crate::form::{self, Form};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::{Position, Waiting};
use walled_gardens_engine::sim::rules::insolvency::credit_line;
use walled_gardens_engine::sim::state::insolvency::Lot;

/// Why the own company has nothing to order now: an administrator acts for it, or it has closed.
pub(super) fn idle(position: &Position) -> Option<String> {
    let view = &position.view;
    if view.level.platforms[view.me].left {
        return Some(say!("you-have-closed"));
    }
    let until = view.public.insolvencies.administered(view.me)?;
    Some(say!("administrator-acts", month = words::month(&view.level, until)))
}

/// A card where the own company owes money, and one for everything that it can bid for.
pub(super) fn show(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let position = &played.position;
    let solvency = position.view.public.insolvencies.of(position.me);
    if idle(position).is_some() {
        return;
    }
    if let Some(beyond) = solvency.filter(|solvency| solvency.overdrawn > 0).map(|solvency| solvency.beyond) {
        widgets::card(ui, |ui| overdrawn(ui, position, beyond));
        ui.add_space(6.0);
    }
    for (lot, worth) in position.view.for_sale() {
        ui.push_id(("lot", lot.service), |ui| widgets::card(ui, |ui| sale(ui, played, lot, worth, out)));
        ui.add_space(6.0);
    }
}

/// What the own company owes, and how long it has.
fn overdrawn(ui: &mut Ui, position: &Position, beyond: u32) {
    let view = &position.view;
    let market = &view.level.market;
    let debt = Form::Yuan.write((-view.own.cash).max(0.0));
    ui.label(theme::strong(say!("you-are-overdrawn", debt = debt)).color(theme::palette().bad));
    let line = Form::Yuan.write(credit_line(market, position.now(), view.me));
    let left = (market.distress_months.round() as u32).saturating_sub(beyond).max(1);
    let text = theme::small(say!("overdrawn-months", line = line, long = words::months(left)));
    let response = ui.label(text.color(theme::palette().text));
    widgets::meaning(response, "insolvency");
}

/// A service that is for sale: what it earns and is worth, and the bid for it.
fn sale(ui: &mut Ui, played: &Played, lot: Lot, worth: f64, out: &mut Vec<Action>) {
    let view = &played.position.view;
    let service = &view.level.services[lot.service];
    find(ui, &Waiting::Sale { service: lot.service });
    let seller = service.owner.map(|owner| of_level(&view.level.platforms[owner].name)).unwrap_or_default();
    ui.label(theme::strong(say!("for-sale-of", whom = seller, what = of_level(&service.name))));
    let write = |yuan: f64| Form::Yuan.write(yuan);
    let (earned, least, worth_told) = (write(lot.earned), write(lot.least), write(worth));
    let facts = say!("lot-earned", earned = earned, least = least, worth = worth_told);
    ui.label(theme::small(facts).color(theme::palette().text));
    let bid = |price: f64| Order::Bid { service: service.id.clone(), price };
    let now = played.draft.pulled(&bid(0.0)).and_then(Order::number).unwrap_or(0.0);
    let most = worth.max(2.0 * lot.least).min(view.own.cash.max(0.0)).max(1.0);
    lever(ui, &say!("bid"), &say!("bid-meaning"), now, most, &form::yuan, |price| {
        out.push(if price > 0.0 { Action::Order(bid(price)) } else { Action::Release(bid(price)) });
    });
}
