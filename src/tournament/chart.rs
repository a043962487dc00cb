//! The page's chart: mean shares, month by month.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::plan::{Format, Tournament};
use super::records::Finish;
use super::standings::Standings;

/// Okabe and Ito's colours that show on white and on black; who comes after is grey.
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a6d00"];
const GREY: &str = "#9a9a9a";
/// Width and height that curves are drawn in.
const SIZE: [f64; 2] = [300.0, 140.0];
/// Steps of a scale of shares, and of one of months.
const SHARE_STEPS: [f64; 9] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
const MONTH_STEPS: [usize; 8] = [1, 2, 3, 6, 12, 24, 60, 120];

/// Who is drawn in which colour.
pub struct Colours {
    /// The strategy that the tournament is about: the first of a gauntlet.
    about: Option<String>,
    /// Strategies with colours of their own, best first.
    own: BTreeMap<String, &'static str>,
}

impl Colours {
    /// The best have colours of their own, and so has whoever is listed first, wherever it stands.
    pub fn of(tournament: &Tournament, standings: &Standings) -> Self {
        let first = tournament.entries[0].name.clone();
        let others =
            standings.contenders.iter().map(|standing| &standing.name).filter(|&name| *name != first);
        let mut coloured: Vec<&String> = others.take(COLOURS.len() - 1).collect();
        let above = standings.contenders.iter().position(|standing| standing.name == first).unwrap_or(0);
        coloured.insert(above.min(coloured.len()), &first);
        let own = coloured.into_iter().cloned().zip(COLOURS).collect();
        Self { about: (tournament.plan.format == Format::Gauntlet).then_some(first), own }
    }

    /// A strategy's colour.
    pub fn of_name(&self, name: &str) -> &'static str {
        self.own.get(name).copied().unwrap_or(GREY)
    }

    /// How early a strategy is drawn: the grey first, so that they lie under the others, and last whom it is about.
    fn layer(&self, name: &str) -> u8 {
        u8::from(self.own.contains_key(name)) + u8::from(self.is_about(name))
    }

    fn is_about(&self, name: &str) -> bool {
        self.about.as_deref() == Some(name)
    }
}

/// By level and strategy: shares by month, summed over its seats of all matches, and how many these are.
#[derive(Debug, Default)]
pub struct Shares(BTreeMap<(usize, String), (Vec<f64>, f64)>);

impl Shares {
    /// Adds a match on a level.
    pub fn add(&mut self, level: usize, finish: &Finish) {
        for (seat, player) in finish.players.iter().enumerate() {
            let (sum, count) = self.0.entry((level, player.clone())).or_default();
            let turns = finish.curves.share.turns();
            sum.resize(turns.len().max(sum.len()), 0.0);
            sum.iter_mut().zip(turns).for_each(|(sum, shares)| *sum += shares[seat]);
            *count += 1.0;
        }
    }

    /// Each strategy's mean share by month on a level, of those who play there.
    fn means<'a>(&self, level: usize, names: &[&'a str]) -> Vec<(&'a str, Vec<f64>)> {
        let mean = |&name: &&'a str| {
            let (sum, count) = self.0.get(&(level, name.to_owned()))?;
            Some((name, sum.iter().map(|sum| sum / count).collect()))
        };
        names.iter().filter_map(mean).collect()
    }
}

/// Mean share by month of each strategy, level by level.
pub fn shares(tournament: &Tournament, shares: &Shares, colours: &Colours) -> Markup {
    let names: Vec<&str> = tournament.entries.iter().map(|entry| entry.name.as_str()).collect();
    html! {
        section {
            h2 { "Shares over time" }
            div.levels { @for (level, prepared) in tournament.levels.iter().enumerate() {
                (figure(&prepared.level.id, &shares.means(level, &names), colours))
            } }
            ul.legend { @for colour in COLOURS {
                @if let Some((name, _)) = colours.own.iter().find(|&(_, own)| *own == colour) {
                    li { span.mark style=(format!("background:{colour}")) {} (name) }
                }
            } @if names.len() > colours.own.len() {
                li { span.mark style=(format!("background:{GREY}")) {} "the others" }
            } }
        }
    }
}

