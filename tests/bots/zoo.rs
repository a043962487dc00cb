//! Hostile bots: each plays in a league that ends, costs nobody else anything, and leaves nothing behind.

use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use super::program::{path, stdout};
use super::running;

/// A bot that orders nothing, as it should be.
const GOOD: &str = "from zoo import *

for message in messages():
    if message['type'] == 'hello':
        ready()
    if message['type'] == 'turn':
        answer(message)
";

/// Records of a league of two strategies and the bot in a folder, each without what tells tournaments apart.
fn league(folder: &TempDir, out: &str, options: &[&str]) -> Vec<Value> {
    let out = path(folder, out);
    let strategies = format!("steady-investor,passive,cmd:python3 {}", path(folder, "bot.py"));
    let arguments =
        ["tournament", "--level", "arena/duel", "--blocks", "1", "--turns", "3", "--consumers", "200"];
    let further = ["--merchants", "30", "--strategies", &strategies, "--out", &out];
    let threads: &[&str] = if options.contains(&"--threads") { &[] } else { &["--threads", "2"] };
    stdout(&[&arguments[..], &further[..], threads, options].concat());
    let records = std::fs::read_to_string(format!("{out}/matches.jsonl")).unwrap();
    records
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok()?.get("match").cloned())
        .collect()
}

/// What those played who met no bot.
fn of_others(records: &[Value]) -> Vec<String> {
    records.iter().filter(|record| record.get("guests").is_none()).map(Value::to_string).collect()
}

/// The same in a league with a bot as it should be.
fn as_ever(zoo: &str) -> &'static [String] {
    static PLAYED: OnceLock<Vec<String>> = OnceLock::new();
    PLAYED.get_or_init(|| {
        let folder = TempDir::new().unwrap();
        std::fs::copy(format!("{zoo}/zoo.py"), path(&folder, "zoo.py")).unwrap();
        std::fs::write(path(&folder, "bot.py"), GOOD).unwrap();
        of_others(&league(&folder, "without", &[]))
    })
}

/// Plays a bot of the zoo; what went wrong with it, in all its matches.
fn faults(bot: &str, options: &[&str]) -> Vec<String> {
    let folder = TempDir::new().unwrap();
    let zoo = format!("{}/tests/bots/zoo", env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(format!("{zoo}/zoo.py"), path(&folder, "zoo.py")).unwrap();
    std::fs::copy(format!("{zoo}/{bot}.py"), path(&folder, "bot.py")).unwrap();
    let with = league(&folder, "with", options);
    let (others, as_ever) = (of_others(&with), as_ever(&zoo));
    assert!(others.len() == 2, "{bot}: others meet in both seats");
    assert!(others == as_ever, "{bot}: what others played is the same");
    let guests: Vec<&Value> = with.iter().filter_map(|record| record.get("guests")).collect();
    assert_eq!(guests.len(), 4, "{bot}: it plays each of the others in both seats");
    for guest in &guests {
        assert_eq!(guest[0]["orders"].as_array().unwrap().len(), 3, "{bot}: every turn was played");
    }
    assert_eq!(running(&path(&folder, "bot.py")), [""; 0], "{bot}: nothing is left running");
    let faults = guests.iter().flat_map(|guest| guest[0]["faults"].as_array().unwrap().clone());
    faults.map(|fault| fault["what"].as_str().unwrap().to_owned()).collect()
}

/// Whoever never answers need not be waited for as long as a player would be.
const IMPATIENT: &[&str] = &["--bot-turn", "0.3", "--bot-start", "4"];

fn wrong(bot: &str, options: &[&str], what: &str) {
    let faults = faults(bot, options);
    assert!(faults.len() >= 4 && faults.iter().any(|fault| fault.contains(what)), "{bot}: {faults:?}");
}

#[test]
fn one_that_is_gone_at_once_is_not_started_for_ever() {
    needs!("python3");
    wrong("exits_at_once", &[], "ended with status 3");
    let all = faults("exits_at_once", &["--threads", "1"]);
    assert!(all.iter().any(|fault| fault.contains("is not started any more")), "{all:?}");
}

#[test]
fn one_that_ends_in_a_match_loses_its_seat() {
    needs!("python3");
    wrong("exits_in_a_match", &[], "ended with status 7; it has lost its seat");
    wrong("ends_its_group", &[], "ended by signal 9");
}

#[test]
fn one_that_ends_its_keeper_ends_with_it() {
    needs!("python3");
    wrong("kills_its_keeper", IMPATIENT, "it has lost its seat");
}

#[test]
fn one_that_never_answers_is_not_waited_for() {
    needs!("python3");
    wrong("never_ready", &["--bot-start", "0.5"], "no answer within 0.5 s");
    wrong("sleeps", IMPATIENT, "no answer within 0.3 s");
    wrong("spins", IMPATIENT, "no answer within 0.3 s");
    wrong("late", IMPATIENT, "no answer within 0.3 s");
}

#[test]
fn one_that_floods_loses_its_seat() {
    needs!("python3");
    wrong("floods", &[], "said more than 1048576 bytes");
    wrong("floods_errors", IMPATIENT, "no answer within 0.3 s");
}

#[test]
fn nonsense_is_no_answer() {
    needs!("python3");
    wrong("garbage", &[], "no answer: ");
    wrong("no_utf8", &[], "no UTF-8");
    wrong("huge_numbers", &[], "out of range");
    wrong("not_a_number", &[], "no answer: ");
    wrong("deep", &[], "recursion limit");
}

#[test]
fn the_third_lost_turn_of_a_match_costs_the_seat_and_none_before() {
    needs!("python3");
    let first: Vec<bool> = faults("garbage", &["--threads", "1"])[..3]
        .iter()
        .map(|fault| fault.contains("lost its seat"))
        .collect();
    assert_eq!(first, [false, false, true]);
}

#[test]
fn one_that_answers_something_else_loses_its_turn() {
    needs!("python3");
    wrong("another_turn", &[], "answered turn 2 of match 1 when asked for turn 1");
    wrong("twice", &[], "when asked for turn");
    wrong("too_many_orders", &[], "1001 orders; at most 1000");
}

#[test]
fn one_of_another_version_does_not_play() {
    needs!("python3");
    wrong("another_version", &[], "version 99 of the protocol, and this program version 1");
}

#[test]
fn one_that_closes_its_pipes_loses_its_seat() {
    needs!("python3");
    wrong("closes_its_output", &[], "closed its output");
    wrong("closes_its_input", IMPATIENT, "");
}

#[test]
fn one_that_grows_finds_an_end() {
    needs!("python3");
    wrong("grows", &["--bot-memory", "128"], "ended with status 1");
}

#[test]
fn one_that_leaves_children_behind_leaves_none() {
    needs!("python3");
    assert_eq!(faults("forks", &[]), [""; 0], "it answers as it should");
    assert_eq!(running("sleep 86399"), [""; 0]);
}

#[test]
fn one_that_does_not_go_home_is_sent_there() {
    needs!("python3");
    assert_eq!(faults("ignores_the_end", &[]), [""; 0]);
}

#[test]
fn orders_that_are_refused_are_no_fault() {
    needs!("python3");
    assert_eq!(faults("illegal", &[]), [""; 0]);
}
