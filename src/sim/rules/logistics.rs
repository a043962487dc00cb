//! Logistics: what merchants think of carriers, what buyers get of them, and what shipping costs.

use crate::level::services::CarrierSupply;
use crate::level::{Level, MerchantSegment};
use crate::sim::draw::{Key, Purpose};
use crate::sim::grid::Grid;
use crate::sim::rules::demand::AVERAGE_DELIVERY;
use crate::sim::state::merchants::NONE;
use crate::sim::state::merchants::mean_size;
use crate::sim::state::outcome::ratio;
use crate::sim::state::services::ServiceState;

/// What merchants of a kind think of each carrier: `[segment][category][platform][carrier]`, over sales; nothing where it
/// takes no contract.
type Worth = Vec<Vec<Vec<Vec<Option<f64>>>>>;

pub(in crate::sim) fn worth(level: &Level, services: &[&ServiceState]) -> Worth {
    let carriers = level.carriers();
    let people = level.population();
    let quality = |place: usize, platform: usize| -> f64 {
        let by_region = level.regions.iter().enumerate();
        by_region
            .map(|(r, region)| region.population / people * delivered(level, services, place, r, platform))
            .sum()
    };
    let of_segment = |segment: &MerchantSegment| {
        let of_category = |category: &crate::level::Category| {
            let of_platform = |platform: usize| {
                let of_carrier = |place: usize| {
                    let (number, carrier) = carriers[place];
                    let takes = carrier.supply != CarrierSupply::Crowd && services[number].serves(platform);
                    let price = services[number].counterparts[platform].price / category.parcel_value;
                    let valued = level.market.carrier_quality_worth
                        * segment.delivery_worth
                        * quality(place, platform);
                    takes.then_some(valued - price)
                };
                (0..carriers.len()).map(of_carrier).collect()
            };
            (0..level.platforms.len()).map(of_platform).collect()
        };
        level.categories.iter().map(of_category).collect()
    };
    level.merchant_segments.iter().map(of_segment).collect()
}

/// Quality that a carrier delivers to a platform's buyers in a region: congestion lowers it where it has more parcels than
/// room, unless a crowd takes what is too much; its owner's own parcels are handled a little better.
pub fn delivered(
    level: &Level,
    services: &[&ServiceState],
    place: usize,
    region: usize,
    platform: usize,
) -> f64 {
    let carriers = level.carriers();
    let (number, carrier) = carriers[place];
    let service = services[number];
    let owner = level.services[number].owner;
    let sent: f64 = service.parcels.iter().sum();
    let own = owner.map_or(0.0, |owner| if sent > 0.0 { service.parcels[owner] / sent } else { 1.0 });
    let linked = if owner == Some(platform) { level.market.linkage * own } else { 0.0 };
    let usual = (carrier.quality[region] + linked).min(1.0);
    let utilisation = service.utilisation();
    if utilisation <= 1.0 {
        return usual;
    }
    let room = 1.0 / utilisation;
    match crowd(level, services, platform) {
        Some(helper) => room * usual + (1.0 - room) * carriers[helper].1.quality[region],
        None => usual * libm::pow(room, level.market.congestion),
    }
}

/// The crowd that takes a platform's overflow, by place among the carriers: the cheapest of those it uses.
pub(in crate::sim) fn crowd(level: &Level, services: &[&ServiceState], platform: usize) -> Option<usize> {
    let carriers = level.carriers();
    let price = |place: usize| services[carriers[place].0].counterparts[platform].price;
    let crowds = (0..carriers.len()).filter(|&place| {
        carriers[place].1.supply == CarrierSupply::Crowd && services[carriers[place].0].serves(platform)
    });
    crowds.min_by(|&one, &other| price(one).total_cmp(&price(other)))
}

/// The carrier that a merchant likes best at a shop.
pub(in crate::sim) fn choose(
    level: &Level,
    seed: u64,
    options: &[Option<f64>],
    merchant: u32,
    shop: usize,
) -> u8 {
    let liked = |(place, option): (usize, &Option<f64>)| {
        let key = Key::new(seed, 0, Purpose::CarrierLiking, shop * 16 + place);
        let draw = -libm::log(-libm::log(key.uniform_fine(merchant)));
        option.map(|worth| (place, worth + level.market.carrier_noise * draw))
    };
    let best = options.iter().enumerate().filter_map(liked).max_by(|one, other| one.1.total_cmp(&other.1));
    best.map_or(NONE, |(place, _)| place as u8)
}

