//! What an administrator sells: to whom, to whom not, and what becomes of it.

use walled_gardens::game::Seat;
use walled_gardens::order::{Access, Answer, Deal, Term};
use walled_gardens::sim::state::events::Event;
use walled_gardens::sim::{Account, Flow, Order, possible};
use walled_gardens::strategy::strategy;

use super::{HARBOUR, NORTH, PAY, SOUTH, bid, burning, played, small};

#[test]
fn a_service_goes_to_the_highest_bid_that_can_be_paid() {
    let prepared = small(&[]);
    let begins = played(&prepared, burning(&prepared, &[])).turn_of("in administration") + 1;
    let plan = [(begins, NORTH, bid(4e8)), (begins, SOUTH, bid(3e8))];
    let all = played(&prepared, burning(&prepared, &plan));
    let sold = Event::Sold { service: PAY, by: NORTH, of: HARBOUR, price: 40_000_000_000 };
    assert_eq!(all.told("sold"), [(begins, sold)]);
    let month = &all.outcomes[begins as usize];
    assert_eq!([NORTH, HARBOUR, SOUTH].map(|who| month.flow(who, Flow::Takeovers)), [-4e8, 4e8, 0.0]);
    let with = &all.outcomes[begins as usize + 1];
    assert!(with.flow(NORTH, Flow::WalletFees) > month.flow(NORTH, Flow::WalletFees) + 1e6);
    assert_eq!(with.flow(HARBOUR, Flow::WalletFees), 0.0);
    let level = all.game.simulation().level();
    assert_eq!(level.services[PAY].owner, Some(NORTH));
    let state = &all.game.simulation().ecosystem().services[PAY];
    assert_eq!(state.counterparts[NORTH].granted, Access::Native);
    assert!(state.serves(NORTH), "it is built in by the end");
    assert!(state.serves(SOUTH), "who used it still does");
    assert_eq!(prepared.level.services[PAY].owner, Some(HARBOUR), "the level as written stays");
}

#[test]
fn bids_that_cannot_be_are_refused_with_their_reason() {
    let prepared = small(&["platforms.south.cash=5e8"]);
    let begins = played(&prepared, burning(&prepared, &[])).turn_of("in administration") + 1;
    let other = |service: &str, price| Order::Bid { service: service.into(), price };
    let plan = [
        (2, NORTH, bid(4e8), "`harbour-pay` is not for sale"),
        (begins, NORTH, other("north-pay", 4e8), "`north-pay` is yours"),
        (begins, SOUTH, other("north-pay", 4e8), "`north-pay` is not for sale"),
        (begins, SOUTH, bid(4e9), "in cash"),
        (begins, SOUTH, bid(1e6), "goes for at least"),
        (begins, NORTH, bid(-1.0), "a bid is from 0"),
        (begins, NORTH, bid(f64::NAN), "a bid is from 0"),
        (begins, NORTH, other("ether", 1.0), "there is no service `ether`"),
        (begins, HARBOUR, other("north-pay", 1.0), "an administrator acts for Harbour"),
    ];
    let orders: Vec<_> = plan.iter().map(|(turn, seat, order, _)| (*turn, *seat, order.clone())).collect();
    let all = played(&prepared, burning(&prepared, &orders));
    assert_eq!(all.refused.len(), plan.len(), "{:?}", all.refused);
    for (_, seat, _, why) in &plan {
        assert!(all.refused.iter().any(|(_, by, reason)| by == seat && reason.contains(why)), "{why}");
    }
    let twice = [(begins, NORTH, bid(4e8)), (begins, NORTH, bid(5e8))];
    let all = played(&prepared, burning(&prepared, &twice));
    assert!(all.refused[0].2.contains("this turn already"), "{:?}", all.refused);
    assert!(possible(&prepared.level, NORTH, &bid(1e9)).is_ok());
    assert!(possible(&prepared.level, HARBOUR, &bid(1e9)).is_err());
    let open = Order::Open { service: "harbour-pay".into(), to: None, access: Access::Native };
    assert!(possible(&prepared.level, NORTH, &open).is_ok(), "it may be its own one day");
}

#[test]
fn a_bid_that_can_no_longer_be_paid_at_the_end_of_the_month_comes_to_nothing() {
    let prepared = small(&["platforms.south.cash=1e9"]);
    let begins = played(&prepared, burning(&prepared, &[])).turn_of("in administration") + 1;
    let spent = Order::BrandBudget { amount: 7e8 };
    let plan = [(begins, SOUTH, bid(9e8)), (begins, NORTH, bid(4e8)), (begins - 1, SOUTH, spent)];
    let all = played(&prepared, burning(&prepared, &plan));
    assert!(all.told("sold").iter().all(|(_, event)| event.by() == Some(NORTH)), "{:?}", all.told("sold"));
}

