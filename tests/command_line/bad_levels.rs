//! Levels that are not sound: what is wrong, where, and what was expected.

use tempfile::TempDir;

use crate::SMALLEST;
use crate::program::{file, program, refused};

/// A level made from the smallest one by replacing a piece of its text is refused with these words.
fn changed(from: &str, to: &str, words: &[&str]) {
    assert!(SMALLEST.contains(from), "{from:?} is not in the level");
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "level.ron", SMALLEST.replacen(from, to, 1));
    refused(&["run", &path], words);
}

#[test]
fn files_that_are_no_levels_are_refused() {
    let folder = TempDir::new().unwrap();
    refused(&["run", "nowhere.ron"], &["nowhere.ron"]);
    refused(&["run", "arena/dual"], &["arena/dual", "did you mean `arena/duel`"]);
    refused(&["run", &folder.path().to_string_lossy()], &["directory"]);
    refused(&["run", &file(&folder, "empty.ron", "")], &["empty.ron", "empty"]);
    refused(&["run", &file(&folder, "binary.ron", b"(format: 1, \xff\xfe)")], &["binary.ron", "UTF-8"]);
    let huge = folder.path().join("huge.ron");
    std::fs::File::create(&huge).unwrap().set_len(100 << 20).unwrap();
    refused(&["run", &huge.to_string_lossy()], &["huge.ron", "4 MiB"]);
    refused(&["run", &file(&folder, "deep.ron", "[".repeat(100_000))], &["deep.ron"]);
    refused(
        &["run", &file(&folder, "nested.ron", format!("(format: 1, meta: {})", "(".repeat(500)))],
        &["nested.ron"],
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "secret.ron", SMALLEST);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read anything; then there is nothing to refuse.
    if std::fs::read(&path).is_err() {
        refused(&["run", &path], &["secret.ron"]);
    }
}

#[test]
fn what_is_wrong_with_a_level_is_said_with_its_place() {
    changed("turns: 24", "turns: 24,,", &["level.ron:6:23"]);
    changed("turns: 24", "turnz: 24", &["level.ron:6:13", "unknown field `turnz`", "did you mean `turns`"]);
    changed("format: 1,", "", &["missing field `format`", "level.ron:"]);
    changed("turns: 24", "turns: \"many\"", &["level.ron:6:20", "setup.turns"]);
    changed("turns: 24", "turns: 0", &["level.ron:6:20", "setup.turns", "from 1 to 1200"]);
    changed("format: 1", "format: 9", &["level.ron:4:13", "format 9", "1"]);
    changed("id: \"south\"", "id: \"north\"", &["level.ron:11:14", "platforms[1].id", "`north` is taken"]);
    changed("id: \"south\"", "id: \"so uth\"", &["platforms[1].id", "letters, digits"]);
    changed("population: 10_000_000", "population: -5", &["regions[0].population", "level.ron:7:40", "-5"]);
    changed("population: 10_000_000", "population: NaN", &["regions[0].population", "finite"]);
    changed("population: 10_000_000", "population: inf", &["regions[0].population", "finite"]);
    changed("cash: 2_000_000_000", "cash: 1e300", &["platforms[0].cash", "out of range"]);
    changed(
        "cash: 2_000_000_000",
        "strategy: \"pasive\", cash: 1",
        &["platforms[0].strategy", "did you mean `passive`"],
    );
    changed("cash: 2_000_000_000", "cash: 1, shop: (share: 1.5)", &["platforms[0].shop.share", "1.5"]);
    changed("cash: 2_000_000_000", "cash: 1, shop: (share: 1)", &["leave nothing"]);
    changed("cash: 2_000_000_000", "cash: 1, shop: (appeal: 1)", &["platforms[1]", "appeal"]);
    changed(
        "cash: 2_000_000_000",
        "cash: 1, shop: (category_strength: {\"godds\": 2})",
        &["platforms[0].shop.category_strength.godds", "did you mean `goods`"],
    );
    changed(
        "cash: 2_000_000_000",
        "cash: 1, shop: (take_rates: {\"goods\": -1})",
        &["take_rates.goods", "-1"],
    );
    changed("setup: (turns: 24)", "market: (reconsideration: 2)", &["market.reconsideration", "from 0 to 1"]);
    changed("setup: (turns: 24)", "setup: (start: \"soon\")", &["setup.start", "2024-01"]);
    changed("monthly_spend: 300", "monthly_spend: 1e9", &["fit the ledger"]);
    changed("North Gate", "North \\u{1b}[31mGate", &["platforms[0].name", "control characters"]);
}

