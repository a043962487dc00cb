//! What consumers are told before they choose: the common part of every utility, term by term, from policies,
//! merchants, stocks, trust and presence.

use crate::level::{Level, ListingForm, MAX_PLATFORMS, PriceForm, TasteSpace};
use crate::order::Audience;
use crate::sim::choice::MAX_ALTERNATIVES;
use crate::sim::choice::{ChoiceRow, PaymentTerms};
use crate::sim::draw::Event;
use crate::sim::grid::Grid;
use crate::sim::rules::fees::{asked_of_buyers, buyers_part};
use crate::sim::rules::{ai, data};
use crate::sim::state::companies::{Company, Funded, Policy, Stocks, Trust};
use crate::sim::state::merchants::Supply;
use crate::sim::state::services::Ties;

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
    /// Match between people and goods.
    pub matching: f64,
    /// Stores nearby.
    pub stores: f64,
    /// What AI finds and shows.
    pub ai: f64,
}

impl CommonTerms {
    /// Their sum.
    pub fn sum(&self) -> f64 {
        let own = self.appeal + self.brand + self.category + self.trust;
        let all = own + self.listings + self.presence + self.adverts + self.resentment;
        all + self.matching + self.stores + self.ai
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
    /// What people think of it, −1 to 1.
    pub opinion: f64,
    /// How well it matches people and goods, 0 to 1.
    pub matching: f64,
    /// What its AI does, 0 to 1.
    pub ai: f64,
    /// Yuan that one of its buyers spends there in a month, by region.
    pub baskets: &'a [f64],
}

/// What a shop is to the people of one cell beyond what it is to their region.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CellTerms {
    /// Access through the apps they use.
    pub access: f64,
    /// Deliveries, by how much they care for them.
    pub delivery: f64,
}

impl CellTerms {
    /// The terms of a shop in a category for people of a region, segment and set of apps.
    pub fn of(
        level: &Level,
        ties: &Ties,
        delivery: &Grid<3>,
        [region, segment, apps]: [usize; 3],
        category: usize,
        platform: usize,
    ) -> Self {
        let market = &level.market;
        let cares = level.regions[region].delivery_sensitivity
            * level.consumer_segments[segment].delivery_sensitivity;
        let delivered = if level.has_carriers() {
            delivery[[region, category, platform]] - AVERAGE_DELIVERY
        } else {
            0.0
        };
        Self {
            access: market.access_effect * ties.access[[apps, platform]],
            delivery: market.delivery_effect * cares * delivered,
        }
    }

    /// Their sum.
    pub fn sum(&self) -> f64 {
        self.access + self.delivery
    }
}

/// Quality of delivery that adds nothing to utility and takes nothing from it.
pub const AVERAGE_DELIVERY: f64 = 0.5;

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
    let of_shop = CommonTerms::of_shop(level, offer);
    let in_category = of_shop.in_category(level, offer, category, variety);
    in_category.in_region(level, offer, region, category, &Regional::of(level, offer, region, presence))
}

/// The same in every region and category. Most terms depend on one of the two alone, and each takes a logarithm.
pub(in crate::sim) fn all_common_terms(
    level: &Level,
    offer: Offer,
    variety: impl Fn(usize) -> Option<f64>,
    presence: impl Fn(usize) -> f64,
) -> Grid<2, CommonTerms> {
    let (regions, categories) = (level.regions.len(), level.categories.len());
    let of_shop = CommonTerms::of_shop(level, offer);
    let mut terms = Grid::filled([regions, categories], of_shop);
    let in_category = |category| of_shop.in_category(level, offer, category, variety(category));
    let by_category: Vec<CommonTerms> = (0..categories).map(in_category).collect();
    for region in 0..regions {
        let here = Regional::of(level, offer, region, presence(region));
        for (category, terms_of_category) in by_category.iter().enumerate() {
            terms[[region, category]] = terms_of_category.in_region(level, offer, region, category, &here);
        }
    }
    terms
}

/// What is the same in all categories of a region.
struct Regional {
    presence: f64,
    stores: f64,
}

impl Regional {
    fn of(level: &Level, offer: Offer, region: usize, presence: f64) -> Self {
        Self {
            presence: level.market.own_side_effect * presence,
            stores: offer.stocks.store_utility(region, level),
        }
    }
}

impl CommonTerms {
    /// What is the same everywhere.
    fn of_shop(level: &Level, offer: Offer) -> Self {
        let market = &level.market;
        Self {
            brand: offer.stocks.brand_utility(level),
            trust: market.trust_effect * (offer.trust - 1.0),
            adverts: advert_annoyance(level, offer),
            ..Self::default()
        }
    }

    /// What is the same in all regions added.
    fn in_category(self, level: &Level, offer: Offer, category: usize, variety: Option<f64>) -> Self {
        Self {
            listings: variety.map_or(0.0, |variety| listing_utility(variety, level)),
            category: offer.stocks.category_utility(category, level),
            matching: data::match_utility(level, category, offer.matching),
            ai: ai::utility(level, category, offer.ai),
            ..self
        }
    }

