//! The month that decided a match: it is played again without the player's orders of one month, on the same luck, for each month.

use super::objectives::{Medal, medal, progress};
use super::worth::Again;
use crate::game::{Match, rank};
use crate::order::Orders;
use crate::sim::Outcome;

/// What a month's orders came to in the end.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthWorth {
    /// The month.
    pub turn: u32,
    /// What was ordered in it.
    pub orders: Orders,
    /// What the company was worth in the end with them, less what it would have been worth without, yuan.
    pub value: f64,
    /// Where it ended, with them and without.
    pub rank: [usize; 2],
    /// The medal that it ended with, with them and without.
    pub medal: [Option<Medal>; 2],
}

impl MonthWorth {
    /// Whether the match would have ended otherwise without the month: in another place or with another medal.
    pub fn changed_the_end(&self) -> bool {
        self.rank[0] != self.rank[1] || self.medal[0] != self.medal[1]
    }
}

/// The month that decided a match: of those without which it would have ended otherwise the one that moved most; of all, where none did.
pub fn decisive(months: &[MonthWorth]) -> Option<&MonthWorth> {
    let weight = |month: &&MonthWorth| (month.changed_the_end(), month.value.abs());
    months.iter().max_by(|one, other| {
        let (one, other) = (weight(one), weight(other));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    })
}

/// Tells what each month's orders of the player came to in the end, everybody else ordering what they did, month by month; as long as it is
/// listened to. Nothing of months without orders, or of a match that is not over.
pub fn worth_of_months(again: &Again, tell: &dyn Fn(MonthWorth) -> bool) {
    let Again { prepared, setup, orders, me } = again;
    if orders.len() < setup.turns as usize {
        return;
    }
    let (level, me) = (&prepared.level, *me);
    let mut game = Match::new(prepared, setup.clone());
    // Plays from a month on, and judges companies as they stand then.
    let play = |game: &mut Match, from: usize, left_out: Option<usize>, outcomes: &mut Vec<Outcome>| {
        for (place, all) in orders.iter().enumerate().skip(from) {
            let mut all = all.clone();
            if left_out == Some(place) {
                all[me].clear();
            }
            outcomes.push(game.play_orders(all).outcome);
        }
        if let Some(last) = outcomes.last_mut() {
            last.clone_from(game.judge());
        }
        let all: Vec<&Outcome> = outcomes.iter().collect();
        let last = all[all.len() - 1];
        (last.worth()[me], rank(last, me), medal(&progress(level, me, &all)))
    };
    let opening = game.simulation().moment();
    let mut whole = vec![game.simulation().outcome().clone()];
    let with = play(&mut game, 0, None, &mut whole);
    game.simulation_mut().return_to(&opening);
    for (place, all) in orders.iter().enumerate() {
        if !all[me].is_empty() {
            let before = game.simulation().moment();
            let without = play(&mut game, place, Some(place), &mut whole[..=place].to_vec());
            game.simulation_mut().return_to(&before);
            let month = MonthWorth {
                turn: place as u32 + 1,
                orders: all[me].clone(),
                value: with.0 - without.0,
                rank: [with.1, without.1],
                medal: [with.2, without.2],
            };
            if !tell(month) {
                return;
            }
        }
        game.play_orders(all.clone());
    }
}
