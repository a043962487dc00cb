//! A number that can be set: drawn with a slider, moved by a step with the arrow keys, or typed.

use bevy_egui::egui::{
    Align, DragValue, Id, Key, Layout, Response, Slider, SliderClamping, Stroke, Ui, WidgetInfo, WidgetType,
    vec2,
};

use crate::texts::{language, say};
use crate::{theme, widgets};

/// A lever from nothing to as far as is usual. What is typed may lie beyond: whether it can be done the plan says. `set` is
/// called once a new number is there: when the slider is let go, after a key, when what was typed has been entered.
pub fn lever(
    ui: &mut Ui,
    name: &str,
    meaning: &str,
    now: f64,
    most: f64,
    write: &dyn Fn(f64) -> String,
    set: impl FnOnce(f64),
) {
    let id = ui.id().with(name);
    // Who let go of a slider that was not there to see it has drawn nothing.
    let drawing = ui.ctx().dragged_id().is_some();
    let mut value =
        ui.data(|data| data.get_temp::<f64>(id)).filter(|_| drawing || was_let_go(ui)).unwrap_or(now);
    let most = most.max(now);
    let mut done = false;
    let mut moved = false;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.horizontal(|ui| {
            let label = ui.label(name);
            widgets::topic(&label, name);
            label.on_hover_text(meaning);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                done = typed(ui, name, &mut value, write).changed();
            });
        });
        let slider = drawn(ui, name, &mut value, most);
        moved = slider.changed();
        let stopped = slider.drag_stopped();
        done |= stopped || moved && !slider.dragged();
        if stopped && ui.input(|input| input.key_pressed(Key::Escape)) {
            // Escape gives up what is drawn, as it does what is typed.
            value = now;
        }
        slider.on_hover_text(meaning);
    });
    if done {
        ui.data_mut(|data| data.remove_temp::<f64>(id));
        if value != now {
            set(value);
        }
    } else if moved {
        ui.data_mut(|data| data.insert_temp(id, value));
    }
}

/// The slider. Whoever has drawn it may go on with the arrow keys.
fn drawn(ui: &mut Ui, name: &str, value: &mut f64, most: f64) -> Response {
    ui.spacing_mut().slider_width = ui.available_width() - 4.0;
    ui.spacing_mut().interact_size.y = 20.0;
    let slider = Slider::new(value, 0.0..=most).show_value(false).clamping(SliderClamping::Never);
    let response = ui.add(slider.step_by(step(most)));
    let told = *value;
    response.widget_info(|| WidgetInfo::slider(true, told, name));
    widgets::topic(&response, name);
    if response.drag_started() || response.clicked() {
        response.request_focus();
    }
    // The keyboard's focus, whether or not the window has the desktop's.
    if ui.memory(|memory| memory.has_focus(response.id)) {
        ui.data_mut(|data| data.insert_temp(held(), response.id));
    }
    // An arrow key at the beginning of the way would go beyond it.
    *value = value.max(0.0);
    response
}

/// The number, which becomes a field when it is clicked.
fn typed(ui: &mut Ui, name: &str, value: &mut f64, write: &dyn Fn(f64) -> String) -> Response {
    let shown = write(*value);
    let unchanged = *value;
    let percent = shown.contains('%');
    let frame = ui.ctx().cumulative_frame_nr();
    let context = ui.ctx().clone();
    let note = move |what: &'static str| context.data_mut(|data| data.insert_temp(Id::new(what), frame));
    let noted = |what: &'static str| ui.data(|data| data.get_temp::<u64>(Id::new(what)));
    let escapes = ui.input(|input| input.key_pressed(Key::Escape));
    if escapes {
        note(ESCAPED);
    }
    // egui takes the text for entered up to two frames after the field was left.
    let escaped = escapes || noted(ESCAPED).is_some_and(|then| then + 2 >= frame);
    let context = ui.ctx().clone();
    let read = |text: &str| match language().read(text, percent) {
        // What is shown is rounded: leaving it as it is changes nothing.
        _ if text == shown => Some(unchanged),
        _ if escaped => None,
        read => {
            let read = read.filter(|&number| number >= 0.0);
            if read.is_none() {
                let wrong = say!("no-such-number", text = text.trim(), what = name);
                context.data_mut(|data| data.insert_temp(Id::new(REFUSED), wrong));
            }
            read
        }
    };
    ui.scope(|ui| {
        ui.spacing_mut().interact_size = vec2(44.0, 18.0);
        ui.spacing_mut().button_padding = vec2(4.0, 0.0);
        ui.visuals_mut().widgets.inactive.weak_bg_fill = theme::palette().extreme;
        ui.visuals_mut().widgets.inactive.bg_stroke = Stroke::NONE;
        ui.visuals_mut().override_text_color = Some(theme::palette().text);
        let field = DragValue::new(value)
            .custom_formatter(|value, _| write(value))
            .custom_parser(read)
            .update_while_editing(false)
            .speed(0.0);
        let id = ui.next_auto_id();
        if ui.memory(|memory| memory.has_focus(id)) {
            note(TYPED);
        }
        let response = ui.add(field);
        let label = say!("typed", what = name);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::DragValue, true, &label));
        widgets::topic(&response, name);
        if response.gained_focus() {
            // A field at the edge comes into sight as it is entered: while somebody types, nothing moves under the pointer.
            response.scroll_to_me(None);
        }
        response.on_hover_text(say!("typed-meaning"))
    })
    .inner
}

/// What was typed last and is no number that can be meant, in words; it is said once.
pub fn refused(ui: &Ui) -> Option<String> {
    ui.data_mut(|data| data.remove_temp::<String>(Id::new(REFUSED)))
}

/// Whether a number is being typed in this frame, in a field that has been drawn.
pub fn is_typing(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp::<u64>(Id::new(TYPED))) == Some(ui.ctx().cumulative_frame_nr())
}

/// Leaves the field in which a number is being typed in this frame; whether there is one. In the next it is entered.
pub fn leave(ui: &Ui) -> bool {
    let typed = is_typing(ui);
    if typed {
        ui.memory_mut(|memory| {
            if let Some(focused) = memory.focused() {
                memory.surrender_focus(focused);
            }
        });
        ui.ctx().request_repaint();
    }
    typed
}

/// Whether the pointer has let go of something in this frame.
fn was_let_go(ui: &Ui) -> bool {
    ui.input(|input| input.pointer.any_released())
}

/// Frames in which a number was being typed, and Escape was pressed; and what was typed that is none.
const TYPED: &str = "frame in which a number was typed";
const ESCAPED: &str = "frame in which a number was given up";
const REFUSED: &str = "no number";

/// Whether a slider has the keyboard: it takes the arrow keys and leaves the others to the window.
pub fn is_held(ui: &Ui) -> bool {
    let focused = ui.ctx().memory(|memory| memory.focused());
    focused.is_some() && focused == ui.data(|data| data.get_temp::<Id>(held()))
}

fn held() -> Id {
    Id::new("lever held")
}

/// A step that leaves round numbers: about three hundred to the whole way.
fn step(most: f64) -> f64 {
    if most <= 0.0 {
        return 1.0;
    }
    let rough = most / 300.0;
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let factor = rough / power;
    power
        * if factor < 2.0 {
            1.0
        } else if factor < 5.0 {
            2.0
        } else {
            5.0
        }
}
