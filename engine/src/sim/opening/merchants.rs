//! Merchants at the opening: who they are, with whom they ship and where they list.

use bevy::prelude::*;

use crate::level::Level;
use crate::sim::draw::{Event, Key, Purpose};
use crate::sim::grid::Grid;
use crate::sim::opening::company::OpeningCompany;
use crate::sim::opening::signed::Signing;
use crate::sim::rules::contracts::Choosing;
use crate::sim::rules::fees::baskets;
use crate::sim::rules::listing::{Charges, Prospects, Terms, burden, liking, serves_another};
use crate::sim::rules::supply::{Blocks, Listings, always, reconsider, tally};
use crate::sim::state::companies::{Company, Policy};
use crate::sim::state::merchants::{
    BLOCK, Burden, Contracts, Liking, Listed, Margin, MerchantBlock, NONE, Reach, Size, Supply,
};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::ServiceState;
use crate::sim::state::world::Threads;

/// Creates the level's merchants, listed nowhere yet.
pub(in crate::sim) fn spawn(
    world: &mut World,
    level: &Level,
    signing: &Signing,
    merchants: u32,
    seed: u64,
) -> Vec<Entity> {
    let shops = level.shops().len();
    let weight = level.setup.shops / f64::from(merchants.max(1));
    let (mut first, mut blocks) = (0, Vec::new());
    for category in 0..level.categories.len() {
        let here = part(merchants, category, level.categories.len());
        let mut left = here;
        for (index, segment) in level.merchant_segments.iter().enumerate() {
            let last = index + 1 == level.merchant_segments.len();
            let count =
                if last { left } else { ((f64::from(here) * segment.share).round() as u32).min(left) };
            left -= count;
            for start in (0..count).step_by(BLOCK) {
                let length = (count - start).min(BLOCK as u32);
                let block =
                    MerchantBlock { category, segment: index, first: first + start, weight, size: 0.0 };
                blocks.push(spawn_block(world, level, signing, block, length, shops, seed));
            }
            first += count;
        }
    }
    blocks
}

/// Part `index` of `whole` split into `parts` as evenly as whole numbers allow.
pub(in crate::sim) fn part(whole: u32, index: usize, parts: usize) -> u32 {
    let (whole, index, parts) = (u64::from(whole), index as u64, parts as u64);
    ((index + 1) * whole / parts - index * whole / parts) as u32
}

fn spawn_block(
    world: &mut World,
    level: &Level,
    signing: &Signing,
    block: MerchantBlock,
    length: u32,
    shops: usize,
    seed: u64,
) -> Entity {
    let segment = &level.merchant_segments[block.segment];
    let market = &level.market;
    let draw = |purpose, item, merchant| Key::new(seed, 0, purpose, item).normal(merchant);
    let merchants = block.first..block.first + length;
    let size = |merchant| {
        (segment.size * libm::exp(segment.size_spread * draw(Purpose::MerchantSize, 0, merchant))) as f32
    };
    let sizes: Box<[f32]> = merchants.clone().map(size).collect();
    let margin = |merchant| {
        (segment.margin + market.merchant_margin_spread * draw(Purpose::MerchantMargin, 0, merchant)) as f32
    };
    let margins = merchants.clone().map(margin).collect();
    let reach = |(merchant, &size): (u32, &f32)| {
        let serves = Event::with(serves_another(market, size.into()));
        let more = |&shop: &usize| serves.happens(Key::new(seed, 0, Purpose::MerchantReach, shop), merchant);
        1 + (1..shops).filter(more).count() as u8
    };
    let reaches = merchants.clone().zip(&sizes).map(reach).collect();
    let burdens = sizes.iter().map(|&size| burden(market, size.into()) as f32).collect();
    let likings = merchants
        .flat_map(|merchant| (0..shops).map(move |shop| liking(market, seed, merchant, shop)))
        .collect();
    let block = MerchantBlock { size: sizes.iter().map(|&size| f64::from(size)).sum(), ..block };
    let contracts = at_opening(level, signing, &block, length as usize, seed);
    let columns = (
        block,
        contracts,
        Size(sizes),
        Margin(margins),
        Reach(reaches),
        Burden(burdens),
        Liking(likings),
        Listed(vec![0; length as usize].into()),
    );
    world.spawn(columns).id()
}

