//! What rivals did in a month, told over their gardens while people walk: the weightiest last.

use std::sync::Arc;

use bevy_egui::egui::{
    CornerRadius, FontId, Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, vec2,
};

use crate::desk::{Desk, Played, WALK};
use crate::scene::layout::Layout;
use crate::{theme, words};
use walled_gardens_engine::play::headlines;

/// Deeds that are told at most, and how wide a line of them is.
const MOST: usize = 5;
const WIDE: f32 = 176.0;
/// How far below the middle of its garden a deed stands, so that the plaque is read too.
const BELOW: f32 = 26.0;
/// The first and the last part of the walk in which a deed appears, and the part in which it fades in.
const BETWEEN: [f32; 2] = [0.1, 0.75];
const FADE: f32 = 0.06;

/// Deeds of a month, by company, the weightiest last.
type Deeds = Arc<Vec<(usize, String)>>;

/// Draws them over the map, as far as the walk has come.
pub fn show(ui: &Ui, desk: &Desk, played: &Played, layout: &Layout, map: Rect) {
    let Some(watch) = desk.watch else { return };
    let all = deeds(ui, played);
    let part = if desk.settings.reduced_motion { 1.0 } else { watch.clock / WALK };
    for (place, (by, text)) in all.iter().enumerate() {
        let from =
            BETWEEN[0] + (BETWEEN[1] - BETWEEN[0]) * place as f32 / all.len().max(2).saturating_sub(1) as f32;
        let shown = ((part - from) / FADE).clamp(0.0, 1.0);
        if let Some(garden) = layout.gardens.get(*by).filter(|_| shown > 0.0) {
            let at = desk.look.at(map, garden.middle) + vec2(0.0, BELOW);
            bubble(ui, map, at, *by, text, shown);
        }
    }
}

/// What rivals did in the last month, one deed of each: worked out once a month, and kept by egui.
fn deeds(ui: &Ui, played: &Played) -> Deeds {
    let position = &played.position;
    let month = (position.number, position.played());
    let id = Id::new("deeds of the month");
    if let Some((_, deeds)) =
        ui.data(|data| data.get_temp::<((u64, u32), Deeds)>(id)).filter(|(known, _)| *known == month)
    {
        return deeds;
    }
    let mut all: Vec<(usize, String)> = Vec::new();
    for headline in headlines(position) {
        let Some(by) = headline.story.by().filter(|&by| position.person() != Some(by)) else { continue };
        if all.iter().all(|(known, _)| *known != by) {
            all.push((by, words::story(&position.level, position.person(), &headline.story)));
        }
    }
    all.truncate(MOST);
    all.reverse();
    let deeds = Arc::new(all);
    ui.data_mut(|data| data.insert_temp(id, (month, Arc::clone(&deeds))));
    deeds
}

fn bubble(ui: &Ui, map: Rect, at: Pos2, by: usize, text: &str, shown: f32) {
    let p = theme::palette();
    let galley =
        ui.painter().layout(text.to_owned(), FontId::proportional(12.0), p.text.gamma_multiply(shown), WIDE);
    let size = galley.size() + Vec2::new(16.0, 10.0);
    let mut place = Rect::from_min_size(at - vec2(0.5 * size.x, 0.0), size);
    // Nothing of it lies beyond the map.
    let inside = map.shrink(4.0);
    place = place.translate(vec2(
        (inside.left() - place.left()).max(0.0) - (place.right() - inside.right()).max(0.0),
        (inside.top() - place.top()).max(0.0) - (place.bottom() - inside.bottom()).max(0.0),
    ));
    let line = Stroke::new(1.5, theme::colour(by).gamma_multiply(shown));
    let painter = ui.painter().with_clip_rect(map);
    painter.rect(
        place,
        CornerRadius::same(6),
        p.ground.gamma_multiply(0.92 * shown),
        line,
        StrokeKind::Inside,
    );
    painter.galley(place.min + vec2(8.0, 5.0), galley, p.text);
    let response = ui.interact(place, Id::new(("deed", by)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
}
