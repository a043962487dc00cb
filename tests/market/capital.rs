//! Capital: who owns whom, what it is worth, and what is paid for it.

use walled_gardens::game::{Match, Prepared, Seat};
use walled_gardens::order::{Answer, Deal, Order, Orders, Term};
use walled_gardens::sim::state::events::Event;
use walled_gardens::sim::{Flow, Outcome, Simulation};

use crate::{prepared, setup};

const NORTH: usize = 0;
const SOUTH: usize = 1;
const HARBOUR: usize = 2;

const YEARS: &[&str] =
    &["reference=[]", "setup.turns=60", "economy=(path: [(1, 1.0), (12, 1.05), (24, 0.85), (36, 1.0)])"];

/// The level of stakes, in an economy that falls in the second year.
fn market() -> Prepared {
    prepared("systems/s26_stakes", YEARS)
}

/// Orders of every seat by turn.
type Plan<'a> = &'a [(u32, usize, Vec<Order>)];

fn recorded(prepared: &Prepared, turns: u32, plan: Plan) -> Match {
    let mut setup = setup(prepared, "passive");
    setup.turns = turns;
    (setup.population.consumers, setup.population.merchants) = (600, 200);
    for seat in 0..3 {
        let mut orders = vec![Orders::new(); turns as usize];
        for (turn, _, given) in plan.iter().filter(|(_, by, _)| *by == seat) {
            orders[*turn as usize - 1].extend(given.clone());
        }
        setup.seats[seat] = Seat::Recorded("plan".into(), orders);
    }
    Match::new(prepared, setup)
}

fn buy(of: &str, part: f64) -> Order {
    Order::Buy { of: of.into(), part, most: None }
}

fn deal(gives: Vec<Term>, asks: Vec<Term>) -> Deal {
    Deal { gives, asks, months: 12, notice: 0, penalty: 0.0 }
}

/// That all of every company is somebody's, and that people own what companies are worth together and nothing more.
fn assert_owned(market: &Simulation, outcome: &Outcome) {
    let capital = market.capital();
    let (mut people, mut all, mut scale) = (0.0, 0.0, 1.0);
    for platform in outcome.platforms() {
        let (held, public) = (capital.held(platform), capital.public[platform]);
        let founders = capital.founders(platform);
        assert!([held, public, founders].into_iter().all(|part| (-1e-9..=1.0 + 1e-9).contains(&part)));
        assert!((held + public + founders - 1.0).abs() < 1e-12);
        let value = outcome.market_value[platform];
        people += (1.0 - held) * value;
        all += value - outcome.ownership[platform].stakes;
        scale += value.abs();
    }
    assert!((people - all).abs() < 1e-9 * scale, "{people} {all}");
}

#[test]
fn five_years_of_everything_that_capital_can_do_are_booked_to_the_fen() {
    let offer = deal(vec![Term::NewShares { part: 0.1, price: 3e9 }], vec![]);
    let back = deal(vec![Term::Stake { of: "north".into(), part: 0.05, price: 1.6e9 }], vec![]);
    let plan: Plan = &[
        (2, NORTH, vec![buy("south", 0.1), Order::MerchantCredit { rate: 0.012, standard: 0.4 }]),
        (3, HARBOUR, vec![buy("south", 0.05)]),
        (4, NORTH, vec![Order::Offer { to: "south".into(), deal: offer }]),
        (5, SOUTH, vec![Order::Answer { from: "north".into(), answer: Answer::Accept }]),
        (6, SOUTH, vec![Order::Dividend { part: 0.5 }]),
        (6, NORTH, vec![Order::Dividend { part: 0.3 }]),
        (8, NORTH, vec![Order::List { service: "north-pay".into(), part: 0.3, least: 0.0 }]),
        (9, NORTH, vec![Order::Issue { part: 0.1, least: 0.0 }]),
        (10, SOUTH, vec![Order::Issue { part: 0.1, least: 1e15 }]),
        (12, SOUTH, vec![Order::Offer { to: "harbour".into(), deal: back }]),
        (13, HARBOUR, vec![Order::Answer { from: "south".into(), answer: Answer::Accept }]),
        (16, NORTH, vec![Order::Exclusivity { on: true }]),
        (30, HARBOUR, vec![Order::Sell { of: "south".into(), part: 0.05, least: 0.0 }]),
    ];
    let harsh = ["regulator=()", "market.distress_months=3", "platforms.harbour.fixed_cost=7e8"];
    let prepared = prepared("systems/s26_stakes", &[YEARS, &harsh].concat());
    let mut game = recorded(&prepared, 60, plan);
    let (mut happened, mut shares, mut dividends) = (Vec::new(), 0.0, 0.0);
    let (mut fines, mut defaults) = (0.0, 0.0);
    while !game.is_over() {
        let record = game.play_turn();
        assert!(record.refusals.iter().all(Vec::is_empty), "{:?}", record.refusals);
        assert_eq!(game.simulation().ledger().sum(), 0);
        assert_owned(game.simulation(), &record.outcome);
        let between = |flow| record.outcome.platforms().map(|p| record.outcome.flow(p, flow)).sum::<f64>();
        shares += between(Flow::Shares);
        dividends += between(Flow::Dividends);
        fines += between(Flow::Fines);
        defaults += between(Flow::Defaults);
        happened.extend(record.outcome.news.iter().map(Event::kind));
    }
    for kind in [
        "bought a stake",
        "sold a stake",
        "issued shares",
        "listed a service",
        "called off",
        "decided",
        "in administration",
        "wound up",
    ] {
        assert!(happened.contains(&kind), "{kind} of {happened:?}");
    }
    assert!(fines < -1e6 && defaults < -1e5, "{fines} {defaults}");
    // What companies pay each other cancels; people bought more than they sold, and were paid dividends.
    assert!(shares > 0.0 && dividends < 0.0, "{shares} {dividends}");
    let capital = game.simulation().capital();
    assert!((capital.stakes[[SOUTH, NORTH]] - 0.1).abs() < 1e-12);
    assert_eq!(capital.stakes[[NORTH, HARBOUR]], 0.0, "sold by the administrator");
}

