//! A gate between two gardens, as it is drawn, priced and opened.

use bevy_egui::egui::{Button, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::desk::{Action, Played};
use crate::form;
use crate::texts::say;
use crate::theme;
use walled_gardens_engine::level::Level;
use walled_gardens_engine::level::services::ServiceKind;
use walled_gardens_engine::order::{Access, Order};

/// A price of a service, in its unit.
pub(super) fn asked(level: &Level, service: usize, price: f64) -> String {
    match level.services[service].kind {
        ServiceKind::Carrier(_) => say!("a-parcel", price = form::yuan(price)),
        ServiceKind::Wallet(_) => say!("of-payments", price = form::percent_to(price, 2)),
        ServiceKind::App(_) => say!("of-referred", price = form::percent_to(price, 2)),
    }
}

/// A gate: its shape says how far it is open, a dot below that it is used, a dashed line that it is being built.
pub(super) fn paint_gate(painter: &Painter, middle: Pos2, granted: Access, in_force: Access, building: bool) {
    let colour = match granted {
        Access::Blocked => theme::palette().weak,
        _ if in_force == granted => theme::palette().good,
        _ => theme::palette().accent,
    };
    let line = Stroke::new(2.0, colour);
    let at = |x: f32, y: f32| middle + vec2(x, y - 2.0);
    match granted {
        Access::Blocked => {
            for (row, shift) in [(-4.0, 0.0), (1.0, 4.5)] {
                for x in [-9.0 + shift, -0.5 + shift] {
                    let brick = Rect::from_min_size(at(x - shift * 0.5, row), vec2(7.0, 3.5));
                    painter.rect_filled(brick, CornerRadius::same(1), colour);
                }
            }
        }
        Access::Advert => {
            let board = Rect::from_min_max(at(-8.0, -7.0), at(8.0, 1.0));
            painter.rect_stroke(board, CornerRadius::same(1), line, StrokeKind::Inside);
            painter.line_segment([at(0.0, 1.0), at(0.0, 7.0)], line);
        }
        Access::Jump => {
            for x in [-6.0, 1.0] {
                painter.line_segment([at(x, -6.0), at(x + 5.0, 0.0)], line);
                painter.line_segment([at(x + 5.0, 0.0), at(x, 6.0)], line);
            }
        }
        Access::MiniProgram | Access::Native => {
            arch(painter, middle + vec2(0.0, -2.0), line);
            if granted == Access::MiniProgram {
                let shop = Rect::from_min_max(at(-2.5, 1.0), at(2.5, 7.0));
                painter.rect_filled(shop, CornerRadius::ZERO, colour);
            }
        }
    }
    if building {
        for x in [-7.0, -2.0, 3.0] {
            let dash = [middle + vec2(x, 10.0), middle + vec2(x + 3.5, 10.0)];
            painter.line_segment(dash, Stroke::new(2.0, theme::palette().warn));
        }
    } else if in_force > Access::Blocked {
        painter.circle_filled(middle + vec2(0.0, 10.0), 2.0, theme::palette().good);
    }
}

fn arch(painter: &Painter, middle: Pos2, line: Stroke) {
    let at = |x: f32, y: f32| pos2(middle.x + x, middle.y + y);
    let round = (0..=8).map(|step| {
        let angle = std::f32::consts::PI * (1.0 + step as f32 / 8.0);
        at(6.0 * angle.cos(), -1.0 + 6.0 * angle.sin())
    });
    let points: Vec<Pos2> =
        std::iter::once(at(-6.0, 7.0)).chain(round).chain(std::iter::once(at(6.0, 7.0))).collect();
    painter.line(points, line);
}

/// A button that puts an order on the plan, or takes it off again where it stands on it.
pub(super) fn toggle(
    ui: &mut Ui,
    played: &Played,
    name: &str,
    meaning: &str,
    order: Order,
    out: &mut Vec<Action>,
) {
    let planned = played.draft.pulled(&order) == Some(&order);
    let objection = if planned { None } else { played.objection(&order) };
    let response = ui.add_enabled(objection.is_none(), choice(planned, name));
    let response = response.on_disabled_hover_text(objection.unwrap_or_default());
    let response = if meaning.is_empty() { response } else { response.on_hover_text(meaning) };
    if response.clicked() {
        out.push(if planned { Action::Release(order) } else { Action::Order(order) });
    }
}

/// A button that stands out, with a line round it where it holds.
pub(super) fn choice(holds: bool, name: impl Into<String>) -> Button<'static> {
    let line = if holds {
        Stroke::new(1.5, theme::palette().accent)
    } else {
        Stroke::new(1.0, theme::palette().stroke)
    };
    let fill = if holds { theme::palette().selected } else { theme::palette().hover };
    Button::selectable(holds, name.into()).frame_when_inactive(true).fill(fill).stroke(line)
}
