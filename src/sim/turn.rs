//! The order of a turn, all of it. Announcing, deciding and recording lie around it, in `game.rs`: the simulation
//! knows no strategy and no file.

use bevy::ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};
use bevy::prelude::*;

use super::{consumers, demand, growth, merchants, platforms, presence, settle, trust_outcome, value};

/// The schedule that plays one turn.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Turn;

/// The phases of a turn, in the order in which they run.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TurnSystems {
    /// Orders are carried out, legal ones; spending is bound by cash. Agreements will be answered before this, and
    /// integration projects worked on after it.
    Apply,
    /// Merchants list and delist; prices follow fees. Their choice of carriers belongs here.
    Merchants,
    /// Consumers come online, learn of shops and choose.
    Consumers,
    /// Choices become sales, and every flow is posted. Parcels and payments will be fulfilled just before.
    Settle,
    /// Stocks, trust, presence and adoption move on.
    Adapt,
    /// Companies are valued. The regulator will act just before.
    Value,
}

/// The schedule of a turn. One thread runs it: parallelism lives inside the consumer step and across matches. Two
/// systems whose order matters and is not stated here are an error.
pub fn schedule() -> Schedule {
    let mut schedule = Schedule::new(Turn);
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.set_build_settings(ScheduleBuildSettings { ambiguity_detection: LogLevel::Error, ..default() });
    schedule.configure_sets(
        (
            TurnSystems::Apply,
            TurnSystems::Merchants,
            TurnSystems::Consumers,
            TurnSystems::Settle,
            TurnSystems::Adapt,
            TurnSystems::Value,
        )
            .chain(),
    );
    schedule.add_systems((
        (platforms::apply_orders, platforms::fund).chain().in_set(TurnSystems::Apply),
        merchants::list.in_set(TurnSystems::Merchants),
        (demand::inform, consumers::choose).chain().in_set(TurnSystems::Consumers),
        (settle::count, settle::settle).chain().in_set(TurnSystems::Settle),
        (platforms::adapt, presence::spread, growth::grow, trust_outcome).chain().in_set(TurnSystems::Adapt),
        value::judge.in_set(TurnSystems::Value),
    ));
    schedule
}
