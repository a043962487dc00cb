//! `bot check`: tries a bot; and the keeper of a bot, which no user calls.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::limits::BotLimits;
use super::status::{BAD_OUTCOME, WELL};
use crate::bots::{CommandLine, Guest, Limits, PREFIX, findings, keeper};
use crate::strategy::Outsider;

/// Try a program that is to sit in a seat.
#[derive(Args)]
pub(super) struct Bot {
    #[command(subcommand)]
    command: BotCommand,
}

#[derive(Subcommand)]
enum BotCommand {
    /// Play a bot in strange markets and say what is wrong
    Check(Check),
}

/// Play a bot in strange markets and say what is wrong.
#[derive(Args)]
struct Check {
    /// Its command, such as 'python3 bot.py (aggression: 0.5)'
    #[arg(value_name = "CMD")]
    command: String,
    #[command(flatten)]
    limits: BotLimits,
}

impl Bot {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let BotCommand::Check(check) = &self.command;
        check.execute(out)
    }
}

impl Check {
    fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let command = self.command.trim();
        let command = CommandLine::read(command.strip_prefix(PREFIX).unwrap_or(command))?;
        let guest = Arc::new(Guest::new(command, self.limits.limits()));
        writeln!(out, "{} is kept by: {}.", guest.command().name, keeper::holds().join(", "))?;
        let mut told = Vec::new();
        let found =
            findings(&guest, &mut |market| told.push(market.to_owned())).map_err(anyhow::Error::msg)?;
        writeln!(out, "Tried with {}.", told.join("; "))?;
        for finding in &found {
            let mark = if finding.wrong { "wrong" } else { "note" };
            writeln!(out, "{mark}: {}", finding.what)?;
        }
        let wrong = found.iter().filter(|finding| finding.wrong).count();
        let heard = guest.heard();
        if !heard.is_empty() {
            writeln!(out, "It wrote to standard error:\n{}", heard.trim_end())?;
        }
        if wrong == 0 {
            writeln!(out, "Nothing is wrong.")?;
        }
        Ok(if wrong == 0 { WELL } else { BAD_OUTCOME })
    }
}

/// Keep a bot: the program calls this itself.
#[derive(Args)]
pub(super) struct Keep {
    /// Bytes of data
    #[arg(long)]
    memory: u64,
    /// Processor time in seconds
    #[arg(long)]
    processor: u64,
    /// Bytes of a file
    #[arg(long)]
    file: u64,
    /// Become the bot
    #[arg(long)]
    inner: bool,
    /// The bot's program and arguments
    #[arg(last = true, required = true)]
    words: Vec<String>,
}

impl Keep {
    pub(super) fn execute(&self) -> ExitCode {
        let limits =
            Limits { memory: self.memory, processor: self.processor, file: self.file, ..Limits::default() };
        let run = if self.inner { keeper::become_bot } else { keeper::keep };
        run(&self.words, &limits)
    }
}
