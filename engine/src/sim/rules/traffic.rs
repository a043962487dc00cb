//! Traffic: apps that hold people's attention and lead them into shops, or do not.

use crate::level::{Level, MarketParameters};
use crate::order::Access;
use crate::sim::grid::Grid;
use crate::sim::state::services::{ServiceState, Ties};

/// How far a link of a depth reaches, 0 to 1.
pub fn depth_reach(market: &MarketParameters, access: Access) -> f64 {
    match access {
        Access::Blocked => 0.0,
        Access::Advert => market.advert_reach,
        Access::Jump => market.jump_reach,
        Access::MiniProgram => market.mini_program_reach,
        Access::Native => market.native_reach,
    }
}

/// What a shop loses of people's habit when they come to it this way.
fn habit_loss(market: &MarketParameters, access: Access) -> f64 {
    match access {
        Access::Jump => market.jump_habit_loss,
        Access::MiniProgram => market.mini_program_habit_loss,
        _ => 0.0,
    }
}

/// How far a platform reaches people who use these apps (a mask), 1 − Π(1 − reach), and the part of their habit that it
/// keeps: the deepest link decides.
pub fn reach(level: &Level, services: &[&ServiceState], apps: u8, platform: usize) -> (f64, f64) {
    let market = &level.market;
    let (mut missed, mut lost) = (1.0, 0.0f64);
    for (bit, (number, _)) in level.apps().into_iter().enumerate() {
        if apps >> bit & 1 == 1 {
            let access = services[number].counterparts[platform].in_force();
            missed *= 1.0 - depth_reach(market, access);
            lost = lost.max(habit_loss(market, access));
        }
    }
    (1.0 - missed, 1.0 - lost)
}

/// Hazard of learning of a shop through apps, a month: by its links, by visits that it pays for, and by invitations.
pub fn learning_hazard(
    level: &Level,
    services: &[&ServiceState],
    (region, apps): (usize, u8),
    platform: usize,
    spending: Spending,
    presence: f64,
) -> f64 {
    let market = &level.market;
    let (access, _) = reach(level, services, apps, platform);
    let mut hazard = market.access_learning * access;
    for (bit, (number, app)) in level.apps().into_iter().enumerate() {
        if apps >> bit & 1 == 1 && spending.visits[bit] > 0.0 {
            let users: f64 =
                (level.regions.iter().zip(&app.users)).map(|(region, part)| region.population * part).sum();
            let visits = spending.visits[bit] / app.visit_price / users.max(1.0);
            let conversion = conversion(market, services[number].counterparts[platform].in_force());
            hazard += market.visit_effect * libm::log1p(visits) * conversion;
        }
    }
    if spending.invitations > 0.0 {
        let reward = spending.invitations * level.region_potential(region) / level.total_potential();
        let reference = market.marketing_reference * level.region_potential(region);
        hazard += market.invitation_effect * libm::log1p(reward / reference) * presence * access;
    }
    hazard
}

/// Part of those led to a shop who get there: an advert's link leads nowhere in particular.
fn conversion(market: &MarketParameters, access: Access) -> f64 {
    let whole = market.native_reach.max(1e-9);
    (depth_reach(market, access) / whole).min(1.0)
}

/// What a platform pays to be found through apps, yuan a month.
#[derive(Clone, Copy)]
pub struct Spending<'a> {
    /// For visits, by app.
    pub visits: &'a [f64],
    /// For invitations.
    pub invitations: f64,
}

/// Part of the sales to people who use these apps that each app referred: the whole reach, shared out by what each adds.
pub fn referred(level: &Level, services: &[&ServiceState], apps: u8, platform: usize) -> Vec<f64> {
    let market = &level.market;
    let reaches: Vec<f64> = (level.apps().iter().enumerate())
        .map(|(bit, (number, _))| {
            let access = services[*number].counterparts[platform].in_force();
            if apps >> bit & 1 == 1 { depth_reach(market, access) } else { 0.0 }
        })
        .collect();
    let (whole, sum) =
        (1.0 - reaches.iter().map(|reach| 1.0 - reach).product::<f64>(), reaches.iter().sum::<f64>());
    reaches.iter().map(|reach| if sum > 0.0 { whole * reach / sum } else { 0.0 }).collect()
}

/// Sales that each app referred to each platform, from sales by cell.
pub fn refer(level: &Level, services: &[&ServiceState], sales_by_apps: &[(u8, Vec<f64>)]) -> Grid<2> {
    let mut sums = Grid::filled([level.platforms.len(), level.apps().len()], 0.0);
    for (apps, sales) in sales_by_apps {
        for (platform, &sold) in sales.iter().enumerate().filter(|(_, sold)| **sold > 0.0) {
            for (app, part) in referred(level, services, *apps, platform).into_iter().enumerate() {
                sums[[platform, app]] += part * sold;
            }
        }
    }
    sums
}

impl Ties {
    /// The ties that services in this state make.
    pub fn of(level: &Level, services: &[&ServiceState]) -> Self {
        let shape = [1 << level.apps().len(), level.platforms.len()];
        let (mut access, mut habit) = (Grid::filled(shape, 0.0), Grid::filled(shape, 1.0));
        for apps in 0..shape[0] {
            for platform in 0..shape[1] {
                (access[[apps, platform]], habit[[apps, platform]]) =
                    reach(level, services, apps as u8, platform);
            }
        }
        let wallets = level.wallets();
        let mask = |has: &dyn Fn(usize) -> bool| {
            let bits = wallets.iter().enumerate().filter(|(_, (number, _))| has(*number));
            bits.fold(0, |mask, (bit, _)| mask | 1 << bit)
        };
        let platforms = 0..level.platforms.len();
        Self {
            access,
            habit,
            accepted: platforms.clone().map(|p| mask(&|number| services[number].serves(p))).collect(),
            own: platforms
                .map(|p| {
                    mask(&|number| level.services[number].owner == Some(p) && services[number].serves(p))
                })
                .collect(),
        }
    }
}
