//! Many matches at once for a host.

use serde_json::{Value, json};
use walled_gardens::game::{Match, Prepared, Setup};
use walled_gardens::level::Level;
use walled_gardens::order::Orders;
use walled_gardens::strategy::{strategy, vocabulary};

use super::{asked, host, hosts, written};

fn duel(number: u32, seats: &Value) -> Value {
    json!({"match": number, "level": "arena/duel", "seats": seats, "seed": 7, "turns": 4, "consumers": 300, "merchants": 60})
}

fn reset(matches: &[Value]) -> Value {
    json!({"type": "reset", "matches": matches, "observe": "none"})
}

fn step(number: u32, orders: &Value) -> Value {
    json!({"type": "step", "matches": [{"match": number, "orders": orders}], "observe": "none"})
}

fn both() -> Value {
    json!({"north": "host", "south": "host"})
}

#[test]
fn a_match_of_a_hosts_is_the_match_that_the_program_plays() {
    let north = json!([{"TakeRate": {"rate": 0.02}}, {"BrandBudget": {"amount": 5e6}}]);
    let mut host = host();
    asked(&mut host, &reset(&[duel(0, &json!({"north": "host", "south": "premium"}))]));
    let mut answer = Value::Null;
    for _ in 0..4 {
        answer = asked(&mut host, &step(0, &json!({ "north": north })));
    }
    let one = &answer["matches"][0];
    assert_eq!((&one["turn"], &one["over"]), (&json!(4), &json!(true)));

    let prepared = Prepared::new(Level::find("arena/duel", &[], &vocabulary()).unwrap());
    let mut setup = Setup::of(&prepared.level).unwrap();
    (setup.turns, setup.population.seed) = (4, 7);
    (setup.population.consumers, setup.population.merchants) = (300, 60);
    let orders: Orders = serde_json::from_value(north).unwrap();
    setup.seats = vec![
        walled_gardens::game::Seat::Recorded("orders".into(), vec![orders; 4]),
        walled_gardens::game::Seat::Strategy(strategy("premium").unwrap()),
    ];
    let mut game = Match::new(&prepared, setup);
    let outcome = game.play_out();
    for (platform, id) in ["north", "south"].into_iter().enumerate() {
        let seat = &one["seats"][id];
        assert_eq!(seat["value"].as_f64().unwrap(), outcome.value[platform]);
        assert_eq!(seat["cash"].as_f64().unwrap(), outcome.cash[platform]);
        assert_eq!(seat["host"], json!(platform == 0));
    }
    let judged = asked(&mut host, &json!({"type": "judge", "matches": [0]}));
    let worth = game.judge().worth().to_vec();
    assert_eq!(judged["matches"][0]["seats"]["south"]["value"].as_f64().unwrap(), worth[1]);
}

#[test]
fn what_a_host_sees_is_what_a_bot_would() {
    let mut host = host();
    let mut begin = reset(&[duel(0, &both())]);
    begin["observe"] = json!("view");
    let answer = asked(&mut host, &begin);
    let one = &answer["matches"][0];
    assert_eq!(one["level"]["platforms"][0]["id"], "north");
    assert_eq!(one["seats"]["south"]["view"]["me"], 1);
    assert!(
        one["seats"]["south"]["legal"].as_array().unwrap().iter().any(|entry| entry["kind"] == "TakeRate")
    );
    // Refused orders come back with their reasons; the level is told once.
    let orders = json!({"south": [{"TakeRate": {"rate": 0.9}}]});
    let answer = asked(&mut host, &json!({"type": "step", "matches": [{"match": 0, "orders": orders}]}));
    let one = &answer["matches"][0];
    assert!(one.get("level").is_none());
    assert!(one["seats"]["south"]["view"]["refused"][0]["reason"].as_str().unwrap().contains("0.9"));
}

#[test]
fn a_clone_and_a_restored_match_go_on_as_the_match_would() {
    let mut host = host();
    asked(&mut host, &reset(&[duel(0, &json!({"north": "host", "south": "random"}))]));
    let cut = json!({"north": [{"TakeRate": {"rate": 0.01}}]});
    asked(&mut host, &step(0, &cut));
    let clone = asked(&mut host, &json!({"type": "clone", "match": 0, "to": 1, "observe": "none"}));
    assert_eq!(clone["matches"][0]["turn"], 1);
    let state = asked(&mut host, &json!({"type": "state", "match": 0}));
    asked(&mut host, &json!({"type": "restore", "match": 2, "save": state["save"], "observe": "none"}));
    let mut ends = Vec::new();
    for number in [0, 1, 2] {
        for _ in 0..3 {
            asked(&mut host, &step(number, &cut));
        }
        let again = asked(&mut host, &json!({"type": "state", "match": number}));
        ends.push(again["save"].as_str().unwrap().to_owned());
    }
    assert!(ends[0] == ends[1] && ends[0] == ends[2], "every turn came to the same state");
    // Another seat, another match.
    let other = json!({"type": "restore", "match": 3, "save": state["save"], "seats": {"south": "host"}, "observe": "none"});
    assert_eq!(asked(&mut host, &other)["matches"][0]["seats"]["south"]["host"], true);
}

