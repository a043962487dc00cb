//! Contracts: which carrier a merchant signs with.
//!
//! Merchants of one kind choose by the same odds, each by its own likings. Likings are Gumbel, so the best carrier is the first of
//! exponential times to arrive, which takes one logarithm and not two. Sixty-four merchants run the race side by side by quick logarithms
//! in single precision; where two carriers arrive at the same time as far as these can tell, exact ones decide. So who wins depends on no
//! instruction set.

use multiversion::multiversion;

use crate::level::Level;
use crate::level::services::MAX_CARRIERS;
use crate::sim::draw::{Key, Purpose, ln_poly};
use crate::sim::grid::Grid;
use crate::sim::rules::logistics::{Worth, worth};
use crate::sim::state::merchants::{MerchantBlock, NONE};
use crate::sim::state::services::ServiceState;

/// How many merchants choose side by side.
const SIDE_BY_SIDE: usize = 64;

/// How merchants choose carriers: those of one kind by the same odds, each by its own likings.
pub(in crate::sim) struct Choosing {
    /// One over the odds of each carrier against the best, by segment, category, platform and carrier.
    handicaps: Worth,
    /// Keys of likings, by place of the shop and of the carrier.
    likings: Grid<2, Key>,
}

impl Choosing {
    /// By what carriers are worth now, with likings of a match.
    pub fn of(level: &Level, seed: u64, services: &[&ServiceState]) -> Self {
        let mut handicaps = worth(level, services);
        let carriers = level.carriers().len();
        let scale = level.market.carrier_noise.max(1e-9);
        for options in handicaps.cells_mut().chunks_mut(carriers.max(1)) {
            let best = options.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max);
            options.iter_mut().flatten().for_each(|worth| *worth = libm::exp((best - *worth) / scale));
        }
        let shops = level.shops().len();
        let key = |shop: usize, place: usize| Key::new(seed, 0, Purpose::CarrierLiking, shop * 16 + place);
        let mut likings = Grid::filled([shops, carriers], key(0, 0));
        for shop in 0..shops {
            for place in 0..carriers {
                likings[[shop, place]] = key(shop, place);
            }
        }
        Self { handicaps, likings }
    }

    /// The same with each carrier's odds so much larger, by platform and carrier: contracts signed before this month.
    pub fn under(mut self, factors: &Grid<2>) -> Self {
        let [_, _, _, carriers] = self.handicaps.shape();
        let factors = factors.cells().iter().cycle();
        let all = self.handicaps.cells_mut().iter_mut();
        if carriers > 0 {
            all.zip(factors).for_each(|(handicap, factor)| *handicap = handicap.map(|odds| odds / factor));
        }
        self
    }

    /// The carriers that take contracts with merchants of a segment and category at a platform.
    pub fn options(&self, segment: usize, category: usize, platform: usize) -> &[Option<f64>] {
        self.handicaps.row([segment, category, platform, 0])
    }

    /// The carriers that merchants like best at a shop, each by its place.
    fn choose(
        &self,
        options: &[Option<f64>],
        merchants: &[u32; SIDE_BY_SIDE],
        shop: usize,
    ) -> [u8; SIDE_BY_SIDE] {
        let keys = self.likings.row([shop, 0]);
        let mut race = Race::default();
        for ((place, option), &key) in (0u32..).zip(options).zip(keys) {
            if let Some(handicap) = option.filter(|handicap| handicap.is_finite()) {
                run(&mut race, place, key, handicap as f32, merchants);
            }
        }
        let mut first = race.first.map(|place| place as u8);
        for lane in race.undecided() {
            first[lane] = exactly(options, keys, merchants[lane]);
        }
        first
    }

    /// Merchants of a block, by their places in it, sign anew at a shop; `carrier` is the block's, by merchant and shop.
    pub fn sign(&self, level: &Level, block: &MerchantBlock, shop: usize, who: &[u32], carrier: &mut [u8]) {
        let shops = level.shops();
        let options = self.options(block.segment, block.category, shops[shop]);
        for some in who.chunks(SIDE_BY_SIDE) {
            // Lanes that are left over choose like the last one, and nobody looks.
            let place = |lane: usize| some[lane.min(some.len() - 1)];
            let chosen = self.choose(options, &std::array::from_fn(|lane| block.first + place(lane)), shop);
            for (&merchant, chosen) in some.iter().zip(chosen) {
                carrier[merchant as usize * shops.len() + shop] = chosen;
            }
        }
    }
}

/// Arrivals so far, a merchant a lane.
struct Race {
    /// When each carrier arrives at the earliest, those that have run.
    earliest: [[f32; SIDE_BY_SIDE]; MAX_CARRIERS],
    /// When the first one arrives at the latest.
    latest: [f32; SIDE_BY_SIDE],
    /// Which that is.
    first: [u32; SIDE_BY_SIDE],
}

