//! The regulator's file on a company: what is on it, what follows, and by what a company gets off it.

use bevy_egui::egui::Ui;

use super::facts::{BAR, NOTABLE, caption, line, weighed};
use super::gates::toggle;
use crate::desk::{Action, Played};
use crate::form::{self, Form};
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::level::{Offence, Regulator};
use walled_gardens_engine::order::Order;
use walled_gardens_engine::play::Position;
use walled_gardens_engine::sim::Flow;
use walled_gardens_engine::sim::rules::antitrust::{largest_share, open_enough};
use walled_gardens_engine::sim::state::files::{File, Stage};

/// What the regulator goes by, in a line; all of it when the pointer rests there.
pub(super) fn rules(ui: &mut Ui, regulator: &Regulator) {
    let (short, full) = words::rules(regulator);
    ui.label(theme::small(short).color(theme::palette().weak)).on_hover_text(full);
}

/// What is on file against the weights at which a company is warned and probed, and how far the regulator has gone.
pub(super) fn attention(ui: &mut Ui, regulator: &Regulator, position: &Position, platform: usize) {
    let file = &position.view.public.files.0[platform];
    let attention = file.attention();
    let colour = match file.stage {
        Stage::Watched if attention < regulator.warning / 2.0 => theme::palette().text2,
        Stage::Watched | Stage::Warned { .. } => theme::palette().warn,
        _ => theme::palette().bad,
    };
    let (_, meaning) = words::rules(regulator);
    let lines = [regulator.warning, regulator.probe];
    let draw = |ui: &mut Ui| widgets::gauge(ui, BAR, attention, &lines, colour);
    line(ui, &say!("regulator"), draw, form::decimal(attention, 2)).on_hover_text(meaning);
    let colour = if file.stage == Stage::Watched { theme::palette().text2 } else { colour };
    let stage = words::stage(&position.level, file.stage);
    ui.label(theme::small(say!("regulator-stands", how = stage)).color(colour));
}

/// What is on file of a company, what it has paid, and what comes next.
pub(super) fn file(ui: &mut Ui, position: &Position, platform: usize) {
    let level = &position.level;
    let Some(regulator) = &level.regulator else { return };
    let (file, text) = (&position.view.public.files.0[platform], theme::palette().text);
    caption(ui, say!("on-file"));
    let known = Offence::ALL.into_iter().zip(file.by_offence());
    let known: Vec<_> = known.filter(|(_, weight)| *weight >= NOTABLE).collect();
    if known.is_empty() && file.walls.is_empty() {
        ui.label(theme::small(say!("nothing-on-file")));
    }
    for (offence, weight) in known {
        let added = added(file, offence, position.played());
        let much = form::decimal(weight, 2);
        let much = if added >= NOTABLE {
            say!("weight-and-added", much = much, added = form::decimal(added, 2))
        } else {
            much
        };
        weighed(ui, &words::offence(offence), much, text);
    }
    for wall in &file.walls {
        let (what, whom) =
            (&of_level(&level.services[wall.service].name), &of_level(&level.platforms[wall.to].name));
        weighed(ui, &say!("wall-on-file", what = what, whom = whom), String::new(), text);
    }
    if position.view.level.sells(platform) {
        let share = form::percent(largest_share(level, position.now(), &[platform]));
        weighed(ui, &say!("largest-share"), share, text);
    }
    let fines: f64 = position.outcomes().map(|outcome| -outcome.flow(platform, Flow::Fines)).sum();
    weighed(ui, &say!("fines-so-far"), Form::Yuan.write(fines.max(0.0)), text);
    caption(ui, say!("what-comes-next"));
    let next = words::next_step(level, regulator, file, position.view.turn);
    ui.label(theme::small(next).color(theme::palette().text));
    let oldest = file.deeds.first().map_or(0, |deed| deed.turn);
    let lapses: f64 = file.deeds.iter().filter(|deed| deed.turn == oldest).map(|deed| deed.weight).sum();
    if lapses >= NOTABLE {
        let when = words::month(level, oldest + regulator.memory);
        ui.label(theme::small(say!("file-lapses", much = form::decimal(lapses, 2), month = when)));
    }
}

