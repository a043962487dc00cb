//! What decided a match: the months without which it would have ended otherwise, and the best that was reached so far.

use bevy_egui::egui::{Label, Ui};

use super::objectives;
use crate::desk::{Desk, Played};
use crate::form;
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Best, MonthWorth, Position, decisive};

/// Months that are told at most.
const TOLD: usize = 3;
/// Orders of a month that are told at most.
const ORDERS: usize = 4;

/// The month that decided the match, as far as it is known.
pub fn month(played: &Played) -> Option<u32> {
    decisive(&played.months).map(|month| month.turn)
}

/// The card of the months that decided it.
pub fn months(ui: &mut Ui, played: &Played) {
    let position = &played.position;
    widgets::heading(ui, &say!("decided"), &say!("decided-aside"));
    let first = decisive(&played.months);
    let Some(first) = first else {
        let nothing =
            if played.is_looking_back() { say!("decided-looking") } else { say!("decided-nothing") };
        ui.label(theme::small(nothing));
        return;
    };
    if !first.changed_the_end() && !played.is_looking_back() {
        ui.add(Label::new(theme::small(say!("decided-by-none"))).wrap());
    }
    let mut others: Vec<&MonthWorth> =
        played.months.iter().filter(|month| month.turn != first.turn).collect();
    others.sort_by(|one, other| other.value.abs().total_cmp(&one.value.abs()));
    for month in std::iter::once(first).chain(others).take(TOLD) {
        told(ui, position, month);
    }
    if played.is_looking_back() {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(theme::small(say!("decided-looking")));
        });
    } else {
        ui.add(Label::new(theme::small(say!("decided-others")).color(theme::palette().weak)).wrap());
    }
}

/// A month: what it came to, what would have been without it, and what was ordered.
fn told(ui: &mut Ui, position: &Position, month: &MonthWorth) {
    let p = theme::palette();
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(theme::strong(words::month(&position.level, month.turn)));
        let colour = if month.value < 0.0 { p.bad } else { p.good };
        ui.label(theme::strong(form::Form::Yuan.write_change(month.value)).color(colour));
        let [with, without] = month.rank;
        if with != without {
            ui.label(say!("decided-rank", with = with, without = without));
        }
        let [with, without] = month.medal;
        if with != without {
            ui.label(say!("decided-medal", with = words::medal(with), without = words::medal(without)));
        }
    });
    let mut orders: Vec<String> = month
        .orders
        .iter()
        .take(ORDERS)
        .map(|order| {
            let (what, much) = words::order(&position.level, order);
            say!("decided-order", what = what, much = much)
        })
        .collect();
    if month.orders.len() > ORDERS {
        orders.push(say!("decided-more", count = month.orders.len() - ORDERS));
    }
    ui.add(Label::new(theme::small(orders.join(" · "))).wrap());
}

/// The best of a seat so far in a line, with its medal; nothing where it was never played to its end.
pub fn best(ui: &mut Ui, desk: &Desk, level: &str, seat: &str) {
    let Some(best) = desk.bests.best(level, seat) else { return };
    ui.horizontal_wrapped(|ui| {
        objectives::small_medal(ui, best.medal);
        ui.label(theme::small(said(best)));
    });
}

fn said(best: &Best) -> String {
    say!(
        "best-so-far",
        medal = words::medal(best.medal),
        rank = best.rank,
        worth = form::yuan(best.worth),
        difficulty = words::difficulty(best.difficulty).0
    )
}