impl Default for Race {
    fn default() -> Self {
        Self {
            earliest: [[f32::INFINITY; SIDE_BY_SIDE]; MAX_CARRIERS],
            latest: [f32::INFINITY; SIDE_BY_SIDE],
            first: [NONE.into(); SIDE_BY_SIDE],
        }
    }
}

impl Race {
    /// Lanes in which more than one carrier may be the first, or no arrival is a number that counts.
    fn undecided(&self) -> impl Iterator<Item = usize> {
        let mut may = [0u32; SIDE_BY_SIDE];
        for earliest in &self.earliest {
            for lane in 0..SIDE_BY_SIDE {
                may[lane] += u32::from(earliest[lane] <= self.latest[lane]);
            }
        }
        (0..SIDE_BY_SIDE).filter(move |&lane| may[lane] != 1)
    }
}

/// A carrier runs for all.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
fn run(race: &mut Race, place: u32, key: Key, handicap: f32, merchants: &[u32; SIDE_BY_SIDE]) {
    /// More than an arrival is off, relative to itself or to one: the logarithm 2e-7, its argument 1e-7, the handicap and each product 6e-8.
    const OFF: f32 = 2e-6;
    // What is beyond the largest number is late enough; times zero it must stay a number.
    let at_least = handicap.min(1e30);
    let earliest = &mut race.earliest[place as usize];
    for lane in 0..SIDE_BY_SIDE {
        let uniform = (key.bits(merchants[lane]) as f32 + 0.5) * (1.0 / 4_294_967_296.0);
        let wait = -ln_poly(uniform);
        let off = OFF * (1.0 + wait);
        earliest[lane] = (wait - off).max(0.0) * at_least;
        let latest = (wait + off) * handicap;
        let sooner = latest < race.latest[lane];
        race.first[lane] = if sooner { place } else { race.first[lane] };
        race.latest[lane] = if sooner { latest } else { race.latest[lane] };
    }
}

/// The carrier that one merchant likes best, by exact logarithms.
fn exactly(options: &[Option<f64>], keys: &[Key], merchant: u32) -> u8 {
    let arrival = |((place, handicap), key): ((usize, &Option<f64>), &Key)| {
        handicap.map(|handicap| (place, -libm::log(key.uniform_fine(merchant)) * handicap))
    };
    let arrivals = options.iter().enumerate().zip(keys).filter_map(arrival);
    arrivals.min_by(|one, other| one.1.total_cmp(&other.1)).map_or(NONE, |(place, _)| place as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy;

    #[test]
    fn a_carrier_is_chosen_as_exact_logarithms_of_both_kinds_would() {
        let level = Level::find("arena/six", &[], &strategy::vocabulary()).expect("is shipped");
        let opening = crate::sim::Opening::of(&level);
        let choosing = Choosing::of(&level, 7, &opening.ecosystem.services());
        // Odds that lie close together, and far apart.
        for handicaps in [[1.0, 1.0, 1.02, 1.3], [1.0, 4.0, 60.0, 1e9], [1.0, 1.0, 1e35, 1e200]] {
            let mut options = [None; MAX_CARRIERS];
            options[1..5].iter_mut().zip(handicaps).for_each(|(option, handicap)| *option = Some(handicap));
            for group in 0..300_000 / SIDE_BY_SIDE as u32 {
                let merchants = std::array::from_fn(|lane| group * SIDE_BY_SIDE as u32 + lane as u32);
                let chosen = choosing.choose(&options, &merchants, 1);
                for (merchant, chosen) in merchants.into_iter().zip(chosen) {
                    let liked = |place: usize| {
                        let uniform =
                            Key::new(7, 0, Purpose::CarrierLiking, 16 + place).uniform_fine(merchant);
                        -libm::log(-libm::log(uniform)) - libm::log(handicaps[place - 1])
                    };
                    let best = (1..5).max_by(|&a, &b| liked(a).total_cmp(&liked(b)));
                    assert_eq!(chosen, best.expect("four") as u8, "{merchant}");
                }
            }
        }
        assert_eq!(choosing.choose(&[None; MAX_CARRIERS], &[3; SIDE_BY_SIDE], 1), [NONE; SIDE_BY_SIDE]);
    }

    #[test]
    fn carriers_that_arrive_as_good_as_together_are_told_apart() {
        let level = Level::find("arena/six", &[], &strategy::vocabulary()).expect("is shipped");
        let opening = crate::sim::Opening::of(&level);
        let choosing = Choosing::of(&level, 7, &opening.ecosystem.services());
        for merchant in 0..2_000 {
            let wait = |place: usize| -libm::log(choosing.likings[[1, place]].uniform_fine(merchant));
            for (part, first) in [(1.0 - 1e-9, 2), (1.0 + 1e-9, 1)] {
                let mut options = [None; MAX_CARRIERS];
                (options[1], options[2]) = (Some(wait(2)), Some(wait(1) * part));
                assert_eq!(choosing.choose(&options, &[merchant; SIDE_BY_SIDE], 1)[0], first, "{merchant}");
            }
        }
    }
}
