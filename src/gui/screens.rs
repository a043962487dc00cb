//! The whole window: one function of the desk, so that tests can play it without a window.

use bevy_egui::egui::{
    self, CentralPanel, Context, Frame, Key, Margin, Modifiers, Panel, Rect, ScrollArea, Stroke, Ui,
    UiBuilder, Window,
};

use super::desk::{Action, Desk, Overlay, Played, Screen, Tab, Viewing};
use super::panels::{
    briefing, browser, end, help, hint, map, news, objectives, offer, plan, report, saves, settings, share,
    timeline, top, watched,
};
use super::scene::layout::{self, Layout};
use super::texts::say;
use super::{theme, widgets};
use crate::play::Position;

/// Draws the desk; where the map is, if one is shown. `layout` is that of the map as it is drawn.
pub fn show(ui: &mut Ui, desk: &mut Desk, layout: &Layout) -> Option<Rect> {
    let mut actions = Vec::new();
    keys(ui, desk, &mut actions);
    let mut map = None;
    match (desk.screen, desk.played.take()) {
        (Screen::Play, Some(played)) => {
            map = play(ui, desk, &played, layout, &mut actions);
            desk.played = Some(played);
        }
        (Screen::Report, Some(played)) => {
            bar(ui, desk, &played, &mut actions);
            hint::show(ui, desk, &mut actions);
            page(ui, |ui| report::show(ui, desk, &played, &mut actions));
            desk.played = Some(played);
        }
        (Screen::End, Some(played)) => {
            page(ui, |ui| end::show(ui, desk, &played, &mut actions));
            desk.played = Some(played);
        }
        (Screen::Watch, played) => {
            desk.played = played;
            if let Some(viewing) = desk.viewing.take() {
                map = watch(ui, desk, &viewing, layout, &mut actions);
                desk.viewing = Some(viewing);
            }
        }
        (Screen::Briefing, played) => {
            desk.played = played;
            hint::show(ui, desk, &mut actions);
            page(ui, |ui| briefing::show(ui, desk, &mut actions));
        }
        (_, played) => {
            desk.played = played;
            hint::show(ui, desk, &mut actions);
            page(ui, |ui| browser::show(ui, desk, &mut actions));
        }
    }
    hint::ring(ui, desk);
    over(ui.ctx(), desk, &mut actions);
    actions.into_iter().for_each(|action| desk.act(action));
    map
}

fn page(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let frame = Frame::new().fill(theme::GROUND).inner_margin(Margin::symmetric(32, 24));
    CentralPanel::default().frame(frame).show(ui, contents);
}

fn side(margin: i8) -> Frame {
    Frame::new().fill(theme::PANEL).inner_margin(Margin::same(margin))
}

fn bar(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    let frame = Frame::new().fill(theme::PANEL).inner_margin(Margin::symmetric(16, 0));
    Panel::top("top").exact_size(theme::TOP).frame(frame).show(ui, |ui| top::show(ui, desk, played, out));
}

/// The map with everything round it; panels fold where the window is too small for them.
fn play(ui: &mut Ui, desk: &Desk, played: &Played, layout: &Layout, out: &mut Vec<Action>) -> Option<Rect> {
    bar(ui, desk, played, out);
    let room = ui.available_size();
    let wide = room.x >= theme::LEFT + theme::RIGHT + 320.0;
    if wide {
        Panel::left("share").exact_size(theme::LEFT).resizable(false).frame(side(theme::MARGIN)).show(
            ui,
            |ui| {
                share::show(ui, &played.position);
            },
        );
    }
    let right =
        Panel::right("plan").exact_size(theme::RIGHT.min(room.x)).resizable(false).frame(side(theme::MARGIN));
    if wide || desk.watch.is_none() {
        right.show(ui, |ui| {
            if desk.watch.is_some() {
                report::brief(ui, played);
            } else {
                ui.add_enabled_ui(!desk.is_busy(), |ui| plan::show(ui, played, desk.tab, out));
            }
        });
    }
    if room.y >= 560.0 {
        Panel::bottom("news").exact_size(theme::NEWS).resizable(false).frame(side(theme::MARGIN)).show(
            ui,
            |ui| {
                news::show(ui, &played.position, &desk.news, out);
            },
        );
    }
    above_map(ui, desk, played, out);
    over_map(ui, desk, &played.position, layout)
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
    let frame = Frame::new().fill(theme::PANEL).inner_margin(Margin::symmetric(16, 0));
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
    over_map(ui, desk, position, layout)
}

