//! What strategies that deal have in common: who owns what, who has opened what to whom, and answers by worth.

use std::sync::Arc;

use super::PlatformView;
use super::worth::worth;
use crate::order::{Access, Answer, Deal, Objection, Order, Reason, Term};
use crate::sim::rules::worth::full_access;
use crate::sim::rules::{ai, data};

impl PlatformView {
    /// Own services, by number.
    pub fn own_services(&self) -> Vec<usize> {
        (0..self.level.services.len())
            .filter(|&number| self.level.services[number].owner == Some(self.me))
            .collect()
    }

    /// Everybody else, from the next neighbour round: whoever looks for the first that will do then favours no seat.
    pub fn others(&self) -> impl Iterator<Item = usize> + use<> {
        let (me, level) = (self.me, Arc::clone(&self.level));
        let platforms = level.platforms.len();
        let all = (1..platforms).map(move |step| (me + step) % platforms);
        all.filter(move |&other| level.platforms[other].here)
    }

    /// Whether a company has opened any of its services to another.
    pub fn has_opened(&self, owner: usize, to: usize) -> bool {
        let services = self.public.ecosystem.services.iter().zip(&self.level.services);
        services
            .filter(|(_, service)| service.owner == Some(owner))
            .any(|(state, _)| state.counterparts[to].granted > Access::Advert)
    }

    /// Whether a company owns anything that it could open to this one.
    pub fn could_open(&self, owner: usize) -> bool {
        self.has_shop() && self.level.services.iter().any(|service| service.owner == Some(owner))
    }

    /// Orders that open every own service to a platform, as far as it is not open yet.
    pub fn open_all_to(&self, to: usize) -> Vec<Order> {
        let closed = |&number: &usize| {
            self.public.ecosystem.services[number].counterparts[to].granted < self.full_access(number)
        };
        if self.has_promised_not_to_open(self.me, to) {
            return Vec::new();
        }
        let order = |number: usize| Order::Open {
            service: self.level.services[number].id.clone(),
            to: Some(self.level.platforms[to].id.clone()),
            access: self.full_access(number),
        };
        self.own_services().into_iter().filter(closed).map(order).collect()
    }

    /// How far a service is opened to those who are welcome.
    pub(super) fn full_access(&self, number: usize) -> Access {
        full_access(&self.level, number)
    }

    /// Orders that close every own service to a platform, where that breaks no promise.
    pub fn close_all_to(&self, to: usize) -> Vec<Order> {
        let negotiations = &self.public.ecosystem.negotiations;
        if negotiations.promised_not_to_block(self.me, to) {
            return Vec::new();
        }
        let open = |&number: &usize| {
            let granted = self.public.ecosystem.services[number].counterparts[to].granted;
            granted > Access::Blocked && negotiations.opens(number, to).is_none()
        };
        let order = |number: usize| Order::Close {
            service: self.level.services[number].id.clone(),
            to: Some(self.level.platforms[to].id.clone()),
        };
        self.own_services().into_iter().filter(open).map(order).collect()
    }

    /// Whether another's service is open further than it is used here, and is not being built in already.
    pub fn can_adopt(&self, number: usize) -> bool {
        let ecosystem = &self.public.ecosystem;
        let engineering = &ecosystem.engineering[self.me];
        let counterpart = ecosystem.services[number].counterparts[self.me];
        let deeper = engineering.built[number].min(counterpart.granted) > counterpart.used
            || engineering.built[number] < counterpart.granted
                && self.level.step_to(number, counterpart.granted).is_some();
        self.has_shop()
            && self.level.services[number].owner.is_some_and(|owner| owner != self.me)
            && counterpart.granted > Access::Blocked
            && deeper
            && !engineering.works_on(number)
            && engineering.is_ready(&self.level, number, counterpart.granted)
    }

