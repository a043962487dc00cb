//! One page that says it all: opens anywhere, asks nothing of the network, prints.
//!
//! Words are the browser's, only lines and bars are drawn, so that the page reads as well on a narrow screen.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::chart::{self, Colours, Shares};
use super::plan::{Format, Tournament};
use super::records::Finishes;
use super::standings::{LevelTest, SeatAdvantage, Standing, Standings, unranked};
use super::tables;
use super::verdict::{answered, asked};
use crate::play::amounts;
use crate::statistics::{Estimate, Interval, Verdict};

/// Levels whose tables stand open.
const OPEN_LEVELS: usize = 4;
const STYLE: &str = include_str!("page.css");
/// Matches that the page lists one by one; the rest is in the table of matches.
const LISTED: usize = 400;

/// The page.
pub fn page(tournament: &Tournament, standings: &Standings, shares: &Shares, finishes: &Finishes) -> String {
    let plan = &tournament.plan;
    let colours = Colours::of(tournament, standings);
    let title = if plan.title.is_empty() { "Tournament" } else { &plan.title };
    let body = html! {
        header {
            h1 { (title) }
            p.lead { (summary(tournament, standings)) }
        }
        @if standings.is_test() { (tests(tournament, &standings.tests)) }
        @if standings.is_gauntlet() { (gauntlet(tournament, standings, &colours)) }
        @else {
            (overall(standings, &colours))
            (levels(standings, &colours))
            (matrix(standings))
        }
        (chart::shares(tournament, shares, &colours))
        @if !standings.is_gauntlet() { (circles(standings)) }
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
            @if let Some(test) = tournament.plan.format.test() { p { (asked(&test, one, other)) } }
            @if let Some(asked) = tournament.plan.format.test() {
                @for test in tests { p { (answered(&asked, test, one, other)) } }
            }
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

/// How the first did against each of the others, and nothing of these among themselves.
fn gauntlet(tournament: &Tournament, standings: &Standings, colours: &Colours) -> Markup {
    let first = &tournament.entries[0].name;
    html! {
        section {
            h2 { span.mark style=(format!("background:{}", colours.of_name(first))) {} (first) " against each" }
            div.wide { table {
                thead { tr { th { "against" } th.n { "score, %" } th.n { "95% interval" } th.n { "by luck" } th.n { "blocks" } } }
                tbody { @for (other, blocks, score, probability) in standings.first_against_each() { tr {
                    td { span.mark style=(format!("background:{}", colours.of_name(other))) {} (other) }
                    td.n style=(shade(score.value)) { (format!("{:.1}", 100.0 * score.value)) }
                    td.n { (format!("{:.1} to {:.1}", 100.0 * score.low, 100.0 * score.high)) }
                    td.n { (format!("{probability:.3}")) }
                    td.n { (blocks) }
                } } }
            } }
            p.note {
                "The part of matches in which " (first) " ended above, the hardest first. By luck: how likely so much is among equals, all pairs \
                 corrected together. A gauntlet says nothing of the others among themselves."
            }
        }
    }
}

/// Standings over all levels.
fn overall(standings: &Standings, colours: &Colours) -> Markup {
    html! {
        section {
            h2 { "Standings" }
            (table(&standings.contenders, standings.is_of_one_level(), colours))
            p.note {
                "Strength in Elo points above the mean of all; lines are 95% intervals, as are the numbers after ±. Rank: the place, and \
                 the places it takes in 95% of draws. α-rank: how often each is met where players copy who beats them. Nash: the mixture that \
                 nobody beats. Value, at the end, decides a match; profit is of the whole match, share of its last turn; \
                 they are shown for one level at a time."
            }
            @let blocks = standings.contenders.iter().map(|standing| (standing.name.as_str(), standing.blocks));
            @if let Some(line) = unranked(blocks) { p.note { (line) } }
            @if let Some(line) = standings.apart() { p.note { (line) } }
            @for (name, refused) in standings.refused() {
                p.note { (format!("Refused: {refused:.1} orders of {name} a match.")) }
            }
        }
    }
}

/// Standings on each level, where there are several; of many, to be opened.
fn levels(standings: &Standings, colours: &Colours) -> Markup {
    html! {
        @if !standings.levels.is_empty() { section {
            h2 { "Level by level" }
            @for level in &standings.levels {
                details open[standings.levels.len() <= OPEN_LEVELS] {
                    summary { (level.level) " " small { (level.matches) " matches in " (level.blocks) " blocks" } }
                    (table(&level.contenders, true, colours))
                    @for [a, b, c] in &level.cycles { p.note { "A circle: " (a) " beats " (b) " beats " (c) " beats " (a) "." } }
                }
            }
        } }
    }
}

/// A row a contender, with strengths drawn beside their numbers; with yuan and shares where they are of one market.
fn table(all: &[Standing], one_market: bool, colours: &Colours) -> Markup {
    let ends = |pick: fn(&Interval) -> f64| all.iter().map(move |standing| pick(&standing.strength));
    let low = ends(|i| i.low).fold(0.0, f64::min);
    let high = ends(|i| i.high).fold(1.0, f64::max);
    html! {
        div.wide { table {
            thead { tr {
                th.n { "rank" } th { "strategy" } th.n { "strength" } th.plot { } th.n { "score, %" }
                th.n { "won, %" }
                @if one_market { th.n { "value" } th.n { "profit" } th.n { "share, %" } }
                th.n { "α-rank, %" } th.n { "Nash, %" }
                th.n { "blocks" }
            } }
            tbody { @for standing in all { (row(standing, one_market, colours, low, high)) } }
        } }
    }
}

fn row(standing: &Standing, one_market: bool, colours: &Colours, low: f64, high: f64) -> Markup {
    let at = |points: f64| 100.0 * (points - low) / (high - low);
    let Interval { value, low: from, high: to } = standing.strength;
    let colour = colours.of_name(&standing.name);
    html! {
        tr {
            td.n { @match standing.rank {
                Some(rank) => {
                    @if let Some(group) = standing.group { small { "group " (group) ": " } }
                    (rank) " " small { (standing.ranks[0]) "–" (standing.ranks[1]) }
                }
                None => { small { "unranked" } }
            } }
            td { span.mark style=(format!("background:{colour}")) {} (standing.name) }
            td.n { (format!("{value:+.0}")) small { (format!(" {from:+.0} to {to:+.0}")) } }
            td.plot { svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label=(format!("{from:.0} to {to:.0}")) {
                line.zero x1=(at(0.0)) x2=(at(0.0)) y1="0" y2="10" {}
                line x1=(at(from)) x2=(at(to)) y1="5" y2="5" stroke=(colour) stroke-width="2" {}
                line x1=(at(value)) x2=(at(value)) y1="1" y2="9" stroke=(colour) stroke-width="3" {}
            } }
            td.n { (part(&standing.score)) }
            td.n { (part(&standing.wins)) }
            @if one_market {
                td.n { (amounts::yuan(standing.value.mean)) }
                td.n { (amounts::yuan(standing.profit.mean)) }
                td.n { (percent(&standing.share)) }
            }
            td.n { @if let Some(alpha) = standing.alpha { (part(&alpha)) } @else { "–" } }
            td.n { @if let Some(nash) = standing.nash { (part(&nash)) } @else { "–" } }
            td.n { (standing.blocks) }
        }
    }
}

/// A part, and small where it may lie, in percent.
fn part(interval: &Interval) -> Markup {
    let percent = |part: f64| format!("{:.0}", 100.0 * part);
    html! {
        (format!("{:.1}", 100.0 * interval.value))
        small { " " (percent(interval.low)) "–" (percent(interval.high)) }
    }
}

/// A mean part and its half-width, of which one observation says nothing, in percent.
fn percent(estimate: &Estimate) -> String {
    let half = estimate.half_width().map_or("–".to_owned(), |half| format!("{:.1}", 100.0 * half));
    format!("{:.1} ± {half}", 100.0 * estimate.mean)
}

/// Who ended above whom.
fn matrix(standings: &Standings) -> Markup {
    let names: Vec<&str> = standings.contenders.iter().map(|standing| standing.name.as_str()).collect();
    let against = |one: &str, other: &str| {
        standings.pairs.iter().find_map(|pair| {
            let clear = pair.probability < 0.05;
            if pair.one == one && pair.other == other {
                Some((pair.score.value, clear))
            } else if pair.one == other && pair.other == one {
                Some((1.0 - pair.score.value, clear))
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
                    td.n { (percent(&seat.score)) }
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
                 weights of blocks; levels weigh alike, or as the plan says. Score: the part of its rivals that a strategy ended above. α-rank: one population of "
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
