//! Lists of orders: whose they are and when. Whether one is legal shows when it is played.

use super::super::text::diagnostic::LevelError;
use super::super::text::spans::SpanMap;
use super::super::{Level, MAX_TURNS};
use super::checker::Checker;
use crate::order::{Plan, TurnOrders};

/// Checks a list of orders that stands in a file of its own.
pub(crate) fn check_plan(
    list: &[TurnOrders],
    spans: &SpanMap,
    level: &Level,
    seat: usize,
    file: &str,
    text: &str,
) -> Result<Plan, LevelError> {
    let mut checker = Checker { spans, found: Vec::new() };
    let ids: Vec<&str> = level.platforms.iter().map(|platform| platform.id.as_str()).collect();
    let plan = checker.plan("", list, &ids, seat, MAX_TURNS);
    if checker.found.is_empty() {
        return Ok(plan);
    }
    Err(LevelError { file: file.to_owned(), text: text.to_owned(), diagnostics: checker.found })
}

impl Checker<'_> {
    /// Orders by seat and turn. What names nobody is by `seat`.
    pub(super) fn plan(
        &mut self,
        path: &str,
        list: &[TurnOrders],
        platforms: &[&str],
        seat: usize,
        turns: u32,
    ) -> Plan {
        let mut plan = Plan::new();
        for (index, entry) in list.iter().enumerate() {
            let known = (1..=turns).contains(&entry.turn);
            if !known {
                self.complain(
                    &format!("{path}[{index}].turn"),
                    format!("turn {} is out of range", entry.turn),
                    &format!("a turn from 1 to {turns}"),
                );
            }
            let by = match &entry.by {
                Some(id) => self.id(&format!("{path}[{index}].by"), id, platforms),
                None => Some(seat),
            };
            let (true, Some(by)) = (known, by) else { continue };
            let (by_turn, turn) = (plan.entry(by).or_default(), entry.turn as usize);
            if by_turn.len() < turn {
                by_turn.resize(turn, Vec::new());
            }
            by_turn[turn - 1].extend_from_slice(&entry.orders);
        }
        plan
    }
}
