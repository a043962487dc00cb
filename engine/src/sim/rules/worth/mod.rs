//! What a term between two companies is worth to each, as anybody can estimate it: to first order, from public facts, by the
//! functions that the simulation itself uses. In yuan a month, once everybody has got used to it.

mod carriers;
mod front;
mod services;
mod shares;

use crate::level::Level;
use crate::level::services::ServiceKind;
pub use crate::order::Reason;
use crate::order::{Access, Term};
use crate::sim::rules::trust::fraud_rate;
use crate::sim::rules::visibility::{seen, visibility};
use crate::sim::rules::{ai, data};
use crate::sim::state::companies::Prices;
use crate::sim::state::engineering::Engineering;
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::ServiceState;

/// Months over which what an agreement costs to build is spread.
const YEAR: f64 = 12.0;
/// Chance that something open is closed in a month by somebody who has not promised otherwise, as one would guess.
const CHANCE_OF_CLOSING: f64 = 0.01;

/// The public facts that worths are estimated from. Lists are by platform, and services in the order of their numbers.
pub struct Facts<'a> {
    /// The level.
    pub level: &'a Level,
    /// What happened in the last month.
    pub market: &'a Outcome,
    /// Prices; nothing of companies without a shop.
    pub prices: Vec<Option<&'a Prices>>,
    /// How services stand.
    pub services: Vec<&'a ServiceState>,
    /// What is built.
    pub engineering: Vec<&'a Engineering>,
    /// Agreements.
    pub negotiations: &'a Negotiations,
}

impl Facts<'_> {
    /// What a term is worth: to whom, why, yuan a month. To the two who deal, and to all who lose sales by it.
    pub fn term(&self, term: &Term, giver: usize, taker: usize) -> Vec<(usize, Reason, f64)> {
        Estimate { facts: self, services: self.services.clone() }.term(term, giver, taker)
    }

    /// The same of a service as it would be if it were open to the taker so far and built in; nothing where it is.
    pub fn service(
        &self,
        number: usize,
        access: Access,
        price: Option<f64>,
        taker: usize,
    ) -> Vec<(usize, Reason, f64)> {
        Estimate { facts: self, services: self.services.clone() }.service(number, access, price, taker)
    }
}

impl Facts<'_> {
    /// What is lost where a service that is open so far is closed to a platform: to whom, why, yuan a month.
    pub fn lost(&self, number: usize, access: Access, taker: usize) -> Vec<(usize, Reason, f64)> {
        let estimate = Estimate { facts: self, services: self.services.clone() };
        let lines = estimate.without(number, taker, |closed| closed.service(number, access, None, taker));
        lines.into_iter().map(|(party, reason, yuan)| (party, reason, -yuan)).collect()
    }
}

/// How far a service is opened to those who are welcome: an app lets them in, and does not become theirs.
pub fn full_access(level: &Level, number: usize) -> Access {
    match level.services[number].kind {
        ServiceKind::App(_) => Access::MiniProgram,
        ServiceKind::Wallet(_) | ServiceKind::Carrier(_) => Access::Native,
    }
}

/// An estimate by how services stand, or would.
struct Estimate<'a> {
    facts: &'a Facts<'a>,
    services: Vec<&'a ServiceState>,
}

