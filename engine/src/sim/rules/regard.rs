//! What shops are to people on average, term by term: the terms that they choose by, from what is known of a market. Every
//! term comes from the function that tells consumers; what is not known is left out, and never guessed.

use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::sim::grid::Grid;
use crate::sim::rules::demand::{
    CellTerms, CommonTerms, Offer, common_terms, noise_unit, payment_terms, price_terms, shop_habit,
};
use crate::sim::rules::payment::Holdings;
use crate::sim::state::companies::{Budgets, Coupon, Funded, Policy, Prices, Stocks};
use crate::sim::state::merchants::Supply;
use crate::sim::state::presence::Presence;
use crate::sim::state::services::{ServiceState, Ties};

/// A term of the choice of a shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChoiceTerm {
    /// What merchants charge, with the fees that they pass on.
    Prices,
    /// Fees on consumers: what they cost, and that they are resented.
    Fees,
    /// Coupons.
    Coupons,
    /// Adverts.
    Adverts,
    /// Merchants listed.
    Merchants,
    /// Other people's presence.
    People,
    /// Brand.
    Brand,
    /// Strength in categories.
    Category,
    /// Stores nearby.
    Stores,
    /// Trust.
    Trust,
    /// Match between people and goods.
    Matching,
    /// Deliveries.
    Delivery,
    /// Links from the apps that people use.
    Links,
    /// Paying with the wallets that people have.
    Payment,
    /// Habit, of whoever bought there before.
    Habit,
    /// What AI finds and shows.
    Ai,
}

impl ChoiceTerm {
    /// Every term, in the order in which they are listed.
    pub const ALL: [Self; 16] = [
        Self::Prices,
        Self::Fees,
        Self::Coupons,
        Self::Adverts,
        Self::Merchants,
        Self::People,
        Self::Brand,
        Self::Category,
        Self::Stores,
        Self::Trust,
        Self::Matching,
        Self::Ai,
        Self::Delivery,
        Self::Links,
        Self::Payment,
        Self::Habit,
    ];

    /// Terms that only the company itself knows of.
    pub const SECRET: [Self; 3] = [Self::Brand, Self::Category, Self::Stores];
}

/// What is known of a market when people choose. Lists are by platform.
#[derive(Clone)]
pub struct Known<'a> {
    /// The level.
    pub level: &'a Level,
    /// Prices; none without a shop.
    pub prices: &'a [Option<Prices>],
    /// Part of the depth of coupons that is paid, as far as it is known.
    pub coupons: Vec<f64>,
    /// What past spending has built, where it is known.
    pub stocks: Vec<Option<&'a Stocks>>,
    /// Trust, 0 to 1.
    pub trust: &'a [f64],
    /// How well each matches people and goods, 0 to 1.
    pub matching: &'a [f64],
    /// What the AI of each does, 0 to 1.
    pub ai: &'a [f64],
    /// Presence by region and platform.
    pub presence: Grid<2>,
    /// Yuan that a buyer spends there in a month: `[platform, region]`.
    pub baskets: Grid<2>,
    /// Part of a category's merchants, by size, that list on a platform: `[category, platform]`.
    pub variety: &'a Grid<2>,
    /// Merchants' price there relative to one without fees: `[category, platform]`.
    pub price: &'a Grid<2>,
    /// Quality of deliveries by region, category and platform.
    pub delivery: &'a Grid<3>,
    /// Services, in the order of their numbers.
    pub services: Vec<&'a ServiceState>,
    /// Who holds which wallet.
    pub holdings: Holdings,
}

/// A shop in its three stages: with neither fees nor coupons, with fees, and as it is.
struct Asking {
    stages: [Policy; 3],
    funded: Funded,
    stocks: Stocks,
}

/// What shops are to people.
pub struct Regard<'a> {
    known: Known<'a>,
    ties: Ties,
    supply: Supply,
    asking: Vec<Option<Asking>>,
}

/// Who looks at a shop: what is the same for them in a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// Region index.
    pub region: usize,
    /// Consumer segment index.
    pub segment: usize,
    /// Category index.
    pub category: usize,
    /// Whether they bought there before: they have the habit, and pay what customers pay.
    pub customer: bool,
}

impl<'a> Regard<'a> {
    /// How people regard shops in a market of which so much is known.
    pub fn new(known: Known<'a>) -> Self {
        let level = known.level;
        let ties = Ties::of(level, &known.services);
        let size = if level.setup.merchants > 0 { 1.0 } else { 0.0 };
        let supply = Supply {
            variety: known.variety.clone(),
            price: known.price.clone(),
            listed: known.variety.clone(),
            size: vec![size; level.categories.len()],
            carriers: Grid::filled([0, 0, 0], 0.0),
        };
        let asking = (0..level.platforms.len()).map(|platform| asking(&known, platform)).collect();
        Self { known, ties, supply, asking }
    }

