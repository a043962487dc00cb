//! What people make of what companies do: each deed counts by the part of people whom it concerns.

use serde::{Deserialize, Serialize};

use crate::level::Level;
use crate::level::services::ServiceKind;
use crate::sim::state::events::Event;
use crate::sim::state::outcome::Outcome;

/// A kind of deed that people have an opinion of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PublicDeed {
    /// A service was opened to a shop.
    Opened,
    /// A service was closed to a shop that used it.
    Closed,
    /// Everything was closed to a shop.
    Blocked,
    /// Prices or adverts became worse than people expected.
    Startled,
    /// People were cheated more often than is forgiven.
    Cheated,
}

impl PublicDeed {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Opened, Self::Closed, Self::Blocked, Self::Startled, Self::Cheated];
}

/// What a company's deeds of a turn do to what people think of it, by kind: news and figures are those of the turn.
pub fn deeds(level: &Level, outcome: &Outcome, disappointment: f64, platform: usize) -> [f64; 5] {
    let market = &level.market;
    let part_of_people = |platform: usize| {
        let people: f64 = outcome.people.iter().sum();
        if people > 0.0 { outcome.user_count(platform) / people } else { 0.0 }
    };
    let mut sum = [0.0; 5];
    let mut add = |deed: PublicDeed, weight: f64| sum[deed as usize] += weight;
    for event in outcome.news.iter().filter(|event| event.by() == Some(platform)) {
        match *event {
            Event::Opened { to, service, .. } => {
                let concerned = part_of_people(to) * who_would_use(level, outcome, service);
                add(PublicDeed::Opened, market.opinion_opening * concerned);
            }
            Event::Closed { to, service, .. } => {
                let concerned = part_of_people(to) * who_would_use(level, outcome, service);
                add(PublicDeed::Closed, -market.opinion_closing * concerned);
            }
            Event::Blocked { to, .. } => {
                add(PublicDeed::Blocked, -market.opinion_closing * part_of_people(to));
            }
            _ => {}
        }
    }
    let own = part_of_people(platform);
    add(PublicDeed::Startled, -market.opinion_fees * disappointment * own);
    let beyond = (outcome.fraud[platform] - market.opinion_forgiven).max(0.0);
    add(PublicDeed::Cheated, -market.opinion_fraud * beyond * own);
    sum
}

/// The part of people to whom a service is of any use: who hold the wallet, who use the app; everybody is sent parcels.
fn who_would_use(level: &Level, outcome: &Outcome, service: usize) -> f64 {
    let people: f64 = outcome.people.iter().sum();
    let mean = |part: &dyn Fn(usize) -> f64| -> f64 {
        let regions = outcome.people.iter().enumerate();
        regions.map(|(region, count)| count * part(region)).sum::<f64>() / people.max(1.0)
    };
    match &level.services[service].kind {
        ServiceKind::Wallet(_) => {
            let place = level.wallets().iter().position(|(number, _)| *number == service).unwrap_or(0);
            mean(&|region| outcome.online[region] * outcome.holders[[region, place]])
        }
        ServiceKind::App(app) => mean(&|region| app.users[region]),
        ServiceKind::Carrier(_) => 1.0,
    }
}

/// What people think a month later: the old fades, what was done is added.
pub fn opinion_after(level: &Level, opinion: f64, deeds: &[f64; 5]) -> f64 {
    ((1.0 - level.market.opinion_fading) * opinion + deeds.iter().sum::<f64>()).clamp(-1.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strategy;

    #[test]
    fn a_deed_counts_by_whom_it_concerns() {
        let level =
            Level::find("systems/s12_public_opinion", &[], &strategy::vocabulary()).expect("is shipped");
        let mut outcome = Outcome::empty(&level);
        outcome.online.fill(1.0);
        outcome.holders.cells_mut().fill(0.5);
        let half = level.population() / 2.0;
        outcome.users[[0, 1]] = half;
        outcome.news = vec![Event::Closed { by: 0, to: 1, service: 0 }];
        let closed = deeds(&level, &outcome, 0.0, 0)[PublicDeed::Closed as usize];
        assert!((closed + level.market.opinion_closing * 0.5 * 0.5).abs() < 1e-12, "{closed}");
        assert_eq!(deeds(&level, &outcome, 0.0, 1), [0.0; 5], "nobody else did it");
        outcome.news = vec![Event::Blocked { by: 0, to: 1 }];
        let blocked = deeds(&level, &outcome, 0.0, 0)[PublicDeed::Blocked as usize];
        assert!(
            (blocked + level.market.opinion_closing * 0.5).abs() < 1e-12,
            "whatever was closed: {blocked}"
        );
    }
}
