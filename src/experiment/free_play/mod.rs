//! What comes of it when strategies are let loose on each other: who wins, and what becomes of offers and agreements.

mod observed;

use std::fmt::Write;

use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::playing::{ExperimentError, prepared, those_that_do_not_search};
use crate::game::{Match, Prepared, Seat, Setup, winner};
use crate::level::shipped;
use crate::statistics::Estimate;
use crate::strategy::{self, Contender, Strategy};
use observed::{Observed, SURVIVES};

/// The tag of levels that are made for it.
const TAG: &str = "free-play";
/// A strategy that wins more often than this against two rivals or more needs an explanation; against one, half is usual.
const TOO_OFTEN: f64 = 0.6;

/// What became of one strategy in one match.
struct Stint {
    strategy: &'static str,
    won: bool,
    /// Value over the mean of the match.
    value: f64,
}

/// The experiment's report.
///
/// # Errors
/// A shipped level cannot be set up.
pub fn free_play(seeds: u32) -> Result<String, ExperimentError> {
    let mut text = format!(
        "# Free play\n\n\
         Made by `walled-gardens experiment free-play --seeds {seeds}`. For each seed from 1 on as many strategies as there \
         are seats are drawn from all that do not search, and play once for every rotation over the seats, level as shipped. Intervals \
         are 95%, over seeds (Student): what rotations of a seed share counts once. Nothing is asserted.\n"
    );
    for level in shipped().filter(|level| level.has_tag(TAG)) {
        let prepared = prepared(level.name, &[])?;
        let played: Vec<(Vec<Stint>, Observed)> =
            (1..=seeds).into_par_iter().map(|seed| play_seed(&prepared, seed)).collect::<Result<_, _>>()?;
        let _ = writeln!(text, "\n## {}\n", level.name);
        observed(&mut text, &played, prepared.level.platforms.len());
        standings(&mut text, &played, prepared.level.platforms.len());
    }
    Ok(text)
}

/// The strategies of one seed in every rotation over the seats, and what happened between them.
fn play_seed(prepared: &Prepared, seed: u32) -> Result<(Vec<Stint>, Observed), ExperimentError> {
    let seats = prepared.level.platforms.len();
    let mut field: Vec<&'static dyn Strategy> = those_that_do_not_search().collect();
    field.shuffle(&mut strategy::chance(u64::from(seed), 0, 0));
    let field: Vec<_> = field.into_iter().cycle().take(seats).collect();
    let (mut stints, mut observed) = (Vec::new(), Observed::default());
    for rotation in 0..seats {
        let mut setup = Setup::of(&prepared.level).map_err(|error| ExperimentError(error.to_string()))?;
        setup.population.seed = u64::from(seed);
        setup.population.measure_surplus = false;
        let of_seat = |seat: usize| field[(seat + rotation) % seats];
        (0..seats).for_each(|seat| setup.seats[seat] = Seat::Strategy(Contender::usual(of_seat(seat))));
        let mut game = Match::new(prepared, setup);
        while !game.is_over() {
            let outcome = game.play_turn().outcome;
            observed.month(&game, &outcome);
        }
        let last = game.simulation().outcome().clone();
        let level = std::sync::Arc::clone(game.simulation().level());
        let outcome = game.judge();
        let mean = outcome.worth().iter().sum::<f64>() / seats as f64;
        let first = winner(outcome);
        observed.end(&level, &last, first);
        stints.extend((0..seats).map(|seat| Stint {
            strategy: of_seat(seat).name(),
            won: first == Some(seat),
            value: outcome.worth()[seat] / mean,
        }));
    }
    Ok((stints, observed))
}

fn observed(text: &mut String, played: &[(Vec<Stint>, Observed)], seats: usize) {
    let mut all = Observed::default();
    played.iter().for_each(|(_, observed)| all.add(observed));
    let matches = (played.len() * seats) as f64;
    let _ =
        writeln!(text, "What happened, in {matches} matches:\n\n| what | times | a match |\n|---|---|---|");
    for (kind, count) in &all.happened {
        let _ = writeln!(text, "| {kind} | {count} | {:.2} |", *count as f64 / matches);
    }
    let _ = writeln!(
        text,
        "\nMonths in a row without any of this, another season (a category up or down by a tenth) or another leader of a category: median {}, \
         longest {}.",
        all.median_quiet(),
        all.quiet.iter().max().copied().unwrap_or(0)
    );
    if !all.probes.is_empty() || all.groundless > 0 {
        let by_deed: Vec<String> =
            all.probes.iter().map(|(offence, count)| format!("{offence:?} {count}")).collect();
        let _ = writeln!(
            text,
            "\nProbes, by the deed that weighed most on file: {}; of companies with nothing on file: {}.",
            by_deed.join(", "),
            all.groundless
        );
    }
    let [made, broken, kept] = all.fronts;
    if made > 0 {
        let _ = writeln!(
            text,
            "\nFronts: {made} made, {broken} broken, {kept} kept until they ran out or were given notice."
        );
    }
    let [entered, survived, won] = all.newcomers;
    if entered > 0 {
        let _ = writeln!(
            text,
            "\nNewcomers: {entered} entered, {survived} had {}% of the market or more at the end, {won} won.",
            100.0 * SURVIVES
        );
    }
}

fn standings(text: &mut String, played: &[(Vec<Stint>, Observed)], seats: usize) {
    let _ = writeln!(
        text,
        "\n| strategy | seeds | matches won, % | value over the match's mean, less one, % | |\n|---|---|---|---|---|"
    );
    let mut rows = Vec::new();
    for strategy in those_that_do_not_search() {
        let of_seed = |(stints, _): &(Vec<Stint>, _)| {
            let mine: Vec<&Stint> = stints.iter().filter(|stint| stint.strategy == strategy.name()).collect();
            let part = |value: &dyn Fn(&Stint) -> f64| {
                mine.iter().map(|stint| value(stint)).sum::<f64>() / mine.len() as f64
            };
            (!mine.is_empty())
                .then(|| (part(&|stint| f64::from(u8::from(stint.won))), part(&|stint| stint.value)))
        };
        let seeds: Vec<(f64, f64)> = played.iter().filter_map(of_seed).collect();
        if seeds.len() < 4 {
            continue;
        }
        let wins = Estimate::of(&seeds.iter().map(|seed| 100.0 * seed.0).collect::<Vec<_>>());
        let value = Estimate::of(&seeds.iter().map(|seed| 100.0 * (seed.1 - 1.0)).collect::<Vec<_>>());
        rows.push((strategy.name(), seeds.len(), wins, value));
    }
    rows.sort_by(|one, other| other.2.mean.total_cmp(&one.2.mean));
    for (name, seeds, wins, value) in rows {
        let verdict = if seats > 2 && wins.mean > 100.0 * TOO_OFTEN { "**too often**" } else { "" };
        let _ = writeln!(
            text,
            "| {name} | {seeds} | {:.1} ± {:.1} | {:+.1} ± {:.1} | {verdict} |",
            wins.mean, wins.half, value.mean, value.half
        );
    }
}
