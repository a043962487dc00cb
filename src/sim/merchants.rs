//! Merchants: which shops they list on, and what they charge there. One entity per block of merchants of one
//! (category, segment), columns inside.

use bevy::prelude::*;

use super::draw::{Event, Key, Purpose};
use super::grid::Grid;
use super::opening::{Opening, OpeningCompany};
use super::outcome::Outcome;
use super::platforms::{Company, Policy};
use super::{Clock, CurrentLevel};
use crate::level::{Level, LikingForm, MAX_PLATFORMS, MarketParameters, MerchantSegment, TasteSpace};

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
    pub fn sells(&self, category: usize, platform: usize) -> bool {
        self.size[category] == 0.0 || self.variety[[category, platform]] > 0.0
    }
}

/// What the listing rule looks at in one category.
pub(super) struct Prospects<'a> {
    market: &'a MarketParameters,
    seed: u64,
    /// By shop: fees as a fraction of sales.
    fees: Vec<f64>,
    /// By how many places likings are turned round the shops; zero but for [`settled_variety`].
    rotation: usize,
    /// By shop: what its buyers' presence is worth to a merchant, in margin.
    worth: Vec<f64>,
    /// By shop: the fee for being listed over the usual sales of a merchant of size 1.
    listing_fees: Vec<f64>,
    /// By shop: position of taste.
    tastes: Vec<f64>,
    /// By shop: usual sales per merchant size over this shop's, the factor on the cost of one more listing.
    emptiness: Vec<f64>,
}

impl<'a> Prospects<'a> {
    /// Prospects in a category. `sales` and `listed_size` are by shop; `potential` is all that could be sold of
    /// it, `size` all its merchants.
    pub fn new(
        level: &'a Level,
        seed: u64,
        category: usize,
        fees: Vec<f64>,
        worth: Vec<f64>,
        listing_fees: Vec<f64>,
        sales: &[f64],
        listed_size: &[f64],
        size: f64,
    ) -> Self {
        let potential = level.category_potential(category);
        let usual = level.categories[category].online_share * potential / size;
        // The two floors let a shop without sales or merchants yet be tried at all.
        let earnings =
            |(&sales, &listed): (&f64, &f64)| sales.max(0.004 * potential) / listed.max(0.02 * size);
        let emptiness = sales.iter().zip(listed_size).map(|pair| usual / earnings(pair)).collect();
        let shop = |platform: usize| level.platforms[platform].shop.as_ref();
        let tastes = level.shops().into_iter().map(|platform| shop(platform).map_or(0.0, |shop| shop.taste));
        Self {
            market: &level.market,
            seed,
            fees,
            rotation: 0,
            worth,
            listing_fees,
            tastes: tastes.collect(),
            emptiness,
        }
    }

    /// The listings a merchant would choose: its best shops with a positive net margin, as many as it can serve.
    pub fn choose(&self, merchant: u32, size: f64, margin: f64, reach: u8, pass_through: f64) -> u16 {
        let burden = self.market.listing_cost * libm::pow(size, -0.3);
        let entry = self.market.merchant_entry_cost;
        let entry = if entry > 0.0 { entry * self.uniform(Purpose::MerchantEntry, merchant) } else { 0.0 };
        let own = margin - entry;
        let mut ranked = [(0.0, 0.0, 0); MAX_PLATFORMS];
        let shops = self.fees.len();
        for (shop, entry) in ranked.iter_mut().enumerate().take(shops) {
            let liked = (shop + self.rotation) % shops;
            let liking = Key::new(self.seed, 0, Purpose::MerchantLiking, liked).uniform_fine(merchant);
            let fees = (1.0 - pass_through) * self.fees[shop] + self.listing_fees[shop] / size;
            let net = own + self.worth[shop] - fees - burden * self.emptiness[shop] + self.liking(liking)
                - self.distance_cost(merchant, shop);
            *entry = (net, liking, shop);
        }
        // Where shops are worth the same, liking decides, and never the order of the seats.
        ranked[..shops].sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let best = ranked[..shops].iter().take(usize::from(reach));
        best.filter(|(net, ..)| *net > 0.0).fold(0, |mask, (.., shop)| mask | 1 << shop)
    }

    fn uniform(&self, purpose: Purpose, merchant: u32) -> f64 {
        Key::new(self.seed, 0, purpose, 0).uniform_fine(merchant)
    }

