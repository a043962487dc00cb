//! An offer being composed: what is given and asked for, on what conditions, what it is worth to both, and how it is
//! likely to be answered.

use bevy_egui::egui::{Align, Button, Key, Layout, ScrollArea, Slider, Ui, WidgetInfo};

use super::balance::balance;
use super::deals::{begun, comes};
use super::lever::{self, lever};
use super::rivals;
use super::terms::{much, side};
use crate::desk::{Action, Desk, Played, Proposal};
use crate::form;
use crate::texts::{of_level, say};
use crate::{theme, widgets, words};
use walled_gardens_engine::order::Deal;
use walled_gardens_engine::play::{Answers, Guess, Likely, answers, appraise, guess, likely};

/// Longest agreement and notice that the sliders reach.
const YEARS: u32 = 60;
/// Height of the conditions between two lines, of the button that sends, and of what scrolls at least.
const CONDITIONS: f32 = 84.0;
const SEND: f32 = 44.0;
const LEAST: f32 = 88.0;
/// Width below which the two sides stand one above the other.
const NARROW: f32 = 440.0;

/// The window's contents.
pub fn show(ui: &mut Ui, desk: &Desk, out: &mut Vec<Action>) {
    let (Some(played), Some(proposal)) = (&desk.played, &desk.proposal) else { return };
    let mut changed = proposal.clone();
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 24.0;
    widgets::sunk(ui);
    partners(ui, played, proposal, out);
    if ui.available_width() < NARROW {
        below_each_other(ui, played, &mut changed, out);
    } else {
        beside_each_other(ui, played, &mut changed, out);
    }
    if changed != *proposal {
        out.push(Action::Propose(changed));
    }
}

/// All of it in one column, which the window scrolls.
fn below_each_other(ui: &mut Ui, played: &Played, changed: &mut Proposal, out: &mut Vec<Action>) {
    let position = &played.position;
    let (me, with, width) = (position.me, changed.with, ui.available_width());
    side(ui, played, changed, (me, with), width);
    ui.add_space(8.0);
    side(ui, played, changed, (with, me), width);
    ui.separator();
    conditions(ui, played, &mut changed.deal, None);
    ui.separator();
    let guess = guess(position, with, appraise(&position.view, me, with, &changed.deal));
    balance(ui, played, (me, with), &guess, true);
    comes(ui, played, with, &changed.deal.asks, &guess.appraisal.mine);
    answer(ui, played, changed, &guess);
    send(ui, played, changed, out);
}

/// Both sides beside each other, and below them what the whole is worth.
fn beside_each_other(ui: &mut Ui, played: &Played, changed: &mut Proposal, out: &mut Vec<Action>) {
    let position = &played.position;
    let width = (ui.available_width() - 40.0) / 2.0;
    // What it is worth stays in sight, however much there is to choose from; and as what it is worth is told anew with every
    // change, nothing that is changed moves.
    let room = ui.available_height() - CONDITIONS - SEND;
    let high = (0.62 * room).max(LEAST);
    let terms = ScrollArea::vertical().id_salt("terms").max_height(high).min_scrolled_height(high);
    terms.auto_shrink([false, false]).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            let (me, with) = (position.me, changed.with);
            side(ui, played, changed, (me, with), width);
            ui.add_space(8.0);
            side(ui, played, changed, (with, me), width);
        });
    });
    ui.separator();
    conditions(ui, played, &mut changed.deal, Some(width));
    ui.separator();
    let guess =
        guess(position, changed.with, appraise(&position.view, position.me, changed.with, &changed.deal));
    let high = (room - high).max(LEAST);
    // A bar below it moves nothing.
    ui.spacing_mut().scroll.floating_allocated_width = 0.0;
    let worth = ScrollArea::both().id_salt("worth").max_height(high).min_scrolled_height(high);
    worth.auto_shrink([false, false]).show(ui, |ui| {
        balance(ui, played, (position.me, changed.with), &guess, false);
        comes(ui, played, changed.with, &changed.deal.asks, &guess.appraisal.mine);
        answer(ui, played, changed, &guess);
    });
    send(ui, played, changed, out);
}

/// The button that puts it on the plan, or why that cannot be.
fn send(ui: &mut Ui, played: &Played, changed: &Proposal, out: &mut Vec<Action>) {
    let position = &played.position;
    let order = changed.order(&position.level);
    let planned = played.draft.orders().contains(&order);
    let objection = played.objection(&order);
    ui.horizontal_wrapped(|ui| {
        let name = if planned { say!("offer-is-planned") } else { say!("send-offer") };
        // What is being typed counts before it is sent.
        let can = lever::is_typing(ui) || objection.is_none() && !planned;
        let response = widgets::primary(ui, &name, "", can);
        let why = if planned { Some(say!("offer-is-planned-meaning")) } else { objection.clone() };
        if response.on_disabled_hover_text(why.unwrap_or_default()).clicked() {
            out.push(Action::Send);
        }
        if let Some(reason) = &objection {
            ui.label(theme::small(reason.clone()).color(theme::palette().warn));
        }
    });
}

