//! What is spoken here, and by whom.

/// The version of the protocol that is spoken here.
pub const VERSION: u32 = 1;

/// What the program calls itself.
pub fn program() -> String {
    format!("walled-gardens {}", env!("CARGO_PKG_VERSION"))
}
