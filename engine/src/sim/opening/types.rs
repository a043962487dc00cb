//! Stand-ins for the people of a region, by which shares are inverted into utilities.

use crate::level::{Level, MAX_PLATFORMS, TasteSpace};
use crate::sim::choice::ChoiceRow;
use crate::sim::draw::{Key, Purpose, normal_quantile};
use crate::sim::grid::Grid;
use crate::sim::opening::start::Precision;
use crate::sim::rules::demand;
use crate::sim::rules::demand::CellTerms;
use crate::sim::rules::payment::Holdings;
use crate::sim::state::services::Ties;

/// A kind of consumer: weight, and by shop exp of what is its own in utility (zero where unknown).
pub(in crate::sim) struct Type {
    pub(super) weight: f64,
    pub(super) own: [f64; MAX_PLATFORMS],
    /// exp(habit) − 1 by shop.
    pub(super) pull: [f64; MAX_PLATFORMS],
}

/// What differs between people of a region besides prices and tastes.
pub(in crate::sim) struct Surroundings<'a> {
    pub(in crate::sim) ties: Ties,
    pub(in crate::sim) delivery: Grid<3>,
    pub(in crate::sim) holdings: &'a Holdings,
}

/// Places of the shops that stand in the market, round which stand-ins are turned: a newcomer that is still to come has nobody's share.
fn standing(level: &Level) -> Vec<usize> {
    let shops = level.shops();
    (0..shops.len()).filter(|&place| level.sells(shops[place])).collect()
}

impl Precision {
    /// Stand-ins for each segment, before they are turned round so many shops.
    fn types(self, shops: usize) -> usize {
        let all: usize = match self {
            Self::Fine => 2_048,
            Self::Coarse => 256,
        };
        all.div_ceil(shops.max(1))
    }
}

/// For each shop a place from 0 to 1 for each type, in random order: a shop is known by the types whose place is
/// below its awareness. The fraction is exact, and shops are independent of each other and of tastes.
///
/// After the shops come places for each wallet, for the habitual one, and for the set of apps.
pub(in crate::sim) fn places(level: &Level, precision: Precision) -> Vec<Vec<f64>> {
    let shops = level.shops().len();
    let count = precision.types(standing(level).len());
    let further = if level.services.is_empty() { 0 } else { level.wallets().len() + 2 };
    let of_shop = |shop| {
        let key = Key::new(0, 0, Purpose::KnownAtOpening, shop);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&index| key.bits(index as u32));
        let mut places = vec![0.0; count];
        order
            .into_iter()
            .enumerate()
            .for_each(|(place, index)| places[index] = (place as f64 + 0.5) / count as f64);
        places
    };
    (0..shops + further).map(of_shop).collect()
}

impl Surroundings<'_> {
    /// Wallets and apps of a stand-in, by its places for them.
    fn draw(&self, level: &Level, region: usize, places: &[Vec<f64>], index: usize) -> (u16, u8) {
        let Some((apps, wallets)) = places.split_last() else { return (0, 0) };
        let uniform = |item: usize| wallets[item.min(wallets.len() - 1)][index];
        let word = if level.wallets().is_empty() { 0 } else { self.holdings.draw(region, uniform) };
        let mut left = apps[index];
        let sets = level.app_sets(region);
        let found = sets.iter().find(|(_, part)| {
            left -= part;
            left <= 0.0
        });
        (word, found.or(sets.last()).map_or(0, |&(apps, _)| apps))
    }
}

/// How wallets and apps are turned round the shops with their owners, where all owners have the like; otherwise they stay.
pub(in crate::sim) struct Turns {
    wallets: Vec<Vec<usize>>,
    apps: Vec<Vec<usize>>,
}

impl Turns {
    fn of(level: &Level, region: usize) -> Self {
        let wallets: Vec<(usize, Vec<f64>)> = (level.wallets().into_iter())
            .map(|(number, wallet)| (number, vec![wallet.holders[region], wallet.habit]))
            .collect();
        let apps: Vec<(usize, Vec<f64>)> =
            level.apps().into_iter().map(|(number, app)| (number, vec![app.users[region]])).collect();
        Self { wallets: turns(level, &wallets), apps: turns(level, &apps) }
    }

    fn wallets(&self, word: u16, rotation: usize) -> u16 {
        let turned = |word: u16| turn(&self.wallets[rotation], word);
        turned(word & 0xff) | turned(word >> 8) << 8
    }

    fn apps(&self, mask: u8, rotation: usize) -> u8 {
        turn(&self.apps[rotation], mask.into()) as u8
    }
}

/// A mask with every bit where its turn takes it.
pub(in crate::sim) fn turn(to: &[usize], mask: u16) -> u16 {
    to.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).fold(0, |turned, (_, to)| turned | 1 << to)
}

