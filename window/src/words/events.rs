//! Events of the level: what they do, and what is special about a month.

use super::joined::{clauses, list};
use super::regulator::offence;
use super::time::months;
use crate::form::{self, Form};
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::level::events::{Change, Effect};

/// A month whose spending differs by less than this part from a usual one is told as a usual one.
const NOTABLE: f64 = 0.03;
/// Categories that are named at most.
const NAMED: usize = 3;

/// What effects do, in a line; `asked` is whose money they move where they name nobody.
pub fn effects(level: &Level, effects: &[Effect], asked: Option<usize>) -> String {
    let told: Vec<String> = effects.iter().filter_map(|effect| self::effect(level, effect, asked)).collect();
    if told.is_empty() { say!("does-nothing-at-once") } else { clauses(&told) }
}

/// What an effect does; nothing of what only the level's author reads.
fn effect(level: &Level, effect: &Effect, asked: Option<usize>) -> Option<String> {
    Some(match effect {
        Effect::Pay { to, amount } => {
            let whom = &of_level(&level.platforms[to.or(asked)?].name);
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
                        category.map_or_else(|| say!("everything"), |c| of_level(&level.categories[c].name));
                    say!("effect-spending", change = changed_by(*factor), on = on, long = long)
                }
                Change::Market { parameter, factor } => {
                    let what = of_level(&parameter.replace('_', " "));
                    say!("effect-market", what = what, change = changed_by(*factor), long = long)
                }
                Change::Enter { platform } => {
                    say!("news-entered", who = &of_level(&level.platforms[*platform].name))
                }
                Change::Own { service, owner } => {
                    let what = &of_level(&level.services[*service].name);
                    match owner {
                        Some(owner) => {
                            say!("effect-owns", what = what, whom = of_level(&level.platforms[*owner].name))
                        }
                        None => say!("effect-owned-by-firm", what = what),
                    }
                }
                Change::Leave { platform } => {
                    say!("effect-leaves", whom = &of_level(&level.platforms[*platform].name))
                }
                Change::Room { service, factor } => {
                    let what = &of_level(&level.services[*service].name);
                    say!("effect-room", what = what, part = form::percent_to(*factor, 0), long = long)
                }
            }
        }
        Effect::Opinion { of, by } => {
            let whom = &of_level(&level.platforms[of.or(asked)?].name);
            let much = form::decimal(by.abs(), 2);
            if *by < 0.0 {
                say!("effect-disliked", whom = whom, much = much)
            } else {
                say!("effect-liked", whom = whom, much = much)
            }
        }
        Effect::Attention { of, offence: kind, weight } => {
            let whom = &of_level(&level.platforms[of.or(asked)?].name);
            say!("effect-attention", whom = whom, what = offence(*kind), much = form::decimal(*weight, 2))
        }
        Effect::Remedy { of, months: count, open } => {
            let whom = &of_level(&level.platforms[of.or(asked)?].name);
            let names: Vec<String> =
                open.iter().map(|&number| of_level(&level.services[number].name)).collect();
            if names.is_empty() {
                say!("effect-remedy", whom = whom, long = months(*count))
            } else {
                say!("effect-remedy-open", whom = whom, what = list(&names), long = months(*count))
            }
        }
        Effect::Flag { .. } => return None,
    })
}

/// What people spend in the month of a turn that they do not in a usual one; nothing where there is nothing to tell.
pub fn season(level: &Level, turn: u32) -> Option<String> {
    let mut apart: Vec<(f64, String)> = (0..level.categories.len())
        .map(|category| (level.spending(category, turn), of_level(&level.categories[category].name)))
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
    Some(say!("season", told = list(&told)))
}

/// A part, in percent.
pub fn percent_of(part: f64) -> String {
    form::percent_to(part, 0)
}

/// By how much a factor changes something, with its sign.
pub fn changed_by(factor: f64) -> String {
    let change = factor - 1.0;
    format!("{}{}", if change < 0.0 { "−" } else { "+" }, form::percent_to(change.abs(), 0))
}
