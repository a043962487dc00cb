//! Clusters: a tournament cut into parts, which an engine that is there already spreads over machines.
//!
//! All that is needed stands in one [folder](ArrayFolder), to be read, changed and run by hand: the plan, a [script] that plays
//! one part, a folder for each part. What has been played is read there. An [engine](Engine) is given parts and asked nothing: it
//! may call a task done that was killed, and one running that is gone.

mod array;
mod engine;
mod folder;
mod script;

pub use array::Array;
pub use engine::{Engine, EngineError, ranges};
pub use folder::ArrayFolder;
pub use script::script;
