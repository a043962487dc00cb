//! What consumers are told before they choose: the common part of every utility, term by term, from policies,
//! merchants, stocks, trust and presence.

use bevy::prelude::*;

use super::choice::{ChoiceRow, MAX_ALTERNATIVES};
use super::consumers::Market;
use super::draw::Event;
use super::grid::Grid;
use super::merchants::Supply;
use super::platforms::{Company, Funded, Policy, Stocks, Trust};
use super::{Adoption, Appeal, CurrentLevel, Presence};
use crate::level::{Level, ListingForm, MAX_PLATFORMS, PriceForm, TasteSpace};
use crate::order::Audience;

/// The common utility of a shop in one region and category as the sum of its terms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CommonTerms {
    /// The shop itself: derived from opening shares, or stated by the level.
    pub appeal: f64,
    /// Merchants listed; zero in a market without merchants.
    pub listings: f64,
    /// Other people's presence.
    pub presence: f64,
    /// Brand.
    pub brand: f64,
    /// Strength in the category.
    pub category: f64,
    /// Trust.
    pub trust: f64,
    /// Adverts; negative.
    pub adverts: f64,
    /// Resentment of a consumer fee, beyond its price; negative.
    pub resentment: f64,
}

impl CommonTerms {
    /// Their sum.
    pub fn sum(&self) -> f64 {
        let own = self.appeal + self.brand + self.category + self.trust;
        own + self.listings + self.presence + self.adverts + self.resentment
    }
}

/// A company's state as demand sees it.
#[derive(Clone, Copy)]
pub struct Offer<'a> {
    /// Prices.
    pub policy: &'a Policy,
    /// What cash allows of them.
    pub funded: &'a Funded,
    /// Brand and category stocks.
    pub stocks: &'a Stocks,
    /// Trust, 0 to 1.
    pub trust: f64,
}

/// α·g(L) of the level's listing form. The logarithmic one is centred where half of all merchants list, so that no
/// number of merchants makes staying offline better by itself; the linear one is the textbook's.
pub fn listing_utility(variety: f64, level: &Level) -> f64 {
    let market = &level.market;
    match market.listing_form {
        ListingForm::Linear => market.listing_effect * variety,
        ListingForm::Log => {
            let g = |variety: f64| libm::log1p(variety / market.listing_scale);
            market.listing_effect * (g(variety) - g(0.5))
        }
    }
}

/// All common terms but the appeal, which the opening derives as what is left.
pub fn common_terms(
    level: &Level,
    offer: Offer,
    (region, category): (usize, usize),
    variety: Option<f64>,
    presence: f64,
) -> CommonTerms {
    let market = &level.market;
    let fee = offer.policy.prices.consumer_fees[[region, category]];
    CommonTerms {
        appeal: 0.0,
        listings: variety.map_or(0.0, |variety| listing_utility(variety, level)),
        presence: market.own_side_effect * presence,
        brand: offer.stocks.brand_utility(level),
        category: offer.stocks.category_utility(category, level),
        trust: market.trust_effect * (offer.trust - 1.0),
        adverts: -market.advert_annoyance * offer.policy.prices.advert_load,
        resentment: -market.fee_resentment * fee * fee,
    }
}

/// The price terms of utility without their factor −β: for those who stay and for those who switch to the shop.
/// `merchant_price` is relative to a price without fees.
pub fn price_terms(
    level: &Level,
    offer: Offer,
    region: usize,
    category: usize,
    merchant_price: f64,
) -> (f64, f64) {
    let policy = offer.policy;
    let place = [region, category];
    let coupon = policy.prices.coupons[place];
    let depth = coupon.depth * offer.funded.coupons;
    let full = merchant_price * (1.0 + policy.prices.consumer_fees[place]);
    // Coupons are cut from the merchant's price.
    let cut = full - merchant_price * depth;
    let fee = policy.prices.membership_fee;
    let form = |price: f64| match level.market.price_form {
        PriceForm::Linear => price - 1.0 + fee,
        PriceForm::Log => {
            let people = &level.regions[region];
            let spend: f64 = level.categories.iter().map(|category| category.monthly_spend).sum();
            libm::log((price + fee / (spend * people.income)).max(1e-3))
        }
    };
    match coupon.audience {
        Audience::Everyone => (form(cut), form(cut)),
        Audience::Switchers => (form(full), form(cut)),
    }
}

