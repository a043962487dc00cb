//! What a level that plays still says in vain: steps of a tutorial that never come, orders that are never legal, measures
//! that have no value. Only the level as it is written is held to it; with changes made to it, it still plays.

use super::compare::last_turn;
use crate::level::events::{Condition, Effect, LevelEvent};
use crate::level::raw::RawLevel;
use crate::level::{
    Bound, Case, Diagnostic, Entry, Level, LevelError, Measurable, Measure, Spans, Until, parse_ron, set,
};
use crate::order::{Kind, TurnOrders};
use crate::sim::metrics::metric;
use crate::sim::possible;
use crate::strategy;

/// Looks a level over that has been read from a text as it is written.
///
/// # Errors
/// Everything that can never come true, each with its place.
pub fn review(file: &str, level: &Level) -> Result<(), LevelError> {
    let (raw, spans) = parse_ron::<RawLevel>(file, &level.text)?;
    let mut review = Review { level, spans, found: Vec::new() };
    review.tutorial();
    review.events();
    review.newcomers();
    for (index, (case, raw)) in level.reference.iter().zip(&raw.reference).enumerate() {
        review.case(index, case, [&raw.base, raw.against.as_deref().unwrap_or_default()]);
    }
    if review.found.is_empty() {
        return Ok(());
    }
    Err(LevelError { file: file.to_owned(), text: level.text.clone(), diagnostics: review.found })
}

/// The level of a case: with the changes that the case makes.
///
/// # Errors
/// Which change cannot be made, by its place in the list, and why; or what is wrong with the level after all of them.
pub(super) fn changed(level: &Level, case: &Case) -> Result<Level, (usize, String)> {
    let mut text = level.text.clone();
    for (place, change) in case.change.iter().enumerate() {
        text = set(&text, change).map_err(|error| (place, error.to_string()))?;
    }
    let read = Level::from_text(&level.id, &text, &strategy::vocabulary());
    read.map_err(|error| (case.change.len().saturating_sub(1), format!("after its changes:\n{error}")))
}

struct Review<'a> {
    level: &'a Level,
    spans: Spans,
    found: Vec<Diagnostic>,
}

impl Review<'_> {
    fn complain(&mut self, path: &str, message: String, expected: &str) {
        let span = self.spans.get(path).unwrap_or_else(|| self.spans.nearest_ancestor(path).1);
        self.found.push(Diagnostic::error(path, span, message).expected(expected));
    }

    fn tutorial(&mut self) {
        let level = self.level;
        let (turns, services, others) =
            (level.setup.turns, !level.services.is_empty(), level.platforms.len() > 1);
        for (index, step) in level.tutorial.iter().enumerate() {
            let path = format!("tutorial[{index}].until");
            match &step.until {
                Until::Turns(wanted) if *wanted > turns => {
                    let message = format!("{wanted} turns are never played: the level has {turns}");
                    self.complain(&path, message, &format!("at most {turns}"));
                }
                Until::Order(order) | Until::Amount { order, .. } => {
                    let path = if matches!(step.until, Until::Order(_)) { path } else { path + ".order" };
                    let Some(kind) = Kind::named(order) else { continue };
                    if kind.service && !services {
                        let message = format!("`{order}` is never given: the level has no services");
                        self.complain(&path, message, "an order that somebody can give here");
                    } else if kind.another && !others {
                        let message = format!("`{order}` is never given: there is one company");
                        self.complain(&path, message, "an order that somebody can give here");
                    }
                }
                _ => {}
            }
        }
    }

    fn events(&mut self) {
        let possible = possible_events(self.level);
        for (index, event) in self.level.events.iter().enumerate() {
            let path = format!("events[{index}].when");
            if !possible[index] {
                let message = format!("`{}` never happens in {} turns", event.id, self.level.setup.turns);
                self.complain(&path, message, "a condition that can hold before the last turn");
            } else if event.cooldown.is_some() && is_for_good(&event.when) {
                let message = format!("once `{}` has happened it happens again for ever", event.id);
                let expected = "a condition that ends again, `Every(…)`, or no `cooldown`";
                self.complain(&path, message, expected);
            }
        }
    }

    fn newcomers(&mut self) {
        let possible = possible_events(self.level);
        for (index, platform) in self.level.platforms.iter().enumerate() {
            if let Some(Entry::When(condition)) = &platform.enters
                && !can_hold(self.level, condition, &possible)
            {
                let message = format!("`{}` never enters in {} turns", platform.id, self.level.setup.turns);
                let path = format!("platforms[{index}].enters");
                self.complain(&path, message, "a condition that can hold before the last turn");
            }
        }
    }

    fn case(&mut self, index: usize, case: &Case, [base, against]: [&[TurnOrders]; 2]) {
        let path = format!("reference[{index}]");
        let level = match changed(self.level, case) {
            Ok(level) => level,
            Err((place, message)) => {
                let place = format!("{path}.change[{place}]");
                return self.complain(&place, message, "a change after which the level is sound");
            }
        };
        let turns = level.setup.turns;
        for (place, expectation) in case.expect.iter().enumerate() {
            let path = format!("{path}.expect[{place}]");
            let (value, slack) = (expectation.value, expectation.tolerance);
            let bound = Bound::Within(value - slack, value + slack);
            self.measure(&level, &path, &expectation.measure);
            if never(&expectation.measure, bound) {
                let message = format!("`{}` is a fraction and never {value}", expectation.measure.metric);
                self.complain(&format!("{path}.value"), message, "a number from 0 to 1");
            }
        }
        for (place, difference) in case.differences.iter().enumerate() {
            let path = format!("{path}.differences[{place}]");
            self.measure(&level, &path, &difference.measure);
            let (field, size) = match difference.bound {
                Bound::AtLeast(least) => ("at_least", if difference.relative { 0.0 } else { least }),
                Bound::AtMost(most) => ("at_most", -most),
                Bound::Within(..) => continue,
            };
            // Fractions do not change by more than one; nor does anything fall by more than all of it.
            if is_fraction(&difference.measure) && size > 1.0 {
                let message = format!("`{}` never changes so much", difference.measure.metric);
                self.complain(&format!("{path}.{field}"), message, "a change of at most 1");
            }
        }
        let measured = case.differences.iter().map(|difference| &difference.measure);
        let last = last_turn(measured, turns);
        for (side, list) in [("base", base), ("against", against)] {
            self.orders(&level, &format!("{path}.{side}"), list, last);
        }
    }

    fn measure(&mut self, level: &Level, path: &str, measure: &Measure) {
        if let Some(wrong) =
            metric(&measure.metric).and_then(|metric| metric.measurable().unmeasurable(level, measure))
        {
            self.complain(&format!("{path}.{}", wrong.field), wrong.message, &wrong.expected);
        }
        let turns = level.setup.turns;
        if let Some(turn) = measure.turn.filter(|&turn| turn > turns) {
            let message = format!("turn {turn} is after the last");
            self.complain(&format!("{path}.turn"), message, &format!("a turn from 1 to {turns}"));
        }
    }

    /// Orders that are legal in some state of the market, in turns that are played.
    fn orders(&mut self, level: &Level, path: &str, list: &[TurnOrders], last: u32) {
        for (place, entry) in list.iter().enumerate() {
            let path = format!("{path}[{place}]");
            if entry.turn > last && !entry.orders.is_empty() {
                let message = format!("turn {} is after the last that is measured", entry.turn);
                self.complain(&format!("{path}.turn"), message, &format!("a turn from 1 to {last}"));
            }
            // What names nobody is by the first platform; a change may have taken away whom the level knows.
            let by =
                entry.by.as_ref().map_or(Some(0), |id| level.platforms.iter().position(|row| row.id == *id));
            let Some(by) = by else {
                let message =
                    format!("there is no `{}` after the changes", entry.by.as_deref().unwrap_or_default());
                self.complain(&format!("{path}.by"), message, "a platform of the changed level");
                continue;
            };
            for (number, order) in entry.orders.iter().enumerate() {
                if let Err(reason) = possible(level, by, order) {
                    let expected = "an order that is legal in some state of the market";
                    self.complain(&format!("{path}.orders[{number}]"), reason, expected);
                }
            }
        }
    }
}

