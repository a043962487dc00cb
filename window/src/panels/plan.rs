//! The plan: tabs of levers, the orders of the month, and what they may bring.

use std::ops::RangeInclusive;

use bevy_egui::egui::{Align, Button, FontId, Id, Label, Layout, RichText, ScrollArea, TextStyle, Ui, vec2};

use crate::desk::Played;
use crate::desk::{Action, Tab};
use crate::form::form;
use crate::panels::{
    deals, events, insolvency, invest, ledger, links, objectives, prices, public, rivals, waiting,
};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::play::objectives::Status;
use walled_gardens_engine::play::{Figure, FigureForecast, Horizon, ObjectiveForecast};

/// Height of the plan without its list of orders.
const PLAN: f32 = 246.0;

/// Height of that list at least and at most.
const ORDERS: RangeInclusive<f32> = 64.0..=144.0;

/// Width of a horizon in the switch between them, and how faint what is of another plan is shown.
const SWITCH: f32 = 57.0;
const STALE: f32 = 0.5;

/// Room for the names of figures, at least and at most.
const NAMES: RangeInclusive<f32> = 52.0..=84.0;

/// Objectives that are forecast at most: as many lines as there are figures.
const AIMS: usize = 4;

/// Height below which levers would be looked at through a slit.
const LEVERS: f32 = 160.0;

/// The panel.
pub fn show(ui: &mut Ui, played: &Played, tab: Tab, out: &mut Vec<Action>) {
    let name = |tab: Tab| match tab {
        Tab::Prices => say!("tab-prices"),
        Tab::Invest => say!("tab-invest"),
        Tab::Links => say!("tab-links"),
        Tab::Deals => say!("tab-deals"),
        Tab::Rivals => say!("tab-rivals"),
        Tab::Ledger => say!("tab-ledger"),
        Tab::Public => say!("tab-public"),
    };
    let tabs: Vec<_> = Tab::of(&played.position.level).map(|tab| (tab, name(tab))).collect();
    if let Some(chosen) = widgets::counted(ui, &tabs, tab, |tab| waiting::count(played, tab)) {
        out.push(Action::Tab(chosen));
    }
    // Where there is nothing to pull the plan gives its room away; where there is no room for both, all of it scrolls.
    let waits = insolvency::idle(&played.position).is_some() || !played.position.is_here(played.position.me);
    let reading = matches!(tab, Tab::Rivals | Tab::Ledger | Tab::Public) || waits;
    let room = ui.available_height();
    // As high however many orders there are: levers stay where they are.
    let list = (0.1 * room).clamp(*ORDERS.start(), *ORDERS.end());
    let together = !reading && room < LEVERS + PLAN + list;
    let high = if reading || together { room } else { room - PLAN - list };
    let area = ScrollArea::vertical().id_salt(("levers", tab)).max_height(high).auto_shrink([false, false]);
    area.show(ui, |ui| {
        ui.set_width(ui.available_width() - 8.0);
        events::show(ui, played, tab, out);
        match tab {
            Tab::Prices | Tab::Invest | Tab::Links | Tab::Deals if waits => enters_later(ui, played),
            Tab::Prices => prices::show(ui, played, out),
            Tab::Invest => invest::show(ui, played, out),
            Tab::Links => links::show(ui, played, out),
            Tab::Deals => deals::show(ui, played, out),
            Tab::Rivals => rivals::show(ui, played),
            Tab::Ledger => ledger::show(ui, played),
            Tab::Public => public::show(ui, played, out),
        }
        if together {
            plan(ui, played, list, out);
        }
    });
    if !reading && !together {
        plan(ui, played, list, out);
    }
}

/// Why there is nothing to pull yet, or any more.
fn enters_later(ui: &mut Ui, played: &Played) {
    let position = &played.position;
    widgets::card(ui, |ui| {
        if let Some(why) = insolvency::idle(position) {
            ui.label(theme::strong(why));
            ui.label(theme::small(say!("nothing-to-order-now")));
            return;
        }
        ui.label(theme::strong(words::you_enter(&position.level, position.me)));
        ui.label(theme::small(say!("nothing-to-order-yet")));
    });
}