#[test]
fn who_can_pay_again_is_given_back_to_its_ceo() {
    let prepared = small(&[]);
    let begins = played(&prepared, burning(&prepared, &[])).turn_of("in administration") + 1;
    let lever = Order::TakeRate { category: None, rate: 0.03 };
    let plan = [(begins + 1, SOUTH, bid(2e9)), (begins + 2, HARBOUR, lever)];
    let all = played(&prepared, burning(&prepared, &plan));
    assert_eq!(all.told("rescued"), [(begins + 1, Event::Rescued { platform: HARBOUR })]);
    assert!(all.told("wound up").is_empty() && all.refused.is_empty(), "{:?}", all.refused);
    let last = &all.outcomes[24];
    assert!(last.flow(HARBOUR, Flow::Commissions) > 0.0 && last.value[HARBOUR] > 1e9);
    assert!(all.game.simulation().insolvencies().0.is_empty(), "nobody is in debt any more");
}

#[test]
fn what_nobody_buys_goes_on_by_itself_where_it_earns_and_closes_down_where_it_does_not() {
    for (changes, closes) in [
        (vec![], false),
        (vec!["services.harbour-pay.cost=0.05", "services.north-pay.accepted_by=[\"south\"]"], true),
    ] {
        let prepared = small(&changes);
        let all = played(&prepared, burning(&prepared, &[]));
        assert_eq!(!all.told("closed down").is_empty(), closes, "{changes:?}");
        let market = all.game.simulation();
        assert_eq!(market.level().services[PAY].owner, None);
        let state = &market.ecosystem().services[PAY];
        assert_eq!(state.serves(SOUTH), !closes);
        assert!(!state.serves(HARBOUR) && !market.ecosystem().services[0].serves(HARBOUR));
        if !closes {
            assert!(market.ledger().balance(Account::Service(PAY)) > 0);
        }
    }
}

#[test]
fn agreements_of_who_closes_end_and_what_was_sold_is_nobodys_promise() {
    let prepared = small(&["platforms.harbour.cash=3e8"]);
    let terms =
        vec![Term::Service { service: "harbour-pay".into(), access: Access::Native, price: Some(0.001) }];
    let asks = vec![Term::Payment { amount: 1e6 }];
    let deal = Deal { gives: terms, asks, months: 60, notice: 6, penalty: 1e9 };
    let data = Deal { gives: vec![Term::Data], asks: vec![], months: 60, notice: 6, penalty: 1e9 };
    let accept = |from: &str| Order::Answer { from: from.into(), answer: Answer::Accept };
    let mut plan = vec![
        (1, HARBOUR, Order::Offer { to: "south".into(), deal }),
        (1, HARBOUR, Order::Offer { to: "north".into(), deal: data }),
        (2, SOUTH, accept("harbour")),
        (2, NORTH, accept("harbour")),
    ];
    let begins = played(&prepared, burning(&prepared, &plan)).turn_of("in administration") + 1;
    plan.push((begins, NORTH, bid(3e8)));
    let all = played(&prepared, burning(&prepared, &plan));
    let ended: Vec<u32> = all.told("kept to the end").iter().map(|(turn, _)| *turn).collect();
    assert_eq!(ended, [begins, all.turn_of("wound up")]);
    assert!(all.told("broken").is_empty());
    let after = &all.outcomes[begins as usize + 1];
    assert_eq!(after.flow(SOUTH, Flow::AgreementPayments), 0.0, "nobody pays for what is another's");
    assert_eq!(
        all.game.simulation().ecosystem().services[PAY].counterparts[SOUTH].price,
        0.001,
        "as it stood"
    );
    assert!(all.outcomes[24].agreements.iter().all(|count| *count == 0.0));
}

#[test]
fn strategies_buy_what_is_worth_its_price_and_order_nothing_in_vain() {
    let prepared = small(&[]);
    for name in ["dealmaker", "steady-investor", "planner"] {
        let mut setup = burning(&prepared, &[]);
        for seat in [NORTH, SOUTH] {
            setup.seats[seat] = Seat::Strategy(strategy(name).expect("exists"));
        }
        setup.turns = 16;
        let all = played(&prepared, setup);
        let sold = all.told("sold");
        assert_eq!(sold.len(), 1, "{name}");
        assert_eq!(sold[0].0, all.turn_of("in administration") + 1, "{name}: at the first occasion");
        assert!(all.refused.is_empty(), "{name}: {:?}", all.refused);
    }
}
