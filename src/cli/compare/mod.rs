//! `compare`: what orders, strategies or changes to a level change, with intervals.

mod numbers;
mod report;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;

use super::measures::{default_measures, read_measure};
use super::setting::{Setting, give_seats};
use super::status::{BAD_OUTCOME, WELL};
use crate::experiment::{Comparison, Scene, compare};
use crate::game::{Prepared, Setup, seat_of};
use crate::history::plan_of_file;
use crate::level::{Level, MAX_TURNS, Measure};
use crate::order::Plan;

/// Play a level in two ways on the same seeds, and say what differs.
///
/// The sides differ by orders, by changes to the level, by who has a seat, or by the level itself. A file of orders is a RON
/// list, [(turn: 1, by: "north", orders: [TakeRate(rate: 0.02)])], or a replay. A seat for which either file has orders follows
/// orders alone on both sides, so that nothing but the orders differs.
#[derive(Args)]
pub(super) struct Compare {
    /// A shipped level's name or a level file
    level: String,
    /// Orders to compare with; none when absent
    #[arg(long, value_name = "ORDERS")]
    base: Option<PathBuf>,
    /// Orders to compare
    #[arg(long, value_name = "ORDERS")]
    against: Option<PathBuf>,
    /// Level to compare; the same when absent
    #[arg(long, value_name = "LEVEL")]
    against_level: Option<String>,
    /// A change to the level that is compared, after those of --set; repeatable
    #[arg(long, value_name = "PATH=VALUE")]
    against_set: Vec<String>,
    /// Who decides for a platform on the side that is compared alone; repeatable
    #[arg(long, value_name = "ID=STRATEGY")]
    against_seat: Vec<String>,
    /// ID: whose the orders are that name nobody; the level's first platform when absent. ID=STRATEGY: who decides for
    /// another platform, on both sides; repeatable
    #[arg(long, value_name = "ID[=STRATEGY]")]
    seat: Vec<String>,
    /// How many pairs, with seeds from 1 on; or which seeds, such as 100-119 or 3,5,8,13. At least four: with fewer there is
    /// no interval to speak of
    #[arg(long, value_name = "N|LIST", default_value = "20", allow_negative_numbers = true)]
    seeds: String,
    /// What is measured, such as share:north, gmv:north@tier-4 or hhi@tea; repeatable. When absent: sales, profit and
    /// value of every platform, and the consumers' surplus
    #[arg(long, value_name = "NAME[:PLATFORM][@REGION][@CATEGORY][@SERVICE]")]
    metric: Vec<String>,
    /// Turns at which it is measured, such as 12, 6,12 or 1-24; the last when absent
    #[arg(long, value_name = "N|LIST", allow_negative_numbers = true)]
    turn: Option<String>,
    #[command(flatten)]
    setting: Setting,
    /// Print one JSON object
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print a table with a row for each measure, turn and seed
    #[arg(long)]
    csv: bool,
}

/// One side, ready to be played.
struct Ready {
    prepared: Prepared,
    setup: Setup,
    plan: Plan,
    measures: Vec<Measure>,
}

impl Ready {
    fn scene(&self) -> Scene<'_> {
        Scene { prepared: &self.prepared, setup: &self.setup, plan: &self.plan, measures: &self.measures }
    }
}

