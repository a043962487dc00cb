//! When a company is insolvent, what its services would fetch, and who gets them.

use crate::level::{Level, MarketParameters};
use crate::sim::draw::{Key, Purpose};
use crate::sim::state::insolvency::{Lot, SealedBid};
use crate::sim::state::outcome::Outcome;

/// Whether companies can become insolvent at all.
pub fn is_on(market: &MarketParameters) -> bool {
    months(market.distress_months) > 0
}

/// A parameter that is a number of months.
pub(in crate::sim) fn months(parameter: f64) -> u32 {
    parameter.round() as u32
}

/// How far below zero banks let a company's cash fall, in yuan: by what it sold last.
pub fn credit_line(market: &MarketParameters, outcome: &Outcome, platform: usize) -> f64 {
    market.credit_line * outcome.gmv(platform)
}

/// What an administrator would sell of a company, with what each service earned last month.
pub fn lots(level: &Level, outcome: &Outcome, platform: usize) -> Vec<Lot> {
    let own = (0..level.services.len()).filter(|&number| level.services[number].owner == Some(platform));
    let lot = |service: usize| {
        let earned = outcome.service_profit[service];
        Lot { service, earned, least: level.market.least_price_months * earned.max(0.0) }
    };
    own.map(lot).collect()
}

/// What a service is worth to whoever goes on with it as it is, in yuan: what it earns, for ever.
pub fn worth(lot: Lot, market: &MarketParameters) -> f64 {
    lot.earned.max(0.0) / market.discount_rate
}

/// The bid that a service goes to, among those for it that their bidders can pay now. Of equal ones a lot decides that is cast anew for
/// every month and service: neither the place in the list nor size counts.
pub(in crate::sim) fn highest(
    bids: &[SealedBid],
    service: usize,
    cash: impl Fn(usize) -> i128,
    (seed, turn): (u64, u32),
) -> Option<SealedBid> {
    let lots = Key::new(seed, turn, Purpose::Lot, service);
    let payable = bids.iter().filter(|bid| bid.service == service && cash(bid.by) >= bid.price);
    payable.copied().max_by_key(|bid| (bid.price, lots.bits(bid.by as u32)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::MarketBase;

    fn bid(by: usize, price: i128) -> SealedBid {
        SealedBid { by, service: 3, price }
    }

    #[test]
    fn the_highest_bid_that_can_be_paid_wins() {
        let bids = [bid(0, 500), bid(1, 900), bid(2, 700), SealedBid { service: 2, ..bid(0, 950) }];
        let of = |cash: [i128; 3]| highest(&bids, 3, |by| cash[by], (1, 1)).map(|bid| bid.by);
        assert_eq!(of([1_000; 3]), Some(1));
        assert_eq!(of([1_000, 899, 1_000]), Some(2), "who has spent it since comes to nothing");
        assert_eq!(of([0; 3]), None);
    }

    #[test]
    fn equal_bids_favour_no_seat() {
        let bids = [bid(0, 500), bid(1, 500), bid(2, 500)];
        let mut won = [0; 3];
        for turn in 0..3_000 {
            won[highest(&bids, 3, |_| 500, (7, turn)).expect("all can pay").by] += 1;
        }
        assert!(won.iter().all(|won| (900..1_100).contains(won)), "{won:?}");
        let other = [bids[2], bids[0], bids[1]];
        let by = |bids: &[SealedBid]| highest(bids, 3, |_| 500, (7, 1)).map(|bid| bid.by);
        assert_eq!(by(&bids), by(&other), "nor who bids first");
    }

    #[test]
    fn what_loses_money_is_worth_nothing() {
        let market = MarketParameters::of(MarketBase::Standard);
        assert_eq!(worth(Lot { service: 0, earned: -5.0, least: 0.0 }, &market), 0.0);
        assert_eq!(worth(Lot { service: 0, earned: 5.0, least: 60.0 }, &market), 500.0);
    }
}
