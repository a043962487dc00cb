//! Services and links: own gates, which a company opens to others and prices, and what its own shop uses of others.

use bevy_egui::egui::{
    Align, CornerRadius, Id, Label, Layout, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2,
};

use crate::desk::{Action, Played};
use crate::form;
use crate::panels::gates::{asked, choice, paint_gate, toggle};
use crate::panels::lever::lever;
use crate::panels::uses;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::level::services::{Counterpart, ServiceKind};
use walled_gardens_engine::order::{Access, Order};
use walled_gardens_engine::sim::Ecosystem;
use walled_gardens_engine::sim::state::relations::Deed;

/// A gate of the matrix: which service, and to whom; nobody means everybody.
pub(super) type Gate = (usize, Option<usize>);

/// Height of a row of the matrix.
const ROW: f32 = 26.0;

/// The panel.
pub fn show(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let view = &played.position.view;
    let own = view.own_services();
    if played.position.level.services.is_empty() {
        ui.label(theme::small(say!("no-services-here")));
        return;
    }
    if !view.has_shop() && own.is_empty() {
        ui.label(theme::small(say!("nothing-to-link")));
        return;
    }
    let mut outward = ui.data(|data| data.get_temp::<bool>(half())).unwrap_or(true);
    if view.has_shop() && !own.is_empty() {
        let halves = [(true, say!("your-gates")), (false, say!("what-you-use"))];
        if let Some(chosen) = widgets::choices(ui, &halves, outward) {
            outward = chosen;
        }
        ui.data_mut(|data| data.insert_temp(half(), outward));
    } else {
        outward = !own.is_empty();
    }
    if outward {
        rooms(ui, played, &own, out);
        gates(ui, played, &own, out);
    } else {
        uses::show(ui, played, out);
    }
}

/// Where egui remembers which half is shown, one's own gates or what one uses, and which gate is picked.
fn half() -> Id {
    Id::new("half of the links")
}

fn picked_gate() -> Id {
    Id::new("gate that is picked")
}

/// Picks a gate of one's own.
pub(super) fn pick(ui: &Ui, gate: Gate) {
    ui.data_mut(|data| {
        data.insert_temp(half(), true);
        data.insert_temp(picked_gate(), gate);
    });
}

/// Shows what one's own shop uses of others.
pub(super) fn show_uses(ui: &Ui) {
    ui.data_mut(|data| data.insert_temp(half(), false));
}

/// How far a service of any kind can be opened: an app by degrees, any other wholly.
pub(super) fn depths(level: &Level, service: usize) -> &'static [Access] {
    match level.services[service].kind {
        ServiceKind::App(_) => &[Access::Advert, Access::Jump, Access::MiniProgram],
        _ => &[Access::Native],
    }
}

/// As far as a price is usually drawn.
pub(super) fn dear(level: &Level, service: usize, now: f64) -> f64 {
    let usual = match level.services[service].kind {
        ServiceKind::Carrier(_) => 15.0,
        ServiceKind::Wallet(_) => 0.02,
        ServiceKind::App(_) => 0.1,
    };
    f64::max(usual, 1.5 * now)
}

/// How a gate stands, in words.
fn standing(ecosystem: &Ecosystem, service: usize, platform: usize) -> String {
    let Counterpart { granted, used, .. } = ecosystem.services[service].counterparts[platform];
    if granted == Access::Blocked {
        return say!("gate-closed");
    }
    let depth = words::access(granted);
    match granted.min(used) {
        _ if ecosystem.engineering[platform].works_on(service) => say!("gate-being-built", depth = depth),
        Access::Blocked => say!("gate-unused", depth = depth),
        in_force if in_force < granted => {
            say!("gate-used-partly", depth = depth, used = words::access(in_force))
        }
        _ => say!("gate-used", depth = depth),
    }
}

