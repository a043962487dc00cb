//! The listing rule: what a merchant makes of each shop, and where it lists.

use super::draw::{Key, Purpose};
use super::merchants::Supply;
use super::outcome::Outcome;
use super::platforms::{Company, Policy};
use crate::level::{Level, LikingForm, MAX_PLATFORMS, MarketParameters, MerchantSegment, TasteSpace};

/// What platforms ask of merchants.
pub(super) struct Terms {
    /// Commission and adverts as a fraction of sales, by category and shop.
    pub rates: Vec<Vec<f64>>,
    /// Yuan a month for being listed, by shop.
    listing_fees: Vec<f64>,
}

impl Terms {
    /// The terms of every shop.
    pub fn of<'a>(level: &Level, companies: impl Iterator<Item = (&'a Company, &'a Policy)>) -> Self {
        let shops = level.shops();
        let mut terms = Self {
            rates: vec![vec![0.0; shops.len()]; level.categories.len()],
            listing_fees: vec![0.0; shops.len()],
        };
        for (&Company(platform), policy) in companies {
            let Some(shop) = shops.iter().position(|&shop| shop == platform) else { continue };
            terms.listing_fees[shop] = policy.prices.merchant_fee;
            for (category, row) in terms.rates.iter_mut().enumerate() {
                row[shop] = policy.prices.merchant_fees(category, &level.market);
            }
        }
        terms
    }
}

/// What the listing rule looks at in one category; lists are by shop.
pub(super) struct Prospects<'a> {
    market: &'a MarketParameters,
    seed: u64,
    /// Fees as a fraction of sales.
    rates: &'a [f64],
    /// The fee for being listed over the usual sales of a merchant of size 1.
    listing_fees: Vec<f64>,
    /// What its buyers' presence is worth to a merchant, in margin.
    worth: Vec<f64>,
    /// Position of taste.
    tastes: Vec<f64>,
    /// Usual sales per merchant size over this shop's, the factor on the cost of one more listing.
    emptiness: Vec<f64>,
    /// By how many places likings are turned round the shops; zero in a running market.
    rotation: usize,
}

impl<'a> Prospects<'a> {
    /// Prospects in every category, from last turn's sales and listings.
    pub fn in_every_category(
        level: &'a Level,
        seed: u64,
        terms: &'a Terms,
        outcome: &Outcome,
        supply: &Supply,
        rotation: usize,
    ) -> Vec<Self> {
        let shops = level.shops();
        let total = level.total_potential();
        // The mean of a lognormal size is its median times exp(spread²/2).
        let mean = |kind: &MerchantSegment| {
            kind.share * kind.size * libm::exp(kind.size_spread * kind.size_spread / 2.0)
        };
        let mean_size: f64 = level.merchant_segments.iter().map(mean).sum();
        let members: Vec<f64> = outcome.platforms().map(|platform| outcome.gmv(platform) / total).collect();
        let worth = |&platform: &usize| {
            let theta = level.interconnection[platform].iter().zip(&members);
            let seen: f64 = theta.map(|(theta, members)| theta * members).sum();
            level.market.merchant_benefit * seen
        };
        let taste =
            |&platform: &usize| level.platforms[platform].shop.as_ref().map_or(0.0, |shop| shop.taste);
        let in_category = |category: usize| {
            let (potential, size) = (level.category_potential(category), supply.size[category]);
            let online = level.categories[category].online_share * potential;
            let usual_sales = online / (level.setup.shops / level.categories.len() as f64);
            let usual = online / size;
            // The two floors let a shop without sales or merchants yet be tried at all.
            let emptiness = |&platform: &usize| {
                let listed = supply.variety[[category, platform]] * size;
                let sales = outcome.category_sales(category, platform).max(0.004 * potential);
                usual / (sales / listed.max(0.02 * size))
            };
            Self {
                market: &level.market,
                seed,
                rates: &terms.rates[category],
                listing_fees: terms.listing_fees.iter().map(|fee| fee * mean_size / usual_sales).collect(),
                worth: shops.iter().map(worth).collect(),
                tastes: shops.iter().map(taste).collect(),
                emptiness: shops.iter().map(emptiness).collect(),
                rotation,
            }
        };
        (0..level.categories.len()).map(in_category).collect()
    }

    /// The listings a merchant would choose: its best shops with a positive net margin, as many as it can serve.
    pub fn choose(&self, merchant: u32, size: f64, margin: f64, reach: u8, pass_through: f64) -> u16 {
        let burden = self.market.listing_cost * libm::pow(size, -0.3);
        let entry = self.market.merchant_entry_cost;
        let entry = if entry > 0.0 { entry * self.uniform(Purpose::MerchantEntry, merchant) } else { 0.0 };
        let own = margin - entry;
        let mut ranked = [(0.0, 0.0, 0); MAX_PLATFORMS];
        let shops = self.rates.len();
        for (shop, entry) in ranked.iter_mut().enumerate().take(shops) {
            let liked = (shop + self.rotation) % shops;
            let liking = Key::new(self.seed, 0, Purpose::MerchantLiking, liked).uniform_fine(merchant);
            let fees = (1.0 - pass_through) * self.rates[shop] + self.listing_fees[shop] / size;
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
