//! Logistics: carriers, merchants' contracts with them, and what buyers and owners get of it.

use bevy::prelude::*;

use super::{ServiceState, in_order};
use crate::level::services::CarrierSupply;
use crate::level::{Level, MerchantSegment};
use crate::sim::demand::AVERAGE_DELIVERY;
use crate::sim::draw::{Key, Purpose};
use crate::sim::grid::Grid;
use crate::sim::ledger::{Account, Flow, Ledger};
use crate::sim::listing::mean_size;
use crate::sim::merchants::MerchantBlock;
use crate::sim::outcome::{Outcome, ratio};
use crate::sim::{Clock, CurrentLevel};

/// No carrier.
pub const NONE: u8 = u8::MAX;

/// Contracts of a block's merchants.
#[derive(Component, Clone, Debug)]
pub struct Contracts {
    /// The carrier of each merchant at each shop, by its place among the carriers: all of the first merchant, then all of
    /// the second, and so on.
    pub carrier: Box<[u8]>,
    /// Months left of each merchant's contracts.
    pub months: Box<[u8]>,
}

/// What merchants of a kind think of each carrier: `[segment][category][platform][carrier]`, over sales; nothing where it
/// takes no contract.
type Worth = Vec<Vec<Vec<Vec<Option<f64>>>>>;