fn gates(ui: &mut Ui, played: &Played, own: &[usize], out: &mut Vec<Action>) {
    let level = &played.position.level;
    let id = picked_gate();
    let mut picked = ui.data(|data| data.get_temp::<Gate>(id)).filter(|(service, _)| own.contains(service));
    let others: Vec<usize> = played.position.view.others().collect();
    let width = (ui.available_width() - 116.0) / own.len() as f32;
    let width = width.min(76.0);
    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
    ui.spacing_mut().interact_size.y = ROW;
    ui.horizontal(|ui| {
        widgets::cell(ui, 108.0, ROW, |ui| {
            ui.label(theme::small(say!("who-may-come-in")).color(theme::palette().weak))
        });
        for &service in own {
            let name = theme::small(of_level(&level.services[service].name)).size(11.0);
            ui.allocate_ui_with_layout(vec2(width, ROW), Layout::top_down(Align::Center), |ui| {
                ui.set_width(width);
                ui.add(Label::new(name).wrap());
            });
        }
    });
    for to in std::iter::once(None).chain(others.iter().copied().map(Some)) {
        ui.horizontal(|ui| {
            widgets::cell(ui, 108.0, ROW, |ui| match to {
                Some(platform) => {
                    widgets::mark(ui, platform);
                    ui.add(Label::new(theme::small(of_level(&level.platforms[platform].name))).truncate());
                }
                None => {
                    ui.label(theme::small(say!("to-everybody")));
                }
            });
            for &service in own {
                if gate(ui, played, (service, to), picked, width) {
                    picked = (picked != Some((service, to))).then_some((service, to));
                }
            }
        });
    }
    if let Some(gate) = picked {
        widgets::card(ui, |ui| card(ui, played, gate, out));
        ui.data_mut(|data| data.insert_temp(id, gate));
    } else {
        ui.label(theme::small(say!("pick-a-gate")));
        legend(ui);
        ui.data_mut(|data| data.remove_temp::<Gate>(id));
    }
}

/// A gate of the matrix; whether it was clicked.
fn gate(ui: &mut Ui, played: &Played, (service, to): Gate, picked: Option<Gate>, width: f32) -> bool {
    let level = &played.position.level;
    let (place, response) = ui.allocate_exact_size(vec2(width - 4.0, ROW - 2.0), Sense::click());
    let fill = if response.hovered() { theme::palette().hover } else { theme::palette().raised };
    ui.painter().rect_filled(place, CornerRadius::same(5), fill);
    let after = &played.rehearsal.ecosystem;
    let whom = to.map_or_else(|| say!("everybody"), |platform| of_level(&level.platforms[platform].name));
    let state = match to {
        Some(platform) => {
            let now = played.position.view.public.ecosystem.services[service].counterparts[platform];
            let then = after.services[service].counterparts[platform];
            let building = after.engineering[platform].works_on(service);
            paint_gate(ui.painter(), place.center(), then.granted, then.in_force(), building);
            if now.granted != then.granted || now.price != then.price {
                let corner = place.right_top() + vec2(-6.0, 6.0);
                ui.painter().circle_filled(corner, 3.0, theme::palette().accent);
            }
            let price = asked(level, service, then.price);
            say!("two-facts", one = standing(after, service, platform), other = price)
        }
        None => {
            let dots = [-5.0, 0.0, 5.0];
            for x in dots {
                ui.painter().circle_filled(place.center() + vec2(x, 0.0), 1.5, theme::palette().text2);
            }
            say!("gate-everybody")
        }
    };
    if picked == Some((service, to)) || response.has_focus() {
        let stroke = Stroke::new(1.5, theme::palette().accent);
        ui.painter().rect_stroke(place, CornerRadius::same(5), stroke, StrokeKind::Inside);
    }
    let name = say!("gate-name", what = of_level(&level.services[service].name), whom = whom);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name.clone()));
    let response = response.on_hover_ui(|ui| {
        ui.label(theme::strong(name.clone()));
        ui.label(theme::small(state));
    });
    response.clicked()
}

fn legend(ui: &mut Ui) {
    let (blocked, all) = (Access::Blocked, Access::Native);
    let signs = [
        (Access::Blocked, blocked, false, say!("access-blocked")),
        (Access::Advert, blocked, false, say!("access-advert")),
        (Access::Jump, blocked, false, say!("access-jump")),
        (Access::MiniProgram, blocked, false, say!("access-mini-program")),
        (all, blocked, false, say!("access-native")),
        (all, all, false, say!("legend-used")),
        (all, blocked, true, say!("legend-built")),
    ];
    for line in signs.chunks(3) {
        ui.horizontal(|ui| {
            ui.set_height(24.0);
            for (granted, in_force, building, name) in line {
                widgets::cell(ui, 98.0, 24.0, |ui| {
                    let (place, _) = ui.allocate_exact_size(vec2(20.0, 24.0), Sense::hover());
                    paint_gate(ui.painter(), place.center(), *granted, *in_force, *building);
                    ui.label(theme::small(name).size(11.5));
                });
            }
        });
    }
}

