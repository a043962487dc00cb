//! The end of a match: who stands where, and where to go from here.

use bevy_egui::egui::{Frame, Grid, Margin, Panel, ScrollArea, Ui, vec2};

use super::{curves, decided, objectives, share};
use crate::desk::{Action, Desk, Listed, Played, Screen};
use crate::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::game::{rank, winner};
use walled_gardens_engine::play::Position;
use walled_gardens_engine::play::objectives::{medal, progress};
use walled_gardens_engine::sim::state::outcome::{Hindsight, Outcome};

/// Below this width cards stand one above the other.
const NARROW: f32 = 900.0;
/// Height of the shares where they stand below the rest.
const SHARES: f32 = 460.0;
/// From this width on the curves stand beside the medal.
const BESIDE: f32 = 720.0;
/// Width of what stands in the table.
const TABLE: f32 = 530.0;

/// The screen.
pub fn show(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    let position = &played.position;
    let now = position.now();
    let mut order: Vec<usize> = now.platforms().collect();
    order.sort_by(|&a, &b| now.worth()[b].total_cmp(&now.worth()[a]));
    // However much there is to read, the ways on stay in sight.
    let frame = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
    let foot = Panel::bottom("ways on").frame(frame).resizable(false).show_separator_line(false);
    foot.show(ui, |ui| ui.horizontal_wrapped(|ui| buttons(ui, desk, position, out)));
    let width = ui.available_width();
    if width < NARROW {
        ScrollArea::vertical().id_salt("end").auto_shrink([false, false]).show(ui, |ui| {
            ui.set_width(width - 12.0);
            told(ui, desk, position);
            outcome(ui, played, &order);
            ui.add_space(8.0);
            widgets::card(ui, |ui| {
                ui.set_height(SHARES);
                share::show(ui, position);
            });
        });
    } else {
        told(ui, desk, position);
        ui.horizontal_top(|ui| {
            ui.set_height(ui.available_height());
            let right = (0.3 * width).clamp(theme::LEFT + 24.0, 480.0);
            widgets::column(ui, width - right - 16.0, |ui| {
                ScrollArea::vertical().id_salt("end").show(ui, |ui| outcome(ui, played, &order));
            });
            ui.add_space(8.0);
            let rest = ui.available_width();
            widgets::column(ui, rest, |ui| widgets::card(ui, |ui| share::show(ui, position)));
        });
    }
}

/// How it ended, in words.
fn told(ui: &mut Ui, desk: &Desk, position: &Position) {
    let now = position.now();
    let people = position.people();
    if people.len() > 1 {
        return told_to_all(ui, position, &people);
    }
    let (title, place) = verdict(position);
    ui.label(theme::title(title));
    // Before the first month there was nothing to judge a company's profits by.
    let first = position.outcomes().nth(1).map_or(0.0, |outcome| outcome.value[position.me]);
    let (from, to) = (form::yuan(first), form::yuan(now.value[position.me]));
    let mut lines = vec![place, say!("value-from-to", from = from, to = to)];
    if let Some(later) = later(now) {
        let worth = form::yuan(later.value[position.me]);
        lines.push(say!("worth-months-later", months = words::months(later.months), worth = worth));
    }
    if desk.record == Some(position.number) {
        lines.push(say!("best-is-this"));
    }
    ui.label(words::sentences(&lines));
    if desk.record != Some(position.number) {
        decided::best(ui, desk, &position.level.id, &position.level.platforms[position.me].id);
    }
    ui.add_space(8.0);
}

/// How it ended for everybody at the machine: the screen is nobody's alone.
fn told_to_all(ui: &mut Ui, position: &Position, people: &[usize]) {
    let now = position.now();
    let name = |platform: usize| of_level(&position.level.platforms[platform].name);
    let title =
        winner(now).map_or_else(|| say!("nobody-won"), |first| say!("somebody-won", who = name(first)));
    ui.label(theme::title(title));
    let outcomes: Vec<&Outcome> = position.outcomes().collect();
    for &person in people {
        let medal = medal(&progress(&position.level, person, &outcomes));
        ui.horizontal(|ui| {
            objectives::small_medal(ui, medal);
            widgets::mark(ui, person);
            let (medal, worth) = (words::medal(medal), form::yuan(now.worth()[person]));
            let ended =
                say!("ended-as", who = name(person), medal = medal, rank = rank(now, person), worth = worth);
            ui.label(ended);
        });
    }
    ui.add_space(8.0);
}

/// How companies stood after the months that came after the last; nothing where there were none.
fn later(now: &Outcome) -> Option<&Hindsight> {
    now.in_hindsight.as_ref().filter(|later| later.months > 0)
}

/// How it ended, in a line and a sentence: by the objectives where a seat has some, else by who is worth most.
fn verdict(position: &Position) -> (String, String) {
    let rank = rank(position.now(), position.me);
    let standing = objectives::standing(position);
    let medal = (!standing.is_empty()).then(|| objectives::verdict(&standing));
    match (winner(position.now()), medal) {
        (Some(first), None) if first == position.me => (say!("you-won"), say!("you-worth-most")),
        (Some(first), Some(medal)) if first == position.me => (medal, say!("you-worth-most")),
        (Some(first), medal) => {
            let who = &of_level(&position.level.platforms[first].name);
            let place = say!("somebody-worth-most", who = who, rank = rank);
            (medal.unwrap_or_else(|| say!("somebody-won", who = who)), place)
        }
        (None, medal) => (medal.unwrap_or_else(|| say!("nobody-won")), say!("worth-the-same")),
    }
}

