//! The market's expectations: announcements move value at once, what comes replaces what was expected, and what ends is worth no more.

use walled_gardens::game::{Match, Prepared, Seat};
use walled_gardens::order::{Access, Answer, Deal, Term};
use walled_gardens::sim::state::expectations::{Cause, Effect};
use walled_gardens::sim::value;
use walled_gardens::sim::{Flow, Order, Orders, Outcome};
use walled_gardens::strategy::PlatformView;

use crate::{prepared, setup};

const LEVEL: &str = "systems/s25_expectations";
const SMALL: [&str; 3] = ["reference=[]", "setup.consumers=1500", "setup.merchants=400"];
const NORTH: usize = 0;
const SOUTH: usize = 1;
const HARBOUR: usize = 2;

fn small(changes: &[&str]) -> Prepared {
    prepared(LEVEL, &[&SMALL, changes].concat())
}

/// A match in which companies order this, by turn.
fn begun(prepared: &Prepared, orders: &[(u32, usize, Orders)]) -> Match {
    let mut setup = setup(prepared, "passive");
    let mut plans = vec![vec![Orders::new(); setup.turns as usize]; prepared.level.platforms.len()];
    orders.iter().for_each(|(turn, by, orders)| plans[*by][*turn as usize - 1].clone_from(orders));
    setup.seats = plans.into_iter().map(|plan| Seat::Recorded("plan".into(), plan)).collect();
    Match::new(prepared, setup)
}

/// So many turns of it: outcomes, the opening first, and the match.
fn played(prepared: &Prepared, turns: u32, orders: &[(u32, usize, Orders)]) -> (Vec<Outcome>, Match) {
    let mut game = begun(prepared, orders);
    let mut outcomes = vec![game.simulation().outcome().clone()];
    for _ in 0..turns {
        let turn = game.play_turn();
        assert_eq!(turn.refusals.iter().flatten().next(), None);
        outcomes.push(turn.outcome);
    }
    (outcomes, game)
}

fn effects(game: &Match) -> &[Effect] {
    &game.simulation().expectations().effects
}

fn agreed(turn: u32, months: u32, penalty: f64, asks: Vec<Term>) -> Vec<(u32, usize, Orders)> {
    let deal = Deal { gives: vec![Term::Payment { amount: 2e7 }], asks, months, notice: 2, penalty };
    vec![
        (turn, NORTH, vec![Order::Offer { to: "harbour".into(), deal }]),
        (turn + 1, HARBOUR, vec![Order::Answer { from: "north".into(), answer: Answer::Accept }]),
    ]
}

fn open(turn: u32) -> (u32, usize, Orders) {
    let order =
        Order::Open { service: "harbour-pay".into(), to: Some("north".into()), access: Access::Native };
    (turn, HARBOUR, vec![order])
}

fn adopt(turn: u32) -> (u32, usize, Orders) {
    (turn, NORTH, vec![Order::Adopt { service: "harbour-pay".into() }])
}

fn close(turn: u32) -> (u32, usize, Orders) {
    (turn, HARBOUR, vec![Order::Close { service: "harbour-pay".into(), to: Some("north".into()) }])
}

#[test]
fn where_nothing_is_believed_nothing_is_expected() {
    let prepared = small(&["market.expectation=0"]);
    let orders = [agreed(2, 12, 0.0, vec![Term::NonBlocking]), vec![open(5)]].concat();
    let (outcomes, game) = played(&prepared, 8, &orders);
    assert!(game.simulation().expectations().is_empty());
    assert!(outcomes.iter().all(|outcome| outcome.expected.iter().all(|yuan| *yuan == 0.0)));
    let own = PlatformView::new(game.simulation(), HARBOUR, 8).own;
    assert_eq!(outcomes[8].value[HARBOUR], value(own.cash, own.claims, &own.year, 0.01));
}

