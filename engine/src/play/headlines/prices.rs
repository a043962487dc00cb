//! What rivals ask of their users, and that they changed it.

use super::month::Month;
use super::story::{Price, PriceMove, Story};
use crate::level::MarketParameters;
use crate::sim::state::loans::LoanTerms;
use crate::sim::state::outcome::ratio;
use crate::sim::{Outcome, Prices};

/// What differs by less is the same price.
const SAME: f64 = 1e-9;

/// Rivals whose prices moved, each with all that it moved and where people went.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let moved = month.others().filter_map(|by| {
        let (before, after) = (&month.seen.public.prices[by], &month.view.public.prices[by]);
        let moves = moves(month, by, before.as_ref()?, after.as_ref()?);
        (!moves.is_empty()).then(|| Story::Prices { by, moves, won: won(month, by) })
    });
    moved.collect()
}

/// People whom it won in the month, from the player where there is one.
fn won(month: &Month, by: usize) -> f64 {
    match month.me {
        Some(me) => month.net(me, by),
        None => (0..month.flows.len()).filter(|&from| from != by).map(|from| month.net(from, by)).sum(),
    }
}

/// Every price that moved, the largest first.
fn moves(month: &Month, by: usize, before: &Prices, after: &Prices) -> Vec<PriceMove> {
    let (now, market) = (month.now, &month.level().market);
    let sales = now.gmv(by);
    let mut moves: Vec<PriceMove> =
        commission(now, by, before, after).into_iter().chain(fee(now, by, before, after)).collect();
    moves.extend(coupons(now, by, before, after));
    let whole = |price, from: f64, to: f64, stake: f64| {
        ((to - from).abs() > SAME).then_some(PriceMove { price, category: None, from, to, stake })
    };
    let adverts = |prices: &Prices, market: &MarketParameters| prices.adverts(market);
    let shown = (adverts(after, market) - adverts(before, market)) * sales;
    moves.extend(whole(Price::Adverts, before.advert_load, after.advert_load, shown));
    let (member, listed) = (now.user_count(by), now.merchant_count(by));
    let (from, to) = (before.membership_fee, after.membership_fee);
    moves.extend(whole(Price::Membership, from, to, (to - from) * member));
    let (from, to) = (before.merchant_fee, after.merchant_fee);
    moves.extend(whole(Price::Listing, from, to, (to - from) * listed));
    let owed = month.view.public.loans[by].owed.max(month.seen.public.loans[by].owed);
    for (price, was, is) in [
        (Price::MerchantLoans, before.credit.merchants, after.credit.merchants),
        (Price::BuyerLoans, before.credit.buyers, after.credit.buyers),
    ] {
        let asked = |terms: LoanTerms| if terms.lends() { terms.rate } else { 0.0 };
        let lends = 0.01 * sales * (f64::from(u8::from(is.lends())) - f64::from(u8::from(was.lends())));
        let (from, to) = (asked(was), asked(is));
        moves.extend(whole(price, from, to, (to - from) * owed + lends));
    }
    moves.sort_by(|one, other| other.stake.abs().total_cmp(&one.stake.abs()));
    moves
}

fn commission(now: &Outcome, by: usize, before: &Prices, after: &Prices) -> Option<PriceMove> {
    let sold = now.sales_by_category(by);
    let moved: Vec<usize> = (0..sold.len())
        .filter(|&category| (after.take_rates[category] - before.take_rates[category]).abs() > SAME)
        .collect();
    let mean = |rates: &[f64]| {
        ratio(rates.iter().zip(&sold).map(|(rate, sales)| rate * sales).sum(), sold.iter().sum())
    };
    let stake = moved
        .iter()
        .map(|&category| (after.take_rates[category] - before.take_rates[category]) * sold[category])
        .sum();
    let (category, from, to) = match moved[..] {
        [] => return None,
        [one] if sold.len() > 1 => (Some(one), before.take_rates[one], after.take_rates[one]),
        _ => (None, mean(&before.take_rates), mean(&after.take_rates)),
    };
    Some(PriceMove { price: Price::Commission, category, from, to, stake })
}

/// Fees on buyers: the mean over what is sold.
fn fee(now: &Outcome, by: usize, before: &Prices, after: &Prices) -> Option<PriceMove> {
    let mean = |prices: &Prices| {
        let [regions, categories] = prices.consumer_fees.shape();
        let cells = (0..regions).flat_map(|r| (0..categories).map(move |c| (r, c)));
        let paid = cells.map(|(r, c)| prices.consumer_fees[[r, c]] * now.sales[[r, c, by]]);
        ratio(paid.sum(), now.gmv(by))
    };
    let (from, to) = (mean(before), mean(after));
    let stake = (to - from) * now.gmv(by);
    ((to - from).abs() > SAME).then_some(PriceMove {
        price: Price::ConsumerFee,
        category: None,
        from,
        to,
        stake,
    })
}

/// Coupons: the deepest of those that changed.
fn coupons(now: &Outcome, by: usize, before: &Prices, after: &Prices) -> Option<PriceMove> {
    let [regions, categories] = after.coupons.shape();
    let cells = (0..regions).flat_map(|region| (0..categories).map(move |category| (region, category)));
    let depth = |prices: &Prices, (r, c): (usize, usize)| prices.coupons[[r, c]].depth;
    let moved: Vec<(usize, usize)> =
        cells.filter(|&cell| (depth(after, cell) - depth(before, cell)).abs() > SAME).collect();
    let first = moved.first()?;
    let deepest =
        |prices: &Prices| moved.iter().map(|&cell| depth(prices, cell)).fold(0.0, |most: f64, d| most.max(d));
    let given =
        |&(r, c): &(usize, usize)| (depth(after, (r, c)) - depth(before, (r, c))) * now.sales[[r, c, by]];
    let alone = categories > 1 && moved.iter().all(|cell| cell.1 == first.1);
    Some(PriceMove {
        price: Price::Coupons,
        category: alone.then_some(first.1),
        from: deepest(before),
        to: deepest(after),
        stake: moved.iter().map(given).sum(),
    })
}
