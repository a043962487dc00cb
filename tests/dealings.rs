//! Services and agreements: what is refused says why and costs no turn; what is agreed is kept, ended or broken.
#![allow(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::history::TurnRecord;
use walled_gardens::level::Level;
use walled_gardens::order::{Access, Answer, Deal, Order, Reason, Term};
use walled_gardens::sim::Flow;
use walled_gardens::sim::Orders;
use walled_gardens::sim::state::events::Event;
use walled_gardens::sim::state::relations::deeds;
use walled_gardens::strategy::worth::worth;
use walled_gardens::strategy::{self, PlatformView};

fn level() -> Level {
    let text = include_str!("fixtures/dealings.ron");
    Level::from_text("dealings", text, &strategy::vocabulary()).unwrap_or_else(|error| panic!("{error}"))
}

/// What happens when north, south and harbour give these orders, by turn.
fn play(orders: [Vec<Orders>; 3]) -> Vec<TurnRecord> {
    let prepared = Prepared::new(level());
    let mut setup = Setup::of(&prepared.level).expect("the level's strategies exist");
    for (seat, orders) in orders.into_iter().enumerate() {
        setup.seats[seat] = Seat::Recorded("orders".into(), orders);
    }
    let mut game = Match::new(&prepared, setup);
    let mut records = Vec::new();
    while !game.is_over() {
        records.push(game.play_turn());
        assert_eq!(game.simulation().ledger().sum(), 0);
    }
    records
}

fn deal(gives: Vec<Term>, asks: Vec<Term>) -> Deal {
    Deal { gives, asks, months: 3, notice: 2, penalty: 1e6 }
}

fn service(id: &str) -> Term {
    Term::Service { service: id.into(), access: Access::Native, price: None }
}

fn offer(to: &str, deal: Deal) -> Order {
    Order::Offer { to: to.into(), deal }
}

#[test]
fn what_cannot_be_done_is_refused_with_its_reason_and_costs_no_turn() {
    let id = |id: &str| id.to_owned();
    let cases: Vec<(Order, &str)> = vec![
        (Order::Adopt { service: id("harbour-pay") }, "has not opened `harbour-pay`"),
        (Order::Adopt { service: id("harbour-paye") }, "did you mean `harbour-pay`"),
        (Order::Adopt { service: id("budget") }, "in use already"),
        (Order::Capacity { service: id("fleet"), parcels: -1.0 }, "from 0 up"),
        (Order::Capacity { service: id("budget"), parcels: 1.0 }, "not yours"),
        (Order::Open { service: id("harbour-pay"), to: None, access: Access::Native }, "not yours"),
        (Order::Open { service: id("fleet"), to: Some(id("north")), access: Access::Native }, "oneself"),
        (
            Order::Open { service: id("fleet"), to: Some(id("south")), access: Access::Jump },
            "cannot be opened",
        ),
        (Order::Close { service: id("fleet"), to: Some(id("south")) }, "closed already"),
        (Order::Block { platform: id("south") }, "nothing of yours is open"),
        (Order::Abort { service: id("harbour-pay") }, "nobody is working"),
        (offer("north", deal(vec![Term::NonBlocking], vec![])), "oneself"),
        (offer("south", deal(vec![service("harbour-pay")], vec![])), "is not North Gate's to open"),
        (offer("south", deal(vec![], vec![service("fleet")])), "is not South Gate's to open"),
        (offer("south", deal(vec![], vec![])), "nothing in the deal"),
        (offer("sout", deal(vec![Term::Data], vec![])), "did you mean `south`"),
        (Order::Answer { from: id("south"), answer: Answer::Accept }, "has offered nothing"),
        (Order::End { agreement: 7, at_once: false }, "none of yours"),
        (Order::VisitBudget { service: id("fleet"), amount: 1.0 }, "no app"),
    ];
    let orders: Orders = cases.iter().map(|(order, _)| order.clone()).collect();
    let records = play([vec![orders], vec![], vec![]]);
    assert_eq!(records.len(), 8);
    let found = &records[0].refusals[0];
    assert_eq!(found.len(), cases.len(), "{found:?}");
    for ((order, reason), refusal) in cases.iter().zip(found) {
        assert_eq!(&refusal.order, order);
        assert!(refusal.reason.contains(reason), "{order}: {}", refusal.reason);
    }
}

#[test]
fn nobody_takes_a_wallet_that_nobody_holds_and_merchants_keep_a_carrier() {
    let open = Order::Open { service: "ghost".into(), to: None, access: Access::Native };
    let adopt = Order::Adopt { service: "ghost".into() };
    let last = Order::Drop { service: "budget".into() };
    let records = play([vec![vec![], vec![adopt]], vec![vec![last]], vec![vec![open]]]);
    assert!(records[1].refusals[0][0].reason.contains("nobody holds"), "{:?}", records[1].refusals[0]);
    assert!(
        records[0].refusals[1][0].reason.contains("nobody left to ship with"),
        "{:?}",
        records[0].refusals[1]
    );
}

