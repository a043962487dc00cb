//! The listing rule: what a merchant makes of each shop, and where it lists.

use crate::level::{Level, LikingForm, MAX_PLATFORMS, MarketParameters};
use crate::sim::draw::{Key, Purpose};
use crate::sim::grid::Grid;
use crate::sim::rules::credit::Relief;
use crate::sim::rules::fees::counted_by_merchants;
use crate::sim::rules::{ai, logistics, payment};
use crate::sim::state::companies::{Company, Policy};
use crate::sim::state::merchants::{Supply, mean_size};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::ServiceState;

/// What services ask of merchants and give them, over sales, by category and platform.
#[derive(Clone, Debug, PartialEq)]
pub struct Charges {
    /// What payments and shipping cost.
    pub rates: Grid<2>,
    /// What deliveries are worth to merchants, against average ones: what makes some ship dearly.
    pub worth: Grid<2>,
}

impl Charges {
    /// Nothing.
    pub fn none(level: &Level) -> Self {
        let nothing = Grid::filled([level.categories.len(), level.platforms.len()], 0.0);
        Self { rates: nothing.clone(), worth: nothing }
    }

    /// Charges on what was sold and paid last, as merchants now ship.
    pub fn of(level: &Level, services: &[&ServiceState], mix: &Grid<3>, outcome: &Outcome) -> Self {
        let mut rates = logistics::shipping_rates(level, services, mix);
        let fees = payment::mean_fees(level, services, &outcome.payments, |platform| outcome.gmv(platform));
        for category in 0..level.categories.len() {
            for (platform, fee) in fees.iter().enumerate() {
                rates[[category, platform]] += fee;
            }
        }
        Self { rates, worth: logistics::worth_to_merchants(level, services, mix) }
    }
}

/// What platforms and services ask of merchants.
pub(in crate::sim) struct Terms {
    /// Commission, payments and shipping as a fraction of sales, by category and shop. Adverts are not among them: nobody need
    /// buy one, and who does gets what it costs.
    pub rates: Vec<Vec<f64>>,
    /// The same with what buyers are asked for, by category and shop: what a merchant's margin is taken from, whoever hands it over.
    pub asked: Vec<Vec<f64>>,
    /// What deliveries are worth, over sales, by category and shop.
    service_worth: Vec<Vec<f64>>,
    /// Yuan a month for being listed, by shop.
    listing_fees: Vec<f64>,
    /// What credit there is for merchants, by category and shop.
    credit: Vec<Vec<Relief>>,
    /// Shops whose merchants may list nowhere else: a bit each.
    exclusive: u16,
    /// Shops that stand in the market: a bit each.
    here: u16,
}

impl Terms {
    /// The terms of every shop.
    pub fn of<'a>(
        level: &Level,
        companies: impl Iterator<Item = (&'a Company, &'a Policy)>,
        charges: &Charges,
        baskets: &Grid<2>,
    ) -> Self {
        let shops = level.shops();
        let mut terms = Self {
            rates: vec![vec![0.0; shops.len()]; level.categories.len()],
            asked: vec![vec![0.0; shops.len()]; level.categories.len()],
            service_worth: vec![vec![0.0; shops.len()]; level.categories.len()],
            listing_fees: vec![0.0; shops.len()],
            credit: vec![vec![Relief::default(); shops.len()]; level.categories.len()],
            exclusive: 0,
            here: 0,
        };
        for (&Company(platform), policy) in companies {
            let Some(shop) = shops.iter().position(|&shop| shop == platform) else { continue };
            terms.listing_fees[shop] = policy.prices.merchant_fee;
            terms.exclusive |= u16::from(policy.prices.exclusive) << shop;
            terms.here |= u16::from(level.sells(platform)) << shop;
            for (category, row) in terms.service_worth.iter_mut().enumerate() {
                row[shop] = charges.worth[[category, platform]];
            }
            for (category, row) in terms.rates.iter_mut().enumerate() {
                row[shop] = policy.prices.take_rates[category] + charges.rates[[category, platform]];
                terms.asked[category][shop] = row[shop]
                    + counted_by_merchants(level, &policy.prices, category, baskets.row([platform, 0]));
            }
        }
        terms
    }

    /// The same where merchants have credit, by platform and category.
    pub fn with_credit(mut self, level: &Level, credit: impl Fn(usize, usize) -> Relief) -> Self {
        for (category, row) in self.credit.iter_mut().enumerate() {
            row.iter_mut().zip(level.shops()).for_each(|(relief, shop)| *relief = credit(shop, category));
        }
        self
    }
}

