//! Looks for what both gain by.

use super::worth::worth;
use super::{Chance, Notes, PlatformView, Strategy};
use crate::order::{Access, Deal, Order, Term};
use crate::sim::Orders;

/// Part of a gain that it leaves to the other.
const SHARE: f64 = 0.5;

/// Proposes what both gain by.
pub struct Dealmaker;

impl Strategy for Dealmaker {
    fn name(&self) -> &'static str {
        "dealmaker"
    }

    fn idea(&self) -> &'static str {
        "Each month proposes to one rival the exchange that is worth most to both together, splits the gain by a payment, and breaks what has come to cost it more than the penalty (S9, S11)."
    }

    fn decide(&self, view: &PlatformView, notes: &Notes, _chance: &mut Chance) -> (Orders, Notes) {
        let mut orders = view.answers(|_, worth| worth > 0.0);
        orders.extend(regret(view));
        orders.extend(best_offer(view));
        orders.extend(view.adopt_what_pays());
        orders.extend(view.budgets(0.002, 0.002, 0.002));
        (orders, notes.clone())
    }
}

/// The exchange of single terms with the largest gain to both, to one with whom nothing is under way.
fn best_offer(view: &PlatformView) -> Option<Order> {
    let mut best: Option<(f64, usize, Deal)> = None;
    for other in view.others().filter(|&other| !view.deals_with(other)) {
        let mine = exchangeable(view, view.me, other);
        let theirs = exchangeable(view, other, view.me);
        let nothing = || std::iter::once(None);
        for gives in nothing().chain(mine.iter().map(Some)) {
            for asks in nothing().chain(theirs.iter().map(Some)) {
                let terms = |term: Option<&Term>| term.cloned().into_iter().collect::<Vec<_>>();
                let deal =
                    Deal { gives: terms(gives), asks: terms(asks), months: 12, notice: 2, penalty: 0.0 };
                let (mine, theirs) = worth(view, view.me, other, &deal).sums();
                let joint = mine + theirs;
                if joint > 0.0 && best.as_ref().is_none_or(|(found, ..)| joint > *found) {
                    best = Some((joint, other, split(view, deal, mine, theirs)));
                }
            }
        }
    }
    let (_, other, deal) = best?;
    Some(Order::Offer { to: view.level.platforms[other].id.clone(), deal })
}

/// A deal with a payment that leaves the other its share of the gain.
fn split(view: &PlatformView, mut deal: Deal, mine: f64, theirs: f64) -> Deal {
    let due = (SHARE * (mine + theirs) - theirs).round();
    let payment = |amount: f64| Term::Payment { amount: amount.min(1e12) };
    if due > 0.0 {
        deal.gives.push(payment(due.min(view.own.cash.max(0.0) / 12.0)));
    } else if due < 0.0 {
        deal.asks.push(payment(-due));
    }
    deal.penalty = (mine + theirs).clamp(0.0, 1e12).round();
    deal
}

/// What one company could still grant another.
fn exchangeable(view: &PlatformView, from: usize, to: usize) -> Vec<Term> {
    let closed = |&number: &usize| {
        let state = &view.public.ecosystem.services[number];
        view.level.services[number].owner == Some(from) && state.counterparts[to].granted <= Access::Advert
    };
    let services = (0..view.level.services.len()).filter(closed).map(|number| view.whole_service(number));
    let has_shop = |platform: usize| view.level.platforms[platform].shop.is_some();
    let shared = view.public.ecosystem.negotiations.shares_data(from, to);
    let data = (has_shop(from) && has_shop(to) && !shared).then_some(Term::Data);
    services.chain(data).collect()
}

/// Agreements that cost more than breaking them: what they grant is weighed again, as if they were new.
fn regret(view: &PlatformView) -> Vec<Order> {
    let agreements = view.public.ecosystem.negotiations.agreements.iter();
    let mine = agreements.filter(|agreement| agreement.parties.contains(&view.me) && !agreement.ending);
    mine.filter_map(|agreement| {
        let pays = |terms: &[Term]| -> f64 {
            terms.iter().map(|term| if let Term::Payment { amount } = term { *amount } else { 0.0 }).sum()
        };
        let partner = agreement.partner_of(view.me)?;
        let paid = pays(agreement.given_by(view.me)) - pays(agreement.given_by(partner));
        // What it pays for is in use by now: it is worth what its sales have gained, and that stays for a while.
        let months = f64::from(agreement.months);
        let too_dear = paid * months > agreement.penalty + 0.002 * view.sales() * months;
        too_dear.then_some(Order::End {
            agreement: agreement.number,
            at_once: agreement.penalty < paid * f64::from(agreement.notice),
        })
    })
    .collect()
}
