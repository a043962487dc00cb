//! What an offer is worth to each side, term by term: a first-order estimate from public facts, by the functions that the
//! simulation itself uses. In yuan a month, once everybody has got used to it.

mod front;
mod services;
mod shares;

use serde::{Deserialize, Serialize};

use super::PlatformView;
use crate::level::services::ServiceKind;
use crate::order::{Access, Deal, Term};
use crate::sim::rules::trust::fraud_rate;
use crate::sim::rules::visibility::{seen, visibility};
use crate::sim::rules::{ai, data};
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::services::ServiceState;

/// Months over which what an agreement costs to build is spread.
const YEAR: f64 = 12.0;
/// Chance that something open is closed in a month by somebody who has not promised otherwise, as one would guess.
const CHANCE_OF_CLOSING: f64 = 0.01;

/// Why something is worth something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// More is sold in the own shop, or less.
    Sales,
    /// Fees of an own service, less what it costs to serve.
    Service,
    /// Habitual users of an own wallet, won or lost.
    Habit,
    /// Fees for sales that somebody else's app refers.
    Referrals,
    /// Engineers who build it in.
    Engineering,
    /// What is open stays open.
    Safety,
    /// Money.
    Payment,
    /// Refunds to people who were cheated.
    Fraud,
    /// What a third company would have won by being let in.
    Front,
    /// Shares that are worth more than they cost, or less.
    Shares,
}

/// One line of an account: which term, why, and yuan a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Number of the term: those that are given, then those that are asked for.
    pub term: usize,
    /// Why.
    pub reason: Reason,
    /// Yuan a month.
    pub yuan: f64,
}

/// What a deal is worth to both.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Worth {
    /// To whoever proposes it.
    pub proposer: Vec<Line>,
    /// To the other.
    pub other: Vec<Line>,
}

impl Worth {
    /// Its sum for the proposer and for the other, yuan a month.
    pub fn sums(&self) -> (f64, f64) {
        let sum = |lines: &[Line]| lines.iter().map(|line| line.yuan).sum();
        (sum(&self.proposer), sum(&self.other))
    }
}

/// What a deal between two companies is worth to each.
pub fn worth(view: &PlatformView, proposer: usize, other: usize, deal: &Deal) -> Worth {
    let mut worth = Worth::default();
    let given = deal.gives.iter().map(|term| (term, proposer, other));
    let asked = deal.asks.iter().map(|term| (term, other, proposer));
    for (number, (term, giver, taker)) in given.chain(asked).enumerate() {
        let market = Estimate { view, services: view.public.ecosystem.services() };
        for (party, reason, yuan) in market.term(term, giver, taker) {
            let line = Line { term: number, reason, yuan };
            if party == proposer { worth.proposer.push(line) } else { worth.other.push(line) }
        }
    }
    worth
}

struct Estimate<'a> {
    view: &'a PlatformView,
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
                let level = &self.view.level;
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
        let level = &self.view.level;
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
        let built = self.view.public.ecosystem.engineering[taker].built[number];
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

    /// Sales that a platform would win by so much more utility in each region, to first order, and who would lose them:
    /// what it is worth to the two companies that deal.
    fn sales(
        &self,
        taker: usize,
        other: Option<usize>,
        utility: impl Fn(usize) -> f64,
    ) -> Vec<(usize, Reason, f64)> {
        let view = self.view;
        let level = &view.level;
        let market = view.market();
        let (mut won, mut lost) = (0.0, 0.0);
        for region in 0..level.regions.len() {
            let spending = level.region_potential(region) * view.public.online[region];
            let here = market.region_sales(region, taker);
            let share = if spending > 0.0 { here / spending } else { 0.0 };
            let more = here * (1.0 - share) * utility(region) / level.market.logit_scale.max(1e-3);
            won += more;
            if let Some(other) = other {
                let elsewhere = (spending - here).max(1.0);
                lost += more * market.region_sales(region, other) / elsewhere;
            }
        }
        let mut worth = vec![(taker, Reason::Sales, won * self.margin(taker))];
        if let Some(other) = other.filter(|&other| level.platforms[other].shop.is_some()) {
            worth.push((other, Reason::Sales, -lost * self.margin(other)));
        }
        worth
    }

    /// What a company keeps of its sales.
    fn margin(&self, platform: usize) -> f64 {
        let level = &self.view.level;
        let Some(prices) = &self.view.public.prices[platform] else { return 0.0 };
        let categories = 0..level.categories.len();
        let count = categories.len() as f64;
        let fees =
            categories.map(|category| prices.merchant_fees(category, &level.market)).sum::<f64>() / count;
        fees - level.market.operating_cost
    }

    fn data(&self, giver: usize, taker: usize) -> Vec<(usize, Reason, f64)> {
        let view = self.view;
        let level = &view.level;
        let known = |platform: usize| data::data_behind(level, view.public.matching[platform]);
        if view.public.ecosystem.negotiations.shares_data(giver, taker) {
            return Vec::new();
        }
        let fused = known(taker) + level.market.data_fusion * known(giver);
        let more = data::match_quality(level, fused) - view.public.matching[taker];
        let before = view.public.ai[taker];
        let smarter = ai::with_data(level, before, known(taker), fused) - before;
        let categories = level.categories.len() as f64;
        let utility: f64 = (0..level.categories.len())
            .map(|category| {
                data::match_utility(level, category, more) + ai::utility(level, category, smarter)
            })
            .sum::<f64>()
            / categories;
        self.sales(taker, Some(giver), |_| utility)
    }

    /// Whoever sees more polices better, and is trusted more. The taker's governance is guessed as what a company usually spends.
    fn insight(&self, giver: usize, taker: usize) -> Vec<(usize, Reason, f64)> {
        let view = self.view;
        let (level, market) = (&view.level, view.market());
        let negotiations = &view.public.ecosystem.negotiations;
        if negotiations.grants_insight(giver, taker) {
            return Vec::new();
        }
        let mut granted = negotiations.clone();
        granted.grant_insight(giver, taker);
        let sales = market.gmv(taker);
        let fraud = |negotiations: &Negotiations| {
            let visible = visibility(level, &seen(level, &market, negotiations, taker));
            fraud_rate(level.market.opening_governance * sales, sales, visible, &level.market)
        };
        let less = fraud(negotiations) - fraud(&granted);
        let trust = level.market.trust_slope * less;
        let mut worth = self.sales(taker, Some(giver), |_| level.market.trust_effect * trust);
        worth.push((taker, Reason::Fraud, level.market.fraud_refund * less * sales));
        worth
    }

    /// What the giver has open to the taker is worth more if it stays open.
    fn safety(&self, giver: usize, taker: usize) -> Vec<(usize, Reason, f64)> {
        let level = &self.view.level;
        let mut worth = 0.0;
        for (number, service) in self.services.iter().enumerate() {
            let open = service.counterparts[taker].in_force();
            if level.services[number].owner != Some(giver) || open == Access::Blocked {
                continue;
            }
            let mut closed = (*service).clone();
            closed.counterparts[taker].used = Access::Blocked;
            let mut services = self.services.clone();
            services[number] = &closed;
            let without = Estimate { view: self.view, services };
            let of_taker = |(party, _, yuan): (usize, Reason, f64)| if party == taker { yuan } else { 0.0 };
            let lines = without.service(number, open, None, taker).into_iter();
            worth += lines.map(of_taker).sum::<f64>().max(0.0);
        }
        vec![(taker, Reason::Safety, CHANCE_OF_CLOSING * YEAR * worth)]
    }
}
