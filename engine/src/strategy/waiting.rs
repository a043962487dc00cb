//! What waits for a CEO, and how it is answered where its orders leave it open.

use super::view::PlatformView;
use crate::order::{Answer, Objection};
use crate::sim::{Order, Orders};

/// Answers of a CEO to what its orders leave open.
pub(super) trait Answers {
    /// The place of a choice of an event.
    fn choice(&mut self, view: &PlatformView, event: usize) -> usize;

    /// Bids for what an administrator sells.
    fn bids(&mut self, view: &PlatformView) -> Orders;

    /// The answer to a decision of the regulator.
    fn plea(&mut self, view: &PlatformView) -> Option<Order>;
}

/// What nobody has an idea about: an event by its default, no bid, and the regulator is obeyed.
struct Defaults;

impl Answers for Defaults {
    fn choice(&mut self, view: &PlatformView, event: usize) -> usize {
        view.level.events[event].default
    }

    fn bids(&mut self, _: &PlatformView) -> Orders {
        Orders::new()
    }

    fn plea(&mut self, _: &PlatformView) -> Option<Order> {
        Some(Order::Comply)
    }
}

impl PlatformView {
    /// Adds answers to all that waits and that `orders` leave open: each event by its default, no to every offer, and the regulator
    /// is obeyed. Nothing is bid.
    pub fn answer_by_default(&self, orders: &mut Orders) {
        answer_rest(self, orders, &mut Defaults);
    }
}

/// Adds answers to all that waits and that `orders` leave open; no to every offer.
pub(super) fn answer_rest(view: &PlatformView, orders: &mut Orders, answers: &mut dyn Answers) {
    for waiting in view.public.chronicle.waiting_for(view.me) {
        let id = &view.level.events[waiting.event].id;
        if !orders.iter().any(|order| matches!(order, Order::Choose { event, .. } if event == id)) {
            let choice = answers.choice(view, waiting.event);
            orders.extend(view.answer_to(waiting.event, choice));
        }
    }
    if !view.public.insolvencies.0.is_empty() {
        orders.extend(answers.bids(view));
    }
    orders.extend(refusals(view, orders));
    let pleads = |order: &Order| matches!(order, Order::Comply | Order::Contest);
    if view.is_decided_against() && !orders.iter().any(pleads) {
        orders.extend(answers.plea(view));
    } else if view.is_forbidden_something() && !orders.iter().any(pleads) {
        orders.extend(answers.plea(view).filter(|answer| *answer == Order::Comply));
    }
}

/// No to every offer that has no answer: whoever asks is told so.
fn refusals(view: &PlatformView, orders: &[Order]) -> Orders {
    let offers = view.public.ecosystem.negotiations.offers.iter().filter(|offer| offer.to == view.me);
    let ids = offers.map(|offer| &view.level.platforms[offer.from].id);
    let answered =
        |id: &String| orders.iter().any(|order| matches!(order, Order::Answer { from, .. } if from == id));
    let answer = Answer::RefuseBecause(Objection::NotInterested);
    ids.filter(|id| !answered(id))
        .map(|id| Order::Answer { from: id.clone(), answer: answer.clone() })
        .collect()
}
