//! How honest the window's forecasts are: how often their bands cover what comes, one month, three and twelve ahead.

use std::collections::BTreeMap;
use std::fmt;

use rand::RngExt;
use rayon::prelude::*;

use super::playing::{ExperimentError, prepared};
use crate::game::{Match, Prepared, Seat, Setup};
use crate::level::shipped;
use crate::order::{Order, Orders};
use crate::play::{Ahead, Figure, Forecast, HORIZONS, Record, Subject, forecast};
use crate::sim::{Flow, Outcome};
use crate::strategy::{self, Chance, Contender, PlatformView};

/// Levels that it is tried on bear this tag.
const TAG: &str = "forecast";
/// Turns of each match.
const TURNS: u32 = 18;
/// Who plays, in turn: they order something every month, and look at no forecast.
const PLAYERS: [&str; 8] = [
    "steady-investor",
    "price-war",
    "coupon-raider",
    "lower-tier-first",
    "dealmaker",
    "premium-logistics",
    "random",
    "harvester",
];
/// Every so many months the player does something large besides.
const RESTLESS: u32 = 5;
/// Where a rival plays at random it is every so many-th match.
const AT_RANDOM: u32 = 2;

/// The experiment's report.
///
/// # Errors
/// A shipped level cannot be set up.
pub fn forecast_coverage(seeds: u32) -> Result<String, ExperimentError> {
    let levels: Vec<_> = shipped().filter(|level| level.has_tag(TAG)).collect();
    let mut all = Tally::default();
    let mut by_level = Vec::new();
    for level in &levels {
        let prepared = prepared(level.name, &[])?;
        let played = (1..=seeds).into_par_iter().map(|seed| played(&prepared, seed));
        let played = played.collect::<Result<Vec<Tally>, _>>()?;
        let of_level = played.into_iter().fold(Tally::default(), Tally::and);
        by_level.push((level.name, of_level.clone()));
        all = all.and(of_level);
    }
    Ok(Report { seeds, matches: seeds as usize * levels.len(), all, by_level }.to_string())
}

/// Plays a match and holds every forecast against what came.
fn played(prepared: &Prepared, seed: u32) -> Result<Tally, ExperimentError> {
    let named = |name: &str| strategy::strategy(name).map_err(|error| ExperimentError(error.to_string()));
    let mut setup = Setup::of(&prepared.level).map_err(|error| ExperimentError(error.to_string()))?;
    setup.population.seed = u64::from(seed);
    setup.population.measure_surplus = false;
    let shops = prepared.level.shops();
    let me = shops[seed as usize % shops.len()];
    if seed.is_multiple_of(AT_RANDOM) {
        setup.seats[shops[(seed as usize + 1) % shops.len()]] = Seat::Strategy(named("random")?);
    }
    let player: Contender = named(PLAYERS[seed as usize % PLAYERS.len()])?;
    setup.seats[me] = Seat::Recorded(player.name().to_owned(), Vec::new());
    let mut game = Match::new(prepared, setup.clone());
    let (mut record, mut notes) = (Record::default(), strategy::Notes::new());
    let (mut made, mut tally): (Vec<Forecast>, _) = (Vec::new(), Tally::default());
    for turn in 1..=TURNS.min(setup.turns) {
        let view = PlatformView::new(game.simulation(), me, setup.turns);
        let mut chance = strategy::chance(setup.population.seed, turn, me);
        let (mut orders, later) = player.decide(&view, &notes, &mut chance);
        notes = later;
        if (turn + seed).is_multiple_of(RESTLESS) {
            orders.extend(something_large(&view, &mut chance));
        }
        // What lies beyond the turns that are played is never known.
        let ahead = Ahead::of(&PlatformView { last_turn: TURNS.min(setup.turns), ..view.clone() });
        let (near, far) = (ahead.month(&orders), ahead.year(&orders));
        made.push(forecast(&view, game.simulation().outcome(), &near, Some(&far), &record));
        game.order(me, orders);
        let outcome = game.play_turn().outcome;
        record.add(&prepared.level, &made, &outcome, me);
        tally.count(prepared, &made, &outcome, me);
    }
    Ok(tally)
}

/// Half as much room again, a price rise, a campaign, or shops that may list nowhere else, for which the regulator fines.
fn something_large(view: &PlatformView, chance: &mut Chance) -> Orders {
    let level = &view.level;
    match chance.random_range(0..4) {
        0 => {
            let carriers = view.own_services().into_iter().filter_map(|number| {
                let room = view.public.ecosystem.services[number].capacity?;
                let paid = 0.2 * view.own.cash.max(0.0) / level.market.capacity_cost;
                let parcels = room + paid.min(0.5 * room);
                Some(Order::Capacity { service: level.services[number].id.clone(), parcels })
            });
            carriers.collect()
        }
        1 => {
            let rate = view.own.policy.prices.take_rates[0] + chance.random_range(0.01..0.03);
            vec![Order::TakeRate { category: None, rate }]
        }
        2 => {
            let amount = view.own.policy.budgets.brand + view.sales() * chance.random_range(0.0..0.01);
            vec![Order::BrandBudget { amount }]
        }
        _ => vec![Order::Exclusivity { on: !view.own.policy.prices.exclusive }],
    }
}

/// Bands that covered what came, of how many.
#[derive(Clone, Copy, Default)]
struct Covered {
    hits: usize,
    below: usize,
    count: usize,
}

