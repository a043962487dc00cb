//! What lies over any screen: windows, one at a time, and messages.

use bevy_egui::egui::{self, Context, Frame, Margin, ScrollArea, Stroke, Window};

use super::desk::{Action, Desk, Overlay};
use super::panels::{encyclopedia, explorer, help, news, offer, saves, settings};
use super::texts::say;
use super::{theme, widgets};

/// How high a window over the screen is at most, where it stays as large as it is.
const TALLEST: f32 = 700.0;
/// How far below the top of the screen windows hang, and what is left free below them.
const TOP: f32 = 24.0;
const BELOW: f32 = 86.0;
/// From this height on windows hang below the header of a match, and so much is left free below them.
const HIGH: f32 = 700.0;
const BELOW_HEADER: f32 = 60.0;
/// The same where the screen is lower than this.
const LOW: f32 = 400.0;
const TOP_OF_LOW: f32 = 8.0;
const BELOW_LOW: f32 = 16.0;

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
    if let Some(notice) = &desk.notice {
        passing(context, &notice.text);
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
        Overlay::Saves => 720.0,
        _ => 460.0,
    };
    let width = (context.content_rect().width() - 80.0).min(usual);
    let screen = context.content_rect().height();
    // What a company has stays in sight while an offer is weighed.
    let header = if desk.position().is_some() && screen >= HIGH { theme::TOP } else { 0.0 };
    let (top, below) = match screen {
        _ if screen < LOW => (TOP_OF_LOW, BELOW_LOW),
        _ if header > 0.0 => (header + TOP_OF_LOW, BELOW_HEADER),
        _ => (TOP, BELOW),
    };
    let high = screen - top - below;
    let window = Window::new(title).open(&mut open).collapsible(false).resizable(false);
    // What has several pages, or is told anew while something in it is drawn, stays as large as it is.
    let fills = matches!(overlay, Overlay::Market | Overlay::Encyclopedia | Overlay::Offer | Overlay::News);
    let window = if fills {
        window.fixed_size([width, high.min(TALLEST)])
    } else {
        window.default_height(high).min_width(width).max_width(width)
    };
    // It hangs from the top: what changes in it moves nothing above, and nothing under the pointer.
    window.anchor(egui::Align2::CENTER_TOP, [0.0, top]).show(context, |ui| {
        if let (Overlay::News, Some(position)) = (overlay, desk.position()) {
            // It scrolls by itself: what is not seen is not drawn.
            return news::all(ui, position, &desk.news, out);
        }
        // Tables of a market are as wide as they are.
        let area = if overlay == Overlay::Market { ScrollArea::both() } else { ScrollArea::vertical() };
        // Whatever is opened is opened at its top.
        let area = area.id_salt(opened(context, overlay));
        area.auto_shrink([false, !fills]).show(ui, |ui| match overlay {
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

/// How often a window has been opened, or come to the front, so far.
fn opened(context: &Context, overlay: Overlay) -> u64 {
    let frame = context.cumulative_frame_nr();
    context.data_mut(|data| {
        let (shown, seen, count) =
            data.get_temp_mut_or(egui::Id::new("window over the screen"), (overlay, frame, 0_u64));
        if *shown != overlay || *seen + 1 < frame {
            *count += 1;
        }
        (*shown, *seen) = (overlay, frame);
        *count
    })
}

/// What went well, for as long as it takes to read it; it takes no click.
fn passing(context: &Context, notice: &str) {
    let area = egui::Area::new("notice".into()).anchor(egui::Align2::RIGHT_BOTTOM, [-16.0, -16.0]);
    area.order(egui::Order::Foreground).interactable(false).show(context, |ui| {
        let stroke = Stroke::new(1.0, theme::palette().stroke);
        let frame = Frame::new().fill(theme::palette().raised).stroke(stroke).corner_radius(8);
        frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.set_max_width((context.content_rect().width() - 80.0).min(420.0));
            ui.label(theme::small(notice).color(theme::palette().text));
        });
    });
    // It goes though nobody moves.
    context.request_repaint_after(std::time::Duration::from_millis(250));
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
    // Where there is no room below a window it lies over it.
    area.order(egui::Order::Foreground).show(context, |ui| {
        frame.inner_margin(Margin::same(12)).show(ui, |ui| {
            // As wide as it needs, but never wider than the window leaves it beside its button.
            let most = (context.content_rect().width() - 230.0).clamp(160.0, 720.0);
            let font = egui::TextStyle::Body.resolve(ui.style());
            let line = ui.painter().layout(message.to_owned(), font, theme::palette().text, most);
            ui.horizontal(|ui| {
                ui.label(theme::strong("!").color(theme::palette().warn));
                // One that is longer than the window is high is scrolled, and its button stays in sight.
                let high = line.size().y.min(0.5 * context.content_rect().height());
                let down = egui::Layout::top_down(egui::Align::Min);
                ui.allocate_ui_with_layout(egui::vec2(line.size().x + 1.0, high), down, |ui| {
                    let area = ScrollArea::vertical().max_height(high).min_scrolled_height(0.0);
                    area.show(ui, |ui| ui.label(message));
                });
                if widgets::keyed(ui, &say!("dismiss"), "Esc", true).clicked() {
                    out.push(Action::Dismiss);
                }
            });
        });
    });
}