fn measurable(measure: &Measure) -> Option<Measurable> {
    metric(&measure.metric).map(|metric| metric.measurable())
}

fn is_fraction(measure: &Measure) -> bool {
    measurable(measure).is_some_and(|measurable| measurable.fraction)
}

fn never(measure: &Measure, bound: Bound) -> bool {
    measurable(measure).is_some_and(|measurable| measurable.never(bound).is_some())
}

/// Which events can happen: those whose conditions need nothing that only comes of events that cannot.
fn possible_events(level: &Level) -> Vec<bool> {
    let mut possible = vec![false; level.events.len()];
    loop {
        let now: Vec<bool> =
            level.events.iter().map(|event| can_hold(level, &event.when, &possible)).collect();
        if now == possible {
            return possible;
        }
        possible = now;
    }
}

fn can_hold(level: &Level, condition: &Condition, possible: &[bool]) -> bool {
    let turns = level.setup.turns;
    let sets = |event: &LevelEvent, flag: usize| {
        let effects = event.effects.iter().chain(event.choices.iter().flat_map(|choice| &choice.effects));
        effects.into_iter().any(|effect| *effect == Effect::Flag { flag, up: true })
    };
    match condition {
        Condition::All(list) => list.iter().all(|one| can_hold(level, one, possible)),
        Condition::Any(list) => list.iter().any(|one| can_hold(level, one, possible)),
        // What does not hold at first may not hold.
        Condition::Not(one) => {
            !matches!(**one, Condition::Metric(ref measure, bound) if always(measure, bound))
        }
        // What happens after the last turn is never seen.
        Condition::Turn(turn) | Condition::Every(turn) => *turn < turns,
        Condition::Metric(measure, bound) => !never(measure, *bound),
        Condition::Rising(rising) => rising.over + 1 < turns,
        Condition::Flag(flag) => {
            level.events.iter().zip(possible).any(|(event, possible)| *possible && sets(event, *flag))
        }
        Condition::Agreement { .. } => level.platforms.len() > 1,
        Condition::Happened { event, .. } => possible[*event],
    }
}

/// Whether a condition that holds once holds from then on.
fn is_for_good(condition: &Condition) -> bool {
    match condition {
        Condition::All(list) => list.iter().all(is_for_good),
        Condition::Any(list) => list.iter().any(is_for_good),
        Condition::Turn(_) | Condition::Happened { .. } => true,
        Condition::Metric(measure, bound) => always(measure, *bound),
        _ => false,
    }
}

/// Whether a fraction is always so.
fn always(measure: &Measure, bound: Bound) -> bool {
    let fraction = metric(&measure.metric).is_some_and(|metric| metric.measurable().fraction);
    match bound {
        Bound::AtLeast(least) => fraction && least <= 0.0,
        Bound::AtMost(most) => fraction && most >= 1.0,
        Bound::Within(..) => false,
    }
}
