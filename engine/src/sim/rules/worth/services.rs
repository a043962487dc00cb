//! What a wallet, a carrier or an app is worth when it is opened.

use super::{Estimate, Facts, Reason};
use crate::level::services::ServiceKind;
use crate::sim::grid::Grid;
use crate::sim::rules::{logistics, traffic};
use crate::sim::state::services::{ServiceState, Ties};

impl Estimate<'_> {
    /// Part of a region's people whom a platform's checkout leaves without a wallet, and who hold this one; by region.
    fn served(&self, place: usize, taker: usize) -> Vec<f64> {
        let Facts { level, market, .. } = *self.facts;
        let accepted = Ties::of(level, &self.services).accepted[taker];
        let here = |region: usize| {
            let without = (0..level.wallets().len())
                .filter(|&wallet| accepted >> wallet & 1 == 1)
                .map(|wallet| 1.0 - market.holders[[region, wallet]])
                .product::<f64>();
            without * market.holders[[region, place]]
        };
        (0..level.regions.len()).map(here).collect()
    }

    /// Utility that a platform gains by a service as it stands in `services`, by region.
    pub(super) fn utility(&self, number: usize, services: &[&ServiceState], taker: usize) -> Vec<f64> {
        match self.facts.level.services[number].kind {
            ServiceKind::Wallet(_) => self
                .place(number)
                .map_or_else(Vec::new, |place| self.wallet_utility(place, &self.served(place, taker))),
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

    /// With a wallet that so many are served by.
    fn wallet_utility(&self, place: usize, served: &[f64]) -> Vec<f64> {
        let market = &self.facts.level.market;
        let friction = 1.0 - libm::exp(-market.payment_friction);
        let habitual = |region: usize| self.facts.market.habitual[[region, place]];
        served
            .iter()
            .enumerate()
            .map(|(region, served)| friction * served + market.second_wallet_friction * habitual(region))
            .collect()
    }

    /// By deliveries.
    fn carrier_utility(&self, services: &[&ServiceState], taker: usize) -> Vec<f64> {
        let level = self.facts.level;
        let quality = |services: &[&ServiceState]| {
            logistics::quality(level, services, &logistics::expected_mix(level, services))
        };
        let (was, will): (Grid<3>, Grid<3>) = (quality(&self.services), quality(services));
        let categories = level.categories.len() as f64;
        let here = |region: usize| {
            let better: f64 = (0..level.categories.len())
                .map(|category| will[[region, category, taker]] - was[[region, category, taker]])
                .sum();
            level.market.delivery_effect * level.regions[region].delivery_sensitivity * better / categories
        };
        (0..level.regions.len()).map(here).collect()
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

    pub(super) fn wallet(&self, number: usize, price: f64, taker: usize) -> Vec<(usize, Reason, f64)> {
        let Facts { level, market, .. } = *self.facts;
        let wallets = level.wallets();
        let Some(place) = self.place(number) else { return Vec::new() };
        let served = self.served(place, taker);
        let utility = self.wallet_utility(place, &served);
        let owner = level.services[number].owner;
        let mut worth = self.sales(taker, owner, |region| utility[region]);
        let (mut paid, mut people) = (0.0, 0.0);
        for region in 0..level.regions.len() {
            let users = (market.habitual[[region, place]] + served[region]).min(1.0);
            paid += market.region_sales(region, taker) * users;
            // A habit is drawn from what is paid with: on the platforms, and by habit elsewhere.
            let spending = level.region_potential(region) * market.online[region];
            let part = market.region_sales(region, taker)
                / (spending * (1.0 + level.market.wallet_offline_use)).max(1.0);
            people += level.regions[region].population * market.online[region] * part * served[region];
        }
        if let Some(owner) = owner {
            worth.push((owner, Reason::Service, paid * (price - wallets[place].1.cost)));
            worth.push((owner, Reason::Habit, people * wallets[place].1.income));
        }
        for (own, wallet) in wallets.iter().filter(|(own, _)| level.services[*own].owner == Some(taker)) {
            let fee = self.services[*own].counterparts[taker].price;
            worth.push((taker, Reason::Service, -paid * (fee - wallet.cost)));
            worth.push((taker, Reason::Habit, -people * wallet.income));
        }
        worth
    }

    pub(super) fn carrier(
        &self,
        number: usize,
        services: &[&ServiceState],
        taker: usize,
    ) -> Vec<(usize, Reason, f64)> {
        let Facts { level, market, .. } = *self.facts;
        let (before, after) =
            (logistics::expected_mix(level, &self.services), logistics::expected_mix(level, services));
        let utility = self.carrier_utility(services, taker);
        let owner = level.services[number].owner;
        let mut worth = self.sales(taker, owner, |region| utility[region]);
        if let Some(owner) = owner {
            let sent = |mix: &Grid<3>| {
                logistics::parcels(level, mix, |category, platform| market.category_sales(category, platform))
            };
            let carriers = level.carriers();
            for (place, (carrier, kind)) in carriers.iter().enumerate() {
                if level.services[*carrier].owner == Some(owner) {
                    let more = sent(&after)[[taker, place]] - sent(&before)[[taker, place]];
                    let price = services[*carrier].counterparts[taker].price;
                    worth.push((owner, Reason::Service, more * (price - kind.variable_cost)));
                }
            }
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
        let mut worth = self.sales(taker, owner, |region| level.market.access_effect * more[region]);
        let referred: f64 =
            (0..level.regions.len()).map(|region| more[region] * market.region_sales(region, taker)).sum();
        worth.push((taker, Reason::Referrals, -price * referred));
        if let Some(owner) = owner {
            worth.push((owner, Reason::Service, price * referred));
        }
        worth
    }
}