/// For each rotation, where each service goes, from their numbers and what they are like.
pub(in crate::sim) fn turns(level: &Level, services: &[(usize, Vec<f64>)]) -> Vec<Vec<usize>> {
    let shops = level.shops();
    let owned = |shop: usize| -> Vec<usize> {
        (0..services.len()).filter(|&s| level.services[services[s].0].owner == Some(shops[shop])).collect()
    };
    let of_shops: Vec<Vec<usize>> = standing(level).into_iter().map(owned).collect();
    let like = |shop: &Vec<usize>| shop.iter().map(|&service| &services[service].1).collect::<Vec<_>>();
    let alike = of_shops.iter().all(|shop| like(shop) == like(&of_shops[0]));
    let rotated = |rotation: usize| {
        let mut to: Vec<usize> = (0..services.len()).collect();
        if alike {
            for (shop, from) in of_shops.iter().enumerate() {
                let target = &of_shops[(shop + rotation) % of_shops.len()];
                from.iter().zip(target).for_each(|(&from, &target)| to[from] = target);
            }
        }
        to
    };
    (0..of_shops.len()).map(rotated).collect()
}

/// Stand-ins for the people of a region: sensitivities and tastes spread evenly (a lattice over both). Each appears
/// once for every rotation round the shops, tastes and acquaintances together, so that equal shops come out equal.
pub(in crate::sim) fn types(
    level: &Level,
    (region, category): (usize, usize),
    row: &ChoiceRow,
    places: &[Vec<f64>],
    awareness: &Grid<2>,
    surroundings: &Surroundings,
    precision: Precision,
) -> Vec<Type> {
    let turns = Turns::of(level, region);
    let platforms = level.shops();
    let payment = demand::payment_terms(level, &surroundings.ties);
    let unit = demand::noise_unit(level);
    let shops = row.shops;
    let standing = standing(level);
    let count = precision.types(standing.len());
    // By rotation and shop, whose acquaintances a shop has.
    let turned: Vec<Vec<usize>> = (0..standing.len())
        .map(|rotation| {
            let mut whose: Vec<usize> = (0..shops).collect();
            for (place, &shop) in standing.iter().enumerate() {
                whose[shop] = standing[(place + standing.len() - rotation) % standing.len()];
            }
            whose
        })
        .collect();
    let market = &level.market;
    let circle = market.taste_space == TasteSpace::Circle;
    let median = market.price_sensitivity * level.regions[region].price_sensitivity;
    let mut types = Vec::with_capacity(count * shops * level.consumer_segments.len());
    let sets = 1usize << level.apps().len();
    // exp(habit) − 1 by set of apps and shop.
    let pull = |apps: usize, platform: usize| {
        libm::exp(f64::from(demand::shop_habit(level, &surroundings.ties, apps, platform))) - 1.0
    };
    let pulls: Vec<[f64; MAX_PLATFORMS]> = (0..sets)
        .map(|apps| std::array::from_fn(|shop| platforms.get(shop).map_or(0.0, |&p| pull(apps, p))))
        .collect();
    for (number, segment) in level.consumer_segments.iter().enumerate() {
        // What a shop is to people of this segment with each set of apps.
        let here = |apps: usize, platform: usize| {
            let place = [region, number, apps];
            CellTerms::of(level, &surroundings.ties, &surroundings.delivery, place, category, platform).sum()
                / unit
        };
        let here: Vec<Vec<f64>> =
            (0..sets).map(|apps| platforms.iter().map(|&platform| here(apps, platform)).collect()).collect();
        for index in 0..count {
            let place = (index as f64 + 0.5) / count as f64;
            let spread = libm::exp(market.price_sensitivity_spread * normal_quantile(place));
            let sensitivity = median * segment.price_sensitivity * spread;
            // The golden section spreads the second coordinate evenly over any run of the first.
            let (wallets, apps) = surroundings.draw(level, region, &places[shops..], index);
            let first_taste = (index as f64 * 0.618_033_988_749_894_9).fract();
            for (rotation, whose) in turned.iter().enumerate() {
                let round = if circle { rotation as f64 / turned.len() as f64 } else { 0.0 };
                let taste = (first_taste + round).fract();
                let mut own = [0.0; MAX_PLATFORMS];
                let wallets = turns.wallets(wallets, rotation);
                let apps = usize::from(turns.apps(apps, rotation));
                for shop in 0..shops {
                    // A taste turned forward by one shop sees shop 1 as the unturned one sees shop 0.
                    if row.open >> shop & 1 == 1 && places[whose[shop]][index] < awareness[[region, shop]] {
                        let apart = (taste - f64::from(row.taste[shop])).abs();
                        let distance = if circle { apart.min(1.0 - apart) } else { apart };
                        let price = f64::from(row.price_staying[shop]);
                        let further = here[apps][shop] + f64::from(payment.utility(wallets, shop));
                        own[shop] = libm::exp(
                            further - sensitivity * price - f64::from(row.taste_strength) * distance,
                        );
                    }
                }
                types.push(Type { weight: segment.share * segment.income, own, pull: pulls[apps] });
            }
        }
    }
    let sum: f64 = types.iter().map(|kind| kind.weight).sum();
    types.iter_mut().for_each(|kind| kind.weight /= sum);
    types
}
