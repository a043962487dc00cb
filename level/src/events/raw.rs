//! Events as a level writes them.

use serde::Deserialize;

use crate::regulator::Offence;

/// Something that may happen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "event")]
pub struct RawEvent {
    /// Identifier, unique among events.
    pub id: String,
    /// Its headline.
    pub title: String,
    /// What it is about.
    #[serde(default)]
    pub text: String,
    /// It happens after a turn for which this holds.
    pub when: RawCondition,
    /// Months before it may happen again; never again when absent.
    #[serde(default)]
    pub cooldown: Option<u32>,
    /// Id of the platform that chooses; everybody when absent.
    #[serde(default)]
    pub seat: Option<String>,
    /// What it does, from the next turn on.
    #[serde(default)]
    pub effects: Vec<RawEffect>,
    /// What may be chosen.
    #[serde(default)]
    pub choices: Vec<RawChoice>,
    /// Months in which it can be answered; then the default is taken.
    #[serde(default = "a_month")]
    pub answer_within: u32,
}

/// One of the answers to an event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename = "choice")]
pub struct RawChoice {
    /// Identifier, unique among the choices.
    pub id: String,
    /// What is chosen, in a few words.
    pub text: String,
    /// What it does, from the turn in which it is chosen.
    #[serde(default)]
    pub effects: Vec<RawEffect>,
    /// Whether it is taken when nobody answers: just one is.
    #[serde(default)]
    pub default: bool,
}

/// What must hold after a turn.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum RawCondition {
    /// All of these.
    All(Vec<RawCondition>),
    /// One of these or several.
    Any(Vec<RawCondition>),
    /// Not this.
    Not(Box<RawCondition>),
    /// It is this turn, or a later one.
    Turn(u32),
    /// The number of the turn can be divided by this.
    Every(u32),
    /// A metric is so large: one of `at_least` and `at_most`.
    Metric {
        /// Name of a metric.
        metric: String,
        /// Id of the platform it is taken of; the market when absent.
        #[serde(default)]
        of: Option<String>,
        /// Region id; all when absent.
        #[serde(default)]
        region: Option<String>,
        /// Category id; all when absent.
        #[serde(default)]
        category: Option<String>,
        /// Service id; none when absent.
        #[serde(default)]
        service: Option<String>,
        /// It is at least this.
        #[serde(default)]
        at_least: Option<f64>,
        /// It is at most this.
        #[serde(default)]
        at_most: Option<f64>,
    },
    /// A metric has risen over some months, or, where `by` is below 0, has fallen.
    Rising {
        /// Name of a metric.
        metric: String,
        /// Id of the platform it is taken of; the market when absent.
        #[serde(default)]
        of: Option<String>,
        /// Region id; all when absent.
        #[serde(default)]
        region: Option<String>,
        /// Category id; all when absent.
        #[serde(default)]
        category: Option<String>,
        /// Service id; none when absent.
        #[serde(default)]
        service: Option<String>,
        /// Months that it is compared over.
        over: u32,
        /// By how much.
        by: f64,
    },
    /// A flag is set.
    Flag(String),
    /// Two companies have an agreement; one that opens a service, where one is named.
    Agreement {
        /// Ids of the two platforms.
        between: (String, String),
        /// Service id.
        #[serde(default)]
        service: Option<String>,
    },
    /// An event has happened; with a choice, somebody has chosen that.
    Happened {
        /// Id of the event.
        event: String,
        /// Id of the choice.
        #[serde(default)]
        choice: Option<String>,
    },
}

/// What an event does.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum RawEffect {
    /// People spend so many times as much.
    Spending {
        /// Category id; everything when absent.
        #[serde(default)]
        category: Option<String>,
        /// How many times.
        factor: f64,
        /// How long; for good when absent.
        #[serde(default)]
        months: Option<u32>,
    },
    /// A parameter of the market is so many times what it was.
    Market {
        /// Its name.
        parameter: String,
        /// How many times.
        factor: f64,
        /// How long; for good when absent.
        #[serde(default)]
        months: Option<u32>,
    },
    /// Only so much of a carrier's room works.
    Room {
        /// Service id.
        service: String,
        /// Part of it.
        factor: f64,
        /// How long; for good when absent.
        #[serde(default)]
        months: Option<u32>,
    },
    /// Money comes to a company from outside, or, below 0, goes there.
    Pay {
        /// Id of the platform; whoever is asked when absent.
        #[serde(default)]
        to: Option<String>,
        /// Yuan.
        amount: f64,
    },
    /// A flag is set.
    SetFlag(String),
    /// A flag is taken down.
    ClearFlag(String),
    /// A newcomer enters the market.
    Enter(String),
    /// People think better of a company, or, below 0, worse.
    Opinion {
        /// Id of the platform; whoever is asked when absent.
        #[serde(default)]
        of: Option<String>,
        /// By how much, on a scale from −1 to 1.
        by: f64,
    },
    /// A deed of a company is put on the regulator's file.
    Attention {
        /// Id of the platform; whoever is asked when absent.
        #[serde(default)]
        of: Option<String>,
        /// What it is said to have done.
        offence: Offence,
        /// How much it weighs.
        weight: f64,
    },
    /// The regulator forbids a company what it forbids those it has judged.
    Remedy {
        /// Id of the platform; whoever is asked when absent.
        #[serde(default)]
        of: Option<String>,
        /// Months in which it must have stopped.
        months: u32,
        /// Ids of own services that it must open to every shop by then.
        #[serde(default)]
        open: Vec<String>,
    },
}

fn a_month() -> u32 {
    1
}
