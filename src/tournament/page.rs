//! One page that says it all: opens anywhere, asks nothing of the network, prints.
//!
//! Words are the browser's, only lines and bars are drawn, so that the page reads as well on a narrow screen.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::plan::{Format, Tournament};
use super::run::Finishes;
use super::standings::{LevelTest, SeatAdvantage, Standings};
use super::tables;
use crate::play::amounts;
use crate::statistics::{Interval, Verdict};

const STYLE: &str = include_str!("page.css");
/// Okabe and Ito's colours that show on white and on black; who comes after is grey.
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a6d00"];
const GREY: &str = "#9a9a9a";
/// Matches that the page lists one by one; the rest is in the table of matches.
const LISTED: usize = 400;

/// The page.
pub fn page(tournament: &Tournament, standings: &Standings, finishes: &Finishes) -> String {
    let plan = &tournament.plan;
    let title = if plan.title.is_empty() { "Tournament" } else { &plan.title };
    let body = html! {
        header {
            h1 { (title) }
            p.lead { (summary(tournament, standings)) }
        }
        @if standings.is_test() { (tests(tournament, &standings.tests)) }
        (table(standings))
        (matrix(standings))
        (curves(tournament, standings, finishes))
        (circles(standings))
        (seats(&standings.seats))
        (method(standings))
        (list(tournament, finishes))
    };
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Without one a browser asks the network for a picture.
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    page.into_string()
}

fn summary(tournament: &Tournament, standings: &Standings) -> String {
    let plan = &tournament.plan;
    let format = match plan.format {
        Format::RoundRobin => "Round robin".to_owned(),
        Format::Gauntlet => format!("{} against the field", tournament.entries[0].name),
        Format::Swiss { rounds } => format!("Swiss, {rounds} rounds"),
        Format::Sprt { .. } => "Sequential test".to_owned(),
    };
    format!(
        "{format}: {} strategies, {} matches in {} blocks on {}, seed {}.",
        tournament.entries.len(),
        standings.matches,
        standings.blocks,
        plan.levels.join(", "),
        plan.seed,
    )
}

fn tests(tournament: &Tournament, tests: &[LevelTest]) -> Markup {
    let (one, other) = (&tournament.entries[0].name, &tournament.entries[1].name);
    html! {
        section {
            h2 { "Is " (one) " better than " (other) "?" }
            div.wide { table {
                thead { tr {
                    th { "level" } th { "answer" } th.n { "log-likelihood ratio" } th.n { "ends at" } th.n { "Elo" }
                    th { "blocks, from all lost to all won" }
                } }
                tbody { @for test in tests { tr {
                    td { (test.level) }
                    td { b { (match test.verdict {
                        Verdict::Better => "yes",
                        Verdict::NotBetter => "no",
                        Verdict::Open => "not settled",
                    }) } }
                    td.n { (format!("{:+.2}", test.log_ratio)) }
                    td.n { (format!("{:.2}, {:+.2}", test.bounds[0], test.bounds[1])) }
                    td.n { (test.elo.map_or("–".to_owned(), |elo| format!("{:+.0} ± {:.0}", elo.points, elo.half))) }
                    td { (test.counts.iter().map(f64::to_string).collect::<Vec<_>>().join(" ")) }
                } } }
            } }
        }
    }
}

/// Standings, with strengths drawn beside their numbers.
fn table(standings: &Standings) -> Markup {
    let all = &standings.contenders;
    let ends = |pick: fn(&Interval) -> f64| all.iter().map(move |standing| pick(&standing.strength));
    let low = ends(|i| i.low).fold(0.0, f64::min);
    let high = ends(|i| i.high).fold(1.0, f64::max);
    html! {
        section {
            h2 { "Standings" }
            div.wide { table {
                thead { tr {
                    th.n { "rank" } th { "strategy" } th.n { "strength" } th.plot { } th.n { "score, %" }
                    th.n { "won, %" }
                    @if standings.is_of_one_level() { th.n { "value" } th.n { "profit" } th.n { "share, %" } }
                    th.n { "α-rank, %" } th.n { "Nash, %" }
                    th.n { "blocks" }
                } }
                tbody { @for place in 0..all.len() {
                    (row(standings, place, low, high))
                } }
            } }
            p.note {
                "Strength in Elo points above the mean of all; lines are 95% intervals, as are the numbers after ±. Rank: the place, and \
                 the places it takes in 95% of draws. α-rank: how often each is met where players copy who beats them. Nash: the mixture that \
                 nobody beats."
                @if standings.is_of_one_level() {
                    " Value, at the end, decides a match; profit is of the whole match, share of its last turn."
                }
            }
            @for (name, refused) in standings.refused() {
                p.note { (format!("Refused: {refused:.1} orders of {name} a match.")) }
            }
        }
    }
}

