//! Merchants: how many list where, on how many platforms, who came and who went, what they pay and keep.

use bevy_egui::egui::{Grid, RichText, Ui, vec2};

use super::parts::{head, who};
use crate::form::{self, Form};
use crate::texts::{of_level, say};
use crate::{theme, widgets};
use walled_gardens_engine::play::{Position, listed, merchant_cost, merchant_margin};

/// The part.
pub fn show(ui: &mut Ui, position: &Position) {
    super::parts::beside(ui, 0.54, |ui, second| {
        if second {
            by_category(ui, position);
            return;
        }
        widgets::heading(ui, &say!("explorer-merchants"), &say!("merchants-aside"));
        Grid::new("merchants").num_columns(7).striped(true).spacing(vec2(22.0, 6.0)).show(ui, |ui| {
            let keys = [
                "platform",
                "shops-listed",
                "only-here",
                "came",
                "went-away",
                "merchants-pay",
                "merchants-keep",
            ];
            keys.into_iter().for_each(|key| head(ui, key));
            ui.end_row();
            position.shops().into_iter().for_each(|platform| row(ui, position, platform));
        });
        ui.add_space(12.0);
        by_number(ui, position);
    });
}

fn row(ui: &mut Ui, position: &Position, platform: usize) {
    let (level, view) = (&position.level, &position.view);
    let street = position.streets().platforms[platform];
    let name = &of_level(&level.platforms[platform].name);
    who(ui, position, platform, 150.0);
    let shops = listed(position.now(), platform);
    let text = theme::strong(Form::Count.write(shops.total));
    widgets::number(ui, level, text, Form::Count, &say!("shops-of", who = name), &shops);
    let part = walled_gardens_engine::sim::state::outcome::ratio(street.alone, street.listed);
    ui.label(Form::Percent.write(part));
    if position.played() == 0 {
        ui.label(say!("none"));
        ui.label(say!("none"));
    } else {
        ui.label(flow("▲", street.entered).color(theme::palette().good));
        ui.label(flow("▼", street.left).color(theme::palette().bad));
    }
    for (key, explained) in
        [("pay-of", merchant_cost(view, platform)), ("keep-of", merchant_margin(view, platform))]
    {
        let text = theme::strong(Form::Percent.write(explained.total));
        let name = crate::texts::with(key, &[("who", name.clone())]);
        widgets::number(ui, level, text, Form::Percent, &name, &explained);
    }
    ui.end_row();
}

fn flow(sign: &str, shops: f64) -> RichText {
    let text = if shops > 0.0 { format!("{sign}{}", Form::Count.write(shops)) } else { say!("none") };
    RichText::new(text)
}

/// On how many platforms merchants list.
fn by_number(ui: &mut Ui, position: &Position) {
    let streets = position.streets();
    let mean = form::decimal(streets.mean_number(), 2);
    widgets::heading(ui, &say!("multi-homing"), &say!("multi-homing-mean", count = mean));
    let all: f64 = streets.by_number.iter().sum();
    let most = streets.by_number.iter().copied().fold(1.0, f64::max);
    let bar = (ui.available_width() - 300.0).clamp(80.0, 360.0);
    ui.spacing_mut().item_spacing.y = 4.0;
    for (number, &shops) in streets.by_number.iter().enumerate() {
        let name = match number {
            0 => say!("lists-nowhere"),
            1 => say!("lists-once"),
            number => say!("lists-on", count = number),
        };
        ui.horizontal(|ui| {
            widgets::cell(ui, 130.0, 20.0, |ui| ui.label(theme::small(name).color(theme::palette().text)));
            widgets::bar(ui, bar, shops / most, theme::palette().traffic);
            ui.label(theme::strong(Form::Count.write(shops)).size(12.0));
            let part = Form::Percent.write(walled_gardens_engine::sim::state::outcome::ratio(shops, all));
            ui.label(theme::small(part).color(theme::palette().weak));
        });
    }
}

/// Which part of a category's merchants, by size, lists where.
fn by_category(ui: &mut Ui, position: &Position) {
    let level = &position.level;
    let variety = &position.view.public.variety;
    widgets::heading(ui, &say!("variety-title"), &say!("variety-aside"));
    let heads: Vec<String> = level.categories.iter().map(|category| of_level(&category.name)).collect();
    super::parts::by_shop(ui, position, &heads, |platform, category| {
        theme::small(Form::Percent.write(variety[[category, platform]])).color(theme::palette().text)
    });
}