    /// A shop's terms to a viewer, over the noise: a hundredth more makes it one percent likelier to be chosen. Those of
    /// nothing are left out. A platform without a shop has none.
    pub fn terms(&self, viewer: Viewer, platform: usize) -> Vec<(ChoiceTerm, f64)> {
        let Some(asking) = &self.asking[platform] else { return Vec::new() };
        let level = self.known.level;
        let common = self.common(viewer, platform, asking);
        let [bare, with_fees, all] = self.prices(viewer, platform, asking);
        let (here, habit) = self.of_apps(viewer, platform);
        let of = |term: ChoiceTerm| match term {
            ChoiceTerm::Prices => bare,
            ChoiceTerm::Fees => with_fees - bare + common.resentment,
            ChoiceTerm::Coupons => all - with_fees,
            ChoiceTerm::Adverts => common.adverts,
            ChoiceTerm::Merchants => common.listings,
            ChoiceTerm::People => common.presence,
            ChoiceTerm::Brand => common.brand,
            ChoiceTerm::Category => common.category,
            ChoiceTerm::Stores => common.stores,
            ChoiceTerm::Trust => common.trust,
            ChoiceTerm::Matching => common.matching,
            ChoiceTerm::Ai => common.ai,
            ChoiceTerm::Delivery => here.delivery,
            ChoiceTerm::Links => here.access,
            ChoiceTerm::Payment => self.payment(viewer.region, platform),
            ChoiceTerm::Habit => habit,
        };
        let terms = ChoiceTerm::ALL.into_iter().map(|term| (term, of(term) / noise_unit(level)));
        terms.filter(|(_, utility)| *utility != 0.0).collect()
    }

    /// What a shop is to a viewer altogether, over the noise, as far as it is known.
    pub fn utility(&self, viewer: Viewer, platform: usize) -> f64 {
        let Some(asking) = &self.asking[platform] else { return 0.0 };
        let common = self.common(viewer, platform, asking);
        let [.., price] = self.prices(viewer, platform, asking);
        let (here, habit) = self.of_apps(viewer, platform);
        let sum = common.sum() + here.sum() + price + self.payment(viewer.region, platform) + habit;
        sum / noise_unit(self.known.level)
    }

    fn offer<'b>(&'b self, platform: usize, asking: &'b Asking, stage: usize) -> Offer<'b> {
        Offer {
            policy: &asking.stages[stage],
            funded: &asking.funded,
            stocks: &asking.stocks,
            trust: self.known.trust[platform],
            // It moves who is invited, not what anybody chooses.
            opinion: 0.0,
            matching: self.known.matching[platform],
            ai: self.known.ai[platform],
            baskets: self.known.baskets.row([platform, 0]),
        }
    }

    fn common(&self, viewer: Viewer, platform: usize, asking: &Asking) -> CommonTerms {
        let level = self.known.level;
        let variety = self.supply.variety_of(level, viewer.category, platform);
        let seen = Presence::seen(&self.known.presence, level, viewer.region, platform);
        let offer = self.offer(platform, asking, 2);
        common_terms(level, offer, (viewer.region, viewer.category), variety, seen)
    }

    /// Utility of the price by stage, to the mean of the segment: sensitivities are lognormal.
    fn prices(&self, viewer: Viewer, platform: usize, asking: &Asking) -> [f64; 3] {
        let level = self.known.level;
        let (market, segment) = (&level.market, &level.consumer_segments[viewer.segment]);
        let typical = market.price_sensitivity * level.regions[viewer.region].price_sensitivity;
        let spread = market.price_sensitivity_spread;
        let mean = typical * segment.price_sensitivity * libm::exp(0.5 * spread * spread);
        let merchants = self.known.price[[viewer.category, platform]];
        std::array::from_fn(|stage| {
            let offer = self.offer(platform, asking, stage);
            let (staying, switching) = price_terms(level, offer, viewer.region, viewer.category, merchants);
            -mean * if viewer.customer { staying } else { switching }
        })
    }

    /// What depends on the apps that people use, by how many use which: reach and deliveries, and habit.
    fn of_apps(&self, viewer: Viewer, platform: usize) -> (CellTerms, f64) {
        let level = self.known.level;
        let (mut sum, mut habit) = (CellTerms::default(), 0.0);
        for (apps, part) in level.app_sets(viewer.region) {
            let place = [viewer.region, viewer.segment, usize::from(apps)];
            let here =
                CellTerms::of(level, &self.ties, self.known.delivery, place, viewer.category, platform);
            sum.access += part * here.access;
            sum.delivery += part * here.delivery;
            if viewer.customer {
                habit += part * f64::from(shop_habit(level, &self.ties, place[2], platform));
            }
        }
        (sum, habit * noise_unit(level))
    }

