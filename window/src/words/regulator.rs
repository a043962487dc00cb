//! The regulator: what it counts, how far it has gone, and what it does next.

use super::time::{month, months};
use crate::form::{self, Form};
use crate::texts::say;
use walled_gardens_engine::level::{Level, Offence, Regulator};
use walled_gardens_engine::sim::state::files::{File, Stage};

/// Months after which a warning that is coming is not told of yet.
const SOON: f64 = 12.0;

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
pub fn stage(level: &Level, stage: Stage) -> String {
    match stage {
        Stage::Watched => say!("stage-watched"),
        Stage::Warned { .. } => say!("stage-warned"),
        Stage::Probed { until } => say!("stage-probed", month = month(level, until)),
        Stage::Decided { .. } => say!("stage-decided"),
        Stage::Contested { until, .. } => say!("stage-contested", month = month(level, until)),
        Stage::Remedy { until } => say!("stage-remedy", month = month(level, until)),
    }
}

/// What it does next with a company, when, and on what that depends; `turn` is the coming one.
pub fn next_step(level: &Level, regulator: &Regulator, file: &File, turn: u32) -> String {
    let weight = |much: f64| form::decimal(much, 1);
    let fine = |fen: f64| Form::Yuan.write(fen / 100.0);
    match file.stage {
        Stage::Watched => {
            let last = file.deeds.iter().filter(|deed| deed.turn + 1 == turn);
            let added: f64 = last.map(|deed| deed.weight).sum();
            let coming = libm::ceil((regulator.warning - file.attention()) / added).max(1.0);
            if added > 0.0 && coming <= SOON {
                let when = month(level, turn - 1 + coming as u32);
                say!("next-warns-soon", much = weight(regulator.warning), month = when)
            } else {
                say!("next-warns", much = weight(regulator.warning))
            }
        }
        Stage::Warned { since } => say!(
            "next-probes",
            month = month(level, (since + regulator.grace).max(turn)),
            probe = weight(regulator.probe),
            warning = weight(regulator.warning)
        ),
        Stage::Probed { until } => say!(
            "next-decides",
            month = month(level, until),
            burden = weight(regulator.burden),
            fine = fine(file.year() as f64 * regulator.fine_rate)
        ),
        Stage::Decided { fine: due, .. } => say!("next-answer", fine = fine(due as f64)),
        Stage::Contested { until, fine: due, .. } => say!(
            "next-decides",
            month = month(level, until),
            burden = weight(regulator.burden),
            fine = fine(due as f64 * (1.0 + regulator.surcharge))
        ),
        Stage::Remedy { until } => {
            say!("next-collects", month = month(level, until), part = form::percent(regulator.daily_fine))
        }
    }
}

/// What it goes by: in a line, and in full.
pub fn rules(regulator: &Regulator) -> (String, String) {
    let short = say!(
        "regulator-rules",
        dominance = form::percent(regulator.dominance),
        fee = form::percent(regulator.fee_tolerance),
        fraud = form::percent(regulator.fraud_tolerance),
        fine = form::percent(regulator.fine_rate)
    );
    let full = say!(
        "regulator-meaning",
        warning = form::decimal(regulator.warning, 1),
        probe = form::decimal(regulator.probe, 1),
        grace = months(regulator.grace),
        long = months(regulator.probe_months),
        burden = form::decimal(regulator.burden, 1),
        works = form::percent(regulator.distraction),
        memory = months(regulator.memory)
    );
    (short, full)
}
