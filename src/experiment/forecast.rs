//! How honest the window's forecasts are: how often their band covers what comes.

use std::collections::BTreeMap;
use std::fmt;

use super::playing::{ExperimentError, prepared};
use crate::game::{Match, Seat, Setup};
use crate::level::shipped;
use crate::play::{Ahead, Figure, Forecast, Record, forecast};
use crate::sim::Outcome;
use crate::strategy::{self, PlatformView};

/// Levels that it is tried on bear this tag.
const TAG: &str = "forecast";
/// Turns of each match.
const TURNS: usize = 9;
/// Who plays, in turn: they order something every month, and look at no forecast.
const PLAYERS: [&str; 5] = ["steady-investor", "price-war", "coupon-raider", "lower-tier-first", "dealmaker"];

/// The experiment's report.
///
/// # Errors
/// A shipped level cannot be set up.
pub fn forecast_coverage(seeds: u32) -> Result<String, ExperimentError> {
    let levels: Vec<_> = shipped().filter(|level| level.has_tag(TAG)).collect();
    let mut covered = Covered::default();
    for level in &levels {
        let prepared = prepared(level.name, &[])?;
        for seed in 1..=seeds {
            let wrong = |error: strategy::ContenderError| ExperimentError(error.to_string());
            let mut setup = Setup::of(&prepared.level).map_err(wrong)?;
            setup.population.seed = u64::from(seed);
            let shops = prepared.level.shops();
            let me = shops[seed as usize % shops.len()];
            let player = strategy::strategy(PLAYERS[seed as usize % PLAYERS.len()]).map_err(wrong)?;
            setup.seats[me] = Seat::Recorded(player.name().to_owned(), Vec::new());
            let mut game = Match::new(&prepared, setup.clone());
            let (mut record, mut notes) = (Record::default(), strategy::Notes::new());
            for turn in 1..=TURNS.min(setup.turns as usize) {
                let view = PlatformView::new(game.simulation(), me, setup.turns);
                let mut chance = strategy::chance(setup.population.seed, turn as u32, me);
                let (orders, later) = player.decide(&view, &notes, &mut chance);
                notes = later;
                let now = game.simulation().outcome();
                let expected = {
                    let ahead = Ahead::of(&view);
                    forecast(&view, now, &ahead.futures(&orders), Some(ahead.usual()), &record)
                };
                game.order(me, orders);
                let outcome = game.play_turn().outcome;
                record.add(&expected, &outcome, me);
                covered.count(turn, &expected, &outcome, me);
            }
        }
    }
    Ok(format!(
        "# Forecasts\n\nMade by `walled-gardens experiment forecast --seeds {seeds}`: the first {TURNS} turns of each level tagged \
         `{TAG}` with each seed, the seat played by a strategy that orders something every month, its rivals by the level's. Eight in ten \
         is what a band promises.\n\n{covered}"
    ))
}

/// How many bands covered what came, of how many.
#[derive(Default)]
struct Covered {
    by_figure: BTreeMap<Figure, [usize; 2]>,
    by_turn: BTreeMap<usize, [usize; 2]>,
}

impl Covered {
    fn count(&mut self, turn: usize, expected: &Forecast, outcome: &Outcome, me: usize) {
        for figure in &expected.figures {
            let covers = figure.band.covers(figure.figure.read(outcome, me).total);
            for count in
                [self.by_figure.entry(figure.figure).or_default(), self.by_turn.entry(turn).or_default()]
            {
                count[0] += usize::from(covers);
                count[1] += 1;
            }
        }
    }
}

impl fmt::Display for Covered {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let percent = |&[hits, count]: &[usize; 2]| 100.0 * hits as f64 / count.max(1) as f64;
        writeln!(f, "| figure | bands | covered, % |\n|---|---|---|")?;
        for (figure, count) in &self.by_figure {
            writeln!(f, "| {figure:?} | {} | {:.0} |", count[1], percent(count))?;
        }
        let all = self.by_figure.values().fold([0, 0], |sum, count| [sum[0] + count[0], sum[1] + count[1]]);
        writeln!(
            f,
            "| all | {} | {:.0} |\n\n| turn | bands | covered, % |\n|---|---|---|",
            all[1],
            percent(&all)
        )?;
        for (turn, count) in &self.by_turn {
            writeln!(f, "| {turn} | {} | {:.0} |", count[1], percent(count))?;
        }
        Ok(())
    }
}