#[test]
fn a_level_of_a_later_format_says_so_before_all_else() {
    let later = ["of format 2", "needs a later version", "format 1, the latest"];
    changed("format: 1", "format: 2", &later);
    // What this version does not know may be right there, whatever it is: a field, a kind of value, a way to write it.
    for (from, to) in [
        ("setup:", "weather: [Rain], setup:"),
        ("turns: 24", "turns: Until(\"spring\")"),
        ("turns: 24", "turns: -> 24"),
        ("population: 10_000_000", "population: -1"),
    ] {
        let folder = TempDir::new().unwrap();
        let text = SMALLEST.replacen("format: 1", "format: 2", 1).replacen(from, to, 1);
        let path = file(&folder, "level.ron", text);
        for command in ["run", "check", "play"] {
            let output = program(&[command, &path]);
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{command}: {message}");
            assert!(later.iter().all(|words| message.contains(words)), "{to}: {message}");
            assert_eq!(message.matches("error").count(), 1, "{to}: {message}");
        }
    }
    changed("format: 1", "format: 99_999_999_999", &["needs a later version"]);
    changed("format: 1", "format: 0", &["format 0 is not known", "the only format so far"]);
}

#[test]
fn everything_wrong_with_a_level_is_said_at_once() {
    let text = SMALLEST.replace("10_000_000", "-1").replace("300", "-2").replace("2_000_000_000", "-3");
    let folder = TempDir::new().unwrap();
    let path = file(&folder, "level.ron", text);
    let places =
        ["regions[0].population", "categories[0].monthly_spend", "platforms[0].cash", "platforms[1].cash"];
    refused(&["run", &path], &places);
}

#[test]
fn more_than_fits_is_refused() {
    let rows =
        |row: &str, count: usize| (0..count).map(|n| row.replace('#', &n.to_string())).collect::<String>();
    let platforms = format!("platforms: [{}", rows("(id: \"p#\", cash: 1),", 16));
    changed("platforms: [", &platforms, &["18 platforms", "from 1 to 16"]);
    let categories = format!("categories: [{}", rows("(id: \"c#\", monthly_spend: 1),", 16));
    changed("categories: [", &categories, &["17 categories", "from 1 to 16"]);
}

#[test]
fn a_scale_is_nothing_or_large_enough_to_divide_by() {
    let flat = ["platforms.north.shop.appeal=0", "platforms.south.shop.appeal=0"];
    for (parameter, least, below) in
        [("logit_scale", "0.001", "0.000999"), ("price_sensitivity", "0.000001", "0.00000099")]
    {
        let with = |value: &str| {
            let set = format!("market.{parameter}={value}");
            let sets = [set.as_str(), flat[0], flat[1]].map(|set| format!("--set={set}"));
            let few =
                ["run", "arena/duel", "--turns=1", "--consumers=100", "--merchants=10"].map(str::to_owned);
            few.into_iter().chain(sets).collect::<Vec<_>>()
        };
        let args = with(below);
        refused(
            &args.iter().map(String::as_str).collect::<Vec<_>>(),
            &[&format!("market.{parameter}"), "too small to be worked with", "0, or at least"],
        );
        for sound in ["0", least] {
            let args = with(sound);
            assert_eq!(
                program(&args.iter().map(String::as_str).collect::<Vec<_>>()).status.code(),
                Some(0),
                "{sound}"
            );
        }
    }
}

#[test]
fn announced_sizes_must_be_announced() {
    let message = "announced";
    refused(
        &["equilibrium", "lab/hotelling", "--set", "market.expectations=Announced"],
        &[message, "platforms[0]"],
    );
}