/// What the last month added to a file of a kind.
fn added(file: &File, offence: Offence, turn: u32) -> f64 {
    let last = file.deeds.iter().filter(|deed| (deed.turn, deed.offence) == (turn, offence));
    last.map(|deed| deed.weight).sum()
}

/// What the own company can do: what goes on that is held against it, each with the order that stops it where there is one.
pub(super) fn ways(ui: &mut Ui, played: &Played, out: &mut Vec<Action>) {
    let position = &played.position;
    let Some(regulator) = &position.level.regulator else { return };
    let file = &position.view.public.files.0[position.me];
    caption(ui, say!("what-you-can-do"));
    let mut all = Vec::new();
    if matches!(file.stage, Stage::Decided { .. }) {
        all.push((say!("way-answer"), Vec::new()));
    }
    all.extend(walls(position));
    let goes_on =
        Offence::ALL.into_iter().filter(|&offence| added(file, offence, position.played()) >= NOTABLE);
    all.extend(goes_on.filter_map(|offence| way(position, regulator, offence)));
    if all.is_empty() {
        let nothing = if file.attention() < NOTABLE { say!("way-none") } else { say!("way-wait") };
        ui.label(theme::small(nothing));
    }
    for (place, (told, orders)) in all.into_iter().enumerate() {
        ui.push_id(place, |ui| {
            ui.label(theme::small(told).color(theme::palette().text));
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                for (name, order) in orders {
                    toggle(ui, played, &name, "", order, out);
                }
            });
        });
    }
}

/// Something that can be done: in words, and the orders that do it by what their buttons say.
type Way = (String, Vec<(String, Order)>);

/// The walls on file, each of which an order opens.
fn walls(position: &Position) -> Option<Way> {
    let level = &position.level;
    let open = |wall: &walled_gardens_engine::sim::state::files::Wall| {
        let (service, whom) = (&level.services[wall.service], &level.platforms[wall.to]);
        let access = open_enough(level, wall.service);
        let order = Order::Open { service: service.id.clone(), to: Some(whom.id.clone()), access };
        (say!("open-to", what = of_level(&service.name), whom = of_level(&whom.name)), order)
    };
    let walls = &position.view.public.files.0[position.me].walls;
    (!walls.is_empty()).then(|| (say!("way-walls"), walls.iter().map(open).collect()))
}

/// What stops that something of a kind is added to the own file; of what is done once and over there is nothing to stop.
fn way(position: &Position, regulator: &Regulator, offence: Offence) -> Option<Way> {
    let (view, now) = (&position.view, position.now());
    let tolerated = form::percent(regulator.fee_tolerance);
    Some(match offence {
        Offence::Blocking => return None,
        Offence::Exclusivity => {
            (say!("way-exclusivity"), vec![(say!("free-merchants"), Order::Exclusivity { on: false })])
        }
        Offence::Fees => {
            let (region, category, rate) = (None, None, regulator.fee_tolerance);
            let lower = Order::ConsumerFee { region, category, rate };
            // One order sets all fees: where some are lower than what is tolerated it would raise those.
            let all_higher = view.own.policy.prices.consumer_fees.cells().iter().all(|fee| *fee >= rate);
            let orders =
                all_higher.then(|| (say!("lower-fees", rate = tolerated), lower)).into_iter().collect();
            (say!("way-fees", rate = tolerated), orders)
        }
        Offence::Fraud => {
            let (fraud, most) = (now.fraud[position.me], regulator.fraud_tolerance);
            (say!("way-fraud", fraud = form::percent(fraud), most = form::percent(most)), Vec::new())
        }
        Offence::Anger => (say!("way-anger"), Vec::new()),
        Offence::Collusion => {
            let own = view.public.ecosystem.negotiations.agreements.iter().filter(|agreement| {
                let ally = agreement.partner_of(position.me);
                let mut promised =
                    ally.into_iter().chain([position.me]).flat_map(|party| agreement.fronts_of(party));
                ally.is_some() && promised.next().is_some()
            });
            let end = |agreement: u32| Order::End { agreement, at_once: false };
            let orders = own
                .map(|agreement| (say!("end-agreement", number = agreement.number), end(agreement.number)));
            (say!("way-collusion"), orders.collect())
        }
    })
}
