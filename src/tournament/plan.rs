//! What is to be played: a file or flags become a [`Plan`], and a plan that can be played a [`Tournament`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::bots::{Limits, Player};
use crate::game::Prepared;
use crate::level::{Level, MAX_CONSUMERS, MAX_MERCHANTS, MAX_TURNS};
use crate::statistics::SequentialTest;
use crate::strategy;

/// Most blocks in a plan: a typing error, not a wish.
const MOST_BLOCKS: u32 = 1_000_000;
/// Most contenders in one tournament.
const MOST_CONTENDERS: usize = 200;

/// Who plays whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Format {
    /// Everybody meets everybody, in as many blocks as the plan says. Where a level seats more than two, line-ups are drawn
    /// so that everybody plays as often and every two meet as often as can be.
    #[default]
    RoundRobin,
    /// The first strategy meets each of the others.
    Gauntlet,
    /// Rounds in which those meet who stand alike so far.
    Swiss {
        /// Number of rounds.
        #[serde(default = "five")]
        rounds: u32,
    },
    /// Is the first of two strategies better than the second? Played until that is clear, on each level for itself, or until
    /// the blocks are used up.
    Sprt {
        /// Normalised Elo by which it is better, if it is not.
        #[serde(default = "none")]
        none: f64,
        /// Normalised Elo by which it is better, if it is.
        #[serde(default = "some")]
        some: f64,
        /// Probability of saying yes when it is not.
        #[serde(default = "false_alarm")]
        false_alarm: f64,
        /// Probability of not saying yes when it is.
        #[serde(default = "miss")]
        miss: f64,
    },
}

fn five() -> u32 {
    5
}
fn none() -> f64 {
    SequentialTest::default().none
}
fn some() -> f64 {
    SequentialTest::default().some
}
fn false_alarm() -> f64 {
    SequentialTest::default().false_alarm
}
fn miss() -> f64 {
    SequentialTest::default().miss
}

impl Format {
    /// Names as the command line writes them, with what they are when nothing else is said.
    pub fn named(name: &str) -> Option<Self> {
        let SequentialTest { none, some, false_alarm, miss } = SequentialTest::default();
        match name {
            "round-robin" => Some(Self::RoundRobin),
            "gauntlet" => Some(Self::Gauntlet),
            "swiss" => Some(Self::Swiss { rounds: five() }),
            "sprt" => Some(Self::Sprt { none, some, false_alarm, miss }),
            _ => None,
        }
    }

    /// The sequential test, where there is one.
    pub fn test(&self) -> Option<SequentialTest> {
        match *self {
            Self::Sprt { none, some, false_alarm, miss } => {
                Some(SequentialTest { none, some, false_alarm, miss })
            }
            _ => None,
        }
    }

    /// Whether what is played next depends on what was played before.
    pub fn is_adaptive(&self) -> bool {
        matches!(self, Self::Swiss { .. } | Self::Sprt { .. })
    }
}

/// What is to be played, as a file says it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Shown above the standings.
    #[serde(default)]
    pub title: String,
    /// Who plays whom.
    #[serde(default)]
    pub format: Format,
    /// Levels by name or file.
    pub levels: Vec<String>,
    /// Strategies, such as `premium` or `premium(commission: 0.03)`, and bots, such as `cmd:python3 bot.py`. One that is listed twice
    /// plays as two.
    pub strategies: Vec<String>,
    /// Who has the other seats of a sequential test on levels with more than two.
    #[serde(default)]
    pub others: Vec<String>,
    /// In how many blocks of each level every two meet; how many each round has, or a test at most.
    pub blocks: u32,
    /// By level: what it weighs in strengths over several levels. All alike when absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weights: Vec<f64>,
    /// What every seed is made of.
    #[serde(default = "one")]
    pub seed: u64,
    /// Turns of a match; the level's when absent.
    #[serde(default)]
    pub turns: Option<u32>,
    /// Consumer agents; the level's when absent.
    #[serde(default)]
    pub consumers: Option<u32>,
    /// Merchant agents; the level's when absent.
    #[serde(default)]
    pub merchants: Option<u32>,
}

fn one() -> u64 {
    1
}

impl Plan {
    /// A round robin, everything else as it is where nothing is said.
    pub fn of(levels: Vec<String>, strategies: Vec<String>, blocks: u32) -> Self {
        Self {
            title: String::new(),
            format: Format::RoundRobin,
            levels,
            strategies,
            others: Vec::new(),
            blocks,
            weights: Vec::new(),
            seed: one(),
            turns: None,
            consumers: None,
            merchants: None,
        }
    }

    /// Leaves out the levels whose seats its strategies cannot fill, unless none would be left; why each.
    pub fn leave_out_levels(&mut self) -> Vec<String> {
        let cannot = |name: &String| {
            let level = Level::find(name, &[], &strategy::vocabulary()).ok()?;
            seats(self, self.strategies.len(), &level).err()
        };
        let why: Vec<Option<String>> = self.levels.iter().map(cannot).collect();
        if why.iter().all(Option::is_some) {
            return Vec::new();
        }
        let mut stays = why.iter().map(Option::is_none);
        self.levels.retain(|_| stays.next().unwrap_or(true));
        why.into_iter().flatten().collect()
    }

