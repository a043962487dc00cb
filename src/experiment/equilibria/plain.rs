//! A second solver, written from the textbook alone: it shares nothing with `equilibrium` and the continuum. Plain sums over
//! people, Newton's method for what people and merchants make of each other, and searches over all fees.

use std::cell::Cell;

use super::market::Market;

/// Firms, at most.
const MOST: usize = 5;
/// Sums over sensitivities go between ± this many standard deviations, in so many steps, and so many more for each unit of spread.
const DEVIATIONS: f64 = 7.0;
const STEPS: f64 = 60.0;
const MORE_STEPS: f64 = 90.0;
/// Parts of the people that are none; and while fees are looked over, when one kind of people in so many does for all.
const SETTLED: f64 = 1e-13;
const NEARLY_SETTLED: f64 = 1e-7;
const FEWER: f64 = 4.0;
/// Rounds of answers before a start is given up, and answers from everywhere.
const ROUNDS: usize = 100;
const JUMPS: usize = 6;
/// Rounds in which moves become no smaller after which answers are taken to run in circles.
const IN_CIRCLES: usize = 30;
/// A move of a fee that is none, relative to the fee where that is above one yuan.
const STILL: f64 = 1e-6;
/// Below this distance two sets of fees are one.
pub(super) const ALIKE: f64 = 1e-4;
/// Where fees rise without bound: nothing above it counts as found.
pub(super) const BEYOND: f64 = 900.0;
/// Profit per head that is rounding, in yuan a month.
const ROUNDING: f64 = 1e-12;

/// What a firm asks, in yuan a month: of a member, and of a merchant.
pub type Fees = [f64; 2];

/// A number for each firm.
type Each = [f64; MOST];

/// The solver of a market.
pub struct Plain<'a> {
    market: &'a Market,
    /// Kinds of people: weight, and sensitivity to price.
    people: Vec<(f64, f64)>,
    /// The same in fewer kinds: enough to see where profits are high.
    few: Vec<(f64, f64)>,
}

/// What everybody does, and how that moves with the parts of the people that they go by.
struct Response {
    members: Each,
    listings: Each,
    /// By firm, and by the firm of which a part moves.
    slopes: [Each; MOST],
}

/// What one kind of people finds: its weight and sensitivity, the largest utility beyond the firm that tries fees, in
/// units of the noise, and the exponentials of the others' and of staying outside relative to that.
struct Kind {
    weight: f64,
    sensitivity: f64,
    largest: f64,
    others: Each,
    outside: f64,
}

/// The market as one firm sees it that tries fees while the others' stand.
struct View<'a> {
    market: &'a Market,
    firm: usize,
    fees: Vec<Fees>,
    kinds: Vec<Kind>,
    /// The same people in fewer kinds.
    few: Vec<Kind>,
    /// Sizes that people go by whatever comes.
    announced: Option<Each>,
    /// Where parts of the people settled last: near where they do next.
    last: Cell<Each>,
}

impl<'a> Plain<'a> {
    /// The solver of a market of at most five firms.
    pub fn new(market: &'a Market) -> Self {
        let people = |fewer: f64| {
            let steps =
                if market.spread > 0.0 { ((STEPS + MORE_STEPS * market.spread) / fewer) as i32 } else { 0 };
            let z = move |step: i32| {
                if steps == 0 { 0.0 } else { DEVIATIONS * (2.0 * f64::from(step) / f64::from(steps) - 1.0) }
            };
            let density = |z: f64| libm::exp(-z * z / 2.0);
            let all: f64 = (0..=steps).map(|step| density(z(step))).sum();
            let of = move |&(share, sensitivity): &(f64, f64)| {
                let kind = move |step| {
                    (share * density(z(step)) / all, sensitivity * libm::exp(market.spread * z(step)))
                };
                (0..=steps).map(kind).collect::<Vec<_>>()
            };
            market.segments.iter().flat_map(of).collect()
        };
        Self { market, people: people(1.0), few: people(FEWER) }
    }