#[test]
fn nobody_gives_away_more_in_two_terms_than_it_owns() {
    let stake = |part: f64| Term::Stake { of: "south".into(), part, price: 1e6 };
    let asked = deal(vec![stake(0.08), stake(0.07)], vec![]);
    let new = |part: f64| Term::NewShares { part, price: 1e6 };
    let whole = deal(vec![new(0.5), new(0.49), new(0.48), new(0.47)], vec![]);
    for (terms, reason) in
        [(asked, "owns 2.0% of South Gate"), (whole, "would own 93% of North Gate together")]
    {
        let plan: Plan = &[
            (1, NORTH, vec![buy("south", 0.1)]),
            (2, NORTH, vec![Order::Offer { to: "harbour".into(), deal: terms }]),
            (3, HARBOUR, vec![Order::Answer { from: "north".into(), answer: Answer::Accept }]),
        ];
        let prepared = market();
        let mut game = recorded(&prepared, 4, plan);
        let refused: Vec<String> = (0..4)
            .flat_map(|_| {
                let record = game.play_turn();
                assert_owned(game.simulation(), &record.outcome);
                record.refusals.into_iter().flatten().map(|refusal| refusal.reason)
            })
            .collect();
        assert!(refused.len() == 1 && refused[0].contains(reason), "{refused:?}");
        assert_eq!(game.simulation().capital().stakes[[SOUTH, NORTH]], 0.1);
    }
}

#[test]
fn a_festival_makes_no_service_dear() {
    let brings = |changes: &[&str]| {
        let prepared = prepared("systems/s26_stakes", &[&["reference=[]"], changes].concat());
        let list = Order::List { service: "north-pay".into(), part: 0.2, least: 0.0 };
        let mut game = recorded(&prepared, 4, &[(3, NORTH, vec![list])]);
        (0..4).map(|_| game.play_turn().outcome.flow(NORTH, Flow::Shares)).sum::<f64>()
    };
    let usual = brings(&[]);
    // People spend twice as much in the month before the sale.
    let peak = "[0.8, 2.4, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 1.2, 1.2]";
    let festival = brings(&[&format!("seasons={{\"apparel\": {peak}, \"food\": {peak}}}")]);
    assert!(usual > 1e8 && (festival / usual - 1.0).abs() < 0.05, "{usual} {festival}");
}

#[test]
fn a_dividend_moves_money_to_owners_and_no_value() {
    let prepared = market();
    let last = |plan: Plan| {
        let mut game = recorded(&prepared, 12, plan);
        (0..11).for_each(|_| drop(game.play_turn()));
        game.play_turn().outcome
    };
    let (kept, paid) = (last(&[]), last(&[(2, SOUTH, vec![Order::Dividend { part: 0.5 }])]));
    let out = paid.ownership[SOUTH].paid;
    assert!(out > 1e7 && (kept.cash[SOUTH] - paid.cash[SOUTH] - out).abs() < 1.0, "{out}");
    assert!((kept.value[SOUTH] - paid.value[SOUTH]).abs() < 1.0);
}

