//! Marks: a platform's, and a line round what is chosen.

use bevy_egui::egui::{CornerRadius, Painter, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, vec2};

use crate::theme;

/// Fills a platform's mark.
pub fn paint_mark(painter: &Painter, middle: Pos2, size: f32, platform: usize) {
    let outline = theme::platform_outline(platform);
    let count = if outline.corners == 0 { 24 } else { outline.corners as usize };
    let corner = |point: usize| {
        let angle = outline.turn + point as f32 / count as f32 * std::f32::consts::TAU;
        let reach = if outline.corners == 4 { 1.1 } else { 1.0 };
        middle + Vec2::new(angle.cos(), -angle.sin()) * size * reach
    };
    painter.add(Shape::convex_polygon(
        (0..count).map(corner).collect(),
        theme::colour(platform),
        Stroke::NONE,
    ));
}

/// A platform's mark in a line of text.
pub fn mark(ui: &mut Ui, platform: usize) {
    let (place, _) = ui.allocate_exact_size(vec2(16.0, 20.0), Sense::hover());
    paint_mark(ui.painter(), place.center(), 6.5, platform);
}

/// A line round something chosen.
pub fn ring(ui: &Ui, place: Rect) {
    ui.painter().rect_stroke(
        place,
        CornerRadius::same(6),
        Stroke::new(2.0, theme::palette().accent),
        StrokeKind::Inside,
    );
}
