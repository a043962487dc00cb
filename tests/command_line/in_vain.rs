//! What a level that plays says in vain: `check` finds it, and nothing that changes a level for one match trips over it.

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{file, program, refused, stdout};

/// Two shops and a company without one, a wallet, two carriers and an app.
const RICH: &str = r#"(
    format: 1,
    meta: (id: "rich", title: "Rich"),
    setup: (turns: 24, consumers: 200, merchants: 60),
    regions: [(id: "city", population: 1e7)],
    categories: [(id: "goods", monthly_spend: 300)],
    platforms: [(id: "north", cash: 2e9), (id: "south", cash: 2e9), (id: "harbour", cash: 2e9, shop: None)],
    services: [
        Wallet(id: "pay", owner: "harbour", held: 0.5, accepted_by: ["north"], open_to: ["south"]),
        Carrier(id: "couriers", supply: Franchise, price: 3),
        Carrier(id: "fleet", owner: "north", supply: Heavy, price: 6, capacity: 1e7),
        App(id: "chat", owner: "harbour", used: 0.9, link: Blocked, links: {"north": Jump}),
    ],
    // here
)"#;

fn with(section: &str, words: &[&str]) {
    let folder = TempDir::new().unwrap();
    refused(&["check", &file(&folder, "level.ron", RICH.replace("// here", section))], words);
}

fn instead(from: &str, to: &str, words: &[&str]) {
    assert!(RICH.contains(from), "{from}");
    let folder = TempDir::new().unwrap();
    refused(&["check", &file(&folder, "level.ron", RICH.replace(from, to))], words);
}

#[test]
fn the_level_that_these_tests_change_is_sound() {
    let folder = TempDir::new().unwrap();
    assert!(stdout(&["check", &file(&folder, "level.ron", RICH)]).contains("sound"));
}

#[test]
fn an_objective_is_on_what_its_subject_can_have() {
    let of = |objective: &str, words: &[&str]| {
        with(&format!("objectives: [(seat: \"north\", title: \"T\", {objective}, by: 9)],"), words);
    };
    of("metric: \"utilisation\", at_least: 0.5", &["objectives[0].metric", "`service` beside it"]);
    of(
        "metric: \"utilisation\", service: \"pay\", at_least: 0.5",
        &["objectives[0].service", "`pay`", "carrier"],
    );
    of("metric: \"utilisation\", service: \"couriers\", at_least: 0.5", &["`couriers`", "capacity"]);
    of("metric: \"wallet_share\", service: \"fleet\", at_least: 0.5", &["`fleet`", "a wallet"]);
    of("metric: \"referred\", service: \"pay\", at_least: 1", &["`pay`", "an app"]);
    of("metric: \"share\", of: \"harbour\", at_least: 0.1", &["objectives[0].of", "`harbour` has no shop"]);
    of("metric: \"trust\", of: \"harbour\", at_least: 0.1", &["`harbour` has no shop"]);
    of("metric: \"share\", at_least: 0.1", &["objectives[0].metric", "`of` beside it"]);
    of("metric: \"hhi\", of: \"north\", at_most: 0.5", &["objectives[0].of", "not measured of a company"]);
    of("metric: \"cash\", of: \"north\", region: \"city\", at_least: 5", &["objectives[0].region"]);
    of("metric: \"users\", of: \"north\", category: \"goods\", at_least: 5", &["objectives[0].category"]);
    of("metric: \"price\", of: \"north\", at_most: 1", &["`category` beside it"]);
    of("metric: \"cash\", of: \"north\", service: \"pay\", at_least: 5", &["objectives[0].service"]);
}

