//! Plans: who plays whom, and what a strategy can be given.

use serde_json::Value;
use walled_gardens::strategy::STRATEGIES;
use walled_gardens::tournament::{PLANS, Plan, Tournament};

use crate::program::{program, refused, stdout};

#[test]
fn shipped_plans_can_be_played() {
    for shipped in PLANS {
        let (plan, _) = walled_gardens::level::parse_ron::<Plan>(shipped.name, shipped.text).unwrap();
        let tournament = Tournament::new(plan).unwrap_or_else(|fault| panic!("{}: {fault}", shipped.name));
        assert!(tournament.entries.len() > 1);
    }
    assert!(STRATEGIES.len() >= 21);
    // The default names everybody who does not search, so that it ends within a minute.
    let league = PLANS[0];
    for strategy in STRATEGIES {
        assert_eq!(
            league.text.contains(&format!("\"{}\"", strategy.name())),
            !strategy.searches(),
            "{}",
            strategy.name()
        );
    }
}

#[test]
fn strategies_alone_play_where_they_can_be_seated() {
    let size = ["--turns", "2", "--consumers", "200", "--merchants", "60"];
    let played = program(&[&["tournament", "--strategies", "passive,premium", "--json"], &size[..]].concat());
    let summary: Value = serde_json::from_slice(&played.stdout).unwrap();
    assert_eq!(summary["plan"]["levels"], serde_json::json!(["arena/duel"]));
    assert_eq!(summary["blocks"], 20, "enough to be ranked, as with a level");
    let said = String::from_utf8_lossy(&played.stderr).into_owned();
    assert!(said.contains("Left out: arena/six has 6 seats for 2 strategies; list 4 more"), "{said}");
    refused(&["tournament", "league", "--strategies", "passive,premium"], &["arena/six has 6 seats"]);
}

#[test]
fn swiss_rounds_and_gauntlets_are_played_whole() {
    let common =
        ["--level", "arena/duel", "--blocks", "2", "--turns", "2", "--consumers", "200", "--merchants", "60"];
    let field = ["--strategies", "passive,premium,random,follower,price-war"];
    let play = |format: &str| -> Value {
        let arguments =
            [vec!["tournament", "--format", format, "--json"], common.to_vec(), field.to_vec()].concat();
        serde_json::from_str(&stdout(&arguments)).unwrap()
    };
    let gauntlet = play("gauntlet");
    assert_eq!(gauntlet["matches"], 2 * 4 * 2);
    let hero =
        gauntlet["contenders"].as_array().unwrap().iter().find(|one| one["name"] == "passive").unwrap();
    assert_eq!(hero["blocks"], 8, "the first is in every block");
    for one in gauntlet["contenders"].as_array().unwrap() {
        assert!(one["rank"].is_null() && one["nash"].is_null() && one["alpha"].is_null(), "{one}");
    }
    assert_eq!(gauntlet["pairs"].as_array().unwrap().len(), 4);
    let swiss = play("swiss");
    assert_eq!(swiss["matches"], 5 * 3 * 2 * 2, "five rounds of three pairs, two blocks each");
}

#[test]
fn a_strategy_is_described_with_what_it_can_be_given() {
    let text = stdout(&["strategies", "--describe", "premium"]);
    for words in ["commission", "0.045", "from", "premium(governance: 0.006)"] {
        assert!(text.contains(words), "no {words:?} in\n{text}");
    }
    assert!(stdout(&["strategies", "--describe", "passive"]).contains("no parameters"));
    refused(&["strategies", "--describe", "premum"], &["did you mean `premium`?"]);
}
