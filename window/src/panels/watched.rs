//! What is said of a match that is watched: how it stands, and what every company ordered in the turn shown.

use bevy_egui::egui::{Align, Label, Layout, RichText, ScrollArea, Ui};

use crate::desk::{Action, Overlay, Viewing};
use crate::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::game::winner;
use walled_gardens_engine::play::Position;

/// Width of what an order sets.
const AMOUNT: f32 = 72.0;
/// Width below which nothing stands beside the buttons, and the market is left to its key.
const NARROW: f32 = 480.0;

/// The bar above: which match, who leads, and the way back.
pub fn bar(ui: &mut Ui, viewing: &Viewing, out: &mut Vec<Action>) {
    let position = viewing.showing.position();
    let (level, now) = (&position.level, position.now());
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        // Where there is little room the ways on have it.
        let narrow = ui.available_width() < NARROW;
        if !narrow {
            two(ui, |ui| {
                ui.label(theme::strong(of_level(&level.title)));
                let what =
                    if position.person().is_some() { say!("watching-played") } else { say!("watching") };
                ui.label(theme::small(what).color(theme::palette().weak));
            });
        }
        // Where the first are worth the same, nobody is.
        let first = winner(now);
        if let Some(first) = first.filter(|_| ui.available_width() >= 480.0) {
            two(ui, |ui| {
                ui.label(theme::caption(say!("worth-most")));
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    widgets::mark(ui, first);
                    let value = form::yuan(now.value[first]);
                    ui.label(theme::strong(say!(
                        "who-and-value",
                        who = of_level(&level.platforms[first].name),
                        value = value
                    )));
                });
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if widgets::primary(ui, &say!("back"), "Esc", true).clicked() {
                out.push(Action::Go(viewing.back));
            }
            if !narrow && widgets::keyed(ui, &say!("market"), "M", true).clicked() {
                out.push(Action::Over(Some(Overlay::Market)));
            }
            if ui.button(say!("menu")).clicked() {
                out.push(Action::Over(Some(Overlay::Saves)));
            }
            if position.person().is_none()
                && widgets::keyed(ui, &say!("save-match"), "Ctrl S", true).clicked()
            {
                out.push(Action::Save);
            }
        });
    });
}

fn two(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(7.0);
        contents(ui);
    });
}

/// The orders of every company in the turn shown.
pub fn orders(ui: &mut Ui, position: &Position) {
    let (level, turn) = (&position.level, position.played());
    widgets::heading(ui, &say!("orders-of-all"), &words::month(level, turn));
    ui.label(theme::small(say!("seen-by-nobody")).color(theme::palette().warn));
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.set_width(ui.available_width() - 8.0);
        for platform in 0..level.platforms.len() {
            widgets::card(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.spacing_mut().interact_size.y = 18.0;
                company(ui, position, platform);
            });
        }
    });
}

fn company(ui: &mut Ui, position: &Position, platform: usize) {
    let (level, now) = (&position.view.level, position.now());
    ui.horizontal(|ui| {
        widgets::mark(ui, platform);
        ui.label(theme::strong(of_level(&level.platforms[platform].name)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let seat = position.seats.get(platform).map(|seat| words::seat(seat)).unwrap_or_default();
            ui.add(Label::new(theme::small(seat).color(theme::palette().weak)).truncate());
        });
    });
    if !position.is_here(platform) {
        ui.label(theme::small(words::opens(level, platform)).color(theme::palette().weak));
        return;
    }
    let (value, cash, profit) = (now.value[platform], now.cash[platform], now.profit[platform]);
    ui.label(theme::small(say!(
        "company-stands",
        value = form::yuan(value),
        cash = form::yuan(cash),
        profit = form::yuan(profit)
    )));
    let Some(turn) = position.turns.last() else {
        ui.label(theme::small(say!("nothing-ordered-yet")).color(theme::palette().weak));
        return;
    };
    let orders = turn.record.orders.get(platform).map_or(&[][..], Vec::as_slice);
    if orders.is_empty() {
        ui.label(theme::small(say!("ordered-nothing")).color(theme::palette().weak));
    }
    let refusals = turn.record.refusals.get(platform).map_or(&[][..], Vec::as_slice);
    for order in orders {
        let refused = refusals.iter().find(|refusal| refusal.order == *order);
        let (what, much) = words::order(level, order);
        ui.horizontal(|ui| {
            let (sign, colour) = if refused.is_some() {
                ("!", theme::palette().warn)
            } else {
                ("•", theme::colour(platform))
            };
            ui.label(RichText::new(sign).color(colour));
            // Where there is no room for all of it, egui shows it whole to the pointer.
            let width = ui.available_width() - AMOUNT;
            widgets::cell(ui, width, 18.0, |ui| {
                ui.add(Label::new(theme::small(what).color(theme::palette().text)).truncate())
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add(Label::new(theme::small(much).color(theme::palette().text)).truncate());
            });
        });
        if let Some(refused) = refused {
            ui.label(theme::small(words::refusal(level, &refused.reason)).color(theme::palette().warn));
        }
    }
}
