//! Allies with everybody else against whoever is to be feared.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::order::{Deal, Objection, Order, Term};
use crate::sim::Orders;
use crate::sim::state::negotiations::Agreement;

/// Makes fronts, and leaves them.
pub struct CoalitionBuilder;

/// Part of the way that what it remembers of a share moves to the share in a month.
const MEMORY: f64 = 1.0 / 12.0;

impl Strategy for CoalitionBuilder {
    fn name(&self) -> &'static str {
        "coalition-builder"
    }

    fn idea(&self) -> &'static str {
        "Fears whoever is large and grows, opens what it owns to everybody else, promises them to let that one in no further and asks the same of them, and leaves when another is to be feared (S9)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new(
                    "growth",
                    "what growth since about a year ago counts beside size",
                    2.0,
                    [0.0, 20.0],
                ),
                Parameter::new(
                    "fear",
                    "share of the market from which on somebody is feared",
                    0.2,
                    [0.0, 1.0],
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
        let [growth, fear] = values.all();
        let (shares, notes) = remembered(view, notes);
        let feared = feared(view, &shares, &notes, growth, fear);
        let fears = |from: usize| (Some(from) == feared).then_some(Objection::Feared);
        let mut orders = view.answers_but(fears, |_, worth| worth > 0.0);
        orders.extend(outdated(view, feared));
        for ally in view.others().filter(|&other| Some(other) != feared) {
            orders.extend(view.open_all_to(ally));
            if let Some(against) = feared
                && !view.deals_with(ally)
            {
                orders.push(front(view, ally, against));
            }
        }
        if let Some(feared) = feared {
            orders.extend(view.close_all_to(feared));
        }
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        (orders, notes)
    }
}

/// Shares of the market by platform, and what is remembered of them with this month's.
fn remembered(view: &PlatformView, notes: &Notes) -> (Vec<f64>, Notes) {
    let (market, mut notes) = (view.market(), notes.clone());
    let shares: Vec<f64> = market.platforms().map(|platform| market.share(platform)).collect();
    for (platform, share) in view.level.platforms.iter().zip(&shares) {
        let known = notes.entry(platform.id.clone()).or_insert(*share);
        *known += MEMORY * (share - *known);
    }
    (shares, notes)
}

/// Whoever is larger and grows faster than everybody else, this company included; nobody where it is this company itself.
fn feared(view: &PlatformView, shares: &[f64], notes: &Notes, growth: f64, fear: f64) -> Option<usize> {
    let threat = |platform: usize| {
        let before = notes.get(&view.level.platforms[platform].id).copied().unwrap_or_default();
        shares[platform] + growth * (shares[platform] - before)
    };
    let most =
        view.others().fold(view.me, |most, other| if threat(other) > threat(most) { other } else { most });
    (most != view.me && threat(most) >= fear).then_some(most)
}

/// Both promise to let a third company in no further.
fn front(view: &PlatformView, ally: usize, against: usize) -> Order {
    let term = Term::Front { against: view.level.platforms[against].id.clone() };
    let deal = Deal { gives: vec![term.clone()], asks: vec![term], months: 24, notice: 1, penalty: 0.0 };
    Order::Offer { to: view.level.platforms[ally].id.clone(), deal }
}

/// Leaves fronts against those who are not feared any more, and with those who are.
fn outdated(view: &PlatformView, feared: Option<usize>) -> Vec<Order> {
    let feared_id = feared.map(|platform| view.level.platforms[platform].id.as_str());
    let over = |agreement: &&Agreement| {
        let mut fronts = agreement.fronts_of(view.me).peekable();
        let is_front = fronts.peek().is_some();
        let with_feared = feared.is_some_and(|feared| agreement.parties.contains(&feared));
        is_front && !agreement.ending && (with_feared || fronts.any(|against| Some(against) != feared_id))
    };
    let own = view.public.ecosystem.negotiations.agreements.iter();
    let own = own.filter(|agreement| agreement.parties.contains(&view.me));
    own.filter(over).map(|agreement| Order::End { agreement: agreement.number, at_once: false }).collect()
}
