//! Why people moved: what the terms of their choice were to them, and which of them changed. From what the player's CEO
//! knows, by the functions that consumers are told by.

use super::explain::{Explained, Label};
use super::movement::Group;
use super::position::Position;
use super::turn::PlayedTurn;
use crate::sim::grid::Grid;
use crate::sim::rules::fees::baskets;
use crate::sim::rules::payment::Holdings;
use crate::sim::{Known, Regard, Viewer, presence_after};

/// Whose choices are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Those of a region alone, by index.
    pub region: Option<usize>,
    /// Those of a segment alone, by index.
    pub segment: Option<usize>,
}

impl People {
    fn has(self, region: usize, segment: usize) -> bool {
        self.region.is_none_or(|own| own == region) && self.segment.is_none_or(|own| own == segment)
    }
}

/// Between which gardens it is asked: where people were, and where they went. Each is a platform index with its weight;
/// weights that add up to less than one leave the rest to the commons, where there is nothing to choose by.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    /// Where they were.
    pub from: Vec<(usize, f64)>,
    /// Where they went.
    pub to: Vec<(usize, f64)>,
}

/// What speaks for going against staying, over the noise of choices: a hundredth more makes going one percent likelier,
/// for whoever looks around. Habit speaks for staying. Tastes, and what rivals do not show, are in no part.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// In the last month.
    pub now: Explained,
    /// In the month that it is compared with.
    pub before: Explained,
    /// What changed.
    pub change: Explained,
}

/// Why people moved in the last months: the terms of the last choice, and of the one before those months.
pub fn why(position: &Position, people: People, between: &Between, months: u32) -> Why {
    let played = position.played();
    let at = |turn: u32| gap(&regard(position, turn), position, people, between);
    let (now, before) = (at(played), at(played.saturating_sub(months)));
    let change = now.less(&before);
    Why { now, before, change }
}

/// People who moved between gardens in the last months, by garden before and after; the commons come last.
pub fn flows(position: &Position, people: People, months: u32) -> Vec<Vec<f64>> {
    let gardens = position.level.platforms.len() + 1;
    let mut sums = vec![vec![0.0; gardens]; gardens];
    for turn in position.turns.iter().rev().take(months as usize) {
        for (sums, row) in sums.iter_mut().zip(flows_of(turn, people)) {
            sums.iter_mut().zip(row).for_each(|(sum, people)| *sum += people);
        }
    }
    sums
}

/// The same of one month.
pub fn flows_of(turn: &PlayedTurn, people: People) -> Vec<Vec<f64>> {
    let gardens = turn.movement.people.len();
    let mut sums = vec![vec![0.0; gardens]; gardens];
    let has = |group: &&Group| people.has(group.region, group.segment);
    for group in turn.movement.groups.iter().filter(has) {
        for (sums, row) in sums.iter_mut().zip(&group.people) {
            sums.iter_mut().zip(row).for_each(|(sum, people)| *sum += people);
        }
    }
    sums
}

/// What shops were to people when they chose in a turn: prices, deliveries and links of that turn; trust, wallets and what
/// was built as the turn before had left them. At turn 0, as the market opens.
pub fn regard(position: &Position, turn: u32) -> Regard<'_> {
    let (before, after) = (position.view_after(turn.saturating_sub(1)), position.view_after(turn));
    // As it stood when they chose, but for what somebody chose in that very turn.
    let level = &before.level;
    let moved = |presence: Option<&Grid<2>>, turn: u32| {
        let public = &position.view_after(turn).public;
        presence_after(level, presence, &public.sales, &public.spending)
    };
    let presence = (1..turn).fold(moved(None, 0), |presence, turn| moved(Some(&presence), turn));
    let me = position.me;
    let mut coupons = vec![1.0; level.platforms.len()];
    coupons[me] = after.own.funded.coupons;
    let mut stocks = vec![None; level.platforms.len()];
    stocks[me] = Some(&before.own.stocks);
    Regard::new(Known {
        level,
        prices: &after.public.prices,
        coupons,
        stocks,
        trust: &before.public.trust,
        matching: &after.public.matching,
        ai: &after.public.ai,
        presence,
        baskets: baskets(level, &before.public.sales, &before.public.users),
        variety: &after.public.variety,
        price: &after.public.price,
        delivery: &after.public.delivery,
        services: after.public.ecosystem.services(),
        holdings: Holdings::inferred(&before.public.holders, &before.public.habitual),
    })
}

/// What speaks for going against staying: the mean over people by what they spend.
fn gap(regard: &Regard, position: &Position, people: People, between: &Between) -> Explained {
    let level = &position.level;
    let mut gap = Explained::default();
    let mut whole = 0.0;
    for (region, of_region) in level.regions.iter().enumerate() {
        for (segment, of_segment) in level.consumer_segments.iter().enumerate() {
            if !people.has(region, segment) {
                continue;
            }
            let income = of_region.income * of_segment.income;
            let spent = of_region.population * of_segment.share * income;
            for (category, of_category) in level.categories.iter().enumerate() {
                let weight = spent * of_category.monthly_spend;
                whole += weight;
                for (places, sign, customer) in [(&between.to, 1.0, false), (&between.from, -1.0, true)] {
                    let viewer = Viewer { region, segment, category, customer };
                    for &(platform, part) in places {
                        gap.add(&seen(regard, viewer, platform), sign * weight * part);
                    }
                }
            }
        }
    }
    let mut mean = Explained::default();
    mean.add(&gap, crate::sim::state::outcome::ratio(1.0, whole));
    mean
}

fn seen(regard: &Regard, viewer: Viewer, platform: usize) -> Explained {
    let terms = regard.terms(viewer, platform).into_iter();
    Explained::of(
        regard.utility(viewer, platform),
        terms.map(|(term, utility)| (Label::Choice(term), utility)),
    )
}
