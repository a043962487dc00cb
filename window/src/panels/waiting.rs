//! What waits for the player: a card for each over the map, and a number on the tab on which it is answered.

use bevy_egui::egui::{
    Align, CornerRadius, FontId, Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType,
    pos2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use crate::desk::{Action, Played, Tab};
use crate::scene::layout::{Garden, Layout};
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Waiting, answered, waiting};

/// Size of a card, how far it is from the edge of the map and from the next, and how many there are at most.
const WIDE: f32 = 240.0;
const HIGH: f32 = 46.0;
const EDGE: f32 = 14.0;
const APART: f32 = 6.0;
/// Room in a card before what it says, for a mark before it, and after it.
const LEFT: f32 = 14.0;
const MARK: f32 = 20.0;
const RIGHT: f32 = 12.0;
/// Height of the line that says how many more there are.
const MORE: f32 = 18.0;
/// Height of what is told in the upper left corner of the map, and of what lines mean at its bottom.
const COMMONS: f32 = 34.0;
const LEGEND: f32 = 20.0;
/// How much more the player's own garden counts than another's.
const OWN: f32 = 10.0;
const MOST: usize = 4;
/// Width of a map that has room for them.
const ROOM: f32 = 420.0;

/// How much waits on a tab.
pub(super) fn count(played: &Played, tab: Tab) -> usize {
    open(played).iter().filter(|one| Tab::answering(one) == Some(tab)).count()
}

/// What waits, and the plan does not answer yet.
fn open(played: &Played) -> Vec<Waiting> {
    let all = waiting(&played.position).into_iter();
    all.filter(|one| !answered(&played.position, one, played.draft.orders())).collect()
}

/// The cards, in the corner of the map where they hide least of gardens.
pub fn cards(ui: &Ui, played: &Played, layout: &Layout, map: Rect, out: &mut Vec<Action>) {
    let all = open(played);
    if all.is_empty() || map.width() < ROOM {
        return;
    }
    let fit = ((map.height() - 2.0 * EDGE) / (HIGH + APART)) as usize;
    let shown = all.len().min(MOST).min(fit);
    // No wider than what they say: they lie over gardens.
    let wide = |one: &Waiting| {
        let (what, when) = words::waits(&played.position.view.level, one, played.position.view.turn);
        let title = widgets::wide(ui, &what, &FontId::new(13.0, theme::semibold()));
        (LEFT + MARK + title.max(widgets::wide(ui, &when, &FontId::proportional(12.0))) + RIGHT).min(WIDE)
    };
    let width = all.iter().take(shown).map(wide).fold(0.0, f32::max);
    let more = all.len() > shown && shown > 0;
    let high = shown as f32 * (HIGH + APART) + if more { MORE } else { 0.0 };
    let room = free(played, layout, map, vec2(width, high));
    for (place, one) in all.iter().take(shown).enumerate() {
        let corner = room.min + vec2(0.0, place as f32 * (HIGH + APART));
        if card(ui, played, one, Rect::from_min_size(corner, vec2(width, HIGH))) {
            seek(ui, one);
            out.push(Action::Answer(one.clone()));
        }
    }
    if more {
        let below = room.top() + shown as f32 * (HIGH + APART);
        let more = say!("waits-more", count = all.len() - shown);
        let galley = ui.painter().layout_no_wrap(more, FontId::proportional(12.0), theme::palette().text2);
        ui.painter().galley(pos2(room.right() - galley.size().x, below), galley, theme::palette().text2);
    }
}