/// What the listing rule looks at in one category; lists are by shop.
pub(in crate::sim) struct Prospects<'a> {
    market: &'a MarketParameters,
    seed: u64,
    /// Fees as a fraction of sales, those on buyers included.
    rates: &'a [f64],
    /// The fee for being listed over the usual sales of a merchant of size 1.
    listing_fees: Vec<f64>,
    /// What its buyers' presence, its deliveries and its AI are worth to a merchant, in margin.
    worth: Vec<f64>,
    /// Position of taste.
    tastes: Vec<f64>,
    /// Usual sales per merchant size over this shop's.
    emptiness: Vec<f64>,
    /// The factor on the cost of one more listing: the emptier the shop, the dearer, less what its AI and its credit save.
    upkeep: Vec<f64>,
    /// By how many places likings are turned round the shops; zero in a running market.
    rotation: usize,
    /// Shops whose merchants may list nowhere else: a bit each.
    exclusive: u16,
    /// Shops that stand in the market: a bit each.
    here: u16,
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
        let total: f64 =
            (0..level.regions.len()).map(|region| level.region_potential_at(region, &outcome.spending)).sum();
        let mean_size = mean_size(level);
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
            let season = outcome.spending[category];
            // The two floors let a shop without sales or merchants yet be tried at all.
            let emptiness = |&platform: &usize| {
                let listed = supply.variety[[category, platform]] * size;
                // A shop is as full as it would be in a usual month: nobody signs up for a festival.
                let sales = outcome.category_sales(category, platform) / season;
                let sales = sales.max(0.004 * potential);
                usual / (sales / listed.max(0.02 * size))
            };
            let credit = &terms.credit[category];
            let emptiness: Vec<f64> = shops.iter().map(emptiness).collect();
            let spared = shops.iter().map(|&p| 1.0 - ai::listing_saved(level, outcome.ai[p]));
            Self {
                market: &level.market,
                seed,
                rates: &terms.asked[category],
                listing_fees: terms.listing_fees.iter().map(|fee| fee * mean_size / usual_sales).collect(),
                worth: shops
                    .iter()
                    .zip(&terms.service_worth[category])
                    .zip(credit)
                    .map(|((p, served), credit)| {
                        worth(p) + served + ai::returns_saved(level, outcome.ai[*p]) + credit.gain
                    })
                    .collect(),
                tastes: shops.iter().map(taste).collect(),
                upkeep: (emptiness.iter().zip(spared).zip(credit))
                    .map(|((emptiness, left), credit)| emptiness * left * (1.0 - credit.saved))
                    .collect(),
                emptiness,
                rotation,
                exclusive: terms.exclusive,
                here: terms.here,
            }
        };
        (0..level.categories.len()).map(in_category).collect()
    }

    /// The listings a merchant would choose: its best shops with a positive net margin, as many as it can serve.
    pub fn choose(&self, merchant: Merchant) -> u16 {
        let Merchant { number, size, margin, reach, burden, pass_through, .. } = merchant;
        let entry = self.market.merchant_entry_cost;
        let entry = if entry > 0.0 { entry * self.uniform(Purpose::MerchantEntry, number) } else { 0.0 };
        let own = margin - entry;
        let taste = if self.market.merchant_taste_strength > 0.0 {
            self.uniform(Purpose::MerchantTaste, number)
        } else {
            0.0
        };
        let (mut nets, mut likings) = ([0.0; MAX_PLATFORMS], [0.0; MAX_PLATFORMS]);
        let shops = self.rates.len();
        let per_size = 1.0 / size;
        for shop in 0..shops {
            let turned = shop + self.rotation;
            let liking = merchant.liking[if turned < shops { turned } else { turned - shops }];
            nets[shop] = own
                + self.prospect(shop, per_size, burden, pass_through)
                + self.market.merchant_noise * f64::from(liking)
                - if self.market.merchant_taste_strength > 0.0 { self.way(taste, shop) } else { 0.0 };
            likings[shop] = liking;
        }
        let (nets, likings) = (&nets[..shops], &likings[..shops]);
        let pays =
            nets.iter().enumerate().fold(0u16, |mask, (shop, &net)| mask | u16::from(net > 0.0) << shop);
        let pays = pays & self.here;
        if self.exclusive & pays != 0 {
            return self.under_exclusivity(nets, likings, pays, reach);
        }
        self.best(nets, likings, pays, reach)
    }

    /// The best shops among those that pay, as many as a merchant can serve.
    fn best(&self, nets: &[f64], likings: &[f32], pays: u16, reach: u8) -> u16 {
        if pays.count_ones() <= u32::from(reach) {
            return pays;
        }
        let shops = nets.len();
        // Where shops are worth the same, liking decides, and never the order of the seats.
        let better = |(net, liking): (&f64, &f32), shop: usize| {
            u8::from((*net > nets[shop]) | (*net == nets[shop]) & (*liking > likings[shop]))
        };
        let among_best = |&shop: &usize| {
            pays >> shop & 1 == 1
                && nets.iter().zip(likings).map(|other| better(other, shop)).sum::<u8>() < reach
        };
        (0..shops).filter(among_best).fold(0, |mask, shop| mask | 1 << shop)
    }

    /// The listings of a merchant where some shops want it for themselves: one of these alone, or the best of all others,
    /// whichever earns more. A shop is worth its net margin times what a merchant there sells.
    fn under_exclusivity(&self, nets: &[f64], likings: &[f32], pays: u16, reach: u8) -> u16 {
        let earned = |mask: u16| -> f64 {
            let listed = (0..nets.len()).filter(|shop| mask >> shop & 1 == 1);
            listed.map(|shop| nets[shop] / self.emptiness[shop]).sum()
        };
        let others = self.best(nets, likings, pays & !self.exclusive, reach);
        (0..nets.len())
            .map(|shop| 1u16 << shop)
            .filter(|shop| pays & self.exclusive & shop != 0)
            .fold(others, |best, shop| if earned(shop) > earned(best) { shop } else { best })
    }

    /// What listing on a shop adds to a merchant's own margin, before its liking and the way there: the worth of its
    /// buyers, deliveries and AI, less fees and the cost of running one more shop. `per_size` is one over the merchant's size.
    pub fn prospect(&self, shop: usize, per_size: f64, burden: f64, pass_through: f64) -> f64 {
        let fees = (1.0 - pass_through) * self.rates[shop] + self.listing_fees[shop] * per_size;
        self.worth[shop] - fees - burden * self.upkeep[shop]
    }

    /// Position of taste by shop.
    pub fn tastes(&self) -> &[f64] {
        &self.tastes
    }

    fn uniform(&self, purpose: Purpose, merchant: u32) -> f64 {
        Key::new(self.seed, 0, purpose, 0).uniform_fine(merchant)
    }

    /// Margin lost to the way between a merchant's taste and a shop's.
    pub fn way(&self, taste: f64, shop: usize) -> f64 {
        self.market.merchant_taste_strength * self.market.taste_space.distance(taste, self.tastes[shop])
    }
}

