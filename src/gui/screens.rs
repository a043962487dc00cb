//! The whole window: one function of the desk, so that tests can play it without a window.

use bevy_egui::egui::{
    self, CentralPanel, Context, Frame, Key, Margin, Modifiers, Panel, Rect, ScrollArea, Stroke, Ui,
    UiBuilder, Window,
};

use super::desk::{Action, Desk, Overlay, Played, Screen, Tab};
use super::panels::{
    briefing, browser, encyclopedia, end, explorer, help, hint, map, news, objectives, offer, plan, report,
    saves, settings, share, top,
};
use super::scene::layout::{self, Layout};
use super::texts::say;
use super::{articles, theme, widgets};
use crate::level::Level;

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
            page(ui, |ui| end::show(ui, &played, &mut actions));
            desk.played = Some(played);
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
    let frame = Frame::new().fill(theme::palette().ground).inner_margin(Margin::symmetric(32, 24));
    CentralPanel::default().frame(frame).show(ui, contents);
}

fn side(margin: i8) -> Frame {
    Frame::new().fill(theme::palette().panel).inner_margin(Margin::same(margin))
}

fn bar(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    let frame = Frame::new().fill(theme::palette().panel).inner_margin(Margin::symmetric(16, 0));
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
                share::show(ui, played);
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
                news::show(ui, played);
            },
        );
    }
    above_map(ui, desk, played, out);
    let place = ui.available_rect_before_wrap();
    if !layout::fits(place) {
        return None;
    }
    let mut over = ui.new_child(UiBuilder::new().max_rect(place));
    if layout.size == place.size() {
        map::show(&mut over, desk, played, layout);
    }
    Some(place)
}

/// What is said above the map: what a newcomer is to do, and how far the objectives are.
fn above_map(ui: &mut Ui, desk: &Desk, played: &Played, out: &mut Vec<Action>) {
    hint::show(ui, desk, out);
    if !objectives::standing(played).is_empty() && ui.available_height() >= 200.0 {
        let frame = Frame::new().fill(theme::palette().faint).inner_margin(Margin::symmetric(16, 6));
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
            Overlay::Market => say!("explorer"),
            Overlay::Encyclopedia => say!("encyclopedia"),
        };
        let mut open = true;
        let usual = match overlay {
            Overlay::Market => 1_400.0,
            Overlay::Encyclopedia => 860.0,
            Overlay::Offer => 760.0,
            _ => 460.0,
        };
        let width = (context.content_rect().width() - 80.0).min(usual);
        let high = context.content_rect().height() - 110.0;
        let window =
            Window::new(title).open(&mut open).collapsible(false).resizable(false).default_width(width);
        // What is composed is to be seen whole.
        let window = match overlay {
            // What has several pages stays as large as it is.
            Overlay::Market | Overlay::Encyclopedia => window.fixed_size([width, high.min(TALLEST)]),
            _ => window.default_height(high),
        };
        window.anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0]).show(context, |ui| {
            let fills = matches!(overlay, Overlay::Market | Overlay::Encyclopedia);
            // Tables of a market are as wide as they are.
            let area = if overlay == Overlay::Market { ScrollArea::both() } else { ScrollArea::vertical() };
            area.auto_shrink([!fills; 2]).show(ui, |ui| match overlay {
                Overlay::Help => help::show(ui, out),
                Overlay::Settings => settings::show(ui, &desk.settings, out),
                Overlay::Saves => saves::show(ui, desk, out),
                Overlay::Offer => offer::show(ui, desk, out),
                Overlay::Market => {
                    if let Some(played) = &desk.played {
                        explorer::show(ui, &played.position);
                    }
                }
                Overlay::Encyclopedia => encyclopedia::show(ui, desk, out),
            });
        });
        if !open {
            out.push(Action::Over(None));
        }
    }
    if let Some(message) = &desk.message {
        let frame = Frame::new()
            .fill(theme::palette().raised)
            .stroke(Stroke::new(1.0, theme::palette().warn))
            .corner_radius(8);
        let area = egui::Area::new("message".into()).anchor(egui::Align2::CENTER_BOTTOM, [0.0, -20.0]);
        area.show(context, |ui| {
            frame.inner_margin(Margin::same(12)).show(ui, |ui| {
                ui.set_max_width(560.0);
                ui.horizontal(|ui| {
                    ui.label(theme::strong("!").color(theme::palette().warn));
                    ui.label(message);
                    if widgets::keyed(ui, &say!("dismiss"), "Esc", true).clicked() {
                        out.push(Action::Dismiss);
                    }
                });
            });
        });
    }
}

/// How high a window over the screen is at most, where it stays as large as it is.
const TALLEST: f32 = 700.0;

/// The level that is played, or else the one that is chosen.
pub(super) fn level(desk: &Desk) -> Option<&Level> {
    let played = desk.played.as_ref().map(|played| &played.position.level);
    played.or(desk.chosen_level()).map(|level| &**level)
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
    if press(none, Key::F2) {
        out.push(match desk.overlay {
            Some(Overlay::Encyclopedia) => Action::Over(None),
            _ => Action::Read(widgets::topic_of(ui).and_then(|name| articles::find(level(desk), &name))),
        });
    }
    let looks_around = matches!(desk.screen, Screen::Play | Screen::Report | Screen::End);
    if looks_around && desk.played.is_some() && press(none, Key::M) {
        let shown = desk.overlay == Some(Overlay::Market);
        out.push(Action::Over((!shown).then_some(Overlay::Market)));
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
            _ => Action::Over(Some(Overlay::Saves)),
        });
    }
    if desk.overlay.is_some() || desk.is_busy() {
        return;
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
                let next = if desk.settings.speed < 4.0 { desk.settings.speed * 2.0 } else { 1.0 };
                out.push(Action::Speed(next));
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
        _ => {}
    }
}