    fn view(&self, fees: &[Fees], firm: usize) -> View<'a> {
        let market = self.market;
        let kind = |&(weight, sensitivity): &(f64, f64)| {
            let utility =
                |other: usize| (market.appeals[other] - sensitivity * fees[other][0]) / market.scale;
            let rivals = || (0..fees.len()).filter(|&other| other != firm);
            let outside = if market.outside { 0.0 } else { f64::NEG_INFINITY };
            let largest = rivals().map(utility).fold(outside, f64::max);
            let mut others = [0.0; MOST];
            rivals().for_each(|other| others[other] = libm::exp(utility(other) - largest));
            Kind { weight, sensitivity, largest, others, outside: libm::exp(outside - largest) }
        };
        let kinds: Vec<Kind> = self.people.iter().map(kind).collect();
        let few = self.few.iter().map(kind).collect();
        let last = Cell::new([1.0 / (fees.len() as f64 + 1.0); MOST]);
        let mut view = View { market, firm, fees: fees.to_vec(), kinds, few, announced: None, last };
        if market.announced {
            view.announced = Some(view.settled(fees[firm], false).members);
        }
        view
    }

    /// Members and listings of every firm, as parts of the people and of the merchants.
    pub fn sizes(&self, fees: &[Fees]) -> (Vec<f64>, Vec<f64>) {
        let Response { members, listings, .. } = self.view(fees, 0).settled(fees[0], false);
        (members[..fees.len()].to_vec(), listings[..fees.len()].to_vec())
    }

    /// By how much more, relative to what it could earn, some firm would do better elsewhere.
    pub fn temptation(&self, fees: &[Fees]) -> f64 {
        let gain = |firm: usize| {
            let view = self.view(fees, firm);
            let best = view.profit(view.best());
            (best - view.profit(fees[firm])) / best.max(ROUNDING)
        };
        (0..fees.len()).map(gain).fold(0.0, f64::max)
    }

    /// Where answers to answers end, from many starts, each once: fees at which no firm has a better answer anywhere.
    pub fn equilibria(&self) -> Vec<Vec<Fees>> {
        let mut found: Vec<Vec<Fees>> = Vec::new();
        for start in self.starts() {
            let Some(fees) = self.settle(start) else { continue };
            let within = fees.iter().flatten().all(|fee| fee.abs() < BEYOND);
            if within && !found.iter().any(|known| apart(known, &fees) < ALIKE) {
                found.push(fees);
            }
        }
        found
    }

    /// Low fees, middling and high ones; one firm low and the others not; one side low and the other not.
    fn starts(&self) -> Vec<Vec<Fees>> {
        let firms = self.market.costs.len();
        let merchants = self.market.merchants.as_ref();
        let start = |above: &dyn Fn(usize) -> Fees| -> Vec<Fees> {
            let fees = |firm: usize| {
                let [member, merchant] = above(firm);
                let cost = merchants.map_or(-merchant, |merchants| merchants.costs[firm]);
                [self.market.costs[firm] + member, cost + merchant]
            };
            (0..firms).map(fees).collect()
        };
        let mut starts: Vec<_> = [0.2, 3.0, 40.0].map(|above| start(&|_| [above; 2])).to_vec();
        if firms > 1 {
            for low in [0, firms - 1] {
                starts.push(start(&|firm| if firm == low { [0.1; 2] } else { [5.0; 2] }));
            }
        }
        if merchants.is_some() {
            starts.extend([[0.1, 3.0], [3.0, 0.1]].map(|above| start(&|_| above)));
        }
        starts
    }

    /// Lets firms answer in turn: first from everywhere, then uphill from where they are, and where nobody moves from everywhere
    /// once more.
    fn settle(&self, mut fees: Vec<Fees>) -> Option<Vec<Fees>> {
        let (mut everywhere, mut jumps, mut moved) = (true, 0, 0.0_f64);
        // The least that anybody moved in a round, and the rounds since.
        let (mut least, mut since) = (f64::INFINITY, 0);
        for _ in 0..ROUNDS {
            let before = fees.clone();
            for firm in 0..fees.len() {
                let view = self.view(&fees, firm);
                let close = (1e-3 * moved).clamp(1e-8, 1e-4);
                fees[firm] = if everywhere { view.best() } else { view.uphill(fees[firm], 0.02, close) };
            }
            if fees.iter().flatten().any(|fee| fee.abs() > 10.0 * BEYOND) {
                break;
            }
            moved = apart(&before, &fees);
            let still = moved < STILL;
            (least, since) = if moved < 0.9 * least { (moved, 0) } else { (least, since + 1) };
            if since > IN_CIRCLES && !everywhere {
                break;
            }
            if still && everywhere {
                return Some(fees);
            }
            everywhere = still;
            jumps += usize::from(everywhere);
            if jumps > JUMPS {
                break;
            }
        }
        None
    }
}

