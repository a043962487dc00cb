//! The command line: one file per command. Nothing else prints.
//!
//! Exit status: 0 it went well, 1 it ran and the outcome is bad, 2 bad use or input, 74 what could not be read or written, 75 another
//! program is at it.

mod bot;
mod check;
mod compare;
mod equilibrium;
mod experiment;
mod levels;
mod limits;
mod listings;
mod measures;
mod new;
mod news;
mod objectives;
mod play;
mod rate;
mod replay;
mod report;
mod run;
mod schema;
mod serve;
mod setting;
mod standings;
mod status;
mod story;
mod strategies;
mod tables;
mod tournament;

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::status::WELL;

/// Platforms build walled gardens, and open them: a strategy game and simulator of platform competition.
///
/// Without a command: opens the window; where there is none to be had, plays the default level with the strategies it names.
#[derive(Parser)]
#[command(version, about, long_about, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Play a level yourself, in a window, or watch a match
    Play(play::Play),
    /// Play a level with strategies in the seats and tell its story
    Run(run::Run),
    /// Play a level in two ways on the same seeds, and say what differs
    Compare(compare::Compare),
    /// Check levels, and play what they say must come out
    Check(check::Check),
    /// Write a level to start from, or one that is drawn
    New(new::New),
    /// List the levels that come with the program
    Levels(levels::Levels),
    /// List the strategies that can take a seat
    Strategies(strategies::Strategies),
    /// List what can be measured
    Metrics(listings::Metrics),
    /// List the parameters of a market, with their ranges and defaults
    Parameters(listings::Parameters),
    /// List the orders that a platform can give
    Orders(listings::Orders),
    /// Show or verify a recorded match
    Replay(replay::Replay),
    /// Find the fees at which no platform gains by moving
    Equilibrium(equilibrium::Equilibrium),
    /// Play a tournament between strategies and rate them
    Tournament(tournament::TournamentCommand),
    /// Play a part of a tournament
    Shard(tournament::ShardCommand),
    /// Put the parts of a tournament together
    Merge(tournament::MergeCommand),
    /// Rate the players of a table of results
    Rate(rate::Rate),
    /// Play many matches at once for another program, which asks on standard input
    Serve(serve::Serve),
    /// Try a program that is to sit in a seat
    Bot(bot::Bot),
    /// Keep a bot: the program calls this itself
    #[command(name = crate::bots::keeper::COMMAND, hide = true)]
    Keep(bot::Keep),
    /// Print the JSON Schema of the protocol that bots and hosts speak
    Schema(schema::Schema),
    /// Run a published experiment and print its report
    Experiment(experiment::Experiment),
}

/// Reads the arguments, runs one command, says what went wrong.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let command = arguments.command.unwrap_or_else(|| Command::Play(play::Play::default()));
    if let Command::Keep(keep) = &command {
        return keep.execute();
    }
    let mut out = std::io::stdout().lock();
    let done = match command {
        Command::Play(command) => command.execute(&mut out),
        Command::Run(command) => command.execute(&mut out),
        Command::Compare(command) => command.execute(&mut out),
        Command::Check(command) => command.execute(&mut out),
        Command::New(command) => command.execute(&mut out),
        Command::Levels(command) => command.execute(&mut out),
        Command::Strategies(command) => command.execute(&mut out),
        Command::Metrics(command) => command.execute(&mut out),
        Command::Parameters(command) => command.execute(&mut out),
        Command::Orders(command) => command.execute(&mut out),
        Command::Replay(command) => command.execute(&mut out),
        Command::Equilibrium(command) => command.execute(&mut out),
        Command::Tournament(command) => command.execute(&mut out),
        Command::Shard(command) => command.execute(&mut out),
        Command::Merge(command) => command.execute(&mut out),
        Command::Rate(command) => command.execute(&mut out),
        Command::Bot(command) => command.execute(&mut out),
        Command::Keep(_) => Ok(WELL),
        Command::Serve(command) => command.execute(&mut out),
        Command::Schema(command) => command.execute(&mut out),
        Command::Experiment(command) => command.execute(&mut out),
    };
    let done = done.and_then(|status| Ok(out.flush().map(|()| status)?));
    match done {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_broken_pipe(&error) => ExitCode::from(WELL),
        Err(error) => {
            // The reader of standard error may be gone too; the status still tells.
            let _ = writeln!(std::io::stderr(), "{}", report(&error));
            ExitCode::from(status::of(&error))
        }
    }
}

/// Whoever read our output has read enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// Level diagnostics bring their own heading; everything else gets one.
fn report(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    if text.starts_with("error") { text } else { format!("error: {text}") }
}