/// What is ordered, and what it may bring.
fn plan(ui: &mut Ui, played: &Played, list: f32, out: &mut Vec<Action>) {
    ui.separator();
    orders(ui, played, list, out);
    ui.separator();
    forecast(ui, played);
}

fn orders(ui: &mut Ui, played: &Played, high: f32, out: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.heading(say!("orders-this-month"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().button_padding.x = 8.0;
            ui.spacing_mut().interact_size.y = 24.0;
            let redo = ui.add_enabled(played.draft.can_redo(), Button::new(say!("redo")));
            if redo.on_hover_text("Ctrl Y").on_disabled_hover_text(say!("nothing-to-redo")).clicked() {
                out.push(Action::Redo);
            }
            let undo = ui.add_enabled(played.draft.can_undo(), Button::new(say!("undo")));
            if undo.on_hover_text("Ctrl Z").on_disabled_hover_text(say!("nothing-to-undo")).clicked() {
                out.push(Action::Undo);
            }
        });
    });
    let orders = played.draft.orders();
    let list = ScrollArea::vertical().id_salt("orders").max_height(high).min_scrolled_height(high);
    list.auto_shrink([false, false]).show(ui, |ui| {
        if orders.is_empty() {
            ui.label(theme::small(say!("no-orders")));
        }
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = 20.0;
        ui.spacing_mut().button_padding = vec2(4.0, 0.0);
        for (place, order) in orders.iter().enumerate() {
            let refused = played.rehearsal.refused.get(place).and_then(Option::as_ref);
            let refused = refused.map(|reason| words::refusal(&played.position.level, reason));
            ui.horizontal(|ui| {
                ui.set_height(22.0);
                let (what, much) = words::order(&played.position.level, order);
                let sign = if refused.is_some() { "!" } else { "•" };
                let colour = if refused.is_some() { theme::palette().warn } else { theme::palette().accent };
                ui.label(RichText::new(sign).color(colour));
                let width = ui.available_width() - 104.0;
                let label = widgets::cell(ui, width, 20.0, |ui| {
                    ui.add(Label::new(theme::small(what).color(theme::palette().text)).truncate())
                });
                if let Some(reason) = &refused {
                    label.on_hover_text(reason);
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let remove =
                        Button::new(RichText::new("×").size(14.0).color(theme::palette().weak)).frame(false);
                    let (title, _) = words::order(&played.position.level, order);
                    let response = ui.add(remove);
                    response.widget_info(|| {
                        let label = say!("remove-order", what = title);
                        bevy_egui::egui::WidgetInfo::labeled(bevy_egui::egui::WidgetType::Button, true, label)
                    });
                    if response.clicked() {
                        out.push(Action::Remove(place));
                    }
                    ui.label(theme::small(much).color(theme::palette().text));
                });
            });
            if let Some(reason) = &refused {
                ui.label(theme::small(reason.clone()).color(theme::palette().warn));
            }
        }
    });
}

/// What is looked at of the forecast: kept by egui, and begun anew with another match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Look {
    /// The coming month.
    #[default]
    Month,
    /// A later horizon, by its place.
    Later(usize),
    /// The objectives.
    Objectives,
}

