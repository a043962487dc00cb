//! A view as a vector of bounded numbers. The same walk over a view writes the numbers and says what they are.

use super::services::services;
use super::sink::{Numbers, Sink, Words};
use crate::order::{MAX_MEMBERSHIP_FEE, MAX_RATE};
use crate::protocol::Feature;
use crate::sim::state::files::Stage;
use crate::strategy::PlatformView;

/// Adds what a seat sees to a row of numbers: of every seat of a level as many.
pub fn observe(view: &PlatformView, numbers: &mut Vec<f32>) {
    walk(view, &mut Numbers(numbers));
}

/// What the numbers of a seat are: of every seat of a level the same.
pub fn describe(view: &PlatformView) -> Vec<Feature> {
    let mut words = Words(Vec::new());
    walk(view, &mut words);
    words.0
}

fn walk(view: &PlatformView, sink: &mut impl Sink) {
    market(view, sink);
    let platforms = view.level.platforms.len();
    for place in 0..platforms {
        company(view, place, (view.me + place) % platforms, sink);
    }
    own(view, sink);
    services(view, sink);
    waiting(view, sink);
}

fn market(view: &PlatformView, sink: &mut impl Sink) {
    let level = &view.level;
    sink.part(|| "time".to_owned(), f64::from(view.turn - 1) / f64::from(view.last_turn.max(1)));
    for (category, usual) in level.categories.iter().zip(&view.public.spending) {
        sink.squashed(
            || format!("spending.{}", category.id),
            "part of a usual month, less 1",
            1.0,
            usual - 1.0,
        );
    }
    for (region, &online) in level.regions.iter().zip(&view.public.online) {
        sink.part(|| format!("online.{}", region.id), online);
    }
}

/// What everybody knows of a company. Companies are counted from the seat's own round, so that agents can play any seat.
fn company(view: &PlatformView, place: usize, platform: usize, sink: &mut impl Sink) {
    let (level, public) = (&view.level, &view.public);
    let of = |what: &str| if place == 0 { format!("own.{what}") } else { format!("rival{place}.{what}") };
    let potential = level.total_potential();
    let [regions, categories, platforms] = public.sales.shape();
    let sum = |of: &dyn Fn(usize, usize, usize) -> bool| {
        let cells = public.sales.cells().iter().enumerate();
        let of = |place: usize| {
            of(place / (categories * platforms), place / platforms % categories, place % platforms)
        };
        cells.filter(|(place, _)| of(*place)).map(|(_, sales)| sales).sum::<f64>()
    };
    let share = |own: f64, all: f64| if all > 0.0 { own / all } else { 0.0 };
    sink.flag(|| of("here"), level.platforms[platform].here);
    sink.part(|| of("share"), share(sum(&|_, _, p| p == platform), sum(&|_, _, _| true)));
    for category in 0..categories {
        let own = sum(&|_, c, p| (c, p) == (category, platform));
        let name = || of(&format!("share.{}", level.categories[category].id));
        sink.part(name, share(own, sum(&|_, c, _| c == category)));
    }
    let users: f64 = (0..regions).map(|region| public.users[[region, platform]]).sum();
    sink.part(|| of("users"), share(users, level.population()));
    let listed = (0..categories).map(|category| public.variety[[category, platform]]).sum::<f64>();
    sink.part(|| of("variety"), listed / categories as f64);
    sink.part(|| of("trust"), public.trust[platform]);
    sink.bounded(|| of("opinion"), "−1 to 1", 1.0, true, public.opinion[platform]);
    sink.part(|| of("matching"), public.matching[platform]);
    sink.part(|| of("ai"), public.ai[platform]);
    sink.squashed(|| of("market_value"), "yuan", 10.0 * potential, public.market_value[platform]);
    let prices = public.prices[platform].as_ref();
    for category in 0..categories {
        let rate = prices.map_or(0.0, |prices| prices.take_rates[category]);
        let name = || of(&format!("take_rate.{}", level.categories[category].id));
        sink.bounded(name, "fraction of sales", MAX_RATE, false, rate);
    }
    let mean = |numbers: &mut dyn Iterator<Item = f64>| {
        let (count, sum) = numbers.fold((0.0, 0.0), |(count, sum), number| (count + 1.0, sum + number));
        if count > 0.0 { sum / count } else { 0.0 }
    };
    let fee = prices.map_or(0.0, |prices| mean(&mut prices.consumer_fees.cells().iter().copied()));
    sink.bounded(|| of("consumer_fee"), "fraction of the price", MAX_RATE, false, fee);
    let coupon =
        prices.map_or(0.0, |prices| mean(&mut prices.coupons.cells().iter().map(|coupon| coupon.depth)));
    sink.bounded(|| of("coupon"), "fraction of the price", MAX_RATE, false, coupon);
    let load = prices.map_or(0.0, |prices| prices.advert_load);
    sink.bounded(|| of("advert_load"), "fraction of the screen", MAX_RATE, false, load);
    let fees = prices.map_or([0.0; 2], |prices| [prices.membership_fee, prices.merchant_fee]);
    sink.bounded(|| of("membership_fee"), "yuan a month", MAX_MEMBERSHIP_FEE, false, fees[0]);
    sink.bounded(|| of("merchant_fee"), "yuan a month", MAX_MEMBERSHIP_FEE, false, fees[1]);
    sink.flag(|| of("exclusive"), prices.is_some_and(|prices| prices.exclusive));
    let stage = public.files.0.get(platform).map_or(0.0, |file| match file.stage {
        Stage::Watched => 0.0,
        Stage::Warned { .. } => 0.25,
        Stage::Probed { .. } => 0.5,
        _ => 1.0,
    });
    sink.bounded(|| of("regulator"), "watched 0, warned ¼, probed ½, judged 1", 1.0, false, stage);
    sink.flag(|| of("solvent"), view.solvent(platform));
    if place > 0 {
        let agreements = &public.ecosystem.negotiations.agreements;
        let joined = agreements.iter().any(|agreement| agreement.partner_of(view.me) == Some(platform));
        sink.flag(|| of("agreement"), joined);
        sink.part(|| of("owned"), public.capital.stakes[[platform, view.me]]);
    }
}

