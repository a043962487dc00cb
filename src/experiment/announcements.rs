//! Does value follow the news? Announcements of each kind, and how much each company's value moves in the month of one against what then
//! comes of it. Worlds with and without an announcement are played from the same seeds, and the public believes what is estimated.

use std::fmt::Write;

use rayon::prelude::*;

use super::playing::{ExperimentError, play_all, prepared, tagged};
use crate::game::Prepared;
use crate::order::{Access, Answer, Deal, Term};
use crate::sim::{Order, Orders, Outcome};
use crate::statistics::Estimate;

/// In both worlds of every announcement.
const CHANGES: &[&str] = &["reference=[]", "market.expectation=1", "setup.turns=31", "setup.aftermath=0"];
/// The turn of the announcement: there is half a year to judge profits by.
const TURN: u32 = 8;
/// Months over which is measured what comes, that of the announcement included: the term of every agreement.
const MONTHS: u32 = 24;
/// Months whose mean is taken to last, of what is for good.
const LAST: usize = 6;
/// What a company may gain or lose at least for its side to be judged, over its value: less is luck.
const LEAST: f64 = 0.001;

/// An announcement.
struct Case {
    kind: &'static str,
    /// Tag of the level.
    tag: &'static str,
    /// Changes of the level in both worlds.
    changes: &'static [&'static str],
    /// Changes with the announcement alone.
    with: &'static [&'static str],
    /// Orders with the announcement: turn, who, what.
    orders: fn() -> Vec<(u32, &'static str, Orders)>,
    /// Whether it is for good, and no agreement of so many months.
    lasts: bool,
}

fn deal(gives: Vec<Term>, asks: Vec<Term>) -> Deal {
    Deal { gives, asks, months: MONTHS, notice: 3, penalty: 0.0 }
}

/// An offer in the month before and its acceptance.
fn agreed(one: &'static str, other: &'static str, deal: Deal) -> Vec<(u32, &'static str, Orders)> {
    let (offer, answer) = (Order::Offer { to: other.into(), deal }, Answer::Accept);
    vec![(TURN - 1, one, vec![offer]), (TURN, other, vec![Order::Answer { from: one.into(), answer }])]
}

fn service(id: &str, access: Access) -> Term {
    Term::Service { service: id.into(), access, price: None }
}

fn open(turn: u32, owner: &'static str, id: &str, to: &'static str) -> Vec<(u32, &'static str, Orders)> {
    let open = Order::Open { service: id.into(), to: Some(to.into()), access: Access::Native };
    vec![(turn, owner, vec![open]), (turn, to, vec![Order::Adopt { service: id.into() }])]
}

const CASES: &[Case] = &[
    Case {
        kind: "agreement with payment",
        tag: "S11",
        changes: &[],
        with: &[],
        orders: || {
            let paid = vec![Term::Payment { amount: 2e7 }];
            agreed("north", "harbour", deal(paid, vec![Term::NonBlocking]))
        },
        lasts: false,
    },
    Case {
        kind: "wallet, by agreement and for money",
        tag: "S11",
        changes: &[],
        with: &[],
        orders: || {
            let paid = vec![Term::Payment { amount: 5e6 }];
            agreed("north", "harbour", deal(paid, vec![service("harbour-pay", Access::Native)]))
        },
        lasts: false,
    },
    Case {
        kind: "wallet opened",
        tag: "S1",
        changes: &[],
        with: &[],
        orders: || open(TURN, "harbour", "harbour-pay", "north"),
        lasts: true,
    },
    Case {
        kind: "app linked, by agreement",
        tag: "S3",
        changes: &[],
        with: &[],
        orders: || {
            agreed("north", "harbour", deal(vec![Term::NonBlocking], vec![service("chat", Access::Jump)]))
        },
        lasts: false,
    },
    Case {
        kind: "carrier opened",
        tag: "S2",
        changes: &[],
        with: &[],
        orders: || open(TURN, "north", "fleet", "south"),
        lasts: true,
    },
    Case {
        kind: "data shared, by agreement",
        tag: "S35",
        changes: &[],
        with: &[],
        orders: || agreed("north", "south", deal(vec![Term::Data], vec![Term::Data])),
        lasts: false,
    },
    Case {
        kind: "wallet closed",
        tag: "S1",
        changes: &["services.harbour-pay.accepted_by=[\"south\", \"north\"]"],
        with: &[],
        orders: || {
            let close = Order::Close { service: "harbour-pay".into(), to: Some("north".into()) };
            vec![(TURN, "harbour", vec![close])]
        },
        lasts: true,
    },
    Case {
        kind: "blocked",
        tag: "S33",
        changes: &[],
        with: &[],
        orders: || vec![(TURN, "north", vec![Order::Block { platform: "south".into() }])],
        lasts: true,
    },
    Case {
        kind: "remedy of the regulator",
        tag: "S33",
        changes: &["services.north-pay.accepted_by=[\"north\"]", "regulator=()"],
        with: &[
            "events=[(id: \"order\", title: \"Open up\", text: \"North Pay must open.\", when: Turn(7), effects: [Remedy(of: \"north\", months: 3, open: [\"north-pay\"])])]",
        ],
        orders: || open(TURN + 2, "north", "north-pay", "south"),
        lasts: true,
    },
];

