//! From shares to the utility that holds them (Berry 1994), by stand-ins for the people of a region.

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
    weight: f64,
    own: [f64; MAX_PLATFORMS],
    /// exp(habit) − 1 by shop.
    pull: [f64; MAX_PLATFORMS],
}

/// What differs between people of a region besides prices and tastes.
pub(in crate::sim) struct Surroundings<'a> {
    pub(in crate::sim) ties: Ties,
    pub(in crate::sim) delivery: Grid<3>,
    pub(in crate::sim) holdings: &'a Holdings,
}

impl Precision {
    /// Stand-ins for each segment, before they are turned round the shops.
    fn types(self, shops: usize) -> usize {
        let all: usize = match self {
            Self::Fine => 2_048,
            Self::Coarse => 256,
        };
        all.div_ceil(shops)
    }
}

/// For each shop a place from 0 to 1 for each type, in random order: a shop is known by the types whose place is
/// below its awareness. The fraction is exact, and shops are independent of each other and of tastes.
///
/// After the shops come places for each wallet, for the habitual one, and for the set of apps.
pub(in crate::sim) fn places(level: &Level, precision: Precision) -> Vec<Vec<f64>> {
    let shops = level.shops().len();
    let count = precision.types(shops);
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
    let of_shops: Vec<Vec<usize>> = (0..shops.len()).map(owned).collect();
    let like = |shop: &Vec<usize>| shop.iter().map(|&service| &services[service].1).collect::<Vec<_>>();
    let alike = of_shops.iter().all(|shop| like(shop) == like(&of_shops[0]));
    let rotated = |rotation: usize| {
        let mut to: Vec<usize> = (0..services.len()).collect();
        if alike {
            for (shop, from) in of_shops.iter().enumerate() {
                let target = &of_shops[(shop + rotation) % shops.len()];
                from.iter().zip(target).for_each(|(&from, &target)| to[from] = target);
            }
        }
        to
    };
    (0..shops.len()).map(rotated).collect()
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
    let count = precision.types(shops);
    let market = &level.market;
    let circle = market.taste_space == TasteSpace::Circle;
    let median = market.price_sensitivity * level.regions[region].price_sensitivity;
    let mut types = Vec::with_capacity(count * shops * level.consumer_segments.len());
    for (number, segment) in level.consumer_segments.iter().enumerate() {
        for index in 0..count {
            let place = (index as f64 + 0.5) / count as f64;
            let spread = libm::exp(market.price_sensitivity_spread * normal_quantile(place));
            let sensitivity = median * segment.price_sensitivity * spread;
            // The golden section spreads the second coordinate evenly over any run of the first.
            let (wallets, apps) = surroundings.draw(level, region, &places[shops..], index);
            let first_taste = (index as f64 * 0.618_033_988_749_894_9).fract();
            for rotation in 0..shops {
                let taste = (first_taste + if circle { rotation as f64 / shops as f64 } else { 0.0 }).fract();
                let mut own = [0.0; MAX_PLATFORMS];
                let mut pull = [0.0; MAX_PLATFORMS];
                let wallets = turns.wallets(wallets, rotation);
                let apps = usize::from(turns.apps(apps, rotation));
                for (shop, &platform) in platforms.iter().enumerate() {
                    let habit = f64::from(demand::shop_habit(level, &surroundings.ties, apps, platform));
                    pull[shop] = libm::exp(habit) - 1.0;
                    // A taste turned forward by one shop sees shop 1 as the unturned one sees shop 0.
                    if places[(shop + shops - rotation) % shops][index] < awareness[[region, shop]] {
                        let apart = (taste - f64::from(row.taste[shop])).abs();
                        let distance = if circle { apart.min(1.0 - apart) } else { apart };
                        let price = f64::from(row.price_staying[shop]);
                        let place = [region, number, apps];
                        let here = CellTerms::of(
                            level,
                            &surroundings.ties,
                            &surroundings.delivery,
                            place,
                            category,
                            platform,
                        );
                        let further = here.sum() / unit + f64::from(payment.utility(wallets, shop));
                        own[shop] = libm::exp(
                            further - sensitivity * price - f64::from(row.taste_strength) * distance,
                        );
                    }
                }
                types.push(Type { weight: segment.share * segment.income, own, pull });
            }
        }
    }
    let sum: f64 = types.iter().map(|kind| kind.weight).sum();
    types.iter_mut().for_each(|kind| kind.weight /= sum);
    types
}

/// The common utilities (over μ) at which the types' settled choices have the target shares: Berry's contraction,
/// damped, since habit nearly doubles how settled shares answer to utility. With no offline option utilities are
/// relative to the mean.
pub(in crate::sim) fn invert(types: &[Type], row: &ChoiceRow, target: &[f64]) -> Vec<f64> {
    const MAX_ROUNDS: usize = 200;
    const DAMPING: f64 = 0.6;
    const CLOSE: f64 = 1e-9;
    let pull = libm::exp(f64::from(row.habit)) - 1.0;
    let shops = row.shops;
    let offline = if row.offline { 1.0 } else { 0.0 };
    let mut utility: Vec<f64> = target[..shops].iter().map(|&share| libm::log(share.max(1e-12))).collect();
    for _ in 0..MAX_ROUNDS {
        let factor: Vec<f64> = utility.iter().map(|&u| libm::exp(u)).collect();
        let mut found = [0.0; MAX_PLATFORMS];
        for kind in types {
            let mut weight = [0.0; MAX_PLATFORMS];
            let mut total = offline;
            for shop in 0..shops {
                weight[shop] = factor[shop] * kind.own[shop];
                total += weight[shop];
            }
            let settled = |w: f64, pull: f64| w * (total + pull * w);
            let by_shop = weight[..shops].iter().zip(kind.pull);
            let norm = settled(offline, pull) + by_shop.map(|(&w, pull)| settled(w, pull)).sum::<f64>();
            if norm > 0.0 {
                for shop in 0..shops {
                    found[shop] += kind.weight * settled(weight[shop], kind.pull[shop]) / norm;
                }
            }
        }
        // Who knows no shop and has no offline option buys nothing, and counts in nobody's share.
        let choosing: f64 = types
            .iter()
            .filter(|kind| offline > 0.0 || kind.own.iter().any(|&w| w > 0.0))
            .map(|kind| kind.weight)
            .sum();
        let mut worst: f64 = 0.0;
        for shop in 0..shops {
            let miss = libm::log(target[shop].max(1e-12) * choosing / found[shop].max(1e-300));
            worst = worst.max(miss.abs());
            utility[shop] += DAMPING * miss;
        }
        if worst < CLOSE {
            break;
        }
    }
    if !row.offline {
        let mean = utility.iter().sum::<f64>() / shops as f64;
        utility.iter_mut().for_each(|u| *u -= mean);
    }
    utility
}
