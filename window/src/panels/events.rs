//! What waits for an answer, above the levers: it hides neither them nor the market. And what is special about the month.

use bevy_egui::egui::{Label, Ui};

use super::balance::gain;
use super::facts::weighed;
use super::insolvency;
use super::waiting::find;
use crate::desk::{Action, Played, Tab};
use crate::form::Form;
use crate::panels::gates::toggle;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play;
use walled_gardens_engine::sim::state::chronicle::Waiting;
use walled_gardens_engine::sim::state::files::Stage;

/// A card for each event that waits for the player, and where prices and budgets are decided the month's season.
pub fn show(ui: &mut Ui, played: &Played, tab: Tab, out: &mut Vec<Action>) {
    let view = &played.position.view;
    if let Some(season) =
        words::season(&view.level, view.turn).filter(|_| matches!(tab, Tab::Prices | Tab::Invest))
    {
        ui.label(theme::small(season));
        ui.add_space(4.0);
    }
    if let Some(Stage::Decided { fine, remedy }) = view.public.files.0.get(view.me).map(|file| file.stage) {
        widgets::card(ui, |ui| decision(ui, played, fine, remedy, out));
        ui.add_space(6.0);
    }
    insolvency::show(ui, played, out);
    for waiting in view.public.chronicle.waiting_for(view.me) {
        ui.push_id(("event", waiting.event), |ui| widgets::card(ui, |ui| card(ui, played, waiting, out)));
        ui.add_space(6.0);
    }
}

/// The regulator's decision, which waits for the player to comply or to contest it.
fn decision(ui: &mut Ui, played: &Played, fine: i128, remedy: bool, out: &mut Vec<Action>) {
    let view = &played.position.view;
    let Some(regulator) = &view.level.regulator else { return };
    find(ui, &play::Waiting::Decision { fine });
    widgets::heading(ui, &say!("decision"), &say!("answer-this-month"));
    let fine = Form::Yuan.write(fine as f64 / 100.0);
    ui.label(theme::small(say!("decided-fine", fine = fine)).color(theme::palette().text));
    if remedy {
        let months = words::months(regulator.remedy_months);
        ui.label(theme::small(say!("decided-remedy", long = months)).color(theme::palette().text));
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        toggle(ui, played, &say!("comply"), &say!("comply-meaning"), Order::Comply, out);
        let more = words::percent_of(regulator.surcharge);
        let meaning = say!("contest-meaning", long = words::months(regulator.appeal_months), more = more);
        toggle(ui, played, &say!("contest"), &meaning, Order::Contest, out);
    });
}

fn card(ui: &mut Ui, played: &Played, waiting: &Waiting, out: &mut Vec<Action>) {
    let view = &played.position.view;
    let level = &view.level;
    let event = &level.events[waiting.event];
    find(ui, &play::Waiting::Event { event: waiting.event, until: waiting.until });
    widgets::heading(ui, &of_level(&event.title), "");
    let until = say!("answer-until", month = words::month(level, waiting.until));
    ui.label(theme::small(until).color(theme::palette().warn));
    if !event.text.is_empty() {
        ui.label(theme::small(of_level(&event.text)).color(theme::palette().text));
    }
    for (place, choice) in event.choices.iter().enumerate() {
        let effects = words::effects(level, &choice.effects, Some(view.me));
        let Some(order) = view.answer_to(waiting.event, place) else { continue };
        ui.horizontal_wrapped(|ui| toggle(ui, played, &of_level(&choice.text), "", order, out));
        let otherwise =
            if place == event.default { say!("taken-otherwise", what = effects) } else { effects };
        ui.add(Label::new(theme::small(otherwise)).wrap());
        if place != event.default {
            worth(ui, played, waiting.event, place);
        }
    }
}

/// What a choice changes against the one that is taken otherwise.
fn worth(ui: &mut Ui, played: &Played, event: usize, choice: usize) {
    let found = played.choices.iter().find(|worth| (worth.event, worth.choice) == (event, choice));
    let Some(found) = found else {
        if played.is_choosing() {
            ui.label(theme::small(say!("looking-ahead")).color(theme::palette().weak));
        }
        return;
    };
    let level = &played.position.level;
    let next = words::month(level, played.position.view.turn);
    let told = [(say!("choice-worth"), found.value), (say!("profit-in", month = next), found.profit)];
    let response = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (name, band) in told {
            // Where the sign is not known the number says that it may be nothing.
            let colour = if band.covers(0.0) { theme::palette().text } else { gain(band.middle) };
            let (much, off) =
                (Form::Yuan.write_change(band.middle), Form::Yuan.write(band.high - band.middle));
            weighed(ui, &name, say!("more-or-less", much = much, off = off), colour);
        }
    });
    widgets::meaning(response.response, "choice-worth");
    ui.add_space(4.0);
}