fn row(standings: &Standings, place: usize, low: f64, high: f64) -> Markup {
    let standing = &standings.contenders[place];
    let percent = |mean: f64, half: f64| format!("{:.1} ± {:.1}", 100.0 * mean, 100.0 * half);
    let at = |points: f64| 100.0 * (points - low) / (high - low);
    let Interval { value, low: from, high: to } = standing.strength;
    html! {
        tr {
            td.n { @match standing.rank {
                Some(rank) => { (rank) " " small { (standing.ranks[0]) "–" (standing.ranks[1]) } }
                None => { small { "unranked" } }
            } }
            td { span.mark style=(format!("background:{}", colour(place))) {} (standing.name) }
            td.n { (format!("{value:+.0}")) small { (format!(" {from:+.0} to {to:+.0}")) } }
            td.plot { svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=(format!("{from:.0} to {to:.0}")) {
                line.zero x1=(at(0.0)) x2=(at(0.0)) y1="0" y2="10" {}
                line x1=(at(from)) x2=(at(to)) y1="5" y2="5" stroke=(colour(place)) stroke-width="2" {}
                line x1=(at(value)) x2=(at(value)) y1="1" y2="9" stroke=(colour(place)) stroke-width="3" {}
            } }
            td.n { (percent(standing.score.mean, standing.score.half)) }
            td.n { (percent(standing.wins.mean, standing.wins.half)) }
            @if standings.is_of_one_level() {
                td.n { (amounts::yuan(standing.value.mean)) }
                td.n { (amounts::yuan(standing.profit.mean)) }
                td.n { (percent(standing.share.mean, standing.share.half)) }
            }
            td.n { (format!("{:.1}", 100.0 * standing.alpha)) }
            td.n { (format!("{:.0}", 100.0 * standing.nash.value)) small { (format!(" {:.0}–{:.0}", 100.0 * standing.nash.low, 100.0 * standing.nash.high)) } }
            td.n { (standing.blocks) }
        }
    }
}

fn colour(place: usize) -> &'static str {
    COLOURS.get(place).copied().unwrap_or(GREY)
}

/// Who ended above whom.
fn matrix(standings: &Standings) -> Markup {
    let names: Vec<&str> = standings.contenders.iter().map(|standing| standing.name.as_str()).collect();
    let against = |one: &str, other: &str| {
        standings.pairs.iter().find_map(|pair| {
            let clear = pair.probability < 0.05;
            if pair.one == one && pair.other == other {
                Some((pair.score.mean, clear))
            } else if pair.one == other && pair.other == one {
                Some((1.0 - pair.score.mean, clear))
            } else {
                None
            }
        })
    };
    html! {
        section {
            h2 { "Head to head" }
            div.wide { table.matrix {
                thead { tr { th {} @for (number, name) in names.iter().enumerate() { th.n title=(name) { (number + 1) } } } }
                tbody { @for (number, one) in names.iter().enumerate() { tr {
                    th { (number + 1) ". " (one) }
                    @for other in &names {
                        @match against(one, other) {
                            Some((score, clear)) => {
                                td.n style=(shade(score)) title=(format!("{one} above {other}")) {
                                    @if clear { b { (format!("{:.0}", 100.0 * score)) } }
                                    @else { (format!("{:.0}", 100.0 * score)) }
                                }
                            }
                            None => { td.n { "·" } }
                        }
                    }
                } } }
            } }
            p.note {
                "Percent of matches in which the row ended above the column. Bold: unlikely to be luck, all pairs taken together \
                 (Holm, 5%)."
            }
        }
    }
}

/// Blue above one half, orange below.
fn shade(score: f64) -> String {
    let strength = (2.0 * (score - 0.5).abs()).min(1.0) * 0.55;
    let colour = if score >= 0.5 { "0,114,178" } else { "213,94,0" };
    format!("background:rgba({colour},{strength:.2})")
}