fn forecast(ui: &mut Ui, played: &Played) {
    let id = Id::new("forecast that is looked at");
    let mut look = ui.data(|data| data.get_temp::<Look>(id)).unwrap_or_default();
    let aims = aims(played);
    ui.horizontal(|ui| {
        ui.heading(say!("forecast"));
        let mut looks = vec![(Look::Month, say!("in-one-month"))];
        if let Some(forecast) = &played.forecast {
            let later = forecast.later.iter().enumerate();
            let named = |(place, horizon): (usize, &Horizon)| {
                (Look::Later(place), say!("in-months", count = horizon.months))
            };
            looks.extend(later.map(named));
        }
        if !aims.is_empty() {
            looks.push((Look::Objectives, say!("in-the-end")));
        }
        // The match may end sooner than it was looked ahead.
        look = if looks.iter().any(|(known, _)| *known == look) { look } else { Look::Month };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let width = SWITCH * looks.len() as f32;
            if let Some(chosen) = widgets::cell(ui, width, 32.0, |ui| widgets::choices(ui, &looks, look)) {
                look = chosen;
                ui.data_mut(|data| data.insert_temp(id, chosen));
            }
        });
    });
    let Some(forecast) = &played.forecast else {
        ui.label(theme::small(say!("looking-ahead")));
        return;
    };
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        // What is still of another plan is shown as such.
        if !played.is_forecast_current() && look != Look::Month {
            ui.set_opacity(STALE);
        }
        let figures = match look {
            Look::Objectives => return aims.iter().for_each(|aim| aim_row(ui, played, aim)),
            Look::Later(place) => &forecast.later[place].figures,
            Look::Month => &forecast.figures,
        };
        let shown = || figures.iter().filter(|figure| figure.figure != Figure::Cash);
        let font = TextStyle::Body.resolve(ui.style());
        let name = shown()
            .map(|figure| widgets::wide(ui, &words::figure(figure.figure), &font))
            .fold(*NAMES.start(), f32::max)
            .min(*NAMES.end());
        shown().for_each(|figure| row(ui, figure, forecast.turn, name));
    });
}

/// The forecasts of objectives that are undecided, as many as there is room for.
fn aims(played: &Played) -> Vec<ObjectiveForecast> {
    let position = &played.position;
    let level = &position.level;
    let open = |due: &&ObjectiveForecast| {
        let mut all = objectives::standing(position).into_iter();
        all.any(|one| {
            one.status == Status::Open && std::ptr::eq(one.objective, &level.objectives[due.objective])
        })
    };
    let due = played.forecast.iter().flat_map(|forecast| &forecast.due);
    due.filter(open).take(AIMS).copied().collect()
}

/// An objective: what its number is likely to be when it is due, or as far ahead as is looked, and whether that is enough.
fn aim_row(ui: &mut Ui, played: &Played, aim: &ObjectiveForecast) {
    let level = &played.position.level;
    let objective = &level.objectives[aim.objective];
    let metric = &objective.measure.metric;
    let (low, high) = (words::measured(metric, aim.band.low), words::measured(metric, aim.band.high));
    let range = if low == high { low } else { say!("range", low = low, high = high) };
    // However long the numbers are, the name keeps its room, and the band has what is left.
    let apart = ui.spacing().item_spacing.x;
    let numbers = widgets::wide(ui, &range, &FontId::new(13.0, theme::semibold()));
    let room = ui.available_width() - numbers - 2.0 * apart;
    let band = (room - 104.0).clamp(0.0, 72.0);
    ui.horizontal(|ui| {
        ui.set_height(24.0);
        widgets::cell(ui, room - band, 24.0, |ui| {
            let title =
                Label::new(theme::small(of_level(&objective.title)).color(theme::palette().text)).truncate();
            ui.add(title).on_hover_text(words::wanted_by(level, objective, aim));
        });
        if band > 24.0 {
            widgets::band_and_bounds(ui, band, aim.now, &aim.band, objective.bound);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::strong(range).size(13.0));
        });
    });
}

/// A figure, its name in so much room: the band has the rest of what both have.
fn row(ui: &mut Ui, figure: &FigureForecast, turn: u32, name: f32) {
    let form = form(figure.figure);
    ui.horizontal(|ui| {
        ui.set_height(24.0);
        widgets::cell(ui, name, 24.0, |ui| ui.label(words::figure(figure.figure)));
        // The opening earned nothing yet: it is no month to compare with.
        let opening = turn == 1 && matches!(figure.figure, Figure::Profit | Figure::Value);
        let band = 104.0 - (name - NAMES.start());
        widgets::band(ui, band, (!opening).then_some(figure.now), &figure.band, None);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let range = say!("range", low = form.write(figure.band.low), high = form.write(figure.band.high));
            ui.label(theme::strong(range).size(13.0));
        });
    });
}