#[test]
fn a_step_of_a_tutorial_can_be_completed() {
    let until = |until: &str, words: &[&str]| {
        with(&format!("tutorial: [(text: \"Do\", until: {until})],"), words);
    };
    until("Turns(100)", &["tutorial[0].until", "100 turns are never played", "at most 24"]);
    until("Amount(order: \"Block\", from: 1, to: 2)", &["tutorial[0].until.order", "`Block` has no amount"]);
    until("Amount(order: \"Offer\", from: 1, to: 2)", &["`Offer` has no amount"]);
    until("Amount(order: \"TakeRate\", from: 0.6, to: 2)", &["never from 0.6 to 2", "0.5"]);
    until("Amount(order: \"BrandBudget\", from: -2, to: -1)", &["never from -2 to -1"]);
    let folder = TempDir::new().unwrap();
    let alone = RICH.replace("// here", "tutorial: [(text: \"Do\", until: Order(\"Adopt\"))],");
    let (services, end) = (alone.find("    services: [").unwrap(), alone.find("    tutorial: [").unwrap());
    let without = format!("{}{}", &alone[..services], &alone[end..]);
    refused(&["check", &file(&folder, "level.ron", without)], &["`Adopt` is never given", "no services"]);
}

#[test]
fn a_level_that_is_shortened_for_a_match_still_plays() {
    let folder = TempDir::new().unwrap();
    let text = RICH.replace("// here", "tutorial: [(text: \"Wait\", until: Turns(20))],");
    let path = file(&folder, "level.ron", text);
    stdout(&["check", &path]);
    stdout(&["run", &path, "--turns", "2"]);
    stdout(&["run", &path, "--set", "setup.turns=2"]);
}

#[test]
fn a_case_orders_what_is_legal_in_some_state_of_the_market() {
    let case = |orders: &str, words: &[&str]| {
        let case = format!(
            "reference: [(name: \"c\", seeds: 4, against: [(turn: 1, orders: [AdvertLoad(load: 0), {orders}])], \
             differences: [(metric: \"share\", of: \"north\", turn: 3, at_least: 0.01)])],"
        );
        with(&case, &[&["reference[0].against[0].orders[1]", "level.ron:"], words].concat());
    };
    case("CategoryBudget(category: \"good\", amount: 1e6)", &["no category `good`", "did you mean `goods`"]);
    case("MarketingBudget(region: \"citty\", amount: 1e6)", &["no region `citty`", "did you mean `city`"]);
    case("VisitBudget(service: \"chatt\", amount: 1e6)", &["no service `chatt`", "did you mean `chat`"]);
    case("VisitBudget(service: \"pay\", amount: 1e6)", &["`pay` is no app"]);
    case("Open(service: \"fleet\", to: \"soth\")", &["no platform `soth`", "did you mean `south`"]);
    case("Open(service: \"pay\")", &["`pay` is not yours"]);
    case("Open(service: \"fleet\", access: Jump)", &["cannot be opened as far as Jump"]);
    case("Block(platform: \"north\")", &["with oneself"]);
    case("Adopt(service: \"paay\")", &["did you mean `pay`"]);
    case("Offer(to: \"south\", deal: (gives: [Service(service: \"flet\")]))", &["did you mean `fleet`"]);
    case("Offer(to: \"south\", deal: (asks: [Service(service: \"fleet\")]))", &["not", "to open"]);
    case("Answer(from: \"nroth\", answer: Accept)", &["did you mean `north`"]);
    case("TakeRate(rate: 0.9)", &["a take rate is a fraction from 0 to 0.5"]);
    case("MembershipFee(fee: -1)", &["between 0 and 1000"]);
    case("Capacity(service: \"fleet\", parcels: -1)", &["from 0 up"]);
}