    /// The lasting liking that a uniform draw stands for.
    fn liking(&self, uniform: f64) -> f64 {
        if self.market.merchant_noise == 0.0 {
            return 0.0;
        }
        let draw = match self.market.merchant_liking {
            LikingForm::Logistic => libm::log(uniform / (1.0 - uniform)),
            LikingForm::Gumbel => -libm::log(-libm::log(uniform)),
        };
        self.market.merchant_noise * draw
    }

    /// Margin lost to the way between a merchant's taste and a shop's.
    fn distance_cost(&self, merchant: u32, shop: usize) -> f64 {
        let strength = self.market.merchant_taste_strength;
        if strength == 0.0 {
            return 0.0;
        }
        let apart = (self.uniform(Purpose::MerchantTaste, merchant) - self.tastes[shop]).abs();
        strength * if self.market.taste_space == TasteSpace::Circle { apart.min(1.0 - apart) } else { apart }
    }
}

/// Creates the level's merchants, listed nowhere yet.
pub(super) fn spawn(world: &mut World, level: &Level, merchants: u32, seed: u64) {
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
                let block = MerchantBlock { category, segment: index, first: first + start, weight };
                spawn_block(world, level, block, length, shops, seed);
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

fn spawn_block(world: &mut World, level: &Level, block: MerchantBlock, length: u32, shops: usize, seed: u64) {
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
        let probability = market.multi_homing + market.multi_homing_slope * libm::log(f64::from(size));
        let serves = Event::with(probability);
        let more = |&shop: &usize| serves.happens(Key::new(seed, 0, Purpose::MerchantReach, shop), merchant);
        1 + (1..shops).filter(more).count() as u8
    };
    let reaches = merchants.zip(&sizes).map(reach).collect();
    world.spawn((
        block,
        Size(sizes),
        Margin(margins),
        Reach(reaches),
        Listed(vec![0; length as usize].into()),
    ));
}

type Blocks<'a> = (&'a MerchantBlock, &'a Size, &'a Margin, &'a Reach, &'a mut Listed);

/// A part of the merchants reconsiders where to list; prices follow the fees.
pub(super) fn list(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    outcome: Res<Outcome>,
    companies: Query<(&Company, &Policy)>,
    mut supply: ResMut<Supply>,
    mut expected: ResMut<ExpectedFees>,
    mut blocks: Query<Blocks>,
) {
    let level = &level.0;
    let fees = fees_by_shop(level, companies.iter());
    let prospects =
        prospects(level, clock.seed, &fees, &merchant_fees(level, companies.iter()), &outcome, &supply);
    let turn = Key::new(clock.seed, clock.turn, Purpose::ReconsiderListings, 0);
    let events = reconsidering(level, &fees, &expected.0);
    reconsider(blocks.iter_mut(), level, &prospects, turn, &events);
    let memory = level.market.expectation_memory;
    for (expected, fees) in expected.0.iter_mut().flatten().zip(fees.iter().flatten()) {
        *expected = memory * *expected + (1.0 - memory) * fees;
    }
    *supply = tally(level, &fees, blocks.iter());
}

/// Everybody lists by the same rule at the opening, expecting the opening's variety.
pub(super) fn list_at_opening(world: &mut World, level: &Level, seed: u64, opening: &Opening) -> Supply {
    let mut companies = world.query::<(&Company, &Policy)>();
    let fees = fees_by_shop(level, companies.iter(world));
    let merchant_fees = merchant_fees(level, companies.iter(world));
    let mut blocks = world.query::<Blocks>();
    let mut supply = tally(level, &fees, blocks.iter(world));
    supply.variety.clone_from(&opening.variety);
    let prospects = prospects(level, seed, &fees, &merchant_fees, &opening.outcome(level), &supply);
    let everybody = Key::new(seed, 0, Purpose::ReconsiderListings, 0);
    reconsider(blocks.iter_mut(world), level, &prospects, everybody, &always(&fees));
    tally(level, &fees, blocks.iter(world))
}

