//! Is an offer accepted as often as the player is told that it may be?

use std::fmt::Write;

use rand::RngExt;
use rayon::prelude::*;

use super::playing::ExperimentError;
use crate::level::shipped;
use crate::order::{Deal, Order, Term};
use crate::play::{Difficulty, Likely, Position, Session, answers, appraise, chance_of_yes, guess, likely};
use crate::sim::state::events::Event;
use crate::statistics::part_of;
use crate::strategy::{Chance, chance};

/// Levels that it is tried on bear this tag.
const TAG: &str = "forecast";
/// Months of each match.
const MONTHS: u32 = 18;
/// Ends of the bins that chances are counted in.
const BINS: [f64; 7] = [0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.0];
/// What is said of an answer, in words.
const WORDS: [&str; 4] = [
    "likely to accept",
    "may do either",
    "likely to refuse",
    "hardly accepts anything: it refused last whatever was offered",
];

/// An offer that was made: what was said of it, and what came.
struct Made {
    /// Nothing where none was said.
    chance: Option<f64>,
    /// By its place among [`WORDS`].
    word: usize,
    accepted: bool,
}

/// The experiment's report.
///
/// # Errors
/// A shipped level cannot be set up.
pub fn answers_to_offers(seeds: u32) -> Result<String, ExperimentError> {
    let matches: Vec<(&str, u32)> = shipped()
        .filter(|level| level.has_tag(TAG))
        .flat_map(|level| (1..=seeds).map(move |seed| (level.name, seed)))
        .collect();
    let made: Vec<Made> = matches
        .par_iter()
        .map(|&(level, seed)| played(level, seed))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect();
    let mut text = format!(
        "# Answers\n\n\
         Made by `walled-gardens experiment answers --seeds {seeds}`. **Is an offer accepted as often as the player is told that it may be?** \
         {} matches of {MONTHS} months on the levels tagged `{TAG}`, seeds 1 to {seeds}, *Fair*, another seat for each seed. Each month the player \
         makes one rival an offer, drawn by the match's seed: a service, data or money for a service, data or money, where the money is drawn \
         about what would leave the other without a gain. Of whom nobody has heard yet nothing is said, and those offers are not counted. The chance is the one that the window shows, from what the player guesses. Intervals \
         are exact, 95% (Clopper and Pearson 1934); a row holds where the mean of what was said lies within.\n\n\
         | chance that was said | offers | said on average, % | accepted, % | verdict |\n|---|---|---|---|---|\n",
        matches.len(),
    );
    let mut low = 0.0;
    for high in BINS {
        let of =
            |one: &&Made| one.chance.is_some_and(|chance| chance >= low && (chance < high || high == 1.0));
        let bin: Vec<&Made> = made.iter().filter(of).collect();
        row(&mut text, &format!("{:.0} to {:.0}%", 100.0 * low, 100.0 * high), &bin);
        low = high;
    }
    text.push_str(
        "\n| what is said | offers | said on average, % | accepted, % | verdict |\n|---|---|---|---|---|\n",
    );
    for (word, name) in WORDS.iter().enumerate() {
        let said: Vec<&Made> = made.iter().filter(|one| one.word == word).collect();
        row(&mut text, name, &said);
    }
    Ok(text)
}

fn row(text: &mut String, name: &str, made: &[&Made]) {
    if made.is_empty() {
        return;
    }
    let chances: Option<Vec<f64>> = made.iter().map(|one| one.chance).collect();
    let said = chances.map(|chances| chances.iter().sum::<f64>() / chances.len() as f64);
    let yes = made.iter().filter(|one| one.accepted).count();
    let part = part_of(yes as u32, made.len() as u32);
    let verdict = match said {
        None => "–",
        Some(said) if (part.low..=part.high).contains(&said) => "holds",
        Some(_) => "**does not**",
    };
    let said = said.map_or_else(|| "–".to_owned(), |said| format!("{:.0}", 100.0 * said));
    let _ = writeln!(
        text,
        "| {name} | {} | {said} | {:.0} ({:.0} to {:.0}) | {verdict} |",
        made.len(),
        100.0 * part.value,
        100.0 * part.low,
        100.0 * part.high
    );
}

