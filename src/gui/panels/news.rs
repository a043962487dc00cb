//! What happened between companies last month, the player's own first.

use bevy_egui::egui::{ScrollArea, Ui};

use crate::gui::desk::Played;
use crate::gui::texts::say;
use crate::gui::{theme, widgets, words};
use crate::sim::institutions::agreements::Event;

/// The news.
pub fn show(ui: &mut Ui, played: &Played) {
    let position = &played.position;
    let level = &position.level;
    let turn = position.played();
    let news = &position.view.public.news;
    widgets::heading(ui, &say!("news"), &if turn == 0 { say!("opening") } else { words::month(level, turn) });
    if news.is_empty() {
        ui.label(theme::small(say!("no-news")));
        return;
    }
    let mine = |event: &Event| concerns(event, position.me);
    let (own, others): (Vec<_>, Vec<_>) = news.iter().partition(|event| mine(event));
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (event, own) in own.into_iter().map(|e| (e, true)).chain(others.into_iter().map(|e| (e, false))) {
            ui.horizontal(|ui| {
                let (who, text) = words::event(level, event);
                if let Some(who) = who {
                    widgets::mark(ui, who);
                }
                let text = theme::small(text);
                ui.label(if own {
                    text.color(theme::palette().text).family(theme::semibold())
                } else {
                    text
                });
            });
        }
    });
}

/// Whether a company has a part in an event.
fn concerns(event: &Event, me: usize) -> bool {
    match *event {
        Event::Offered { by, to }
        | Event::NoticeGiven { by, to, .. }
        | Event::Broken { by, to, .. }
        | Event::Opened { by, to, .. }
        | Event::Closed { by, to, .. }
        | Event::Blocked { by, to } => by == me || to == me,
        Event::Accepted { by, of, .. }
        | Event::Refused { by, of }
        | Event::Countered { by, of }
        | Event::Lapsed { by, of } => by == me || of == me,
        Event::Integrated { platform, .. } => platform == me,
        Event::Expired { .. } => false,
    }
}
