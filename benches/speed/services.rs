//! What wallets and traffic cost: the consumers' step of the whole market with services and without, side by side.

use std::fmt::Write;
use std::sync::Arc;

use walled_gardens::game::Prepared;
use walled_gardens::level::{Level, set};
use walled_gardens::sim::{Population, Simulation};

use super::plain::P;
use super::timing::{median, pool, seconds};

/// Three wallets, of which every shop takes some, two apps with links of every depth, and three carriers.
pub const SERVICES: &str = r#"services=[
    Wallet(id: "a-pay", owner: "a", held: 0.7, accepted_by: ["a", "c"]),
    Wallet(id: "b-pay", owner: "b", held: 0.5, accepted_by: ["b", "c", "d"]),
    Wallet(id: "bank", held: 0.6, accepted_by: ["b", "c", "d", "e"]),
    App(id: "chat", owner: "b", used: 0.9, links: {"a": Blocked, "c": Jump, "d": MiniProgram, "e": Advert}),
    App(id: "feed", owner: "e", used: 0.6),
    Carrier(id: "budget", supply: Franchise, price: 2.8),
    Carrier(id: "express", supply: Franchise, speed: NextDay, delivery: Door, price: 9, variable_cost: 8),
    Carrier(id: "fleet", owner: "a", supply: Heavy, speed: NextDay, delivery: Door, price: 7, capacity: 1_000_000_000),
]"#;

/// The whole market with some changes.
pub fn market(changes: &[&str]) -> Prepared {
    let text = changes.iter().fold(include_str!("market.ron").to_owned(), |text, change| {
        set(&text, change).expect("the change applies")
    });
    let level = Level::from_text("bench/market", &text, &walled_gardens::strategy::vocabulary());
    Prepared::new(level.expect("the level is sound"))
}

fn running(changes: &[&str], consumers: u32, threads: Option<Arc<rayon::ThreadPool>>) -> Simulation {
    let prepared = market(changes);
    let population =
        Population { consumers, merchants: consumers / 10, seed: 1, threads, measure_surplus: false };
    let mut engine = Simulation::new(&prepared.level, &prepared.opening, &population);
    (0..2).for_each(|_| drop(engine.turn(vec![Vec::new(); P]).clone()));
    engine
}

/// The group of lines for a number of threads.
pub fn compare(populations: &[u32], threads: usize, rounds: usize) -> String {
    let mut text = format!(
        "Wallets and traffic: the market above with three wallets, two apps and three carriers; {threads} thread(s)\n  \
         {:<44} {:>11} {:>12} {:>12} {:>8}\n",
        "", "consumers", "without, ms", "with, ms", "times"
    );
    for &consumers in populations {
        let times = (1_000_000 / consumers).max(1);
        let each = 1.0 / f64::from(times);
        for (reconsideration, name) in [
            ("market.reconsideration=1.0", "everybody reconsiders"),
            ("market.reconsideration=0.1", "one in ten does"),
        ] {
            let pool = pool(threads);
            let mut without = running(&[reconsideration], consumers, pool.clone());
            let mut with = running(&[reconsideration, SERVICES], consumers, pool.clone());
            let step =
                |engine: &mut Simulation| each * seconds(|| (0..times).for_each(|_| engine.consumer_step()));
            let turn = |engine: &mut Simulation| {
                each * seconds(|| (0..times).for_each(|_| drop(engine.turn(vec![Vec::new(); P]).clone())))
            };
            let mut round = || [step(&mut without), step(&mut with), turn(&mut without), turn(&mut with)];
            round();
            let rounds: Vec<[f64; 4]> = (0..rounds).map(|_| round()).collect();
            for (what, place) in [("consumer step", 0), ("whole turn", 2)] {
                let time = |line: usize| 1e3 * median(rounds.iter().map(|times| times[line]).collect());
                let ratio = median(rounds.iter().map(|times| times[place + 1] / times[place]).collect());
                let name = format!("{what}, {name}");
                let _ = writeln!(
                    text,
                    "  {name:<44} {consumers:>11} {:>12.2} {:>12.2} {ratio:>8.2}",
                    time(place),
                    time(place + 1)
                );
            }
        }
    }
    text
}
