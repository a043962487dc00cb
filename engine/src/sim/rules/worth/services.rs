//! What a wallet or an app is worth when it is opened.

use super::{Estimate, Facts, Reason, YEAR};
use crate::level::services::ServiceKind;
use crate::sim::rules::payment::Holdings;
use crate::sim::rules::traffic;
use crate::sim::state::services::{ServiceState, Ties};

/// What changes at a checkout that takes one more wallet, in a region.
struct Checkout {
    /// Utility that the platform gains, in the mean over people.
    utility: f64,
    /// Part of what it sells that is paid with each wallet, more than before; by wallet.
    paid: Vec<f64>,
    /// Part of people's habits that each wallet wins by being put to the test there, more than before; by wallet.
    habits: Vec<f64>,
}

/// How somebody pays at a checkout.
enum Way {
    /// With the habitual wallet.
    Habitual,
    /// With another that is held.
    Second,
    /// With none.
    Without,
}

impl Way {
    /// With the wallets held and the habitual one, where these are taken.
    fn of(held: u8, habit: u8, taken: u8) -> Self {
        match (habit & taken, held & taken) {
            (0, 0) => Self::Without,
            (0, _) => Self::Second,
            _ => Self::Habitual,
        }
    }
}

impl Estimate<'_> {
    /// What changes at a platform's checkout that takes one more wallet, by region: person by person, as holders and habits let infer.
    /// Whoever cannot pay at a shop, or is tied to another by its wallet, buys less there already, and counts for less.
    fn checkout(&self, place: usize, taker: usize) -> Vec<Checkout> {
        let Facts { level, market, .. } = *self.facts;
        let holdings = Holdings::inferred(&market.holders, &market.habitual);
        let ties = Ties::of(level, &self.services);
        let then = Ties::of(level, &self.facts.services);
        let before = ties.accepted[taker];
        let after = before | 1 << place;
        let wallets = level.wallets();
        let steering = |wallet: usize| {
            let own = level.services[wallets[wallet].0].owner == Some(taker);
            if own { level.market.wallet_steering } else { 1.0 }
        };
        let here = |region: usize| {
            let nothing = vec![0.0; wallets.len()];
            let mut found = Checkout { utility: 0.0, paid: nothing.clone(), habits: nothing };
            let people: Vec<_> = (holdings.words(region).into_iter())
                .map(|(word, part)| ((word & 0xff) as u8, (word >> 8) as u8, part))
                .collect();
            let spending = (level.region_potential(region) * market.online[region]).max(1e-9);
            let share = |shop: usize| market.region_sales(region, shop) / spending;
            let pull = |(held, habit): (u8, u8), shop: usize, taken: u8| {
                self.pull(held, habit, ties.own[shop], taken)
            };
            // What draws people to each shop but for its checkout, as it was when they bought.
            let draws = |shop: usize| {
                let mean: f64 = (people.iter())
                    .map(|&(held, habit, part)| part * pull((held, habit), shop, then.accepted[shop]))
                    .sum();
                share(shop) / mean.max(1e-9)
            };
            let shops: Vec<(usize, f64)> =
                level.shops().into_iter().map(|shop| (shop, draws(shop))).collect();
            let offline = (1.0 - level.shops().into_iter().map(share).sum::<f64>()).max(0.0);
            let own = draws(taker);
            let bought = share(taker).max(1e-9);
            let mut gain = 0.0;
            for &(held, habit, part) in people.iter().filter(|(held, ..)| *held != 0) {
                let elsewhere: f64 = (shops.iter().filter(|(shop, _)| *shop != taker))
                    .map(|(shop, draws)| draws * pull((held, habit), *shop, ties.accepted[*shop]))
                    .sum();
                for (taken, sign) in [(before, -1.0), (after, 1.0)] {
                    let buys = |held: u8| {
                        let here = own * pull((held, habit), taker, taken);
                        here / (here + elsewhere + offline).max(1e-9)
                    };
                    for (held, then) in self.adopting((held, habit), taken, &steering, buys(held)) {
                        let buys = sign * part * then * buys(held);
                        gain += buys;
                        let way = Way::of(held, habit, taken);
                        let able = match way {
                            Way::Habitual => habit,
                            Way::Second => held & taken,
                            Way::Without => continue,
                        };
                        let with = |wallet: &usize| able >> wallet & 1 == 1;
                        let all: f64 = (0..wallets.len()).filter(with).map(steering).sum();
                        for wallet in (0..wallets.len()).filter(with) {
                            let pays = buys / bought * steering(wallet) / all;
                            found.paid[wallet] += pays;
                            // A habit that is not served moves to what is paid with instead.
                            found.habits[wallet] += if matches!(way, Way::Second) { pays } else { 0.0 };
                        }
                        if matches!(way, Way::Second) {
                            found.habits[habit.trailing_zeros() as usize] -= buys / bought;
                        }
                    }
                }
            }
            found.utility = gain * level.market.logit_scale.max(1e-3) / (bought * (1.0 - bought)).max(1e-9);
            found
        };
        (0..level.regions.len()).map(here).collect()
    }

    /// The wallets that somebody holds in a year, with their probabilities: buyers who cannot pay at a checkout adopt one that it takes,
    /// month by month, so that fewer are left who cannot, whatever else it comes to take. `buys` is the part of purchases made there.
    fn adopting(
        &self,
        (held, habit): (u8, u8),
        taken: u8,
        steering: &impl Fn(usize) -> f64,
        buys: f64,
    ) -> Vec<(u8, f64)> {
        let wallets = (0..u8::BITS as usize).filter(|wallet| taken >> wallet & 1 == 1);
        let all: f64 = wallets.clone().map(steering).sum();
        if taken == 0 || !matches!(Way::of(held, habit, taken), Way::Without) {
            return vec![(held, 1.0)];
        }
        let Facts { level, .. } = *self.facts;
        let comes = 1.0 - libm::pow(1.0 - buys, level.categories.len() as f64);
        let still = libm::pow(1.0 - level.market.wallet_adoption * comes, YEAR);
        let adopts = wallets.map(|wallet| (held | 1 << wallet, (1.0 - still) * steering(wallet) / all));
        std::iter::once((held, still)).chain(adopts).collect()
    }

    /// How much a checkout draws somebody by the wallets that it takes and those that are the shop's own: a factor on the odds.
    fn pull(&self, held: u8, habit: u8, own: u8, taken: u8) -> f64 {
        let market = &self.facts.level.market;
        if held == 0 {
            return 1.0;
        }
        let friction = match Way::of(held, habit, taken) {
            Way::Habitual => 0.0,
            Way::Second => market.second_wallet_friction,
            Way::Without => market.payment_friction,
        };
        let tie = if habit & own & taken == 0 { 0.0 } else { market.wallet_tie };
        libm::exp((tie - friction) / market.logit_scale.max(1e-3))
    }

    /// Utility that a platform gains by a service as it stands in `services`, by region.
    pub(super) fn utility(&self, number: usize, services: &[&ServiceState], taker: usize) -> Vec<f64> {
        match self.facts.level.services[number].kind {
            ServiceKind::Wallet(_) => self.place(number).map_or_else(Vec::new, |place| {
                self.checkout(place, taker).into_iter().map(|here| here.utility).collect()
            }),
            ServiceKind::Carrier(_) => self.carrier_utility(services, taker),
            ServiceKind::App(_) => {
                let more = self.reached(services, taker);
                more.into_iter().map(|more| self.facts.level.market.access_effect * more).collect()
            }
        }
    }

    /// A wallet's place among the wallets.
    fn place(&self, number: usize) -> Option<usize> {
        self.facts.level.wallets().iter().position(|(wallet, _)| *wallet == number)
    }

    /// How much further a platform reaches people through apps, by region.
    fn reached(&self, services: &[&ServiceState], taker: usize) -> Vec<f64> {
        let level = self.facts.level;
        let reach = |services: &[&ServiceState], region: usize| -> f64 {
            let sets = level.app_sets(region).into_iter();
            sets.map(|(apps, part)| part * traffic::reach(level, services, apps, taker).0).sum()
        };
        let more = |region: usize| reach(services, region) - reach(&self.services, region);
        (0..level.regions.len()).map(more).collect()
    }

    /// Part of a region's habits that is put to the test at a platform within a year. Habits never cease to move: this is as far as is
    /// counted.
    fn tested(&self, region: usize, platform: usize) -> f64 {
        let Facts { level, market, .. } = *self.facts;
        // A habit is drawn from what is paid with: on the platforms, and by habit elsewhere.
        let spending = level.region_potential(region) * market.online[region];
        let all = spending * (1.0 + level.market.wallet_offline_use);
        let part = market.region_sales(region, platform) / all.max(1.0);
        (level.market.wallet_redraw * YEAR * part).min(1.0)
    }

    /// Utility that a shop gains by so many more habits of its own wallets, by region.
    fn tie(&self, changes: &[Checkout], taker: usize, shop: usize) -> Vec<f64> {
        let level = self.facts.level;
        let own = |service: usize| {
            level.services[service].owner == Some(shop) && self.services[service].serves(shop)
        };
        let wallets = level.wallets();
        let here = |(region, change): (usize, &Checkout)| {
            let won = (0..wallets.len()).filter(|&wallet| own(wallets[wallet].0));
            let habits: f64 = won.map(|wallet| change.habits[wallet]).sum();
            level.market.wallet_tie * habits * self.tested(region, taker)
        };
        changes.iter().enumerate().map(here).collect()
    }

    /// A wallet that a checkout takes as well: sales, what every wallet's owner has of payments more or less, and habits.
    pub(super) fn wallet(&self, number: usize, price: f64, taker: usize) -> Vec<(usize, Reason, f64)> {
        let Facts { level, market, .. } = *self.facts;
        let Some(place) = self.place(number) else { return Vec::new() };
        let changes = self.checkout(place, taker);
        let tie = self.tie(&changes, taker, taker);
        let mut worth = self.sales(taker, |region| changes[region].utility + tie[region]);
        for other in level.shops().into_iter().filter(|&other| other != taker) {
            let tie = self.tie(&changes, taker, other);
            if tie.iter().any(|utility| *utility != 0.0) {
                worth.extend(self.sales(other, |region| tie[region]));
            }
        }
        for (other, (service, wallet)) in level.wallets().into_iter().enumerate() {
            let Some(owner) = level.services[service].owner else { continue };
            let (mut paid, mut people) = (0.0, 0.0);
            for (region, change) in changes.iter().enumerate() {
                paid += market.region_sales(region, taker) * change.paid[other];
                let online = level.regions[region].population * market.online[region];
                people += online * change.habits[other] * self.tested(region, taker);
            }
            let own = self.services[service].counterparts[taker].price;
            let price = if other == place { price } else { own };
            worth.push((owner, Reason::Service, paid * (price - wallet.cost)));
            worth.push((owner, Reason::Habit, people * wallet.income));
        }
        worth
    }

    pub(super) fn link(
        &self,
        number: usize,
        price: f64,
        services: &[&ServiceState],
        taker: usize,
    ) -> Vec<(usize, Reason, f64)> {
        let level = self.facts.level;
        let market = self.facts.market;
        let more = self.reached(services, taker);
        let owner = level.services[number].owner;
        let mut worth = self.sales(taker, |region| level.market.access_effect * more[region]);
        let referred: f64 =
            (0..level.regions.len()).map(|region| more[region] * market.region_sales(region, taker)).sum();
        worth.push((taker, Reason::Referrals, -price * referred));
        if let Some(owner) = owner {
            worth.push((owner, Reason::Service, price * referred));
        }
        worth
    }
}