#[test]
fn a_case_changes_and_measures_what_there_is() {
    let case = |fields: &str, words: &[&str]| {
        with(&format!("reference: [(name: \"c\", seeds: 4, {fields})],"), words);
    };
    let expect = "expect: [(metric: \"hhi\", value: 0.5, tolerance: 0.5)]";
    case(
        &format!("change: [\"setup.turns=12\", \"market.nosuch=1\"], {expect}"),
        &["reference[0].change[1]", "nosuch"],
    );
    case(&format!("change: [\"platforms.nroth.cash=1\"], {expect}"), &["reference[0].change[0]", "north"]);
    case(&format!("change: [\"market.habit=-5\"], {expect}"), &["reference[0].change[0]", "out of range"]);
    case(
        "expect: [(metric: \"utilisation\", service: \"pay\", value: 0, tolerance: 1)]",
        &["reference[0].expect[0].service"],
    );
    case(
        "expect: [(metric: \"share\", of: \"harbour\", value: 0, tolerance: 1)]",
        &["reference[0].expect[0].of"],
    );
    case(
        "expect: [(metric: \"hhi\", value: 3, tolerance: 1)]",
        &["reference[0].expect[0].value", "fraction"],
    );
    case("expect: [(metric: \"hhi\", turn: 30, value: 0.5, tolerance: 1)]", &["turn 30 is after the last"]);
    let difference = |difference: &str| {
        format!(
            "against: [(turn: 1, orders: [AdvertLoad(load: 0)])], differences: [(metric: \"share\", of: \"north\", {difference})]"
        )
    };
    case(
        &difference("turn: 3, at_least: 1.5"),
        &["reference[0].differences[0].at_least", "never changes so much"],
    );
    case(
        &difference("region: \"city\", turn: 3, at_most: -1.5, relative: true"),
        &["differences[0].at_most"],
    );
    case(
        &difference("turn: 3, at_least: 0.1").replace("(turn: 1,", "(turn: 5,"),
        &["reference[0].against[0].turn", "after the last that is measured"],
    );
}

#[test]
fn a_case_may_order_what_its_changes_bring() {
    let folder = TempDir::new().unwrap();
    let case = "reference: [(name: \"c\", seeds: 4, change: [\"services.pay.owner=\\\"north\\\"\"], \
                against: [(turn: 1, orders: [Close(service: \"pay\")])], \
                differences: [(metric: \"payments\", service: \"pay\", turn: 3, at_most: -1)])],";
    stdout(&["check", &file(&folder, "level.ron", RICH.replace("// here", case))]);
}

#[test]
fn lists_that_have_no_effect_are_refused() {
    let pay = "accepted_by: [\"north\"], open_to: [\"south\"]";
    instead(pay, "accepted_by: [\"harbour\"]", &["services[0].accepted_by[0]", "no shop to use it in"]);
    instead(pay, "accepted_by: [\"north\", \"north\"]", &["services[0].accepted_by[1]", "stands twice"]);
    instead(
        pay,
        "accepted_by: [\"north\"], open_to: [\"south\", \"south\"]",
        &["services[0].open_to[1]", "twice"],
    );
    instead(
        pay,
        "accepted_by: [\"north\"], open_to: [\"north\"]",
        &["services[0].open_to[0]", "uses it already"],
    );
    instead(pay, "accepted_by: [\"north\"], open_to: [\"harbour\"]", &["services[0].open_to[0]", "no shop"]);
    instead(
        "supply: Franchise, price: 3",
        "supply: Franchise, price: 3, open_to: [\"north\"]",
        &["nobody owns it"],
    );
    instead(
        "supply: Franchise, price: 3",
        "supply: Franchise, price: 3, used_by: [\"north\", \"south\", \"south\"]",
        &["services[1].used_by[2]", "stands twice"],
    );
    instead(
        "links: {\"north\": Jump}",
        "links: {\"harbour\": Jump}",
        &["services[3].links.harbour", "no shop"],
    );
}

#[test]
fn a_level_may_seat_strategies_with_parameters() {
    let folder = TempDir::new().unwrap();
    let seat = |strategy: &str| {
        RICH.replace("(id: \"north\", ", &format!("(id: \"north\", strategy: \"{strategy}\", "))
    };
    let path = file(&folder, "level.ron", seat("premium(commission: 0.03)"));
    stdout(&["check", &path]);
    let story = stdout(&["run", &path, "--turns", "2"]);
    assert!(story.contains("premium(commission: 0.03)"), "{story}");
    let refused = |strategy: &str, words: &[&str]| {
        refused(&["check", &file(&folder, "level.ron", seat(strategy))], words);
    };
    refused("premum(commission: 0.03)", &["platforms[0].strategy", "did you mean `premium`"]);
    refused("premium(comission: 0.03)", &["platforms[0].strategy", "did you mean `commission`"]);
    refused("premium(commission: 3)", &["platforms[0].strategy", "commission"]);
    refused("premium(commission: 0.03", &["platforms[0].strategy"]);
}