#[test]
fn what_is_wrong_is_said_and_the_loop_goes_on() {
    let mut host = host();
    asked(&mut host, &reset(&[duel(0, &both())]));
    for (request, at, words) in [
        ("hello", "", "expected value"),
        (r#"{"type":"reste"}"#, "type", "did you mean `reset`?"),
        (r#"{"type":"step","matches":[{"match":0,"order":{}}]}"#, "matches[0].order", "unknown field"),
        (
            r#"{"type":"step","matches":[{"match":0,"orders":{"north":[{"TakeRate":{"rate":"x"}}]}}]}"#,
            "matches[0].orders.north[0].TakeRate.rate",
            "invalid type",
        ),
        (r#"{"type":"clone","match":9,"to":1}"#, "match", "no match 9"),
        (r#"{"type":"restore","match":1,"save":"nonsense"}"#, "save", "not a saved match"),
        (r#"{"type":"describe","level":"arena/dual"}"#, "level", "arena/duel"),
        (r#"{"type":"describe"}"#, "", "no level"),
    ] {
        let answer: Value = serde_json::from_str(&written(&mut host, request)).unwrap();
        assert_eq!(answer["type"], "error", "{request}: {answer}");
        assert_eq!(answer["where"], at, "{request}: {answer}");
        assert!(answer.to_string().contains(words), "{request}: {answer}");
    }
    // Of several matches those that are right are played.
    let several = json!({"type": "step", "observe": "none", "matches": [
        {"match": 5}, {"match": 0, "orders": {"nroth": []}}, {"match": 0},
    ]});
    let answer = asked(&mut host, &several);
    assert!(answer["matches"][0]["error"]["what"].as_str().unwrap().contains("no match 5"));
    assert!(answer["matches"][1]["error"].to_string().contains("did you mean `north`?"), "{answer}");
    assert!(answer["matches"][2]["error"].to_string().contains("asked for twice"), "{answer}");
    let alone = asked(&mut host, &step(0, &json!({})));
    assert_eq!(alone["matches"][0]["turn"], 1, "what was refused has played nothing");
    for (change, at, words) in [
        (json!({"seats": {"norht": "host"}}), "matches[0].seats.norht", "did you mean `north`?"),
        (json!({"seats": {"north": "premuim"}}), "matches[0].seats.north", "did you mean `premium`?"),
        (json!({"turns": 0}), "matches[0].turns", "from 1 to"),
        (json!({"set": ["market.habbit=2"]}), "matches[0].level", "habit"),
    ] {
        let mut wrong = duel(0, &both());
        wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer = asked(&mut host, &reset(&[wrong]));
        let error = &answer["matches"][0]["error"];
        assert_eq!(error["where"], at, "{answer}");
        assert!(error.to_string().contains(words), "{answer}");
    }
    let over = asked(&mut host, &step(0, &json!({})));
    assert_eq!(over["matches"][0]["turn"], 2, "a reset that failed leaves the match as it was");
}

#[test]
fn answers_are_the_same_on_any_number_of_threads() {
    let play = |threads: usize| {
        let mut host = hosts(threads);
        let matches: Vec<Value> = (0..5).map(|number| duel(number, &json!({"north": "host"}))).collect();
        let mut said = vec![written(&mut host, &reset(&matches).to_string())];
        let all: Vec<Value> = (0..5).map(|number| json!({"match": number})).collect();
        for _ in 0..3 {
            let request = json!({"type": "step", "matches": all, "observe": "view"});
            said.push(written(&mut host, &request.to_string()));
        }
        said
    };
    assert_eq!(play(1), play(3));
}

#[test]
fn a_match_that_is_over_is_not_gone_on_with() {
    let mut host = host();
    asked(&mut host, &reset(&[duel(0, &both())]));
    for _ in 0..4 {
        asked(&mut host, &step(0, &json!({})));
    }
    let answer = asked(&mut host, &step(0, &json!({})));
    assert!(answer["matches"][0]["error"].to_string().contains("the match is over"), "{answer}");
    assert_eq!(asked(&mut host, &json!({"type": "close", "match": 0}))["type"], "closed");
    assert_eq!(asked(&mut host, &json!({"type": "close", "match": 0}))["type"], "error");
}

#[test]
fn what_a_host_leaves_open_is_answered_as_by_a_strategy_without_ideas() {
    // Events ask in the one, a regulator decides and strategies offer in the other.
    for (level, turns) in [("arena/festivals", 12), ("history/china_2024", 8)] {
        let played = |who: &str| {
            let mut host = host();
            let first = Level::find(level, &[], &vocabulary()).unwrap().platforms[0].id.clone();
            let setup = json!({
                "match": 0, "level": level, "turns": turns, "consumers": 4000, "merchants": 100, "seed": 3,
                "seats": { first: who },
            });
            asked(&mut host, &reset(&[setup]));
            let mut answer = Value::Null;
            for _ in 0..turns {
                answer = asked(&mut host, &step(0, &json!({})));
            }
            let seats = answer["matches"][0]["seats"].as_object().unwrap().clone();
            seats.iter().map(|(id, seat)| (id.clone(), seat["value"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(played("host"), played("passive"), "{level}");
    }
}