/// The part of each category's merchants, by size, that lists on each platform once listings have settled: each
/// merchant's choice depends on how many others share the sales. Found on a sample by damped rounds; a whole step
/// would overshoot, since a full shop empties and an empty one fills. Each merchant of the sample appears once for
/// every rotation of its likings over the shops, so that equal shops come out exactly equal.
pub(super) fn settled_variety(level: &Level, companies: &[OpeningCompany], outcome: &Outcome) -> Grid<2> {
    const SAMPLE: usize = 1_200;
    const ROUNDS: usize = 40;
    const STEP: f64 = 0.2;
    let mut settled = Grid::filled([level.categories.len(), level.platforms.len()], 0.5);
    let shops = level.shops().len();
    if level.setup.merchants == 0 {
        return settled;
    }
    let mut world = World::new();
    spawn(&mut world, level, (SAMPLE / shops * level.categories.len()) as u32, 0);
    let everyone: Vec<Company> = (0..companies.len()).map(Company).collect();
    let fees = fees_by_shop(level, everyone.iter().zip(companies.iter().map(|company| &company.policy)));
    let merchant_fees =
        merchant_fees(level, everyone.iter().zip(companies.iter().map(|company| &company.policy)));
    let mut blocks = world.query::<Blocks>();
    let everybody = Key::new(0, 0, Purpose::ReconsiderListings, 0);
    for _ in 0..ROUNDS {
        let mut found = vec![0.0; settled.cells().len()];
        for rotation in 0..shops {
            let mut supply = tally(level, &fees, blocks.iter(&world));
            supply.variety.clone_from(&settled);
            let mut prospects = prospects(level, 0, &fees, &merchant_fees, outcome, &supply);
            prospects.iter_mut().for_each(|prospects| prospects.rotation = rotation);
            reconsider(blocks.iter_mut(&mut world), level, &prospects, everybody, &always(&fees));
            let rotated = tally(level, &fees, blocks.iter(&world)).variety;
            found.iter_mut().zip(rotated.cells()).for_each(|(sum, new)| *sum += new / shops as f64);
        }
        settled.cells_mut().iter_mut().zip(found).for_each(|(old, new)| *old += STEP * (new - *old));
    }
    settled
}

/// Merchants' fees by category and shop.
fn fees_by_shop<'a>(
    level: &Level,
    companies: impl Iterator<Item = (&'a Company, &'a Policy)>,
) -> Vec<Vec<f64>> {
    let shops = level.shops();
    let mut fees = vec![vec![0.0; shops.len()]; level.categories.len()];
    for (&Company(platform), policy) in companies {
        if let Some(shop) = shops.iter().position(|&shop| shop == platform) {
            for (category, row) in fees.iter_mut().enumerate() {
                row[shop] = policy.prices.merchant_fees(category, &level.market);
            }
        }
    }
    fees
}

/// What a merchant pays a month for being listed, by platform.
fn merchant_fees<'a>(level: &Level, companies: impl Iterator<Item = (&'a Company, &'a Policy)>) -> Vec<f64> {
    let mut fees = vec![0.0; level.platforms.len()];
    companies.for_each(|(&Company(platform), policy)| fees[platform] = policy.prices.merchant_fee);
    fees
}

/// Fees that merchants have come to expect, by category and shop.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct ExpectedFees(pub Vec<Vec<f64>>);

impl ExpectedFees {
    /// What is charged at the opening.
    pub(super) fn at_opening<'a>(
        level: &Level,
        companies: impl Iterator<Item = (&'a Company, &'a Policy)>,
    ) -> Self {
        Self(fees_by_shop(level, companies))
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
fn always(fees: &[Vec<f64>]) -> Vec<Vec<Event>> {
    fees.iter().map(|_| vec![Event::with(1.0)]).collect()
}

fn prospects<'a>(
    level: &'a Level,
    seed: u64,
    fees: &[Vec<f64>],
    merchant_fees: &[f64],
    outcome: &Outcome,
    supply: &Supply,
) -> Vec<Prospects<'a>> {
    let shops = level.shops();
    let total = level.total_potential();
    // The mean of a lognormal size is its median times exp(spread²/2).
    let mean = |kind: &MerchantSegment| {
        kind.share * kind.size * libm::exp(kind.size_spread * kind.size_spread / 2.0)
    };
    let mean_size: f64 = level.merchant_segments.iter().map(mean).sum();
    let members: Vec<f64> = outcome.platforms().map(|platform| outcome.gmv(platform) / total).collect();
    let in_category = |category: usize| {
        let size = supply.size[category];
        let potential = level.categories[category].online_share * level.category_potential(category);
        let usual_sales = potential / (level.setup.shops / level.categories.len() as f64);
        let worth = |&platform: &usize| {
            let theta = level.interconnection[platform].iter().zip(&members);
            let seen: f64 = theta.map(|(theta, members)| theta * members).sum();
            level.market.merchant_benefit * seen
        };
        let listing_fee = |&platform: &usize| merchant_fees[platform] * mean_size / usual_sales;
        let listing_fees = shops.iter().map(listing_fee).collect();
        let worth: Vec<f64> = shops.iter().map(worth).collect();
        let sales: Vec<f64> = shops.iter().map(|&shop| outcome.category_sales(category, shop)).collect();
        let listed: Vec<f64> = shops.iter().map(|&shop| supply.variety[[category, shop]] * size).collect();
        Prospects::new(
            level,
            seed,
            category,
            fees[category].clone(),
            worth,
            listing_fees,
            &sales,
            &listed,
            size,
        )
    };
    (0..level.categories.len()).map(in_category).collect()
}

