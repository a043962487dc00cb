//! The state and the public: what people think of each company, what the regulator holds against it, what it does next, and
//! what can be done about that.

use bevy_egui::egui::{Label, Sense, Ui, WidgetInfo, WidgetType};

use super::balance::gain;
use super::facts::{BAR, NOTABLE, caption, line, weighed};
use super::regulator;
use crate::desk::{Action, Played};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::play::Position;
use walled_gardens_engine::sim::rules::opinion::PublicDeed;

/// The panel: the own company first, with all that is known; the others in two lines until they are clicked.
pub fn show(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let position = &played.position;
    widgets::heading(ui, &say!("public"), "");
    widgets::card(ui, |ui| {
        tight(ui);
        ui.horizontal(|ui| {
            widgets::mark(ui, position.me);
            ui.label(theme::strong(of_level(&position.level.platforms[position.me].name)));
        });
        bars(ui, position, position.me);
        deeds(ui, position, position.me);
        regulator::file(ui, position, position.me);
        regulator::ways(ui, played, out);
    });
    let id = ui.id().with("judged");
    let mut picked = ui.data(|data| data.get_temp::<Option<usize>>(id)).flatten();
    for other in position.view.others() {
        widgets::card(ui, |ui| {
            tight(ui);
            if head(ui, position, other, picked == Some(other)) {
                picked = (picked != Some(other)).then_some(other);
            }
            bars(ui, position, other);
            if picked == Some(other) {
                deeds(ui, position, other);
                regulator::file(ui, position, other);
            }
        });
    }
    ui.data_mut(|data| data.insert_temp(id, picked));
    if let Some(known) = &position.level.regulator {
        regulator::rules(ui, known);
    }
}

fn tight(ui: &mut Ui) {
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.spacing_mut().interact_size.y = 18.0;
}

/// A rival's name; whether it was clicked.
fn head(ui: &mut Ui, position: &Position, rival: usize, open: bool) -> bool {
    let name = &of_level(&position.level.platforms[rival].name);
    ui.horizontal(|ui| {
        widgets::mark(ui, rival);
        let sign = if open { "−" } else { "+" };
        let label = Label::new(theme::strong(format!("{name}  {sign}"))).sense(Sense::click());
        let all = say!("held-against", whom = name);
        let response = ui.add(label);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, all.clone()));
        response.on_hover_text(all).clicked()
    })
    .inner
}

/// What people think, and how near the regulator is to its next step.
fn bars(ui: &mut Ui, position: &Position, platform: usize) {
    let level = &position.level;
    if level.market.moves_opinion() {
        let opinion = position.now().public_opinion[platform];
        let draw = |ui: &mut Ui| widgets::scale(ui, BAR, opinion, gain(opinion));
        let response = line(ui, &say!("people-think"), draw, words::opinion(opinion));
        response.on_hover_text(say!("people-think-meaning"));
    }
    if let Some(known) = &level.regulator {
        regulator::attention(ui, known, position, platform);
    }
}

/// What a company did in the last month that moved what people think of it.
fn deeds(ui: &mut Ui, position: &Position, platform: usize) {
    if !position.level.market.moves_opinion() {
        return;
    }
    caption(ui, say!("people-minded"));
    let known = PublicDeed::ALL.into_iter().zip(position.now().public_deeds[platform]);
    let moved: Vec<_> = known.filter(|(_, weight)| weight.abs() >= NOTABLE).collect();
    if moved.is_empty() {
        ui.label(theme::small(say!("nothing-people-mind")));
    }
    for (deed, weight) in moved {
        weighed(ui, &words::public_deed(deed), words::opinion(weight), gain(weight));
    }
}
