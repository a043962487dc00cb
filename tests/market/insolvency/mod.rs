//! Companies that run out of money: told, run by an administrator, sold in parts, rescued or closed.

mod bids;

use std::sync::Arc;

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::history::Replay;
use walled_gardens::level::services::ServiceKind;
use walled_gardens::order::{Deal, Term};
use walled_gardens::sim::state::events::Event;
use walled_gardens::sim::{Flow, Order, Orders, Outcome};
use walled_gardens::strategy::{PlatformView, strategy};

use crate::{prepared, setup};

const LEVEL: &str = "systems/s29_distress";
const NORTH: usize = 0;
const SOUTH: usize = 1;
const HARBOUR: usize = 2;
const PAY: usize = 1;

fn small(changes: &[&str]) -> Prepared {
    let mut all = vec!["reference=[]", "setup.consumers=1500", "setup.merchants=300"];
    all.extend(changes);
    prepared(LEVEL, &all)
}

/// Harbour asks nothing of its merchants from the first turn on; beyond that everybody orders this, by turn and seat.
fn burning(prepared: &Prepared, orders: &[(u32, usize, Order)]) -> Setup {
    let mut setup = setup(prepared, "passive");
    let mut plans = vec![vec![Orders::new(); setup.turns as usize]; 3];
    plans[HARBOUR][0] = vec![Order::TakeRate { category: None, rate: 0.0 }, Order::AdvertLoad { load: 0.0 }];
    for (turn, seat, order) in orders {
        plans[*seat][*turn as usize - 1].push(order.clone());
    }
    for (seat, plan) in setup.seats.iter_mut().zip(plans) {
        *seat = Seat::Recorded("plan".into(), plan);
    }
    setup
}

/// A match that was played, with what came of every turn, the opening first, and all refusals by turn, seat and reason.
struct Played {
    game: Match,
    outcomes: Vec<Outcome>,
    refused: Vec<(u32, usize, String)>,
}

fn played(prepared: &Prepared, setup: Setup) -> Played {
    let mut game = Match::new(prepared, setup);
    let (mut outcomes, mut refused) = (vec![game.simulation().outcome().clone()], Vec::new());
    while !game.is_over() {
        let record = game.play_turn();
        assert_eq!(game.simulation().ledger().sum(), 0);
        let outcome = record.outcome;
        for (seat, list) in record.refusals.into_iter().enumerate() {
            refused.extend(list.into_iter().map(|refusal| (outcome.turn, seat, refusal.reason)));
        }
        let fine = |list: &[f64]| list.iter().all(|number| number.is_finite());
        assert!(fine(&outcome.value) && fine(outcome.sales.cells()), "turn {}", outcome.turn);
        outcomes.push(outcome);
    }
    Played { game, outcomes, refused }
}

impl Played {
    /// The turns after which something of a kind was told, and what.
    fn told(&self, kind: &str) -> Vec<(u32, Event)> {
        let of = |outcome: &Outcome| {
            let news = outcome.news.iter().filter(|event| event.kind() == kind);
            news.map(|event| (outcome.turn, *event)).collect::<Vec<_>>()
        };
        self.outcomes.iter().flat_map(of).collect()
    }

    fn turn_of(&self, kind: &str) -> u32 {
        self.told(kind).first().unwrap_or_else(|| panic!("nobody is {kind}")).0
    }
}

fn bid(price: f64) -> Order {
    Order::Bid { service: "harbour-pay".into(), price }
}

