//! Can a match be won by an order of its last months that is worth less than it brings? A company is judged at the end; whoever knows
//! when that is may order what looks well then and ruins it afterwards.

use std::fmt::Write;

use rayon::prelude::*;

use super::playing::{ExperimentError, SYMMETRIC, prepared, tagged, those_that_do_not_search};
use crate::game::{Match, Prepared, Seat, Setup, score};
use crate::order::{Audience, Order, Orders};
use crate::statistics::Estimate;
use crate::strategy::{Contender, chance};

/// In how many last months an order may be given.
const LAST: std::ops::RangeInclusive<u32> = 1..=6;
/// What the same order is worth: what it gains if it is given a year before any of these.
const SOONER: u32 = 18;
/// More than an order may gain beyond its worth, in parts of all matches.
const ALLOWED: f64 = 0.03;
/// Of the orders that are worth having, so many are named.
const NAMED: usize = 8;

/// How a company is judged.
#[derive(Clone, Copy)]
struct Judged {
    /// By what it is worth after the months that follow the match.
    in_hindsight: f64,
    /// By its value at the end of the last month.
    at_once: f64,
}

/// An order that is tried, made for a company of these sales.
struct Idea {
    name: String,
    orders: Box<dyn Fn(f64) -> Orders + Send + Sync>,
}

/// One match, played again and again: who sits where is drawn by seed.
struct Game {
    seed: u64,
    /// Who orders.
    me: usize,
    seats: Vec<Seat>,
}

/// The experiment's report.
///
/// # Errors
/// No shipped level has the tag, or it cannot be set up.
pub fn last_orders(seeds: u32) -> Result<String, ExperimentError> {
    let level = tagged(SYMMETRIC)?;
    let prepared = prepared(level.name, &[])?;
    let setup = Setup::of(&prepared.level).map_err(|error| ExperimentError(error.to_string()))?;
    let ideas = ideas();
    let games = |seeds: std::ops::RangeInclusive<u32>| -> Vec<Game> {
        seeds.flat_map(|seed| games(seed, setup.seats.len())).collect()
    };
    let (tried, told) = (games(1..=seeds), games(seeds + 1..=2 * seeds));
    let mut text = heading(level.name, seeds, ideas.len(), told.len());
    let study = Study { prepared: &prepared, setup: &setup, told: &told, ideas: &ideas };
    let without = study.play(&tried, None);
    let with: Vec<Vec<Vec<Judged>>> = (ideas.iter())
        .map(|idea| LAST.chain([SOONER]).map(|months| study.play(&tried, Some((idea, months)))).collect())
        .collect();
    let months = prepared.level.setup.aftermath;
    let later = format!("Judged {months} months later, everybody carrying on: as matches are");
    text.push_str(&study.section(&later, &without, &with, |judged| judged.in_hindsight));
    let at_once = "Judged at once, by value at the end of the last month: as matches were";
    text.push_str(&study.section(at_once, &without, &with, |judged| judged.at_once));
    Ok(text)
}

fn heading(level: &str, seeds: u32, ideas: usize, matches: usize) -> String {
    format!(
        "# Orders of the last months\n\n\
         Made by `walled-gardens experiment last-orders --seeds {seeds}`. On `{}` every strategy that does not search plays {seeds} \
         matches against another, drawn by seed. Then it plays them again and orders something more, in the last month or \
         months; everything else is as it was. {} orders are tried, over all kinds that move a number, each in the last {} to {} months.\n\n\
         A *gain* is matches won with the order less matches won without, in points of a hundred. What an order is *worth* is what it \
         gains if it has stood for {SOONER} months at the end: then what it does has been done. What it gains *beyond its worth* \
         is a reward for knowing when the match ends. The order that gains most beyond it is searched on seeds 1 to {seeds}, and \
         its gains are told on seeds {} to {}, {} matches, so that what chance found does not count. ± is 95%.\n\n",
        level,
        ideas,
        LAST.start(),
        LAST.end(),
        seeds + 1,
        2 * seeds,
        matches,
    )
}

/// What is played, and what is tried in it.
struct Study<'a> {
    prepared: &'a Prepared,
    setup: &'a Setup,
    /// What is told of an order that was found.
    told: &'a [Game],
    ideas: &'a [Idea],
}

