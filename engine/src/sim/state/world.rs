//! What a market's world holds besides those who live in it: which level, which turn, who is who.

use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::order::{Order, Orders};
use crate::sim::grid::Grid;
use crate::sim::state::chronicle::Chosen;
use crate::sim::state::engineering::Engineering;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::services::ServiceState;

/// The level that is played, with all that lasts of what has happened.
#[derive(Resource, Clone)]
pub(in crate::sim) struct CurrentLevel(pub Arc<Level>);

/// Which turn of which match it is.
#[derive(Resource, Clone, Copy, Debug)]
pub(in crate::sim) struct Clock {
    pub seed: u64,
    pub turn: u32,
}

/// Who lives in a world. To look somebody up here costs less than a query made anew.
#[derive(Resource, Clone, Debug)]
pub(in crate::sim) struct Roster {
    /// Companies by platform index.
    pub companies: Vec<Entity>,
    /// Services by number.
    pub services: Vec<Entity>,
    /// Blocks of merchants, by the numbers of their agents.
    pub merchants: Vec<Entity>,
    /// Blocks of consumers, by the numbers of their agents.
    pub consumers: Vec<Entity>,
}

impl Roster {
    pub fn everybody(&self) -> impl Iterator<Item = Entity> + '_ {
        [&self.companies, &self.services, &self.merchants, &self.consumers].into_iter().flatten().copied()
    }
}

/// Utility of the shops themselves, by region, category and shop: fixed at the opening.
#[derive(Resource, Clone, Debug)]
pub(in crate::sim) struct Appeal(pub Grid<3>);

/// Fraction of people online, by region.
#[derive(Resource, Clone, Debug)]
pub(in crate::sim) struct Adoption(pub Vec<f64>);

/// Threads for the steps of agents; none for the calling thread alone.
#[derive(Resource, Clone, Default)]
pub(in crate::sim) struct Threads(pub Option<Arc<rayon::ThreadPool>>);

impl Threads {
    /// Works on every block of so many agents, on as many threads as there are, each with paper of its own to work on. The calling thread
    /// works too: it need not be woken, and for few agents nobody else is.
    pub fn each<T: Send, S: Default>(&self, blocks: Vec<T>, agents: usize, work: impl Fn(&mut S, T) + Sync) {
        const WORTH_WAKING: usize = 8_192;
        let queue = Mutex::new(blocks.into_iter());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let everything = || {
            let mut paper = S::default();
            while let Some(block) = next() {
                work(&mut paper, block);
            }
        };
        let Some(pool) = self.0.as_ref().filter(|_| agents > WORTH_WAKING) else { return everything() };
        pool.in_place_scope(|scope| {
            for _ in 1..pool.current_num_threads() {
                scope.spawn(|_| everything());
            }
            everything();
        });
    }
}

/// What is measured although nothing depends on it.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub(in crate::sim) struct Measure {
    pub surplus: bool,
}

/// An order that was not carried out, and why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Refusal {
    /// The order as given.
    pub order: Order,
    /// Why not, in words for the CEO.
    pub reason: String,
}

/// This turn's orders by platform; emptied when they are carried out.
#[derive(Resource, Clone, Debug, Default)]
pub struct PendingOrders(pub Vec<Orders>);

/// This turn's answers to events; emptied when they are acted on.
#[derive(Resource, Clone, Debug, Default)]
pub struct Answers(pub Vec<Chosen>);

/// This turn's answers to the regulator's decisions: platform, whether it contests; emptied when they are acted on.
#[derive(Resource, Clone, Debug, Default)]
pub struct Pleas(pub Vec<(usize, bool)>);

/// How companies were joined when the turn began, where the public expects anything: services by number, what is built by platform,
/// and agreements. Gone once announcements are held against it.
#[derive(Resource, Clone, Debug, Default)]
pub struct Before(pub Option<(Vec<ServiceState>, Vec<Engineering>, Negotiations)>);

/// Orders of this turn that were not legal, by platform.
#[derive(Resource, Clone, Debug, Default)]
pub struct Refusals(pub Vec<Vec<Refusal>>);