/// A company's side of an announcement, by seed, in yuan.
struct SideOf {
    company: usize,
    /// How much more it is worth in the month of the announcement.
    moved: Vec<f64>,
    /// What then comes.
    comes: Vec<f64>,
    /// Its value in that month without the announcement, the mean over seeds.
    value: f64,
}

/// The experiment's report.
///
/// # Errors
/// A shipped level cannot be set up, or orders are refused there.
pub fn announcements(seeds: u32) -> Result<String, ExperimentError> {
    let mut text = heading(seeds);
    let mut judged = Vec::new();
    let mut adoption = Vec::new();
    for case in CASES {
        let (names, sides, paths) = case.play(seeds)?;
        for side in sides {
            let Some(line) = side.line(seeds) else { continue };
            let name = &names[side.company];
            let _ = writeln!(
                text,
                "| {} | {name} | {} | {} | {} | {} |",
                case.kind,
                show(line.moved, 0),
                show(line.comes, 0),
                show(line.ratio, 2),
                line.verdict(),
            );
            judged.push(line);
        }
        adoption.push((case.kind, names, paths));
    }
    verdict(&mut text, &judged);
    reached(&mut text, &adoption);
    Ok(text)
}

fn heading(seeds: u32) -> String {
    format!(
        "# Announcements\n\n\
         Made by `walled-gardens experiment announcements --seeds {seeds}`. **Does value follow the news, by as much as then comes?** Each \
         kind is announced in turn {TURN} of its system's level, with `market.expectation` at 1, and held against the same seed \
         (1 to {seeds}) without it. *Moved* is how much more a company is worth at the end of that month. *Comes* is what it then earns more \
         than without, that month included, discounted to it: over the {MONTHS} months of an agreement; of what is for good, over \
         {MONTHS} months and the mean of the last {LAST} for ever after. A company's side is shown where what comes is more than {}% of \
         its value and its interval excludes zero. In millions of yuan, with 95% intervals (Student's t; delta method for \
         the ratio).\n\n\
         | announced | company | moved, ¥ M | comes, ¥ M | moved over comes | right sign, and 0.5 to 1.5 |\n|---|---|---|---|---|---|\n",
        100.0 * LEAST
    )
}

struct Line {
    moved: Estimate,
    comes: Estimate,
    ratio: Estimate,
}

impl Line {
    fn signed(&self) -> bool {
        self.ratio.mean > 0.0
    }

    fn fits(&self) -> bool {
        (0.5..=1.5).contains(&self.ratio.mean)
    }

    fn verdict(&self) -> &'static str {
        match (self.signed(), self.fits()) {
            (true, true) => "holds",
            (true, false) => "right sign, **not the size**",
            _ => "**wrong sign**",
        }
    }
}

/// What every announcement comes to.
fn verdict(text: &mut String, judged: &[Line]) {
    let count = |holds: fn(&Line) -> bool| judged.iter().filter(|line| holds(line)).count();
    let mean = judged.iter().map(|line| line.ratio.mean).sum::<f64>() / judged.len().max(1) as f64;
    let _ = writeln!(
        text,
        "\nOf {} sides {} moved with the right sign, and {} by 0.5 to 1.5 times what comes; the mean of the ratios is {mean:.2}.",
        judged.len(),
        count(Line::signed),
        count(Line::fits),
    );
}

/// How soon what is announced is there: what the parameter of the market is held against.
fn reached(text: &mut String, adoption: &[(&str, Vec<String>, Vec<Vec<f64>>)]) {
    text.push_str(
        "\n## How soon it is there\n\n\
         What a company earns more than without in some months from the announcement on, over the mean of months 19 to 24, of whoever gains \
         or loses most. The public expects 1 − exp(−(t − 1)/τ) of sales, habits and parcels in month t of their use: τ is `expectation_delay` of \
         what is opened or agreed, `expectation_loss_delay` of what is closed.\n\n\
         | announced | company | 1 | 2 | 3 | 4 | 6 | 9 | 12 | 18 |\n|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for (kind, names, paths) in adoption {
        let settled = |path: &Vec<f64>| path[18..24].iter().sum::<f64>() / 6.0;
        let most =
            (0..paths.len()).max_by(|&a, &b| settled(&paths[a]).abs().total_cmp(&settled(&paths[b]).abs()));
        let Some(company) = most else { continue };
        let path = &paths[company];
        let part = |month: usize| format!("{:.2}", path[month - 1] / settled(path));
        let parts: Vec<String> = [1, 2, 3, 4, 6, 9, 12, 18].into_iter().map(part).collect();
        let _ = writeln!(text, "| {kind} | {} | {} |", names[company], parts.join(" | "));
    }
}