fn partners(ui: &mut Ui, played: &Played, proposal: &Proposal, out: &mut Vec<Action>) {
    let level = &played.position.level;
    if proposal.counter {
        ui.horizontal(|ui| {
            widgets::mark(ui, proposal.with);
            ui.label(theme::strong(say!(
                "counter-to",
                whom = of_level(&level.platforms[proposal.with].name)
            )));
        });
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for other in played.position.view.others() {
            widgets::mark(ui, other);
            let button = Button::selectable(proposal.with == other, of_level(&level.platforms[other].name));
            if ui.add(button).clicked() && proposal.with != other {
                // What was asked of one cannot be asked of another; what was composed is kept for each.
                out.push(Action::Compose(begun(played, other)));
            }
            ui.add_space(4.0);
        }
    });
}

/// How long it holds, how it ends and what a breach costs: beside each other where there is a width for each of two sides.
fn conditions(ui: &mut Ui, played: &Played, deal: &mut Deal, width: Option<f32>) {
    let Some(width) = width else {
        for condition in CONDITION {
            ui.vertical(|ui| condition(ui, played, deal));
        }
        return;
    };
    let third = (2.0 * width + 16.0) / 3.0 - 8.0;
    ui.horizontal_top(|ui| {
        for condition in CONDITION {
            widgets::column(ui, third, |ui| condition(ui, played, deal));
        }
    });
}

/// Each condition's control.
const CONDITION: [fn(&mut Ui, &Played, &mut Deal); 3] = [
    |ui, _, deal| months(ui, &say!("deal-months"), &say!("deal-months-meaning"), &mut deal.months, 1),
    |ui, _, deal| months(ui, &say!("deal-notice"), &say!("deal-notice-meaning"), &mut deal.notice, 0),
    |ui, played, deal| {
        let (name, meaning) = (say!("deal-penalty"), say!("deal-penalty-meaning"));
        let (most, now) = (much(played, played.position.me, deal.penalty), deal.penalty);
        lever(ui, &name, &meaning, now, most, &form::yuan, |yuan| deal.penalty = yuan);
    },
];

/// A number of months.
fn months(ui: &mut Ui, name: &str, meaning: &str, value: &mut u32, least: u32) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        ui.label(name).on_hover_text(meaning);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(theme::strong(words::months(*value)));
        });
    });
    ui.spacing_mut().slider_width = ui.available_width() - 4.0;
    ui.spacing_mut().interact_size.y = 20.0;
    let most = YEARS.max(*value);
    let before = *value;
    let response = ui.add(Slider::new(value, least..=most).show_value(false));
    if response.drag_started() {
        ui.data_mut(|data| data.insert_temp(response.id, before));
    }
    if response.drag_stopped() && ui.input(|input| input.key_pressed(Key::Escape)) {
        // Escape gives up what is drawn.
        *value = ui.data(|data| data.get_temp(response.id)).unwrap_or(before);
    }
    let now = f64::from(*value);
    response.widget_info(|| WidgetInfo::slider(true, now, name));
}

/// A chance, in tenths: no guess is any finer.
fn tenths(chance: f64) -> String {
    format!("{:.0}", (10.0 * chance).round().clamp(0.0, 10.0))
}

/// How it is likely to be answered, and why.
fn answer(ui: &mut Ui, played: &Played, proposal: &Proposal, guess: &Guess) {
    let appraisal = &guess.appraisal;
    let position = &played.position;
    let who = &of_level(&position.level.platforms[proposal.with].name);
    let so_far = answers(position, proposal.with);
    let Answers { yes, no, none, .. } = so_far;
    if !appraisal.terms.is_empty() {
        let part = tenths(guess.chance());
        let reason = |reason: Option<_>| reason.map_or_else(String::new, words::reason);
        let (sign, text, colour) = match likely(guess, so_far) {
            Likely::Yes(why) => {
                ("▲", say!("likely-yes", who = who, part = part, why = reason(why)), theme::palette().good)
            }
            Likely::No(why) => (
                "▼",
                say!("likely-no", who = who, part = tenths(1.0 - guess.chance()), why = reason(why)),
                theme::palette().bad,
            ),
            Likely::Never(why) => {
                ("▼", say!("likely-never", who = who, why = words::objection(why)), theme::palette().bad)
            }
            Likely::Open => ("•", say!("likely-open", who = who, part = part), theme::palette().warn),
            Likely::Unknown => ("•", say!("likely-unknown", who = who), theme::palette().warn),
            Likely::Silence => ("!", say!("likely-silence", who = who), theme::palette().warn),
        };
        ui.horizontal_wrapped(|ui| {
            ui.label(theme::strong(sign).color(colour));
            ui.label(text);
        });
    }
    ui.label(theme::small(words::guess(who, guess)));
    let opinion = position.view.public.ecosystem.relations.0[[proposal.with, position.me]];
    let much = words::opinion(opinion);
    let text = say!("answers-so-far", who = who, yes = yes, no = no, none = none, much = much);
    ui.label(theme::small(text)).on_hover_text(rivals::meaning(&position.level));
}
