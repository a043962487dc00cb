//! How honest the window's forecasts are: how often their band covers what comes.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{ExperimentError, prepared};
use crate::game::{Match, Seat, Setup};
use crate::level::shipped;
use crate::play::{Figure, Record, forecast, futures};
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
    let mut covered: BTreeMap<Figure, (usize, usize)> = BTreeMap::new();
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
                    let usual = futures(&view, &Vec::new());
                    forecast(&view, now, &futures(&view, &orders), Some(&usual), &record)
                };
                game.order(me, orders);
                let outcome = game.play_turn().outcome;
                record.add(&expected, &outcome, me);
                for figure in &expected.figures {
                    let count = covered.entry(figure.figure).or_default();
                    count.0 += usize::from(figure.band.covers(figure.figure.read(&outcome, me).total));
                    count.1 += 1;
                }
            }
        }
    }
    let mut text = format!(
        "# Forecasts\n\nMade by `walled-gardens experiment forecast --seeds {seeds}`: the first {TURNS} turns of each level tagged \
         `{TAG}` with each seed, the seat played by a strategy that orders something every month, its rivals by the level's. Eight in ten \
         is what a band promises.\n\n| figure | turns | covered, % |\n|---|---|---|\n"
    );
    let (mut inside, mut all) = (0, 0);
    for (figure, (hits, count)) in covered {
        let _ = writeln!(text, "| {figure:?} | {count} | {:.0} |", 100.0 * hits as f64 / count.max(1) as f64);
        (inside, all) = (inside + hits, all + count);
    }
    let _ = writeln!(text, "| all | {all} | {:.0} |", 100.0 * inside as f64 / all.max(1) as f64);
    Ok(text)
}