    /// In what another plan differs: a field each, as it is here and as it is there.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let fields = |plan: &Self| serde_json::to_value(plan).unwrap_or_default();
        let (own, others) = (fields(self), fields(other));
        let own = own.as_object().into_iter().flatten();
        let said = |value: &serde_json::Value| {
            if value.is_null() { "the level's".to_owned() } else { value.to_string() }
        };
        own.filter(|(name, value)| others[name] != **value)
            .map(|(name, value)| format!("{name}: {}, not {}", said(value), said(&others[name])))
            .collect()
    }
}

/// Something in a plan that cannot be played.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct Fault {
    /// Where in the plan, such as `strategies[2]`.
    pub path: String,
    /// What is wrong and what would be right.
    pub message: String,
}

fn fault(path: impl Into<String>, message: impl Into<String>) -> Fault {
    Fault { path: path.into(), message: message.into() }
}

/// Somebody who is rated.
#[derive(Clone)]
pub struct Entry {
    /// What it is called in every record: the player's name, numbered where it is listed more than once.
    pub name: String,
    /// Who decides.
    pub player: Player,
}

/// A plan that can be played.
pub struct Tournament {
    /// The plan.
    pub plan: Plan,
    /// Who is rated.
    pub entries: Vec<Entry>,
    /// Who has the seats that no entry has, as long as there are any.
    pub others: Vec<Player>,
    /// Levels with their openings.
    pub levels: Vec<Prepared>,
}

impl Tournament {
    /// Checks a plan and prepares its levels.
    ///
    /// # Errors
    /// The first thing in it that cannot be played.
    pub fn new(plan: Plan) -> Result<Self, Fault> {
        Self::with(plan, &Limits::default())
    }

    /// The same, where bots may take so much.
    ///
    /// # Errors
    /// The first thing in it that cannot be played.
    pub fn with(plan: Plan, limits: &Limits) -> Result<Self, Fault> {
        numbers(&plan)?;
        let entries = entries(&plan.strategies, limits)?;
        let read = |(index, text): (usize, &String)| {
            Player::named(text, limits).map_err(|error| fault(format!("others[{index}]"), error.to_string()))
        };
        let others = plan.others.iter().enumerate().map(read).collect::<Result<_, _>>()?;
        let mut levels: Vec<Prepared> = Vec::new();
        for (index, name) in plan.levels.iter().enumerate() {
            let path = format!("levels[{index}]");
            let level = Level::find(name, &[], &strategy::vocabulary())
                .map_err(|error| fault(&path, error.to_string()))?;
            if levels.iter().any(|known| known.level.id == level.id) {
                return Err(fault(path, listed_twice(&plan.levels, index, &levels, &level)));
            }
            seats(&plan, entries.len(), &level)
                .and_then(|()| people(&plan, &level))
                .map_err(|message| fault(path, message))?;
            levels.push(Prepared::new(level));
        }
        seated_others(&plan, &levels)?;
        Ok(Self { plan, entries, others, levels })
    }

    /// The first bot that cannot be started, and why: matches that are on record need none.
    pub fn unstartable(&self) -> Option<Fault> {
        let entries = self.entries.iter().map(|entry| &entry.player).enumerate();
        let entries = entries.map(|(index, player)| (format!("strategies[{index}]"), player));
        let others = self.others.iter().enumerate();
        let mut all = entries.chain(others.map(|(index, player)| (format!("others[{index}]"), player)));
        all.find_map(|(path, player)| Some(fault(path, player.missing()?.to_string())))
    }

    /// Turns of a match on a level.
    pub fn turns(&self, level: usize) -> u32 {
        self.plan.turns.unwrap_or(self.levels[level].level.setup.turns)
    }

    /// Seats of a level.
    pub fn seats(&self, level: usize) -> usize {
        self.levels[level].level.platforms.len()
    }

    /// What tells this tournament from any other: the plan, and each level as it reads.
    pub fn identity(&self) -> String {
        self.identity_of(&self.plan)
    }

