//! What is told of a month, and in what order.

use std::sync::Arc;

use super::*;
use crate::order::{Access, Audience, Order, Orders};
use crate::play::recorded::{against, pass};
use crate::play::why::{People, flows_of};
use crate::play::{Figure, PlayedTurn, Session};
use crate::sim::state::events::Event;

const TWO: &str = "tutorial/two-gardens";

fn scale() -> Scale {
    Scale { me: Some(0), people: 1e6, sales: 1e9, value: 2e10, objectives: 3, size: vec![0.5, 0.3, 0.2] }
}

/// South, which cuts its commission and gives coupons in the second month, seen from the North.
fn attacked(commission: f64, depth: f64) -> Session {
    let cut = Order::TakeRate { category: None, rate: commission };
    let coupon = Order::Coupon { region: None, category: None, audience: Audience::Everyone, depth };
    let orders: Orders = vec![cut, coupon];
    let mut session = against(TWO, &[], "north", ("south", vec![Vec::new(), orders]));
    pass(&mut session, 2);
    session
}

#[test]
fn a_rivals_prices_are_one_story_with_the_people_whom_the_market_shows_to_have_gone() {
    let position = attacked(0.01, 0.1).position();
    let told = headlines(&position);
    let Some(Story::Prices { by, moves, won }) = told.first().map(|first| &first.story) else {
        panic!("{told:?}")
    };
    let moved: Vec<Price> = moves.iter().map(|one| one.price).collect();
    assert_eq!((*by, moved), (1, vec![Price::Coupons, Price::Commission]), "the largest first");
    assert!(moves.iter().all(|one| !one.is_dearer()));
    assert_eq!((moves[0].from, moves[0].to, moves[1].to), (0.0, 0.1, 0.01));
    let flows = flows_of(position.turns.last().expect("was played"), People::default());
    assert_eq!(*won, flows[0][1] - flows[1][0]);
    assert!(*won > 0.0, "people go where it is cheaper");
    assert!(headlines(&position.at(1)).iter().all(|one| !matches!(one.story, Story::Prices { .. })));
}

#[test]
fn what_hardly_changes_anything_is_no_news() {
    let session = against(TWO, &[], "north", ("south", Vec::new()));
    let rate = session.view().public.prices[1].as_ref().expect("a shop").take_rates[0];
    let trifle = Order::TakeRate { category: None, rate: rate + 1e-4 };
    let mut session = against(TWO, &[], "north", ("south", vec![vec![trifle]]));
    pass(&mut session, 1);
    let month = Month::of(&session.position()).map(|month| stories(&month)).expect("a month");
    let moved = |story: &Story| matches!(story, Story::Prices { by: 1, .. });
    assert!(month.iter().any(moved), "it could be told");
    let stake = PriceMove { price: Price::Commission, category: None, from: 0.03, to: 0.0301, stake: 1e5 };
    let trifle = Story::Prices { by: 1, moves: vec![stake], won: 0.0 };
    let matters = Story::Prices { by: 1, moves: vec![PriceMove { stake: 1e7, ..stake }], won: 0.0 };
    let told = rank(&scale(), vec![trifle, matters.clone()], &[]);
    assert_eq!(told.iter().map(|one| &one.story).collect::<Vec<_>>(), [&matters]);
}

#[test]
fn the_weightiest_comes_first_and_what_was_told_last_month_weighs_half() {
    let crowd = |people| Story::Crowd { from: 0, to: 1, people, mostly: None };
    let fine = Story::Missed { figure: Figure::Cash, expected: 2e9, found: 1e9, mostly: None };
    let stories = vec![fine.clone(), crowd(9e4)];
    let weights = |before: &[Story]| {
        let told = rank(&scale(), stories.clone(), before);
        told.into_iter().map(|one| (one.story, one.weight)).collect::<Vec<_>>()
    };
    assert_eq!(weights(&[]), [(crowd(9e4), 0.09), (fine.clone(), 0.05)]);
    assert_eq!(weights(&[crowd(5e4)]), [(fine.clone(), 0.05), (crowd(9e4), 0.045)]);
    let back = Story::Crowd { from: 1, to: 0, people: 5e4, mostly: None };
    assert_eq!(weights(&[back])[0].0, crowd(9e4), "another crowd is another story");
}

