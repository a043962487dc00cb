//! What is to be played, from a plan, flags, or the folder that is gone on with.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};
use clap::Args;

use super::super::limits::BotLimits;
use crate::level::{Diagnostic, LevelError, Spans, nearest, parse_ron, read_text};
use crate::tournament::{Fault, Folder, Format, PLANS, Plan, Tournament};

/// Blocks where only flags say what is played.
const BLOCKS: u32 = 20;

/// What is played, by a plan or by flags, or by a plan with flags in place of some of it.
#[derive(Args, Clone, Default)]
pub(super) struct Planned {
    /// A plan: a file, or the name of one that comes with the program; absent: that of the folder that is gone on with, else the
    /// first of these, or what the flags say with 20 blocks where they name strategies
    plan: Option<String>,
    /// A level to play on, by name or file; repeatable
    #[arg(long, value_name = "LEVEL")]
    level: Vec<String>,
    /// Who plays, separated by commas, such as passive,premium(commission: 0.03),cmd:python3 bot.py
    #[arg(long, value_name = "A,B,…")]
    strategies: Option<String>,
    /// Who has the other seats of a test on levels with more than two, separated by commas
    #[arg(long, value_name = "A,B,…")]
    others: Option<String>,
    /// Who plays whom: round-robin, gauntlet (the first against the field), swiss, or sprt (is the first of two better?)
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// In how many blocks of each level every two meet; how many a round has, or a test at most
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    blocks: Option<u32>,
    /// What every seed is made of
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Turns of a match; the level's when absent
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    turns: Option<u32>,
    /// Consumer agents; the level's when absent
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    consumers: Option<u32>,
    /// Merchant agents; the level's when absent
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    merchants: Option<u32>,
    #[command(flatten)]
    pub(super) bots: BotLimits,
}

impl Planned {
    /// The tournament, checked; where one is gone on with and no plan is named, the one that the folder holds, but for flags.
    #[allow(clippy::print_stderr, reason = "what is not played is said beside the standings, not in them")]
    pub(super) fn tournament(&self, folder: Option<&Path>) -> Result<Tournament> {
        let (mut plan, source) = match folder {
            Some(folder) if self.plan.is_none() => (Folder::plan(folder)?, Source::Folder(folder.to_owned())),
            _ => self.read()?,
        };
        let from_flags = self.change(&mut plan)?;
        let chosen = matches!(source, Source::Flags) && self.level.is_empty();
        let left_out = if chosen { plan.leave_out_levels() } else { Vec::new() };
        let tournament =
            Tournament::with(plan, &self.bots.limits()).map_err(|fault| said(fault, &source, &from_flags))?;
        if let Some(fault) = tournament.unstartable().filter(|_| folder.is_none()) {
            return Err(said(fault, &source, &from_flags));
        }
        for why in left_out {
            eprintln!("Left out: {why}.");
        }
        Ok(tournament)
    }

    /// The same, where parts of it are to be played: these are of what is known beforehand.
    pub(super) fn in_parts(&self, folder: Option<&Path>) -> Result<Tournament> {
        let tournament = self.tournament(folder)?;
        if tournament.plan.format.is_adaptive() {
            bail!(
                "a tournament whose next matches depend on the last ones cannot be played in parts; \
                 expected the format round-robin or gauntlet"
            );
        }
        Ok(tournament)
    }

    /// What a plan in a file says.
    pub(super) fn of_file(plan: String) -> Self {
        Self { plan: Some(plan), ..Self::default() }
    }

    /// The same, but for the plan in a file where none is named.
    pub(super) fn or_file(&self, plan: String) -> Self {
        Self { plan: self.plan.clone().or(Some(plan)), ..self.clone() }
    }

    /// Whether a plan is named or made by flags: not only that of the folder that is gone on with.
    pub(super) fn is_said(&self) -> bool {
        self.plan.is_some() || self.strategies.is_some()
    }

