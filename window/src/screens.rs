//! The whole window: one function of the desk, so that tests can play it without a window.

use bevy_egui::egui::style::ScrollAnimation;
use bevy_egui::egui::{CentralPanel, Frame, Id, Label, Margin, Panel, Popup, Rect, Ui, UiBuilder, vec2};

use super::desk::{Action, Desk, Played, Screen, Viewing};
use super::panels::objectives::Beside;
use super::panels::{
    briefing, browser, calendar, deeds, end, hint, lever, map, news, objectives, plan, report, ring, set_up,
    share, table, timeline, top, waiting, watched,
};
use super::scene::layout::{self, Layout};
use super::{keys, overlays, theme, widgets, words};
use walled_gardens_engine::play::Position;

/// Width below which a window is small.
const SMALL: f32 = 720.0;
/// Height below which what is beside the map has its room to the edge, or nearly so.
const LOW: f32 = 320.0;

/// Draws the desk; where the map is, if one is shown. `layout` is that of the map as it is drawn.
pub fn show(ui: &mut Ui, desk: &mut Desk, layout: &Layout) -> Option<Rect> {
    begin_anew(ui, desk);
    widgets::drop_repeats(ui);
    let mut actions = Vec::new();
    keys::read(ui, desk, &mut actions);
    let visit = visit(ui, desk);
    let mut map = None;
    match (desk.screen, desk.played.take()) {
        (Screen::Play, Some(played)) => {
            map = play(ui, desk, &played, layout, &mut actions);
            desk.played = Some(played);
        }
        (Screen::Report, Some(played)) => {
            bar(ui, desk, &played, &mut actions);
            hint::show(ui, desk, &mut actions);
            page(ui, visit, |ui| {
                to_worth(ui, desk, &played);
                report::show(ui, desk, &played, &mut actions);
            });
            desk.played = Some(played);
        }
        (Screen::HandOver, Some(played)) => {
            page(ui, visit, |ui| table::show(ui, desk, &played, &mut actions));
            desk.played = Some(played);
        }
        (Screen::End, Some(played)) => {
            page(ui, visit, |ui| end::show(ui, desk, &played, &mut actions));
            desk.played = Some(played);
        }
        (Screen::Watch, played) => {
            desk.played = played;
            if let Some(viewing) = desk.viewing.take() {
                map = watch(ui, desk, &viewing, layout, &mut actions);
                desk.viewing = Some(viewing);
            }
        }
        (Screen::SetUp, played) => {
            desk.played = played;
            page(ui, visit, |ui| set_up::show(ui, desk, &mut actions));
        }
        (Screen::Briefing, played) => {
            desk.played = played;
            hint::show(ui, desk, &mut actions);
            page(ui, visit, |ui| briefing::show(ui, desk, &mut actions));
        }
        (_, played) => {
            desk.played = played;
            hint::show(ui, desk, &mut actions);
            // Whoever comes back to the list finds it as it was left.
            page(ui, 0, |ui| browser::show(ui, desk, &mut actions));
        }
    }
    ring::show(ui, desk);
    overlays::show(ui.ctx(), desk, &mut actions);
    keys::note_typing(ui);
    answer(ui, desk, actions);
    map
}

/// Does what is wanted. Whatever was typed counts first, whatever is clicked or pressed next: while a number is being typed all
/// else waits for the frame in which its field is left. And what is pressed stays where it is until it is let go: an order, which
/// may move and rescale levers, waits for that.
fn answer(ui: &Ui, desk: &mut Desk, actions: Vec<Action>) {
    let changes = |action: &Action| matches!(action, Action::Order(_) | Action::Propose(_));
    let mut all = std::mem::take(&mut desk.waiting);
    all.extend(actions);
    if let Some(wrong) = lever::refused(ui) {
        // What goes on would go on without it.
        all.retain(|action| !matches!(action, Action::EndTurn | Action::Send));
        desk.message = Some(wrong);
    }
    // What was entered in one field does not take the keyboard from the next.
    if !all.iter().all(changes) && lever::leave(ui) {
        desk.waiting = all;
        return;
    }
    let orders = all.iter().any(|action| matches!(action, Action::Order(_)));
    if orders && ui.input(|input| input.pointer.any_down()) {
        desk.waiting = all;
        return;
    }
    let (first, rest): (Vec<Action>, Vec<Action>) = all.into_iter().partition(changes);
    first.into_iter().chain(rest).for_each(|action| desk.act(action));
}

