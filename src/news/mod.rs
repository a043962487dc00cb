//! News in a few words each, as the program tells them without a window.

mod events;
mod stories;

pub(crate) use events::change;
pub(crate) use stories::story;
