//! What has happened so far, the newest month first and of each the weightiest: a few lines below the map, and a window in which
//! all of it is grouped, searched and muted.

use std::sync::Arc;

use bevy_egui::egui::{Align, Button, Label, Layout, ScrollArea, TextEdit, Ui, vec2};

use crate::desk::{Action, NewsFilter, NewsKind, Overlay};
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::play::{Headline, Position, headlines};

/// Lines below the map at most: who wants more opens the window.
const MOST: usize = 60;
/// Height of a line.
const LINE: f32 = 20.0;

/// Something that happened, in words.
#[derive(Clone)]
struct Item {
    turn: u32,
    kind: NewsKind,
    mine: bool,
    who: Option<usize>,
    text: String,
}

/// All that happened, the oldest first: kept by egui from frame to frame, and added to as turns pass.
#[derive(Clone, Default)]
struct Archive {
    level: Option<Arc<Level>>,
    turns: u32,
    items: Arc<Vec<Item>>,
}

/// A line of the window.
enum Line<'a> {
    Caption(String),
    News(&'a Item),
}

/// The news below the map.
pub fn show(ui: &mut Ui, position: &Position, filter: &NewsFilter, out: &mut Vec<Action>) {
    let items = archive(ui, position);
    let read: Vec<&Item> = newest(&items).filter(|item| !filter.muted.contains(&item.kind)).collect();
    let month = words::month(&position.level, position.played());
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.horizontal(|ui| {
        ui.set_height(24.0);
        ui.heading(say!("news"));
        ui.label(theme::small(month).color(theme::palette().weak));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().interact_size.y = 24.0;
            ui.spacing_mut().button_padding = vec2(8.0, 2.0);
            let all = say!("all-news", count = items.len());
            if ui.add(Button::new(theme::small(all)).right_text(widgets::key_label("N"))).clicked() {
                out.push(Action::Over(Some(Overlay::News)));
            }
        });
    });
    let now = position.played();
    if read.first().is_none_or(|item| item.turn < now) {
        let muted = newest(&items).any(|item| item.turn == now);
        let why = match muted {
            true => say!("all-muted"),
            false if items.is_empty() => say!("no-news-yet"),
            false => say!("no-news"),
        };
        ui.label(theme::small(why));
    }
    ScrollArea::vertical().auto_shrink([false, false]).min_scrolled_height(0.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut turn = now;
        for item in read.into_iter().take(MOST) {
            let month = (item.turn != turn).then(|| words::month(&position.level, item.turn));
            turn = item.turn;
            line(ui, item, month);
        }
    });
}

/// What the last month brought beside its headline, in so many lines at most.
pub fn of_the_month(ui: &mut Ui, position: &Position, most: usize) {
    let items = archive(ui, position);
    let told = items.iter().filter(|item| item.turn == position.played());
    told.skip(1).take(most).for_each(|item| line(ui, item, None));
}

/// What else the last month brought the player's own company in dealings with others, in a card; nothing where it brought no more.
pub fn own(ui: &mut Ui, position: &Position, told: usize) {
    let items = archive(ui, position);
    let more = items.iter().filter(|item| item.turn == position.played()).skip(1 + told);
    let mine: Vec<&Item> = more.filter(|item| item.mine && item.kind.is_of_dealings()).collect();
    if mine.is_empty() {
        return;
    }
    widgets::card(ui, |ui| {
        widgets::heading(ui, &say!("your-dealings"), "");
        mine.into_iter().for_each(|item| line(ui, item, None));
    });
    ui.add_space(8.0);
}

/// The headline of the last month; nothing where nothing of note happened.
pub fn headline(ui: &Ui, position: &Position) -> Option<String> {
    let items = archive(ui, position);
    items.iter().find(|item| item.turn == position.played()).map(|item| item.text.clone())
}

/// The window of all news.
pub fn all(ui: &mut Ui, position: &Position, filter: &NewsFilter, out: &mut Vec<Action>) {
    let items = archive(ui, position);
    let mut wanted = filter.clone();
    ui.horizontal_wrapped(|ui| {
        let search =
            TextEdit::singleline(&mut wanted.search).hint_text(say!("search-news")).desired_width(220.0);
        ui.add(search.margin(vec2(10.0, 7.0)));
        let groups = [(false, say!("by-month")), (true, say!("by-kind"))];
        ui.allocate_ui(vec2(220.0, 34.0), |ui| {
            if let Some(chosen) = widgets::choices(ui, &groups, wanted.by_kind) {
                wanted.by_kind = chosen;
            }
        });
    });
    // In a small window they leave room for what is told.
    let kinds = ScrollArea::vertical().id_salt("kinds").max_height(0.4 * ui.available_height());
    kinds.min_scrolled_height(0.0).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for kind in NewsKind::ALL {
                let count = items.iter().filter(|item| item.kind == kind).count();
                let heard = !wanted.muted.contains(&kind);
                if count == 0 && heard {
                    continue;
                }
                let label = say!("kind-and-count", kind = words::news_kind(kind), count = count);
                let button = ui.add(Button::selectable(heard, label));
                let hint = if heard { say!("mute-kind") } else { say!("unmute-kind") };
                if button.on_hover_text(hint).clicked() && !wanted.muted.remove(&kind) {
                    wanted.muted.insert(kind);
                }
            }
        })
    });
    ui.separator();
    let lines = lines(&position.level, &items, &wanted);
    if lines.is_empty() {
        ui.label(theme::small(if items.is_empty() { say!("no-news-yet") } else { say!("no-news-found") }));
    }
    // What is looked for begins at the top.
    let area = ScrollArea::vertical().id_salt((&wanted.search, wanted.by_kind, &wanted.muted));
    area.auto_shrink([false, false]).show_rows(ui, LINE, lines.len(), |ui, range| {
        for shown in &lines[range] {
            match shown {
                Line::Caption(caption) => {
                    widgets::cell(ui, ui.available_width(), LINE, |ui| ui.label(theme::caption(caption)));
                }
                Line::News(item) => {
                    let month = wanted.by_kind.then(|| words::month(&position.level, item.turn));
                    line(ui, item, month);
                }
            }
        }
    });
    if wanted != *filter {
        out.push(Action::News(wanted));
    }
}