    /// What belongs to a region added.
    fn in_region(
        self,
        level: &Level,
        offer: Offer,
        region: usize,
        category: usize,
        Regional { presence, stores }: &Regional,
    ) -> Self {
        let fee = asked_of_buyers(level, &offer.policy.prices, (region, category), offer.baskets);
        Self { presence: *presence, stores: *stores, resentment: resentment(level, fee), ..self }
    }
}

/// Utility of a shop's adverts; negative.
fn advert_annoyance(level: &Level, offer: Offer) -> f64 {
    -level.market.advert_annoyance * offer.policy.prices.advert_load
}

/// Utility of being asked for a fee, as a part of what is spent, beyond the price that it makes; negative.
fn resentment(level: &Level, fee: f64) -> f64 {
    // Nobody resents being paid.
    let fee = fee.max(0.0);
    -level.market.fee_resentment * fee * fee
}

/// Utility of how a shop treats its buyers, whatever they pay: adverts, and fees that are resented.
pub(in crate::sim) fn manners(level: &Level, offer: Offer, region: usize, category: usize) -> f64 {
    let fee = asked_of_buyers(level, &offer.policy.prices, (region, category), offer.baskets);
    advert_annoyance(level, offer) + resentment(level, fee)
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
    let asked = asked_of_buyers(level, &policy.prices, (region, category), offer.baskets);
    let full = merchant_price * (1.0 + buyers_part(level) * asked);
    // Coupons are cut from the merchant's price.
    let cut = full - merchant_price * depth;
    let fee = policy.prices.membership_fee;
    let form = |price: f64| match level.market.price_form {
        PriceForm::Linear => price - 1.0 + fee,
        PriceForm::Log => libm::log(price.max(1e-3)),
    };
    let switching = form(cut);
    let same = coupon.audience == Audience::Everyone || full == cut;
    // Whoever is not offered what others are offered feels it as a price that is as much higher.
    let felt = full + level.market.coupon_betrayal * (full - cut);
    (if same { switching } else { form(felt) }, switching)
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
        shop_habit: [(market.habit * scale) as f32; MAX_PLATFORMS],
        payment: PaymentTerms::default(),
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

/// Monthly probability of learning of a shop, from its marketing in a region (yuan), its presence there, and the hazard that
/// apps add.
pub fn learning(level: &Level, region: usize, marketing: f64, presence: f64, apps: f64) -> f64 {
    let market = &level.market;
    let reference = market.marketing_reference * level.region_potential(region);
    let hazard =
        market.marketing_effect * libm::log1p(marketing / reference) + market.word_of_mouth * presence;
    1.0 - libm::exp(-(hazard + apps))
}

/// Each company's offer by platform index; `None` for companies without a shop, and for those that enter later.
pub(in crate::sim) fn offers<'a>(
    level: &Level,
    companies: impl Iterator<Item = (&'a Company, &'a Policy, &'a Funded, &'a Stocks, &'a Trust)>,
    [matching, ai, opinion]: [&[f64]; 3],
    baskets: &'a Grid<2>,
) -> Vec<Option<Offer<'a>>> {
    let mut offers = vec![None; level.platforms.len()];
    for (&Company(platform), policy, funded, stocks, trust) in companies {
        if level.sells(platform) {
            offers[platform] = Some(Offer {
                policy,
                funded,
                stocks,
                trust: trust.0,
                opinion: opinion[platform],
                matching: matching[platform],
                ai: ai[platform],
                baskets: baskets.row([platform, 0]),
            });
        }
    }
    offers
}

/// An alarm that breaks the routine of fewer than one in ten thousand is none: where none is, nobody need be looked at.
const UNNOTICED: f64 = 0.01;

/// Whether a buyer reconsiders who finds a shop this much worse than expected.
pub(in crate::sim) fn reconsideration(level: &Level, disappointment: f64) -> Event {
    let market = &level.market;
    let alarm = market.attention * disappointment;
    if alarm < UNNOTICED {
        return Event::with(market.reconsideration);
    }
    Event::with(1.0 - (1.0 - market.reconsideration) * libm::exp(-alarm * alarm))
}

/// Utility of choosing a shop again for people who use these apps, over the noise.
pub(in crate::sim) fn shop_habit(level: &Level, ties: &Ties, apps: usize, platform: usize) -> f32 {
    (level.market.habit / noise_unit(level) * ties.habit[[apps, platform]]) as f32
}

/// How payment enters choices.
pub(in crate::sim) fn payment_terms(level: &Level, ties: &Ties) -> PaymentTerms {
    if level.wallets().is_empty() {
        return PaymentTerms::default();
    }
    let (market, shops) = (&level.market, level.shops());
    let scaled = |utility: f64| (utility / noise_unit(level)) as f32;
    let upper = |mask: u8| u16::from(mask) << 8;
    let by_shop =
        |word: &dyn Fn(usize) -> u16| std::array::from_fn(|shop| shops.get(shop).map_or(0, |&p| word(p)));
    PaymentTerms {
        wallets: true,
        accepted: by_shop(&|platform| upper(ties.accepted[platform]) | u16::from(ties.accepted[platform])),
        own: by_shop(&|platform| upper(ties.own[platform])),
        friction: scaled(market.payment_friction),
        second: scaled(market.second_wallet_friction),
        without: scaled(market.no_wallet_friction),
        tie: scaled(market.wallet_tie),
    }
}