#[test]
fn brackets_and_commas_are_told_where_they_are() {
    let folder = TempDir::new().unwrap();
    let text = "(\n    format: 1,\n    meta: (id: \"mine\", title: \"Mine\"),\n    setup: (turns: 24),\n    \
                regions: [(id: \"city\", population: 10_000_000)],\n    categories: [\n        \
                (id: \"goods\", monthly_spend: 300),\n    ],\n    platforms: [\n        \
                (id: \"north\", cash: 2_000_000_000),\n        (id: \"south\", cash: 2e9, shop: (take_rate: 0.02)),\n    ],\n)";
    let but = |from: &str, to: &str, words: &[&str]| {
        assert!(text.contains(from), "{from}");
        refused(&["check", &file(&folder, "level.ron", text.replacen(from, to, 1))], words);
    };
    but("300),\n    ],", "300),", &["level.ron:6:17", "this `[` is never closed", "`platforms` of line 8"]);
    but("turns: 24)", "turns: 24", &["level.ron:4:12", "this `(` is never closed", "`regions` of line 5"]);
    but("title: \"Mine\")", "title: \"Mine\"", &["level.ron:3:11", "`setup` of line 4"]);
    but("0.02)),", "0.02),", &["level.ron:11:9", "this `(` is never closed"]);
    but("300),\n    ],", "300),\n    ),", &["level.ron:6:17", "before the `)` of line 8"]);
    but(
        "take_rate: 0.02",
        "take_rates: {\"goods\": 0.02)",
        &["level.ron:11:", "cannot close the `{` of line 11"],
    );
    but("],\n)", "],\n))", &["level.ron:13:2", "closes nothing"]);
    but(
        "10_000_000",
        "6,000,000",
        &["level.ron:5:40", "`6,000,000` is not a number", "did you mean `6_000_000`?"],
    );
    but("2_000_000_000", "2,000,000,000", &["did you mean `2_000_000_000`?"]);
    but("2_000_000_000", "2 000 000 000", &["did you mean `2_000_000_000`?"]);
    but(
        "monthly_spend: 300",
        "monthly_spend: 1,4",
        &["level.ron:7:", "`1,4` is not a number", "did you mean `1.4`?"],
    );
    but("0.02", "0,02", &["did you mean `0.02`?"]);
    but("take_rate: 0.02", "take_rates: {\"goods\": 0,02}", &["did you mean `0.02`?"]);
}