    /// Orders to adopt every service that can be and is worth its while.
    pub fn adopt_what_pays(&self) -> Vec<Order> {
        let worth = |number: usize| {
            let service = &self.level.services[number];
            let access = self.public.ecosystem.services[number].counterparts[self.me].granted;
            let terms = vec![Term::Service { service: service.id.clone(), access, price: None }];
            let deal = Deal { gives: terms, asks: Vec::new(), months: 12, notice: 0, penalty: 0.0 };
            let owner = service.owner.filter(|_| self.can_adopt(number))?;
            Some(self.worth_to_me(owner, &deal)).filter(|&worth| worth > 0.0)
        };
        // What is worth most is built first; among equals the next neighbour's, so that no seat is everybody's first.
        let platforms = self.level.platforms.len();
        let away = |number: usize| {
            self.level.services[number].owner.map_or(0, |owner| (owner + platforms - self.me) % platforms)
        };
        let mut paying: Vec<(f64, usize)> =
            (0..self.level.services.len()).filter_map(|number| Some((worth(number)?, number))).collect();
        paying.sort_by(|one, other| other.0.total_cmp(&one.0).then(away(one.1).cmp(&away(other.1))));
        let adopt =
            |(_, number): (f64, usize)| Order::Adopt { service: self.level.services[number].id.clone() };
        paying.into_iter().map(adopt).collect()
    }

    /// Budgets for brand, categories, marketing and governance, as parts of sales, when cash allows them.
    pub fn budgets(&self, brand: f64, categories: f64, marketing: f64, governance: f64) -> Vec<Order> {
        let sales = self.budgeted_sales();
        let total = (brand + categories + marketing + governance) * sales;
        if !self.has_shop() || total > 0.5 * self.own.cash {
            return Vec::new();
        }
        vec![
            Order::BrandBudget { amount: brand * sales },
            Order::CategoryBudget { category: None, amount: categories * sales },
            Order::MarketingBudget { region: None, amount: marketing * sales },
            Order::GovernanceBudget { amount: governance * sales },
        ]
    }

    /// Budgets of whoever has no idea of its own about them: those whose idea is how to deal then differ in that alone.
    pub fn usual_budgets(&self) -> Vec<Order> {
        self.budgets(0.0035, 0.0035, 0.003, 0.004)
    }

    /// A budget for AI as a part of sales, as far as there is cash for it beside all other budgets.
    pub fn ai_budget(&self, part: f64) -> Option<Order> {
        let (cash, budgets) = (self.own.cash.max(0.0), &self.own.policy.budgets);
        // Those that are ordered in the same turn come to half of the cash at most.
        let others = (budgets.total() - budgets.ai).max(0.5 * cash);
        let amount = (part * self.budgeted_sales()).min(0.5 * (cash - others).max(0.0));
        self.has_shop().then_some(Order::AiBudget { amount })
    }

    /// Part of what data without end would be worth to its AI that its own are, those of partners included.
    pub fn data_to_learn_from(&self) -> f64 {
        ai::learnable(&self.level, data::data_behind(&self.level, self.public.matching[self.me]))
    }

    /// Whether AI is worth thinking about: with less than half of what could be learned it hardly pays (docs/experiments/ai.md), and of
    /// ideas that are all bad the luckiest looks good.
    pub fn may_learn(&self) -> bool {
        self.data_to_learn_from() >= 0.5 || self.own.policy.budgets.ai > 0.0
    }

    /// Orders that break every agreement with a company, penalty or not, as far as cash allows it.
    pub fn break_with(&self, other: usize) -> Vec<Order> {
        let between = self.public.ecosystem.negotiations.agreements.iter();
        let mut left = 0.5 * self.own.cash;
        let mut affordable = |penalty: f64| {
            left -= penalty;
            left >= 0.0
        };
        between
            .filter(|agreement| agreement.partner_of(self.me) == Some(other))
            .filter(|agreement| affordable(agreement.penalty))
            .map(|agreement| Order::End { agreement: agreement.number, at_once: true })
            .collect()
    }