#[test]
fn a_state_hashes_what_was_tried_and_paid_and_is_over() {
    // Nobody owns anything of anybody here.
    let prepared = prepared("systems/s26_stakes", &["reference=[]", "platforms.south.public=0"]);
    let hash = |plan: Plan| {
        let mut game = recorded(&prepared, 2, plan);
        (0..2).for_each(|_| drop(game.play_turn()));
        game.simulation().state_hash()
    };
    let called_off = vec![Order::Issue { part: 0.1, least: 1e15 }];
    assert_ne!(hash(&[]), hash(&[(2, NORTH, called_off)]));
}

#[test]
fn what_is_owed_for_shares_moves_no_value_at_a_fair_price() {
    let prepared = market();
    let played = |plan: Plan| {
        let mut game = recorded(&prepared, 4, plan);
        (0..3).for_each(|_| drop(game.play_turn()));
        game.simulation().outcome().clone()
    };
    let plain = played(&[]);
    let value = plain.market_value[NORTH];
    // A tenth of the enlarged company for a ninth of what it is worth.
    let fair = deal(vec![Term::NewShares { part: 0.1, price: value / 9.0 }], vec![]);
    let sold = played(&[
        (2, NORTH, vec![Order::Offer { to: "south".into(), deal: fair }]),
        (3, SOUTH, vec![Order::Answer { from: "north".into(), answer: Answer::Accept }]),
    ]);
    assert!((sold.ownership[NORTH].founding - 0.9).abs() < 1e-12);
    for platform in [NORTH, SOUTH] {
        let moved = (sold.value[platform] / plain.value[platform] - 1.0).abs();
        assert!(moved < 1e-3, "{platform}: {moved}");
    }
    assert!((sold.market_value[NORTH] / value - 10.0 / 9.0).abs() < 1e-3);
}

#[test]
fn what_nobody_can_sell_or_pay_is_refused_and_says_why() {
    let offer = |to: &str, term: Term| Order::Offer { to: to.into(), deal: deal(vec![term], vec![]) };
    let cases: &[(Order, &str)] = &[
        (buy("south", 0.5), "the public owns 40.0% of South Gate"),
        (buy("north", 0.1), "that would be with oneself"),
        (buy("south", -0.1), "a fraction above 0, at most 1, not -0.1"),
        (buy("sooth", 0.1), "did you mean `south`?"),
        (Order::Buy { of: "south".into(), part: 0.1, most: Some(1.0) }, "more than you would pay"),
        (Order::Sell { of: "south".into(), part: 0.1, least: 0.0 }, "North Gate owns 0.0% of South Gate"),
        (Order::Issue { part: 0.6, least: 0.0 }, "a fraction from 0 to 0.5, not 0.6"),
        (Order::Issue { part: f64::NAN, least: 0.0 }, "not NaN"),
        (Order::Issue { part: 0.1, least: -1.0 }, "a number of yuan from 0 up"),
        (Order::List { service: "harbour-pay".into(), part: 0.1, least: 0.0 }, "`harbour-pay` is not yours"),
        (Order::List { service: "north-pay".into(), part: 1.5, least: 0.0 }, "at most 1, not 1.5"),
        (Order::Dividend { part: 1.5 }, "a fraction from 0 to 1, not 1.5"),
        (offer("south", Term::NewShares { part: 0.7, price: 1.0 }), "a fraction from 0 to 0.5"),
        (
            offer("south", Term::Stake { of: "south".into(), part: 0.1, price: 1.0 }),
            "South Gate cannot own a part of itself",
        ),
    ];
    for (order, reason) in cases {
        let prepared = market();
        let mut game = recorded(&prepared, 3, &[(2, NORTH, vec![order.clone()])]);
        let before = game.simulation().capital().clone();
        game.play_turn();
        let refusals = game.play_turn().refusals;
        let refused = refusals[NORTH].first().unwrap_or_else(|| panic!("{order:?} was carried out"));
        assert!(refused.reason.contains(reason), "{order:?}: {}", refused.reason);
        assert_eq!(*game.simulation().capital(), before);
    }
}