/// What is chosen, typed, scrolled and kept open in panels is egui's to remember, and belongs to the match that is shown: with
/// another one, or another person at the machine, all of it begins anew, in whatever panel it is.
fn begin_anew(ui: &Ui, desk: &Desk) {
    let id = Id::new("match that is shown");
    let Some(shown) = desk.position().map(|position| (position.number, position.me)) else { return };
    if ui.data(|data| data.get_temp::<(u64, usize)>(id)) == Some(shown) {
        return;
    }
    ui.data_mut(|data| {
        data.clear();
        data.insert_temp(id, shown);
    });
    ui.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
    Popup::close_all(ui.ctx());
}

/// Scrolls a report to its end, where orders' worth is said, when that is asked for and when it is there: it may well lie below
/// the window's edge.
fn to_worth(ui: &Ui, desk: &Desk, played: &Played) {
    let stage = (played.position.played(), desk.is_weighing(), played.worth.is_some());
    let before = ui.data_mut(|data| {
        let seen = data.get_temp_mut_or(ui.id().with("worth"), stage);
        std::mem::replace(seen, stage)
    });
    if stage != before && (desk.is_weighing() || played.worth.is_some()) {
        ui.scroll_with_delta_animation(vec2(0.0, -f32::from(u16::MAX)), ScrollAnimation::none());
    }
}

/// A page; one that is opened anew opens at its top.
fn page(ui: &mut Ui, visit: u64, contents: impl FnOnce(&mut Ui)) {
    // A small window has its room for what is in it.
    let margin =
        if ui.available_width() < SMALL { Margin::symmetric(16, 12) } else { Margin::symmetric(32, 24) };
    let frame = Frame::new().fill(theme::palette().ground).inner_margin(margin);
    CentralPanel::default().frame(frame).show(ui, |ui| ui.push_id(visit, contents));
}

/// How often a page has been opened so far: a report is another one each month, and each time that one comes back to it.
fn visit(ui: &Ui, desk: &Desk) -> u64 {
    let match_and_month = desk.position().map(|position| (position.number, position.played()));
    let page = (desk.screen, match_and_month, (desk.screen == Screen::Briefing).then_some(desk.chosen));
    ui.data_mut(|data| {
        let (shown, visits) = data.get_temp_mut_or(Id::new("page that is open"), (page, 1_u64));
        if *shown != page {
            (*shown, *visits) = (page, *visits + 1);
        }
        *visits
    })
}

fn side(margin: i8) -> Frame {
    Frame::new().fill(theme::palette().panel).inner_margin(Margin::same(margin))
}

fn bar(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    let frame = Frame::new().fill(theme::palette().panel).inner_margin(Margin::symmetric(16, 0));
    let position = played.told(desk.watch.is_some());
    let beside = top::fits(ui, desk, &position);
    Panel::top("top").exact_size(theme::TOP).frame(frame).show_separator_line(beside).show(ui, |ui| {
        top::show(ui, desk, played, beside, out);
    });
    if !beside {
        let frame = frame.inner_margin(Margin { bottom: 6, ..Margin::symmetric(16, 0) });
        Panel::top("figures").frame(frame).resizable(false).show(ui, |ui| top::below(ui, &position));
    }
}

/// The map with everything round it; panels fold where the window is too small for them.
fn play(ui: &mut Ui, desk: &Desk, played: &Played, layout: &Layout, out: &mut Vec<Action>) -> Option<Rect> {
    bar(ui, desk, played, out);
    let room = ui.available_size();
    let wide = room.x >= theme::LEFT + theme::RIGHT + 320.0;
    // Beside the plan of a small window a hint would stand in a column of a word or two.
    if !wide {
        hint::show(ui, desk, out);
    }
    if wide {
        Panel::left("share").exact_size(theme::LEFT).resizable(false).frame(side(theme::MARGIN)).show(
            ui,
            |ui| {
                share::show(ui, &played.told(desk.watch.is_some()));
            },
        );
    }
    let margin = if room.y < LOW { theme::MARGIN / 2 } else { theme::MARGIN };
    let right =
        Panel::right("plan").exact_size(theme::RIGHT.min(room.x)).resizable(false).frame(side(margin));
    if wide || desk.watch.is_none() {
        right.show(ui, |ui| {
            if desk.watch.is_some() {
                report::brief(ui, desk, played);
            } else {
                ui.add_enabled_ui(!desk.is_busy() && !played.is_resolving(), |ui| {
                    plan::show(ui, played, desk.tab, out);
                });
            }
        });
    }
    let told = played.told(desk.watch.is_some());
    if room.y >= 560.0 {
        Panel::bottom("news").exact_size(theme::NEWS).resizable(false).frame(side(theme::MARGIN)).show(
            ui,
            |ui| {
                news::show(ui, &told, &desk.news, out);
            },
        );
    }
    if wide {
        hint::show(ui, desk, out);
    }
    calendar::show(ui, &told);
    aims(ui, &told);
    if desk.watch.is_none() {
        warnings(ui, played);
    }
    let plan = (desk.watch.is_none() && !desk.is_busy() && !played.is_resolving()).then_some(played);
    let map = over_map(ui, desk, &told, plan, layout, out);
    // In the frame in which another match comes the map is still that of the last.
    if let Some(map) = map.filter(|map| layout.is_of(&told, map.size())) {
        deeds::show(ui, desk, played, layout, map);
    }
    if let Some((map, plan)) = map.zip(plan) {
        waiting::cards(ui, plan, layout, map, out);
    }
    map
}