/// What was counted.
#[derive(Clone, Default)]
struct Tally {
    by_figure: BTreeMap<(u32, Option<Figure>), Covered>,
    by_turn: BTreeMap<(u32, u32), Covered>,
    /// Months with something of this kind in them: paid once, by flow.
    once: BTreeMap<Flow, usize>,
}

impl Tally {
    fn count(&mut self, prepared: &Prepared, made: &[Forecast], outcome: &Outcome, me: usize) {
        for flow in Flow::ALL.into_iter().filter(|flow| flow.is_operating() && flow.is_once()) {
            *self.once.entry(flow).or_default() += usize::from(outcome.flow(me, flow) != 0.0);
        }
        for (forecast, months) in made.iter().flat_map(|made| HORIZONS.map(|months| (made, months))) {
            if forecast.turn + months != outcome.turn + 1 {
                continue;
            }
            for (subject, band) in forecast.bands(months) {
                let Some(found) = subject.measured(&prepared.level, outcome, me) else { continue };
                let figure = if let Subject::Figure(figure) = subject { Some(figure) } else { None };
                let year = forecast.turn.div_ceil(6);
                let counts = [
                    self.by_figure.entry((months, figure)).or_default(),
                    self.by_turn.entry((months, year)).or_default(),
                ];
                for covered in counts {
                    covered.hits += usize::from(band.covers(found));
                    covered.below += usize::from(found < band.low);
                    covered.count += 1;
                }
            }
        }
    }

    fn and(mut self, other: Self) -> Self {
        let add = |sum: &mut Covered, more: Covered| {
            sum.hits += more.hits;
            sum.below += more.below;
            sum.count += more.count;
        };
        other.by_figure.into_iter().for_each(|(key, more)| add(self.by_figure.entry(key).or_default(), more));
        other.by_turn.into_iter().for_each(|(key, more)| add(self.by_turn.entry(key).or_default(), more));
        other.once.into_iter().for_each(|(flow, more)| *self.once.entry(flow).or_default() += more);
        self
    }

    fn whole(&self, months: u32) -> Covered {
        let of = self.by_figure.iter().filter(|((horizon, _), _)| *horizon == months);
        of.fold(Covered::default(), |sum, (_, more)| Covered {
            hits: sum.hits + more.hits,
            below: sum.below + more.below,
            count: sum.count + more.count,
        })
    }
}

impl fmt::Display for Covered {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if self.count == 0 {
            return write!(f, "–");
        }
        let percent = |part: usize| 100.0 * part as f64 / self.count as f64;
        write!(f, "{:.0} ({:.0} below)", percent(self.hits), percent(self.below))
    }
}

struct Report {
    seeds: u32,
    matches: usize,
    all: Tally,
    by_level: Vec<(&'static str, Tally)>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { seeds, matches, all, by_level } = self;
        writeln!(
            f,
            "# Forecasts\n\nMade by `walled-gardens experiment forecast --seeds {seeds}`: {matches} matches, the first {TURNS} turns of \
             each level tagged `{TAG}` with each seed. The seat is played by a strategy that orders something every month, and \
             every fifth month does something large besides: builds half as much room again, raises all commissions, begins a campaign, or ties \
             merchants, for which regulators fine. Its rivals are the level's; in every second match one of them plays at random. A \
             forecast takes rivals to go on, and the seat to order this and no more. Eight in ten is what a band promises.\n"
        )?;
        writeln!(f, "Covered, % of bands, and how many of all outcomes came out below theirs:\n")?;
        let heads: Vec<String> = HORIZONS.iter().map(|months| format!("{months} ahead")).collect();
        let rule = "---|".repeat(HORIZONS.len() + 1);
        writeln!(f, "| figure, months | {} |\n|{rule}", heads.join(" | "))?;
        let line = |f: &mut fmt::Formatter, name: &str, of: &dyn Fn(u32) -> Covered| {
            let cells: Vec<String> = HORIZONS.iter().map(|&months| of(months).to_string()).collect();
            writeln!(f, "| {name} | {} |", cells.join(" | "))
        };
        let figures = [Figure::Share, Figure::Profit, Figure::Users, Figure::Cash, Figure::Value];
        for figure in figures.map(Some).into_iter().chain([None]) {
            let name = figure.map_or("what objectives measure".to_owned(), |figure| format!("{figure:?}"));
            line(f, &name, &|months| all.by_figure.get(&(months, figure)).copied().unwrap_or_default())?;
        }
        line(f, "all", &|months| all.whole(months))?;
        let bands: Vec<String> = HORIZONS.iter().map(|&months| all.whole(months).count.to_string()).collect();
        writeln!(f, "| bands | {} |\n", bands.join(" | "))?;
        writeln!(f, "| level, months | {} |\n|{rule}", heads.join(" | "))?;
        for (name, tally) in by_level {
            line(f, name, &|months| tally.whole(months))?;
        }
        writeln!(f, "\n| made in turns, months | {} |\n|{rule}", heads.join(" | "))?;
        for part in 1..=TURNS.div_ceil(6) {
            let name = format!("{} to {}", 6 * part - 5, 6 * part);
            line(f, &name, &|months| all.by_turn.get(&(months, part)).copied().unwrap_or_default())?;
        }
        let once: Vec<String> = all
            .once
            .iter()
            .filter(|(_, count)| **count > 0)
            .map(|(flow, count)| format!("{} {count}", flow.words()))
            .collect();
        writeln!(f, "\nMonths in which the seat paid, or was paid, once: {}.", once.join(", "))
    }
}
