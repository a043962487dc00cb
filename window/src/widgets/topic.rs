//! What the pointer or the keyboard rests on, by its name: the encyclopedia opens there.

use bevy_egui::egui::{Id, Response, Ui};

use crate::texts::{say, text};

/// What the article of a key says, when the pointer rests on something; the key of the encyclopedia opens it there.
pub fn meaning(response: Response, key: &str) -> Response {
    topic(&response, &say!(key));
    response.on_hover_text(text(&format!("{key}-meaning")))
}

/// Where the name is kept of what the pointer or the keyboard rests on.
fn topic_id() -> Id {
    Id::new("topic")
}

/// Remembers what the pointer or the keyboard rests on, by its name.
pub fn topic(response: &Response, name: &str) {
    if response.hovered() || response.has_focus() {
        let frame = response.ctx.cumulative_frame_nr();
        response.ctx.data_mut(|data| data.insert_temp(topic_id(), (name.to_owned(), frame)));
    }
}

/// The name of what the pointer or the keyboard rests on, as the last frame was drawn.
pub fn topic_of(ui: &Ui) -> Option<String> {
    let (name, frame) = ui.data(|data| data.get_temp::<(String, u64)>(topic_id()))?;
    (frame + 1 >= ui.ctx().cumulative_frame_nr()).then_some(name)
}