    fn payment(&self, region: usize, platform: usize) -> f64 {
        let level = self.known.level;
        let terms = payment_terms(level, &self.ties);
        if !terms.wallets {
            return 0.0;
        }
        let Some(shop) = level.shops().iter().position(|&shop| shop == platform) else { return 0.0 };
        let words = self.known.holdings.words(region);
        let sum: f64 =
            words.into_iter().map(|(word, part)| part * f64::from(terms.utility(word, shop))).sum();
        sum * noise_unit(level)
    }
}

fn asking(known: &Known, platform: usize) -> Option<Asking> {
    let level = known.level;
    let prices = known.prices[platform].as_ref()?;
    let bare = Prices {
        consumer_fees: Grid::filled(prices.consumer_fees.shape(), 0.0),
        coupons: Grid::filled(prices.coupons.shape(), Coupon::default()),
        membership_fee: 0.0,
        ..prices.clone()
    };
    let with_fees = Prices { coupons: bare.coupons.clone(), ..prices.clone() };
    let none = Budgets {
        brand: 0.0,
        categories: vec![0.0; level.categories.len()],
        marketing: vec![0.0; level.regions.len()],
        governance: 0.0,
        engineering: 0.0,
        invitations: 0.0,
        visits: vec![0.0; level.apps().len()],
        stores: vec![0.0; level.regions.len()],
        ai: 0.0,
    };
    let nothing = || Stocks {
        brand: 0.0,
        categories: vec![0.0; level.categories.len()],
        stores: vec![0.0; level.regions.len()],
        data: 0.0,
        ai: 0.0,
    };
    Some(Asking {
        stages: [bare, with_fees, prices.clone()].map(|prices| Policy { prices, budgets: none.clone() }),
        funded: Funded { budgets: 1.0, coupons: known.coupons[platform], coupon_cash: 0.0 },
        stocks: known.stocks[platform].cloned().unwrap_or_else(nothing),
    })
}

