//! The order of a turn, all of it. Announcing, deciding and recording lie around it, in `game.rs`: the simulation
//! knows no strategy and no file.

mod adapt;
mod agreements;
mod answers;
mod bids;
mod calendar;
pub mod consumers;
mod contracts;
mod count;
mod credit;
pub mod dealings;
mod engineering;
mod expect;
mod expiry;
mod fulfil;
mod happen;
mod inform;
mod insolvency;
mod judge;
mod learn;
mod listings;
mod memory;
mod opine;
mod orders;
mod overlap;
mod payers;
mod regulate;
mod settle;
mod shares;
mod third_parties;

use bevy::ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};
use bevy::prelude::*;

/// The schedule that plays one turn.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Turn;

/// The phases of a turn, in the order in which they run.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TurnSystems {
    /// Orders are carried out, legal ones: services open and close, offers and events are answered, prices and budgets are set.
    /// The public expects what was announced to bring something. People have what they spend in the month. Cash binds spending, lenders lend, and engineers work on integration.
    Apply,
    /// Merchants whose contracts run out choose carriers; some list and delist; prices follow fees.
    Merchants,
    /// Consumers come online, learn of shops and choose.
    Consumers,
    /// Choices become sales, payments and parcels, and every flow is posted.
    Settle,
    /// Stocks, data, trust, presence, relations and adoption move on; agreements run out.
    Adapt,
    /// Companies that owe too much go a step further or come back. Companies are valued, the regulator acts on what they did, and events of
    /// the level happen whose time has come.
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
        (
            expect::look,
            orders::apply_orders,
            third_parties::respond,
            regulate::hear,
            happen::decide,
            expect::announce,
            calendar::begin,
            orders::fund,
            credit::lend,
            engineering::work,
        )
            .chain()
            .in_set(TurnSystems::Apply),
        (contracts::contract, listings::list).chain().in_set(TurnSystems::Merchants),
        (inform::inform, consumers::choose).chain().in_set(TurnSystems::Consumers),
        (count::count, overlap::measure, fulfil::fulfil, settle::settle).chain().in_set(TurnSystems::Settle),
        (
            opine::opine,
            adapt::adapt,
            learn::learn,
            memory::adapt,
            expiry::pass,
            adapt::spread,
            adapt::grow,
            adapt::trust_outcome,
        )
            .chain()
            .in_set(TurnSystems::Adapt),
        (insolvency::supervise, expect::settle, judge::judge, regulate::regulate, happen::happen)
            .chain()
            .in_set(TurnSystems::Value),
    ));
    schedule
}
