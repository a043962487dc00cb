//! What is said to be legal is legal, and what is not said is not.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use walled_gardens::game::{Match, Prepared, Seat, Setup};
use walled_gardens::level::Level;
use walled_gardens::order::Order;
use walled_gardens::play::Session;
use walled_gardens::protocol::{Legal, legal};
use walled_gardens::strategy::{PlatformView, strategy, vocabulary};

/// Every order that an entry names, with its number at an end of its range.
fn orders(entry: &Legal, most: bool) -> Vec<Order> {
    let mut numbers = Map::new();
    for number in &entry.numbers {
        // Where cash sets the limit, nothing is spent.
        let number_of = if most { number.most.unwrap_or(number.least) } else { number.least };
        numbers.insert(number.field.to_owned(), json!(number_of));
    }
    let mut bodies = vec![numbers.clone()];
    if !entry.targets.is_empty() {
        bodies.clear();
        for target in &entry.targets {
            let mut some = vec![numbers.clone()];
            for (field, values) in target {
                some = values
                    .iter()
                    .flat_map(|value| {
                        some.iter().cloned().map(|mut body| {
                            if !value.is_null() {
                                body.insert((*field).to_owned(), value.clone());
                            }
                            body
                        })
                    })
                    .collect();
            }
            bodies.extend(some);
        }
    }
    let order = |body: Map<String, Value>| {
        let unit = ["Comply", "Contest"].contains(&entry.kind);
        let mut body = body;
        if entry.kind == "Offer" {
            body.insert("deal".to_owned(), json!({"gives": ["NonBlocking"], "months": 6}));
        }
        let order = if unit { json!(entry.kind) } else { json!({ entry.kind: body }) };
        serde_json::from_value(order.clone()).unwrap_or_else(|error| panic!("{order}: {error}"))
    };
    bodies.into_iter().map(order).collect()
}

fn refusal(view: &PlatformView, order: &Order) -> Option<String> {
    Session::rehearse(view, std::slice::from_ref(order)).refused.swap_remove(0)
}

/// Plays a level with strategies that deal, and shows every seat's view of every turn.
fn each_view(level: &str, turns: u32, seats: &str, mut see: impl FnMut(&PlatformView)) {
    let prepared = Prepared::new(Level::find(level, &[], &vocabulary()).unwrap());
    let mut setup = Setup::of(&prepared.level).unwrap();
    setup.seats.fill(Seat::Strategy(strategy(seats).unwrap()));
    setup.population.consumers = prepared.level.least_consumers().max(1_000);
    setup.population.merchants = setup.population.merchants.min(200);
    setup.turns = turns;
    let mut game = Match::new(&prepared, setup);
    for _ in 0..turns {
        for platform in 0..prepared.level.platforms.len() {
            if game.simulation().acts(platform) {
                see(&PlatformView::new(game.simulation(), platform, turns));
            }
        }
        game.play_turn();
    }
}

#[test]
fn whatever_is_said_to_be_legal_is_carried_out() {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (level, turns, seats) in [
        ("arena/duel", 2, "random"),
        ("history/china_2024", 4, "random"),
        ("arena/festivals", 4, "dealmaker"),
        ("systems/s24_engineering", 5, "random"),
        ("systems/s11_asking_and_refusing", 5, "random"),
    ] {
        each_view(level, turns, seats, |view| {
            for entry in legal(view) {
                for order in [orders(&entry, false), orders(&entry, true)].into_iter().flatten() {
                    *kinds.entry(entry.kind).or_default() += 1;
                    let refused = refusal(view, &order);
                    let cash = refused.as_ref().is_some_and(|why| why.contains("in cash"));
                    assert!(refused.is_none() || cash, "{level}, turn {}: {order}: {refused:?}", view.turn);
                }
            }
        });
    }
    for kind in [
        "TakeRate",
        "Coupon",
        "Open",
        "Close",
        "ServicePrice",
        "Adopt",
        "Drop",
        "Offer",
        "Answer",
        "Choose",
        "Buy",
    ] {
        assert!(kinds.contains_key(kind), "no {kind} was tried: {kinds:?}");
    }
}

#[test]
fn whatever_between_companies_is_not_said_to_be_legal_is_refused_or_changes_nothing() {
    let mut tried = 0;
    each_view("history/china_2024", 4, "random", |view| {
        let said: Vec<Order> = legal(view).iter().flat_map(|entry| orders(entry, false)).collect();
        let level = &view.level;
        for service in &level.services {
            let id = || service.id.clone();
            let others = level.platforms.iter().map(|platform| Some(platform.id.clone())).chain([None]);
            for to in others {
                let close = Order::Close { service: id(), to: to.clone() };
                tried += 1;
                assert!(said.contains(&close) || refusal(view, &close).is_some(), "{close}");
            }
            for order in [
                Order::Adopt { service: id() },
                Order::Drop { service: id() },
                Order::Abort { service: id() },
            ] {
                let works = view.public.ecosystem.engineering[view.me]
                    .works_on(level.services.iter().position(|known| known.id == service.id).unwrap());
                // Adopting what is being built already is no mistake, and nothing.
                let nothing = matches!(order, Order::Adopt { .. }) && works;
                assert!(said.contains(&order) || nothing || refusal(view, &order).is_some(), "{order}");
            }
        }
        for other in &level.platforms {
            let block = Order::Block { platform: other.id.clone() };
            assert!(said.contains(&block) || refusal(view, &block).is_some(), "{block}");
        }
    });
    assert!(tried > 100);
}

#[test]
fn every_number_of_a_view_is_a_number() {
    for level in [
        "arena/duel",
        "history/china_2024",
        "arena/festivals",
        "systems/s29_distress",
        "systems/s32_newcomer",
    ] {
        each_view(level, 3, "random", |view| {
            // JSON would write what is no number as null.
            let text = format!("{:?} {:?} {:?}", view.public, view.own, view.own_service_profit);
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            assert!(!words.any(|word| ["NaN", "inf"].contains(&word)), "{level}, turn {}", view.turn);
            let json = serde_json::to_value(view).unwrap();
            let names: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
            let known = [
                "last_turn",
                "me",
                "own",
                "own_awareness",
                "own_service_profit",
                "public",
                "refused",
                "turn",
            ];
            assert_eq!(names, known);
        });
    }
}
