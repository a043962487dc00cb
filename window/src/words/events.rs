//! Events of the level: what they do, and what is special about a month.

use super::regulator::offence;
use super::time::months;
use crate::form::Form;
use crate::texts::say;
use walled_gardens_engine::level::Level;
use walled_gardens_engine::level::events::{Change, Effect};

/// A month whose spending differs by less than this part from a usual one is told as a usual one.
const NOTABLE: f64 = 0.03;
/// Categories that are named at most.
const NAMED: usize = 3;

/// What effects do, in a line; `asked` is whose money they move where they name nobody.
pub fn effects(level: &Level, effects: &[Effect], asked: Option<usize>) -> String {
    let told: Vec<String> = effects.iter().filter_map(|effect| self::effect(level, effect, asked)).collect();
    if told.is_empty() { say!("does-nothing-at-once") } else { told.join("; ") }
}

/// What an effect does; nothing of what only the level's author reads.
fn effect(level: &Level, effect: &Effect, asked: Option<usize>) -> Option<String> {
    Some(match effect {
        Effect::Pay { to, amount } => {
            let whom = &level.platforms[to.or(asked)?].name;
            let much = Form::Yuan.write(amount.abs());
            if *amount < 0.0 {
                say!("effect-pays", whom = whom, much = much)
            } else {
                say!("effect-gets", whom = whom, much = much)
            }
        }
        Effect::Change { change, months: lasting } => {
            let long =
                lasting.map_or_else(|| say!("for-good"), |count| say!("for-months", long = months(count)));
            match change {
                Change::Spending { category, factor } => {
                    let on =
                        category.map_or_else(|| say!("everything"), |c| level.categories[c].name.clone());
                    say!("effect-spending", change = changed_by(*factor), on = on, long = long)
                }
                Change::Market { parameter, factor } => {
                    let what = parameter.replace('_', " ");
                    say!("effect-market", what = what, change = changed_by(*factor), long = long)
                }
                Change::Enter { platform } => {
                    say!("news-entered", who = &level.platforms[*platform].name)
                }
                Change::Own { service, owner } => {
                    let what = &level.services[*service].name;
                    match owner {
                        Some(owner) => say!("effect-owns", what = what, whom = level.platforms[*owner].name),
                        None => say!("effect-owned-by-firm", what = what),
                    }
                }
                Change::Leave { platform } => say!("effect-leaves", whom = &level.platforms[*platform].name),
                Change::Room { service, factor } => {
                    let what = &level.services[*service].name;
                    say!("effect-room", what = what, part = format!("{:.0}%", 100.0 * factor), long = long)
                }
            }
        }
        Effect::Opinion { of, by } => {
            let whom = &level.platforms[of.or(asked)?].name;
            let much = format!("{:.2}", by.abs());
            if *by < 0.0 {
                say!("effect-disliked", whom = whom, much = much)
            } else {
                say!("effect-liked", whom = whom, much = much)
            }
        }
        Effect::Attention { of, offence: kind, weight } => {
            let whom = &level.platforms[of.or(asked)?].name;
            say!("effect-attention", whom = whom, what = offence(*kind), much = format!("{weight:.2}"))
        }
        Effect::Remedy { of, months: count, open } => {
            let whom = &level.platforms[of.or(asked)?].name;
            let names: Vec<&str> = open.iter().map(|&number| level.services[number].name.as_str()).collect();
            if names.is_empty() {
                say!("effect-remedy", whom = whom, long = months(*count))
            } else {
                say!("effect-remedy-open", whom = whom, what = names.join(", "), long = months(*count))
            }
        }
        Effect::Flag { .. } => return None,
    })
}

/// What people spend in the month of a turn that they do not in a usual one; nothing where there is nothing to tell.
pub fn season(level: &Level, turn: u32) -> Option<String> {
    let mut apart: Vec<(f64, &str)> = (0..level.categories.len())
        .map(|category| (level.spending(category, turn), level.categories[category].name.as_str()))
        .filter(|(factor, _)| (factor - 1.0).abs() >= NOTABLE)
        .collect();
    if apart.is_empty() {
        return None;
    }
    apart.sort_by(|a, b| (b.0 - 1.0).abs().total_cmp(&(a.0 - 1.0).abs()));
    apart.truncate(NAMED);
    let told: Vec<String> = apart
        .iter()
        .map(|(factor, name)| say!("season-of", what = name, change = changed_by(*factor)))
        .collect();
    Some(say!("season", told = told.join(", ")))
}

/// A part, in percent.
pub fn percent_of(part: f64) -> String {
    format!("{:.0}%", 100.0 * part)
}

/// By how much a factor changes something, with its sign.
pub fn changed_by(factor: f64) -> String {
    let percent = 100.0 * (factor - 1.0);
    format!("{}{:.0}%", if percent < 0.0 { "−" } else { "+" }, percent.abs())
}
