//! The state's eye on competition: what it counts, when it acts, and what it may order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a regulator works. A level without one has none.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename = "regulator")]
pub struct Regulator {
    /// Share of sales, in the market, a region or a category, from which on a company is dominant.
    pub dominance: f64,
    /// Months that a deed stays on file.
    pub memory: u32,
    /// Attention at which a company is warned.
    pub warning: f64,
    /// Attention at which a company that was warned is probed.
    pub probe: f64,
    /// Months between a warning and a probe: what stops in them counts half from then on.
    pub grace: u32,
    /// Months that a probe takes.
    pub probe_months: u32,
    /// How well investment and engineering work in a company that is probed.
    pub distraction: f64,
    /// Attention below which a probe ends in nothing, and a decision that is contested is lifted.
    pub burden: f64,
    /// Fine, as a fraction of the revenue of the last twelve months.
    pub fine_rate: f64,
    /// Months in which what was forbidden must have stopped.
    pub remedy_months: u32,
    /// Fine for each day beyond them, as a fraction of a day's revenue; it grows by as much every month.
    pub daily_fine: f64,
    /// Months that it takes to contest a decision.
    pub appeal_months: u32,
    /// How much larger the fine is after that, as a fraction.
    pub surcharge: f64,
    /// Fee on consumers that is tolerated, as a fraction of the price.
    pub fee_tolerance: f64,
    /// Fraud that is tolerated, as a fraction of sales.
    pub fraud_tolerance: f64,
    /// Weight of closing a dominant company's service to a shop, where everybody is concerned.
    pub blocking: f64,
    /// Weight of a month of exclusivity in a dominant company, where all merchants are bound.
    pub exclusivity: f64,
    /// Weight of a month of fees on consumers, for each part of the price beyond what is tolerated.
    pub fees: f64,
    /// Weight of a month of fraud, for each part of sales beyond what is tolerated.
    pub fraud: f64,
    /// Weight of a month in which people think the worst of a company.
    pub anger: f64,
    /// Weight of a month of a promise to shut a third company out, between companies that are just dominant together.
    pub collusion: f64,
}

impl Default for Regulator {
    fn default() -> Self {
        Self {
            dominance: 0.4,
            memory: 12,
            warning: 1.0,
            probe: 2.0,
            grace: 3,
            probe_months: 4,
            distraction: 0.8,
            burden: 1.5,
            fine_rate: 0.04,
            remedy_months: 3,
            daily_fine: 0.05,
            appeal_months: 4,
            surcharge: 1.0 / 3.0,
            fee_tolerance: 0.01,
            fraud_tolerance: 0.025,
            blocking: 2.0,
            exclusivity: 1.0,
            fees: 6.0,
            fraud: 15.0,
            anger: 0.2,
            collusion: 0.3,
        }
    }
}

impl Regulator {
    /// Its numbers by name, each with the range it may have; of months, whole ones.
    pub fn numbers(&self) -> [(&'static str, f64, [f64; 2]); 21] {
        let months = |count: u32| f64::from(count);
        [
            ("dominance", self.dominance, [0.01, 1.0]),
            ("memory", months(self.memory), [1.0, 120.0]),
            ("warning", self.warning, [1e-6, 1e6]),
            ("probe", self.probe, [self.warning, 1e6]),
            ("grace", months(self.grace), [0.0, 120.0]),
            ("probe_months", months(self.probe_months), [1.0, 120.0]),
            ("distraction", self.distraction, [0.0, 1.0]),
            ("burden", self.burden, [0.0, 1e6]),
            ("fine_rate", self.fine_rate, [0.0, 1.0]),
            ("remedy_months", months(self.remedy_months), [1.0, 120.0]),
            ("daily_fine", self.daily_fine, [0.0, 1.0]),
            ("appeal_months", months(self.appeal_months), [1.0, 120.0]),
            ("surcharge", self.surcharge, [0.0, 10.0]),
            ("fee_tolerance", self.fee_tolerance, [0.0, 0.5]),
            ("fraud_tolerance", self.fraud_tolerance, [0.0, 1.0]),
            ("blocking", self.blocking, [0.0, 1e3]),
            ("exclusivity", self.exclusivity, [0.0, 1e3]),
            ("fees", self.fees, [0.0, 1e3]),
            ("fraud", self.fraud, [0.0, 1e3]),
            ("anger", self.anger, [0.0, 1e3]),
            ("collusion", self.collusion, [0.0, 1e3]),
        ]
    }
}

/// A kind of deed that a regulator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Offence {
    /// A dominant company closed a service to a shop, or everything.
    Blocking,
    /// A dominant company bound merchants to itself.
    Exclusivity,
    /// Fees on consumers beyond what is tolerated.
    Fees,
    /// Fraud beyond what is tolerated.
    Fraud,
    /// People are angry.
    Anger,
    /// Companies that are dominant together have agreed to shut a third one out.
    Collusion,
}

impl Offence {
    /// How many kinds there are.
    pub const COUNT: usize = 6;
    /// Every kind.
    pub const ALL: [Self; Self::COUNT] =
        [Self::Blocking, Self::Exclusivity, Self::Fees, Self::Fraud, Self::Anger, Self::Collusion];
}