#[test]
fn a_level_says_what_is_wrong_with_its_services() {
    let folder = tempfile::tempdir().expect("a folder");
    let with = |services: &str| {
        let text = format!(
            "(format: 1, meta: (id: \"x\", title: \"X\"), regions: [(id: \"city\", population: 1e6)],\n\
             categories: [(id: \"goods\", monthly_spend: 300)],\n\
             platforms: [(id: \"north\", cash: 1e9), (id: \"south\", cash: 1e9)],\n{services})"
        );
        file(&folder, "services.ron", &text)
    };
    let cases: [(&str, &[&str]); 7] = [
        (
            "services: [Carrier(id: \"f\", supply: Heavy, price: 7, capacity: -1)]",
            &["services[0].capacity", "-1 is out of range"],
        ),
        ("services: [Carrier(id: \"f\", supply: Heavy, price: 7)]", &["`capacity`, in parcels a month"]),
        (
            "services: [Carrier(id: \"f\", owner: \"north\", supply: Franchise, price: 7)]",
            &["no merchant of `south` could ship"],
        ),
        ("services: [Wallet(id: \"w\", owner: \"norht\")]", &["did you mean `north`", "services[0].owner"]),
        ("services: [Wallet(id: \"w\", held: 0, accepted_by: [\"south\"])]", &["nobody holds it"]),
        (
            "integration: {\"wallet\": (requires: [\"data\"]), \"data\": (requires: [\"wallet\"])}",
            &["wallet → data → wallet"],
        ),
        ("integration: {\"walet\": (effort: 3)}", &["did you mean `wallet`"]),
    ];
    for (services, expected) in cases {
        refused(&["check", &with(services)], expected);
    }
}

#[test]
fn a_level_says_what_is_wrong_with_its_calendar() {
    let with = |section: &str, words: &[&str]| {
        changed("    platforms: [", &format!("    {section},\n    platforms: ["), words);
    };
    let even = "1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1";
    with(&format!("seasons: {{\"good\": [1, {even}]}}"), &["no `good`", "did you mean `goods`"]);
    with(&format!("seasons: {{\"goods\": [{even}]}}"), &["seasons.goods", "11 factors", "twelve"]);
    with(&format!("seasons: {{\"goods\": [7, {even}]}}"), &["the mean of these factors is 1.500"]);
    with(&format!("seasons: {{\"goods\": [0, {even}]}}"), &["seasons.goods[0]", "0.05 to 10"]);
    with("economy: (path: [(3, 1.0), (3, 0.9)])", &["economy.path[1]", "turn 3 comes after turn 3"]);
    with("economy: (path: [(1, 0.0)])", &["economy.path[0][1]", "0.1 to 10"]);
    changed(
        "monthly_spend: 300",
        "monthly_spend: 300, income_elasticity: 9",
        &["income_elasticity", "-5 to 5"],
    );
}