#[test]
fn what_is_wrong_is_also_said_in_json() {
    let folder = TempDir::new().unwrap();
    let text = RICH
        .replace("cash: 2e9, shop: None", "cash: -1, shop: None")
        .replace("owner: \"north\"", "owner: \"nort\"");
    let output = program(&["check", "--json", &file(&folder, "level.ron", text)]);
    assert_eq!(output.status.code(), Some(2));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let problems = report[0]["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 2, "{problems:?}");
    let of = |path: &str| problems.iter().find(|problem| problem["path"] == path).unwrap();
    let owner = of("services[2].owner");
    assert_eq!((&owner["line"], &owner["column"]), (&11.into(), &37.into()));
    assert_eq!((&owner["message"], &owner["help"]), (&"there is no `nort`".into(), &"north".into()));
    assert!(of("platforms[2].cash")["expected"].as_str().unwrap().contains("from 0"));
    let missing: Value =
        serde_json::from_slice(&program(&["check", "--json", "nowhere.ron"]).stdout).unwrap();
    assert_eq!(missing[0]["problems"], Value::Array(Vec::new()));
    assert!(missing[0]["error"].as_str().unwrap().contains("nowhere.ron"));
}

#[test]
fn a_level_is_checked_as_a_change_would_make_it() {
    let folder = TempDir::new().unwrap();
    let level = file(&folder, "level.ron", RICH);
    let checked = program(&["check", &level, "--set", "platforms.north.cash=5e9"]);
    assert!(checked.status.success() && checked.stderr.is_empty(), "{checked:?}");
    let changed = program(&["check", "arena/duel", "--set", "market.habit=2"]);
    assert!(changed.status.success() && changed.stderr.is_empty(), "{changed:?}");
    let never =
        r#"objectives: [(seat: "north", title: "T", metric: "share", of: "north", at_least: 0.5, by: 20)],"#;
    let level = file(&folder, "objective.ron", RICH.replace("// here", never));
    assert!(stdout(&["check", &level]).contains("sound"));
    refused(&["check", &level, "--set", "objectives[0].at_least=1.5"], &["objectives[0].at_least"]);
    refused(&["check", &level, "--set", "market.habbit=2"], &["habbit", "habit"]);
}

#[test]
fn an_event_can_happen_and_does_not_happen_for_ever() {
    let of = |events: &str, words: &[&str]| with(&format!("events: [{events}],"), words);
    let one = |fields: &str, words: &[&str]| of(&format!("(id: \"a\", title: \"A\", {fields})"), words);
    one("when: Turn(24)", &["events[0].when", "never happens in 24 turns"]);
    one("when: All([Turn(2), Every(30)])", &["never happens"]);
    one("when: Metric(metric: \"share\", of: \"north\", at_least: 1.5)", &["never happens"]);
    one("when: Rising(metric: \"hhi\", over: 30, by: 0.1)", &["never happens"]);
    one("when: Happened(event: \"a\")", &["never happens"]);
    one("when: Flag(\"x\"), effects: [SetFlag(\"x\")]", &["never happens"]);
    one("when: Turn(3), cooldown: 2", &["happens again for ever"]);
    one("when: Metric(metric: \"share\", of: \"north\", at_least: 0), cooldown: 2", &["again for ever"]);
    of(
        "(id: \"a\", title: \"A\", when: Turn(30), effects: [SetFlag(\"x\")]), \
         (id: \"b\", title: \"B\", when: Flag(\"x\"))",
        &["events[0].when", "events[1].when", "`b` never happens"],
    );
    let folder = TempDir::new().unwrap();
    let sound = "events: [(id: \"a\", title: \"A\", when: Every(6), cooldown: 6), \
                 (id: \"b\", title: \"B\", when: All([Turn(3), Not(Happened(event: \"a\"))]))],";
    let level = file(&folder, "level.ron", RICH.replace("// here", sound));
    assert!(stdout(&["check", &level]).contains("sound"));
}

#[test]
fn what_a_newcomer_or_the_regulator_could_never_do_is_said() {
    instead(
        "(id: \"south\", cash: 2e9)",
        "(id: \"south\", cash: 2e9, enters: When(Turn(24)))",
        &["platforms[1].enters", "`south` never enters in 24 turns"],
    );
    instead(
        "(id: \"north\", cash: 2e9)",
        "(id: \"north\", cash: 2e9, enters: Turn(5))",
        &["services[2].owner", "`north` enters later, and owns nothing before"],
    );
    let remedy = |effect: &str, words: &[&str]| {
        let events = format!(
            "regulator: (), events: [(id: \"a\", title: \"A\", when: Turn(1), effects: [{effect}])],"
        );
        with(&events, words);
    };
    remedy(
        "Remedy(of: \"south\", months: 3, open: [\"pay\"])",
        &["open[0]", "`pay` is not `south`’s to open"],
    );
    remedy("Remedy(of: \"harbour\", months: 3, open: [\"couriers\"])", &["`couriers` is not `harbour`’s"]);
    remedy("Remedy(of: \"harbour\", months: 3, open: [\"pey\"])", &["did you mean `pay`"]);
}
