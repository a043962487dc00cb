//! What companies are worth that own each other, and what the public pays for shares.

use crate::level::Level;
use crate::level::services::Service;
use crate::sim::grid::Grid;
use crate::sim::linear;
use crate::sim::rules::calendar::usual_month;
use crate::sim::state::capital::{Capital, Issue};
use crate::sim::state::companies::YEAR;
use crate::sim::state::outcome::Outcome;

/// Values of companies by what each is worth without its stakes: V = E + Sᵀ·V, where S says what of each company each other owns
/// (Brioschi, Buzzacchi and Colombo 1989). What people own of all of them together is worth the sum of E, however they own each other.
pub fn values(own: &[f64], stakes: &Grid<2>) -> Vec<f64> {
    let mut values = own.to_vec();
    if stakes.cells().iter().all(|&part| part == 0.0) {
        return values;
    }
    let companies = own.len();
    let row = |by: usize| -> Vec<f64> {
        (0..companies).map(|of| f64::from(u8::from(of == by)) - stakes[[of, by]]).collect()
    };
    let mut rows: Vec<Vec<f64>> = (0..companies).map(row).collect();
    // No company is owned by companies alone, so that there is a solution.
    match linear::solve(&mut rows, &mut values) {
        Some(()) => values,
        None => own.to_vec(),
    }
}

/// Notes what every company is worth by what each is worth without its stakes: as a whole, and to those who owned it when the match began.
pub fn appraise(capital: &Capital, own: &[f64], outcome: &mut Outcome) {
    outcome.market_value = values(own, &capital.stakes);
    for (platform, own) in own.iter().enumerate() {
        let whole = outcome.market_value[platform];
        // To the bit what it was where nobody owns anything.
        outcome.ownership[platform] = capital.ownership(platform, whole - own);
        outcome.value[platform] = to_founders(capital, platform, whole);
    }
}

/// What a company is worth to those who owned it when the match began: their part of it, and what it has paid them.
pub fn to_founders(capital: &Capital, of: usize, value: f64) -> f64 {
    capital.founding[of] * value + capital.paid[of]
}

/// How willingly the public buys shares: one in a usual month. It rises with the economy over a year, and with what earlier issues have
/// brought their buyers.
pub fn mood(level: &Level, capital: &Capital, outcome: &Outcome) -> f64 {
    let market = &level.market;
    let economy = |turn: u32| level.calendar.economy(turn);
    let year = libm::log(economy(outcome.turn) / economy(outcome.turn.saturating_sub(YEAR as u32)));
    let gain = |issue: &Issue| {
        let now = to_founders(capital, issue.by, outcome.market_value[issue.by]);
        libm::log((now / issue.price.max(1.0)).max(0.1)).clamp(-1.0, 1.0)
    };
    let gains: f64 = capital.issues.iter().map(gain).sum::<f64>() / capital.issues.len().max(1) as f64;
    (1.0 + market.mood_economy * year + market.mood_issues * gains).max(0.0)
}

/// What part of a value the public pays for so large a part of it: less the more is sold at once, and no more than its mood allows.
fn paid_part(level: &Level, mood: f64, part: f64) -> f64 {
    ((1.0 - level.market.issue_discount - level.market.issue_impact * part) * mood.min(1.0)).max(0.0)
}

/// Yuan that new shares raise, so large a part of the enlarged company: R = φ·d·(V + R), where d is what buyers pay of what they get.
pub fn raised(level: &Level, mood: f64, value: f64, part: f64) -> f64 {
    let paid = part * paid_part(level, mood, part);
    (paid * value / (1.0 - paid)).max(0.0)
}

/// What each service would have earned in a usual month: nobody buys a part of a festival.
pub fn usual_profits(level: &Level, outcome: &Outcome) -> Vec<f64> {
    let usual = |(number, service): (usize, &Service)| {
        let (profit, moving) = (outcome.service_profit[number], outcome.service_moving[number]);
        let factor = |owner| usual_month(level, outcome, owner).factor;
        profit + moving * (service.owner.map_or(1.0, factor) - 1.0)
    };
    level.services.iter().enumerate().map(usual).collect()
}

/// Yuan that a part of a service brings when it is listed: a multiple of its profit in a usual month, as a company's profits are valued.
pub fn unit_price(level: &Level, mood: f64, profit: f64, part: f64) -> f64 {
    let multiple = 1.0 / level.market.discount_rate.max(1e-3);
    part * profit.max(0.0) * multiple * paid_part(level, mood, part)
}

/// Yuan that the public asks for a part of a company that it owns: more than it is worth, the more of it is wanted.
pub fn asked(level: &Level, value: f64, part: f64) -> f64 {
    (part * value * (1.0 + level.market.issue_discount + level.market.issue_impact * part)).max(0.0)
}

/// Yuan that the public pays for a part of a company that is for sale.
pub fn bid(level: &Level, mood: f64, value: f64, part: f64) -> f64 {
    (part * value * paid_part(level, mood, part)).max(0.0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::level::MOST_HELD;

    #[test]
    fn a_stake_is_worth_its_part_also_where_both_own_each_other() {
        let mut stakes = Grid::filled([2, 2], 0.0);
        stakes[[1, 0]] = 0.5;
        assert_eq!(values(&[10.0, 100.0], &stakes), [60.0, 100.0]);
        stakes[[0, 1]] = 0.2;
        let found = values(&[10.0, 100.0], &stakes);
        // V0 = 10 + V1/2, V1 = 100 + V0/5.
        assert!((found[0] - 60.0 / 0.9).abs() < 1e-9 && (found[1] - 102.0 / 0.9).abs() < 1e-9, "{found:?}");
    }

    proptest! {
        #[test]
        fn owners_together_own_what_companies_are_worth_and_nothing_more(
            own in prop::collection::vec(-1e9..1e12f64, 6),
            raw in prop::collection::vec(0.0..1.0f64, 36),
            held in prop::collection::vec(0.0..MOST_HELD, 6),
        ) {
            let mut stakes = Grid::filled([6, 6], 0.0);
            for of in 0..6 {
                let sum: f64 = (0..6).filter(|&by| by != of).map(|by| raw[of * 6 + by]).sum();
                for by in (0..6).filter(|&by| by != of) {
                    stakes[[of, by]] = held[of] * raw[of * 6 + by] / sum;
                }
            }
            let found = values(&own, &stakes);
            let people: f64 = (0..6).map(|of| (1.0 - stakes.row([of, 0]).iter().sum::<f64>()) * found[of]).sum();
            let all: f64 = own.iter().sum();
            let scale = own.iter().map(|own| own.abs()).sum::<f64>().max(1.0);
            prop_assert!((people - all).abs() < 1e-9 * scale, "{people} {all}");
        }
    }
}