#[test]
fn a_level_says_what_is_wrong_with_its_events() {
    let with = |event: &str, words: &[&str]| {
        changed("    platforms: [", &format!("    events: [{event}],\n    platforms: ["), words);
    };
    let but = |fields: &str, words: &[&str]| with(&format!("(id: \"a\", title: \"A\", {fields})"), words);
    but(
        "when: Metric(metric: \"shar\", of: \"north\", at_least: 1)",
        &["events[0].when.metric", "did you mean `share`"],
    );
    but("when: Metric(metric: \"share\", at_least: 1)", &["is measured of a company", "`of` beside it"]);
    but("when: Metric(metric: \"share\", of: \"north\")", &["the condition has no bound"]);
    but("when: Flag(\"war\")", &["events[0].when", "no event sets a flag `war`"]);
    but("when: All([])", &["no conditions at all"]);
    but("when: All([Turn(1), Turn(0)])", &["events[0].when[0][1]", "from 1 to 1200"]);
    but("when: Happened(event: \"b\")", &["events[0].when.event", "there is no `b`"]);
    but("when: Agreement(between: (\"north\", \"soth\"))", &["did you mean `south`"]);
    but("when: Agreement(between: (\"north\", \"north\"))", &["events[0].when.between", "with itself"]);
    but("when: Turn(1), cooldown: 0", &["events[0].cooldown", "from 1 to 1200"]);
    but("when: Turn(1), answer_within: 13", &["events[0].answer_within", "from 1 to 12"]);
    but("when: Turn(1), seat: \"north\"", &["nothing to choose"]);
    but("when: Turn(1), effects: [Pay(amount: 5)]", &["an effect on nobody", "`to`: the id of a platform"]);
    but("when: Turn(1), effects: [Pay(to: \"nort\", amount: 5)]", &["did you mean `north`"]);
    but("when: Turn(1), effects: [Spending(factor: 11)]", &["events[0].effects[0].factor", "0.1 to 10"]);
    but("when: Turn(1), effects: [Spending(category: \"good\", factor: 2)]", &["did you mean `goods`"]);
    but("when: Turn(1), effects: [Spending(factor: 2, months: 0)]", &["months", "from 1 to 1200"]);
    but("when: Turn(1), effects: [Market(parameter: \"habbit\", factor: 2)]", &["did you mean `habit`"]);
    but("when: Turn(1), effects: [Market(parameter: \"multi_homing\", factor: 2)]", &["is settled when"]);
    but("when: Turn(1), effects: [Market(parameter: \"discount_rate\", factor: 2)]", &["judged by"]);
    but("when: Turn(1), effects: [Market(parameter: \"merchant_benefit\", factor: 2)]", &["is 0 here"]);
    but("when: Turn(1), effects: [Market(parameter: \"presence_memory\", factor: 2)]", &["would be 1"]);
    but("when: Turn(1), effects: [Room(service: \"fleet\", factor: 0.5)]", &["there is no `fleet`"]);
    but("when: Turn(1), effects: [Enter(\"nort\")]", &["did you mean `north`"]);
    but("when: Turn(1), effects: [Enter(\"north\")]", &["`north` is there from the start"]);
    but("when: Turn(1), effects: [Opinion(by: 0.1)]", &["an effect on nobody", "`of`"]);
    but("when: Turn(1), effects: [Opinion(of: \"north\", by: 2)]", &["effects[0].by", "-1 to 1"]);
    but(
        "when: Turn(1), effects: [Attention(of: \"north\", offence: Fees, weight: 1)]",
        &["there is no regulator here"],
    );
    but("when: Turn(1), effects: [Remedy(of: \"north\", months: 0)]", &["no regulator", "months"]);
    but("when: Turn(1), effects: [Attention(of: \"north\", offence: Fee, weight: 1)]", &["Fees"]);
    but("when: Turn(1), effects: [ClearFlag(\"war\")]", &["no event sets a flag `war`"]);
    let choices = |list: &str, words: &[&str]| but(&format!("when: Turn(1), choices: [{list}]"), words);
    choices("(id: \"x\", text: \"X\"), (id: \"y\", text: \"Y\")", &["0 of the choices are the default"]);
    choices("(id: \"x\", text: \"X\", default: true)", &["1 choices", "from 2 to 5"]);
    choices("(id: \"x\", text: \"X\", default: true), (id: \"x\", text: \"Y\")", &["`x` is taken"]);
    with(
        "(id: \"a\", title: \"A\", when: Turn(1)), (id: \"a\", title: \"B\", when: Turn(1))",
        &["`a` is taken"],
    );
}

#[test]
fn a_level_says_what_is_wrong_with_its_newcomers() {
    let newcomer = |fields: &str, words: &[&str]| {
        let platform = format!("    platforms: [(id: \"new\", cash: 1e9, {fields}), ");
        changed("    platforms: [", &platform, words);
    };
    newcomer("enters: Turn(1)", &["platforms[0].enters", "1 is out of range", "from 2 to"]);
    newcomer("enters: Turn(1_000)", &["platforms[0].enters", "1000 is out of range"]);
    newcomer("enters: When(Turn(0))", &["platforms[0].enters[0]", "from 1 to 1200"]);
    newcomer("enters: When(Metric(metric: \"shar\", at_least: 1))", &["did you mean `share`"]);
    newcomer("enters: Event", &["no event lets `new` in", "`Enter`"]);
    newcomer("enters: Turn(3), shop: (share: 0.2)", &["platforms[0].shop.share", "no share at the opening"]);
    newcomer("enters: Turn(3), shop: None", &["nothing to enter with"]);
}

