//! What a level says may happen: when it does, what it does, and who is asked.

use walled_gardens::game::{Match, Prepared, Seat};
use walled_gardens::history::Replay;
use walled_gardens::level::Level;
use walled_gardens::level::events::{Change, Condition, Effect, LevelEvent, SETTLED};
use walled_gardens::sim::state::events::Event;
use walled_gardens::sim::{Flow, Order, Orders, Outcome, in_month, usual_month};
use walled_gardens::strategy::{self, PlatformView};

use crate::{prepared, setup};

fn level_with(events: &str) -> Prepared {
    prepared("tutorial/two-gardens", &["setup.turns=12", &format!("events={events}")])
}

/// Plays with orders of the first seat by turn; what came of every turn, the opening first.
fn played(prepared: &Prepared, orders: &[(u32, Orders)]) -> (Vec<Outcome>, Vec<Vec<String>>) {
    let mut setup = setup(prepared, "passive");
    let mut plan = vec![Orders::new(); 12];
    for (turn, orders) in orders {
        plan[*turn as usize - 1].clone_from(orders);
    }
    setup.seats[0] = Seat::Recorded("plan".into(), plan);
    let mut game = Match::new(prepared, setup);
    let (mut outcomes, mut refused) = (vec![game.simulation().outcome().clone()], vec![Vec::new()]);
    while !game.is_over() {
        let record = game.play_turn();
        assert_eq!(game.simulation().ledger().sum(), 0);
        outcomes.push(record.outcome);
        refused.push(record.refusals[0].iter().map(|refusal| refusal.reason.clone()).collect());
    }
    (outcomes, refused)
}

fn choose(event: &str, choice: &str) -> Orders {
    vec![Order::Choose { event: event.into(), choice: choice.into() }]
}

/// Turns after which the first event of a level happened.
fn turns_of(outcomes: &[Outcome]) -> Vec<u32> {
    let happened = |outcome: &&Outcome| outcome.news.contains(&Event::Happened { event: 0 });
    outcomes.iter().filter(happened).map(|outcome| outcome.turn).collect()
}

/// An event that asks the first seat in turn 2 and has a month more to be answered in.
const GRANT: &str = r#"[(id: "grant", title: "A grant", seat: "north", when: Turn(2), answer_within: 2, choices: [
    (id: "take", text: "Take it", effects: [Pay(amount: 5e6), SetFlag("taken")]),
    (id: "leave", text: "Leave it", default: true, effects: [Pay(amount: -1e6)]),
]), (id: "thanks", title: "Thanks", when: Flag("taken"))]"#;

#[test]
fn what_happens_after_a_turn_is_in_force_in_the_next_and_ends_in_time() {
    let prepared = level_with(
        r#"[(id: "boom", title: "A boom", when: Turn(2), effects: [Spending(factor: 1.5, months: 2)])]"#,
    );
    let (outcomes, _) = played(&prepared, &[]);
    let spending: Vec<f64> = outcomes.iter().map(|outcome| outcome.spending[0]).collect();
    assert_eq!(spending[..7], [1.0, 1.0, 1.0, 1.5, 1.5, 1.0, 1.0]);
    let sold = |turn: usize| outcomes[turn].total();
    assert!((sold(3) / sold(2) - 1.5).abs() < 0.02 && (sold(5) / sold(4) - 1.0 / 1.5).abs() < 0.02);
    assert_eq!(turns_of(&outcomes), [2], "once, where it says nothing else");
}

#[test]
fn what_lasts_now_is_not_read_into_the_month_that_is_past() {
    let boom =
        r#"[(id: "boom", title: "A boom", when: Turn(2), effects: [Spending(factor: 1.5, months: 2)])]"#;
    let prepared = level_with(boom);
    let mut game = Match::new(&prepared, setup(&prepared, "passive"));
    let close = |one: f64, other: f64| (one / other - 1.0).abs() < 1e-9;
    for turn in 1..=6 {
        let outcome = game.play_turn().outcome;
        // The boom is known of after turn 2, lasts in turns 3 and 4, and is known to be over after turn 4.
        let factor = if turn == 3 || turn == 4 { 1.5 } else { 1.0 };
        let view = PlatformView::new(game.simulation(), 0, 12);
        assert!(close(view.sales() * factor, outcome.gmv(0)), "turn {turn}: {}", view.sales());
        let imagined = view.imagine(1);
        let sales = imagined.opening().sales(&view.level);
        for (imagined, real) in sales.cells().iter().zip(outcome.sales.cells()) {
            assert!(close(*imagined, *real), "turn {turn}: {imagined} of {real}");
        }
        let month = usual_month(&view.level, &outcome, 0);
        assert!(close(month.sales * factor, outcome.gmv(0)), "turn {turn}: {month:?}");
        // What comes is what lasts now.
        let next = if turn == 2 || turn == 3 { 1.5 } else { 1.0 };
        let month = in_month(&view.level, &outcome, 0, turn + 1);
        assert!(close(month.sales / outcome.gmv(0), next / factor), "turn {turn}: {month:?}");
    }
}