#[test]
fn an_administrator_sells_what_a_company_owns_of_others_and_all_stay_owned() {
    let prepared = prepared(
        "systems/s26_stakes",
        &["reference=[]", "market.distress_months=2", "platforms.harbour.fixed_cost=4e9"],
    );
    let mut game = recorded(&prepared, 24, &[(2, HARBOUR, vec![buy("south", 0.1)])]);
    let (mut happened, mut sold) = (Vec::new(), 0.0);
    while !game.is_over() {
        let record = game.play_turn();
        let outcome = record.outcome;
        assert!(record.refusals.iter().all(Vec::is_empty), "{:?}", record.refusals);
        assert_eq!(game.simulation().ledger().sum(), 0);
        assert_owned(game.simulation(), &outcome);
        sold += outcome.flow(HARBOUR, Flow::Shares).max(0.0);
        happened.extend(outcome.news.iter().map(Event::kind));
    }
    assert!(happened.contains(&"in administration") && happened.contains(&"wound up"), "{happened:?}");
    assert_eq!(game.simulation().capital().stakes[[SOUTH, HARBOUR]], 0.0);
    assert!(sold > 1e8, "{sold}");
    assert_eq!(game.simulation().outcome().value[HARBOUR], 0.0);
}

#[test]
fn where_all_want_more_than_there_is_everybody_gets_the_same_part_of_it_wherever_it_sits() {
    let prepared = market();
    let public = prepared.level.platforms[SOUTH].public;
    let bought = |plan: Plan| {
        let mut game = recorded(&prepared, 2, plan);
        game.play_turn();
        let record = game.play_turn();
        assert!(record.refusals.iter().all(Vec::is_empty), "{:?}", record.refusals);
        let capital = game.simulation().capital();
        assert_owned(game.simulation(), &record.outcome);
        let paid = [NORTH, HARBOUR].map(|by| -record.outcome.flow(by, Flow::Shares));
        ([NORTH, HARBOUR].map(|by| capital.stakes[[SOUTH, by]]), paid, capital.public[SOUTH])
    };
    let (parts, [north, harbour], left) =
        bought(&[(2, NORTH, vec![buy("south", 0.3)]), (2, HARBOUR, vec![buy("south", 0.3)])]);
    assert_eq!((parts, left), ([public / 2.0; 2], 0.0));
    assert!(north > 0.0 && (north - harbour).abs() < 0.02, "the same for the same: {north} {harbour}");
    let (parts, ..) = bought(&[(2, NORTH, vec![buy("south", 0.3)]), (2, HARBOUR, vec![buy("south", 0.1)])]);
    assert_eq!(parts, [0.3, 0.1], "all of it is just enough");
    let (parts, ..) = bought(&[(2, NORTH, vec![buy("south", 0.4)]), (2, HARBOUR, vec![buy("south", 0.1)])]);
    assert!((parts[0] - 0.32).abs() < 1e-12 && (parts[1] - 0.08).abs() < 1e-12, "{parts:?}");
}

#[test]
fn nobody_buys_from_a_company_that_was_just_called_off() {
    let issue = |least: f64| vec![Order::Issue { part: 0.1, least }];
    let prepared = market();
    let mut game =
        recorded(&prepared, 9, &[(2, NORTH, issue(1e15)), (5, NORTH, issue(0.0)), (8, NORTH, issue(0.0))]);
    let refused: Vec<usize> = (0..9).map(|_| game.play_turn().refusals[NORTH].len()).collect();
    assert_eq!(refused, [0, 0, 0, 0, 1, 0, 0, 0, 0]);
    assert_eq!(game.simulation().capital().issues.len(), 1);
}

#[test]
fn what_is_written_of_owners_is_checked_at_its_place() {
    use walled_gardens::level::Level;
    let error = |change: &str| {
        let changes = vec![change.to_owned()];
        let found = Level::find("systems/s26_stakes", &changes, &walled_gardens::strategy::vocabulary());
        found.err().map(|error| error.to_string()).unwrap_or_default()
    };
    for (change, expected) in [
        ("platforms.south.owners={\"north\": 0.95}", "at most 0.9: people own the rest"),
        ("platforms.south.owners={\"north\": 0.7}", "more than all of `south` is owned"),
        ("platforms.south.owners={\"south\": 0.1}", "cannot own a part of itself"),
        ("platforms.south.owners={\"nort\": 0.1}", "did you mean `north`"),
        ("platforms.south.owners={\"north\": -0.1}", "-0.1"),
        ("platforms.south.public=1.5", "1.5"),
    ] {
        assert!(error(change).contains(expected), "{change}: {}", error(change));
    }
    assert_eq!(error("platforms.south.owners={\"north\": 0.2}"), "");
}