#[test]
fn an_agreement_opens_holds_and_runs_out() {
    let north =
        vec![vec![offer("harbour", deal(vec![Term::Payment { amount: 1e6 }], vec![service("harbour-pay")]))]];
    let harbour = vec![vec![], vec![Order::Answer { from: "north".into(), answer: Answer::Accept }]];
    let records = play([north, vec![], harbour]);
    let in_force: Vec<f64> = records.iter().map(|record| record.outcome.agreements[0]).collect();
    assert_eq!(in_force, [0.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    let paid: Vec<f64> =
        records.iter().map(|record| record.outcome.flow(2, Flow::AgreementPayments)).collect();
    assert_eq!(paid[..5], [0.0, 1e6, 1e6, 1e6, 0.0]);
    assert!(records[3].outcome.news.contains(&Event::Expired { agreement: 1 }));
    // In use while it held, and no longer; the couriers are in use throughout.
    assert_eq!((records[3].outcome.integrated[0], records[4].outcome.integrated[0]), (2.0, 1.0));
}

#[test]
fn closing_what_nobody_had_built_in_is_told_and_not_held_against_anybody() {
    let id = || "harbour-pay".to_owned();
    let open = Order::Open { service: id(), to: Some("north".into()), access: Access::Native };
    let close = Order::Close { service: id(), to: Some("north".into()) };
    let records = play([vec![], vec![], vec![vec![open], vec![close]]]);
    let withdrawn = |event: &&Event| matches!(event, Event::Withdrawn { by: 2, to: 0, .. });
    let event = records[1].outcome.news.iter().find(withdrawn).expect("is told");
    assert!(deeds(event).is_empty());
}

#[test]
fn breaking_costs_the_penalty_and_notice_does_not() {
    let north = |at_once| {
        let proposal = deal(vec![Term::NonBlocking], vec![Term::NonBlocking]);
        vec![vec![offer("south", proposal)], vec![], vec![Order::End { agreement: 1, at_once }]]
    };
    let south = || vec![vec![], vec![Order::Answer { from: "north".into(), answer: Answer::Accept }]];
    let broken = play([north(true), south(), vec![]]);
    assert!(broken[2].outcome.news.contains(&Event::Broken { by: 0, to: 1, agreement: 1 }));
    assert_eq!(broken[2].outcome.flow(1, Flow::Penalties), 1e6);
    assert_eq!(broken[2].outcome.agreements[0], 0.0);
    let ended = play([north(false), south(), vec![]]);
    assert_eq!(ended[2].outcome.flow(1, Flow::Penalties), 0.0);
    assert_eq!((ended[3].outcome.agreements[0], ended[4].outcome.agreements[0]), (1.0, 0.0));
    assert!(ended[7].outcome.opinion[0] > broken[7].outcome.opinion[0] + 0.1);
}

#[test]
fn who_promised_not_to_block_cannot() {
    let open = Order::Open { service: "fleet".into(), to: Some("south".into()), access: Access::Native };
    let promise = offer("south", deal(vec![Term::NonBlocking], vec![]));
    let north = vec![vec![open, promise], vec![], vec![Order::Block { platform: "south".into() }]];
    let south = vec![vec![], vec![Order::Answer { from: "north".into(), answer: Answer::Accept }]];
    let records = play([north, south, vec![]]);
    assert!(records[2].refusals[0][0].reason.contains("promised"), "{:?}", records[2].refusals[0]);
}

#[test]
fn who_promised_to_let_a_third_company_in_no_further_cannot_until_it_ends() {
    let front = || Term::Front { against: "harbour".into() };
    let open = |to: Option<&str>| Order::Open {
        service: "fleet".into(),
        to: to.map(str::to_owned),
        access: Access::Native,
    };
    let offers = |to: &str| offer(to, deal(vec![service("fleet")], vec![]));
    let end = Order::End { agreement: 1, at_once: true };
    let north = vec![
        vec![offer("south", deal(vec![front()], vec![front()])), open(Some("harbour"))],
        vec![],
        vec![open(None), offers("harbour"), open(Some("south"))],
        vec![end],
        vec![open(None)],
    ];
    let south = vec![vec![], vec![Order::Answer { from: "north".into(), answer: Answer::Accept }]];
    let records = play([north, south, vec![]]);
    assert!(records[0].refusals[0].is_empty(), "before it was promised: {:?}", records[0].refusals[0]);
    let reasons: Vec<&str> = records[2].refusals[0].iter().map(|refusal| refusal.reason.as_str()).collect();
    assert_eq!(reasons.len(), 2, "South Gate is an ally: {reasons:?}");
    assert!(reasons.iter().all(|reason| reason.contains("promises South Gate")), "{reasons:?}");
    assert!(records[3].outcome.news.contains(&Event::Broken { by: 0, to: 1, agreement: 1 }));
    assert!(records[4].refusals[0].is_empty(), "{:?}", records[4].refusals[0]);
    let asked = |against: &str| offer("south", deal(vec![Term::Front { against: against.into() }], vec![]));
    let records =
        play([vec![vec![asked("south")], vec![asked("north")], vec![asked("harbor")]], vec![], vec![]]);
    for (turn, words) in ["somebody else", "oneself", "did you mean `harbour`"].into_iter().enumerate() {
        let refused = &records[turn].refusals[0];
        assert!(refused[0].reason.contains(words), "{refused:?}");
    }
}

#[test]
fn two_agreements_on_one_service_outlive_each_other() {
    let grant = |months| {
        let asks = vec![service("harbour-pay")];
        offer("harbour", Deal { gives: vec![], asks, months, notice: 1, penalty: 0.0 })
    };
    let yes = || Order::Answer { from: "north".into(), answer: Answer::Accept };
    let north = vec![vec![grant(2)], vec![grant(4)]];
    let harbour = vec![vec![], vec![yes()], vec![yes()]];
    let records = play([north, vec![], harbour]);
    let in_use: Vec<f64> = records.iter().map(|record| record.outcome.integrated[0]).collect();
    // Built in by turn 3 or 4; the first ends after turn 3, the second after turn 6.
    assert_eq!((in_use[4], in_use[5], in_use[6]), (2.0, 2.0, 1.0), "{in_use:?}");
}

/// The fixture with so much room in north's fleet, south with merchants of its own kind of carrier, after so many months.
fn with_room(parcels: &str, adopts: bool, months: usize) -> Match {
    let text =
        include_str!("fixtures/dealings.ron").replace("capacity: 8_000_000", &format!("capacity: {parcels}"));
    let text = text.replace("consumers: 600, merchants: 120", "consumers: 3_000, merchants: 3_000");
    let text = text.replace("supply: Heavy, price: 7", "supply: Heavy, price: 4.5");
    let level = Level::from_text("dealings", &text, &strategy::vocabulary())
        .unwrap_or_else(|error| panic!("{error}"));
    let prepared = Prepared::new(level);
    let mut setup = Setup::of(&prepared.level).expect("the level's strategies exist");
    let orders = |list: Vec<Order>| Seat::Recorded("orders".into(), vec![list]);
    let open = Order::Open { service: "fleet".into(), to: Some("south".into()), access: Access::Native };
    if adopts {
        setup.seats[0] = orders(vec![open]);
        setup.seats[1] =
            Seat::Recorded("orders".into(), vec![vec![], vec![Order::Adopt { service: "fleet".into() }]]);
    }
    let mut game = Match::new(&prepared, setup);
    for _ in 0..months {
        game.play_turn();
    }
    game
}

#[test]
fn a_full_fleet_is_worth_less_to_open() {
    let worth_of = |parcels: &str| {
        let game = with_room(parcels, false, 1);
        let view = PlatformView::new(game.simulation(), 0, 8);
        let lines = worth(&view, 0, 1, &deal(vec![service("fleet")], vec![])).proposer;
        let of = |reason: Reason| -> f64 {
            lines.iter().filter(|line| line.reason == reason).map(|line| line.yuan).sum()
        };
        (of(Reason::Room), lines.iter().map(|line| line.yuan).sum::<f64>())
    };
    let (ample, tight) = (worth_of("80_000_000"), worth_of("800_000"));
    assert_eq!(ample.0, 0.0, "nobody waits where there is room");
    assert!(tight.0 < 0.0 && tight.1 < ample.1, "{tight:?} {ample:?}");
}

#[test]
fn an_imagined_market_ships_with_whom_merchants_have_signed() {
    const SEEDS: u64 = 20;
    // Contracts run out one after another: of what the fleet will have in the end it has a part after some months.
    let sent = |game: &Match| game.simulation().outcome().parcels[[1, 0]];
    let (mut game, settled) = (with_room("80_000_000", true, 4), with_room("80_000_000", true, 8));
    let view = PlatformView::new(game.simulation(), 0, 8);
    let now = sent(&game);
    assert!(now > 0.0 && now < 0.8 * sent(&settled), "{now} of {}", sent(&settled));
    let imagined = (1..=SEEDS).map(|seed| view.imagine(seed).outcome_of(0, Orders::new(), 1).parcels[[1, 0]]);
    let imagined = imagined.sum::<f64>() / SEEDS as f64;
    game.play_turn();
    let real = sent(&game);
    assert!((imagined - real).abs() < 0.2 * real, "{imagined}, not {real}");
}
