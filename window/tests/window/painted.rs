//! What is really to be read on the screen, where labels alone would tell what is meant.

use bevy_egui::egui::epaint::{ClippedShape, Shape, TextShape};
use bevy_egui::egui::{Rect, Vec2};
use egui_kittest::Harness;

use super::Window;

/// A text as it is painted: what is left of it where it is cut, and where it is.
pub struct Painted {
    pub text: String,
    pub place: Rect,
    /// Whether some of it lies beyond what is shown of its panel.
    pub hidden: bool,
}

/// Every text that is painted within a window of a size, from the top to the bottom of what is drawn.
pub fn painted(harness: &Harness<Window>, size: Vec2) -> Vec<Painted> {
    let screen = Rect::from_min_size(Default::default(), size);
    let mut texts = Vec::new();
    for ClippedShape { clip_rect, shape } in &harness.output().shapes {
        collect(shape, clip_rect.intersect(screen), &mut texts);
    }
    texts
}

fn collect(shape: &Shape, clip: Rect, out: &mut Vec<Painted>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, out)),
        Shape::Text(TextShape { pos, galley, .. }) => {
            let text: String = galley
                .rows
                .iter()
                .flat_map(|row| row.glyphs.iter().map(|glyph| glyph.chr).chain([' ']))
                .collect();
            let place = galley.rect.translate(pos.to_vec2());
            if clip.intersects(place) {
                let hidden = !clip.expand(1.0).contains_rect(place);
                out.push(Painted { text: text.trim().to_owned(), place, hidden });
            }
        }
        _ => {}
    }
}

/// Whether a text is painted whole.
pub fn is_read(harness: &Harness<Window>, size: Vec2, wanted: &str) -> bool {
    painted(harness, size).iter().any(|painted| painted.text.contains(wanted) && !painted.hidden)
}