#[test]
fn nobody_answers_and_the_default_is_taken_when_the_time_is_up() {
    let (outcomes, _) = played(&level_with(GRANT), &[]);
    let paid: Vec<f64> = outcomes.iter().map(|outcome| outcome.flow(0, Flow::Events)).collect();
    assert_eq!(paid[..6], [0.0, 0.0, 0.0, 0.0, -1e6, 0.0], "turns 3 and 4 to answer in");
    assert!(outcomes[4].news.contains(&Event::Chose { by: 0, event: 0, choice: 1 }));
}

#[test]
fn an_answer_counts_at_once_and_what_follows_from_it_happens_after_the_turn() {
    let (outcomes, refused) =
        played(&level_with(GRANT), &[(3, choose("grant", "take")), (4, choose("grant", "take"))]);
    assert_eq!(outcomes[3].flow(0, Flow::Events), 5e6);
    assert_eq!(outcomes[4].flow(0, Flow::Events), 0.0);
    assert!(outcomes[3].news.contains(&Event::Happened { event: 1 }), "the flag is seen after the turn");
    assert!(refused[3].is_empty() && refused[4][0].contains("does not wait"), "{refused:?}");
}

#[test]
fn an_answer_to_nothing_is_refused_with_its_reason_and_no_turn_is_lost() {
    let twice = [choose("grant", "take"), choose("grant", "leave")].concat();
    let orders = [
        (1, choose("grant", "take")),
        (2, choose("grnt", "take")),
        (3, [choose("grant", "tak"), choose("thanks", "a"), twice].concat()),
    ];
    let (outcomes, refused) = played(&level_with(GRANT), &orders);
    let said = |turn: usize, words: &[&str]| {
        assert_eq!(refused[turn].len(), words.len(), "{:?}", refused[turn]);
        for (reason, word) in refused[turn].iter().zip(words) {
            assert!(reason.contains(word), "{reason}");
        }
    };
    said(1, &["does not wait"]);
    said(2, &["did you mean `grant`"]);
    said(3, &["did you mean `take`", "leaves nothing to choose", "answered already"]);
    assert_eq!(outcomes[3].flow(0, Flow::Events), 5e6);
    let other = r#"[(id: "grant", title: "A grant", seat: "south", when: Turn(2), choices: [
        (id: "take", text: "Take it"), (id: "leave", text: "Leave it", default: true)])]"#;
    let (_, refused) = played(&level_with(other), &[(3, choose("grant", "take"))]);
    assert!(refused[3][0].contains("not for you"), "{refused:?}");
}

