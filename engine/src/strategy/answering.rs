//! Answers to events of the level, and to the regulator.

use rand::RngExt;

use super::interface::Chance;
use super::view::PlatformView;
use crate::sim::state::files::Stage;
use crate::sim::{Order, Orders};

/// Months after which imagined answers are compared.
const HORIZON: u32 = 12;
/// Imagined markets that they are compared in.
const MARKETS: usize = 3;
/// Consumers of each.
const PEOPLE: u32 = 500;

impl PlatformView {
    /// The order that takes a choice, by its place.
    pub fn answer_to(&self, event: usize, choice: usize) -> Option<Order> {
        let event = self.level.events.get(event)?;
        let choice = event.choices.get(choice)?;
        Some(Order::Choose { event: event.id.clone(), choice: choice.id.clone() })
    }

    /// Whether the regulator has decided against this company, which may comply or contest now.
    pub fn is_decided_against(&self) -> bool {
        let file = self.public.files.0.get(self.me);
        file.is_some_and(|file| matches!(file.stage, Stage::Decided { .. }))
    }

    /// Whether the regulator forbids this company something that it must have stopped soon.
    pub fn is_forbidden_something(&self) -> bool {
        let file = self.public.files.0.get(self.me);
        file.is_some_and(|file| matches!(file.stage, Stage::Remedy { .. }))
    }

    /// The choice that leaves this company worth most in imagined markets a year later; of equals the default, then the first.
    pub(super) fn best_choice(&self, event: usize, chance: &mut Chance) -> usize {
        let default = self.level.events[event].default;
        let mut worth = vec![0.0; self.level.events[event].choices.len()];
        let first = self.imagine(chance.random()).with_consumers(PEOPLE);
        for _ in 0..MARKETS {
            let market = first.again(chance.random());
            for (choice, worth) in worth.iter_mut().enumerate() {
                let orders: Orders = self.answer_to(event, choice).into_iter().collect();
                *worth += market.outcome_of(self.me, orders, HORIZON).value[self.me];
            }
        }
        (0..worth.len()).fold(default, |best, choice| if worth[choice] > worth[best] { choice } else { best })
    }
}