impl Study<'_> {
    fn play(&self, games: &[Game], idea: Option<(&Idea, u32)>) -> Vec<Judged> {
        games.par_iter().map(|game| played(self.prepared, self.setup, game, idea)).collect()
    }

    /// What orders gain by one way to judge, searched by the matches `with` each, by idea and months, and `without`.
    fn section(
        &self,
        title: &str,
        without: &[Judged],
        with: &[Vec<Vec<Judged>>],
        judge: fn(&Judged) -> f64,
    ) -> String {
        let mut text = format!(
            "## {title}\n\n| months | order | gains | is worth | beyond its worth | verdict |\n|---|---|---|---|---|---|\n"
        );
        let gain = |with: &[Judged], without: &[Judged]| -> Vec<f64> {
            with.iter().zip(without).map(|(with, without)| judge(with) - judge(without)).collect()
        };
        let mean = |gains: Vec<f64>| gains.iter().sum::<f64>() / gains.len() as f64;
        let searched = |idea: usize, row: usize| mean(gain(&with[idea][row], without));
        let worth = |idea: usize| searched(idea, LAST.count());
        let without_told = self.play(self.told, None);
        for (row, months) in LAST.enumerate() {
            let beyond = |idea: &usize| searched(*idea, row) - worth(*idea).max(0.0);
            let best = (0..self.ideas.len()).max_by(|a, b| beyond(a).total_cmp(&beyond(b))).unwrap_or(0);
            let idea = &self.ideas[best];
            let told = |months| gain(&self.play(self.told, Some((idea, months))), &without_told);
            let (late, sooner) = (told(months), told(SOONER));
            let worth = Estimate::of(&sooner);
            // An order that harms is worth nothing: nobody need give it sooner.
            let beyond: Vec<f64> = match worth.mean > 0.0 {
                true => late.iter().zip(&sooner).map(|(late, sooner)| late - sooner).collect(),
                false => late.clone(),
            };
            let (gains, beyond) = (Estimate::of(&late), Estimate::of(&beyond));
            let points =
                |estimate: &Estimate| format!("{:+.1} ± {:.1}", 100.0 * estimate.mean, 100.0 * estimate.half);
            let verdict = if beyond.mean <= ALLOWED { "holds" } else { "**pays**" };
            let _ = writeln!(
                text,
                "| {months} | {} | {} | {} | {} | {verdict} |",
                idea.name,
                points(&gains),
                points(&worth),
                points(&beyond)
            );
        }
        // What pays for ever is no fault of the yardstick, but of whoever does not order it.
        let mut by_worth: Vec<usize> = (0..self.ideas.len()).filter(|&idea| worth(idea) > ALLOWED).collect();
        by_worth.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)));
        let named: Vec<String> = (by_worth.iter().take(NAMED))
            .map(|&idea| format!("{} {:+.0}", self.ideas[idea].name, 100.0 * worth(idea)))
            .collect();
        let _ = writeln!(
            text,
            "\n{} orders are worth having, most of all (as searched): {}.\n",
            by_worth.len(),
            if named.is_empty() { "none".to_owned() } else { named.join(", ") }
        );
        text
    }
}

/// The matches of a seed: every strategy once, against others as the seed shuffles them, in seats that change.
fn games(seed: u32, seats: usize) -> Vec<Game> {
    use rand::seq::SliceRandom;
    let field: Vec<_> = those_that_do_not_search().collect();
    (0..field.len())
        .map(|player| {
            let mut others: Vec<_> = (0..field.len()).filter(|&other| other != player).collect();
            others.shuffle(&mut chance(u64::from(seed), 0, player));
            let me = (seed as usize + player) % seats;
            others.truncate(seats - 1);
            others.insert(me, player);
            let seats = others.into_iter().map(|player| Seat::Strategy(Contender::usual(field[player])));
            Game { seed: u64::from(seed), me, seats: seats.collect() }
        })
        .collect()
}

