//! Wallets: who holds them and whose habit they are, by region; what is paid with them, and where they are taken.

use bevy_egui::egui::{Grid, Label, Ui, vec2};

use super::parts::head;
use crate::form::Form;
use crate::texts::{of_level, say};
use crate::{theme, widgets};
use walled_gardens_engine::order::Access;
use walled_gardens_engine::play::{Position, paid_with, wallet_people};

/// The part.
pub fn show(ui: &mut Ui, position: &Position) {
    super::parts::beside(
        ui,
        0.52,
        |ui, second| {
            if second { checkouts(ui, position) } else { regions(ui, position) }
        },
    );
}

/// A wallet's name with its owner's mark, above its columns.
fn wallet(ui: &mut Ui, position: &Position, number: usize) {
    let service = &position.view.level.services[number];
    widgets::cell(ui, 92.0, 22.0, |ui| {
        if let Some(owner) = service.owner {
            widgets::mark(ui, owner);
        }
        ui.add(Label::new(theme::strong(of_level(&service.name)).size(12.5)).truncate());
    });
}

/// By region: part of the people online who hold each, and whose habit it is.
fn regions(ui: &mut Ui, position: &Position) {
    let (level, view) = (&position.level, &position.view);
    let wallets = level.wallets();
    widgets::heading(ui, &say!("wallets-held"), &say!("of-people-online"));
    let columns = 1 + 2 * wallets.len();
    Grid::new("held").num_columns(columns).striped(true).spacing(vec2(10.0, 4.0)).show(ui, |ui| {
        ui.label("");
        for (number, _) in &wallets {
            wallet(ui, position, *number);
            ui.label("");
        }
        ui.end_row();
        ui.label("");
        for _ in &wallets {
            head(ui, "wallet-held");
            head(ui, "wallet-habit");
        }
        ui.end_row();
        for (region, facts) in level.regions.iter().enumerate() {
            ui.label(of_level(&facts.name));
            for place in 0..wallets.len() {
                for grid in [&view.public.holders, &view.public.habitual] {
                    ui.label(
                        theme::small(Form::Percent.write(grid[[region, place]])).color(theme::palette().text),
                    );
                }
            }
            ui.end_row();
        }
        ui.label(theme::strong(say!("people")));
        for (place, (number, _)) in wallets.iter().enumerate() {
            let name = &of_level(&level.services[*number].name);
            for (key, habitual) in [("holders-of", false), ("habitual-of", true)] {
                let people = wallet_people(view, place, habitual);
                let text = theme::strong(Form::Count.write(people.total)).size(12.0);
                let name = crate::texts::with(key, &[("what", name.clone())]);
                widgets::number(ui, level, text, Form::Count, &name, &people);
            }
        }
        ui.end_row();
    });
}

/// By platform: whether it takes each wallet, and how much is paid with it.
fn checkouts(ui: &mut Ui, position: &Position) {
    let (level, view) = (&position.level, &position.view);
    let wallets = level.wallets();
    widgets::heading(ui, &say!("paid-at-checkouts"), &say!("parts-of-sales"));
    let mut heads: Vec<String> =
        wallets.iter().map(|(number, _)| of_level(&level.services[*number].name)).collect();
    heads.push(say!("without-wallet"));
    super::parts::by_shop(ui, position, &heads, |platform, place| {
        let p = theme::palette();
        let Some((number, _)) = wallets.get(place) else {
            let without = view.market().without_wallet(platform);
            return theme::small(Form::Percent.write(without)).color(p.text);
        };
        let counterpart = view.public.ecosystem.services[*number].counterparts[platform];
        if counterpart.in_force() == Access::Blocked {
            return theme::small(say!("not-taken")).color(p.weak);
        }
        let fee = Form::Percent.write(counterpart.price);
        let part = Form::Percent.write(paid_with(view, platform, place));
        theme::small(say!("paid-at-fee", part = part, fee = fee)).color(p.text)
    });
    ui.label(theme::small(say!("without-wallet-meaning")).color(theme::palette().weak));
}
