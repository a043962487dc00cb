//! The player's objectives: won, lost, in danger, in reach, and due.

use super::month::Month;
use super::story::{GoalChange, Story};
use crate::play::objectives::{Progress, Status, progress};

/// Months before its last at which an objective that does not hold is told of.
const DUE: [u32; 2] = [3, 1];

/// How each objective turned in the month.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let Some(me) = month.me else { return Vec::new() };
    let (level, outcomes) = (month.level(), month.outcomes());
    let earlier = &outcomes[..outcomes.len() - 1];
    let (before, now) = (progress(level, me, earlier), progress(level, me, &outcomes));
    let place = |one: &Progress| level.objectives.iter().position(|known| std::ptr::eq(known, one.objective));
    let played = month.position.played();
    let story = |(before, now): (Progress, Progress)| {
        Some(Story::Goal { objective: place(&now)?, turn: turn(&before, &now, played)? })
    };
    before.into_iter().zip(now).filter_map(story).collect()
}

fn turn(before: &Progress, now: &Progress, played: u32) -> Option<GoalChange> {
    let left = now.objective.deadline.turn().saturating_sub(played);
    match (before.status, now.status) {
        (Status::Open, Status::Met(_)) => Some(GoalChange::Won),
        (Status::Open, Status::Failed(_)) => Some(GoalChange::Lost),
        (Status::Open, Status::Open) if before.holds() && !now.holds() => Some(GoalChange::InDanger),
        (Status::Open, Status::Open) if !before.holds() && now.holds() => Some(GoalChange::InReach),
        (Status::Open, Status::Open) if !now.holds() && DUE.contains(&left) => Some(GoalChange::Due(left)),
        _ => None,
    }
}