impl Estimate<'_> {
    /// What a term is worth: to whom, why, how much.
    fn term(&self, term: &Term, giver: usize, taker: usize) -> Vec<(usize, Reason, f64)> {
        match term {
            Term::Payment { amount } => {
                vec![(giver, Reason::Payment, -amount), (taker, Reason::Payment, *amount)]
            }
            Term::Data => self.data(giver, taker),
            Term::NonBlocking => self.safety(giver, taker),
            Term::Insight => self.insight(giver, taker),
            Term::Front { against } => self.front(giver, taker, against),
            Term::NewShares { part, price } => self.new_shares(giver, taker, *part, *price),
            Term::Stake { of, part, price } => self.stake(giver, taker, of, *part, *price),
            Term::Service { service, access, price } => {
                let level = self.facts.level;
                let Some(number) = level.services.iter().position(|known| known.id == *service) else {
                    return Vec::new();
                };
                self.service(number, *access, *price, taker)
            }
        }
    }

    /// A service as it would be if it were open to the taker and built in.
    fn service(
        &self,
        number: usize,
        access: Access,
        price: Option<f64>,
        taker: usize,
    ) -> Vec<(usize, Reason, f64)> {
        let level = self.facts.level;
        let now = self.services[number].counterparts[taker];
        if level.platforms[taker].shop.is_none() || now.in_force() >= access {
            return Vec::new();
        }
        let price = price.unwrap_or(now.price);
        let mut changed = self.opened(number, access, taker);
        changed.counterparts[taker].price = price;
        let mut services = self.services.clone();
        services[number] = &changed;
        let mut found = match level.services[number].kind {
            ServiceKind::Wallet(_) => self.wallet(number, price, taker),
            ServiceKind::Carrier(_) => self.carrier(number, &services, taker),
            ServiceKind::App(_) => self.link(number, price, &services, taker),
        };
        let built = self.facts.engineering[taker].built[number];
        if built < access
            && let Some(step) = level.step_to(number, access)
        {
            let cost = level.integration[step as usize].effort * level.market.engineer_cost / YEAR;
            found.push((taker, Reason::Engineering, -cost));
        }
        found
    }

    /// A service open to a platform that far, and built in.
    fn opened(&self, number: usize, access: Access, taker: usize) -> ServiceState {
        let mut changed = self.services[number].clone();
        (changed.counterparts[taker].granted, changed.counterparts[taker].used) = (access, access);
        changed
    }

    /// Sales that a platform would win by so much more utility in each region, to first order, and who would lose them: everybody else,
    /// and offline shops, as much as they sell.
    fn sales(&self, taker: usize, utility: impl Fn(usize) -> f64) -> Vec<(usize, Reason, f64)> {
        let Facts { level, market, .. } = *self.facts;
        let (mut won, mut lost) = (0.0, vec![0.0; level.platforms.len()]);
        for region in 0..level.regions.len() {
            let spending = level.region_potential(region) * market.online[region];
            let here = market.region_sales(region, taker);
            let share = if spending > 0.0 { here / spending } else { 0.0 };
            let more = here * (1.0 - share) * utility(region) / level.market.logit_scale.max(1e-3);
            won += more;
            let elsewhere = (spending - here).max(1.0);
            for (other, lost) in lost.iter_mut().enumerate() {
                *lost += more * market.region_sales(region, other) / elsewhere;
            }
        }
        let mut worth = vec![(taker, Reason::Sales, won * self.margin(taker))];
        let others = level.shops().into_iter().filter(|&other| other != taker);
        worth.extend(others.map(|other| (other, Reason::Sales, -lost[other] * self.margin(other))));
        worth
    }

    /// What a company keeps of its sales. How it governs is guessed as what a company usually spends on that.
    fn margin(&self, platform: usize) -> f64 {
        let level = self.facts.level;
        let Some(prices) = self.facts.prices[platform] else { return 0.0 };
        let categories = 0..level.categories.len();
        let count = categories.len() as f64;
        let fees =
            categories.map(|category| prices.merchant_fees(category, &level.market)).sum::<f64>() / count;
        let sales = self.facts.market.gmv(platform);
        let fraud = fraud_rate(level.market.opening_governance * sales, sales, 1.0, &level.market);
        fees - level.market.operating_cost - level.market.fraud_refund * fraud
    }

    fn data(&self, giver: usize, taker: usize) -> Vec<(usize, Reason, f64)> {
        let Facts { level, market, .. } = *self.facts;
        let known = |platform: usize| data::data_behind(level, market.matching[platform]);
        if self.facts.negotiations.shares_data(giver, taker) {
            return Vec::new();
        }
        let fused = known(taker) + level.market.data_fusion * known(giver);
        let more = data::match_quality(level, fused) - market.matching[taker];
        let before = market.ai[taker];
        let smarter = ai::with_data(level, before, known(taker), fused) - before;
        let categories = level.categories.len() as f64;
        let utility: f64 = (0..level.categories.len())
            .map(|category| {
                data::match_utility(level, category, more) + ai::utility(level, category, smarter)
            })
            .sum::<f64>()
            / categories;
        self.sales(taker, |_| utility)
    }

    /// Whoever sees more polices better, and is trusted more. The taker's governance is guessed as what a company usually spends.
    fn insight(&self, giver: usize, taker: usize) -> Vec<(usize, Reason, f64)> {
        let Facts { level, market, negotiations, .. } = *self.facts;
        if negotiations.grants_insight(giver, taker) {
            return Vec::new();
        }
        let mut granted = negotiations.clone();
        granted.grant_insight(giver, taker);
        let sales = market.gmv(taker);
        let fraud = |negotiations: &Negotiations| {
            let visible = visibility(level, &seen(level, market, negotiations, taker));
            fraud_rate(level.market.opening_governance * sales, sales, visible, &level.market)
        };
        let less = fraud(negotiations) - fraud(&granted);
        let trust = level.market.trust_slope * less;
        let mut worth = self.sales(taker, |_| level.market.trust_effect * trust);
        worth.push((taker, Reason::Fraud, level.market.fraud_refund * less * sales));
        worth
    }

    /// What would be estimated if a platform did not use a service.
    fn without<T>(&self, number: usize, taker: usize, estimated: impl Fn(&Estimate<'_>) -> T) -> T {
        let mut closed = self.services[number].clone();
        closed.counterparts[taker].used = Access::Blocked;
        let mut services = self.services.clone();
        services[number] = &closed;
        estimated(&Estimate { facts: self.facts, services })
    }

    /// What the giver has open to the taker is worth more if it stays open.
    fn safety(&self, giver: usize, taker: usize) -> Vec<(usize, Reason, f64)> {
        let level = self.facts.level;
        let mut worth = 0.0;
        for (number, service) in self.services.iter().enumerate() {
            let open = service.counterparts[taker].in_force();
            if level.services[number].owner != Some(giver) || open == Access::Blocked {
                continue;
            }
            let of_taker = |(party, _, yuan): (usize, Reason, f64)| if party == taker { yuan } else { 0.0 };
            let lines = self.without(number, taker, |closed| closed.service(number, open, None, taker));
            worth += lines.into_iter().map(of_taker).sum::<f64>().max(0.0);
        }
        vec![(taker, Reason::Safety, CHANCE_OF_CLOSING * YEAR * worth)]
    }
}