/// What can be done about the gate that is picked.
fn card(ui: &mut Ui, played: &Played, (service, to): Gate, out: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = 3.0;
    let level = &played.position.level;
    let whom = to.map_or_else(|| say!("everybody"), |platform| of_level(&level.platforms[platform].name));
    let known = &level.services[service];
    ui.label(theme::strong(say!("gate-name", what = of_level(&known.name), whom = whom)));
    if let Some(platform) = to {
        ui.label(theme::small(standing(&played.rehearsal.ecosystem, service, platform)));
    }
    opening(ui, played, (service, to), out);
    let counterparts = &played.rehearsal.ecosystem.services[service].counterparts;
    let price = counterparts[to.unwrap_or(played.position.me)].price;
    let order = |price| Order::ServicePrice { service: known.id.clone(), to: id_of(level, to), price };
    let objection = played.objection(&order(price));
    ui.add_enabled_ui(objection.is_none(), |ui| {
        let name = say!("price-to", whom = whom);
        let (most, write) = (dear(level, service, price), |price: f64| asked(level, service, price));
        lever(ui, &name, &say!("service-price-meaning"), price, most, &write, |price| {
            out.push(Action::Order(order(price)));
        });
    });
    if let Some(reason) = objection {
        ui.label(theme::small(reason).color(theme::palette().warn));
    }
}

fn id_of(level: &Level, platform: Option<usize>) -> Option<String> {
    platform.map(|platform| level.platforms[platform].id.clone())
}

/// Buttons from closed to open.
fn opening(ui: &mut Ui, played: &Played, (service, to): Gate, out: &mut Vec<Action>) {
    let level = &played.position.level;
    let id = &level.services[service].id;
    let granted = |ecosystem: &Ecosystem| {
        let of = |platform: usize| ecosystem.services[service].counterparts[platform].granted;
        let mut all = to.map_or_else(|| played.position.view.others().map(of).collect(), |p| vec![of(p)]);
        all.dedup();
        if all.len() == 1 { all.pop() } else { None }
    };
    let (now, then) = (granted(&played.position.view.public.ecosystem), granted(&played.rehearsal.ecosystem));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding.x = 8.0;
        for &depth in [Access::Blocked].iter().chain(depths(level, service)) {
            let order = match depth {
                Access::Blocked => Order::Close { service: id.clone(), to: id_of(level, to) },
                access => Order::Open { service: id.clone(), to: id_of(level, to), access },
            };
            let (holds, stood) = (then == Some(depth), now == Some(depth));
            let objection = if holds || stood { None } else { played.objection(&order) };
            let name = if depth == Access::Native { say!("open-it") } else { words::access(depth) };
            let name = if depth == Access::Blocked { say!("close-it") } else { name };
            let button = choice(holds, name);
            let response = ui.add_enabled(objection.is_none(), button);
            let response = response.on_disabled_hover_text(objection.unwrap_or_default());
            if response.clicked() && !holds {
                let released = stood && played.draft.pulled(&order).is_some();
                out.push(if released { Action::Release(order) } else { Action::Order(order) });
            }
        }
        if let Some(platform) = to {
            let known = &level.platforms[platform];
            let meaning = say!("block-meaning", much = words::opinion(Deed::Blocked.weight()));
            let order = Order::Block { platform: known.id.clone() };
            toggle(ui, played, &say!("block-whom", whom = of_level(&known.name)), &meaning, order, out);
        }
    });
}

/// Room of own carriers.
fn rooms(ui: &mut Ui, played: &Played, own: &[usize], out: &mut Vec<Action>) {
    let level = &played.position.level;
    for &service in own {
        let state = &played.rehearsal.ecosystem.services[service];
        let Some(room) = state.capacity else { continue };
        let known = &level.services[service];
        let meaning = say!(
            "room-meaning",
            cost = form::yuan(level.market.capacity_cost),
            part = form::percent(level.market.capacity_decline)
        );
        let name = say!("room-of", what = of_level(&known.name));
        lever(ui, &name, &meaning, room, 2.0 * room, &form::count, |parcels| {
            out.push(Action::Order(Order::Capacity { service: known.id.clone(), parcels }));
        });
        let small = |text: String, colour| Label::new(theme::small(text).color(colour)).wrap();
        let before = played.position.view.public.ecosystem.services[service].capacity.unwrap_or(0.0);
        if room > before {
            let (more, cost) = (room - before, (room - before) * level.market.capacity_cost);
            let text = say!("room-costs", parcels = form::count(more), cost = form::yuan(cost));
            ui.add(small(text, theme::palette().text));
        }
        let (parcels, part) = (state.parcels.iter().sum(), state.utilisation(level));
        let text = say!("room-used", parcels = form::count(parcels), part = form::percent(part));
        if part > 1.0 {
            let full = say!("room-is-full", used = text);
            ui.add(small(full, theme::palette().warn)).on_hover_text(say!("full-fleet-meaning"));
        } else {
            ui.add(small(text, theme::palette().weak));
        }
    }
}
