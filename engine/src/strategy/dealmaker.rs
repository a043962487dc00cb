//! Looks for what both gain by.

use super::worth::worth;
use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::order::{Access, Deal, Order, Term};
use crate::sim::Orders;
use crate::sim::state::negotiations::Agreement;

/// What a good name is worth to it, over a month's sales: the least that a breach must save.
const GOOD_NAME: f64 = 0.0005;

/// Proposes what both gain by.
pub struct Dealmaker;

impl Strategy for Dealmaker {
    fn name(&self) -> &'static str {
        "dealmaker"
    }

    fn idea(&self) -> &'static str {
        "Each month proposes to one rival the exchange that is worth most to both together, splits the gain by a payment, and leaves what it would not agree to again (S9, S11)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("share", "of a gain that it keeps", 0.5, [0.0, 1.0]),
                Parameter::new(
                    "patience",
                    "months before it makes the same company another offer",
                    4.0,
                    [1.0, 120.0],
                ),
            ]
        }
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let [share, patience] = values.all();
        let mut notes = notes.clone();
        let mut orders = view.answers(|_, worth| worth > 0.0);
        orders.extend(regret(view));
        orders.extend(best_offer(view, share, patience, &mut notes));
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        (orders, notes)
    }
}

/// The exchange of single terms with the largest gain to both, to one with whom nothing is under way, and who was made no offer for a
/// while: whoever said no last month is not asked again.
pub(super) fn best_offer(view: &PlatformView, share: f64, patience: f64, notes: &mut Notes) -> Option<Order> {
    let mut best: Option<(f64, usize, Deal)> = None;
    let turn = f64::from(view.turn);
    let asked = |other: usize| format!("offered {}", view.level.platforms[other].id);
    let lately = |other: &usize| notes.get(&asked(*other)).is_some_and(|then| turn < then + patience);
    for other in view.others().filter(|&other| !view.deals_with(other)).filter(|other| !lately(other)) {
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
                    best = Some((joint, other, split(view, deal, [mine, theirs], share)));
                }
            }
        }
    }
    let (_, other, deal) = best?;
    notes.insert(asked(other), turn);
    Some(Order::Offer { to: view.level.platforms[other].id.clone(), deal })
}

/// A deal with a payment that leaves its proposer a share of the gain, and the other the rest.
fn split(view: &PlatformView, mut deal: Deal, [mine, theirs]: [f64; 2], share: f64) -> Deal {
    let due = ((1.0 - share) * (mine + theirs) - theirs).round();
    let payment = |amount: f64| Term::Payment { amount: amount.min(1e12) };
    if due > 0.0 {
        deal.gives.push(payment(due.min(view.own.cash.max(0.0) / 12.0)));
    } else if due < 0.0 {
        deal.asks.push(payment(-due));
    }
    // Half of what a month of it gains both: enough to be meant, not so much that nobody would ever leave.
    deal.penalty = (0.5 * (mine + theirs)).clamp(0.0, 1e12).round();
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
    let owns = view.level.services.iter().any(|service| service.owner == Some(from));
    let sees = view.public.ecosystem.negotiations.grants_insight(from, to);
    let police = view.level.market.blindness > 0.0 && owns && has_shop(to) && !sees;
    if view.has_promised_not_to_open(from, to) {
        return Vec::new();
    }
    services.chain(data).chain(police.then_some(Term::Insight)).collect()
}

/// Ends agreements that it would not make again: at once where that saves more than the penalty and its good name.
fn regret(view: &PlatformView) -> Vec<Order> {
    let agreements = view.public.ecosystem.negotiations.agreements.iter();
    let mine = agreements.filter(|agreement| agreement.parties.contains(&view.me) && !agreement.ending);
    mine.filter_map(|agreement| {
        let loss = -worth_anew(view, agreement);
        let saved = loss * f64::from(agreement.notice.min(agreement.months));
        (loss > 0.0).then_some(Order::End {
            agreement: agreement.number,
            at_once: agreement.penalty + GOOD_NAME * view.sales() < saved,
        })
    })
    .collect()
}

/// What an agreement in force would be worth to this company if it were proposed now.
fn worth_anew(view: &PlatformView, agreement: &Agreement) -> f64 {
    let mut before = view.clone();
    let ecosystem = &mut before.public.ecosystem;
    ecosystem.negotiations.agreements.retain(|other| other.number != agreement.number);
    for (service, to, counterpart) in &agreement.opened {
        ecosystem.services[*service].counterparts[*to].granted = counterpart.granted;
    }
    let [gives, asks] = agreement.gives.clone();
    let deal =
        Deal { gives, asks, months: agreement.months, notice: agreement.notice, penalty: agreement.penalty };
    let (proposer, other) = worth(&before, agreement.parties[0], agreement.parties[1], &deal).sums();
    if agreement.parties[0] == view.me { proposer } else { other }
}