/// Names of companies, their sides, and their mean differences of profit by month.
type Played = (Vec<String>, Vec<SideOf>, Vec<Vec<f64>>);

impl Case {
    fn play(&self, seeds: u32) -> Result<Played, ExperimentError> {
        let name = tagged(self.tag)?.name;
        let base = prepared(name, &[CHANGES, self.changes].concat())?;
        let against = prepared(name, &[CHANGES, self.changes, self.with].concat())?;
        let plans = self.plans(&base)?;
        let nothing = vec![Vec::new(); plans.len()];
        let one = |seed: u32| {
            let seed = u64::from(seed);
            Ok((play_all(&base, seed, &nothing)?, play_all(&against, seed, &plans)?))
        };
        let worlds: Vec<(Vec<Outcome>, Vec<Outcome>)> =
            (1..=seeds).into_par_iter().map(one).collect::<Result<_, ExperimentError>>()?;
        let rate = base.level.market.discount_rate;
        let companies = 0..plans.len();
        let sides = companies.clone().map(|company| self.side(company, &worlds, rate)).collect();
        let path = |company: usize| {
            let month = |month: usize| {
                let more = worlds.iter().map(|world| more(world, company)[month]);
                more.sum::<f64>() / f64::from(seeds)
            };
            (0..MONTHS as usize).map(month).collect()
        };
        let names = base.level.platforms.iter().map(|platform| platform.name.clone()).collect();
        Ok((names, sides, companies.map(path).collect()))
    }

    /// The orders of every platform, by turn.
    fn plans(&self, prepared: &Prepared) -> Result<Vec<Vec<Orders>>, ExperimentError> {
        let platforms = &prepared.level.platforms;
        let mut plans = vec![Vec::new(); platforms.len()];
        for (turn, by, orders) in (self.orders)() {
            let found = platforms.iter().position(|platform| platform.id == by);
            let platform = found.ok_or_else(|| ExperimentError(format!("there is no {by}")))?;
            let plan: &mut Vec<Orders> = &mut plans[platform];
            plan.resize(plan.len().max(turn as usize), Orders::new());
            plan[turn as usize - 1] = orders;
        }
        Ok(plans)
    }

    fn side(&self, company: usize, worlds: &[(Vec<Outcome>, Vec<Outcome>)], rate: f64) -> SideOf {
        let at = TURN as usize - 1;
        let moved =
            |(base, with): &(Vec<Outcome>, Vec<Outcome>)| with[at].value[company] - base[at].value[company];
        let comes = |world: &(Vec<Outcome>, Vec<Outcome>)| {
            let more = more(world, company);
            let discount = |months: usize| (1.0 + rate).powi(-(months as i32));
            let sum: f64 = more.iter().enumerate().map(|(month, yuan)| yuan * discount(month)).sum();
            let last = more[more.len() - LAST..].iter().sum::<f64>() / LAST as f64;
            sum + if self.lasts { last / rate * discount(more.len() - 1) } else { 0.0 }
        };
        SideOf {
            company,
            moved: worlds.iter().map(moved).collect(),
            comes: worlds.iter().map(comes).collect(),
            value: worlds.iter().map(|(base, _)| base[at].value[company]).sum::<f64>() / worlds.len() as f64,
        }
    }
}

/// What a company earns more than without, in every month from the announcement on.
fn more((base, with): &(Vec<Outcome>, Vec<Outcome>), company: usize) -> Vec<f64> {
    let from = TURN as usize - 1;
    let months = from..from + MONTHS as usize;
    months.map(|month| with[month].profit[company] - base[month].profit[company]).collect()
}

impl SideOf {
    /// What it comes to; nothing where hardly anything comes, or it cannot be told from luck.
    fn line(&self, seeds: u32) -> Option<Line> {
        let millions = |list: &[f64]| list.iter().map(|yuan| yuan / 1e6).collect::<Vec<_>>();
        let (moved, comes) = (millions(&self.moved), millions(&self.comes));
        let (all_moved, all_comes) = (Estimate::of(&moved), Estimate::of(&comes));
        if seeds > 1 && all_comes.mean.abs() < all_comes.half
            || all_comes.mean.abs() < LEAST * self.value / 1e6
        {
            return None;
        }
        let mean = all_moved.mean / all_comes.mean;
        let rest: Vec<f64> =
            moved.iter().zip(&comes).map(|(moved, comes)| (moved - mean * comes) / all_comes.mean).collect();
        let ratio = Estimate { mean, half: Estimate::of(&rest).half };
        Some(Line { moved: all_moved, comes: all_comes, ratio })
    }
}

fn show(estimate: Estimate, decimals: usize) -> String {
    format!("{:.decimals$} ± {:.decimals$}", estimate.mean, estimate.half)
}
