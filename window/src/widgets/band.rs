//! Bars: a part of a whole, and a band with what is now and what came.

use bevy_egui::egui::{Color32, CornerRadius, Painter, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::texts::say;
use crate::theme;
use walled_gardens_engine::level::Bound;
use walled_gardens_engine::play::Band;

/// A bar from the left, so much of it filled.
pub fn bar(ui: &mut Ui, width: f32, part: f64, colour: Color32) {
    let (place, _) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
    let rail = Rect::from_center_size(place.center(), vec2(width, 8.0));
    ui.painter().rect_filled(rail, CornerRadius::same(2), theme::palette().extreme);
    let filled = rail.with_max_x(rail.left() + width * part.clamp(0.0, 1.0) as f32);
    ui.painter().rect_filled(filled, CornerRadius::same(2), colour);
}

/// A bar from the middle, to the right for what is thought well of: from −1 to 1.
pub fn scale(ui: &mut Ui, width: f32, opinion: f64, colour: Color32) {
    let (place, _) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
    let rail = Rect::from_center_size(place.center(), vec2(width, 6.0));
    ui.painter().rect_filled(rail, CornerRadius::same(2), theme::palette().extreme);
    let (middle, end) = (rail.center().x, rail.center().x + 0.5 * width * opinion as f32);
    let filled = Rect::from_x_y_ranges(middle.min(end)..=middle.max(end), rail.y_range());
    ui.painter().rect_filled(filled, CornerRadius::ZERO, colour);
    let line = [pos2(middle, place.top() + 3.0), pos2(middle, place.bottom() - 3.0)];
    ui.painter().line_segment(line, Stroke::new(1.0, theme::palette().text2));
}

/// A bar from the left with lines across it that it may reach, and somewhat beyond the last of them.
pub fn gauge(ui: &mut Ui, width: f32, much: f64, lines: &[f64], colour: Color32) {
    let (place, _) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
    let rail = Rect::from_center_size(place.center(), vec2(width, 6.0));
    let most = lines.iter().fold(f64::MIN_POSITIVE, |most, line| most.max(*line)) * 1.25;
    let at = |much: f64| rail.left() + width * (much / most).clamp(0.0, 1.0) as f32;
    ui.painter().rect_filled(rail, CornerRadius::same(2), theme::palette().extreme);
    ui.painter().rect_filled(rail.with_max_x(at(much)), CornerRadius::same(2), colour);
    for &line in lines {
        let ends = [pos2(at(line), place.top() + 3.0), pos2(at(line), place.bottom() - 3.0)];
        ui.painter().line_segment(ends, Stroke::new(1.0, theme::palette().text2));
    }
}

/// Where a band, what is now and what came lie on a common scale.
pub fn band(ui: &mut Ui, width: f32, now: Option<f64>, band: &Band, found: Option<f64>) {
    marked(ui, width, now, band, found, &[]);
}

/// Where a band and what is now lie, and what is wanted: a line at each end of it.
pub fn band_and_bounds(ui: &mut Ui, width: f32, now: f64, band: &Band, bound: Bound) {
    let ends = match bound {
        Bound::AtLeast(end) | Bound::AtMost(end) => vec![end],
        Bound::Within(low, high) => vec![low, high],
    };
    marked(ui, width, Some(now), band, None, &ends);
}

fn marked(ui: &mut Ui, width: f32, now: Option<f64>, band: &Band, found: Option<f64>, ends: &[f64]) {
    let (place, response) = ui.allocate_exact_size(vec2(width, 24.0), Sense::hover());
    response.on_hover_ui(|ui| band_meaning(ui, now.is_some(), found.is_some(), !ends.is_empty()));
    let marks = [now, found].into_iter().flatten().chain([band.low, band.high]).chain(ends.iter().copied());
    let (least, most) = marks.fold((f64::MAX, f64::MIN), |(a, b), x| (a.min(x), b.max(x)));
    let span = (most - least).max(1e-12);
    let at = |x: f64| {
        let part = 0.08 + 0.84 * ((x - least) / span) as f32;
        pos2(place.left() + part * width, place.center().y)
    };
    let painter = ui.painter();
    painter.hline(place.x_range(), place.center().y, Stroke::new(1.0, theme::palette().stroke));
    let shade = theme::mix(theme::palette().accent, 0.4, theme::palette().raised);
    let inside = Rect::from_x_y_ranges(
        at(band.low).x..=at(band.high).x,
        place.center().y - 5.0..=place.center().y + 5.0,
    );
    painter.rect_filled(inside, CornerRadius::same(2), shade);
    let middle = Rect::from_center_size(at(band.middle), vec2(3.0, 12.0));
    painter.rect_filled(middle, CornerRadius::same(1), theme::palette().accent);
    if let Some(now) = now {
        painter.circle(at(now), 4.0, theme::palette().panel, Stroke::new(1.5, theme::palette().text));
    }
    if let Some(found) = found {
        let colour = match found {
            _ if found > band.high => theme::palette().good,
            _ if found < band.low => theme::palette().bad,
            _ => theme::palette().text,
        };
        painter.circle_filled(at(found), 5.0, colour);
    }
    for &end in ends {
        let line = [at(end) - vec2(0.0, 9.0), at(end) + vec2(0.0, 9.0)];
        painter.line_segment(line, Stroke::new(2.0, theme::palette().good));
    }
}

/// What the marks of a band mean.
fn band_meaning(ui: &mut Ui, now: bool, found: bool, ends: bool) {
    let shade = theme::mix(theme::palette().accent, 0.4, theme::palette().raised);
    let mut line = |text: String, draw: &dyn Fn(&Painter, Pos2)| {
        ui.horizontal(|ui| {
            let (place, _) = ui.allocate_exact_size(vec2(22.0, 16.0), Sense::hover());
            draw(ui.painter(), place.center());
            ui.label(theme::small(text));
        });
    };
    line(say!("band-wide"), &|painter, at| {
        painter.rect_filled(Rect::from_center_size(at, vec2(20.0, 10.0)), CornerRadius::same(2), shade);
    });
    line(say!("band-middle"), &|painter, at| {
        let mark = Rect::from_center_size(at, vec2(3.0, 12.0));
        painter.rect_filled(mark, CornerRadius::same(1), theme::palette().accent);
    });
    if now {
        line(say!("band-now"), &|painter, at| {
            painter.circle(at, 4.0, theme::palette().panel, Stroke::new(1.5, theme::palette().text));
        });
    }
    if found {
        line(say!("band-found"), &|painter, at| {
            painter.circle_filled(at, 5.0, theme::palette().text);
        });
    }
    if ends {
        line(say!("band-wanted"), &|painter, at| {
            let line = [at - vec2(0.0, 8.0), at + vec2(0.0, 8.0)];
            painter.line_segment(line, Stroke::new(2.0, theme::palette().good));
        });
    }
}
