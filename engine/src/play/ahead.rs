//! The months to come, as far as they are known: what people spend, how the economy goes, and what comes by its date.

use super::objectives::{Progress, Status, progress};
use super::position::Position;
use crate::level::Entry;

/// Months that are looked ahead.
const MONTHS: u32 = 12;
/// A difference that is not worth a word.
const NOTABLE: f64 = 5e-3;

/// A month to come.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthAhead {
    /// Its turn.
    pub turn: u32,
    /// What people spend over what they do in a usual month: on all categories, and on each.
    pub spending: f64,
    /// The same by category.
    pub by_category: Vec<f64>,
    /// Incomes over those at the opening.
    pub economy: f64,
    /// What comes in it.
    pub comes: Vec<Coming>,
}

/// What is known to come by its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coming {
    /// A company enters the market.
    Enters(usize),
    /// An agreement of the player's runs out, by number; with whom.
    RunsOut(u32, usize),
    /// An objective is due, by its place in the level.
    Due(usize),
    /// The match ends.
    Ends,
}

/// The coming month and those after it, to the last of the match, a year at most.
pub fn months_ahead(position: &Position) -> Vec<MonthAhead> {
    let first = position.played() + 1;
    let due = due(position);
    (first..=position.length.min(first + MONTHS - 1)).map(|turn| month(position, turn, &due)).collect()
}

/// Whether any of them is unlike a usual one, or the economy moves.
pub fn months_differ(months: &[MonthAhead]) -> bool {
    let apart = |factor: f64| (factor - 1.0).abs() >= NOTABLE;
    months.iter().any(|month| apart(month.economy) || month.by_category.iter().any(|factor| apart(*factor)))
}

/// Objectives that are undecided: the turn in which each is due, and its place in the level.
fn due(position: &Position) -> Vec<(u32, usize)> {
    let (level, outcomes) = (&position.level, position.outcomes().collect::<Vec<_>>());
    let all = progress(level, position.me, &outcomes).into_iter();
    let place = |one: Progress| {
        let place = level.objectives.iter().position(|known| std::ptr::eq(known, one.objective))?;
        Some((one.objective.deadline.turn(), place))
    };
    all.filter(|one| one.status == Status::Open).filter_map(place).collect()
}

fn month(position: &Position, turn: u32, due: &[(u32, usize)]) -> MonthAhead {
    let (view, level) = (&position.view, &position.level);
    let categories = 0..level.categories.len();
    let by_category: Vec<f64> =
        categories.map(|category| view.public.chronicle.spending(level, category, turn)).collect();
    let weights = level.categories.iter().map(|category| category.monthly_spend);
    let all: f64 = weights.clone().sum();
    let sum: f64 = weights.zip(&by_category).map(|(weight, factor)| weight * factor).sum();
    let spending = if all > 0.0 { sum / all } else { 1.0 };
    MonthAhead {
        turn,
        spending,
        by_category,
        economy: level.calendar.economy(turn),
        comes: comes(position, turn, due),
    }
}

fn comes(position: &Position, turn: u32, due: &[(u32, usize)]) -> Vec<Coming> {
    let (view, level, me) = (&position.view, &position.level, position.me);
    let enters = |platform: &usize| {
        let known = &level.platforms[*platform].enters;
        !position.is_here(*platform) && matches!(known, Some(Entry::Turn(at)) if *at == turn)
    };
    let agreements = view.public.ecosystem.negotiations.agreements.iter();
    let mut all: Vec<Coming> = (0..level.platforms.len()).filter(enters).map(Coming::Enters).collect();
    all.extend(agreements.filter_map(|agreement| {
        // Its months count from the coming one on.
        let last = view.turn + agreement.months.max(1) - 1;
        let partner = agreement.partner_of(me).filter(|_| last == turn)?;
        Some(Coming::RunsOut(agreement.number, partner))
    }));
    all.extend(due.iter().filter(|(at, _)| *at == turn).map(|(_, place)| Coming::Due(*place)));
    if turn == position.length {
        all.push(Coming::Ends);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Level;
    use crate::play::{Difficulty, Session};
    use crate::strategy::vocabulary;

    /// A year of festivals, changed, after so many months in which nobody ordered anything.
    fn after(turns: usize, change: impl Fn(String) -> String) -> Position {
        let written = Level::find("arena/festivals", &[], &vocabulary()).expect("is shipped");
        let text = change(written.text.clone());
        let level = Level::from_text("festivals", &text, &vocabulary()).expect("reads");
        let mut session =
            Session::begin_level(&level, Some("kite"), Some(1), Difficulty::Fair).expect("plays");
        while session.turns().len() < turns {
            session.end_turn(None);
        }
        session.position()
    }

    #[test]
    fn what_lasts_for_some_months_is_gone_after_them() {
        let position = after(8, |text| text);
        let electronics = |turn: u32| {
            let months = months_ahead(&position);
            let month = months.into_iter().find(|month| month.turn == turn).expect("is ahead");
            month.by_category[1] / position.level.spending(1, turn)
        };
        assert!((electronics(14) - 0.9).abs() < 1e-9, "the downturn lasts for six months from the ninth on");
        assert!((electronics(15) - 1.0).abs() < 1e-9, "and no longer");
    }

    #[test]
    fn newcomers_and_the_end_stand_in_their_months() {
        let services = "],\n    services: [";
        let reed = "    (id: \"reed\", name: \"Reed\", cash: 1e9, enters: Turn(5), shop: (appeal: 0.2)),";
        let position = after(1, |text| text.replace(services, &format!("{reed}{services}")));
        let found = |wanted: Coming| {
            let months = months_ahead(&position).into_iter();
            months.filter(|month| month.comes.contains(&wanted)).map(|month| month.turn).collect::<Vec<_>>()
        };
        assert_eq!((found(Coming::Enters(3)), found(Coming::Ends)), (vec![5], vec![]));
        let position = after(15, |text| text);
        let months = months_ahead(&position);
        assert_eq!((months.len(), months[8].turn), (9, 24), "nothing is told of months that nobody plays");
        assert_eq!(months[8].comes, [Coming::Ends]);
    }

    #[test]
    fn a_market_without_a_calendar_has_no_month_unlike_another() {
        let session = Session::begin("tutorial/two-gardens", None, None, Difficulty::Fair).expect("plays");
        assert!(!months_differ(&months_ahead(&session.position())));
        assert!(months_differ(&months_ahead(&after(0, |text| text))));
    }
}
