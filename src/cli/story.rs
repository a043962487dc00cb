//! A match as a story: who plays, a line of market shares and the news per turn, the standings and why.

use std::io::{IsTerminal, Write};

use anyhow::Result;

use super::news;
use super::tables::{count, percent};
use crate::game::Match;
use crate::level::Level;
use crate::sim::Outcome;

/// Cells of the share bar.
const BAR: usize = 50;
/// A colour for each place in the level (256-colour codes near the game's palette), so that a bar reads at a glance.
const COLOURS: [u8; 8] = [214, 203, 176, 117, 35, 227, 69, 250];

/// Tells a match, turn by turn.
pub(super) struct Story {
    letters: Vec<char>,
    coloured: bool,
}

impl Story {
    pub(super) fn new(level: &Level) -> Self {
        let coloured = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { letters: letters(level), coloured }
    }

    /// Who plays.
    pub(super) fn begin(&self, out: &mut impl Write, game: &Match) -> Result<()> {
        let level = game.simulation().level();
        let population = &game.setup().population;
        writeln!(out, "{} · {}", level.title, level.id)?;
        if !level.summary.is_empty() {
            writeln!(out, "{}", level.summary)?;
        }
        writeln!(
            out,
            "{} turns, seed {}, {} consumers and {} merchants standing for {} people and {} shops\n",
            game.setup().turns,
            population.seed,
            population.consumers,
            population.merchants,
            count(level.population()),
            count(if population.merchants > 0 { level.setup.shops } else { 0.0 }),
        )?;
        let width = level.platforms.iter().map(|platform| platform.name.chars().count()).max().unwrap_or(0);
        for (index, (platform, seat)) in level.platforms.iter().zip(&game.setup().seats).enumerate() {
            let shop = if platform.shop.is_some() { "" } else { "  (no shop of its own)" };
            let mark = self.paint(index, &self.letters[index].to_string());
            writeln!(out, "  {mark}  {:width$}  {}{shop}", platform.name, seat.name())?;
        }
        if game.setup().seats.iter().all(|seat| seat.name() == "passive") {
            writeln!(
                out,
                "\n  Nobody plays: give a seat away with --seat ID=STRATEGY, ID one of the platforms' ids:"
            )?;
            let ids: Vec<_> = level.platforms.iter().map(|platform| platform.id.as_str()).collect();
            writeln!(out, "  {}", ids.join(", "))?;
        }
        writeln!(out)?;
        self.heading(out, level)?;
        self.turn(out, level, game.simulation().outcome())
    }

    fn heading(&self, out: &mut impl Write, level: &Level) -> Result<()> {
        let shares: String =
            level.shops().into_iter().map(|shop| format!("{:>6}", self.letters[shop])).collect();
        Ok(writeln!(out, "{:8}  {:BAR$} {shares}   HHI", "", "share of sales, %")?)
    }

    /// A line of market shares, and what happened between companies.
    pub(super) fn turn(&self, out: &mut impl Write, level: &Level, outcome: &Outcome) -> Result<()> {
        let mut bar = String::new();
        let (mut sum, mut drawn) = (0.0, 0);
        let mut figures = String::new();
        for platform in level.shops() {
            let share = outcome.share(platform);
            sum += share;
            let until = (sum * BAR as f64).round() as usize;
            let cells = self.letters[platform].to_string().repeat(until.saturating_sub(drawn));
            bar.push_str(&self.paint(platform, &cells));
            drawn = drawn.max(until);
            figures.push_str(&format!("{:>6.1}", 100.0 * share));
        }
        bar.push_str(&" ".repeat(BAR.saturating_sub(drawn)));
        writeln!(out, "{:8}  {bar} {figures}  {:.3}", when(level, outcome.turn), outcome.hhi())?;
        for line in news::lines(level, &outcome.news) {
            writeln!(out, "{:8}  · {line}", "")?;
        }
        Ok(())
    }

    fn paint(&self, platform: usize, text: &str) -> String {
        if !self.coloured || text.is_empty() {
            return text.to_owned();
        }
        let colour = COLOURS[platform % COLOURS.len()];
        format!("\x1b[1;38;5;{colour}m{text}\x1b[0m")
    }
}

/// The month of a turn, or its number; the opening is the month before the first.
pub(super) fn when(level: &Level, turn: u32) -> String {
    match level.setup.start {
        _ if turn == 0 => "opening".to_owned(),
        None => format!("turn {turn}"),
        Some((year, month)) => {
            let months = month - 1 + turn - 1;
            format!("{}-{:02}", year + months / 12, months % 12 + 1)
        }
    }
}

/// A letter for each platform: its first one that nobody before it has.
fn letters(level: &Level) -> Vec<char> {
    let mut letters: Vec<char> = Vec::new();
    for platform in &level.platforms {
        let own = platform.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
        let free = own.chain('A'..='Z').find(|letter| !letters.contains(letter));
        letters.push(free.unwrap_or('?'));
    }
    letters
}

/// Share in the opening and at the end.
pub(super) fn from_to(first: f64, last: f64) -> String {
    format!("{} → {}", percent(first), percent(last))
}