    /// The identity of another plan on the same levels.
    pub(super) fn identity_of(&self, plan: &Plan) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{plan:?}").as_bytes());
        for prepared in &self.levels {
            hasher.update(prepared.level.text.as_bytes());
        }
        hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

/// Why a level cannot stand beside one before it: records tell levels apart by their ids.
fn listed_twice(names: &[String], index: usize, before: &[Prepared], level: &Level) -> String {
    let known = before.iter().position(|known| known.level.id == level.id).unwrap_or_default();
    if names[known] == names[index] || before[known].level.text == level.text {
        return format!("{} is listed twice", names[index]);
    }
    format!(
        "{} and {} are two levels with the id \"{}\", by which records tell them apart; give one another `id`",
        names[known], names[index], level.id
    )
}

/// Whether `others`, where there are any, have seats.
fn seated_others(plan: &Plan, levels: &[Prepared]) -> Result<(), Fault> {
    if plan.others.is_empty() {
        return Ok(());
    }
    let seats = levels.iter().map(|prepared| prepared.level.platforms.len()).max().unwrap_or_default();
    let most = seats.saturating_sub(2);
    if plan.format.test().is_none() {
        let message =
            "nobody of these would play: they have the other seats of a test (format `Sprt`); expected none";
        return Err(fault("others", message));
    }
    if plan.others.len() > most {
        let message = format!(
            "{} are named and {most} have a seat: levels here have {seats} seats at most, two of them for those who are tested",
            plan.others.len()
        );
        return Err(fault("others", message));
    }
    Ok(())
}

/// Checks what is a number, or a list that must not be empty.
fn numbers(plan: &Plan) -> Result<(), Fault> {
    let range = |path: &str, value: Option<u32>, least: u32, most: u32| match value {
        Some(value) if !(least..=most).contains(&value) => {
            Err(fault(path, format!("{value}: expected a number from {least} to {most}")))
        }
        _ => Ok(()),
    };
    range("blocks", Some(plan.blocks), 1, MOST_BLOCKS)?;
    range("turns", plan.turns, 1, MAX_TURNS)?;
    range("consumers", plan.consumers, 1, MAX_CONSUMERS)?;
    range("merchants", plan.merchants, 0, MAX_MERCHANTS)?;
    if plan.levels.is_empty() {
        return Err(fault("levels", "there are none; expected at least one"));
    }
    match plan.format {
        Format::Sprt { none, some, false_alarm, miss } => {
            if plan.strategies.len() != 2 {
                let message = format!("{}: a test is between two", plan.strategies.len());
                return Err(fault("strategies", message));
            }
            let sane = |part: f64| part > 0.0 && part < 0.5;
            let points = none.is_finite() && some.is_finite() && none < some;
            if !(points && sane(false_alarm) && sane(miss)) {
                let message = "expected `none` below `some`, and `false_alarm` and `miss` between 0 and 0.5, both excluded";
                return Err(fault("format", message));
            }
            if !plan.format.test().is_some_and(|test| test.can_decide()) {
                let message = format!(
                    "`none: {none}` and `some: {some}` leave nothing to decide: not even who wins or loses every one of ten thousand \
                     blocks tells them apart; expected them farther apart, and within a few hundred points"
                );
                return Err(fault("format", message));
            }
        }
        Format::Swiss { rounds } => range("format.rounds", Some(rounds), 1, 1_000)?,
        Format::RoundRobin | Format::Gauntlet => {}
    }
    if !plan.weights.is_empty() {
        let sound = |weight: &f64| weight.is_finite() && *weight > 0.0;
        if let Some(index) = plan.weights.iter().position(|weight| !sound(weight)) {
            let message = format!("{}: expected a number above 0", plan.weights[index]);
            return Err(fault(format!("weights[{index}]"), message));
        }
        if plan.weights.len() != plan.levels.len() {
            let message = format!("{} weights for {} levels", plan.weights.len(), plan.levels.len());
            return Err(fault("weights", message));
        }
    }
    if plan.strategies.len() < 2 {
        return Err(fault("strategies", "expected at least two: nobody is better than nobody"));
    }
    if plan.strategies.len() > MOST_CONTENDERS {
        let message = format!("{} are too many; expected at most {MOST_CONTENDERS}", plan.strategies.len());
        return Err(fault("strategies", message));
    }
    Ok(())
}

fn entries(listed: &[String], limits: &Limits) -> Result<Vec<Entry>, Fault> {
    let mut entries = Vec::new();
    for (index, text) in listed.iter().enumerate() {
        let player = Player::named(text, limits)
            .map_err(|error| fault(format!("strategies[{index}]"), error.to_string()))?;
        entries.push(Entry { name: player.name().to_owned(), player });
    }
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    entries.iter().for_each(|entry| *count.entry(entry.name.clone()).or_default() += 1);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for entry in entries.iter_mut().filter(|entry| count[&entry.name] > 1) {
        let number = seen.entry(entry.name.clone()).or_default();
        *number += 1;
        entry.name = format!("{}#{number}", entry.name);
    }
    Ok(entries)
}

/// Whether a level's cells all have somebody.
fn people(plan: &Plan, level: &Level) -> Result<(), String> {
    let cells = level.least_consumers();
    if plan.consumers.is_some_and(|consumers| consumers < cells) {
        return Err(format!("{} needs at least {cells} consumers", level.id));
    }
    Ok(())
}

/// Whether a level's seats can be filled.
fn seats(plan: &Plan, entries: usize, level: &Level) -> Result<(), String> {
    let seats = level.platforms.len();
    if seats < 2 {
        return Err(format!("{} has one seat; a match needs two", level.id));
    }
    if plan.format.test().is_some() {
        return if seats > 2 && plan.others.is_empty() {
            Err(format!(
                "{} has {seats} seats and a test is between two; `others` says who has the rest",
                level.id
            ))
        } else {
            Ok(())
        };
    }
    if seats > entries {
        return Err(format!(
            "{} has {seats} seats for {entries} strategies; list {} more (one may be listed twice), or other levels",
            level.id,
            seats - entries
        ));
    }
    Ok(())
}