impl Compare {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let seeds =
            numbers::seeds(&self.seeds).map_err(|wrong| anyhow!("--seeds {}: {wrong}", self.seeds))?;
        let differs =
            self.against_level.is_some() || !self.against_set.is_empty() || !self.against_seat.is_empty();
        if self.against.is_none() && !differs {
            bail!(
                "there is nothing to compare; expected --against ORDERS, --against-set, --against-seat or \
                 --against-level"
            );
        }
        let (given, plain): (Vec<&str>, Vec<&str>) =
            self.seat.iter().map(String::as_str).partition(|seat| seat.contains('='));
        let owner = match plain[..] {
            [] => None,
            [id] => Some(id),
            [first, second, ..] => {
                bail!("--seat {first}, --seat {second}: orders that name nobody are by one")
            }
        };
        let level = self.setting.level(&self.level)?;
        let name = self.against_level.as_ref().unwrap_or(&self.level);
        let other = match self.against_level.is_none() && self.against_set.is_empty() {
            true => None,
            false => Some(self.setting.changed(name, &self.against_set)?),
        };
        let other_level = other.as_ref().unwrap_or(&level);
        let anew: Vec<&str> = self.against_seat.iter().map(String::as_str).collect();
        let setup = self.setting.setup(&level, &given)?;
        let mut other_setup = self.setting.setup(other_level, &given)?;
        give_seats(&mut other_setup, other_level, "--against-seat", &anew, &self.setting.limits())?;
        let plan = |file: &Option<PathBuf>, level: &Level| -> Result<Plan> {
            let Some(file) = file else { return Ok(Plan::new()) };
            let seat =
                owner.map_or(Ok(0), |id| seat_of(level, id).with_context(|| format!("--seat {id}")))?;
            Ok(plan_of_file(file, level, seat)?)
        };
        let (base, against) = (plan(&self.base, &level)?, plan(&self.against, other_level)?);
        if let Some(file) = self.against.as_ref().filter(|_| against.values().flatten().all(Vec::is_empty))
            && !differs
        {
            bail!("{}: there are no orders to compare; expected at least one", file.display());
        }
        for (side, plan, level) in [("base", &base, &level), ("against", &against, other_level)] {
            taken_twice(side, plan, level, "--seat", &given)?;
            taken_twice(side, plan, level, "--against-seat", &anew)?;
        }
        let turns = self.turns(&level, setup.turns.min(other_setup.turns))?;
        let (measures, other_measures) = self.measures([&level, other_level], &turns)?;
        let prepared = Prepared::new(level);
        let other_prepared = other.map_or_else(|| prepared.clone(), Prepared::new);
        let base = Ready { prepared, setup, plan: base, measures };
        let against =
            Ready { prepared: other_prepared, setup: other_setup, plan: against, measures: other_measures };
        let comparison = Comparison { base: base.scene(), against: against.scene(), seeds: &seeds };
        let compared = self.setting.pool()?.install(|| compare(&comparison))?;
        if self.json {
            let report = report::Report::new(&comparison, &compared);
            writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
        } else if self.csv {
            out.write_all(&report::table(&comparison, &compared)?)?;
        } else {
            report::show(out, &comparison, &compared)?;
        }
        Ok(if compared.refused.is_empty() { WELL } else { BAD_OUTCOME })
    }

    fn turns(&self, level: &Level, last: u32) -> Result<Vec<u32>> {
        let Some(text) = &self.turn else { return Ok(vec![last]) };
        let wrong = |reason: String| anyhow!("--turn {text}: {reason}");
        let listed = numbers::listed(text).map_err(wrong)?;
        if let Some(turn) = listed.iter().find(|turn| !(1..=u64::from(last.min(MAX_TURNS))).contains(turn)) {
            return Err(wrong(format!(
                "turn {turn}: {} is played for {last} turns; expected 1 to that",
                level.id
            )));
        }
        Ok(listed.into_iter().map(|turn| turn as u32).collect())
    }

    /// The same measures in the numbers of both levels, at every turn.
    fn measures(&self, levels: [&Level; 2], turns: &[u32]) -> Result<(Vec<Measure>, Vec<Measure>)> {
        let pairs: Vec<(Measure, Measure)> = if self.metric.is_empty() {
            // What both levels have.
            let theirs = default_measures(levels[1]);
            let same = |ours: &Measure| {
                let words = ours.in_words(levels[0]);
                theirs.iter().find(|theirs| theirs.in_words(levels[1]) == words).cloned()
            };
            default_measures(levels[0])
                .into_iter()
                .filter_map(|ours| Some((ours.clone(), same(&ours)?)))
                .collect()
        } else {
            let read = |text: &String, level: &Level| {
                read_measure(text, level).with_context(|| format!("--metric {text}: {}", level.id))
            };
            let both = |text| Ok((read(text, levels[0])?, read(text, levels[1])?));
            self.metric.iter().map(both).collect::<Result<_>>()?
        };
        let at = |turn: u32, measure: &Measure| Measure { turn: Some(turn), ..measure.clone() };
        let all = pairs
            .iter()
            .flat_map(|(ours, theirs)| turns.iter().map(move |&turn| (at(turn, ours), at(turn, theirs))));
        Ok(all.unzip())
    }
}

/// Who follows orders cannot be given a strategy as well.
fn taken_twice(side: &str, plan: &Plan, level: &Level, option: &str, given: &[&str]) -> Result<()> {
    for &platform in plan.keys() {
        let id = &level.platforms[platform].id;
        let taken = given.iter().find(|seat| seat.split_once('=').is_some_and(|(given, _)| given == id));
        if let Some(taken) = taken {
            bail!("{option} {taken}: the orders of --{side} are by `{id}` too; expected another seat");
        }
    }
    Ok(())
}
