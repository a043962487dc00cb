//! Payment: wallets that people hold and checkouts that take them. Who pays with what is counted agent by agent in the
//! consumers' step; money follows the counts.

use crate::level::Level;
use crate::sim::grid::Grid;
use crate::sim::state::outcome::ratio;
use crate::sim::state::services::ServiceState;

/// Who holds which wallet: by region and wallet.
#[derive(Clone, Debug, PartialEq)]
pub struct Holdings {
    /// Fraction of online people who hold it.
    pub held: Grid<2>,
    /// Relative chance that a holder has the habit of it.
    pub habit: Grid<2>,
}

impl Holdings {
    /// As the level says.
    pub fn at_opening(level: &Level) -> Self {
        let wallets = level.wallets();
        let shape = [level.regions.len(), wallets.len()];
        let (mut held, mut habit) = (Grid::filled(shape, 0.0), Grid::filled(shape, 1.0));
        for region in 0..shape[0] {
            for (place, (_, wallet)) in wallets.iter().enumerate() {
                held[[region, place]] = wallet.holders[region];
                habit[[region, place]] = wallet.habit;
            }
        }
        Self { held, habit }
    }

    /// As holders and habitual users, both as fractions of online people, let infer.
    pub fn inferred(holders: &Grid<2>, habitual: &Grid<2>) -> Self {
        let mut habit = holders.clone();
        for (habit, users) in habit.cells_mut().iter_mut().zip(habitual.cells()) {
            *habit = ratio(*users, *habit).max(1e-6);
        }
        Self { held: holders.clone(), habit }
    }

    /// Fractions of people who hold each wallet and whose habit each is, by region and wallet, when they are as
    /// [`draw`](Self::draw) has them.
    pub fn people(&self) -> (Grid<2>, Grid<2>) {
        let [regions, wallets] = self.held.shape();
        let (mut holders, mut habitual) = (self.held.clone(), Grid::filled([regions, wallets], 0.0));
        for region in 0..regions {
            for (mask, wallet, chosen) in self.kinds(region) {
                habitual[[region, wallet]] += chosen;
                holders[[region, wallet]] += if mask == 0 { chosen } else { 0.0 };
            }
        }
        (holders, habitual)
    }

    /// Every word of wallets that people of a region have, as [`draw`](Self::draw) has them, with the fraction who have it.
    pub fn words(&self, region: usize) -> Vec<(u16, f64)> {
        let word =
            |(mask, wallet, part): (usize, usize, f64)| (mask as u16 | 1 << wallet | 1 << (8 + wallet), part);
        let mut words: Vec<(u16, f64)> =
            self.kinds(region).into_iter().filter(|kind| kind.2 > 0.0).map(word).collect();
        let without = 1.0 - words.iter().map(|(_, part)| part).sum::<f64>();
        words.push((0, without.max(0.0)));
        words
    }

    /// Kinds of people of a region: the mask of wallets that they would hold, the habitual one, and the fraction of people.
    /// Who would hold none gets one.
    fn kinds(&self, region: usize) -> Vec<(usize, usize, f64)> {
        let wallets = self.held.shape()[1];
        let held = |wallet: usize| self.held[[region, wallet]];
        let habit = |wallet: usize| self.habit[[region, wallet]];
        let mut kinds = Vec::new();
        for mask in 0..1usize << wallets {
            let has = |wallet: usize| mask >> wallet & 1 == 1;
            let part = |wallet: usize| if has(wallet) { held(wallet) } else { 1.0 - held(wallet) };
            let people: f64 = (0..wallets).map(part).product();
            let weight = |wallet: usize| match mask {
                0 => held(wallet) * habit(wallet),
                _ if has(wallet) => habit(wallet),
                _ => 0.0,
            };
            let sum: f64 = (0..wallets).map(weight).sum();
            kinds.extend((0..wallets).map(|wallet| (mask, wallet, people * ratio(weight(wallet), sum))));
        }
        kinds
    }

    /// The wallets of one person of a region: held ones below, the habitual one above. `uniform` gives a number from 0 to
    /// 1 for each wallet, and for 255, which decides the habit. Where anybody holds a wallet, everybody does.
    pub fn draw(&self, region: usize, uniform: impl Fn(usize) -> f64) -> u16 {
        let wallets = self.held.shape()[1];
        let mut held = (0..wallets)
            .filter(|&wallet| uniform(wallet) < self.held[[region, wallet]])
            .fold(0u16, |mask, wallet| mask | 1 << wallet);
        let weight = |wallet: usize, held: u16| {
            let (likely, habit) = (self.held[[region, wallet]], self.habit[[region, wallet]]);
            match held {
                0 => likely * habit,
                _ if held >> wallet & 1 == 1 => habit,
                _ => 0.0,
            }
        };
        let sum: f64 = (0..wallets).map(|wallet| weight(wallet, held)).sum();
        let mut left = uniform(255) * sum;
        let habitual = (0..wallets).find(|&wallet| {
            left -= weight(wallet, held);
            weight(wallet, held) > 0.0 && left <= 0.0
        });
        if let Some(wallet) = habitual {
            held |= 1 << wallet | 1 << (8 + wallet);
        }
        held
    }
}

/// What payments would be if everybody paid by habit at the opening: sales by platform, split by who has which wallet. Of
/// those who have none that a checkout takes, few buy there: the friction lowers their odds.
pub fn expected(level: &Level, services: &[&ServiceState], holdings: &Holdings, sales: &Grid<3>) -> Grid<2> {
    let wallets = level.wallets();
    let mut payments = Grid::filled([level.platforms.len(), wallets.len()], 0.0);
    for platform in level.shops() {
        for region in 0..level.regions.len() {
            let sold: f64 = (0..level.categories.len()).map(|c| sales[[region, c, platform]]).sum();
            let weight = |wallet: usize| {
                let taken = services[wallets[wallet].0].serves(platform);
                if taken { holdings.held[[region, wallet]] * holdings.habit[[region, wallet]] } else { 0.0 }
            };
            let sum: f64 = (0..wallets.len()).map(weight).sum();
            let lack = (0..wallets.len())
                .filter(|&wallet| services[wallets[wallet].0].serves(platform))
                .map(|wallet| 1.0 - holdings.held[[region, wallet]])
                .product::<f64>();
            let lacking = lack * libm::exp(-level.market.payment_friction);
            let served = ratio(1.0 - lack, 1.0 - lack + lacking);
            for wallet in 0..wallets.len() {
                payments[[platform, wallet]] += sold * served * ratio(weight(wallet), sum);
            }
        }
    }
    payments
}

/// What payments cost merchants at each platform, as a fraction of sales: the wallets' fees by how much each is used.
pub fn mean_fees(
    level: &Level,
    services: &[&ServiceState],
    payments: &Grid<2>,
    gmv: impl Fn(usize) -> f64,
) -> Vec<f64> {
    let wallets = level.wallets();
    let fee = |platform: usize| {
        let paid = |(place, (number, _)): (usize, &(usize, _))| {
            services[*number].counterparts[platform].price * payments[[platform, place]]
        };
        ratio(wallets.iter().enumerate().map(paid).sum(), gmv(platform))
    };
    (0..level.platforms.len()).map(fee).collect()
}
