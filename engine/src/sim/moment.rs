//! A moment of a market, to come back to: what a turn changes is copied, and put back as it was.

use bevy::ecs::component::Mutable;
use bevy::prelude::*;

use crate::sim::simulation::Simulation;
use crate::sim::state::capital::Capital;
use crate::sim::state::choices::{Choices, ExpectedTreatment, Market};
use crate::sim::state::chronicle::Chronicle;
use crate::sim::state::companies::{Funded, PastYear, Policy, Stocks, Trust};
use crate::sim::state::consumers::{Bought, ConsumerBlock, Known, LastChoice, Wallets};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::events::News;
use crate::sim::state::expectations::Expectations;
use crate::sim::state::files::Files;
use crate::sim::state::fortunes::Fortunes;
use crate::sim::state::insolvency::Insolvencies;
use crate::sim::state::ledger::Ledger;
use crate::sim::state::loans::Lending;
use crate::sim::state::merchants::{Contracts, ExpectedFees, Listed, Supply};
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::presence::Presence;
use crate::sim::state::public::Public;
use crate::sim::state::relations::Relations;
use crate::sim::state::services::{Ai, Matching, ServiceState, Ties};
use crate::sim::state::world::{Adoption, Clock, CurrentLevel, Refusals, Roster};

/// Lists what a turn changes, once: how it is copied and put back follows.
macro_rules! changing {
    (components: $($component:ident as $own:ident),*; resources: $($resource:ident as $one:ident),*) => {
        /// A copy of everything that a turn changes.
        pub struct Moment {
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

            fn put_back(&self, world: &mut World) {
                $(put_back(world, &self.$own);)*
                $(world.resource_mut::<$resource>().clone_from(&self.$one);)*
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
        CurrentLevel as level,
        Chronicle as chronicle,
        Capital as capital,
        Files as files,
        Fortunes as fortunes,
        Insolvencies as insolvencies,
        Clock as clock,
        Adoption as adoption,
        Presence as presence,
        Public as public,
        Negotiations as negotiations,
        Relations as relations,
        News as news,
        Expectations as expectations,
        Matching as matching,
        Ai as ai,
        Ties as ties,
        Refusals as refusals,
        ExpectedTreatment as expected,
        ExpectedFees as expected_fees,
        Ledger as ledger,
        Lending as lending,
        Supply as supply,
        Market as market,
        Choices as choices,
        Outcome as outcome
}

fn kept<C: Component + Clone>(world: &World) -> Vec<(Entity, C)> {
    let everybody = world.resource::<Roster>().everybody();
    everybody.filter_map(|entity| Some((entity, world.get::<C>(entity)?.clone()))).collect()
}

fn put_back<C: Component<Mutability = Mutable> + Clone>(world: &mut World, copies: &[(Entity, C)]) {
    for (entity, copy) in copies {
        if let Some(mut component) = world.get_mut::<C>(*entity) {
            component.clone_from(copy);
        }
    }
}

impl Simulation {
    /// What a turn would change, as it is now.
    pub fn moment(&self) -> Moment {
        Moment::of(&self.world)
    }

    /// Goes back to a moment of this market. It must not have been [restarted](Self::restart) since: who lives in it now would be others.
    pub fn return_to(&mut self, moment: &Moment) {
        moment.put_back(&mut self.world);
    }
}
