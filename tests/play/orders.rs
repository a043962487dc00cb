//! What may be ordered, and what an order was worth.

use std::cell::RefCell;
use walled_gardens::order::{Answer, Order};

use walled_gardens::play::{
    Best, Bests, Difficulty, Figure, MonthWorth, Session, decisive, worth_of_months, worth_of_orders,
};

use crate::{CHINA, FOUR, begin, coupon, play};

#[test]
fn a_plan_says_what_is_not_legal_in_the_simulations_own_words() {
    // As things stand: rivals that order nothing open nothing in the meantime.
    let mut session = Session::begin(CHINA, Some("alibaba"), None, Difficulty::Gentle).expect("plays");
    let adopt = Order::Adopt { service: "wechat-pay".into() };
    let plan = [
        Order::TakeRate { category: None, rate: 0.9 },
        adopt.clone(),
        Order::BrandBudget { amount: 1e15 },
        Order::BrandBudget { amount: 1e9 },
        Order::Close { service: "alipay".into(), to: Some("jd".into()) },
        Order::Answer { from: "jd".into(), answer: Answer::Accept },
    ];
    let view = session.view();
    let rehearsal = Session::rehearse(&view, &plan);
    let legal: Vec<bool> = rehearsal.refused.iter().map(Option::is_none).collect();
    assert_eq!(legal, [false, false, false, true, false, false]);
    assert_eq!(rehearsal.policy.budgets.brand, 1e9);
    plan.iter().for_each(|order| session.draft.set(order.clone()));
    let orders = session.draft.orders().to_vec();
    let expected = Session::rehearse(&view, &orders);
    let turn = session.end_turn(None);
    let refused: Vec<&String> = turn.record.refusals[0].iter().map(|refusal| &refusal.reason).collect();
    assert_eq!(refused, expected.refused.iter().flatten().collect::<Vec<_>>());
}

#[test]
fn an_order_is_weighed_by_what_the_objectives_measure_too() {
    let mut session = begin("tutorial/first-game", Some("lotus"));
    session.draft.set(Order::MarketingBudget { region: None, amount: 6e7 });
    session.draft.set(Order::GovernanceBudget { amount: 4e7 });
    session.end_turn(None);
    let worth = worth_of_orders(&session.again(), 1);
    let objectives = &session.level().objectives;
    let of = |order: usize, metric: &str| {
        let mut measured = worth[order].spans[0].objectives.iter();
        let found = measured.find(|(place, _)| objectives[*place].measure.metric == metric);
        found.and_then(|(_, worth)| *worth)
    };
    assert!(of(0, "awareness") > Some(0.005), "marketing makes known: {worth:?}");
    assert!(of(1, "trust") > Some(0.001), "policing makes trusted: {worth:?}");
    assert!(of(0, "trust").is_some_and(|trust| trust.abs() < 1e-4), "marketing does not: {worth:?}");
    assert_eq!(of(0, "share"), None, "a figure says it already");
}

#[test]
fn an_order_is_worth_what_the_turn_lacks_without_it() {
    let mut session = begin(FOUR, Some("jade"));
    play(&mut session, 2);
    session.draft.set(Order::AdvertLoad { load: 0.2 });
    session.draft.set(Order::GovernanceBudget { amount: 3e7 });
    session.end_turn(None);
    let worth = worth_of_orders(&session.again(), 3);
    assert_eq!(worth.len(), 2);
    let profit = |number: usize| {
        worth[number].spans[0]
            .worth
            .iter()
            .find(|(figure, _)| *figure == Figure::Profit)
            .expect("a shop has one")
            .1
    };
    assert!(profit(0) > 0.0, "adverts pay at once: {worth:?}");
    assert!(profit(1) < 0.0, "policing costs: {worth:?}");
    assert!(worth_of_orders(&session.again(), 9).is_empty());
}