#[test]
fn every_kind_of_condition_holds_when_it_says() {
    for (when, first) in [
        ("Turn(4)", Some(4)),
        ("Every(3)", Some(3)),
        ("All([Turn(2), Every(4)])", Some(4)),
        ("Any([Turn(9), Every(5)])", Some(5)),
        ("Not(Turn(1))", None),
        (r#"Metric(metric: "share", of: "north", at_least: 0.1)"#, Some(1)),
        (r#"Metric(metric: "share", of: "north", at_most: 0.1)"#, None),
        (r#"Rising(metric: "cash", of: "north", over: 3, by: 1.0)"#, Some(4)),
        (r#"Rising(metric: "cash", of: "north", over: 3, by: -1.0)"#, None),
        (r#"Happened(event: "second")"#, Some(7)),
        (r#"Happened(event: "second", choice: "yes")"#, Some(7)),
        (r#"Happened(event: "second", choice: "no")"#, None),
        (r#"Flag("up")"#, Some(7)),
        (r#"All([Flag("up"), Not(Flag("down"))])"#, Some(7)),
        (r#"Agreement(between: ("north", "south"))"#, Some(3)),
        (r#"Agreement(between: ("south", "north"))"#, Some(3)),
    ] {
        let events = format!(
            r#"[(id: "first", title: "One", when: {when}),
            (id: "second", title: "Two", seat: "north", when: Turn(5), choices: [
                (id: "yes", text: "Yes", default: true, effects: [SetFlag("up"), ClearFlag("down")]),
                (id: "no", text: "No", effects: [SetFlag("down")])])]"#
        );
        let prepared = level_with(&events);
        let offer = Order::Offer {
            to: "south".into(),
            deal: ron::from_str("(gives: [NonBlocking], asks: [])").expect("a deal"),
        };
        let mut setup = setup(&prepared, "passive");
        let accept = Order::Answer { from: "north".into(), answer: walled_gardens::order::Answer::Accept };
        let plan = |turn: usize, order: Order| {
            let mut plan = vec![Orders::new(); 12];
            plan[turn - 1].push(order);
            plan
        };
        setup.seats[0] = Seat::Recorded("offers".into(), plan(2, offer));
        setup.seats[1] = Seat::Recorded("accepts".into(), plan(3, accept));
        let mut game = Match::new(&prepared, setup);
        let mut outcomes = Vec::new();
        while !game.is_over() {
            outcomes.push(game.play_turn().outcome);
        }
        // Happened(second) holds after the turn in which it happens, for what is judged by what was before.
        let expected = if when == r#"Happened(event: "second")"# { Some(6) } else { first };
        let expected =
            if when.contains("choice: \"yes\"") || when.contains("up") { Some(6) } else { expected };
        assert_eq!(turns_of(&outcomes).first().copied(), expected, "{when}");
    }
}

#[test]
fn it_happens_again_after_its_cooldown_and_asks_nobody_twice_at_once() {
    let again = level_with(r#"[(id: "a", title: "A", when: Turn(2), cooldown: 4)]"#);
    assert_eq!(turns_of(&played(&again, &[]).0), [2, 6, 10]);
    let asked = level_with(
        r#"[(id: "a", title: "A", when: Turn(2), cooldown: 1, answer_within: 3, choices: [
            (id: "x", text: "X", default: true), (id: "y", text: "Y")])]"#,
    );
    assert_eq!(turns_of(&played(&asked, &[]).0), [2, 5, 8, 11]);
}

#[test]
fn a_parameter_that_was_changed_is_as_written_again() {
    let prepared = level_with(
        r#"[(id: "wave", title: "A wave of fraud", when: Turn(1), effects: [
            Market(parameter: "fraud_rate", factor: 2.0, months: 3)])]"#,
    );
    let mut game = Match::new(&prepared, setup(&prepared, "passive"));
    let mut rates = Vec::new();
    while !game.is_over() {
        rates.push(game.simulation().level().market.fraud_rate / prepared.level.market.fraud_rate);
        game.play_turn();
    }
    assert_eq!(rates[..6], [1.0, 2.0, 2.0, 2.0, 1.0, 1.0], "before turns 1 to 6");
    assert_eq!(**game.simulation().level(), *prepared.level);
}

#[test]
fn a_strike_leaves_a_carrier_part_of_its_room_for_a_while() {
    let events = r#"events=[(id: "strike", title: "A strike", when: Turn(3), effects: [
        Room(service: "amber-fleet", factor: 0.5, months: 2)])]"#;
    let delivery = |changes: &[&str]| {
        let prepared = prepared("arena/six", changes);
        let mut setup = setup(&prepared, "passive");
        (setup.population.consumers, setup.population.merchants, setup.turns) = (2_000, 600, 7);
        crate::play(&prepared, setup).0
    };
    let (plain, struck) = (delivery(&[]), delivery(&[events]));
    let quality = |outcomes: &[Outcome], turn: usize| outcomes[turn].delivery[[0, 1, 0]];
    // Congestion is felt a turn after the parcels that cause it.
    assert_eq!(quality(&plain, 3), quality(&struck, 3));
    assert!(
        (4..=5).any(|turn| quality(&struck, turn) < 0.98 * quality(&plain, turn)),
        "{:?}",
        quality(&struck, 5)
    );
    assert_eq!(struck[7].room, plain[7].room, "the room itself is its owner's");
}

#[test]
fn matches_with_events_replay_are_judged_and_go_on_as_if_they_had_not_been() {
    let prepared = level_with(GRANT);
    let run = |judged: bool| {
        let mut game = Match::new(&prepared, setup(&prepared, "random"));
        let mut replay = Replay::new(&prepared.level, game.setup());
        while !game.is_over() {
            if judged {
                game.judge();
            }
            let orders = game.play_turn().orders;
            replay.push(orders, game.simulation().state_hash());
        }
        replay
    };
    let (plain, judged) = (run(false), run(true));
    assert_eq!(plain.hashes, judged.hashes);
    assert!(plain.verify("a replay").expect("plays").is_none());
}

#[test]
fn whoever_searches_takes_the_choice_that_is_worth_most() {
    let prepared = level_with(
        r#"[(id: "a", title: "A", when: Turn(1), choices: [
            (id: "lose", text: "Lose", default: true, effects: [Pay(amount: -1e8)]),
            (id: "win", text: "Win", effects: [Pay(amount: 1e8)])])]"#,
    );
    let chosen = |name: &str| {
        let mut setup = setup(&prepared, "passive");
        setup.seats[0] = Seat::Strategy(strategy::strategy(name).expect("is known"));
        let mut game = Match::new(&prepared, setup);
        (0..2).for_each(|_| drop(game.play_turn()));
        game.simulation().outcome().flow(0, Flow::Events)
    };
    assert_eq!((chosen("passive"), chosen("optimiser")), (-1e8, 1e8));
}