/// What utilities are divided by: the scale of the noise, or 1 where there is none.
pub fn noise_unit(level: &Level) -> f64 {
    if level.market.logit_scale > 0.0 { level.market.logit_scale } else { 1.0 }
}

/// A choice row with no common utility yet: prices, tastes and habit.
pub fn row(
    level: &Level,
    offers: &[Option<Offer>],
    supply: &Supply,
    region: usize,
    category: usize,
) -> ChoiceRow {
    let market = &level.market;
    let shops = level.shops();
    let scale = 1.0 / noise_unit(level);
    let mut row = ChoiceRow {
        best: market.logit_scale == 0.0,
        shops: shops.len(),
        offline: level.categories[category].online_share < 1.0,
        common: [0.0; MAX_PLATFORMS],
        price_staying: [0.0; MAX_PLATFORMS],
        price_switching: [0.0; MAX_PLATFORMS],
        open: 0,
        taste: [0.0; MAX_PLATFORMS],
        taste_strength: (market.taste_strength * scale) as f32,
        circle: market.taste_space == TasteSpace::Circle,
        habit: (market.habit * scale) as f32,
        reconsider: [Event::with(1.0); MAX_ALTERNATIVES],
    };
    if row.offline {
        row.reconsider[shops.len()] = Event::with(market.reconsideration);
    }
    for (shop, &platform) in shops.iter().enumerate() {
        let Some(offer) = offers[platform] else { continue };
        let (staying, switching) =
            price_terms(level, offer, region, category, supply.price[[category, platform]]);
        row.price_staying[shop] = (staying * scale) as f32;
        row.price_switching[shop] = (switching * scale) as f32;
        row.open |= u32::from(supply.sells(level, category, platform)) << shop;
        row.taste[shop] = level.platforms[platform].shop.as_ref().map_or(0.0, |shop| shop.taste as f32);
    }
    row
}

/// Monthly probability of learning of a shop, from its marketing in a region (yuan) and its presence there.
pub fn learning(level: &Level, region: usize, marketing: f64, presence: f64) -> f64 {
    let market = &level.market;
    let reference = market.marketing_reference * level.region_potential(region);
    let hazard =
        market.marketing_effect * libm::log1p(marketing / reference) + market.word_of_mouth * presence;
    1.0 - libm::exp(-hazard)
}

/// Each company's offer by platform index; `None` for companies without a shop.
pub(super) fn offers<'a>(
    level: &Level,
    companies: impl Iterator<Item = (&'a Company, &'a Policy, &'a Funded, &'a Stocks, &'a Trust)>,
) -> Vec<Option<Offer<'a>>> {
    let mut offers = vec![None; level.platforms.len()];
    for (&Company(platform), policy, funded, stocks, trust) in companies {
        if level.platforms[platform].shop.is_some() {
            offers[platform] = Some(Offer { policy, funded, stocks, trust: trust.0 });
        }
    }
    offers
}

