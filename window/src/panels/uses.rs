//! What the own shop uses of services, and what its engineers build in.

use bevy_egui::egui::{Align, Label, Layout, RichText, Sense, Ui, WidgetInfo, WidgetType, vec2};

use super::gates::{asked, paint_gate, toggle};
use crate::desk::{Action, Played};
use crate::form::{self, Form};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::services::Counterpart;
use walled_gardens_engine::order::{Access, Deal, Order, Term};
use walled_gardens_engine::play::{appraise, building, engineers};
use walled_gardens_engine::sim::state::engineering::Goal;

type Built = [(Goal, Option<u32>)];

/// The list, and what can be done about the service picked.
pub fn show(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let view = &played.position.view;
    let level = &view.level;
    let goals = building(view, &played.rehearsal.policy, &played.rehearsal.ecosystem);
    let engineers = form::decimal(engineers(view, &played.rehearsal.policy), 0);
    ui.label(theme::small(say!("engineers-at-work", count = engineers)).color(theme::palette().weak));
    let id = ui.id().with("use");
    let mut picked = ui.data(|data| data.get_temp::<usize>(id));
    ui.spacing_mut().item_spacing.y = 2.0;
    for service in 0..level.services.len() {
        if row(ui, played, service, &goals, picked == Some(service)) {
            picked = (picked != Some(service)).then_some(service);
        }
        if picked == Some(service) {
            widgets::card(ui, |ui| card(ui, played, service, out));
        }
    }
    for (goal, months) in &goals {
        if let Goal::Data(partner) = *goal {
            let name = &of_level(&level.platforms[partner].name);
            ui.label(theme::small(say!("joining-data", whom = name, when = when(*months))));
        }
    }
    match picked {
        Some(service) => ui.data_mut(|data| {
            data.insert_temp(id, service);
        }),
        None => ui.data_mut(|data| {
            data.remove_temp::<usize>(id);
        }),
    }
}

/// How many months are left, in words.
fn when(months: Option<u32>) -> String {
    match months {
        None => say!("stands-still"),
        Some(1) => say!("one-month-left"),
        Some(months) => say!("months-left", count = months),
    }
}

/// How a service stands to the own shop, in words.
fn status(played: &Played, service: usize, goals: &Built) -> String {
    let ecosystem = &played.rehearsal.ecosystem;
    let me = played.position.me;
    let counterpart = ecosystem.services[service].counterparts[me];
    let Counterpart { granted, .. } = counterpart;
    let under_way = goals.iter().find(|(goal, _)| matches!(goal, Goal::Service(n, _) if *n == service));
    let in_force = counterpart.in_force();
    let depth = words::access(granted);
    match under_way {
        Some((Goal::Service(_, depth), months)) => {
            say!("use-being-built", depth = words::access(*depth), when = when(*months))
        }
        _ if granted == Access::Blocked => say!("use-closed"),
        _ if in_force == granted => say!("use-in-force", depth = depth),
        _ if in_force > Access::Blocked => {
            say!("use-further", used = words::access(in_force), depth = depth)
        }
        _ if ecosystem.engineering[me].built[service] >= granted => say!("use-idle", depth = depth),
        _ => say!("use-open", depth = depth),
    }
}

/// A service; whether it was clicked.
fn row(ui: &mut Ui, played: &Played, service: usize, goals: &Built, picked: bool) -> bool {
    let me = played.position.me;
    let known = &played.position.view.level.services[service];
    let ecosystem = &played.rehearsal.ecosystem;
    let (place, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::click());
    if picked || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(
            place,
            5,
            if picked { theme::palette().selected } else { theme::palette().hover },
        );
    }
    let counterpart = ecosystem.services[service].counterparts[me];
    let under_way = ecosystem.engineering[me].works_on(service);
    let middle = place.left_center() + vec2(14.0, 0.0);
    paint_gate(ui.painter(), middle, counterpart.granted, counterpart.in_force(), under_way);
    let mut inner = ui.new_child(
        bevy_egui::egui::UiBuilder::new()
            .max_rect(place.with_min_x(place.left() + 28.0))
            .layout(Layout::left_to_right(Align::Center)),
    );
    inner.spacing_mut().item_spacing.x = 4.0;
    match known.owner {
        Some(owner) => widgets::mark(&mut inner, owner),
        None => {
            inner.allocate_exact_size(vec2(16.0, 20.0), Sense::hover());
        }
    }
    widgets::cell(&mut inner, 98.0, 20.0, |ui| {
        ui.add(Label::new(RichText::new(of_level(&known.name)).size(13.0)).truncate())
    });
    let text = status(played, service, goals);
    inner.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add(Label::new(theme::small(text.clone()).size(11.5)).truncate());
    });
    let name = say!("use-name", what = of_level(&known.name), how = text);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name.clone()));
    let owner = known.owner.map_or_else(
        || say!("owned-by-firm"),
        |owner| say!("owned-by", whom = of_level(&played.position.level.platforms[owner].name)),
    );
    response.on_hover_text(say!("two-facts", one = owner, other = text)).clicked()
}

/// What can be done about a service.
fn card(ui: &mut Ui, played: &Played, service: usize, out: &mut Vec<Action>) {
    let view = &played.position.view;
    let level = &view.level;
    let known = &level.services[service];
    let counterpart = played.rehearsal.ecosystem.services[service].counterparts[view.me];
    let price = asked(level, service, counterpart.price);
    ui.label(theme::small(say!("asks-price", price = price)));
    let deeper = counterpart.granted > counterpart.in_force();
    if let Some(owner) = known.owner.filter(|&owner| owner != view.me && deeper) {
        let term = Term::Service { service: known.id.clone(), access: counterpart.granted, price: None };
        let deal = Deal { gives: vec![term], asks: Vec::new(), months: 12, notice: 0, penalty: 0.0 };
        let worth = appraise(view, owner, view.me, &deal).mine;
        ui.horizontal(|ui| {
            ui.label(theme::small(say!("worth-to-you")));
            let text = theme::strong(say!("a-month", yuan = Form::Yuan.write_change(worth.total)));
            widgets::number(ui, level, text, Form::Yuan, &say!("worth-to-you"), &worth);
        });
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.spacing_mut().button_padding.x = 8.0;
        let id = || known.id.clone();
        let adopt = Order::Adopt { service: id() };
        toggle(ui, played, &say!("adopt"), &say!("adopt-meaning"), adopt, out);
        toggle(ui, played, &say!("drop"), &say!("drop-meaning"), Order::Drop { service: id() }, out);
        toggle(ui, played, &say!("abort"), &say!("abort-meaning"), Order::Abort { service: id() }, out);
    });
}