/// Whether a word that is searched for is in a text: as a part of one, and a number as a whole, so that month 1 is not in 1.2 bn.
fn is_in(text: &str, word: &str) -> bool {
    if !word.chars().all(|letter| letter.is_ascii_digit()) {
        return text.contains(word);
    }
    text.split_whitespace().any(|known| known.trim_matches(|letter: char| !letter.is_alphanumeric()) == word)
}

/// What is to be read, grouped.
fn lines<'a>(level: &Level, items: &'a [Item], filter: &NewsFilter) -> Vec<Line<'a>> {
    let sought = filter.search.to_lowercase();
    let words: Vec<&str> = sought.split_whitespace().collect();
    let fits = |item: &&Item| {
        let text = || format!("{} {}", item.text, words::month(level, item.turn)).to_lowercase();
        !filter.muted.contains(&item.kind)
            && (words.is_empty() || {
                let text = text();
                words.iter().all(|word| is_in(&text, word))
            })
    };
    let mut read: Vec<&Item> = newest(items).filter(fits).collect();
    if filter.by_kind {
        read.sort_by_key(|item| NewsKind::ALL.iter().position(|kind| *kind == item.kind));
    }
    let mut lines = Vec::new();
    let mut before: Option<&Item> = None;
    for item in read {
        let same = |other: &Item| {
            if filter.by_kind { other.kind == item.kind } else { other.turn == item.turn }
        };
        if !before.is_some_and(same) {
            let caption =
                if filter.by_kind { words::news_kind(item.kind) } else { words::month(level, item.turn) };
            lines.push(Line::Caption(caption));
        }
        lines.push(Line::News(item));
        before = Some(item);
    }
    lines
}

fn line(ui: &mut Ui, item: &Item, month: Option<String>) {
    widgets::cell(ui, ui.available_width(), LINE, |ui| {
        match item.who {
            Some(who) => widgets::mark(ui, who),
            None => ui.add_space(20.0),
        }
        let text = theme::small(&item.text);
        let text = if item.mine { text.color(theme::palette().text).family(theme::semibold()) } else { text };
        let aside = if month.is_some() { 112.0 } else { 0.0 };
        let width = ui.available_width() - aside;
        widgets::cell(ui, width, LINE, |ui| ui.add(Label::new(text).truncate()));
        if let Some(month) = month {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(theme::small(month).color(theme::palette().weak));
            });
        }
    });
}

/// The newest month first; of each the weightiest first, as it is kept.
fn newest(items: &[Item]) -> impl Iterator<Item = &Item> {
    items.chunk_by(|one, other| one.turn == other.turn).rev().flatten()
}

/// All that happened so far.
fn archive(ui: &Ui, position: &Position) -> Arc<Vec<Item>> {
    let id = bevy_egui::egui::Id::new("news archive");
    let mut kept = ui.data_mut(|data| data.remove_temp::<Archive>(id)).unwrap_or_default();
    let level = &position.level;
    if !kept.level.as_ref().is_some_and(|known| Arc::ptr_eq(known, level)) {
        kept = Archive { level: Some(Arc::clone(level)), ..Archive::default() };
    }
    let played = position.played();
    if kept.turns != played {
        let items = Arc::make_mut(&mut kept.items);
        // Whoever goes back in a match that is watched sees what had happened then.
        items.retain(|item| item.turn <= played);
        for turn in kept.turns + 1..=played {
            let then = position.at(turn);
            items.extend(headlines(&then).into_iter().map(|one| item(&then, one)));
        }
        kept.turns = played;
    }
    let items = Arc::clone(&kept.items);
    ui.data_mut(|data| data.insert_temp(id, kept));
    items
}

/// A story in words.
fn item(position: &Position, headline: Headline) -> Item {
    let (me, story) = (position.person(), headline.story);
    Item {
        turn: position.played(),
        kind: NewsKind::of(&story),
        mine: me.is_some_and(|me| story.concerns(me)),
        who: story.who(),
        text: words::story(&position.level, me, &story),
    }
}