/// What lies over the map, where there is room for one; where it is.
fn over_map(ui: &mut Ui, desk: &Desk, position: &Position, layout: &Layout) -> Option<Rect> {
    let place = ui.available_rect_before_wrap();
    if !layout::fits(place) {
        return None;
    }
    let mut over = ui.new_child(UiBuilder::new().max_rect(place));
    if layout.size == place.size() {
        map::show(&mut over, desk, position, layout);
    }
    Some(place)
}

/// What is said above the map: what a newcomer is to do, and how far the objectives are.
fn above_map(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    hint::show(ui, desk, out);
    if !objectives::standing(played).is_empty() && ui.available_height() >= 200.0 {
        let frame = Frame::new().fill(theme::FAINT).inner_margin(Margin::symmetric(16, 6));
        let strip = Panel::top("objectives").resizable(false).show_separator_line(false).frame(frame);
        strip.show(ui, |ui| objectives::strip(ui, played));
    }
}

/// Windows over the screen, and messages.
fn over(context: &Context, desk: &Desk, out: &mut Vec<Action>) {
    if let Some(overlay) = desk.overlay {
        let title = match overlay {
            Overlay::Help => say!("keys"),
            Overlay::Settings => say!("settings"),
            Overlay::Saves => say!("menu"),
            Overlay::Offer => say!("offer-title"),
            Overlay::News => say!("news"),
        };
        let mut open = true;
        let large = matches!(overlay, Overlay::Offer | Overlay::News);
        let usual = if large { 760.0 } else { 460.0 };
        let width = (context.content_rect().width() - 80.0).min(usual);
        let high = context.content_rect().height() - 110.0;
        let window =
            Window::new(title).open(&mut open).collapsible(false).resizable(false).default_width(width);
        // What is composed is to be seen whole.
        let window = if large { window.default_height(high) } else { window };
        window.anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0]).show(context, |ui| {
            if let (Overlay::News, Some(position)) = (overlay, desk.position()) {
                // It scrolls by itself: what is not seen is not drawn.
                return news::all(ui, position, &desk.news, out);
            }
            ScrollArea::vertical().show(ui, |ui| match overlay {
                Overlay::Help => help::show(ui),
                Overlay::Settings => settings::show(ui, &desk.settings, out),
                Overlay::Saves => saves::show(ui, desk, out),
                Overlay::Offer => offer::show(ui, desk, out),
                Overlay::News => {}
            });
        });
        if !open {
            out.push(Action::Over(None));
        }
    }
    if desk.is_opening() {
        let area = egui::Area::new("opening".into()).anchor(egui::Align2::CENTER_TOP, [0.0, 72.0]);
        area.show(context, |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.label(say!("opening-market"));
                });
            });
        });
    }
    if let Some(message) = &desk.message {
        let frame = Frame::new().fill(theme::RAISED).stroke(Stroke::new(1.0, theme::WARN)).corner_radius(8);
        let area = egui::Area::new("message".into()).anchor(egui::Align2::CENTER_BOTTOM, [0.0, -20.0]);
        area.show(context, |ui| {
            frame.inner_margin(Margin::same(12)).show(ui, |ui| {
                // As wide as it needs, but never wider than the window leaves it beside its button.
                let most = (context.content_rect().width() - 230.0).clamp(160.0, 720.0);
                let font = egui::TextStyle::Body.resolve(ui.style());
                let line = ui.painter().layout(message.clone(), font, theme::TEXT, most);
                ui.horizontal(|ui| {
                    ui.label(theme::strong("!").color(theme::WARN));
                    let size = line.size() + egui::vec2(1.0, 0.0);
                    let down = egui::Layout::top_down(egui::Align::Min);
                    ui.allocate_ui_with_layout(size, down, |ui| ui.label(message));
                    if widgets::keyed(ui, &say!("dismiss"), "Esc", true).clicked() {
                        out.push(Action::Dismiss);
                    }
                });
            });
        });
    }
}

