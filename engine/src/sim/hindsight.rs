//! What companies turn out to be worth. A profit of the last month is valued as if it went on for ever, also where the order that made
//! it drives away whom it is made of. So the market goes on for some months in which nobody orders anything; companies are
//! judged by what those show, and then everything is put back as it was.

use crate::sim::simulation::Simulation;
use crate::sim::state::outcome::{Hindsight, Outcome};

impl Simulation {
    /// Judges every company by what becomes of it in so many more months, in which prices and budgets stand and nobody orders
    /// anything: [`Outcome::in_hindsight`] then holds where it stands after them. Nothing else is changed.
    pub fn judge(&mut self, months: u32) {
        let now = self.moment();
        let nobody = vec![Vec::new(); self.level().platforms.len()];
        for _ in 0..months {
            self.turn(nobody.clone());
        }
        let Outcome { value, cash, .. } = self.outcome();
        let hindsight = Hindsight { months, value: value.clone(), cash: cash.clone() };
        self.return_to(&now);
        self.world.resource_mut::<Outcome>().in_hindsight = Some(hindsight);
    }
}

#[cfg(test)]
mod tests {
    use crate::game::{Match, Prepared, Setup};
    use crate::level::Level;
    use crate::strategy;

    fn a_match(level: &str) -> Match {
        let level = Level::find(level, &[], &strategy::vocabulary()).expect("is shipped");
        let prepared = Prepared::new(level);
        let mut setup = Setup::of(&prepared.level).expect("its strategies are known");
        setup.population.consumers = 600;
        setup.population.merchants = 200;
        setup.turns = 8;
        Match::new(&prepared, setup)
    }

    #[test]
    fn a_market_that_was_judged_goes_on_as_if_it_had_not_been() {
        for level in ["arena/duel", "history/china_2024"] {
            let (mut judged, mut plain) = (a_match(level), a_match(level));
            while !plain.is_over() {
                judged.simulation_mut().judge(5);
                let outcome = judged.play_turn().outcome;
                assert_eq!(outcome, plain.play_turn().outcome, "{level}");
                let hash = |game: &Match| game.simulation().state_hash();
                assert_eq!(hash(&judged), hash(&plain), "{level}");
            }
        }
    }

    #[test]
    fn hindsight_is_the_value_after_months_in_which_nobody_orders() {
        let mut game = a_match("arena/duel");
        game.play_out();
        game.simulation_mut().judge(3);
        let judged = game.simulation().outcome().worth().to_vec();
        let nobody = vec![Vec::new(); 2];
        (0..3).for_each(|_| drop(game.play_orders(nobody.clone())));
        assert_eq!(judged, game.simulation().outcome().value);
    }
}