/// Presence after a month of such sales, by region, category and platform, in which people spent so many times as much as in a usual
/// one, by category.
pub fn presence_after(
    level: &Level,
    presence: Option<&Grid<2>>,
    sales: &Grid<3>,
    spending: &[f64],
) -> Grid<2> {
    let [regions, categories, platforms] = sales.shape();
    let mut next = Grid::filled([regions, platforms], 0.0);
    let memory = presence.map_or(0.0, |_| level.market.presence_memory);
    for region in 0..regions {
        for platform in 0..platforms {
            let sold: f64 = (0..categories).map(|category| sales[[region, category, platform]]).sum();
            let before = presence.map_or(0.0, |presence| presence[[region, platform]]);
            let potential = level.region_potential_at(region, spending);
            next[[region, platform]] = Presence::moved(memory, before, sold, potential);
        }
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::{Audience, Order, Orders};
    use crate::sim::opening::Opening;
    use crate::sim::rules::fees::baskets;
    use crate::sim::simulation::{Population, Simulation};
    use crate::sim::state::companies::CompanyState;

    /// Terms of common utility and of what depends on apps: what is in a row's common utility besides the appeal.
    const COMMON: [ChoiceTerm; 11] = [
        ChoiceTerm::Adverts,
        ChoiceTerm::Merchants,
        ChoiceTerm::People,
        ChoiceTerm::Brand,
        ChoiceTerm::Category,
        ChoiceTerm::Stores,
        ChoiceTerm::Trust,
        ChoiceTerm::Matching,
        ChoiceTerm::Ai,
        ChoiceTerm::Delivery,
        ChoiceTerm::Links,
    ];

    /// Appeals by region, category and shop, as what the terms leave of what consumers were told; and that prices are theirs.
    fn appeals(simulation: &mut Simulation, orders: Vec<Orders>) -> Vec<f64> {
        let companies = |simulation: &Simulation| -> Vec<CompanyState> {
            (0..simulation.level().platforms.len()).map(|platform| simulation.company(platform)).collect()
        };
        let (before, presence) = (companies(simulation), simulation.presence().clone());
        let last = simulation.outcome().clone();
        simulation.turn(orders);
        let (after, outcome, level) =
            (companies(simulation), simulation.outcome().clone(), simulation.level().clone());
        let shops = level.shops();
        let prices: Vec<Option<Prices>> = (after.iter().enumerate())
            .map(|(platform, company)| shops.contains(&platform).then(|| company.policy.prices.clone()))
            .collect();
        let trust: Vec<f64> = before.iter().map(|company| company.trust).collect();
        let ecosystem = simulation.ecosystem();
        let regard = Regard::new(Known {
            level: &level,
            prices: &prices,
            coupons: after.iter().map(|company| company.funded.coupons).collect(),
            stocks: before.iter().map(|company| Some(&company.stocks)).collect(),
            trust: &trust,
            matching: &outcome.matching,
            ai: &outcome.ai,
            presence,
            baskets: baskets(&level, &last.sales, &last.users),
            variety: &outcome.variety,
            price: &outcome.price,
            delivery: &outcome.delivery,
            services: ecosystem.services(),
            holdings: Holdings::inferred(&outcome.holders, &outcome.habitual),
        });
        let mut appeals = Vec::new();
        let mut cell = 0;
        for region in 0..level.regions.len() {
            let sets: Vec<_> = level.app_sets(region).into_iter().filter(|(_, part)| *part > 0.0).collect();
            for segment in 0..level.consumer_segments.len() {
                for category in 0..level.categories.len() {
                    for (shop, &platform) in shops.iter().enumerate() {
                        let viewer = Viewer { region, segment, category, customer: true };
                        let rows = || {
                            sets.iter().enumerate().map(|(set, (_, part))| {
                                (&simulation.market().rows[[cell + set, category]], part)
                            })
                        };
                        let told: f64 = rows().map(|(row, part)| part * f64::from(row.common[shop])).sum();
                        let terms = regard.terms(viewer, platform);
                        let of = |wanted: &[ChoiceTerm]| -> f64 {
                            let terms = terms.iter().filter(|(term, _)| wanted.contains(term));
                            terms.map(|(_, utility)| utility).sum()
                        };
                        let unit = noise_unit(&level);
                        let common = regard.common(
                            viewer,
                            platform,
                            regard.asking[platform].as_ref().expect("a shop"),
                        );
                        appeals.push(told - of(&COMMON) - common.resentment / unit);
                        let habit: f64 =
                            rows().map(|(row, part)| part * f64::from(row.shop_habit[shop])).sum();
                        assert!((habit - of(&[ChoiceTerm::Habit])).abs() < 1e-5);
                        let row = rows().next().expect("a cell").0;
                        let price = of(&[ChoiceTerm::Prices, ChoiceTerm::Fees, ChoiceTerm::Coupons]);
                        let (market, kind) = (&level.market, &level.consumer_segments[segment]);
                        let mean = market.price_sensitivity
                            * level.regions[region].price_sensitivity
                            * kind.price_sensitivity
                            * libm::exp(0.5 * market.price_sensitivity_spread.powi(2));
                        let asked = -mean * f64::from(row.price_staying[shop]) + common.resentment / unit;
                        assert!((asked - price).abs() < 1e-5, "{asked} {price}");
                        let words = regard.known.holdings.words(region).into_iter();
                        let paying: f64 =
                            words.map(|(word, part)| part * f64::from(row.payment.utility(word, shop))).sum();
                        assert!((paying - of(&[ChoiceTerm::Payment])).abs() < 1e-5);
                        let all: f64 = terms.iter().map(|(_, utility)| utility).sum();
                        assert!((all - regard.utility(viewer, platform)).abs() < 1e-9);
                    }
                }
                cell += sets.len();
            }
        }
        appeals
    }

    #[test]
    fn terms_are_those_that_consumers_are_told_whatever_is_ordered() {
        let level = Level::find("history/china_2024", &[], &crate::strategy::vocabulary()).expect("reads");
        let level = std::sync::Arc::new(level);
        let population =
            Population { consumers: 1_000, merchants: 600, seed: 4, threads: None, measure_surplus: false };
        let mut simulation = Simulation::new(&level, &Opening::of(&level), &population);
        let mut orders = vec![Orders::new(); level.platforms.len()];
        let quiet = orders.clone();
        let (region, category) = (None, None);
        orders[0] = vec![
            Order::TakeRate { category: None, rate: 0.04 },
            Order::ConsumerFee { region: None, category: None, rate: 0.02 },
            Order::BrandBudget { amount: 4e9 },
            Order::StoreBudget { region: None, amount: 1e9 },
            Order::AiBudget { amount: 4e9 },
        ];
        orders[1] = vec![
            Order::Coupon { region, category, audience: Audience::Everyone, depth: 0.03 },
            Order::AdvertLoad { load: 0.2 },
        ];
        let first = appeals(&mut simulation, orders);
        let second = appeals(&mut simulation, quiet);
        let worst = first.iter().zip(&second).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
        assert!(worst < 1e-5, "what the terms leave changes by {worst}");
        // Nor does it depend on the segment.
        let by_segment = level.categories.len() * level.shops().len();
        for (one, other) in first[..by_segment].iter().zip(&first[by_segment..]) {
            assert!((one - other).abs() < 1e-5);
        }
    }
}