/// Keys of the tabs, in their order.
const TAB_KEYS: [Key; Tab::ALL.len()] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];

/// Every key does what a button does.
fn keys(ui: &Ui, desk: &Desk, out: &mut Vec<Action>) {
    let press = |modifiers, key| widgets::pressed(ui, modifiers, key);
    let (none, control) = (Modifiers::NONE, Modifiers::COMMAND);
    if press(none, Key::F1) {
        let shown = desk.overlay == Some(Overlay::Help);
        out.push(Action::Over((!shown).then_some(Overlay::Help)));
    }
    if press(control, Key::L) {
        out.push(Action::Over(Some(Overlay::Saves)));
    }
    if press(control, Key::S) {
        out.push(Action::Save);
    }
    if press(none, Key::Escape) {
        out.push(match (&desk.message, desk.overlay, desk.screen) {
            (Some(_), ..) => Action::Dismiss,
            (_, Some(_), _) => Action::Over(None),
            (.., Screen::Briefing) => Action::Go(Screen::Browser),
            (.., Screen::Browser) => return,
            (.., Screen::Watch) => Action::Go(desk.viewing.as_ref().map_or(Screen::Browser, |v| v.back)),
            _ => Action::Over(Some(Overlay::Saves)),
        });
    }
    if desk.overlay.is_some() || desk.is_busy() {
        return;
    }
    if press(none, Key::N) && desk.position().is_some() && desk.screen != Screen::Browser {
        out.push(Action::Over(Some(Overlay::News)));
    }
    // A focused button takes Enter and Space itself.
    let free = ui.ctx().memory(|memory| memory.focused()).is_none();
    let enter = free && press(none, Key::Enter);
    match desk.screen {
        Screen::Browser if enter => out.push(Action::Go(Screen::Briefing)),
        Screen::Briefing if enter => out.push(Action::Begin),
        Screen::Play if desk.watch.is_some() => {
            if enter || free && press(none, Key::Space) {
                out.push(Action::Skip);
            }
            if press(none, Key::S) {
                out.push(Action::Speed(next_speed(desk)));
            }
        }
        Screen::Play => {
            if enter {
                out.push(Action::EndTurn);
            }
            for (tab, key) in Tab::ALL.into_iter().zip(TAB_KEYS) {
                if press(none, key) {
                    out.push(Action::Tab(tab));
                }
            }
            if press(control, Key::Z) {
                out.push(Action::Undo);
            }
            if press(control, Key::Y) {
                out.push(Action::Redo);
            }
        }
        Screen::Report => {
            if enter {
                out.push(Action::Go(Screen::Play));
            }
            if press(none, Key::W) && !desk.settings.reduced_motion {
                out.push(Action::WatchAgain);
            }
            if press(none, Key::F) {
                out.push(Action::Weigh);
            }
        }
        Screen::End if enter => out.push(Action::Go(Screen::Browser)),
        Screen::Watch => watch_keys(ui, desk, free, out),
        _ => {}
    }
}

/// Keys of a match that is watched.
fn watch_keys(ui: &Ui, desk: &Desk, free: bool, out: &mut Vec<Action>) {
    let Some(viewing) = &desk.viewing else { return };
    let press = |key| widgets::pressed(ui, Modifiers::NONE, key);
    let (showing, turn) = (&viewing.showing, viewing.showing.turn());
    let turns = [
        (Key::ArrowLeft, turn.saturating_sub(1)),
        (Key::ArrowRight, turn + 1),
        (Key::Home, 0),
        (Key::End, showing.known()),
    ];
    for (key, turn) in turns {
        if press(key) {
            out.push(Action::Show(turn));
        }
    }
    if free && press(Key::Space) {
        out.push(Action::Pause);
    }
    if press(Key::S) {
        out.push(Action::Speed(next_speed(desk)));
    }
}

fn next_speed(desk: &Desk) -> f32 {
    if desk.settings.speed < 4.0 { desk.settings.speed * 2.0 } else { 1.0 }
}
