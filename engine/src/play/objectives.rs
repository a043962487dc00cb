//! How a seat stands with its objectives, and the medal they come to: pure functions of the outcomes so far.

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use crate::level::{Bound, Deadline, Level, Objective};
use crate::sim::Outcome;
use crate::sim::metrics::measured;

/// Whether an objective is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It can still be met.
    Open,
    /// It was met after this turn, and stays so.
    Met(u32),
    /// It was not met after this turn, its last.
    Failed(u32),
}

/// How an objective stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress<'a> {
    /// Which.
    pub objective: &'a Objective,
    /// Whether it is met.
    pub status: Status,
    /// What was measured at the opening, where it could be.
    pub opening: Option<f64>,
    /// What is measured now, or was when it was decided.
    pub now: Option<f64>,
    /// What was measured in the turn before.
    pub before: Option<f64>,
    /// How much is missing, in the unit of the metric; 0 where nothing is. Nothing where it could not be measured.
    pub missing: Option<f64>,
}

impl Progress<'_> {
    /// How much of the way from the opening is gone, 0 to 1; where the opening was there already, how near it still is.
    pub fn part(&self) -> f64 {
        let whole = self.opening.map(|opening| missing(self.objective.bound, opening));
        match (whole, self.missing) {
            (_, Some(left)) if left <= 0.0 => 1.0,
            (Some(whole), Some(left)) if whole > 0.0 => (1.0 - left / whole).clamp(0.0, 1.0),
            (_, Some(left)) => (1.0 - left / size(self.objective.bound)).clamp(0.0, 1.0),
            _ => 0.0,
        }
    }

    /// By how much the number changed in a turn; nothing where it was decided before.
    pub fn change_in(&self, turn: u32) -> Option<f64> {
        let decided = match self.status {
            Status::Met(decided) | Status::Failed(decided) => Some(decided),
            Status::Open => None,
        };
        (decided.is_none_or(|decided| decided >= turn)).then(|| Some(self.now? - self.before?)).flatten()
    }

    /// Whether the opening was where it is wanted, and it is there no more.
    pub fn has_slipped(&self) -> bool {
        let opened = self.opening.is_some_and(|opening| missing(self.objective.bound, opening) <= 0.0);
        opened && !self.holds()
    }

    /// Whether it would be met if this were its last turn.
    pub fn holds(&self) -> bool {
        self.missing.is_some_and(|missing| missing <= 0.0)
    }
}

/// What all objectives of a seat come to. They are in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Medal {
    /// At least one objective is met.
    Bronze,
    /// More than half of them are.
    Silver,
    /// All of them are.
    Gold,
}

/// How a seat stands with each of its objectives. `outcomes` are the opening and then one for each turn.
pub fn progress<'a>(level: &'a Level, seat: usize, outcomes: &[&Outcome]) -> Vec<Progress<'a>> {
    let own = level.objectives.iter().filter(|objective| objective.seat == seat);
    own.map(|objective| stand(level, objective, outcomes)).collect()
}

/// The medal, if there is one.
pub fn medal(all: &[Progress]) -> Option<Medal> {
    let met = all.iter().filter(|one| matches!(one.status, Status::Met(_))).count();
    match met {
        0 => None,
        _ if met == all.len() => Some(Medal::Gold),
        _ if 2 * met > all.len() => Some(Medal::Silver),
        _ => Some(Medal::Bronze),
    }
}

fn stand<'a>(level: &'a Level, objective: &'a Objective, outcomes: &[&Outcome]) -> Progress<'a> {
    // Before the first month nothing was earned that could be judged.
    let judged = Figure::measured_by(&objective.measure).is_some_and(Figure::is_judged);
    let value = |outcome: &&Outcome| {
        (outcome.turn > 0 || !judged).then(|| measured(level, &objective.measure, outcome)).flatten()
    };
    let values: Vec<Option<f64>> = outcomes.iter().map(value).collect();
    let (turns, last) = (values.len().saturating_sub(1), objective.deadline.turn() as usize);
    let short =
        |turn: usize| values.get(turn).copied().flatten().map(|value| missing(objective.bound, value));
    let holds = |turn: &usize| short(*turn).is_some_and(|missing| missing <= 0.0);
    // The opening is nobody's doing: it counts for nothing.
    let met = match objective.deadline {
        Deadline::By(_) => (1..=turns.min(last)).find(holds),
        Deadline::At(_) => Some(last).filter(holds),
    };
    let (status, turn) = match met {
        Some(turn) => (Status::Met(turn as u32), turn),
        None if turns >= last => (Status::Failed(last as u32), last),
        None => (Status::Open, turns),
    };
    Progress {
        objective,
        status,
        opening: values.first().copied().flatten(),
        before: turn.checked_sub(1).and_then(|turn| values.get(turn).copied().flatten()),
        now: values.get(turn).copied().flatten(),
        missing: short(turn),
    }
}

/// How large the number is that is wanted.
fn size(bound: Bound) -> f64 {
    let (Bound::AtLeast(number) | Bound::AtMost(number) | Bound::Within(number, _)) = bound;
    number.abs().max(f64::MIN_POSITIVE)
}