/// The medal beside the curves, what decided it, and who stands where.
fn outcome(ui: &mut Ui, played: &Played, order: &[usize]) {
    let position = &played.position;
    let curves = |ui: &mut Ui| curves::show(ui, position, decided::month(played));
    let width = ui.available_width();
    if objectives::standing(position).is_empty() || position.people().len() > 1 {
        widgets::card(ui, curves);
    } else if width < BESIDE {
        widgets::card(ui, |ui| objectives::medals(ui, position));
        ui.add_space(8.0);
        widgets::card(ui, curves);
    } else {
        ui.horizontal_top(|ui| {
            widgets::column(ui, 0.5 * width, |ui| widgets::card(ui, |ui| objectives::medals(ui, position)));
            ui.add_space(8.0);
            let rest = ui.available_width();
            widgets::column(ui, rest, |ui| widgets::card(ui, curves));
        });
    }
    ui.add_space(8.0);
    // What decided it for one is told to one alone.
    if position.is_over() && position.people().len() == 1 {
        widgets::card(ui, |ui| decided::months(ui, played));
        ui.add_space(8.0);
    }
    widgets::card(ui, |ui| {
        widgets::heading(ui, &say!("standings"), &say!("by-value"));
        let table = ScrollArea::horizontal().id_salt("standings");
        table.show(ui, |ui| standings(ui, position, order));
    });
}

/// Where to go from here.
fn buttons(ui: &mut Ui, desk: &Desk, position: &Position, out: &mut Vec<Action>) {
    let free = !desk.is_busy();
    // What was loaded may be of a level that is gone.
    let named = |level: &Listed| level.level.as_ref().is_ok_and(|known| known.id == position.level.id);
    let listed = desk.levels.iter().any(named);
    let again = [
        (say!("watch-the-match"), "", true, Action::WatchMatch),
        (say!("save-match"), "Ctrl S", true, Action::Save),
        (say!("play-again"), "", true, Action::Again),
        (say!("another-ceo"), "", listed, Action::AnotherCeo),
    ];
    for (label, key, can, action) in again {
        let button = widgets::keyed(ui, &label, key, free && can);
        if button
            .on_disabled_hover_text(if can { say!("opening-market") } else { say!("level-is-gone") })
            .clicked()
        {
            out.push(action);
        }
    }
    if let Some(place) = desk.next_level() {
        let title =
            desk.levels[place].level.as_ref().map_or_else(|_| String::new(), |level| of_level(&level.title));
        if widgets::keyed(ui, &say!("play-next", what = title), "", free).clicked() {
            out.push(Action::NextLevel(place));
        }
    }
    if widgets::primary(ui, &say!("to-levels"), "Enter", free).clicked() {
        out.push(Action::Go(Screen::Browser));
    }
    if !free {
        ui.spinner();
    }
}

fn standings(ui: &mut Ui, position: &Position, order: &[usize]) {
    let people = position.people();
    let (level, now, opening) = (&position.level, position.now(), &position.opening);
    let apart = ((ui.available_width() - TABLE) / 6.0).clamp(20.0, 160.0);
    // Where no month comes after the last, what a company is worth in the end is its value.
    let worth = later(now).map(|_| now.worth());
    let columns = 6 + usize::from(worth.is_some());
    Grid::new("standings").num_columns(columns).striped(true).spacing(vec2(apart, 8.0)).show(ui, |ui| {
        let first = [say!("rank"), say!("platform")].into_iter();
        let titles = first.chain(worth.map(|_| say!("worth-in-the-end")));
        for title in titles.chain([say!("value"), say!("cash"), say!("profit"), say!("share")]) {
            ui.label(theme::caption(title));
        }
        ui.end_row();
        for &platform in order {
            ui.label(rank(now, platform).to_string());
            ui.horizontal(|ui| {
                widgets::mark(ui, platform);
                let name = of_level(&level.platforms[platform].name);
                ui.label(match people.contains(&platform) {
                    true if people.len() == 1 => theme::strong(say!("name-you", who = name)),
                    true => theme::strong(name),
                    false => name.into(),
                });
            });
            let value = form::yuan(now.value[platform]);
            match worth {
                Some(worth) => {
                    ui.label(theme::strong(form::yuan(worth[platform])));
                    ui.label(value);
                }
                None => {
                    ui.label(theme::strong(value));
                }
            }
            ui.label(form::yuan(now.cash[platform]));
            ui.label(form::yuan(now.profit[platform]));
            let share = if level.platforms[platform].shop.is_some() {
                let (from, to) = (opening.share(platform), now.share(platform));
                say!("from-to", from = form::percent(from), to = form::percent(to))
            } else {
                say!("none")
            };
            ui.label(share);
            ui.end_row();
        }
    });
}
