//! How fast the market is, as ratios to what the machine can do and to plain code of the same arithmetic, in one run and side
//! by side: `cargo bench`. No timing counts before the shares of ten steps agree.
#![allow(clippy::disallowed_methods, reason = "measuring time is what this program is for")]
#![allow(clippy::print_stdout, reason = "its answer is a table")]
#![allow(missing_docs, reason = "a program, not a library")]

mod imagined;
mod limits;
mod market;
mod matches;
mod memory;
mod plain;
#[cfg(feature = "profile")]
mod profile;
mod services;
mod small;
mod timing;

use std::process::ExitCode;

use clap::Parser;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How fast the market is, against the machine's limits and plain code.
#[derive(Parser)]
struct Arguments {
    /// Most consumers to measure with.
    #[arg(long, default_value_t = 10_000_000)]
    most: u32,
    /// Rounds that a median is taken over.
    #[arg(long, default_value_t = 9)]
    rounds: usize,
    /// Only these groups of the table.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Group>,
    /// Only the step that `peers.py` compares with, as one line of JSON.
    #[arg(long)]
    peers: bool,
    /// Hold this many consumers of six categories for a few turns and print the process's peak memory in bytes.
    #[arg(long, value_name = "CONSUMERS")]
    memory: Option<u32>,
    /// Given by cargo.
    #[arg(long, hide = true)]
    bench: bool,
}

/// Groups of lines of the table.
#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum Group {
    /// The choice step.
    Step,
    /// The whole market.
    Market,
    /// The same with wallets and traffic.
    Services,
    /// Bytes a consumer.
    Memory,
    /// Matches a second.
    Matches,
    /// Imagined markets.
    Imagined,
    /// A turn, system by system; needs `--features profile`.
    Profile,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(consumers) = arguments.memory {
        println!("{}", memory::peak_of(consumers));
        return ExitCode::SUCCESS;
    }
    let result = if arguments.peers { small::for_peers(arguments.rounds) } else { table(&arguments) };
    match result {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(disagreement) => {
            println!("No table: {disagreement}");
            ExitCode::FAILURE
        }
    }
}

/// The whole table, printed as it grows; the last line is returned.
fn table(arguments: &Arguments) -> Result<String, String> {
    let Arguments { most, rounds, .. } = *arguments;
    let wanted = |group| arguments.only.is_empty() || arguments.only.contains(&group);
    println!("{}", timing::surroundings());
    println!("Medians over {rounds} rounds; in each round the lines of a group run one after the other.\n");
    let populations: Vec<u32> = [100_000, 1_000_000, 10_000_000].into_iter().filter(|&n| n <= most).collect();
    let limits = limits::measure(rounds);
    println!("{limits}");
    for threads in [1, 2] {
        if wanted(Group::Step) {
            println!("{}", small::compare(&populations, threads, rounds, &limits)?);
        }
    }
    for threads in [1, 2] {
        if wanted(Group::Market) {
            println!("{}", market::compare(&populations, threads, rounds, &limits)?);
        }
    }
    for threads in [1, 2] {
        if wanted(Group::Services) {
            println!("{}", services::compare(&populations, threads, rounds));
        }
    }
    if wanted(Group::Memory) {
        println!("{}", memory::report(most));
    }
    if wanted(Group::Matches) {
        println!("{}", matches::report(rounds));
    }
    if wanted(Group::Imagined) {
        println!("{}", imagined(rounds));
    }
    #[cfg(feature = "profile")]
    if wanted(Group::Profile) {
        println!("{}", profile::report(most));
    }
    #[cfg(not(feature = "profile"))]
    if arguments.only.contains(&Group::Profile) {
        return Err("a profile needs `cargo bench --features profile -- --only profile`".to_owned());
    }
    Ok(timing::surroundings())
}

/// The lines on imagined markets.
fn imagined(rounds: usize) -> String {
    let mut text = "Imagined markets: 1 thread, microseconds, with 95% intervals of the median\n".to_owned();
    for name in imagined::LEVELS {
        let view = imagined::view(name);
        let times: Vec<[f64; 3]> = (0..rounds.max(9)).map(|_| imagined::measure(&view)).collect();
        text += &format!("  {name:<24}");
        for (place, what) in imagined::MEASURED.iter().enumerate() {
            let of: Vec<f64> = times.iter().map(|time| time[place]).collect();
            let [low, high] = timing::interval_of_median(of.clone());
            text += &format!("  {what} {:>9.1} ({low:.1} to {high:.1})", timing::median(of));
        }
        text += "\n";
    }
    text
}