fn worth(level: &Level, services: &[&ServiceState]) -> Worth {
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
fn crowd(level: &Level, services: &[&ServiceState], platform: usize) -> Option<usize> {
    let carriers = level.carriers();
    let price = |place: usize| services[carriers[place].0].counterparts[platform].price;
    let crowds = (0..carriers.len()).filter(|&place| {
        carriers[place].1.supply == CarrierSupply::Crowd && services[carriers[place].0].serves(platform)
    });
    crowds.min_by(|&one, &other| price(one).total_cmp(&price(other)))
}

/// Merchants' contracts at the opening: each has long had one, with some months left.
pub(in crate::sim) fn at_opening(
    level: &Level,
    services: &[&ServiceState],
    block: &MerchantBlock,
    merchants: usize,
    seed: u64,
) -> Contracts {
    let shops = level.shops();
    if level.carriers().is_empty() {
        return Contracts { carrier: Box::default(), months: Box::default() };
    }
    let worth = worth(level, services);
    let term = level.merchant_segments[block.segment].contract_months;
    let mut carrier = vec![NONE; merchants * shops.len()].into_boxed_slice();
    let mut months = vec![0; merchants].into_boxed_slice();
    let key = Key::new(seed, 0, Purpose::ContractAtOpening, 0);
    for merchant in 0..merchants {
        let number = block.first + merchant as u32;
        months[merchant] = (key.uniform_fine(number) * f64::from(term)) as u8;
        for (shop, &platform) in shops.iter().enumerate() {
            let options = &worth[block.segment][block.category][platform];
            carrier[merchant * shops.len() + shop] = choose(level, seed, options, number, shop);
        }
    }
    Contracts { carrier, months }
}

/// The carrier that a merchant likes best at a shop.
fn choose(level: &Level, seed: u64, options: &[Option<f64>], merchant: u32, shop: usize) -> u8 {
    let liked = |(place, option): (usize, &Option<f64>)| {
        let key = Key::new(seed, 0, Purpose::CarrierLiking, shop * 16 + place);
        let draw = -libm::log(-libm::log(key.uniform_fine(merchant)));
        option.map(|worth| (place, worth + level.market.carrier_noise * draw))
    };
    let best = options.iter().enumerate().filter_map(liked).max_by(|one, other| one.1.total_cmp(&other.1));
    best.map_or(NONE, |(place, _)| place as u8)
}

/// Merchants whose contracts run out, or whose carrier no longer serves a shop, choose again.
pub(in crate::sim) fn contract(
    level: Res<CurrentLevel>,
    clock: Res<Clock>,
    services: Query<&ServiceState>,
    mut blocks: Query<(&MerchantBlock, &mut Contracts)>,
) {
    let level = &level.0;
    if level.carriers().is_empty() {
        return;
    }
    let services = in_order(services.iter());
    let worth = worth(level, &services);
    let shops = level.shops();
    for (block, mut contracts) in &mut blocks {
        let Contracts { carrier, months } = &mut *contracts;
        let options = &worth[block.segment][block.category];
        let serves = |shop: usize, place: u8| {
            options[shops[shop]].get(usize::from(place)).is_some_and(Option::is_some)
        };
        for (merchant, months) in months.iter_mut().enumerate() {
            let number = block.first + merchant as u32;
            let over = *months == 0;
            for (shop, place) in carrier[merchant * shops.len()..][..shops.len()].iter_mut().enumerate() {
                if over || !serves(shop, *place) {
                    *place = choose(level, clock.seed, &options[shops[shop]], number, shop);
                }
            }
            *months = if over {
                level.merchant_segments[block.segment].contract_months as u8 - 1
            } else {
                *months - 1
            };
        }
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

/// Parcels are carried: every carrier's load is what this turn's sales send.
pub(in crate::sim) fn fulfil(
    level: Res<CurrentLevel>,
    supply: Res<crate::sim::merchants::Supply>,
    mut outcome: ResMut<Outcome>,
    mut services: Query<&mut ServiceState>,
) {
    let carriers = level.0.carriers();
    if carriers.is_empty() {
        return;
    }
    outcome.parcels =
        parcels(&level.0, &supply.carriers, |category, platform| outcome.category_sales(category, platform));
    for mut service in &mut services {
        if let Some(place) = carriers.iter().position(|(number, _)| *number == service.number) {
            for platform in outcome.platforms() {
                service.parcels[platform] = outcome.parcels[[platform, place]];
            }
        }
    }
}

/// Merchants pay for parcels, and carriers for carrying them and for their room. What overflows a crowd carries, for its own
/// price and a surcharge that the platform pays.
pub(in crate::sim) fn settle(
    level: &Level,
    services: &[&ServiceState],
    mix: &Grid<3>,
    outcome: &mut Outcome,
    ledger: &mut Ledger,
) {
    let carriers = level.carriers();
    let all: f64 = outcome.parcels.cells().iter().sum();
    let mut carried = vec![0.0; carriers.len()];
    let mut earned = vec![0.0; carriers.len()];
    let mut surcharges = Vec::new();
    for (place, &(number, _)) in carriers.iter().enumerate() {
        let account = Account::provider(level, number);
        let utilisation = services[number].utilisation();
        let over = if utilisation > 1.0 { 1.0 - 1.0 / utilisation } else { 0.0 };
        for platform in outcome.platforms() {
            let sent = outcome.parcels[[platform, place]];
            let helper = crowd(level, services, platform).filter(|_| over > 0.0);
            let price = services[number].counterparts[platform].price;
            let (kept, moved) =
                if helper.is_some() { (sent * (1.0 - over), sent * over) } else { (sent, 0.0) };
            carried[place] += kept;
            let earner = helper.map_or(account, |helper| Account::provider(level, carriers[helper].0));
            let mut legs = Vec::new();
            for category in 0..level.categories.len() {
                let parcels = outcome.category_sales(category, platform)
                    / level.categories[category].parcel_value
                    * mix[[category, platform, place]];
                legs.push((Account::Merchants(category), -parcels * price));
            }
            legs.extend([(account, kept * price), (earner, moved * price)]);
            ledger.post(Flow::Shipping, legs);
            earned[place] += kept * price;
            if let Some(helper) = helper {
                earned[helper] += moved * price;
            }
            if let Some(helper) = helper {
                carried[helper] += moved;
                surcharges.push((platform, helper, moved, price));
            }
        }
    }
    let by_crowds: f64 = surcharges.iter().map(|(_, _, moved, _)| moved).sum();
    let dearer = 1.0 + level.market.surge * ratio(by_crowds, (all - by_crowds).max(1.0));
    for (platform, helper, moved, paid) in surcharges {
        let (number, _) = carriers[helper];
        let price = services[number].counterparts[platform].price * dearer;
        let account = Account::provider(level, number);
        let surcharge = moved * (price - paid).max(0.0);
        ledger.pay(Flow::Overflow, Account::Platform(platform), account, surcharge);
        earned[helper] += surcharge;
    }
    for (place, (number, carrier)) in carriers.into_iter().enumerate() {
        let account = Account::provider(level, number);
        let service = services[number];
        let dearer = if carrier.supply == CarrierSupply::Crowd { dearer } else { 1.0 };
        let costs = [
            (Flow::Carriage, carried[place] * carrier.variable_cost * dearer),
            (Flow::Fleet, service.capacity.unwrap_or(0.0) * carrier.fixed_cost),
            (Flow::Building, service.built * level.market.capacity_cost),
        ];
        for (flow, cost) in costs {
            ledger.pay(flow, account, Account::Suppliers, cost);
            earned[place] -= cost;
        }
        outcome.service_profit[number] = earned[place];
        outcome.room[place] = service.capacity;
    }
}