#[test]
fn what_concerns_others_weighs_by_how_much_of_the_market_they_are() {
    let trust = |of| weight(&scale(), &Story::Trust { of, from: 0.8, to: 0.7 });
    assert!(trust(0) > 3.0 * trust(1) && trust(1) > trust(2) && trust(2) > TRIFLE);
    let watching = Scale { me: None, ..scale() };
    let of = |of| weight(&watching, &Story::Trust { of, from: 0.8, to: 0.7 });
    assert!(of(0) > of(1), "to whoever only watches the larger are the larger news");
}

#[test]
fn a_lost_objective_is_never_silent() {
    for objectives in 1..=40 {
        let scale = Scale { objectives, ..scale() };
        let lost = Story::Goal { objective: 0, turn: GoalChange::Lost };
        assert_eq!(rank(&scale, vec![lost.clone()], &[lost]).len(), 1, "one of {objectives}");
    }
    let wanted = "objectives=[(seat: \"north\", title: \"Most\", metric: \"share\", of: \"north\", at_least: 0.9, at: 2)]";
    let mut session = against(TWO, &[wanted], "north", ("south", Vec::new()));
    let goals = |session: &Session| -> Vec<GoalChange> {
        let turn = |one: Headline| match one.story {
            Story::Goal { turn, .. } => Some(turn),
            _ => None,
        };
        headlines(&session.position()).into_iter().filter_map(turn).collect()
    };
    pass(&mut session, 1);
    assert_eq!(goals(&session), [GoalChange::Due(1)]);
    pass(&mut session, 1);
    assert_eq!(goals(&session), [GoalChange::Lost]);
    let first = headlines(&session.position()).swap_remove(0);
    assert_eq!(first.story, Story::Goal { objective: 0, turn: GoalChange::Lost }, "all that it is judged by");
    pass(&mut session, 1);
    assert_eq!(goals(&session), [], "it is told once");
}

#[test]
fn what_rivals_keep_secret_changes_no_news() {
    let mut position = attacked(0.01, 0.1).position();
    let told = headlines(&position);
    let change = |turn: &Arc<PlayedTurn>| {
        let mut turn = PlayedTurn::clone(turn);
        let outcome = &mut turn.record.outcome;
        (outcome.cash[1], outcome.cash_in_fen[1], outcome.profit[1]) = (-1.0, -100, 9e9);
        (outcome.value[1], outcome.fraud[1], outcome.visibility[1]) = (0.0, 0.9, 0.1);
        outcome.flows[1].iter_mut().for_each(|flow| *flow = 7);
        turn.record.orders[1].clear();
        Arc::new(turn)
    };
    position.turns = position.turns.iter().map(change).collect();
    assert_eq!(headlines(&position), told);
}

#[test]
fn records_are_told_when_they_are_broken_and_not_as_long_as_they_rise() {
    let mut position = attacked(0.03, 0.0).position();
    let turns = position.turns.clone();
    let cash = |amounts: &[f64]| -> Vec<Arc<PlayedTurn>> {
        let turn = |(place, &amount): (usize, &f64)| {
            let mut turn = PlayedTurn::clone(&turns[0]);
            turn.record.outcome.turn = place as u32 + 1;
            turn.record.outcome.cash[0] = amount;
            Arc::new(turn)
        };
        amounts.iter().enumerate().map(turn).collect()
    };
    let mut record = |amounts: &[f64]| {
        position.turns = cash(amounts);
        headlines(&position).into_iter().find_map(|one| match one.story {
            Story::Record { figure: Figure::Cash, high, was, .. } => Some((high, was)),
            _ => None,
        })
    };
    assert_eq!(record(&[5e9, 9e9, 7e9, 9.5e9]), Some((true, 9e9)));
    assert_eq!(record(&[5e9, 6e9, 7e9, 8e9]), None, "it was the highest the month before");
    assert_eq!(record(&[5e9, 3e9, 4e9, 2e9]), Some((false, 3e9)));
    assert_eq!(record(&[5e9, 3e9, 4e9]), None, "three months are no history");
}

