//! Merchants: who they are, when they reconsider where to list (by the rule in `listing.rs`), and what they charge
//! there. One entity per block of merchants of one (category, segment), columns inside.

use bevy::prelude::*;
use multiversion::multiversion;

use super::draw::{DRAWN_AT_A_TIME, Event, Key, Purpose};
use super::grid::Grid;
use super::listing::{Charges, Merchant, Prospects, Terms, burden, liking, serves_another};
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
pub(super) fn spawn(world: &mut World, level: &Level, services: &[&ServiceState], merchants: u32, seed: u64) {
    let shops = level.shops().len();
    let weight = level.setup.shops / f64::from(merchants.max(1));
    let mut first = 0;
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
                spawn_block(world, level, services, block, length, shops, seed);
            }
            first += count;
        }
    }
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
) {
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
    world.spawn((
        block,
        contracts,
        Size(sizes),
        Margin(margins),
        Reach(reaches),
        Burden(burdens),
        Liking(likings),
        Listed(vec![0; length as usize].into()),
    ));
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

/// Fees that merchants have come to expect, by category and shop.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct ExpectedFees(pub Vec<Vec<f64>>);

impl ExpectedFees {
    /// What is charged at the opening.
    pub(super) fn at_opening<'a>(
        level: &Level,
        companies: impl Iterator<Item = (&'a Company, &'a Policy)>,
        charges: &Charges,
    ) -> Self {
        Self(Terms::of(level, companies, charges).rates)
    }
}

/// By category: whether a merchant on a shop reconsiders, then whether any merchant does.
fn reconsidering(level: &Level, fees: &[Vec<f64>], expected: &[Vec<f64>]) -> Vec<Vec<Event>> {
    let market = &level.market;
    let event = |rise: f64| {
        let alarm = market.merchant_attention * rise.max(0.0);
        Event::with(1.0 - (1.0 - market.listing_reconsideration) * libm::exp(-alarm * alarm))
    };
    let of_category = |(fees, expected): (&Vec<f64>, &Vec<f64>)| {
        let rises = fees.iter().zip(expected).map(|(fees, expected)| fees - expected);
        rises.chain([0.0]).map(event).collect()
    };
    fees.iter().zip(expected).map(of_category).collect()
}

/// Everybody reconsiders.
fn always(level: &Level) -> Vec<Vec<Event>> {
    level.categories.iter().map(|_| vec![Event::with(1.0)]).collect()
}

fn reconsider<'a>(
    blocks: impl Iterator<
        Item = (&'a MerchantBlock, &'a Size, &'a Margin, &'a Reach, &'a Burden, &'a Liking, Mut<'a, Listed>),
    >,
    level: &Level,
    prospects: &[Prospects],
    key: Key,
    events: &[Vec<Event>],
) {
    let shops = level.shops().len();
    for (block, size, margin, reach, burden, liking, mut listed) in blocks {
        let pass_through = level.merchant_segments[block.segment].pass_through;
        // Whoever lists nowhere looks around as usual; on several shops, the worst disappointment decides.
        let (usual, by_shop) =
            events[block.category].split_last().expect("every category has the usual event");
        let startled = by_shop.iter().any(|event| event != usual);
        let mut bits = [0; DRAWN_AT_A_TIME];
        for (start, masks) in (0..).step_by(DRAWN_AT_A_TIME).zip(listed.0.chunks_mut(DRAWN_AT_A_TIME)) {
            key.fill(block.first + start as u32, &mut bits);
            for (offset, (mask, &bits)) in masks.iter_mut().zip(&bits).enumerate() {
                let disappointed = || {
                    by_shop
                        .iter()
                        .enumerate()
                        .any(|(shop, event)| *mask >> shop & 1 == 1 && event.given(bits))
                };
                if !(usual.given(bits) || startled && disappointed()) {
                    continue;
                }
                let lane = start + offset;
                *mask = prospects[block.category].choose(Merchant {
                    number: block.first + lane as u32,
                    size: size.0[lane].into(),
                    margin: margin.0[lane].into(),
                    reach: reach.0[lane],
                    burden: burden.0[lane].into(),
                    liking: &liking.0[lane * shops..][..shops],
                    pass_through,
                });
            }
        }
    }
}

