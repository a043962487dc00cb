//! Pulls levers at random.

use rand::RngExt;

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::order::{Answer, Deal, Term};
use crate::sim::{Audience, Order, Orders};

/// Pulls one or two levers a turn at random, within sane ranges, and deals at random where there is something to deal in.
pub struct Random;

impl Strategy for Random {
    fn name(&self) -> &'static str {
        "random"
    }

    fn idea(&self) -> &'static str {
        "Pulls one or two levers a turn at random, within sane ranges, and opens, closes, offers, answers and breaks at random: what no plan at all is worth."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const { &[Parameter::new("credit", "how often it changes a loan, in a turn", 0.0, [0.0, 1.0])] }
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        chance: &mut Chance,
    ) -> (Orders, Notes) {
        let mut orders = Orders::new();
        if view.has_shop() {
            let count = chance.random_range(1..=2);
            orders.extend((0..count).map(|_| lever(view, chance)));
        }
        orders.extend(answers(view, chance));
        if chance.random_bool(0.3) {
            orders.extend(dealing(view, chance));
        }
        let [credit] = values.all();
        if view.has_shop() && credit > 0.0 && chance.random_bool(credit) {
            orders.push(loan(view, chance));
        }
        (orders, notes.clone())
    }
}

/// Other terms for one side's loans, or another part for outside funds.
fn loan(view: &PlatformView, chance: &mut Chance) -> Order {
    let (rate, standard) = (chance.random_range(0.0..0.03), chance.random_range(0.0..=1.0));
    match chance.random_range(0..3) {
        0 if view.level.setup.merchants > 0 => Order::MerchantCredit { rate, standard },
        1 => Order::OutsideFunds { part: standard },
        _ => Order::BuyerCredit { rate, standard },
    }
}

/// Yes or no to every offer that waits, by the toss of a coin.
fn answers(view: &PlatformView, chance: &mut Chance) -> Orders {
    let waiting = view.public.ecosystem.negotiations.offers.iter().filter(|offer| offer.to == view.me);
    let toss = |from: usize, chance: &mut Chance| Order::Answer {
        from: view.level.platforms[from].id.clone(),
        answer: if chance.random_bool(0.5) { Answer::Accept } else { Answer::Refuse },
    };
    waiting.map(|offer| toss(offer.from, chance)).collect()
}

/// One thing done to another company; nothing where there is nothing to do.
fn dealing(view: &PlatformView, chance: &mut Chance) -> Option<Order> {
    let others: Vec<usize> = view.others().collect();
    let other = *pick(&others, chance)?;
    match chance.random_range(0..6) {
        0 => pick(&view.open_all_to(other), chance).cloned(),
        1 => pick(&view.close_all_to(other), chance).cloned(),
        2 => {
            let open: Vec<usize> = (0..view.level.services.len()).filter(|&n| view.can_adopt(n)).collect();
            let adopt = |&number: &usize| Order::Adopt { service: view.level.services[number].id.clone() };
            pick(&open, chance).map(adopt)
        }
        3 => {
            let agreements: Vec<u32> = view
                .public
                .ecosystem
                .negotiations
                .agreements
                .iter()
                .filter(|agreement| agreement.parties.contains(&view.me) && !agreement.ending)
                .map(|agreement| agreement.number)
                .collect();
            let at_once = chance.random_bool(0.5);
            pick(&agreements, chance).map(|&agreement| Order::End { agreement, at_once })
        }
        _ if view.deals_with(other) => None,
        _ => {
            let theirs: Vec<usize> = (0..view.level.services.len())
                .filter(|&number| view.level.services[number].owner == Some(other))
                .collect();
            let gives = pick(&view.own_services(), chance)
                .map(|&number| view.whole_service(number))
                .into_iter()
                .collect();
            let asks = pick(&theirs, chance).map_or(Term::NonBlocking, |&number| view.whole_service(number));
            let months = chance.random_range(6..=24);
            let penalty = (view.sales() * chance.random_range(0.0..0.001)).round();
            let deal = Deal { gives, asks: vec![asks], months, notice: 2, penalty };
            Some(Order::Offer { to: view.level.platforms[other].id.clone(), deal })
        }
    }
}

fn pick<'a, T>(among: &'a [T], chance: &mut Chance) -> Option<&'a T> {
    if among.is_empty() { None } else { among.get(chance.random_range(0..among.len())) }
}

fn lever(view: &PlatformView, chance: &mut Chance) -> Order {
    let level = &view.level;
    let category = Some(level.categories[chance.random_range(0..level.categories.len())].id.clone());
    let region = Some(level.regions[chance.random_range(0..level.regions.len())].id.clone());
    let sales = view.sales();
    match chance.random_range(0..9) {
        0 => Order::TakeRate { category, rate: chance.random_range(0.0..0.08) },
        1 => Order::ConsumerFee { region, category, rate: chance.random_range(0.0..0.02) },
        2 => Order::Coupon {
            region,
            category,
            audience: Audience::Switchers,
            depth: chance.random_range(0.0..0.15),
        },
        3 => Order::AdvertLoad { load: chance.random_range(0.0..0.1) },
        4 => Order::BrandBudget { amount: sales * chance.random_range(0.0..0.006) },
        5 => Order::CategoryBudget { category, amount: sales * chance.random_range(0.0..0.003) },
        6 => Order::MarketingBudget { region, amount: sales * chance.random_range(0.0..0.002) },
        7 => Order::GovernanceBudget { amount: sales * chance.random_range(0.0..0.006) },
        _ => Order::AiBudget { amount: sales * chance.random_range(0.0..0.006) },
    }
}
