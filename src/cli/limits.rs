//! What bots may take: the options that commands have in common.

use std::time::Duration;

use clap::Args;

use crate::bots::Limits;

/// What a bot (`cmd:…`) may take.
#[derive(Args, Clone, Copy, Default)]
pub(super) struct BotLimits {
    /// Seconds until a bot's first answer
    #[arg(long, value_name = "SECONDS", value_parser = seconds, hide_short_help = true)]
    bot_start: Option<Duration>,
    /// Seconds until a bot's answer to a turn
    #[arg(long, value_name = "SECONDS", value_parser = seconds, hide_short_help = true)]
    bot_turn: Option<Duration>,
    /// Memory of a bot's process, in MiB
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u32).range(16..=1 << 20), hide_short_help = true)]
    bot_memory: Option<u32>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| (0.01..=3_600.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| "expected seconds from 0.01 to 3600".to_owned())
}

impl BotLimits {
    /// The options that say the same to another call.
    pub(super) fn arguments(self) -> Vec<String> {
        let seconds = |limit: Option<Duration>| limit.map(|limit| limit.as_secs_f64().to_string());
        let memory = self.bot_memory.map(|mib| mib.to_string());
        [("start", seconds(self.bot_start)), ("turn", seconds(self.bot_turn)), ("memory", memory)]
            .into_iter()
            .filter_map(|(name, limit)| Some([format!("--bot-{name}"), limit?]))
            .flatten()
            .collect()
    }

    /// The limits: the usual ones but for these.
    pub(super) fn limits(self) -> Limits {
        let usual = Limits::default();
        Limits {
            start: self.bot_start.unwrap_or(usual.start),
            turn: self.bot_turn.unwrap_or(usual.turn),
            memory: self.bot_memory.map_or(usual.memory, |mib| u64::from(mib) << 20),
            ..usual
        }
    }
}