#[test]
fn first_places_are_told_where_they_change_hands() {
    let mut position = attacked(0.03, 0.0).position();
    let mut turn = PlayedTurn::clone(&position.turns[1]);
    for (platform, sales) in [(0, 1e9), (1, 2e9)] {
        turn.record.outcome.sales[[0, 0, platform]] = sales;
    }
    let mut before = PlayedTurn::clone(&position.turns[0]);
    for (platform, sales) in [(0, 2e9), (1, 1e9)] {
        before.record.outcome.sales[[0, 0, platform]] = sales;
    }
    position.turns = vec![Arc::new(before), Arc::new(turn)];
    let told = headlines(&position);
    let first = |one: &Headline| match one.story {
        Story::FirstPlace { place, by, from, part } => Some((place, by, from, part)),
        _ => None,
    };
    let firsts: Vec<_> = told.iter().filter_map(first).collect();
    assert_eq!(firsts, [(Place::Everywhere, 1, 0, 1.0)], "one category and one region are the whole");
    let passed = told.iter().any(|one| one.story == Story::Overtaken { by: 1, whom: 0 });
    assert!(passed);
}

#[test]
fn a_match_that_nobody_plays_has_news_as_well() {
    let level = crate::level::Level::find("tutorial/four-gardens", &[], &crate::strategy::vocabulary());
    let cast = vec!["price-war".to_owned(); 4];
    let mut session = Session::between(&level.expect("is shipped"), &cast, Some(1)).expect("plays");
    pass(&mut session, 2);
    let told = headlines(&session.position());
    assert!(told.iter().any(|one| matches!(one.story, Story::Prices { .. })), "{told:?}");
    let own =
        |story: &Story| matches!(story, Story::Goal { .. } | Story::Record { .. } | Story::Missed { .. });
    assert!(!told.iter().any(|one| own(&one.story)), "nobody's numbers are anybody's own");
}

#[test]
fn a_record_that_is_written_as_it_was_is_none() {
    let session = attacked(0.03, 0.0);
    let mut position = session.position();
    let turn = |place: u32, cash: f64| {
        let mut turn = PlayedTurn::clone(&session.turns()[0]);
        turn.record.outcome.turn = place;
        turn.record.outcome.cash[0] = cash;
        Arc::new(turn)
    };
    let mut told = |last: f64| {
        let cash = [1e9, 1.2e9, 1.1e9, 1.05e9, last];
        position.turns = (1..).zip(cash).map(|(place, cash)| turn(place, cash)).collect();
        let month = Month::of(&position).expect("was played");
        stories(&month).iter().any(|story| matches!(story, Story::Record { figure: Figure::Cash, .. }))
    };
    assert!(told(1.3e9));
    assert!(!told(1.201e9), "more by a thousandth");
}

#[test]
fn what_engineers_build_is_a_rumour_when_it_begins_and_a_month_before_it_is_there() {
    let service = "east-pay";
    let adopt = Order::Adopt { service: service.into() };
    let long = ["integration={\"wallet\": (effort: 300, months: 3)}"];
    let rival = ("west", vec![Vec::new(), vec![adopt]]);
    let mut session = against("arena/two_ecosystems", &long, "east", rival);
    let to = Some("west".to_owned());
    session.draft.set(Order::Open { service: service.into(), to, access: Access::Native });
    let mut told = Vec::new();
    for _ in 0..8 {
        pass(&mut session, 1);
        told.push(headlines(&session.position()).into_iter().find_map(|one| match one.story {
            Story::Builds { by: 1, months, .. } => Some(months),
            Story::Between(Event::Integrated { platform: 1, .. }) => Some(0),
            _ => None,
        }));
    }
    assert!(matches!(told[..2], [None, Some(2..)]), "it is told when it begins: {told:?}");
    let there = told.iter().position(|one| *one == Some(0)).expect("it is there in the end");
    assert_eq!(told[there - 1], Some(1), "{told:?}");
}
