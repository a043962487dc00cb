//! `serve`: plays matches for another program.

use std::io::{BufRead, BufWriter, Write};

use anyhow::Result;
use clap::Args;

use super::limits::BotLimits;
use super::setting::{pool, thread_count};
use super::status::WELL;
use crate::serve::Host;

/// Play many matches at once for another program, which asks on standard input.
#[derive(Args)]
pub(super) struct Serve {
    /// Matches of a request that are played at once; all cores when absent. The answers are the same
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    #[command(flatten)]
    bots: BotLimits,
}

impl Serve {
    pub(super) fn execute(&self, out: &mut impl Write) -> Result<u8> {
        let mut host = Host::new(self.bots.limits(), pool(thread_count(self.threads))?);
        let mut out = BufWriter::new(out);
        Host::greet(&mut out)?;
        let mut input = std::io::stdin().lock();
        let mut line = Vec::new();
        while input.read_until(b'\n', &mut line)? > 0 {
            let request = line.trim_ascii();
            if !request.is_empty() {
                host.answer(request, &mut out)?;
            }
            line.clear();
        }
        Ok(WELL)
    }
}