/// Adds up listings, and the prices of those who list: `1 / (1 − passed-on part of the fees)`, by size.
fn tally<'a>(
    level: &Level,
    fees: &[Vec<f64>],
    blocks: impl Iterator<Item = (&'a MerchantBlock, &'a Size, &'a Listed, &'a Contracts)>,
) -> Supply {
    let shops = level.shops();
    let shape = [level.categories.len(), level.platforms.len()];
    let mut supply = Supply {
        variety: Grid::filled(shape, 0.0),
        price: Grid::filled(shape, 0.0),
        listed: Grid::filled(shape, 0.0),
        size: vec![0.0; level.categories.len()],
        carriers: Grid::filled([shape[0], shape[1], level.carriers().len()], 0.0),
    };
    for (block, size, listed, contracts) in blocks {
        add_carriers(level, &shops, &mut supply.carriers, block, size, listed, contracts);
        let category = block.category;
        let pass_through = level.merchant_segments[block.segment].pass_through;
        supply.size[category] += block.size;
        for (shop, &platform) in shops.iter().enumerate() {
            let (here, count) = listed_on(shop, &size.0, &listed.0);
            supply.listed[[category, platform]] += block.weight * count;
            supply.variety[[category, platform]] += here;
            supply.price[[category, platform]] += here * price(pass_through, fees[category][shop]);
        }
    }
    for category in 0..level.categories.len() {
        for (shop, &platform) in shops.iter().enumerate() {
            let at = [category, platform];
            let listed = supply.variety[at];
            // With nobody listed there is still a price to quote: that of the market's usual merchant.
            let usual = price(level.market.pass_through, fees[category][shop]);
            supply.price[at] = if listed > 0.0 { supply.price[at] / listed } else { usual };
            supply.variety[at] = if listed > 0.0 { listed / supply.size[category] } else { 0.0 };
            for carrier in 0..supply.carriers.shape()[2] {
                let part = &mut supply.carriers[[category, platform, carrier]];
                *part = if listed > 0.0 { *part / listed } else { 0.0 };
            }
        }
    }
    supply
}

/// Adds up, by size, with which carriers the merchants of a block ship from each shop they list on.
fn add_carriers(
    level: &Level,
    shops: &[usize],
    sums: &mut Grid<3>,
    block: &MerchantBlock,
    size: &Size,
    listed: &Listed,
    contracts: &Contracts,
) {
    if contracts.carrier.is_empty() {
        return;
    }
    let mut by_shop = vec![0.0f64; shops.len() * level.carriers().len()];
    let carriers = level.carriers().len();
    for (merchant, (size, listed)) in size.0.iter().zip(&listed.0).enumerate() {
        for (shop, &place) in contracts.carrier[merchant * shops.len()..][..shops.len()].iter().enumerate() {
            if listed >> shop & 1 == 1 && place != logistics::NONE {
                by_shop[shop * carriers + usize::from(place)] += f64::from(*size);
            }
        }
    }
    for (shop, &platform) in shops.iter().enumerate() {
        for place in 0..carriers {
            sums[[block.category, platform, place]] += by_shop[shop * carriers + place];
        }
    }
}

/// Total size, and number, of the merchants that list on a shop. Eight sums side by side keep the processor busy and the
/// order of additions fixed.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn listed_on(shop: usize, sizes: &[f32], listed: &[u16]) -> (f64, f64) {
    const SUMS: usize = 8;
    let bit = 1u16 << shop;
    let (mut size, mut count) = ([0.0; SUMS], [0u32; SUMS]);
    let (chunks, rest) = sizes.as_chunks::<SUMS>();
    let (mask_chunks, rest_masks) = listed.as_chunks::<SUMS>();
    for (sizes, masks) in chunks.iter().zip(mask_chunks) {
        for lane in 0..SUMS {
            let here = u16::from(masks[lane] & bit != 0);
            size[lane] += f64::from(sizes[lane] * f32::from(here));
            count[lane] += u32::from(here);
        }
    }
    for (&one, &mask) in rest.iter().zip(rest_masks) {
        let here = u16::from(mask & bit != 0);
        size[0] += f64::from(one * f32::from(here));
        count[0] += u32::from(here);
    }
    (size.iter().sum(), count.iter().sum::<u32>().into())
}

/// What merchants would charge for each policy if all kinds of them listed in equal measure: prices before anybody
/// has listed.
pub(super) fn quoted_prices(level: &Level, companies: &[OpeningCompany], charges: &Charges) -> Supply {
    let shape = [level.categories.len(), level.platforms.len()];
    let mut prices = Grid::filled(shape, 1.0);
    for category in 0..level.categories.len() {
        for (platform, company) in companies.iter().enumerate() {
            let fees = company.policy.prices.merchant_fees(category, &level.market)
                + charges.rates[[category, platform]];
            let by_segment = level.merchant_segments.iter().map(|kind| {
                (kind.share * kind.size, kind.share * kind.size * price(kind.pass_through, fees))
            });
            let (size, sum) = by_segment.fold((0.0, 0.0), |(a, b), (size, sum)| (a + size, b + sum));
            prices[[category, platform]] = sum / size;
        }
    }
    Supply {
        variety: Grid::filled(shape, 1.0),
        price: prices,
        listed: Grid::filled(shape, 0.0),
        size: vec![0.0; level.categories.len()],
        carriers: Grid::filled([shape[0], shape[1], level.carriers().len()], 0.0),
    }
}

/// A merchant's price when it passes on a part of the fees, relative to its price without fees.
pub(super) fn price(pass_through: f64, fees: f64) -> f64 {
    1.0 / (1.0 - pass_through * fees.min(0.99))
}