#[test]
fn who_owes_too_much_is_told_then_run_by_an_administrator_and_then_closed() {
    let prepared = small(&["market.credit_line=0"]);
    let lever = Order::TakeRate { category: None, rate: 0.03 };
    let offer = Order::Offer {
        to: "harbour".into(),
        deal: Deal { gives: vec![], asks: vec![Term::Data], months: 6, notice: 1, penalty: 0.0 },
    };
    let all: Vec<_> =
        (1..=24).flat_map(|turn| [(turn, HARBOUR, lever.clone()), (turn, NORTH, offer.clone())]).collect();
    let (distress, administration, closing) = {
        let known = played(&prepared, burning(&prepared, &[]));
        (known.turn_of("in distress"), known.turn_of("in administration"), known.turn_of("wound up"))
    };
    assert_eq!(
        (administration, closing),
        (distress + 2, distress + 6),
        "three months in debt, and four in administration"
    );
    let late: Vec<_> = all.into_iter().filter(|(turn, ..)| *turn > administration).collect();
    let all = played(&prepared, burning(&prepared, &late));
    let (first, insolvent) =
        (&all.outcomes[distress as usize], |turn: u32| all.outcomes[turn as usize].insolvent[HARBOUR]);
    assert!(first.news.contains(&Event::Distressed { platform: HARBOUR, months: 2 }));
    assert!(first.cash[HARBOUR] < 0.0 && all.outcomes[distress as usize - 1].cash[HARBOUR] >= 0.0);
    assert_eq!([administration - 1, administration, closing, 24].map(insolvent), [0.0, 1.0, 1.0, 1.0]);
    // What it orders and what it is offered is refused, and says why.
    for (turn, seat, reason) in &all.refused {
        let why = if *turn <= closing {
            format!("for Harbour until turn {closing}")
        } else {
            "Harbour has closed".into()
        };
        assert!(reason.contains(&why), "{turn} {seat} {reason}");
    }
    assert_eq!(all.refused.len(), 2 * (24 - administration as usize));
    for outcome in &all.outcomes[administration as usize + 1..=closing as usize] {
        let spent =
            [Flow::Brand, Flow::Categories, Flow::Marketing, Flow::Governance, Flow::Coupons, Flow::Ai];
        assert!(spent.iter().all(|flow| outcome.flow(HARBOUR, *flow) == 0.0));
        assert_eq!(outcome.flow(HARBOUR, Flow::Commissions), 0.0, "prices stand");
    }
    let last = &all.outcomes[closing as usize];
    let owed = all.outcomes[closing as usize - 1].cash[HARBOUR] + last.profit[HARBOUR];
    assert!((last.flow(HARBOUR, Flow::WrittenOff) + owed).abs() < 0.01, "its creditors bear it");
    assert_eq!((last.cash[HARBOUR], last.value[HARBOUR]), (0.0, 0.0));
    for outcome in &all.outcomes[closing as usize + 1..] {
        assert!(outcome.flows[HARBOUR].iter().all(|flow| *flow == 0), "turn {}", outcome.turn);
        let left = [
            outcome.gmv(HARBOUR),
            outcome.value[HARBOUR],
            outcome.cash[HARBOUR],
            outcome.merchant_count(HARBOUR),
        ];
        assert_eq!(left, [0.0; 4], "turn {}", outcome.turn);
    }
    let (before, after) = (last, &all.outcomes[closing as usize + 1]);
    for other in [NORTH, SOUTH] {
        assert!(after.gmv(other) > 1.03 * before.gmv(other), "its buyers choose again");
    }
    assert!(after.merchant_count(SOUTH) > before.merchant_count(SOUTH), "and so do its merchants");
}

#[test]
fn banks_lend_a_company_as_much_as_it_sells_promises() {
    let after = |line: &str| {
        let prepared = small(&[line]);
        let all = played(&prepared, burning(&prepared, &[]));
        let told = all.told("in distress");
        assert_eq!(told.len(), 1);
        let Event::Distressed { months, .. } = told[0].1 else { panic!("{told:?}") };
        (months, all.turn_of("in administration") - told[0].0)
    };
    assert_eq!(after("market.credit_line=0"), (2, 2));
    let (months, turns) = after("market.credit_line=0.05");
    assert!(months == 3 && turns > 2, "{months} {turns}");
    assert!(after("market.credit_line=0.1").1 > turns);
}