#[test]
fn half_a_belief_moves_value_half_as_far() {
    let moved = |belief: &str| {
        let prepared = small(&[belief]);
        let (with, _) = played(&prepared, 8, &[open(8), adopt(8)]);
        with[8].expected[NORTH]
    };
    let (half, whole) = (moved("market.expectation=0.5"), moved("market.expectation=1"));
    assert!(whole > 1e8 && (half / whole - 0.5).abs() < 1e-9, "{half} {whole}");
}

#[test]
fn what_is_paid_once_is_not_taken_to_be_paid_for_ever() {
    let prepared = small(&[]);
    let deal = agreed(7, 24, 3e7, vec![Term::NonBlocking]);
    let end = (10, NORTH, vec![Order::End { agreement: 1, at_once: true }]);
    let (broken, _) = played(&prepared, 14, &[deal, vec![end]].concat());
    let (never, _) = played(&prepared, 14, &[]);
    assert_eq!(broken[10].flow(NORTH, Flow::Penalties), -3e7);
    for turn in 10..=14 {
        let worth = broken[turn].value[NORTH] - never[turn].value[NORTH];
        let paid = -2.0 * 2e7 - 3e7;
        assert!((worth - paid).abs() < 1.0, "{turn}: what was paid, and no more: {worth}");
    }
}

#[test]
fn whoever_opens_is_believed_before_anybody_has_built_it_in() {
    let prepared = small(&[]);
    let (outcomes, game) = played(&prepared, 8, &[open(8)]);
    assert!(outcomes[8].expected[NORTH] > 1e8, "{:?}", outcomes[8].expected);
    assert!(outcomes[8].expected[SOUTH] < -1e7, "a rival loses by it");
    assert!(effects(&game).iter().all(|effect| effect.begins > 8), "it takes a month, and building");
    // When it is adopted nothing new is announced.
    let (_, adopted) = played(&prepared, 9, &[open(8), adopt(9)]);
    let yuan = |game: &Match| effects(game).iter().map(|effect| effect.yuan).collect::<Vec<_>>();
    assert_eq!(yuan(&game), yuan(&adopted));
}

#[test]
fn whoever_would_adopt_another_wallet_anyway_is_not_won_by_one() {
    let expected = |adoption: &str| {
        let prepared = small(&[adoption]);
        let (_, game) = played(&prepared, 1, &[open(1), adopt(1)]);
        let own = effects(&game).iter().filter(|effect| effect.company == NORTH);
        own.map(|effect| effect.yuan).sum::<f64>()
    };
    let (never, soon) = (expected("market.wallet_adoption=0"), expected("market.wallet_adoption=0.5"));
    assert!(soon > 0.0 && soon < 0.9 * never, "{never} {soon}");
}

#[test]
fn what_nobody_takes_is_expected_less_and_less() {
    let prepared = small(&["setup.turns=60"]);
    let (outcomes, game) = played(&prepared, 60, &[open(2)]);
    let (never, _) = played(&prepared, 60, &[]);
    let more: Vec<f64> =
        [2, 12, 24, 60].map(|turn: usize| outcomes[turn].value[NORTH] - never[turn].value[NORTH]).into();
    assert!(more.windows(2).all(|pair| pair[0] > pair[1]), "{more:?}");
    assert!(more[0] > 1e9 && more[3].abs() < 0.1 * more[0], "{more:?}");
    assert!(effects(&game).iter().all(|effect| effect.yuan == 0.0) || effects(&game).is_empty());
}

#[test]
fn closing_takes_out_what_opening_promised_and_a_year_later_nothing_is_left_to_say() {
    let prepared = small(&[]);
    let orders = [open(4), adopt(4), close(9)];
    let (outcomes, mut game) = played(&prepared, 9, &orders);
    let opened = effects(&game).iter().filter(|effect| effect.cause.is(0, NORTH, true)).count();
    assert_eq!(opened, 0, "services are told apart");
    assert!(effects(&game).iter().all(|effect| effect.ends == Some(8)), "{:?}", effects(&game));
    assert!(outcomes[8].expected[NORTH] > 5.0 * outcomes[9].expected[NORTH].abs().max(1e7));
    (0..12).for_each(|_| drop(game.play_turn()));
    assert!(effects(&game).is_empty(), "{:?}", effects(&game));
}