/// The part of its rivals that the seat ends above.
fn played(prepared: &Prepared, setup: &Setup, game: &Game, idea: Option<(&Idea, u32)>) -> Judged {
    let mut setup = Setup { seats: game.seats.clone(), ..setup.clone() };
    setup.population.seed = game.seed;
    setup.population.measure_surplus = false;
    let turns = setup.turns;
    let mut played = Match::new(prepared, setup);
    while !played.is_over() {
        let mut orders = played.decide();
        if let Some((idea, months)) = idea {
            let outcome = played.simulation().outcome();
            // After its own orders of the month: of two of a kind the later stands.
            if outcome.turn + months >= turns {
                orders[game.me].extend((idea.orders)(outcome.gmv(game.me)));
            }
        }
        played.play_orders(orders);
    }
    let outcome = played.judge();
    Judged { in_hindsight: score(outcome.worth(), game.me), at_once: score(&outcome.value, game.me) }
}

/// Everything that is tried: every lever that moves a number, from nothing to far too much, and a clearance of all budgets.
fn ideas() -> Vec<Idea> {
    let mut ideas = Vec::new();
    let mut add =
        |name: String, orders: Box<dyn Fn(f64) -> Orders + Send + Sync>| ideas.push(Idea { name, orders });
    type Rate = fn(f64) -> Order;
    let rates: [(&str, Rate, &[f64]); 5] = [
        (
            "commission",
            |rate| Order::TakeRate { category: None, rate },
            &[0.0, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3],
        ),
        (
            "consumer fee",
            |rate| Order::ConsumerFee { region: None, category: None, rate },
            &[0.01, 0.02, 0.05, 0.1, 0.2, 0.4],
        ),
        ("adverts", |load| Order::AdvertLoad { load }, &[0.0, 0.02, 0.04, 0.06, 0.1, 0.2]),
        (
            "coupon for switchers",
            |depth| Order::Coupon { region: None, category: None, audience: Audience::Switchers, depth },
            &[0.02, 0.06, 0.15],
        ),
        (
            "coupon for everyone",
            |depth| Order::Coupon { region: None, category: None, audience: Audience::Everyone, depth },
            &[0.02, 0.06],
        ),
    ];
    for (name, order, values) in rates {
        for &value in values {
            add(format!("{name} {}%", 100.0 * value), Box::new(move |_| vec![order(value)]));
        }
    }
    let fees: [(&str, Rate, &[f64]); 2] = [
        ("membership fee", |fee| Order::MembershipFee { fee }, &[1.0, 5.0, 20.0, 100.0, 300.0, 1000.0]),
        ("merchant fee", |fee| Order::MerchantFee { fee }, &[10.0, 100.0, 300.0, 1000.0]),
    ];
    for (name, order, values) in fees {
        for &value in values {
            add(format!("{name} ¥{value}"), Box::new(move |_| vec![order(value)]));
        }
    }
    for (name, rate, standard) in [("careful", 0.015, 0.5), ("careless", 0.03, 0.0)] {
        let loans = vec![Order::MerchantCredit { rate, standard }, Order::BuyerCredit { rate, standard }];
        add(format!("{name} loans"), Box::new(move |_| loans.clone()));
    }
    let budgets: [(&str, Rate); 8] = [
        ("brand", |amount| Order::BrandBudget { amount }),
        ("categories", |amount| Order::CategoryBudget { category: None, amount }),
        ("marketing", |amount| Order::MarketingBudget { region: None, amount }),
        ("governance", |amount| Order::GovernanceBudget { amount }),
        ("invitations", |amount| Order::InvitationBudget { amount }),
        ("stores", |amount| Order::StoreBudget { region: None, amount }),
        ("engineering", |amount| Order::EngineeringBudget { amount }),
        ("AI", |amount| Order::AiBudget { amount }),
    ];
    for (name, order) in budgets {
        for part in [0.0, 0.001, 0.003, 0.01] {
            add(
                format!("{name} {}% of sales", 100.0 * part),
                Box::new(move |sales| vec![order(part * sales)]),
            );
        }
    }
    let nothing = move || -> Orders { budgets.iter().map(|(_, order)| order(0.0)).collect() };
    add("no budgets at all".to_owned(), Box::new(move |_| nothing()));
    for rate in [0.06, 0.1, 0.2] {
        add(
            format!("no budgets at all, commission {}%", 100.0 * rate),
            Box::new(move |_| [nothing(), vec![Order::TakeRate { category: None, rate }]].concat()),
        );
    }
    ideas
}