#[test]
fn nobody_is_ever_insolvent_where_the_market_does_not_say_so() {
    let prepared = small(&["market.distress_months=0"]);
    let all = played(&prepared, burning(&prepared, &[(20, NORTH, bid(1e9))]));
    assert!(all.outcomes[24].cash[HARBOUR] < -1e8 && all.outcomes[24].gmv(HARBOUR) > 0.0);
    assert!(all.told("in distress").is_empty());
    assert!(all.refused[0].2.contains("no company becomes insolvent here"), "{:?}", all.refused);
}

#[test]
fn funds_take_over_what_borrowers_owe_a_lender_that_closes() {
    let prepared = small(&["platforms.harbour.cash=6e8"]);
    let loans = Order::BuyerCredit { rate: 0.01, standard: 0.3 };
    let all = played(&prepared, burning(&prepared, &[(1, HARBOUR, loans)]));
    let closing = all.turn_of("wound up") as usize;
    assert!(all.outcomes[2].loans[HARBOUR].claims > 1e7, "{:?}", all.outcomes[2].loans[HARBOUR]);
    assert_eq!(all.outcomes[closing].loans[HARBOUR].claims, 0.0);
    assert_eq!(all.game.simulation().ledger().claims(HARBOUR), 0.0);
    for outcome in &all.outcomes[closing + 1..] {
        assert!(outcome.flows[HARBOUR].iter().all(|flow| *flow == 0), "turn {}", outcome.turn);
    }
}

