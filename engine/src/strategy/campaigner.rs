//! One campaign at a time.

use super::dealmaker::best_offer;
use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::sim::{Audience, Order, Orders, Prices};

/// Campaigns where most is to be won or held, and rests between campaigns.
pub struct Campaigner;

/// Part of the way that what it remembers moves to what is, in a month.
const MEMORY: f64 = 1.0 / 6.0;
/// Part of its sales that must be at stake before it begins.
const STAKE: f64 = 0.005;
/// What is at stake counts so much where the last campaign was: whoever could be won there has been.
const AGAIN: f64 = 0.5;
/// Months between offers, and between two to the same company.
const OFFERS: u32 = 3;
const PATIENCE: f64 = 9.0;
/// Part of a gain by a deal that it keeps.
const SHARE: f64 = 0.5;

impl Strategy for Campaigner {
    fn name(&self) -> &'static str {
        "campaigner"
    }

    fn idea(&self) -> &'static str {
        "Runs one campaign at a time in the category where most is at stake: where it lost buyers, where a rival became dearer, or where a season begins. It pays people to switch, takes less from merchants while that lasts, and rests."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("depth", "of its coupons, as a part of the price", 0.06, [0.0, 0.5]),
                Parameter::new("cut", "in commission while a campaign lasts", 0.005, [0.0, 0.5]),
                Parameter::new("months", "that a campaign lasts", 3.0, [1.0, 120.0]),
                Parameter::new("rest", "months between campaigns", 1.0, [0.0, 120.0]),
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
        let [depth, cut, months, rest] = values.all();
        let mut orders = view.answers(|_, worth| worth > 0.0);
        let mut notes = notes.clone();
        if (view.turn + view.me as u32).is_multiple_of(OFFERS) {
            orders.extend(best_offer(view, SHARE, PATIENCE, &mut notes));
        }
        orders.extend(view.adopt_what_pays());
        orders.extend(view.usual_budgets());
        if !view.has_shop() {
            return (orders, notes);
        }
        let mut stakes = stakes(view, &mut notes);
        if let Some(last) = notes.get("last").and_then(|last| stakes.get_mut(*last as usize)) {
            *last *= AGAIN;
        }
        let turn = f64::from(view.turn);
        let until = notes.get("until").copied().unwrap_or(0.0);
        let running = notes.get("category").map(|category| *category as usize);
        match running {
            Some(category) if turn >= until => {
                orders.extend(prices(view, category, 0.0, notes.get("rate").copied().unwrap_or(0.0)));
                notes.remove("category");
                notes.insert("until".into(), turn + rest);
            }
            Some(_) => {}
            None if turn >= until => {
                let best = (0..stakes.len()).max_by(|&one, &other| stakes[one].total_cmp(&stakes[other]));
                let affordable = view.own.cash > 0.02 * view.sales();
                if let Some(category) = best.filter(|&best| affordable && stakes[best] > STAKE * view.sales())
                {
                    let rate = view.own.policy.prices.take_rates[category];
                    orders.extend(prices(view, category, depth, (rate - cut).max(0.0)));
                    notes.insert("category".into(), category as f64);
                    notes.insert("last".into(), category as f64);
                    notes.insert("rate".into(), rate);
                    notes.insert("until".into(), turn + months.max(1.0).floor());
                }
            }
            None => {}
        }
        (orders, notes)
    }
}

/// The prices of a category in a campaign, or after it.
fn prices(view: &PlatformView, category: usize, depth: f64, rate: f64) -> Orders {
    let id = || Some(view.level.categories[category].id.clone());
    vec![
        Order::Coupon { region: None, category: id(), audience: Audience::Switchers, depth },
        Order::TakeRate { category: id(), rate },
    ]
}

/// What a campaign is about, in yuan of sales a month by category: own sales that were lost since what is remembered, sales of rivals as
/// far as they became dearer than remembered, and own sales that a season adds next month.
fn stakes(view: &PlatformView, notes: &mut Notes) -> Vec<f64> {
    let (level, market) = (&view.level, view.market());
    let mut remembered = |what: String, now: f64| {
        let known = notes.entry(what).or_insert(now);
        let before = *known;
        *known += MEMORY * (now - before);
        before
    };
    let of_category = |category: usize| {
        let usual = |sales: f64| sales / view.public.spending[category];
        let sold =
            usual((0..level.platforms.len()).map(|platform| market.category_sales(category, platform)).sum());
        let id = &level.categories[category].id;
        let share = market.category_share(category, view.me);
        let lost = (remembered(format!("share {id}"), share) - share).max(0.0) * sold;
        let mut open = 0.0;
        for (rival, prices) in view.public.prices.iter().enumerate().filter(|(rival, _)| *rival != view.me) {
            let Some(prices) = prices else { continue };
            let now = dearness(prices, category);
            let dearer = now - remembered(format!("price {} {id}", level.platforms[rival].id), now);
            open += dearer.max(0.0) * sold * market.category_share(category, rival);
        }
        let season = level.spending(category, view.turn + 1) - level.spending(category, view.turn);
        lost + open + season.max(0.0) * sold * share * MEMORY
    };
    (0..level.categories.len()).map(of_category).collect()
}

/// What a platform takes of a sale from both sides, less what it gives back, on average over regions.
fn dearness(prices: &Prices, category: usize) -> f64 {
    let [regions, _] = prices.consumer_fees.shape();
    let of_buyers =
        |region: usize| prices.consumer_fees[[region, category]] - prices.coupons[[region, category]].depth;
    prices.take_rates[category] + (0..regions).map(of_buyers).sum::<f64>() / regions.max(1) as f64
}