/// Everybody lists by the same rule at the opening, expecting the opening's variety.
pub(in crate::sim) fn list_at_opening(
    world: &mut World,
    level: &Level,
    seed: u64,
    (charges, variety): (&Charges, &Grid<2>),
    outcome: &Outcome,
) -> Supply {
    let mut companies = world.query::<(&Company, &Policy)>();
    let terms =
        Terms::of(level, companies.iter(world), charges, &baskets(level, &outcome.sales, &outcome.users));
    let (mut blocks, mut listings) = (world.query::<Blocks>(), world.query::<Listings>());
    let mut supply = tally(&Threads::default(), level, &terms.rates, listings.iter(world));
    supply.variety.clone_from(variety);
    let prospects = Prospects::in_every_category(level, seed, &terms, outcome, &supply, 0);
    let everybody = Key::new(seed, 0, Purpose::ReconsiderListings, 0);
    reconsider(&Threads::default(), blocks.iter_mut(world), level, &prospects, everybody, &always(level));
    tally(&Threads::default(), level, &terms.rates, listings.iter(world))
}

/// The part of each category's merchants, by size, that lists on each platform once listings have settled: each
/// merchant's choice depends on how many others share the sales. Found on a sample by damped rounds; a whole step
/// would overshoot, since a full shop empties and an empty one fills. Each merchant of the sample appears once for
/// every rotation of its likings over the shops, so that equal shops come out exactly equal.
pub(in crate::sim) fn settled_variety(
    level: &Level,
    companies: &[OpeningCompany],
    charges: &Charges,
    outcome: &Outcome,
) -> Grid<2> {
    const SAMPLE: usize = 1_200;
    const ROUNDS: usize = 40;
    const STEP: f64 = 0.2;
    let mut settled = Grid::filled([level.categories.len(), level.platforms.len()], 0.5);
    let shops = level.shops().len();
    if level.setup.merchants == 0 {
        return settled;
    }
    let mut world = World::new();
    // What shipping costs is among the charges; which carrier it is matters to nobody here.
    let states: Vec<ServiceState> =
        (0..level.services.len()).map(|number| ServiceState::at_opening(level, number)).collect();
    let services: Vec<&ServiceState> = states.iter().collect();
    let signing = Signing::today(Choosing::of(level, 0, &services));
    spawn(&mut world, level, &signing, (SAMPLE / shops * level.categories.len()) as u32, 0);
    let everyone: Vec<Company> = (0..companies.len()).map(Company).collect();
    let policies = everyone.iter().zip(companies.iter().map(|company| &company.policy));
    let terms = Terms::of(level, policies, charges, &baskets(level, &outcome.sales, &outcome.users));
    let (mut blocks, mut listings) = (world.query::<Blocks>(), world.query::<Listings>());
    let everybody = Key::new(0, 0, Purpose::ReconsiderListings, 0);
    for _ in 0..ROUNDS {
        let mut found = vec![0.0; settled.cells().len()];
        for rotation in 0..shops {
            let mut supply = tally(&Threads::default(), level, &terms.rates, listings.iter(&world));
            supply.variety.clone_from(&settled);
            let prospects = Prospects::in_every_category(level, 0, &terms, outcome, &supply, rotation);
            reconsider(
                &Threads::default(),
                blocks.iter_mut(&mut world),
                level,
                &prospects,
                everybody,
                &always(level),
            );
            let rotated = tally(&Threads::default(), level, &terms.rates, listings.iter(&world)).variety;
            found.iter_mut().zip(rotated.cells()).for_each(|(sum, new)| *sum += new / shops as f64);
        }
        settled.cells_mut().iter_mut().zip(found).for_each(|(old, new)| *old += STEP * (new - *old));
    }
    settled
}

/// Merchants' contracts at the opening: each has long had one, with some months left.
pub(in crate::sim) fn at_opening(
    level: &Level,
    signing: &Signing,
    block: &MerchantBlock,
    merchants: usize,
    seed: u64,
) -> Contracts {
    let shops = level.shops();
    if level.carriers().is_empty() {
        return Contracts { carrier: Box::default(), months: Box::default() };
    }
    let term = level.merchant_segments[block.segment].contract_months;
    let mut carrier = vec![NONE; merchants * shops.len()].into_boxed_slice();
    let mut months = vec![0; merchants].into_boxed_slice();
    let key = Key::new(seed, 0, Purpose::ContractAtOpening, 0);
    // Whoever signed last has the most months left.
    let since: Vec<f64> = (block.first..).take(merchants).map(|number| key.uniform_fine(number)).collect();
    for (since, months) in since.iter().zip(&mut months) {
        *months = (since * f64::from(term)) as u8;
    }
    for shop in 0..shops.len() {
        signing.sign(level, block, shop, &since, &mut carrier);
    }
    Contracts { carrier, months }
}