fn figure(level: &str, curves: &[(&str, Vec<f64>)], colours: &Colours) -> Markup {
    // One that loses everything would press the others into a line: the grey may leave the picture.
    let own = curves.iter().filter(|(name, _)| colours.own.contains_key(*name));
    let (least, most) = (own.flat_map(|(_, curve)| curve))
        .fold((1.0, 0.0), |(low, high): (f64, f64), &share| (low.min(share), high.max(share)));
    let scale = scale(least.min(most), most);
    let (low, high) = (scale[0], scale[scale.len() - 1]);
    let months = curves.iter().map(|(_, curve)| curve.len()).max().unwrap_or(0);
    let down = |share: f64| 100.0 * (high - share) / (high - low);
    let along = |month: usize| 100.0 * (month - 1) as f64 / (months.max(2) - 1) as f64;
    let decimals = usize::from(high - low < 0.05);
    let mut drawn: Vec<&(&str, Vec<f64>)> = curves.iter().collect();
    drawn.sort_by_key(|(name, _)| colours.layer(name));
    html! {
        figure {
            figcaption {
                b { (level) } " — mean share of sales by month"
                @if low > 0.0 { "; the scale begins at " (format!("{:.decimals$}%", 100.0 * low)) }
                @if curves.len() > colours.own.len() { "; grey ones may run out of it" }
            }
            div.chart {
                div.shares { @for share in &scale {
                    span style=(format!("top:{:.1}%", down(*share))) { (format!("{:.decimals$}%", 100.0 * share)) }
                } }
                svg.curves viewBox=(format!("0 0 {} {}", SIZE[0], SIZE[1])) preserveAspectRatio="none" role="img"
                    aria-label=(format!("mean shares of sales on {level}, months 1 to {months}")) {
                    @for share in &scale {
                        @let y = format!("{:.1}", down(*share) * SIZE[1] / 100.0);
                        line.grid x1="0" x2=(SIZE[0]) y1=(y) y2=(y) {}
                    }
                    @for (name, curve) in drawn {
                        polyline.about[colours.is_about(name)] stroke=(colours.of_name(name))
                            points=(points(curve, &|month| along(month), &down)) {}
                    }
                }
                div.months { @for month in marked(months) {
                    span style=(format!("left:{:.1}%", along(month))) { (month) }
                } }
            }
        }
    }
}

/// Round shares, evenly apart, from at most the least to at least the most.
fn scale(least: f64, most: f64) -> Vec<f64> {
    let wanted = (most - least) / 4.0;
    let step = SHARE_STEPS.into_iter().find(|&step| step >= wanted).unwrap_or(0.5);
    let (first, last) = ((least / step).floor() as usize, (most / step).ceil() as usize);
    (first..=last.max(first + 1)).map(|number| number as f64 * step).collect()
}

/// Months that are marked: the first, and then at most six at whole steps.
fn marked(months: usize) -> Vec<usize> {
    let step = MONTH_STEPS.into_iter().find(|step| months / step <= 6).unwrap_or(months.max(1));
    let steps = (1..=months).filter(|month| month.is_multiple_of(step));
    // A mark beside the first would be written over it.
    std::iter::once(1).chain(steps.filter(|&month| month > 1)).collect()
}

fn points(curve: &[f64], along: &dyn Fn(usize) -> f64, down: &dyn Fn(f64) -> f64) -> String {
    let point = |(turn, &share): (usize, &f64)| {
        format!("{:.1},{:.1}", SIZE[0] / 100.0 * along(turn + 1), SIZE[1] / 100.0 * down(share))
    };
    curve.iter().enumerate().map(point).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round_and_no_wider_than_the_curves_need() {
        let near = |found: Vec<f64>, expected: &[f64]| {
            assert!(found.len() == expected.len(), "{found:?}");
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
        };
        near(scale(0.47, 0.53), &[0.46, 0.48, 0.5, 0.52, 0.54]);
        near(scale(0.0, 0.62), &[0.0, 0.2, 0.4, 0.6, 0.8]);
        near(scale(0.1662, 0.1668), &[0.166, 0.167]);
        near(scale(0.5, 0.5), &[0.5, 0.501]);
    }

    #[test]
    fn months_are_marked_by_halves_of_years() {
        assert_eq!(marked(24), [1, 6, 12, 18, 24]);
        assert_eq!(marked(3), [1, 2, 3]);
    }
}