/// One merchant, as the listing rule sees it.
#[derive(Clone, Copy)]
pub(in crate::sim) struct Merchant<'a> {
    /// Identifier, for draws.
    pub number: u32,
    /// Sales capacity, relative.
    pub size: f64,
    /// Margin before platform fees.
    pub margin: f64,
    /// Most shops it can serve.
    pub reach: u8,
    /// What running one more shop costs it at usual sales, in margin.
    pub burden: f64,
    /// Liking for each shop, in units of the scale of likings.
    pub liking: &'a [f32],
    /// Part of the fees that it passes on in prices.
    pub pass_through: f64,
}

/// What running one more shop costs a merchant at usual sales, in margin: larger ones carry it lightly.
pub(in crate::sim) fn burden(market: &MarketParameters, size: f64) -> f64 {
    market.listing_cost * libm::pow(size, -0.3)
}

/// Probability that a merchant can also serve one given further shop.
pub(in crate::sim) fn serves_another(market: &MarketParameters, size: f64) -> f64 {
    (market.multi_homing + market.multi_homing_slope * libm::log(size)).clamp(0.0, 1.0)
}

/// A merchant's lasting liking for a shop, in units of the scale of likings.
pub(in crate::sim) fn liking(market: &MarketParameters, seed: u64, merchant: u32, shop: usize) -> f32 {
    let uniform = Key::new(seed, 0, Purpose::MerchantLiking, shop).uniform_fine(merchant);
    let draw = match market.merchant_liking {
        LikingForm::Logistic => libm::log(uniform / (1.0 - uniform)),
        LikingForm::Gumbel => -libm::log(-libm::log(uniform)),
    };
    draw as f32
}
