//! Capital: who owns whom as a picture, and what can be sold and bought of it.

use bevy_egui::egui::{Color32, CornerRadius, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::lever::lever;
use crate::desk::{Action, Played};
use crate::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::order::{MAX_ISSUE, Order};
use walled_gardens_engine::play::Position;
use walled_gardens_engine::sim::rules::capital::{asked, bid, mood, raised, unit_price};

/// Height of a company's bar.
const BAR: f32 = 14.0;
/// Least part that is worth a word.
const NOTABLE: f64 = 5e-4;

/// The panel.
pub fn show(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let position = &played.position;
    let (level, view) = (&position.level, &position.view);
    let capital = &played.rehearsal.capital;
    let mood = mood(level, &view.public.capital, position.now());
    ui.separator();
    let open = if mood < level.market.mood_window { say!("mood-closed") } else { say!("mood-open") };
    widgets::heading(ui, &say!("capital"), &open);
    ui.label(theme::small(say!("owners-legend")));
    for platform in 0..level.platforms.len() {
        owners(ui, played, platform);
    }
    let value = view.public.market_value[view.me];
    let (name, hint) = (say!("dividend"), say!("dividend-meaning"));
    lever(ui, &name, &hint, capital.dividend[view.me], 1.0, &percent, |part| {
        out.push(Action::Order(Order::Dividend { part }));
    });
    let brings =
        |part: f64| say!("part-brings", part = percent(part), yuan = yuan(raised(level, mood, value, part)));
    let order = |part: f64| Order::Issue { part, least: 0.0 };
    planned(ui, played, &say!("issue"), &say!("issue-meaning"), MAX_ISSUE, &brings, &order, out);
    for number in view.own_services() {
        let service = &level.services[number];
        let left = (1.0 - view.public.capital.listed(number)).max(0.0);
        let profit = view.own_service_profit[number];
        let brings = |part: f64| {
            say!("part-brings", part = percent(part), yuan = yuan(unit_price(level, mood, profit, part)))
        };
        let order = |part: f64| Order::List { service: service.id.clone(), part, least: 0.0 };
        let name = say!("list-part", what = of_level(&service.name));
        planned(ui, played, &name, &say!("listing-means"), left, &brings, &order, out);
    }
    for other in view.others() {
        let (id, name) = (level.platforms[other].id.clone(), &of_level(&level.platforms[other].name));
        let worth = view.public.market_value[other];
        let (public, own) = (view.public.capital.public[other], view.public.capital.stakes[[other, view.me]]);
        if public > NOTABLE {
            let costs =
                |part: f64| say!("part-costs", part = percent(part), yuan = yuan(asked(level, worth, part)));
            let order = |part: f64| Order::Buy { of: id.clone(), part, most: None };
            let title = say!("buy-part", whom = name);
            planned(ui, played, &title, &say!("buying-means"), public, &costs, &order, out);
        }
        if own > NOTABLE {
            let brings = |part: f64| {
                say!("part-brings", part = percent(part), yuan = yuan(bid(level, mood, worth, part)))
            };
            let order = |part: f64| Order::Sell { of: id.clone(), part, least: 0.0 };
            let title = say!("sell-part", whom = name);
            planned(ui, played, &title, &say!("selling-means"), own, &brings, &order, out);
        }
    }
}

/// A lever for something that is done once: at nothing there is no order.
#[expect(clippy::too_many_arguments, reason = "a lever with what it is about")]
fn planned(
    ui: &mut Ui,
    played: &Played,
    name: &str,
    meaning: &str,
    most: f64,
    write: &dyn Fn(f64) -> String,
    order: &dyn Fn(f64) -> Order,
    out: &mut Vec<Action>,
) {
    let now = played.draft.pulled(&order(0.0)).and_then(Order::number).unwrap_or(0.0);
    lever(ui, name, meaning, now, most, write, |part| {
        out.push(if part > 0.0 { Action::Order(order(part)) } else { Action::Release(order(0.0)) });
    });
}

/// Whose a company is, as a bar: founders, the public, and every company in its own colour.
fn owners(ui: &mut Ui, played: &Played, platform: usize) {
    let position = &played.position;
    let capital = &played.rehearsal.capital;
    let parts = parts(position, capital, platform);
    let name = &of_level(&position.level.platforms[platform].name);
    let text: Vec<String> = parts.iter().map(|(who, part, _)| format!("{who} {}", percent(*part))).collect();
    let text = say!("owners-of", what = name, owners = words::list(&text));
    ui.horizontal(|ui| {
        widgets::mark(ui, platform);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), BAR), Sense::hover());
        let mut left = rect.left();
        for (_, part, color) in &parts {
            let right = left + *part as f32 * rect.width();
            let bar = Rect::from_min_max(pos2(left, rect.top() + 1.0), pos2(right, rect.bottom() - 1.0));
            ui.painter().rect_filled(bar, CornerRadius::ZERO, *color);
            left = right;
        }
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text.clone()));
        response.on_hover_text(text);
    });
}

fn parts(
    position: &Position,
    capital: &walled_gardens_engine::sim::state::capital::Capital,
    platform: usize,
) -> Vec<(String, f64, Color32)> {
    let palette = theme::palette();
    let mut parts = vec![
        (say!("founders"), capital.founders(platform).max(0.0), palette.weak),
        (say!("the-public"), capital.public[platform], palette.text),
    ];
    for (by, other) in position.level.platforms.iter().enumerate() {
        parts.push((of_level(&other.name), capital.stakes[[platform, by]], theme::colour(by)));
    }
    parts.retain(|(_, part, _)| *part >= NOTABLE);
    parts
}

fn percent(part: f64) -> String {
    form::percent(part)
}

fn yuan(yuan: f64) -> String {
    form::yuan(yuan)
}
