//! The ring round the control that a newcomer is told of. It goes round what is to be seen of the control, and one that has been
//! scrolled away is scrolled to, once: whoever scrolls on wants to see something else.

use bevy_egui::egui::accesskit::{self, ActionRequest, NodeId, TreeId};
use bevy_egui::egui::{
    Context, Event, Id, LayerId, Plugin, RawInput, Rect, Stroke, StrokeKind, Ui, Vec2, WidgetRect,
};

use crate::desk::Desk;
use crate::hints::{self, Finder};
use crate::texts::of_level;
use crate::theme;

/// Seconds that a swell of the ring lasts, and for which it swells: a whole number of times, so that it comes to rest as it began. Whoever
/// looks elsewhere for longer finds it at rest.
const SWELL: f64 = 2.0;
const SWELLS: f64 = 3.0 * SWELL;

/// The ring round the control that the step speaks of.
pub fn show(ui: &Ui, desk: &Desk) {
    let step =
        hints::current(desk).filter(|_| desk.watch.is_none() && desk.overlay.is_none() && !desk.is_busy());
    let label =
        step.and_then(|(number, level)| level.tutorial[number - 1].highlight.as_deref().map(of_level));
    if label.is_some() {
        ui.ctx().enable_accesskit();
    }
    let found = Finder::find(ui.ctx(), label.as_deref());
    let Some(place) = seen(ui.ctx(), label.clone(), found) else { return };
    let age = age(ui, &label);
    let swell = if desk.settings.reduced_motion || age > SWELLS {
        0.0
    } else {
        ui.ctx().request_repaint();
        1.5 - 1.5 * libm::cos(std::f64::consts::TAU * age / SWELL) as f32
    };
    // Over the panels, but under whatever window lies over the control.
    ui.ctx().layer_painter(LayerId::background()).rect_stroke(
        place.expand2(Vec2::splat(4.0 + swell)),
        8.0,
        Stroke::new(2.5, theme::palette().warn),
        StrokeKind::Outside,
    );
}

/// Seconds since the ring has been round a control.
fn age(ui: &Ui, label: &Option<String>) -> f64 {
    let (id, now) = (Id::new("ring since"), ui.input(|input| input.time));
    ui.data_mut(|data| {
        let (known, since) = data.get_temp_mut_or(id, (label.clone(), now));
        if known != label {
            (*known, *since) = (label.clone(), now);
        }
        now - *since
    })
}

/// What is to be seen of the control of a label, which was found at a place; nothing where that is less than half of it.
pub fn seen(context: &Context, label: Option<String>, found: Option<Rect>) -> Option<Rect> {
    let scroller = context.plugin_or_default::<Scroller>();
    let mut scroller = scroller.lock();
    if scroller.label != label {
        *scroller = Scroller { label, ..Scroller::default() };
    }
    let Some(widget) = widget(context, found?) else { return found };
    let (whole, seen) = (widget.rect, widget.interact_rect);
    if !scroller.done {
        scroller.done = true;
        scroller.to = (seen != whole).then(|| widget.id.accesskit_id());
    }
    Some(seen).filter(|seen| seen.is_positive() && 2.0 * seen.height() > whole.height())
}

/// The control at a place, as it was drawn last.
fn widget(context: &Context, place: Rect) -> Option<WidgetRect> {
    context.viewport(|viewport| {
        let mut widgets = viewport.prev_pass.widgets.layers().flat_map(|(_, widgets)| widgets);
        widgets.find(|widget| widget.rect == place && widget.sense.interactive()).copied()
    })
}

/// Asks for the control of a label to be scrolled to, as a screen reader would.
#[derive(Default)]
struct Scroller {
    label: Option<String>,
    /// Whether its control has been seen or asked for.
    done: bool,
    to: Option<NodeId>,
}

impl Plugin for Scroller {
    fn debug_name(&self) -> &'static str {
        "ring"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        let Some(target_node) = self.to.take() else { return };
        input.events.push(Event::AccessKitActionRequest(ActionRequest {
            action: accesskit::Action::ScrollIntoView,
            target_tree: TreeId::ROOT,
            target_node,
            data: None,
        }));
    }
}
