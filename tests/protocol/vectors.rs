//! Vectors for learning agents.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use walled_gardens::serve::Host;

use super::{asked, host};

fn bytes(answer: &Value, name: &str) -> Vec<u8> {
    STANDARD.decode(answer[name].as_str().unwrap_or_else(|| panic!("no {name}: {answer}"))).unwrap()
}

fn singles(answer: &Value, name: &str) -> Vec<f32> {
    bytes(answer, name).chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect()
}

fn begin(host: &mut Host, level: &str, seats: &Value, reward: &str) -> Value {
    let setup = json!({"match": 0, "level": level, "seats": seats, "turns": 6, "consumers": 4000, "merchants": 60, "reward": reward});
    asked(host, &json!({"type": "reset", "matches": [setup], "observe": "vector"}))
}

fn act(host: &mut Host, actions: &[usize]) -> Value {
    asked(host, &json!({"type": "step", "matches": [{"match": 0, "actions": actions}], "observe": "vector"}))
}

#[test]
fn every_seat_has_as_many_numbers_as_are_described_and_each_within_its_bounds() {
    for (level, seats) in [
        ("arena/duel", json!({"north": "host", "south": "host"})),
        ("history/china_2024", json!({"jd": "host", "tencent": "host", "alibaba": "host"})),
    ] {
        let mut host = host();
        let described = asked(&mut host, &json!({"type": "describe", "level": level}));
        let features = described["observation"].as_array().unwrap();
        let actions = described["actions"].as_array().unwrap();
        let mut names: Vec<&str> = features.iter().map(|one| one["name"].as_str().unwrap()).collect();
        names.extend(actions.iter().map(|one| one["name"].as_str().unwrap()));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "names differ");
        let mut answer = begin(&mut host, level, &seats, "value");
        let rows = seats.as_object().unwrap().len();
        for _ in 0..3 {
            assert_eq!(answer["rows"], rows);
            let (seen, masks) = (singles(&answer, "observations"), bytes(&answer, "masks"));
            assert_eq!((seen.len(), masks.len()), (rows * features.len(), rows * actions.len()));
            assert_eq!((bytes(&answer, "figures").len(), bytes(&answer, "acts").len()), (rows * 32, rows));
            for (place, number) in seen.iter().enumerate() {
                let feature = &features[place % features.len()];
                let bounds = [&feature["low"], &feature["high"]].map(|end| end.as_f64().unwrap() as f32);
                assert!((bounds[0]..=bounds[1]).contains(number), "{feature}: {number}");
            }
            assert!(masks.chunks(actions.len()).all(|mask| mask[0] == 1), "nothing is always legal");
            answer = act(&mut host, &vec![1; rows]);
        }
    }
}

#[test]
fn an_action_that_the_mask_allows_is_carried_out_and_changes_something() {
    for (level, seat) in [("arena/duel", "north"), ("history/china_2024", "alibaba")] {
        let mut host = host();
        let described = asked(&mut host, &json!({"type": "describe", "level": level}));
        let actions = described["actions"].as_array().unwrap();
        let answer = begin(&mut host, level, &json!({ seat: "host" }), "value");
        let masks = bytes(&answer, "masks");
        let allowed: Vec<usize> = (1..actions.len()).filter(|&action| masks[action] == 1).collect();
        assert!(allowed.len() > 20, "{level}: {}", allowed.len());
        for (place, action) in allowed.into_iter().enumerate() {
            let to = 1 + place as u32;
            asked(&mut host, &json!({"type": "clone", "match": 0, "to": to, "observe": "none"}));
            let step = json!({"type": "step", "matches": [{"match": to, "actions": [action]}]});
            let answer = asked(&mut host, &step);
            let view = &answer["matches"][0]["seats"][seat]["view"];
            assert_eq!(view["refused"], json!([]), "{level}: {}", actions[action]);
            asked(&mut host, &json!({"type": "close", "match": to}));
        }
    }
}

#[test]
fn levers_move_what_is_seen() {
    let mut host = host();
    let described = asked(&mut host, &json!({"type": "describe", "level": "arena/duel"}));
    let place = |list: &str, name: &str| {
        described[list]
            .as_array()
            .unwrap()
            .iter()
            .position(|one| one["name"] == name)
            .unwrap_or_else(|| panic!("{name}"))
    };
    let before = begin(&mut host, "arena/duel", &json!({"south": "host"}), "profit");
    let after = act(&mut host, &[place("actions", "budget.brand.up")]);
    let brand = place("observation", "own.budget.brand");
    assert!(singles(&after, "observations")[brand] > singles(&before, "observations")[brand]);
    let cheaper = act(&mut host, &[place("actions", "take_rate.down")]);
    let first = described["observation"].as_array().unwrap();
    let rate =
        first.iter().position(|one| one["name"].as_str().unwrap().starts_with("own.take_rate.")).unwrap();
    assert!(singles(&cheaper, "observations")[rate] < singles(&after, "observations")[rate]);
}

#[test]
fn rewards_are_what_they_are_called() {
    let figures = |answer: &Value| -> Vec<f64> {
        bytes(answer, "figures")
            .chunks_exact(8)
            .map(|eight| f64::from_le_bytes(eight.try_into().unwrap()))
            .collect()
    };
    let played = |reward: &str| {
        let mut host = host();
        let opening = begin(&mut host, "arena/duel", &json!({"north": "host"}), reward);
        assert_eq!(singles(&opening, "rewards"), [0.0], "nothing has been done yet");
        let mut all = vec![opening];
        all.extend((0..6).map(|_| act(&mut host, &[1])));
        all
    };
    let value = played("value");
    let rewards: f32 = value.iter().map(|answer| singles(answer, "rewards")[0]).sum();
    let (first, last) = (figures(&value[1])[0], figures(&value[6])[0]);
    assert!(
        (f64::from(rewards) - (last - first) / first.abs()).abs() < 1e-5,
        "they add up to the change of value since there was a month to judge by"
    );
    let profit = played("profit");
    assert!(
        (f64::from(singles(&profit[3], "rewards")[0]) - figures(&profit[3])[1] / first.abs()).abs() < 1e-6
    );
    let share = played("share");
    let moved = figures(&share[2])[2] - figures(&share[1])[2];
    assert!((f64::from(singles(&share[2], "rewards")[0]) - moved).abs() < 1e-6);
    let win: Vec<f32> = played("win").iter().map(|answer| singles(answer, "rewards")[0]).collect();
    assert!(win[..6].iter().all(|reward| *reward == 0.0) && [0.0, 0.5, 1.0].contains(&win[6]), "{win:?}");
}

#[test]
fn what_is_no_action_is_said() {
    let mut host = host();
    begin(&mut host, "arena/duel", &json!({"north": "host"}), "value");
    for (actions, words) in
        [(json!([1, 2]), "one for each of the host's 1 seats"), (json!([9999]), "a number from 0 to")]
    {
        let answer = asked(
            &mut host,
            &json!({"type": "step", "matches": [{"match": 0, "actions": actions}], "observe": "vector"}),
        );
        assert!(answer["matches"][0]["error"].to_string().contains(words), "{answer}");
        assert_eq!(answer["rows"], 0);
    }
}