/// Parts in which a platform's merchants of a category, by size, ship with each carrier, before anybody has signed:
/// `[category, platform, carrier]`. Multinomial logit, which is what the noise in their choice amounts to.
pub fn expected_mix(level: &Level, services: &[&ServiceState]) -> Grid<3> {
    let carriers = level.carriers().len();
    let mut mix = Grid::filled([level.categories.len(), level.platforms.len(), carriers], 0.0);
    if carriers == 0 {
        return mix;
    }
    let worth = worth(level, services);
    let scale = level.market.carrier_noise.max(1e-9);
    let weight = |kind: &MerchantSegment| {
        kind.share * kind.size * libm::exp(kind.size_spread * kind.size_spread / 2.0)
    };
    let size = mean_size(level);
    for (segment, kind) in level.merchant_segments.iter().enumerate() {
        for category in 0..level.categories.len() {
            for platform in level.shops() {
                let options = &worth[segment][category][platform];
                let best = options.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
                let odds =
                    |option: &Option<f64>| option.map_or(0.0, |worth| libm::exp((worth - best) / scale));
                let sum: f64 = options.iter().map(odds).sum();
                for (place, option) in options.iter().enumerate() {
                    mix[[category, platform, place]] += weight(kind) / size * ratio(odds(option), sum);
                }
            }
        }
    }
    mix
}

/// Parcels of each platform's merchants by carrier: `[platform, carrier]`.
pub fn parcels(level: &Level, mix: &Grid<3>, sales: impl Fn(usize, usize) -> f64) -> Grid<2> {
    let [categories, platforms, carriers] = mix.shape();
    let mut parcels = Grid::filled([platforms, carriers], 0.0);
    for category in 0..categories {
        for platform in 0..platforms {
            let sent = sales(category, platform) / level.categories[category].parcel_value;
            for place in 0..carriers {
                parcels[[platform, place]] += sent * mix[[category, platform, place]];
            }
        }
    }
    parcels
}

/// Quality of deliveries by region, category and platform, as the platform's merchants ship.
pub fn quality(level: &Level, services: &[&ServiceState], mix: &Grid<3>) -> Grid<3> {
    let [categories, platforms, carriers] = mix.shape();
    let mut quality = Grid::filled([level.regions.len(), categories, platforms], 0.0);
    for region in 0..level.regions.len() {
        for platform in level.shops() {
            let by_carrier: Vec<f64> =
                (0..carriers).map(|place| delivered(level, services, place, region, platform)).collect();
            for category in 0..categories {
                quality[[region, category, platform]] =
                    (0..carriers).map(|place| mix[[category, platform, place]] * by_carrier[place]).sum();
            }
        }
    }
    quality
}

/// What shipping costs merchants, over sales, by category and platform.
pub fn shipping_rates(level: &Level, services: &[&ServiceState], mix: &Grid<3>) -> Grid<2> {
    let [categories, platforms, _] = mix.shape();
    let carriers = level.carriers();
    let mut rates = Grid::filled([categories, platforms], 0.0);
    for category in 0..categories {
        for platform in 0..platforms {
            rates[[category, platform]] = (carriers.iter().enumerate())
                .map(|(place, (number, _))| {
                    let price = services[*number].counterparts[platform].price;
                    mix[[category, platform, place]] * price / level.categories[category].parcel_value
                })
                .sum();
        }
    }
    rates
}

/// What deliveries are worth to merchants against average ones, over sales, by category and platform: the same worth that
/// they choose carriers by.
pub fn worth_to_merchants(level: &Level, services: &[&ServiceState], mix: &Grid<3>) -> Grid<2> {
    let [categories, platforms, carriers] = mix.shape();
    let mut worth = Grid::filled([categories, platforms], 0.0);
    if carriers == 0 {
        return worth;
    }
    let (people, quality) = (level.population(), quality(level, services, mix));
    for category in 0..categories {
        for platform in level.shops() {
            let by_region = level.regions.iter().enumerate();
            let mean: f64 = by_region
                .map(|(region, row)| row.population / people * quality[[region, category, platform]])
                .sum();
            worth[[category, platform]] = level.market.carrier_quality_worth * (mean - AVERAGE_DELIVERY);
        }
    }
    worth
}