#[test]
fn closing_what_was_always_open_is_a_loss_that_is_seen_at_once() {
    let prepared = small(&["services.harbour-pay.accepted_by=[\"south\", \"north\"]"]);
    let (outcomes, game) = played(&prepared, 8, &[close(8)]);
    assert!(outcomes[8].expected[NORTH] < -1e9 && outcomes[8].expected[HARBOUR] < -1e8);
    assert!(outcomes[8].expected[SOUTH] > 1e8);
    assert!(effects(&game).iter().all(|effect| effect.cause.is(1, NORTH, false) && effect.ends.is_none()));
}

#[test]
fn an_agreement_that_is_given_notice_of_ends_in_expectations_when_it_ends() {
    let prepared = small(&[]);
    let pay = Term::Service { service: "harbour-pay".into(), access: Access::Native, price: None };
    let deal = agreed(7, 24, 0.0, vec![pay]);
    let notice = (12, NORTH, vec![Order::End { agreement: 1, at_once: false }]);
    let (_, game) = played(&prepared, 11, &deal);
    assert!(
        effects(&game).iter().all(|effect| effect.cause == Cause::Agreement(1) && effect.ends == Some(31))
    );
    let (_, game) = played(&prepared, 12, &[deal, vec![notice]].concat());
    assert!(!effects(&game).is_empty());
    assert!(effects(&game).iter().all(|effect| effect.ends == Some(13)), "{:?}", effects(&game));
}

#[test]
fn a_remedy_is_reckoned_with_once() {
    let event = "events=[(id: \"order\", title: \"Open up\", text: \"It must open.\", when: Turn(5), effects: [Remedy(of: \"harbour\", months: 3, open: [\"harbour-pay\"])])]";
    let prepared = small(&["regulator=()", event]);
    let (outcomes, mut game) = played(&prepared, 6, &[open(8), adopt(8)]);
    assert_eq!(outcomes[5].expected[NORTH], 0.0);
    assert!(outcomes[6].expected[NORTH] > 1e8);
    let known = effects(&game).to_vec();
    assert!(known.iter().all(|effect| effect.begins == 9), "by the last day: {known:?}");
    (0..2).for_each(|_| drop(game.play_turn()));
    let yuan = |effects: &[Effect]| effects.iter().map(|effect| effect.yuan).collect::<Vec<_>>();
    assert_eq!(yuan(effects(&game)), yuan(&known), "nothing new is told by what had to come");
}

#[test]
fn what_is_expected_is_public_is_hashed_and_is_put_back() {
    let prepared = small(&[]);
    let orders = [agreed(2, 12, 0.0, vec![Term::NonBlocking]), vec![open(5), adopt(5)]].concat();
    let (outcomes, mut game) = played(&prepared, 7, &orders);
    let view = PlatformView::new(game.simulation(), SOUTH, 31);
    assert_eq!(&view.public.expectations, game.simulation().expectations());
    assert_eq!(&view.imagine(1).opening().expectations, game.simulation().expectations());
    assert_eq!(view.own.expected, outcomes[7].expected[SOUTH]);
    let before = game.simulation().state_hash();
    game.simulation_mut().judge(4);
    assert_eq!(game.simulation().state_hash(), before);
    let (again, same) = played(&prepared, 7, &orders);
    assert_eq!((&again, same.simulation().state_hash()), (&outcomes, before));
    let (_, other) = played(
        &prepared,
        7,
        &[agreed(2, 11, 0.0, vec![Term::NonBlocking]), vec![open(5), adopt(5)]].concat(),
    );
    assert_ne!(other.simulation().state_hash(), before);
}