impl View<'_> {
    /// What the firm would earn with these fees, in yuan a month for each of the people.
    fn profit(&self, own: Fees) -> f64 {
        self.earned(own, false)
    }

    /// The same; `nearly` by few kinds of people, once nearly settled.
    fn earned(&self, own: Fees, nearly: bool) -> f64 {
        let Response { members, listings, .. } = self.settled(own, nearly);
        let of_members = members[self.firm] * (own[0] - self.market.costs[self.firm]);
        let of_merchants = |cost: f64| listings[self.firm] * (own[1] - cost);
        of_members
            + self.market.merchants.as_ref().map_or(0.0, |merchants| of_merchants(merchants.costs[self.firm]))
    }

    /// The sizes that people and merchants make of each other at these fees: by Newton's method where its last step at least
    /// halved what was off, and by everybody's plain response, which is a contraction, where it did not.
    fn settled(&self, own: Fees, nearly: bool) -> Response {
        let (kinds, close) = if nearly { (&self.few, NEARLY_SETTLED) } else { (&self.kinds, SETTLED) };
        let firms = self.fees.len();
        let off = |one: &Each, other: &Each| {
            (0..firms).map(|firm| (one[firm] - other[firm]).abs()).fold(0.0, f64::max)
        };
        let mut parts = self.last.get();
        let mut response = self.respond(kinds, own, &parts);
        let mut before = f64::INFINITY;
        for _ in 0..300 {
            let now = off(&response.members, &parts);
            let alone = response.slopes.iter().flatten().all(|&slope| slope == 0.0);
            if now < close || alone {
                break;
            }
            let step = (now < 0.5 * before).then(|| newton(&response, &parts, firms)).flatten();
            parts = step.unwrap_or(response.members);
            before = now;
            response = self.respond(kinds, own, &parts);
        }
        self.last.set(response.members);
        response
    }

    /// What everybody does when these are the parts of the people at each firm.
    fn respond(&self, kinds: &[Kind], own: Fees, parts: &Each) -> Response {
        let (market, firms) = (self.market, self.fees.len());
        let (listings, by_parts) = self.list(own, parts);
        let seen = self.announced.as_ref().unwrap_or(parts);
        let worth = market.merchants.as_ref().map_or(0.0, |merchants| merchants.worth);
        let (mut drawn, mut members, mut both) = ([0.0; MOST], [0.0; MOST], [[0.0; MOST]; MOST]);
        for firm in 0..firms {
            drawn[firm] = libm::exp((market.crowd * seen[firm] + worth * listings[firm]) / market.scale);
        }
        let feeds_back = market.crowd != 0.0 || worth != 0.0;
        for kind in kinds {
            let utility = (market.appeals[self.firm] - kind.sensitivity * own[0]) / market.scale;
            let mut shares = kind.others;
            shares[self.firm] = libm::exp((utility - kind.largest).min(690.0));
            let mut all = kind.outside;
            for firm in 0..firms {
                shares[firm] *= drawn[firm];
                all += shares[firm];
            }
            for firm in 0..firms {
                shares[firm] /= all;
                members[firm] += kind.weight * shares[firm];
            }
            if feeds_back {
                for firm in 0..firms {
                    for other in 0..firms {
                        both[firm][other] += kind.weight * shares[firm] * shares[other];
                    }
                }
            }
        }
        let mut slopes = [[0.0; MOST]; MOST];
        if feeds_back {
            // How utilities move with the parts, and how shares move with utilities.
            let own_part = if self.announced.is_none() { market.crowd } else { 0.0 };
            let utility = |firm: usize, part: usize| {
                worth * by_parts[firm][part] + if firm == part { own_part } else { 0.0 }
            };
            for firm in 0..firms {
                for part in 0..firms {
                    let crossed: f64 = (0..firms).map(|other| both[firm][other] * utility(other, part)).sum();
                    slopes[firm][part] = (members[firm] * utility(firm, part) - crossed) / market.scale;
                }
            }
        }
        Response { members, listings, slopes }
    }

    /// Parts of the merchants that list at each firm, and how they move with the parts of the people there.
    fn list(&self, own: Fees, parts: &Each) -> (Each, [Each; MOST]) {
        let (mut listings, mut slopes) = ([0.0; MOST], [[0.0; MOST]; MOST]);
        let Some(merchants) = &self.market.merchants else { return (listings, slopes) };
        let firms = self.fees.len();
        let mut worth = [0.0; MOST];
        for firm in 0..firms {
            let fee = if firm == self.firm { own[1] } else { self.fees[firm][1] };
            let net = merchants.margin + merchants.benefit * parts[firm] - fee / self.market.usual_sales();
            worth[firm] = libm::exp((net / merchants.noise).min(690.0));
        }
        let steep = merchants.benefit / merchants.noise;
        let all: f64 = worth.iter().sum();
        // The best of Gumbel draws is above zero with this probability, whichever firm's it is.
        let (any, none) = (-libm::expm1(-all), libm::exp(-all));
        for firm in 0..firms {
            if merchants.everywhere {
                listings[firm] = -libm::expm1(-worth[firm]);
                slopes[firm][firm] = steep * worth[firm] * libm::exp(-worth[firm]);
                continue;
            }
            // Where nobody lists anywhere shares are those of the limit.
            let share = if all > 0.0 { worth[firm] / all } else { 0.0 };
            listings[firm] = any * share;
            for other in 0..firms {
                let itself = if firm == other { any * share } else { 0.0 };
                let there = if all > 0.0 { worth[other] / all } else { 0.0 };
                slopes[firm][other] = steep * (itself + share * there * (none * all - any));
            }
        }
        (listings, slopes)
    }

    /// The best fees of all: over a net of fees to 1,000 and uphill from each of its tops that comes near the highest.
    fn best(&self) -> Fees {
        let cost = self.market.costs[self.firm];
        let along = |cost: f64| {
            (-18..=38).map(move |step: i32| {
                cost + 0.05 * f64::from(step.signum()) * (libm::pow(1.3, f64::from(step.abs())) - 1.0)
            })
        };
        // A fee that does not pay for a member can only pay where merchants follow.
        let (rows, columns): (Vec<f64>, Vec<f64>) = match &self.market.merchants {
            Some(merchants) => (along(cost).collect(), along(merchants.costs[self.firm]).collect()),
            None => {
                ((0..=198).map(|step| cost + 1e-2 * libm::pow(1.06, f64::from(step))).collect(), vec![0.0])
            }
        };
        let height = |&row: &f64| columns.iter().map(|&column| self.earned([row, column], true)).collect();
        let heights: Vec<Vec<f64>> = rows.iter().map(height).collect();
        let beside = |row: usize, column: usize| {
            let rows = row.saturating_sub(1)..=(row + 1).min(rows.len() - 1);
            let columns = column.saturating_sub(1)..=(column + 1).min(columns.len() - 1);
            rows.flat_map(move |row| columns.clone().map(move |column| (row, column)))
        };
        let highest = heights.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut best = ([rows[0], columns[0]], f64::NEG_INFINITY);
        for row in 0..rows.len() {
            for column in 0..columns.len() {
                let here = heights[row][column];
                let top = beside(row, column).all(|(row, column)| heights[row][column] <= here);
                if top && here >= highest - 0.1 * highest.abs() {
                    let fees = self.uphill([rows[row], columns[column]], 0.2, 1e-8);
                    let profit = self.profit(fees);
                    if profit > best.1 {
                        best = (fees, profit);
                    }
                }
            }
        }
        best.0
    }

    /// Uphill from some fees: to the best of points around, which draw closer once none beats the middle. `width` is how far the first
    /// of them are, relative to a fee's distance from cost; `close`, relative to the fee, the last.
    fn uphill(&self, from: Fees, width: f64, close: f64) -> Fees {
        let merchant = self.market.merchants.as_ref().map_or(0.0, |merchants| merchants.costs[self.firm]);
        let costs = [self.market.costs[self.firm], merchant];
        let mut at = from;
        let mut widths = [0, 1].map(|side| width * ((from[side] - costs[side]).abs() + 0.1));
        let mut here = self.profit(at);
        let two = self.market.merchants.is_some();
        while widths[0] > close * at[0].abs().max(1.0) {
            let middle = at;
            for one in [-1.0, 0.0, 1.0] {
                for other in if two { &[-1.0, 0.0, 1.0][..] } else { &[0.0] } {
                    let tried = [middle[0] + one * widths[0], middle[1] + other * widths[1]];
                    let profit = self.profit(tried);
                    if profit > here {
                        (at, here) = (tried, profit);
                    }
                }
            }
            if at == middle {
                widths = widths.map(|width| 0.5 * width);
            }
        }
        at
    }
}