/// A match that is watched: its turns below, what everybody ordered at the right.
fn watch(
    ui: &mut Ui,
    desk: &Desk,
    viewing: &Viewing,
    layout: &Layout,
    out: &mut Vec<Action>,
) -> Option<Rect> {
    let position = viewing.showing.position();
    let frame = Frame::new().fill(theme::palette().panel).inner_margin(Margin::symmetric(16, 0));
    Panel::top("watched").exact_size(theme::TOP).frame(frame).show(ui, |ui| watched::bar(ui, viewing, out));
    Panel::bottom("timeline").exact_size(theme::TIMELINE).frame(frame).resizable(false).show(ui, |ui| {
        timeline::show(ui, desk.settings.speed, viewing, out);
    });
    let room = ui.available_size();
    let (left, right) = (Panel::left("share"), Panel::right("orders"));
    if room.x >= theme::LEFT + theme::RIGHT + 320.0 {
        let left = left.exact_size(theme::LEFT).resizable(false).frame(side(theme::MARGIN));
        left.show(ui, |ui| share::show(ui, position));
    }
    let wide = theme::RIGHT.min(0.5 * room.x);
    let right = right.exact_size(wide).resizable(false).frame(side(theme::MARGIN));
    right.show(ui, |ui| watched::orders(ui, position));
    if room.y >= 560.0 {
        let news = Panel::bottom("news").exact_size(theme::NEWS).resizable(false).frame(side(theme::MARGIN));
        news.show(ui, |ui| news::show(ui, position, &desk.news, out));
    }
    if position.person().is_some() {
        aims(ui, position);
    }
    over_map(ui, desk, position, None, layout, out)
}

/// What lies over the map, where there is room for one; where it is.
fn over_map(
    ui: &mut Ui,
    desk: &Desk,
    position: &Position,
    plan: Option<&Played>,
    layout: &Layout,
    out: &mut Vec<Action>,
) -> Option<Rect> {
    let place = ui.available_rect_before_wrap();
    if !layout::fits(place) {
        return None;
    }
    let mut over = ui.new_child(UiBuilder::new().max_rect(place));
    if layout.is_of(position, place.size()) {
        map::show(&mut over, desk, position, plan, layout, out);
    }
    Some(place)
}

/// How far the objectives are of the seat that is looked at, where there is room.
fn aims(ui: &mut Ui, position: &Position) {
    if !objectives::standing(position).is_empty() && ui.available_height() >= 200.0 {
        let frame = Frame::new().fill(theme::palette().faint).inner_margin(Margin::symmetric(16, 6));
        let strip = Panel::top("objectives").resizable(false).show_separator_line(false).frame(frame);
        strip.show(ui, |ui| objectives::strip(ui, position, Beside::Nothing));
    }
}

/// What is going wrong, if anything is.
fn warnings(ui: &mut Ui, played: &Played) {
    let position = &played.position;
    if played.advice.is_empty() || ui.available_height() < 200.0 {
        return;
    }
    let frame = Frame::new().fill(theme::palette().faint).inner_margin(Margin::symmetric(16, 4));
    let strip = Panel::top("advice").resizable(false).show_separator_line(false).frame(frame);
    strip.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for line in &played.advice {
            let text = format!("! {}", words::advice(&position.level, position.me, line));
            ui.add(Label::new(theme::small(text).color(theme::palette().warn)).wrap());
        }
    });
}
