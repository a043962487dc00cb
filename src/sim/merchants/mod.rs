//! Merchants: who they are, when they reconsider where to list (by the rule in `listing.rs`), and what they charge
//! there. One entity per block of merchants of one (category, segment), columns inside.

mod listings;

pub use listings::ExpectedFees;
pub(super) use listings::quoted_prices;
use listings::{always, reconsider, reconsidering, tally};

use bevy::prelude::*;

use super::draw::{Event, Key, Purpose};
use super::grid::Grid;
use super::listing::{Charges, Prospects, Terms, burden, liking, serves_another};
use super::opening::{Opening, OpeningCompany};
use super::outcome::Outcome;
use super::platforms::{Company, Policy};
use super::services::logistics::{self, Contracts};
use super::services::{ServiceState, in_order};
use super::{Clock, CurrentLevel};
use crate::level::{EmptyShops, Level};

/// Most merchants in one block.
const BLOCK: usize = 8_192;

/// Which merchants a block holds.
#[derive(Component, Clone, Debug)]
pub struct MerchantBlock {
    /// Category index.
    pub category: usize,
    /// Merchant segment index.
    pub segment: usize,
    /// Identifier of the first merchant; the others follow.
    pub first: u32,
    /// Shops that one agent stands for.
    pub weight: f64,
    /// Total size of the block's merchants.
    pub size: f64,
}

/// Sales capacity of each merchant, relative.
#[derive(Component, Clone, Debug)]
pub struct Size(pub Box<[f32]>);

/// Margin of each merchant before platform fees.
#[derive(Component, Clone, Debug)]
pub struct Margin(pub Box<[f32]>);

/// Most shops that each merchant can serve.
#[derive(Component, Clone, Debug)]
pub struct Reach(pub Box<[u8]>);

/// What running one more shop costs each merchant at usual sales, in margin.
#[derive(Component, Clone, Debug)]
pub struct Burden(pub Box<[f32]>);

/// Each merchant's lasting liking for each shop, in units of the scale of likings: all of the first merchant, then all of
/// the second, and so on.
#[derive(Component, Clone, Debug)]
pub struct Liking(pub Box<[f32]>);

/// The shops that each merchant lists on: a bit for each, in the order of `Level::shops`.
#[derive(Component, Clone, Debug)]
pub struct Listed(pub Box<[u16]>);

/// What merchants offer together.
#[derive(Resource, Clone, Debug)]
pub struct Supply {
    /// Part of a category's merchants, by size, that list on a platform: `[category, platform]`.
    pub variety: Grid<2>,
    /// Merchants' price there, with the fees they pass on, relative to their price without: `[category, platform]`.
    pub price: Grid<2>,
    /// Shops listed, by `[category, platform]`.
    pub listed: Grid<2>,
    /// Total size of a category's merchants; all zero in a market without merchants.
    pub size: Vec<f64>,
    /// Part of the merchants listed, by size, that ship with each carrier: `[category, platform, carrier]`.
    pub carriers: Grid<3>,
}

impl Supply {
    /// The argument of the merchants' network effect: the part of a category's merchants that list on a platform, plus θ
    /// of the part on every other. Nothing in a market without merchants.
    pub fn variety_of(&self, level: &Level, category: usize, platform: usize) -> Option<f64> {
        let theta = &level.interconnection[platform];
        let part = |(other, theta): (usize, &f64)| theta * self.variety[[category, other]];
        (self.size[category] > 0.0).then(|| theta.iter().enumerate().map(part).sum())
    }

    /// Whether anything of a category is to be had on a platform. Without merchants platforms sell by themselves.
    pub fn sells(&self, level: &Level, category: usize, platform: usize) -> bool {
        let open = level.market.empty_shops == EmptyShops::Open;
        open || self.size[category] == 0.0 || self.variety[[category, platform]] > 0.0
    }
}

/// Creates the level's merchants, listed nowhere yet.
pub(super) fn spawn(
    world: &mut World,
    level: &Level,
    services: &[&ServiceState],
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
                blocks.push(spawn_block(world, level, services, block, length, shops, seed));
            }
            first += count;
        }
    }
    blocks
}

/// Part `index` of `whole` split into `parts` as evenly as whole numbers allow.
fn part(whole: u32, index: usize, parts: usize) -> u32 {
    let (whole, index, parts) = (u64::from(whole), index as u64, parts as u64);
    ((index + 1) * whole / parts - index * whole / parts) as u32
}

