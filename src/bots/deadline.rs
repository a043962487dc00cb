//! How long somebody is waited for.

use std::time::{Duration, Instant};

/// A time by which something must have happened.
#[derive(Clone, Copy)]
pub(super) struct Deadline(Instant);

impl Deadline {
    /// In so long.
    #[allow(clippy::disallowed_methods, reason = "a guest's time is limited; what it ordered is recorded")]
    pub(super) fn within(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    /// How long it is still.
    #[allow(clippy::disallowed_methods, reason = "a guest's time is limited; what it ordered is recorded")]
    pub(super) fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}