fn own(view: &PlatformView, sink: &mut impl Sink) {
    let (level, own) = (&view.level, &view.own);
    let potential = level.total_potential();
    let month = |months: &[f64]| months.last().copied().unwrap_or(0.0);
    sink.squashed(|| "own.cash".to_owned(), "yuan", potential, own.cash);
    sink.squashed(|| "own.profit".to_owned(), "yuan a month", 0.01 * potential, month(&own.year.profits));
    sink.squashed(|| "own.claims".to_owned(), "yuan", potential, own.claims);
    sink.part(|| "own.budgets_funded".to_owned(), own.funded.budgets);
    let budgets = &own.policy.budgets;
    let total = |parts: &[f64]| parts.iter().sum::<f64>();
    for (name, amount) in [
        ("brand", budgets.brand),
        ("categories", total(&budgets.categories)),
        ("marketing", total(&budgets.marketing)),
        ("governance", budgets.governance),
        ("engineering", budgets.engineering),
        ("invitations", budgets.invitations),
        ("visits", total(&budgets.visits)),
        ("stores", total(&budgets.stores)),
        ("ai", budgets.ai),
    ] {
        sink.squashed(|| format!("own.budget.{name}"), "yuan a month", 0.005 * potential, amount);
    }
    for (name, amount) in [
        ("brand", own.stocks.brand),
        ("categories", total(&own.stocks.categories)),
        ("stores", total(&own.stocks.stores)),
        ("ai", own.stocks.ai),
    ] {
        sink.squashed(|| format!("own.stock.{name}"), "yuan a month", 0.005 * potential, amount);
    }
    sink.squashed(|| "own.stock.data".to_owned(), "months of all that could be sold", 1.0, own.stocks.data);
    for (region, &aware) in level.regions.iter().zip(&view.own_awareness) {
        sink.part(|| format!("own.awareness.{}", region.id), aware);
    }
}

fn waiting(view: &PlatformView, sink: &mut impl Sink) {
    let platforms = view.level.platforms.len();
    let offers = &view.public.ecosystem.negotiations.offers;
    for place in 1..platforms {
        let from = (view.me + place) % platforms;
        let offered = offers.iter().any(|offer| (offer.from, offer.to) == (from, view.me));
        sink.flag(|| format!("waiting.offer_of_rival{place}"), offered);
    }
    sink.flag(|| "waiting.event".to_owned(), view.public.chronicle.waiting_for(view.me).next().is_some());
    sink.flag(|| "waiting.decision".to_owned(), view.is_decided_against());
    sink.flag(|| "waiting.sale".to_owned(), !view.for_sale().is_empty());
}
