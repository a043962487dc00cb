//! What companies turn out to be worth. A profit of the last month is valued as if it went on for ever, also where the order that made
//! it drives away whom it is made of. So the market goes on for some months in which nobody orders anything; companies are
//! judged by what those show, and then everything is put back as it was.

use bevy::ecs::component::Mutable;
use bevy::prelude::*;

use crate::sim::simulation::Simulation;
use crate::sim::state::choices::{Choices, ExpectedTreatment, Market};
use crate::sim::state::companies::{Funded, PastYear, Policy, Stocks, Trust};
use crate::sim::state::consumers::{Bought, ConsumerBlock, Known, LastChoice, Wallets};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::events::News;
use crate::sim::state::ledger::Ledger;
use crate::sim::state::merchants::{Contracts, ExpectedFees, Listed, Supply};
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::{Hindsight, Outcome};
use crate::sim::state::presence::Presence;
use crate::sim::state::relations::Relations;
use crate::sim::state::services::{Matching, ServiceState, Ties};
use crate::sim::state::world::{Adoption, Clock, Refusals, Roster};

/// Lists what a turn changes, once: how it is copied and put back follows.
macro_rules! changing {
    (components: $($component:ident as $own:ident),*; resources: $($resource:ident as $one:ident),*) => {
        /// A copy of everything that a turn changes.
        struct Moment {
            $($own: Vec<(Entity, $component)>,)*
            $($one: $resource,)*
        }

        impl Moment {
            fn of(world: &World) -> Self {
                Self {
                    $($own: kept(world),)*
                    $($one: world.resource::<$resource>().clone(),)*
                }
            }

            fn put_back(self, world: &mut World) {
                $(put_back(world, self.$own);)*
                $(*world.resource_mut::<$resource>() = self.$one;)*
            }
        }
    };
}

changing! {
    components:
        Policy as policies,
        Funded as funded,
        Stocks as stocks,
        Trust as trust,
        PastYear as years,
        Engineering as engineering,
        ServiceState as services,
        Listed as listed,
        Contracts as contracts,
        ConsumerBlock as online,
        Known as known,
        Bought as bought,
        LastChoice as choices_made,
        Wallets as wallets;
    resources:
        Clock as clock,
        Adoption as adoption,
        Presence as presence,
        Negotiations as negotiations,
        Relations as relations,
        News as news,
        Matching as matching,
        Ties as ties,
        Refusals as refusals,
        ExpectedTreatment as expected,
        ExpectedFees as expected_fees,
        Ledger as ledger,
        Supply as supply,
        Market as market,
        Choices as choices,
        Outcome as outcome
}

fn kept<C: Component + Clone>(world: &World) -> Vec<(Entity, C)> {
    let everybody = world.resource::<Roster>().everybody();
    everybody.filter_map(|entity| Some((entity, world.get::<C>(entity)?.clone()))).collect()
}

fn put_back<C: Component<Mutability = Mutable>>(world: &mut World, copies: Vec<(Entity, C)>) {
    for (entity, copy) in copies {
        if let Some(mut component) = world.get_mut::<C>(entity) {
            *component = copy;
        }
    }
}

impl Simulation {
    /// Judges every company by what becomes of it in so many more months, in which prices and budgets stand and nobody orders
    /// anything: [`Outcome::in_hindsight`] then holds where it stands after them. Nothing else is changed.
    pub fn judge(&mut self, months: u32) {
        let now = Moment::of(&self.world);
        let nobody = vec![Vec::new(); self.level().platforms.len()];
        for _ in 0..months {
            self.turn(nobody.clone());
        }
        let Outcome { value, cash, .. } = self.outcome();
        let hindsight = Hindsight { months, value: value.clone(), cash: cash.clone() };
        now.put_back(&mut self.world);
        self.world.resource_mut::<Outcome>().in_hindsight = Some(hindsight);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