    /// What a deal that another proposes is worth to this company, yuan a month: what it is worth to the other counts as far as it is its own.
    pub fn worth_to_me(&self, proposer: usize, deal: &Deal) -> f64 {
        let (theirs, mine) = worth(self, proposer, self.me, deal).sums();
        mine + self.public.capital.stakes[[proposer, self.me]] * theirs
    }

    /// Answers every offer that waits: yes to what is worth enough, which may depend on who asks.
    pub fn answers(&self, enough: impl Fn(usize, f64) -> bool) -> Vec<Order> {
        self.answers_but(|_| None, enough)
    }

    /// Answers every offer that waits: no to some who ask, whatever they offer, and yes to the others' where it is worth enough.
    pub fn answers_but(
        &self,
        bar: impl Fn(usize) -> Option<Objection>,
        enough: impl Fn(usize, f64) -> bool,
    ) -> Vec<Order> {
        let offers = self.public.ecosystem.negotiations.offers.iter();
        let objection = |from: usize, deal: &Deal| {
            let opens = |term: &Term| matches!(term, Term::Service { .. } | Term::Data | Term::Insight);
            let promised = deal.asks.iter().any(opens) && self.has_promised_not_to_open(self.me, from);
            bar(from).or(promised.then_some(Objection::Promised)).or_else(|| {
                let worth = self.worth_to_me(from, deal);
                (!enough(from, worth)).then(|| self.what_speaks_against(from, deal, worth))
            })
        };
        offers
            .filter(|offer| offer.to == self.me)
            .map(|offer| Order::Answer {
                from: self.level.platforms[offer.from].id.clone(),
                answer: objection(offer.from, &offer.deal).map_or(Answer::Accept, Answer::RefuseBecause),
            })
            .collect()
    }

    /// Why a deal that is not worth enough is refused.
    fn what_speaks_against(&self, from: usize, deal: &Deal, worth_to_me: f64) -> Objection {
        let lines = worth(self, from, self.me, deal).other;
        let costs = Reason::ALL.map(|reason| {
            let all: f64 = lines.iter().filter(|line| line.reason == reason).map(|line| line.yuan).sum();
            (all, reason)
        });
        let most = costs.into_iter().min_by(|one, other| one.0.total_cmp(&other.0));
        match most {
            Some((yuan, reason)) if yuan < 0.0 && worth_to_me < 0.0 => Objection::Costs(reason),
            _ if worth_to_me > 0.0 => Objection::TooLittle,
            _ => Objection::BringsNothing,
        }
    }

    /// Whether a company has promised somebody to open nothing further to another.
    pub fn has_promised_not_to_open(&self, by: usize, to: usize) -> bool {
        self.public.ecosystem.negotiations.front(by, &self.level.platforms[to].id).is_some()
    }

    /// Whether an offer of a platform that waits for an answer is to shut somebody out together.
    pub fn asks_for_a_front(&self, from: usize) -> bool {
        let offers = self.public.ecosystem.negotiations.offers.iter();
        let mut terms = offers
            .filter(|offer| (offer.from, offer.to) == (from, self.me))
            .flat_map(|offer| offer.deal.gives.iter().chain(&offer.deal.asks));
        terms.any(|term| matches!(term, Term::Front { .. }))
    }

    /// Whether an agreement with a platform is in force, or an offer between the two is on its way; or it can make none, since an
    /// administrator acts for it.
    pub fn deals_with(&self, other: usize) -> bool {
        let negotiations = &self.public.ecosystem.negotiations;
        !self.solvent(other)
            || negotiations
                .agreements
                .iter()
                .any(|agreement| agreement.parties.contains(&self.me) && agreement.parties.contains(&other))
            || negotiations.offers.iter().any(|offer| [offer.from, offer.to].contains(&other))
    }

    /// A service of an owner, granted as far as it goes.
    pub fn whole_service(&self, number: usize) -> Term {
        Term::Service {
            service: self.level.services[number].id.clone(),
            access: self.full_access(number),
            price: None,
        }
    }
}
