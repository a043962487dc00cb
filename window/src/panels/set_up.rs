//! A random market being set up: how many rivals, how long, how much of everything, and which of all markets like that.

use bevy_egui::egui::{
    DragValue, Frame, Grid, Margin, Panel, ScrollArea, Slider, Ui, WidgetInfo, WidgetType,
};

use super::objectives;
use crate::desk::{Action, Desk, Drawn, Screen, any_seed};
use crate::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::{Level, RandomMarket, Size};

/// Below this width cards stand one above the other.
const NARROW: f32 = 900.0;

/// The page.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    let Some(drawn) = &desk.drawn else { return };
    let frame = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
    let foot = Panel::bottom("ways on").frame(frame).resizable(false).show_separator_line(false);
    foot.show(ui, |ui| ui.horizontal_wrapped(|ui| ways_on(ui, drawn, out)));
    ui.label(theme::title(say!("random-market")));
    ui.label(theme::small(say!("random-market-meaning")));
    ui.add_space(8.0);
    let width = ui.available_width();
    if width < NARROW {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.set_width(width - 12.0);
            widgets::card(ui, |ui| settings(ui, drawn.market, out));
            ui.add_space(8.0);
            widgets::card(ui, |ui| preview(ui, drawn));
        });
        return;
    }
    ui.horizontal_top(|ui| {
        widgets::column(ui, 0.42 * width, |ui| widgets::card(ui, |ui| settings(ui, drawn.market, out)));
        ui.add_space(16.0);
        let rest = ui.available_width();
        widgets::column(ui, rest, |ui| {
            ScrollArea::vertical().show(ui, |ui| widgets::card(ui, |ui| preview(ui, drawn)));
        });
    });
}

/// Back, a file to share, or on to the briefing.
fn ways_on(ui: &mut Ui, drawn: &Drawn, out: &mut Vec<Action>) {
    if widgets::keyed(ui, &say!("back"), "Esc", true).clicked() {
        out.push(Action::Go(Screen::Browser));
    }
    let sound = drawn.level.is_ok();
    let keep = widgets::keyed(ui, &say!("keep-as-file"), "", sound);
    if keep.on_hover_text(say!("keep-as-file-meaning")).clicked() {
        out.push(Action::KeepDrawn);
    }
    if widgets::primary(ui, &say!("to-briefing"), "Enter", sound).clicked() {
        out.push(Action::TakeDrawn);
    }
}

/// What is asked of the market.
fn settings(ui: &mut Ui, market: RandomMarket, out: &mut Vec<Action>) {
    let mut asked = market;
    widgets::heading(ui, &say!("random-settings"), &say!("random-settings-aside"));
    ui.spacing_mut().slider_width = (ui.available_width() - 24.0).max(80.0);
    number(ui, say!("random-rivals"), asked.rivals.to_string(), &mut asked.rivals, RandomMarket::RIVALS);
    number(ui, say!("random-length"), words::months(asked.turns), &mut asked.turns, RandomMarket::TURNS);
    ui.label(say!("random-size"));
    let sizes = Size::ALL.map(|size| (size, named(size)));
    if let Some(size) = widgets::choices(ui, &sizes, asked.size) {
        asked.size = size;
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let label = ui.label(say!("random-seed")).on_hover_text(say!("random-seed-meaning"));
        let field = ui.add(DragValue::new(&mut asked.seed).speed(0.1));
        field.widget_info(|| WidgetInfo::labeled(WidgetType::DragValue, true, say!("random-seed")));
        field.labelled_by(label.id);
        if ui.button(say!("random-another")).clicked() {
            asked.seed = any_seed();
        }
    });
    if asked != market {
        out.push(Action::Draw(asked));
    }
}

fn number(ui: &mut Ui, name: String, told: String, value: &mut u32, range: std::ops::RangeInclusive<u32>) {
    ui.horizontal(|ui| {
        ui.label(&name);
        ui.label(theme::strong(told));
    });
    let slider = ui.add(Slider::new(value, range).show_value(false));
    let now = f64::from(*value);
    slider.widget_info(|| WidgetInfo::slider(true, now, &name));
    ui.add_space(8.0);
}

fn named(size: Size) -> String {
    match size {
        Size::Small => say!("random-small"),
        Size::Usual => say!("random-usual"),
        Size::Large => say!("random-large"),
    }
}

/// The market that comes of it.
fn preview(ui: &mut Ui, drawn: &Drawn) {
    match &drawn.level {
        Ok(level) => about(ui, level),
        Err(error) => {
            ui.monospace(error);
        }
    }
}

fn about(ui: &mut Ui, level: &Level) {
    ui.label(theme::title(of_level(&level.title)));
    ui.label(theme::small(level.id.clone()).color(theme::palette().weak));
    ui.label(of_level(&level.summary));
    ui.separator();
    Grid::new("companies").num_columns(3).striped(true).spacing([24.0, 6.0]).show(ui, |ui| {
        for (place, platform) in level.platforms.iter().enumerate() {
            ui.horizontal(|ui| {
                widgets::mark(ui, place);
                ui.label(of_level(&platform.name));
            });
            let share = match &platform.shop {
                _ if !platform.here => words::opens(level, place),
                Some(shop) => form::percent(shop.share),
                None => say!("no-shop"),
            };
            ui.label(theme::small(share));
            ui.label(theme::small(form::yuan(platform.cash)));
            ui.end_row();
        }
    });
    ui.separator();
    objectives::stakes(ui, level, 0);
}
