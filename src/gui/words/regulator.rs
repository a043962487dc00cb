//! The regulator: what it counts, and how far it has gone.

use super::time::month;
use crate::gui::texts::say;
use crate::level::{Level, Offence};
use crate::sim::state::files::Stage;

/// A kind of deed on file.
pub fn offence(offence: Offence) -> String {
    match offence {
        Offence::Blocking => say!("offence-blocking"),
        Offence::Exclusivity => say!("offence-exclusivity"),
        Offence::Fees => say!("offence-fees"),
        Offence::Fraud => say!("offence-fraud"),
        Offence::Anger => say!("offence-anger"),
        Offence::Collusion => say!("offence-collusion"),
    }
}

/// How far the regulator has gone.
pub fn stage(level: &Level, stage: Stage, attention: f64) -> String {
    let much = format!("{attention:.1}");
    match stage {
        Stage::Watched => say!("stage-watched", much = much),
        Stage::Warned { .. } => say!("stage-warned", much = much),
        Stage::Probed { until } => say!("stage-probed", much = much, month = month(level, until)),
        Stage::Decided { .. } => say!("stage-decided"),
        Stage::Contested { until, .. } => say!("stage-contested", month = month(level, until)),
        Stage::Remedy { until } => say!("stage-remedy", month = month(level, until)),
    }
}