/// Plays a match in which somebody offers something every month.
fn played(level: &str, seed: u32) -> Result<Vec<Made>, ExperimentError> {
    let fail = |error: &dyn std::fmt::Display| ExperimentError(error.to_string());
    let begin = |seat: Option<&str>| Session::begin(level, seat, Some(seed.into()), Difficulty::Fair);
    let first = begin(None).map_err(|error| fail(&error))?;
    let platforms = &first.position().level.platforms;
    let open = platforms.iter().filter(|platform| platform.enters.is_none()).count();
    let seat = platforms[seed as usize % open.max(1)].id.clone();
    let mut session = begin(Some(&seat)).map_err(|error| fail(&error))?;
    let mut draws = chance(u64::from(seed), 0, platforms.len());
    let mut made = Vec::new();
    let mut waiting: Option<(usize, Option<f64>, usize)> = None;
    for _ in 0..MONTHS {
        let position = session.position();
        if position.is_over() {
            break;
        }
        let answered = waiting.take();
        if let Some((to, deal)) = offer(&position, &mut draws) {
            let appraisal = appraise(&position.view, position.me, to, &deal);
            let (guess, so_far) = (guess(&position, to, appraisal), answers(&position, to));
            let word = match likely(&guess, so_far) {
                Likely::Yes(_) => Some(0),
                Likely::Open => Some(1),
                Likely::No(_) => Some(2),
                Likely::Never(_) => Some(3),
                Likely::Unknown | Likely::Silence => None,
            };
            waiting = word.map(|word| (to, chance_of_yes(&guess, so_far), word));
            session.draft.set(Order::Offer { to: position.level.platforms[to].id.clone(), deal });
        }
        session.end_turn(None);
        // What was offered a month ago is answered in this one.
        let news = session.position().now().news.clone();
        if let Some((to, chance, word)) = answered {
            let answer = news.iter().find_map(|event| match *event {
                Event::Accepted { by, of, .. } if (by, of) == (to, position.me) => Some(true),
                Event::Refused { by, of, .. } | Event::Countered { by, of } | Event::Lapsed { by, of }
                    if (by, of) == (to, position.me) =>
                {
                    Some(false)
                }
                _ => None,
            });
            made.extend(answer.map(|accepted| Made { chance, word, accepted }));
        }
    }
    Ok(made)
}

/// An offer to somebody with whom nothing is under way; nothing where there is nobody.
fn offer(position: &Position, draws: &mut Chance) -> Option<(usize, Deal)> {
    let view = &position.view;
    let free: Vec<usize> = view.others().filter(|&other| !view.deals_with(other)).collect();
    let to = *free.get(draws.random_range(0..free.len().max(1)))?;
    let mut term = |from: usize| {
        let own: Vec<usize> = (0..view.level.services.len())
            .filter(|&number| view.level.services[number].owner == Some(from))
            .collect();
        match (own.is_empty(), draws.random_range(0..3)) {
            (_, 0) => None,
            (false, 1) => Some(view.whole_service(own[draws.random_range(0..own.len())])),
            _ => Some(Term::Data),
        }
    };
    let (gives, asks) = (term(position.me), term(to));
    let (gives, asks) = (Vec::from_iter(gives), Vec::from_iter(asks));
    let mut deal = Deal { gives, asks, months: 12, notice: 3, penalty: 0.0 };
    let theirs = guess(position, to, appraise(view, position.me, to, &deal)).appraisal.theirs.total;
    let amount = (theirs.abs() * draws.random_range(0.0..2.0)).round();
    if amount >= 1.0 && theirs < 0.0 {
        deal.gives.push(Term::Payment { amount });
    } else if amount >= 1.0 {
        deal.asks.push(Term::Payment { amount });
    }
    (!deal.gives.is_empty() || !deal.asks.is_empty()).then_some((to, deal))
}