/// Mean share by turn of each strategy, level by level.
fn curves(tournament: &Tournament, standings: &Standings, finishes: &Finishes) -> Markup {
    html! {
        section {
            h2 { "Shares over time" }
            div.levels { @for (level, prepared) in tournament.levels.iter().enumerate() {
                @let curves: Vec<Vec<f64>> = standings.contenders.iter()
                    .map(|standing| mean_curve(level, &standing.name, finishes)).collect();
                @let most = curves.iter().flatten().copied().fold(0.01, f64::max);
                figure {
                    figcaption { b { (prepared.level.id) } " — share of sales, turns 1 to " (tournament.turns(level)) ", 0 to " (format!("{:.0}%", 100.0 * most)) }
                    svg.curves viewBox="0 0 300 140" preserveAspectRatio="none" role="img" aria-label=(format!("shares on {}", prepared.level.id)) {
                        @for part in 1..4 {
                            @let y = 35 * part;
                            line.grid x1="0" x2="300" y1=(y) y2=(y) {}
                        }
                        @for (place, curve) in curves.iter().enumerate().rev() {
                            polyline points=(points(curve, most)) stroke=(colour(place)) {}
                        }
                    }
                }
            } }
            ul.legend { @for (place, standing) in standings.contenders.iter().enumerate().take(COLOURS.len()) {
                li { span.mark style=(format!("background:{}", colour(place))) {} (standing.name) }
            } @if standings.contenders.len() > COLOURS.len() {
                li { span.mark style=(format!("background:{GREY}")) {} "the others" }
            } }
        }
    }
}

fn mean_curve(level: usize, name: &str, finishes: &Finishes) -> Vec<f64> {
    let (mut sums, mut count) = (Vec::new(), 0.0);
    for (_, finish) in finishes.range((level, 0, 0)..(level + 1, 0, 0)) {
        let Some(seat) = finish.players.iter().position(|player| player == name) else { continue };
        sums.resize(finish.curves.share.len().max(sums.len()), 0.0);
        sums.iter_mut().zip(&finish.curves.share).for_each(|(sum, shares)| *sum += shares[seat]);
        count += 1.0;
    }
    sums.into_iter().map(|sum: f64| sum / count).collect()
}

fn points(curve: &[f64], most: f64) -> String {
    let step = 300.0 / (curve.len().max(2) - 1) as f64;
    let point = |(turn, share): (usize, &f64)| {
        format!("{:.1},{:.1}", step * turn as f64, 138.0 - 136.0 * share / most)
    };
    curve.iter().enumerate().map(point).collect::<Vec<_>>().join(" ")
}

fn circles(standings: &Standings) -> Markup {
    html! {
        section {
            h2 { "Circles" }
            @if standings.cycles.is_empty() {
                p { "No three strategies clearly beat each other in a circle." }
            } @else {
                ul { @for [a, b, c] in &standings.cycles { li { (a) " beats " (b) " beats " (c) " beats " (a) } } }
            }
        }
    }
}

fn seats(seats: &[SeatAdvantage]) -> Markup {
    html! {
        @if !seats.is_empty() { section {
            h2 { "Seats" }
            div.wide { table {
                thead { tr { th { "level" } th { "seat" } th.n { "mean score there, %" } th { } } }
                tbody { @for seat in seats { tr {
                    td { (seat.level) } td { (seat.seat) }
                    td.n { (format!("{:.1} ± {:.1}", 100.0 * seat.score.mean, 100.0 * seat.score.half)) }
                    td { @if seat.uneven { b { "uneven" } } @else { "level" } }
                } } }
            } }
            p.note { "Everybody sits in every seat, so an uneven seat favours nobody. Intervals hold for all seats together." }
        } }
    }
}

fn method(standings: &Standings) -> Markup {
    let alpha = standings.alpha;
    html! {
        section {
            h2 { "How it was reckoned" }
            p {
                "The unit is the block: one level, one seed, one line-up, played in every rotation over the seats. Strengths are \
                 Plackett and Luce's by maximum likelihood over finishing orders by value, with percentile intervals over 1,000 draws of \
                 blocks, level by level. Score: the part of its rivals that a strategy ended above. α-rank: one population of "
                (alpha.population) ", selection " (alpha.selection) ". Nash: the mixture of largest entropy that no strategy beats, over \
                200 draws. Fewer than eight blocks: unranked."
            }
            p.note { "Tournament " (standings.identity) }
        }
    }
}

fn list(tournament: &Tournament, finishes: &Finishes) -> Markup {
    html! {
        section {
            details {
                summary { "Matches, and the command that plays each again" }
                div.wide { table {
                    thead { tr { th { "match" } th { "players" } th { "command" } } }
                    tbody { @for (&(level, ..), finish) in finishes.iter().take(LISTED) { tr {
                        td { (finish.id()) }
                        td { (finish.players.join(", ")) }
                        td { code { (tables::replay(tournament, level, finish)) } }
                    } } }
                } }
                @if finishes.len() > LISTED {
                    p.note { "The first " (LISTED) " of " (finishes.len()) "; all are in matches.csv." }
                }
            }
        }
    }
}