#[test]
fn a_level_says_what_is_wrong_with_its_objectives() {
    let with = |objective: &str, words: &[&str]| {
        let section = format!("    objectives: [({objective})],\n    platforms: [");
        changed("    platforms: [", &section, words);
    };
    let sound = "seat: \"north\", title: \"T\", metric: \"share\", of: \"north\", at_least: 0.5, by: 12";
    let but = |from: &str, to: &str, words: &[&str]| {
        assert!(sound.contains(from), "{from}");
        with(&sound.replacen(from, to, 1), words);
    };
    but(
        "seat: \"north\"",
        "seat: \"noth\"",
        &["objectives[0].seat", "did you mean `north`", "level.ron:9:25"],
    );
    but("\"share\"", "\"shar\"", &["objectives[0].metric", "did you mean `share`"]);
    but("of: \"north\"", "of: \"nroth\"", &["objectives[0].of", "did you mean `north`"]);
    but("by: 12", "by: 12, region: \"citty\"", &["objectives[0].region", "did you mean `city`"]);
    but("by: 12", "by: 12, category: \"good\"", &["objectives[0].category", "did you mean `goods`"]);
    but("by: 12", "by: 12, service: \"pay\"", &["objectives[0].service", "there is no `pay`"]);
    but("by: 12", "by: 1_201", &["objectives[0].by", "1201 is out of range", "from 1 to 1200"]);
    but("by: 12", "at: 0", &["objectives[0].at", "0 is out of range"]);
    but("by: 12", "by: 12, at: 12", &["two deadlines", "`by`", "`at`"]);
    but(", by: 12", "", &["no deadline", "objectives[0]"]);
    but("by: 12", "deadline: 12", &["unknown field `deadline`"]);
    but("at_least: 0.5, ", "", &["the objective has no bound", "one of `at_least`, `at_most` and `within`"]);
    but("at_least: 0.5", "at_least: 0.5, at_most: 0.4", &["the objective has several bounds"]);
    but("at_least: 0.5", "within: (0.6, 0.5)", &["objectives[0].within", "nothing between 0.6 and 0.5"]);
    but("at_least: 0.5", "at_least: NaN", &["objectives[0].at_least", "finite"]);
    but("title: \"T\"", "title: \"\"", &["objectives[0].title", "1 to 60 characters"]);
    with(&format!("{sound}), ({sound}"), &["objectives[1].title", "a title of its own"]);
    let many: Vec<String> = (0..7).map(|n| sound.replace("\"T\"", &format!("\"T{n}\""))).collect();
    with(&many.join("), ("), &["objectives[6]", "more than 6 objectives for north"]);
}

#[test]
fn a_level_says_what_is_wrong_with_its_tutorial() {
    let with = |step: &str, words: &[&str]| {
        changed("    platforms: [", &format!("    tutorial: [({step})],\n    platforms: ["), words);
    };
    with("text: \"Do\", until: Open(\"invst\")", &["tutorial[0].until", "did you mean `invest`"]);
    with("text: \"Do\", until: Order(\"TakeRat\")", &["tutorial[0].until", "did you mean `TakeRate`"]);
    with("text: \"Do\", until: Turns(1201)", &["tutorial[0].until", "from 1 to 1200"]);
    with("text: \"Do\", until: Nxt", &["Nxt", "did you mean `Next`"]);
    with("text: \"\", until: Next", &["tutorial[0].text", "1 to 240 characters"]);
    with("text: \"Do\", highlight: \"\", until: Next", &["tutorial[0].highlight"]);
    with("text: \"Do\"", &["missing field `until`"]);
}

#[test]
fn what_can_never_come_true_is_no_objective() {
    let with = |objective: &str, words: &[&str]| {
        changed(
            "setup: (turns: 24),",
            &format!(
                "setup: (turns: 24),\n objectives: [(seat: \"north\", title: \"t\", {objective}, at: 6)],"
            ),
            words,
        );
    };
    with(
        "metric: \"share\", of: \"north\", at_least: 1.5",
        &["objectives[0].at_least", "fraction", "0 to 1"],
    );
    with("metric: \"share\", of: \"north\", at_most: -0.5", &["objectives[0].at_most", "fraction"]);
    with("metric: \"trust\", of: \"north\", within: (1.2, 3)", &["objectives[0].within", "fraction"]);
    with("metric: \"utilisation\", at_least: 0.5", &["objectives[0].metric", "of a service"]);
}

#[test]
fn a_key_given_twice_is_told_with_both_places() {
    let twice = "cash: 2_000_000_000, shop: (take_rates: {\"goods\": 0.01, \"goods\": 0.25})";
    changed(
        "cash: 2_000_000_000",
        twice,
        &["`goods` is given twice: first in line 10", "level.ron:10:", "take_rates.goods"],
    );
}