#[test]
fn an_order_is_worth_more_or_less_over_half_a_year_and_no_longer_than_is_played() {
    let mut session = begin(FOUR, Some("jade"));
    session.draft.set(Order::BrandBudget { amount: 6e7 });
    session.end_turn(None);
    let spans = |session: &Session| {
        let worth = worth_of_orders(&session.again(), 1);
        worth[0].spans.iter().map(|span| (span.months, span.of)).collect::<Vec<_>>()
    };
    assert_eq!(spans(&session), [(1, 1)]);
    play(&mut session, 3);
    assert_eq!(spans(&session), [(1, 1), (4, 6)], "of half a year four months are known");
    play(&mut session, 4);
    assert_eq!(spans(&session), [(1, 1), (6, 6), (8, 12)]);
    play(&mut session, 5);
    assert_eq!(spans(&session), [(1, 1), (6, 6), (12, 12)], "a year is as far as is looked");
    let worth = worth_of_orders(&session.again(), 1);
    let of = |place: usize, figure: Figure| {
        worth[0].spans[place].worth.iter().find(|(known, _)| *known == figure).expect("is told").1
    };
    assert!(of(1, Figure::Share) > of(0, Figure::Share), "a brand grows: {worth:?}");
    // What the months earned more or less is what is in cash.
    for place in 0..3 {
        assert!((of(place, Figure::Profit) - of(place, Figure::Cash)).abs() < 1.0, "{worth:?}");
    }
}

fn months_of(session: &Session) -> Vec<MonthWorth> {
    let told = RefCell::new(Vec::new());
    worth_of_months(&session.again(), &|month| {
        told.borrow_mut().push(month);
        true
    });
    told.into_inner()
}

#[test]
fn the_month_that_decided_a_match_is_the_one_without_which_it_ends_otherwise() {
    let mut session = begin("tutorial/first-game", Some("lotus"));
    session.draft.set(Order::GovernanceBudget { amount: 4e7 });
    session.end_turn(None);
    assert_eq!(months_of(&session), [], "nothing has ended yet");
    session.end_turn(None);
    // A payment to nobody, as far as the end goes: everything is sold for nothing for a year.
    session.draft.set(coupon(0.5));
    while !session.is_over() {
        session.end_turn(None);
    }
    let months = months_of(&session);
    assert_eq!(
        months.iter().map(|month| month.turn).collect::<Vec<_>>(),
        [1, 3],
        "of the others there is nothing to tell"
    );
    assert!(months[1].value < -10.0 * months[0].value.abs(), "{months:?}");
    assert_eq!(decisive(&months), Some(&months[1]));
    let mut without = begin("tutorial/first-game", Some("lotus"));
    without.draft.set(Order::GovernanceBudget { amount: 4e7 });
    while !without.is_over() {
        without.end_turn(None);
    }
    let difference = session.now().worth()[session.me()] - without.now().worth()[without.me()];
    // Rivals that answer what they see would order something else; here they order what they did.
    assert!(months[1].value.signum() == difference.signum(), "{difference:e} {months:?}");
    let minor =
        MonthWorth { value: 2.0 * months[1].value, rank: [1, 1], medal: [None, None], ..months[1].clone() };
    let small = MonthWorth { turn: 9, value: 1.0, rank: [1, 2], ..minor.clone() };
    assert_eq!(
        decisive(&[minor, small]).map(|month| month.turn),
        Some(9),
        "a place counts for more than any sum"
    );
}

#[test]
fn the_best_of_a_seat_is_kept_and_only_what_is_better_takes_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = begin("tutorial/first-game", Some("lotus"));
    assert_eq!(Best::of(&session.position()), None, "it is not over");
    while !session.is_over() {
        session.end_turn(None);
    }
    let ended = Best::of(&session.position()).expect("is over");
    let mut bests = Bests::read(folder.path());
    assert!(bests.take("a/level", "seat", ended.clone()) && !bests.take("a/level", "seat", ended.clone()));
    let worse = Best { rank: ended.rank + 1, worth: 9.0 * ended.worth, ..ended.clone() };
    assert!(!bests.take("a/level", "seat", worse), "a place counts for more than any sum");
    bests.keep(folder.path()).expect("is kept");
    let read = Bests::read(folder.path());
    assert_eq!((read.best("a/level", "seat"), read.best("a/level", "another")), (Some(&ended), None));
    std::fs::write(folder.path().join("best.json"), "{").expect("is written");
    assert_eq!(Bests::read(folder.path()), Bests::default(), "what does not read is as if it were not there");
}