fn reconsider<'a>(
    blocks: impl Iterator<Item = (&'a MerchantBlock, &'a Size, &'a Margin, &'a Reach, Mut<'a, Listed>)>,
    level: &Level,
    prospects: &[Prospects],
    key: Key,
    events: &[Vec<Event>],
) {
    for (block, size, margin, reach, mut listed) in blocks {
        let pass_through = level.merchant_segments[block.segment].pass_through;
        // Whoever lists nowhere looks around as usual; on several shops, the worst disappointment decides.
        let (usual, by_shop) =
            events[block.category].split_last().expect("every category has the usual event");
        for (lane, mask) in listed.0.iter_mut().enumerate() {
            let merchant = block.first + lane as u32;
            let bits = key.bits(merchant);
            let disappointed = || {
                by_shop.iter().enumerate().any(|(shop, event)| *mask >> shop & 1 == 1 && event.given(bits))
            };
            if usual.given(bits) || disappointed() {
                let (size, margin) = (f64::from(size.0[lane]), f64::from(margin.0[lane]));
                *mask = prospects[block.category].choose(merchant, size, margin, reach.0[lane], pass_through);
            }
        }
    }
}

/// Adds up listings, and the prices of those who list: `1 / (1 − passed-on part of the fees)`, by size.
fn tally<'a>(
    level: &Level,
    fees: &[Vec<f64>],
    blocks: impl Iterator<Item = (&'a MerchantBlock, &'a Size, &'a Margin, &'a Reach, &'a Listed)>,
) -> Supply {
    let shops = level.shops();
    let shape = [level.categories.len(), level.platforms.len()];
    let mut supply = Supply {
        variety: Grid::filled(shape, 0.0),
        price: Grid::filled(shape, 0.0),
        listed: Grid::filled(shape, 0.0),
        size: vec![0.0; level.categories.len()],
    };
    for (block, size, _, _, listed) in blocks {
        let category = block.category;
        let pass_through = level.merchant_segments[block.segment].pass_through;
        supply.size[category] += size.0.iter().map(|&size| f64::from(size)).sum::<f64>();
        for (shop, &platform) in shops.iter().enumerate() {
            let price = price(pass_through, fees[category][shop]);
            for (&size, &mask) in size.0.iter().zip(&listed.0) {
                if mask >> shop & 1 == 1 {
                    supply.listed[[category, platform]] += block.weight;
                    supply.variety[[category, platform]] += f64::from(size);
                    supply.price[[category, platform]] += f64::from(size) * price;
                }
            }
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
        }
    }
    supply
}

/// What merchants would charge for each policy if all kinds of them listed in equal measure: prices before anybody
/// has listed.
pub(super) fn quoted_prices(level: &Level, companies: &[OpeningCompany]) -> Supply {
    let shape = [level.categories.len(), level.platforms.len()];
    let mut prices = Grid::filled(shape, 1.0);
    for category in 0..level.categories.len() {
        for (platform, company) in companies.iter().enumerate() {
            let fees = company.policy.prices.merchant_fees(category, &level.market);
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
    }
}

/// A merchant's price when it passes on a part of the fees, relative to its price without fees.
fn price(pass_through: f64, fees: f64) -> f64 {
    1.0 / (1.0 - pass_through * fees.min(0.99))
}