/// How far a number is from where it is wanted; 0 where it is there.
pub(super) fn missing(bound: Bound, number: f64) -> f64 {
    match bound {
        Bound::AtLeast(least) => (least - number).max(0.0),
        Bound::AtMost(most) => (number - most).max(0.0),
        Bound::Within(low, high) => (low - number).max(number - high).max(0.0),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::game::{Match, Prepared, Setup};
    use crate::level::Measure;
    use crate::strategy;

    /// The opening and so many turns of the smallest level, everybody passive, with the platform's share as stated.
    fn played(shares: &[f64]) -> (Arc<Level>, Vec<Outcome>) {
        let level = Level::find("tutorial/two-gardens", &[], &strategy::vocabulary()).expect("reads");
        let setup = Setup { turns: 1, ..Setup::of(&level).expect("plays") };
        let prepared = Prepared::new(level);
        let game = Match::new(&prepared, setup);
        let opening = game.simulation().outcome().clone();
        let with = |(turn, &cash): (usize, &f64)| {
            let mut outcome = opening.clone();
            (outcome.turn, outcome.cash[0]) = (turn as u32, cash);
            outcome
        };
        (Arc::clone(&prepared.level), shares.iter().enumerate().map(with).collect())
    }

    fn objective(bound: Bound, deadline: Deadline) -> Objective {
        let measure = Measure {
            metric: "cash".to_owned(),
            platform: Some(0),
            region: None,
            category: None,
            service: None,
            turn: Some(deadline.turn()),
        };
        Objective { seat: 0, title: "Rich".to_owned(), measure, bound, deadline, stated: deadline }
    }

    fn after(cash: &[f64], bound: Bound, deadline: Deadline) -> (Status, f64) {
        let (level, outcomes) = played(cash);
        let objective = objective(bound, deadline);
        let stood = stand(&level, &objective, &outcomes.iter().collect::<Vec<_>>());
        (stood.status, stood.part())
    }

    #[test]
    fn what_is_reached_by_a_turn_stays_reached_and_what_is_not_has_failed() {
        let (bound, by) = (Bound::AtLeast(10.0), Deadline::By(3));
        assert_eq!(after(&[5.0], bound, by), (Status::Open, 0.0));
        assert_eq!(after(&[6.0, 7.0], bound, by), (Status::Open, 0.25));
        assert_eq!(after(&[5.0, 6.0, 10.0, 1.0, 1.0], bound, by), (Status::Met(2), 1.0));
        assert_eq!(after(&[5.0, 6.0, 7.0, 9.0], bound, by).0, Status::Failed(3));
        assert_eq!(after(&[5.0, 6.0, 7.0, 9.0, 11.0], bound, by).0, Status::Failed(3), "too late");
        assert_eq!(after(&[11.0], bound, by), (Status::Open, 1.0), "the opening is nobody's doing");
    }

    #[test]
    fn what_must_be_so_at_a_turn_is_judged_then_alone() {
        let (bound, at) = (Bound::AtMost(10.0), Deadline::At(2));
        assert_eq!(after(&[5.0, 6.0], bound, at), (Status::Open, 1.0));
        assert_eq!(after(&[5.0, 6.0, 12.0], bound, at).0, Status::Failed(2));
        assert_eq!(after(&[5.0, 60.0, 9.0, 99.0], bound, at).0, Status::Met(2));
        assert_eq!(after(&[5.0, 11.0], bound, at), (Status::Open, 0.9), "it was there and is not any more");
        let within = Bound::Within(2.0, 4.0);
        assert_eq!(after(&[8.0, 6.0], within, at), (Status::Open, 0.5));
        assert_eq!(after(&[0.0, 1.0], within, at), (Status::Open, 0.5));
    }

    #[test]
    fn what_was_decided_changes_no_more() {
        let change = |cash: &[f64]| {
            let (level, outcomes) = played(cash);
            let objective = objective(Bound::AtLeast(10.0), Deadline::By(3));
            let outcomes: Vec<_> = outcomes.iter().collect();
            stand(&level, &objective, &outcomes).change_in(cash.len() as u32 - 1)
        };
        assert_eq!(change(&[5.0, 7.0]), Some(2.0));
        assert_eq!(change(&[5.0, 7.0, 11.0]), Some(4.0), "in the month in which it was met");
        assert_eq!(change(&[5.0, 7.0, 11.0, 20.0]), None);
        assert_eq!(change(&[5.0]), None, "there was nothing before the opening");
    }

    #[test]
    fn what_was_not_measured_is_not_met() {
        let (level, outcomes) = played(&[1.0, 1.0]);
        let mut one = objective(Bound::AtLeast(0.0), Deadline::By(1));
        one.measure.metric = "hhi".to_owned();
        let stood = stand(&level, &one, &outcomes.iter().collect::<Vec<_>>());
        assert_eq!((stood.status, stood.now, stood.part()), (Status::Failed(1), None, 0.0));
    }

    #[test]
    fn medals_go_by_how_many_objectives_are_met() {
        let bound = Bound::AtLeast(0.0);
        let one = objective(bound, Deadline::By(1));
        let of = |met: usize, all: usize| {
            let status = |place: usize| if place < met { Status::Met(1) } else { Status::Failed(1) };
            let stood = |place| Progress {
                objective: &one,
                status: status(place),
                opening: None,
                before: None,
                now: None,
                missing: None,
            };
            medal(&(0..all).map(stood).collect::<Vec<_>>())
        };
        let medals = [of(0, 0), of(0, 3), of(1, 3), of(2, 3), of(3, 3), of(1, 2), of(1, 1)];
        let (bronze, silver, gold) = (Some(Medal::Bronze), Some(Medal::Silver), Some(Medal::Gold));
        assert_eq!(medals, [None, None, bronze, silver, gold, bronze, gold]);
    }
}