#[test]
fn what_is_settled_when_a_market_opens_moves_nothing_later() {
    // People keep the sensitivity to prices that they opened with; what startles them, and what the public expects, is reckoned
    // with the level's.
    let changes = ["market.expectation=0".to_owned(), "market.attention=0".to_owned()];
    let level = Level::find("history/china_2024", &changes, &strategy::vocabulary()).expect("is shipped");
    let sold_with = |name: &str| {
        let mut level = level.clone();
        let change = Change::Market { parameter: name.into(), factor: 0.7 };
        level.events = vec![LevelEvent {
            id: "a".into(),
            title: "A".into(),
            text: String::new(),
            when: Condition::Turn(1),
            cooldown: None,
            seat: None,
            effects: vec![Effect::Change { change, months: None }],
            choices: Vec::new(),
            default: 0,
            answer_within: 1,
        }];
        let prepared = Prepared::new(level);
        let mut setup = setup(&prepared, "random");
        (setup.population.consumers, setup.population.merchants) = (800, 300);
        let mut game = Match::new(&prepared, setup);
        (0..5).for_each(|_| drop(game.play_turn()));
        let outcome = game.simulation().outcome();
        (outcome.sales.clone(), outcome.listed.clone(), outcome.cash_in_fen.clone(), outcome.value.clone())
    };
    let unmoved = sold_with("none of this name");
    for name in SETTLED {
        assert!(sold_with(name) == unmoved, "{name} is looked at while a market goes on");
    }
    for name in
        ["reconsideration", "habit", "fraud_rate", "word_of_mouth", "payment_friction", "carrier_noise"]
    {
        assert!(sold_with(name) != unmoved, "{name} moves nothing");
    }
}

#[test]
fn what_happens_again_and_again_multiplies_no_further_than_a_level_may() {
    let again = r#"[(id: "a", title: "A", when: Every(1), cooldown: 1, effects: [Spending(factor: 2), Market(parameter: "logit_scale", factor: 0.5)])]"#;
    let prepared = prepared(
        "tutorial/two-gardens",
        &["setup.turns=100", "setup.consumers=200", &format!("events={again}")],
    );
    let mut game = Match::new(&prepared, setup(&prepared, "passive"));
    while !game.is_over() {
        let outcome = game.play_turn().outcome;
        assert!(outcome.spending.iter().all(|spending| *spending <= 10.0), "{:?}", outcome.spending);
        assert_eq!(game.simulation().ledger().sum(), 0);
    }
    assert_eq!(game.simulation().outcome().spending[0], 10.0);
    let (written, now) = (prepared.level.market.logit_scale, game.simulation().level().market.logit_scale);
    assert!(now >= 1e-3 * written && now < 3e-3 * written, "{now}");
}
