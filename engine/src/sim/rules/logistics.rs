//! Logistics: what merchants think of carriers, what buyers get of them, and what shipping costs.

use crate::level::services::{Carrier, CarrierSupply, MAX_CARRIERS};
use crate::level::{Level, MerchantSegment};
use crate::sim::draw::{Key, Purpose, ln_poly};
use crate::sim::grid::Grid;
use crate::sim::rules::demand::AVERAGE_DELIVERY;
use crate::sim::state::merchants::{NONE, mean_size};
use crate::sim::state::outcome::ratio;
use crate::sim::state::services::ServiceState;

/// What merchants of a kind think of each carrier, over sales, by segment, category, platform and carrier; nothing where it takes no
/// contract.
type Worth = Grid<4, Option<f64>>;

fn worth(level: &Level, services: &[&ServiceState]) -> Worth {
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

/// How merchants choose carriers: those of one kind by the same odds, each by its own likings.
pub(in crate::sim) struct Choosing {
    /// One over the odds of each carrier against the best, by segment, category, platform and carrier.
    handicaps: Worth,
    /// Keys of likings, by place of the shop and of the carrier.
    likings: Grid<2, Key>,
}

impl Choosing {
    /// By what carriers are worth now, with likings of a match.
    pub fn of(level: &Level, seed: u64, services: &[&ServiceState]) -> Self {
        let mut handicaps = worth(level, services);
        let carriers = level.carriers().len();
        let scale = level.market.carrier_noise.max(1e-9);
        for options in handicaps.cells_mut().chunks_mut(carriers.max(1)) {
            let best = options.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
            options.iter_mut().flatten().for_each(|worth| *worth = libm::exp((best - *worth) / scale));
        }
        let shops = level.shops().len();
        let key = |shop: usize, place: usize| Key::new(seed, 0, Purpose::CarrierLiking, shop * 16 + place);
        let mut likings = Grid::filled([shops, carriers], key(0, 0));
        for shop in 0..shops {
            for place in 0..carriers {
                likings[[shop, place]] = key(shop, place);
            }
        }
        Self { handicaps, likings }
    }

    /// The carriers that take contracts with merchants of a segment and category at a platform.
    pub fn options(&self, segment: usize, category: usize, platform: usize) -> &[Option<f64>] {
        self.handicaps.row([segment, category, platform, 0])
    }

    /// The carrier that a merchant likes best at a shop, by its place. Likings are Gumbel: the best of them is the first of
    /// exponential times to arrive, which takes one logarithm and not two; and a quick one, unless two arrive at the same time as far as
    /// that can tell.
    pub fn choose(&self, options: &[Option<f64>], merchant: u32, shop: usize) -> u8 {
        /// More than a quick logarithm is off, relative to itself or to one.
        const OFF: f64 = 1e-6;
        let keys = self.likings.row([shop, 0]);
        let mut earliest = [f64::INFINITY; MAX_CARRIERS];
        let (mut first, mut latest) = (NONE, f64::INFINITY);
        for (place, (option, key)) in options.iter().zip(keys).enumerate() {
            let Some(handicap) = option.filter(|handicap| handicap.is_finite()) else { continue };
            let wait = -f64::from(ln_poly(key.uniform_fine(merchant) as f32));
            let off = OFF * (1.0 + wait);
            earliest[place] = (wait - off) * handicap;
            if (wait + off) * handicap < latest {
                (first, latest) = (place as u8, (wait + off) * handicap);
            }
        }
        if earliest.iter().filter(|&&earliest| earliest <= latest).count() <= 1 {
            return first;
        }
        let arrival = |((place, handicap), key): ((usize, &Option<f64>), &Key)| {
            handicap.map(|handicap| (place, -libm::log(key.uniform_fine(merchant)) * handicap))
        };
        let arrivals = options.iter().enumerate().zip(keys).filter_map(arrival);
        arrivals.min_by(|one, other| one.1.total_cmp(&other.1)).map_or(NONE, |(place, _)| place as u8)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy;

    #[test]
    fn a_carrier_is_chosen_as_exact_logarithms_of_both_kinds_would() {
        let level = Level::find("arena/six", &[], &strategy::vocabulary()).expect("is shipped");
        let opening = crate::sim::Opening::of(&level);
        let choosing = Choosing::of(&level, 7, &opening.ecosystem.services());
        // Odds that lie close together, and far apart.
        for handicaps in [[1.0, 1.0, 1.02, 1.3], [1.0, 4.0, 60.0, 1e9]] {
            let mut options = [None; MAX_CARRIERS];
            options[1..5].iter_mut().zip(handicaps).for_each(|(option, handicap)| *option = Some(handicap));
            for merchant in 0..300_000 {
                let liked = |place: usize| {
                    let uniform = Key::new(7, 0, Purpose::CarrierLiking, 16 + place).uniform_fine(merchant);
                    -libm::log(-libm::log(uniform)) - libm::log(handicaps[place - 1])
                };
                let best = (1..5).max_by(|&a, &b| liked(a).total_cmp(&liked(b)));
                assert_eq!(choosing.choose(&options, merchant, 1), best.expect("four") as u8, "{merchant}");
            }
        }
        assert_eq!(choosing.choose(&[None; MAX_CARRIERS], 3, 1), NONE);
    }
}