/// Newton's step towards parts that are their own response.
fn newton(response: &Response, parts: &Each, firms: usize) -> Option<Each> {
    let mut rows = [[0.0; MOST + 1]; MOST];
    for row in 0..firms {
        for column in 0..firms {
            rows[row][column] = f64::from(u8::from(row == column)) - response.slopes[row][column];
        }
        rows[row][MOST] = response.members[row] - parts[row];
    }
    for pivot in 0..firms {
        let largest =
            (pivot..firms).max_by(|&a, &b| rows[a][pivot].abs().total_cmp(&rows[b][pivot].abs()))?;
        rows.swap(pivot, largest);
        for row in (0..firms).filter(|&row| row != pivot) {
            let times = rows[row][pivot] / rows[pivot][pivot];
            for column in pivot..=MOST {
                rows[row][column] -= times * rows[pivot][column];
            }
        }
    }
    let mut next = *parts;
    (0..firms).for_each(|firm| next[firm] += rows[firm][MOST] / rows[firm][firm]);
    next.iter().all(|part| part.is_finite()).then_some(next)
}

/// How far two sets of fees are from each other, relative to a fee where that is above one yuan.
pub(super) fn apart(one: &[Fees], other: &[Fees]) -> f64 {
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs() / a.abs().max(1.0)).fold(0.0, f64::max)
}
