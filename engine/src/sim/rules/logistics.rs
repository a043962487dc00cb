//! Logistics: what merchants think of carriers, what buyers get of them, and what shipping costs.

use crate::level::services::{Carrier, CarrierSupply};
use crate::level::{Level, MerchantSegment};
use crate::sim::grid::Grid;
use crate::sim::rules::demand::AVERAGE_DELIVERY;
use crate::sim::state::merchants::mean_size;
use crate::sim::state::outcome::ratio;
use crate::sim::state::services::ServiceState;

/// What merchants of a kind think of each carrier, over sales, by segment, category, platform and carrier; nothing where it takes no
/// contract.
pub(in crate::sim) type Worth = Grid<4, Option<f64>>;

/// By what carriers charge and deliver now.
pub(in crate::sim) fn worth(level: &Level, services: &[&ServiceState]) -> Worth {
    let (carriers, platforms) = (level.carriers(), level.platforms.len());
    let people = level.population();
    let delivered = deliveries(level, services);
    let mean = |place: usize, platform: usize| -> f64 {
        let by_region = level.regions.iter().enumerate();
        by_region.map(|(r, region)| region.population / people * delivered[[place, r, platform]]).sum()
    };
    let mut quality = Grid::filled([platforms, carriers.len()], 0.0);
    for platform in 0..platforms {
        for place in 0..carriers.len() {
            quality[[platform, place]] = mean(place, platform);
        }
    }
    let shape = [level.merchant_segments.len(), level.categories.len(), platforms, carriers.len()];
    let mut worth = Grid::filled(shape, None);
    for (number, segment) in level.merchant_segments.iter().enumerate() {
        for (c, category) in level.categories.iter().enumerate() {
            for platform in 0..platforms {
                for (place, (service, carrier)) in carriers.iter().enumerate() {
                    let counterpart = &services[*service].counterparts[platform];
                    if carrier.supply != CarrierSupply::Crowd && services[*service].serves(platform) {
                        let valued = level.market.carrier_quality_worth
                            * segment.delivery_worth
                            * quality[[platform, place]];
                        worth[[number, c, platform, place]] =
                            Some(valued - counterpart.price / category.parcel_value);
                    }
                }
            }
        }
    }
    worth
}

/// How a carrier handles parcels: the same for all platforms, but for its owner's.
struct Handling<'a> {
    carrier: &'a Carrier,
    owner: Option<usize>,
    /// What its owner's own parcels have more of quality.
    linked: f64,
    /// Room over parcels, where there are more of these, and the part of quality that is left.
    crowded: Option<(f64, f64)>,
}

impl<'a> Handling<'a> {
    fn of(level: &Level, services: &[&ServiceState], (number, carrier): (usize, &'a Carrier)) -> Self {
        let service = services[number];
        let owner = level.services[number].owner;
        let sent: f64 = service.parcels.iter().sum();
        let own = owner.map_or(0.0, |owner| if sent > 0.0 { service.parcels[owner] / sent } else { 1.0 });
        let utilisation = service.utilisation(level);
        let crowded = (utilisation > 1.0).then(|| {
            let room = 1.0 / utilisation;
            (room, libm::pow(room, level.market.congestion))
        });
        Self { carrier, owner, linked: level.market.linkage * own, crowded }
    }

    fn delivers(&self, region: usize, platform: usize, helper: Option<&Carrier>) -> f64 {
        let linked = if self.owner == Some(platform) { self.linked } else { 0.0 };
        let usual = (self.carrier.quality[region] + linked).min(1.0);
        match (self.crowded, helper) {
            (None, _) => usual,
            (Some((room, _)), Some(helper)) => room * usual + (1.0 - room) * helper.quality[region],
            (Some((_, left)), None) => usual * left,
        }
    }
}

/// Quality that each carrier delivers: `[carrier, region, platform]`.
fn deliveries(level: &Level, services: &[&ServiceState]) -> Grid<3> {
    let (carriers, platforms) = (level.carriers(), level.platforms.len());
    let mut delivered = Grid::filled([carriers.len(), level.regions.len(), platforms], 0.0);
    let helpers: Vec<Option<&Carrier>> = (0..platforms)
        .map(|platform| crowd(level, services, platform).map(|helper| carriers[helper].1))
        .collect();
    for (place, &carrier) in carriers.iter().enumerate() {
        let handling = Handling::of(level, services, carrier);
        for region in 0..level.regions.len() {
            for platform in 0..platforms {
                delivered[[place, region, platform]] = handling.delivers(region, platform, helpers[platform]);
            }
        }
    }
    delivered
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
    let helper = crowd(level, services, platform).map(|helper| carriers[helper].1);
    Handling::of(level, services, carriers[place]).delivers(region, platform, helper)
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
                let options = worth.row([segment, category, platform, 0]);
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
    if carriers == 0 {
        return quality;
    }
    let delivered = deliveries(level, services);
    for region in 0..level.regions.len() {
        for platform in level.shops() {
            for category in 0..categories {
                quality[[region, category, platform]] = (0..carriers)
                    .map(|place| mix[[category, platform, place]] * delivered[[place, region, platform]])
                    .sum();
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
