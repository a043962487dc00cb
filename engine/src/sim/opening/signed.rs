//! How merchants have signed with carriers when a market is begun in mid-game. Contracts outlast the terms that they were signed by: of
//! those who would take a carrier that was opened this spring, only those whose contracts have run out since have it.

use crate::level::Level;
use crate::sim::grid::Grid;
use crate::sim::rules::contracts::Choosing;
use crate::sim::rules::logistics::{expected_mix, parcels};
use crate::sim::state::merchants::MerchantBlock;
use crate::sim::state::outcome::ratio;
use crate::sim::state::services::ServiceState;

/// Which contracts there are.
pub(in crate::sim) struct Signed {
    /// Part of each platform's merchants who have signed by today's terms, as far as parcels show: as many as there can be.
    fresh: Vec<f64>,
    /// Of the others, a factor on each carrier's odds, by platform and carrier.
    former: Grid<2>,
}

impl Signed {
    /// Everybody by today's terms.
    pub fn as_things_are(level: &Level) -> Self {
        let shape = [level.platforms.len(), level.carriers().len()];
        Self { fresh: vec![1.0; shape[0]], former: Grid::filled(shape, 1.0) }
    }

    /// As last month's parcels say, which everybody can count: each platform's are a part that was signed for by today's terms, and the
    /// rest; the largest such part leaves no carrier with less than none. `sales` are by category and platform.
    pub fn by_parcels(
        level: &Level,
        services: &[&ServiceState],
        sales: impl Fn(usize, usize) -> f64,
    ) -> Self {
        let mut signed = Self::as_things_are(level);
        let carriers = level.carriers();
        let expected = parcels(level, &expected_mix(level, services), sales);
        for platform in level.shops() {
            let takes = |place: &usize| expected[[platform, *place]] > 0.0;
            let taking: Vec<usize> = (0..carriers.len()).filter(takes).collect();
            let sent = |place: usize| services[carriers[place].0].parcels[platform];
            let all: f64 = taking.iter().map(|&place| sent(place)).sum();
            let as_expected: f64 = taking.iter().map(|&place| expected[[platform, place]]).sum();
            if all <= 0.0 {
                continue;
            }
            let over = |place: usize| sent(place) / all / (expected[[platform, place]] / as_expected);
            let fresh = taking.iter().map(|&place| over(place)).fold(1.0, f64::min);
            signed.fresh[platform] = fresh;
            for place in taking {
                signed.former[[platform, place]] = ratio(over(place) - fresh, 1.0 - fresh);
            }
        }
        signed
    }

    /// Parts in which a platform's merchants of a category ship with each carrier: `[category, platform, carrier]`.
    pub fn mix(&self, level: &Level, services: &[&ServiceState]) -> Grid<3> {
        let mut mix = expected_mix(level, services);
        let [categories, platforms, carriers] = mix.shape();
        for platform in (0..platforms).filter(|&platform| self.fresh[platform] < 1.0) {
            for category in 0..categories {
                let place = |place: usize| [category, platform, place];
                let former = |mix: &Grid<3>, at: usize| mix[place(at)] * self.former[[platform, at]];
                let before: f64 = (0..carriers).map(|at| mix[place(at)]).sum();
                let after: f64 = (0..carriers).map(|at| former(&mix, at)).sum();
                for at in 0..carriers {
                    let former = former(&mix, at) * ratio(before, after);
                    let fresh = self.fresh[platform];
                    mix[place(at)] = fresh * mix[place(at)] + (1.0 - fresh) * former;
                }
            }
        }
        mix
    }

    /// The same for each merchant, by likings of a match.
    pub fn signing(self, level: &Level, seed: u64, services: &[&ServiceState]) -> Signing {
        let today = Choosing::of(level, seed, services);
        let all = self.fresh.iter().all(|fresh| *fresh >= 1.0);
        let former = (!all).then(|| Choosing::of(level, seed, services).under(&self.former));
        Signing { today, former, fresh: self.fresh }
    }
}

/// How merchants have signed.
pub(in crate::sim) struct Signing {
    today: Choosing,
    former: Option<Choosing>,
    fresh: Vec<f64>,
}

impl Signing {
    /// Everybody by likings of today.
    pub fn today(today: Choosing) -> Self {
        Self { today, former: None, fresh: Vec::new() }
    }

    /// The carriers of a block's merchants at a shop; `since` tells of each how late in a contract's term it signed, 0 to 1.
    pub fn sign(&self, level: &Level, block: &MerchantBlock, shop: usize, since: &[f64], carrier: &mut [u8]) {
        let everybody = 0..since.len() as u32;
        let Some(former) = &self.former else {
            return self.today.sign(level, block, shop, &everybody.collect::<Vec<_>>(), carrier);
        };
        let fresh = self.fresh[level.shops()[shop]];
        let (lately, before): (Vec<u32>, Vec<u32>) =
            everybody.partition(|&merchant| since[merchant as usize] >= 1.0 - fresh);
        self.today.sign(level, block, shop, &lately, carrier);
        former.sign(level, block, shop, &before, carrier);
    }
}
