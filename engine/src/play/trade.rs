//! Merchants, carriers and wallets as everybody can see them: public facts as the sums of their parts.

use super::explain::{Explained, Label};
use crate::sim::Flow;
use crate::sim::rules::{logistics, payment};
use crate::sim::state::outcome::ratio;
use crate::strategy::PlatformView;

/// What merchants of a platform pay, over their sales: to the platform, for payments and for shipping. Nothing where there
/// is no shop.
pub fn merchant_cost(view: &PlatformView, platform: usize) -> Explained {
    let Some(prices) = &view.public.prices[platform] else { return Explained::default() };
    let (level, market) = (&view.level, view.market());
    let services = view.public.ecosystem.services();
    let sold = market.sales_by_category(platform);
    let gmv: f64 = sold.iter().sum();
    let mean = |rate: &dyn Fn(usize) -> f64| {
        ratio(sold.iter().enumerate().map(|(category, sales)| sales * rate(category)).sum(), gmv)
    };
    let to_platform = mean(&|category| prices.merchant_fees(category, &level.market));
    let commissions = mean(&|category| prices.take_rates[category]);
    let listing = ratio(prices.merchant_fee * market.merchant_count(platform), gmv);
    let payments = payment::mean_fees(level, &services, &market.payments, |other| market.gmv(other));
    let parcels = level.carriers().into_iter().enumerate().map(|(place, (number, _))| {
        market.parcels[[platform, place]] * services[number].counterparts[platform].price
    });
    let shipping = ratio(parcels.sum(), gmv);
    let parts = [
        (Flow::Commissions, commissions),
        (Flow::Adverts, to_platform - commissions),
        (Flow::Listings, listing),
        (Flow::WalletFees, payments[platform]),
        (Flow::Shipping, shipping),
    ];
    let total = to_platform + listing + payments[platform] + shipping;
    Explained::of(total, parts.map(|(flow, part)| (Label::Flow(flow), part)))
}

/// What a usual merchant keeps of its sales on a platform: its margin less what it cannot pass on of what it pays.
pub fn merchant_margin(view: &PlatformView, platform: usize) -> Explained {
    let cost = merchant_cost(view, platform);
    let kinds = &view.level.merchant_segments;
    let size: f64 = kinds.iter().map(|kind| kind.share * kind.size).sum();
    let mean = |of: &dyn Fn(usize) -> f64| -> f64 {
        let weighted = kinds.iter().enumerate().map(|(number, kind)| kind.share * kind.size * of(number));
        ratio(weighted.sum(), size)
    };
    let (margin, passed) = (mean(&|kind| kinds[kind].margin), mean(&|kind| kinds[kind].pass_through));
    // What a merchant pays for being there at all is in no price.
    let borne = |label: Label| if label == Label::Flow(Flow::Listings) { 1.0 } else { 1.0 - passed };
    let parts: Vec<(Label, f64)> = cost
        .parts
        .iter()
        // An advert brings what it costs.
        .filter(|part| part.label != Label::Flow(Flow::Adverts))
        .map(|part| (part.label, -borne(part.label) * part.amount))
        .collect();
    let total = margin + parts.iter().map(|(_, part)| part).sum::<f64>();
    Explained::of(total, std::iter::once((Label::Margin, margin)).chain(parts))
}

/// Parcels of a carrier last month, by whose merchants sent them; carriers by their place among the level's.
pub fn carrier_load(view: &PlatformView, carrier: usize) -> Explained {
    let parcels = &view.public.parcels;
    let platforms = 0..view.level.platforms.len();
    let total = platforms.clone().map(|platform| parcels[[platform, carrier]]).sum();
    Explained::of(total, platforms.map(|platform| (Label::Platform(platform), parcels[[platform, carrier]])))
}

/// Quality of a carrier's deliveries, 0 to 1: the mean over people, by what each region adds to it. Who sends most decides
/// whose parcels are meant.
pub fn carrier_quality(view: &PlatformView, carrier: usize) -> Explained {
    let level = &view.level;
    let services = view.public.ecosystem.services();
    let parcels = |platform: usize| view.public.parcels[[platform, carrier]];
    let users = level.shops().into_iter();
    let sender = users.max_by(|&one, &other| parcels(one).total_cmp(&parcels(other))).unwrap_or(0);
    let people = level.population();
    let part = |region: usize| {
        let quality = logistics::delivered(level, &services, carrier, region, sender);
        level.regions[region].population / people * quality
    };
    let regions = 0..level.regions.len();
    Explained::of(
        regions.clone().map(part).sum(),
        regions.map(|region| (Label::Region(region), part(region))),
    )
}

/// People who hold a wallet, or whose habit it is, by region; wallets by their place among the level's.
pub fn wallet_people(view: &PlatformView, wallet: usize, habitual: bool) -> Explained {
    let public = &view.public;
    let grid = if habitual { &public.habitual } else { &public.holders };
    let regions = view.level.regions.iter().zip(&public.online).enumerate();
    let people = regions.map(|(region, (facts, online))| {
        (Label::Region(region), facts.population * online * grid[[region, wallet]])
    });
    let people: Vec<(Label, f64)> = people.collect();
    Explained::of(people.iter().map(|(_, people)| people).sum(), people)
}

/// Part of a platform's sales that is paid with a wallet.
pub fn paid_with(view: &PlatformView, platform: usize, wallet: usize) -> f64 {
    ratio(view.public.payments[[platform, wallet]], view.market().gmv(platform))
}