fn spawn_block(
    world: &mut World,
    level: &Level,
    services: &[&ServiceState],
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
    let contracts = logistics::at_opening(level, services, &block, length as usize, seed);
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

type Blocks<'a> =
    (&'a MerchantBlock, &'a Size, &'a Margin, &'a Reach, &'a Burden, &'a Liking, &'a mut Listed);
type Listings<'a> = (&'a MerchantBlock, &'a Size, &'a Listed, &'a Contracts);

/// A part of the merchants reconsiders where to list; prices follow the fees.
pub(super) fn list(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    outcome: Res<Outcome>,
    companies: Query<(&Company, &Policy)>,
    services: Query<&ServiceState>,
    mut supply: ResMut<Supply>,
    mut expected: ResMut<ExpectedFees>,
    mut blocks: ParamSet<(Query<Blocks>, Query<Listings>)>,
) {
    let level = &level.0;
    let services = in_order(services.iter());
    let charges = Charges::of(level, &services, &supply.carriers, &outcome);
    let terms = Terms::of(level, companies.iter(), &charges);
    let prospects = Prospects::in_every_category(level, clock.seed, &terms, &outcome, &supply, 0);
    let turn = Key::new(clock.seed, clock.turn, Purpose::ReconsiderListings, 0);
    let events = reconsidering(level, &terms.rates, &expected.0);
    reconsider(blocks.p0().iter_mut(), level, &prospects, turn, &events);
    let memory = level.market.expectation_memory;
    for (expected, rate) in expected.0.iter_mut().flatten().zip(terms.rates.iter().flatten()) {
        *expected = memory * *expected + (1.0 - memory) * rate;
    }
    *supply = tally(level, &terms.rates, blocks.p1().iter());
}

/// Everybody lists by the same rule at the opening, expecting the opening's variety.
pub(super) fn list_at_opening(world: &mut World, level: &Level, seed: u64, opening: &Opening) -> Supply {
    let mut companies = world.query::<(&Company, &Policy)>();
    let terms = Terms::of(level, companies.iter(world), &opening.charges);
    let (mut blocks, mut listings) = (world.query::<Blocks>(), world.query::<Listings>());
    let mut supply = tally(level, &terms.rates, listings.iter(world));
    supply.variety.clone_from(&opening.variety);
    let prospects = Prospects::in_every_category(level, seed, &terms, &opening.outcome(level), &supply, 0);
    let everybody = Key::new(seed, 0, Purpose::ReconsiderListings, 0);
    reconsider(blocks.iter_mut(world), level, &prospects, everybody, &always(level));
    tally(level, &terms.rates, listings.iter(world))
}

/// The part of each category's merchants, by size, that lists on each platform once listings have settled: each
/// merchant's choice depends on how many others share the sales. Found on a sample by damped rounds; a whole step
/// would overshoot, since a full shop empties and an empty one fills. Each merchant of the sample appears once for
/// every rotation of its likings over the shops, so that equal shops come out exactly equal.
pub(super) fn settled_variety(
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
    spawn(&mut world, level, &services, (SAMPLE / shops * level.categories.len()) as u32, 0);
    let everyone: Vec<Company> = (0..companies.len()).map(Company).collect();
    let policies = everyone.iter().zip(companies.iter().map(|company| &company.policy));
    let terms = Terms::of(level, policies, charges);
    let (mut blocks, mut listings) = (world.query::<Blocks>(), world.query::<Listings>());
    let everybody = Key::new(0, 0, Purpose::ReconsiderListings, 0);
    for _ in 0..ROUNDS {
        let mut found = vec![0.0; settled.cells().len()];
        for rotation in 0..shops {
            let mut supply = tally(level, &terms.rates, listings.iter(&world));
            supply.variety.clone_from(&settled);
            let prospects = Prospects::in_every_category(level, 0, &terms, outcome, &supply, rotation);
            reconsider(blocks.iter_mut(&mut world), level, &prospects, everybody, &always(level));
            let rotated = tally(level, &terms.rates, listings.iter(&world)).variety;
            found.iter_mut().zip(rotated.cells()).for_each(|(sum, new)| *sum += new / shops as f64);
        }
        settled.cells_mut().iter_mut().zip(found).for_each(|(old, new)| *old += STEP * (new - *old));
    }
    settled
}
