//! What waits for the player: a card for each over the map, and a number on the tab on which it is answered.

use bevy_egui::egui::{
    Align, CornerRadius, FontId, Id, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use crate::desk::{Action, Played, Tab};
use crate::texts::say;
use crate::{theme, widgets, words};
use walled_gardens_engine::play::{Waiting, answered, waiting};

/// Size of a card, how far it is from the edge of the map and from the next, and how many there are at most.
const WIDE: f32 = 240.0;
const HIGH: f32 = 46.0;
const EDGE: f32 = 14.0;
const APART: f32 = 6.0;
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

/// The cards, in the upper right corner of the map.
pub fn cards(ui: &Ui, played: &Played, map: Rect, out: &mut Vec<Action>) {
    let all = open(played);
    if all.is_empty() || map.width() < ROOM {
        return;
    }
    let fit = ((map.height() - 2.0 * EDGE) / (HIGH + APART)) as usize;
    let shown = all.len().min(MOST).min(fit);
    for (place, one) in all.iter().take(shown).enumerate() {
        let top = map.top() + EDGE + place as f32 * (HIGH + APART);
        let corner = pos2(map.right() - EDGE - WIDE, top);
        if card(ui, played, one, Rect::from_min_size(corner, vec2(WIDE, HIGH))) {
            seek(ui, one);
            out.push(Action::Answer(one.clone()));
        }
    }
    if all.len() > shown && shown > 0 {
        let below = map.top() + EDGE + shown as f32 * (HIGH + APART);
        let more = say!("waits-more", count = all.len() - shown);
        let galley = ui.painter().layout_no_wrap(more, FontId::proportional(12.0), theme::palette().text2);
        ui.painter().galley(
            pos2(map.right() - EDGE - galley.size().x, below),
            galley,
            theme::palette().text2,
        );
    }
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
    let mut left = place.left() + 14.0;
    if let Some(with) = with {
        widgets::paint_mark(painter, pos2(left + 6.0, place.top() + 16.0), 6.0, with);
        left += 20.0;
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