    /// Puts flags in the place of what a plan says; which there were.
    fn change(&self, plan: &mut Plan) -> Result<Vec<&'static str>> {
        let mut from_flags = Vec::new();
        if !self.level.is_empty() {
            plan.levels.clone_from(&self.level);
            // They were of other levels.
            plan.weights.clear();
            from_flags.push("level");
        }
        for (listed, list, name) in [
            (&self.strategies, &mut plan.strategies, "strategies"),
            (&self.others, &mut plan.others, "others"),
        ] {
            if let Some(listed) = listed {
                *list = listed_names(listed);
                from_flags.push(name);
            }
        }
        if let Some(name) = &self.format {
            plan.format = format_named(name)?;
            from_flags.push("format");
        }
        plan.blocks = self.blocks.unwrap_or(plan.blocks);
        plan.seed = self.seed.unwrap_or(plan.seed);
        plan.turns = self.turns.or(plan.turns);
        plan.consumers = self.consumers.or(plan.consumers);
        plan.merchants = self.merchants.or(plan.merchants);
        let numbers = [
            ("blocks", self.blocks),
            ("turns", self.turns),
            ("consumers", self.consumers),
            ("merchants", self.merchants),
        ];
        from_flags.extend(numbers.iter().filter(|(_, number)| number.is_some()).map(|(name, _)| *name));
        Ok(from_flags)
    }

    /// The plan before flags, and where it is from. Strategies without a plan are wanted to play each other, not in the place
    /// of the default league's: of that they take the levels, where they name none.
    fn read(&self) -> Result<(Plan, Source)> {
        let (plan, source) = self.named()?;
        if self.plan.is_some() || self.strategies.is_none() {
            return Ok((plan, source));
        }
        let plan = Plan::of(plan.levels, Vec::new(), BLOCKS);
        Ok((plan, Source::Flags))
    }

    /// The plan that is named, or the default.
    fn named(&self) -> Result<(Plan, Source)> {
        let name = self.plan.as_deref().unwrap_or(PLANS[0].name);
        let known = PLANS.iter().find(|plan| plan.name == name);
        let (file, text) = match known {
            Some(plan) if !Path::new(name).is_file() => {
                (format!("assets/tournaments/{name}.ron"), plan.text.to_owned())
            }
            _ if Path::new(name).exists() || name.ends_with(".ron") => {
                (name.to_owned(), read_text(Path::new(name))?)
            }
            _ => {
                let names = || PLANS.iter().map(|plan| plan.name);
                let hint = nearest(name, names())
                    .map(|known| format!(" (did you mean `{known}`?)"))
                    .unwrap_or_default();
                let all = names().collect::<Vec<_>>().join(", ");
                bail!("no plan `{name}`{hint}; there are {all}, and any file that ends in .ron")
            }
        };
        let (plan, spans) = parse_ron::<Plan>(&file, &text)?;
        Ok((plan, Source::File { file, text, spans }))
    }
}

/// Where a plan is from, before flags.
enum Source {
    /// Flags say it all.
    Flags,
    /// A text.
    File { file: String, text: String, spans: Spans },
    /// The records of a tournament that is gone on with.
    Folder(PathBuf),
}

/// What is wrong with a plan, where it stands: in its file, in the folder, or on the command line.
fn said(fault: Fault, source: &Source, from_flags: &[&str]) -> anyhow::Error {
    let top = fault.path.split(['.', '[']).next().unwrap_or_default();
    let flag = if top == "levels" { "level" } else { top };
    match source {
        Source::File { file, text, spans } if !from_flags.contains(&flag) => {
            let (_, span) = spans.nearest_ancestor(&fault.path);
            anyhow!(LevelError {
                file: file.clone(),
                text: text.clone(),
                diagnostics: vec![Diagnostic::error(fault.path, span, fault.message)],
            })
        }
        Source::Folder(folder) if !from_flags.contains(&flag) => {
            let kept = if top == "levels" { "; levels as they were are in its folder `levels`" } else { "" };
            anyhow!("{}: its plan cannot be played any more: {fault}{kept}", folder.display())
        }
        _ => anyhow!("--{flag}: {}", fault.message),
    }
}

/// Splits at commas, but not within brackets.
fn listed_names(text: &str) -> Vec<String> {
    let (mut names, mut name, mut depth) = (Vec::new(), String::new(), 0);
    for letter in text.chars() {
        match letter {
            ',' if depth == 0 => names.push(std::mem::take(&mut name)),
            _ => {
                depth += i32::from(letter == '(') - i32::from(letter == ')');
                name.push(letter);
            }
        }
    }
    names.push(name);
    names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn format_named(name: &str) -> Result<Format> {
    Format::named(name).ok_or_else(|| {
        let names = ["round-robin", "gauntlet", "swiss", "sprt"];
        let hint =
            nearest(name, names).map(|known| format!(" (did you mean `{known}`?)")).unwrap_or_default();
        anyhow!("--format {name}: no such format{hint}; there are {}", names.join(", "))
    })
}