/// Tells consumers: fills the choice rows and learning probabilities of the turn.
pub(super) fn inform(
    level: Res<CurrentLevel>,
    appeal: Res<Appeal>,
    presence: Res<Presence>,
    adoption: Res<Adoption>,
    supply: Res<Supply>,
    companies: Query<(&Company, &Policy, &Funded, &Stocks, &Trust)>,
    mut expected: ResMut<ExpectedTreatment>,
    mut market: ResMut<Market>,
) {
    let level = &level.0;
    let offers = offers(level, companies.iter());
    *market = market_of(level, &offers, &appeal.0, &presence.0, &adoption.0, &supply);
    let found = treatment(level, &offers, &market);
    let memory = level.market.expectation_memory;
    for region in 0..level.regions.len() {
        for category in 0..level.categories.len() {
            let row = &mut market.rows[[region, category]];
            for shop in 0..row.shops {
                let at = [region, category, shop];
                let disappointment = (expected.0[at] - found[at]).max(0.0);
                if row.open >> shop & 1 == 1 {
                    row.reconsider[shop] = reconsideration(level, disappointment);
                }
                expected.0[at] = memory * expected.0[at] + (1.0 - memory) * found[at];
            }
        }
    }
}

/// What a typical buyer has come to expect of a shop's prices and adverts, in utility, by region, category and shop.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct ExpectedTreatment(pub Grid<3>);

impl ExpectedTreatment {
    /// What is found at the opening.
    pub(super) fn at_opening(level: &Level, offers: &[Option<Offer>], market: &Market) -> Self {
        Self(treatment(level, offers, market))
    }
}

/// Utility of prices and adverts to a typical buyer who stays: what a platform does to people from one day to the
/// next. Merchants, trust and other people change slowly and startle nobody.
fn treatment(level: &Level, offers: &[Option<Offer>], market: &Market) -> Grid<3> {
    let [regions, categories] = market.rows.shape();
    let shops = level.shops();
    let mut found = Grid::filled([regions, categories, shops.len()], 0.0);
    for region in 0..regions {
        let sensitivity = level.market.price_sensitivity * level.regions[region].price_sensitivity;
        for category in 0..categories {
            let row = &market.rows[[region, category]];
            for (shop, &platform) in shops.iter().enumerate() {
                let Some(offer) = offers[platform] else { continue };
                let price = f64::from(row.price_staying[shop]) * noise_unit(level);
                let terms = common_terms(level, offer, (region, category), None, 0.0);
                found[[region, category, shop]] = terms.adverts + terms.resentment - sensitivity * price;
            }
        }
    }
    found
}

/// Whether a buyer reconsiders who finds a shop this much worse than expected.
fn reconsideration(level: &Level, disappointment: f64) -> Event {
    let market = &level.market;
    let alarm = market.attention * disappointment;
    Event::with(1.0 - (1.0 - market.reconsideration) * libm::exp(-alarm * alarm))
}

/// Choice rows and learning probabilities from everything they depend on.
pub(super) fn market_of(
    level: &Level,
    offers: &[Option<Offer>],
    appeal: &Grid<3>,
    presence: &Grid<2>,
    online: &[f64],
    supply: &Supply,
) -> Market {
    let shops = level.shops();
    let (regions, categories) = (level.regions.len(), level.categories.len());
    let empty = row(level, offers, supply, 0, 0);
    let mut rows = Grid::filled([regions, categories], empty);
    let mut learn = Grid::filled([regions, shops.len()], 0.0);
    for region in 0..regions {
        for (shop, &platform) in shops.iter().enumerate() {
            let Some(offer) = offers[platform] else { continue };
            let marketing = offer.policy.budgets.marketing[region] * offer.funded.budgets;
            learn[[region, shop]] = learning(level, region, marketing, presence[[region, platform]]);
        }
        for category in 0..categories {
            let mut row = row(level, offers, supply, region, category);
            for (shop, &platform) in shops.iter().enumerate() {
                let Some(offer) = offers[platform] else { continue };
                let variety = supply.variety_of(level, category, platform);
                let mut terms = common_terms(
                    level,
                    offer,
                    (region, category),
                    variety,
                    Presence::seen(presence, level, region, platform),
                );
                terms.appeal = appeal[[region, category, shop]];
                row.common[shop] = (terms.sum() / noise_unit(level)) as f32;
            }
            rows[[region, category]] = row;
        }
    }
    Market { rows, learning: learn, online: online.to_vec() }
}
