//! What the regulator has on file of each company, and how far it has gone: public.

use bevy::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::level::{Offence, Regulator};

/// A deed on file.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OnFile {
    /// Turn in which it was done.
    pub turn: u32,
    /// What it was.
    pub offence: Offence,
    /// How much it weighs.
    pub weight: f64,
}

/// An own service that is closed to a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Wall {
    /// Service.
    pub service: usize,
    /// The platform that is shut out.
    pub to: usize,
}

/// How far the regulator has gone with a company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub enum Stage {
    /// It looks on.
    #[default]
    Watched,
    /// The company was warned.
    Warned {
        /// After which turn.
        since: u32,
    },
    /// The company is probed.
    Probed {
        /// After which turn it is decided.
        until: u32,
    },
    /// A decision waits for the company to comply or to contest it, this turn.
    Decided {
        /// The fine, in fen.
        fine: i128,
        /// Whether something must stop.
        remedy: bool,
    },
    /// The company contests the decision.
    Contested {
        /// After which turn that is decided.
        until: u32,
        /// The fine, in fen.
        fine: i128,
        /// Whether something must stop.
        remedy: bool,
    },
    /// Something must stop.
    Remedy {
        /// The last turn in which it may go on.
        until: u32,
    },
}

/// A company's file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct File {
    /// Deeds, the oldest first.
    pub deeds: Vec<OnFile>,
    /// Walls that count: those that the company raised while it was dominant, and those that it was told to take down.
    pub walls: Vec<Wall>,
    /// How far it has gone.
    pub stage: Stage,
    /// What the company took in in each of the last twelve months, in fen, the latest last.
    pub revenue: Vec<i128>,
    /// Fines that are still to be paid, in fen.
    pub due: i128,
}

impl File {
    /// What the deeds on file weigh together.
    pub fn attention(&self) -> f64 {
        // Nothing on file is zero, and not minus zero.
        self.deeds.iter().fold(0.0, |sum, deed| sum + deed.weight)
    }

    /// The same by kind, in the order of [`Offence::ALL`].
    pub fn by_offence(&self) -> [f64; Offence::COUNT] {
        let of = |offence: Offence| {
            let deeds = self.deeds.iter().filter(|deed| deed.offence == offence);
            deeds.fold(0.0, |sum, deed| sum + deed.weight)
        };
        Offence::ALL.map(of)
    }

    /// Revenue of the last twelve months, in fen.
    pub fn year(&self) -> i128 {
        self.revenue.iter().sum()
    }

    /// A decision takes effect in a turn: the fine is due, what was fined is off the file, and what must stop has its time.
    pub fn enforce(&mut self, regulator: &Regulator, fine: i128, remedy: bool, turn: u32) {
        self.due += fine;
        self.deeds.clear();
        self.stage =
            if remedy { Stage::Remedy { until: turn + regulator.remedy_months } } else { Stage::Watched };
    }

    /// Whoever goes on with what is forbidden, or keeps these walls, after a turn is fined.
    pub fn forbid(&mut self, walls: impl IntoIterator<Item = Wall>, until: u32) {
        self.wall_up(walls);
        self.stage = Stage::Remedy { until };
    }

    /// Puts walls on file, each once.
    pub fn wall_up(&mut self, walls: impl IntoIterator<Item = Wall>) {
        self.walls.extend(walls);
        self.walls.sort();
        self.walls.dedup();
    }

    /// How well a company's investment and engineering work, whose management the regulator keeps busy or not.
    pub fn works(&self, regulator: Option<&Regulator>) -> f64 {
        match (self.stage, regulator) {
            (Stage::Probed { .. }, Some(regulator)) => regulator.distraction,
            _ => 1.0,
        }
    }
}

/// Every company's file, by platform.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Files(pub Vec<File>);

impl Files {
    /// Nothing on file of anybody.
    pub fn none(platforms: usize) -> Self {
        Self(vec![File::default(); platforms])
    }
}
