//! What lies over any screen: windows, one at a time, and messages.

use bevy_egui::egui::{self, Context, Frame, Margin, ScrollArea, Stroke, Window};

use super::desk::{Action, Desk, Overlay};
use super::panels::{encyclopedia, explorer, help, news, offer, saves, settings};
use super::texts::say;
use super::{theme, widgets};

/// How high a window over the screen is at most, where it stays as large as it is.
const TALLEST: f32 = 700.0;

/// Windows over the screen, and messages.
pub(super) fn show(context: &Context, desk: &Desk, out: &mut Vec<Action>) {
    if let Some(shown) = desk.overlay {
        overlay(context, desk, shown, out);
    }
    if desk.is_opening() {
        opening(context);
    }
    if let Some(text) = &desk.message {
        message(context, text, out);
    }
}

/// A window over the screen.
fn overlay(context: &Context, desk: &Desk, overlay: Overlay, out: &mut Vec<Action>) {
    let title = match overlay {
        Overlay::Help => say!("keys"),
        Overlay::Settings => say!("settings"),
        Overlay::Saves => say!("menu"),
        Overlay::Offer => say!("offer-title"),
        Overlay::Market => say!("explorer"),
        Overlay::Encyclopedia => say!("encyclopedia"),
        Overlay::News => say!("news"),
    };
    let mut open = true;
    let usual = match overlay {
        Overlay::Market => 1_400.0,
        Overlay::Encyclopedia => 860.0,
        Overlay::Offer | Overlay::News => 760.0,
        Overlay::Saves => 560.0,
        _ => 460.0,
    };
    let width = (context.content_rect().width() - 80.0).min(usual);
    let high = context.content_rect().height() - 110.0;
    let window = Window::new(title).open(&mut open).collapsible(false).resizable(false).default_width(width);
    // What is composed is to be seen whole.
    let window = match overlay {
        // What has several pages stays as large as it is.
        Overlay::Market | Overlay::Encyclopedia => window.fixed_size([width, high.min(TALLEST)]),
        _ => window.default_height(high),
    };
    window.anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0]).show(context, |ui| {
        if let (Overlay::News, Some(position)) = (overlay, desk.position()) {
            // It scrolls by itself: what is not seen is not drawn.
            return news::all(ui, position, &desk.news, out);
        }
        let fills = matches!(overlay, Overlay::Market | Overlay::Encyclopedia);
        // Tables of a market are as wide as they are.
        let area = if overlay == Overlay::Market { ScrollArea::both() } else { ScrollArea::vertical() };
        area.auto_shrink([!fills; 2]).show(ui, |ui| match overlay {
            Overlay::Help => help::show(ui, out),
            Overlay::Settings => settings::show(ui, &desk.settings, out),
            Overlay::Saves => saves::show(ui, desk, out),
            Overlay::Offer => offer::show(ui, desk, out),
            Overlay::Market => {
                if let Some(position) = desk.position() {
                    explorer::show(ui, position);
                }
            }
            Overlay::News => {}
            Overlay::Encyclopedia => encyclopedia::show(ui, desk, out),
        });
    });
    if !open {
        out.push(Action::Over(None));
    }
}

/// That a market is being opened, where that takes its time.
fn opening(context: &Context) {
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

/// What has to be said, until it is dismissed.
fn message(context: &Context, message: &str, out: &mut Vec<Action>) {
    let frame = Frame::new()
        .fill(theme::palette().raised)
        .stroke(Stroke::new(1.0, theme::palette().warn))
        .corner_radius(8);
    let area = egui::Area::new("message".into()).anchor(egui::Align2::CENTER_BOTTOM, [0.0, -20.0]);
    area.show(context, |ui| {
        frame.inner_margin(Margin::same(12)).show(ui, |ui| {
            // As wide as it needs, but never wider than the window leaves it beside its button.
            let most = (context.content_rect().width() - 230.0).clamp(160.0, 720.0);
            let font = egui::TextStyle::Body.resolve(ui.style());
            let line = ui.painter().layout(message.to_owned(), font, theme::palette().text, most);
            ui.horizontal(|ui| {
                ui.label(theme::strong("!").color(theme::palette().warn));
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