#[test]
fn a_match_is_the_same_on_any_number_of_threads_and_is_replayed() {
    let prepared = small(&[]);
    let play = |threads: usize| {
        let mut setup = burning(&prepared, &[]);
        for seat in [NORTH, SOUTH] {
            setup.seats[seat] = Seat::Strategy(strategy("dealmaker").expect("exists"));
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        setup.population.threads = (threads > 1).then(|| Arc::new(pool));
        setup.population.consumers = 3_000;
        let mut game = Match::new(&prepared, setup);
        let mut replay = Replay::new(&prepared.level, game.setup());
        while !game.is_over() {
            let orders = game.play_turn().orders;
            replay.push(orders, game.simulation().state_hash());
        }
        replay
    };
    let (one, two) = (play(1), play(2));
    assert_eq!(one.hashes, two.hashes);
    assert!(one.verify("a replay").expect("plays").is_none());
}

#[test]
fn an_imagined_market_knows_who_is_insolvent_and_who_is_gone() {
    let prepared = small(&[]);
    let known = played(&prepared, burning(&prepared, &[]));
    let (begins, closing) = (known.turn_of("in administration") + 1, known.turn_of("wound up"));
    let mut game = Match::new(&prepared, burning(&prepared, &[]));
    (0..begins).for_each(|_| drop(game.play_turn()));
    let view = PlatformView::new(game.simulation(), NORTH, 24);
    assert!(!view.solvent(HARBOUR) && view.solvent(SOUTH) && view.for_sale().len() == 1);
    assert!(view.known_debt(HARBOUR).is_some_and(|debt| debt > 0.0));
    let market = view.imagine(3);
    let bought = market.outcome_of(NORTH, vec![bid(4e8)], 6);
    let left = market.outcome_of(NORTH, Orders::new(), 6);
    assert_eq!((left.gmv(HARBOUR), left.value[HARBOUR]), (0.0, 0.0));
    assert!(bought.flow(NORTH, Flow::WalletFees) > left.flow(NORTH, Flow::WalletFees) + 1e6);
    (begins..closing + 2).for_each(|_| drop(game.play_turn()));
    let view = PlatformView::new(game.simulation(), NORTH, 24);
    assert!(view.public.prices[HARBOUR].is_none() && view.others().eq([SOUTH]));
    let later = view.imagine(3).outcome_of(NORTH, Orders::new(), 3);
    assert_eq!((later.gmv(HARBOUR), later.value[HARBOUR], later.cash[HARBOUR]), (0.0, 0.0, 0.0));
    let real = game.simulation().outcome().share(NORTH);
    assert!((later.share(NORTH) - real).abs() < 0.08, "{} {real}", later.share(NORTH));
    // Its own CEO may look on.
    let own = PlatformView::new(game.simulation(), HARBOUR, 24);
    assert_eq!(own.imagine(3).outcome_of(HARBOUR, Orders::new(), 2).value[HARBOUR], 0.0);
}

#[test]
fn a_market_goes_on_when_everybody_has_closed() {
    let broke = ["platforms.north.cash=1e6", "platforms.south.cash=1e6", "platforms.harbour.cash=1e6"];
    let dear = ["north", "south", "harbour"].map(|id| format!("platforms.{id}.fixed_cost=5e8"));
    let changes: Vec<&str> = broke.into_iter().chain(dear.iter().map(String::as_str)).collect();
    let prepared = small(&changes);
    let mut all = played(&prepared, setup(&prepared, "dealmaker"));
    let last = &all.outcomes[24];
    assert_eq!((last.total(), last.value.clone()), (0.0, vec![0.0; 3]));
    assert!(all.game.simulation().level().platforms.iter().all(|platform| platform.left));
    all.game.judge();
    let view = PlatformView::new(all.game.simulation(), NORTH, 24);
    assert_eq!(view.imagine(1).outcome_of(NORTH, Orders::new(), 2).total(), 0.0);
}

#[test]
fn a_newcomer_that_closes_does_not_come_back() {
    let changes = [
        "platforms.harbour.enters=Turn(3)",
        "platforms.harbour.shop=()",
        "services=[]",
        "platforms.harbour.fixed_cost=3e8",
        "events=[(id: \"door\", title: \"A door\", when: Turn(20), effects: [Enter(\"harbour\"), Pay(to: \"harbour\", amount: 1e9)])]",
    ];
    let prepared = small(&changes);
    let all = played(&prepared, burning(&prepared, &[]));
    assert_eq!(all.told("entered").len(), 1);
    let closing = all.turn_of("wound up") as usize;
    assert!(closing < 20);
    for outcome in &all.outcomes[closing + 1..] {
        assert_eq!((outcome.gmv(HARBOUR), outcome.cash[HARBOUR]), (0.0, 0.0), "turn {}", outcome.turn);
    }
}

#[test]
fn no_insolvency_breaks_a_market_of_many_services() {
    let poor: Vec<String> = prepared("history/china_2024", &[])
        .level
        .platforms
        .iter()
        .map(|platform| format!("platforms.{}.cash={:e}", platform.id, platform.fixed_cost))
        .collect();
    for (seats, seed) in [("random", 1), ("dealmaker", 2), ("random(credit: 0.5)", 3)] {
        let mut changes = vec![
            "reference=[]",
            "market.distress_months=1",
            "market.administration_months=2",
            "market.credit_line=0",
            "market.third_party_response=0.05",
        ];
        changes.extend(["setup.consumers=1500", "setup.merchants=300", "setup.turns=18"]);
        changes.extend(poor.iter().map(String::as_str));
        let prepared = prepared("history/china_2024", &changes);
        let mut setup = setup(&prepared, seats);
        setup.population.seed = seed;
        let all = played(&prepared, setup);
        let owned = |kind: &ServiceKind| matches!(kind, ServiceKind::Carrier(_));
        assert!(prepared.level.services.iter().any(|service| owned(&service.kind)));
        for platform in
            all.outcomes[18].platforms().filter(|&p| all.game.simulation().level().platforms[p].left)
        {
            assert_eq!((all.outcomes[18].cash[platform], all.outcomes[18].value[platform]), (0.0, 0.0));
            let owns =
                all.game.simulation().level().services.iter().any(|service| service.owner == Some(platform));
            assert!(!owns, "nobody who has closed owns anything");
        }
    }
}