/// Where on the map so much hides least of gardens, the player's own before all: the corners, the upper right one first.
fn free(played: &Played, layout: &Layout, map: Rect, size: Vec2) -> Rect {
    let inner = map.shrink(EDGE);
    let (right, bottom) = (inner.right() - size.x, inner.bottom() - size.y);
    // What lies outside the gardens is told in the upper left corner, and what lines mean below the map.
    let corners = [
        pos2(right, inner.top()),
        pos2(right, bottom - LEGEND),
        pos2(inner.left(), bottom - LEGEND),
        pos2(inner.left(), inner.top() + COMMONS),
    ];
    let hidden = |corner: Pos2| -> f32 {
        let place = Rect::from_min_size(corner, size);
        let of = |garden: &Garden| {
            // As the whole map is looked at: whoever goes nearer is not to see cards jump.
            let around =
                Rect::from_center_size(map.center() + garden.middle, Vec2::splat(2.0 * garden.radius));
            let both = place.intersect(around);
            let own = garden.platform == played.position.me;
            if both.is_positive() { both.area() * if own { OWN } else { 1.0 } } else { 0.0 }
        };
        layout.gardens.iter().map(of).sum()
    };
    let best = corners.into_iter().min_by(|one, other| hidden(*one).total_cmp(&hidden(*other)));
    Rect::from_min_size(best.unwrap_or(corners[0]), size)
}

/// A card; whether it was clicked.
fn card(ui: &Ui, played: &Played, waiting: &Waiting, place: Rect) -> bool {
    let p = theme::palette();
    let view = &played.position.view;
    let (what, when) = words::waits(&view.level, waiting, view.turn);
    let response = ui.interact(place, ui.id().with(("waits", &what, &when)), Sense::click());
    let label = format!("{what}, {when}");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &label));
    let urgent = waiting.lapses(view.turn);
    let fill = if response.hovered() { p.hover } else { p.raised };
    let line = if response.has_focus() { p.accent } else { p.stroke };
    let painter = ui.painter();
    painter.rect(place, CornerRadius::same(8), fill, Stroke::new(1.0, line), StrokeKind::Inside);
    let bar = Rect::from_min_size(place.min, vec2(4.0, HIGH));
    let side = CornerRadius { nw: 8, sw: 8, ..CornerRadius::ZERO };
    painter.rect_filled(bar, side, if urgent { p.warn } else { p.text2 });
    let with = match *waiting {
        Waiting::Offer { from } => Some(from),
        Waiting::RunsOut { with, .. } => Some(with),
        Waiting::Sale { service } => view.level.services[service].owner,
        Waiting::Decision { .. }
        | Waiting::Event { .. }
        | Waiting::Warning { .. }
        | Waiting::Probe { .. } => None,
    };
    let mut left = place.left() + LEFT;
    if let Some(with) = with {
        widgets::paint_mark(painter, pos2(left + 6.0, place.top() + 16.0), 6.0, with);
        left += MARK;
    }
    let text = |text: String, font: FontId, colour| {
        let mut job = LayoutJob::single_section(text, TextFormat::simple(font, colour));
        job.wrap = TextWrapping::truncate_at_width(place.right() - left - 10.0);
        painter.layout_job(job)
    };
    let title = text(what, FontId::new(13.0, theme::semibold()), p.text);
    painter.galley(pos2(left, place.top() + 7.0), title, p.text);
    let below = text(when, FontId::proportional(12.0), if urgent { p.warn } else { p.text2 });
    painter.galley(pos2(left, place.top() + 25.0), below, p.text2);
    response.on_hover_text(label).clicked()
}

fn sought() -> Id {
    Id::new("what waits and is sought")
}

/// Something that waits is to be brought into sight where it is answered.
fn seek(ui: &Ui, waiting: &Waiting) {
    ui.data_mut(|data| data.insert_temp(sought(), waiting.clone()));
}

/// Scrolls to what follows, where that is what was sought.
pub(super) fn find(ui: &Ui, waiting: &Waiting) {
    if ui.data(|data| data.get_temp::<Waiting>(sought())).as_ref() == Some(waiting) {
        ui.data_mut(|data| data.remove::<Waiting>(sought()));
        ui.scroll_to_cursor(Some(Align::TOP));
    }
}
