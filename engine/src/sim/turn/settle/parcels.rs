//! What parcels cost and earn.

use crate::level::Level;
use crate::level::services::CarrierSupply;
use crate::sim::grid::Grid;
use crate::sim::rules::logistics::crowd;
use crate::sim::state::flow::Flow;
use crate::sim::state::ledger::{Account, Ledger};
use crate::sim::state::outcome::{Outcome, ratio};
use crate::sim::state::services::ServiceState;

/// Part of all parcels that others than crowds count as carrying at least, when crowds grow dear.
const LEAST_OF_OTHERS: f64 = 0.2;

/// Merchants pay for parcels, and carriers for carrying them and for their room. What overflows a crowd carries, for its own
/// price and a surcharge that the platform pays.
pub(in crate::sim) fn settle(
    level: &Level,
    services: &[&ServiceState],
    mix: &Grid<3>,
    outcome: &mut Outcome,
    ledger: &mut Ledger,
) {
    let carriers = level.carriers();
    let all: f64 = outcome.parcels.cells().iter().sum();
    let mut carried = vec![0.0; carriers.len()];
    let mut earned = vec![0.0; carriers.len()];
    let mut surcharges = Vec::new();
    for (place, &(number, _)) in carriers.iter().enumerate() {
        let account = Account::provider(level, number);
        let utilisation = services[number].utilisation(level);
        let over = if utilisation > 1.0 { 1.0 - 1.0 / utilisation } else { 0.0 };
        for platform in outcome.platforms() {
            let sent = outcome.parcels[[platform, place]];
            let helper = crowd(level, services, platform).filter(|_| over > 0.0);
            let price = services[number].counterparts[platform].price;
            let (kept, moved) =
                if helper.is_some() { (sent * (1.0 - over), sent * over) } else { (sent, 0.0) };
            carried[place] += kept;
            let earner = helper.map_or(account, |helper| Account::provider(level, carriers[helper].0));
            let mut legs = Vec::new();
            for category in 0..level.categories.len() {
                let parcels = outcome.category_sales(category, platform)
                    / level.categories[category].parcel_value
                    * mix[[category, platform, place]];
                legs.push((Account::Merchants(category), -parcels * price));
            }
            legs.extend([(account, kept * price), (earner, moved * price)]);
            ledger.post(Flow::Shipping, legs);
            earned[place] += kept * price;
            if let Some(helper) = helper {
                earned[helper] += moved * price;
            }
            if let Some(helper) = helper {
                carried[helper] += moved;
                surcharges.push((platform, helper, moved, price));
            }
        }
    }
    let by_crowds: f64 = surcharges.iter().map(|(_, _, moved, _)| moved).sum();
    // However few parcels all others carry, people are not to be had for any price.
    let others = (all - by_crowds).max(LEAST_OF_OTHERS * all);
    let dearer = 1.0 + level.market.surge * ratio(by_crowds, others);
    for (platform, helper, moved, paid) in surcharges {
        let (number, _) = carriers[helper];
        let price = services[number].counterparts[platform].price * dearer;
        let account = Account::provider(level, number);
        let surcharge = moved * (price - paid).max(0.0);
        ledger.pay(Flow::Overflow, Account::Platform(platform), account, surcharge);
        earned[helper] += surcharge;
    }
    for (place, (number, carrier)) in carriers.into_iter().enumerate() {
        let account = Account::provider(level, number);
        let service = services[number];
        let dearer = if carrier.supply == CarrierSupply::Crowd { dearer } else { 1.0 };
        let carriage = carried[place] * carrier.variable_cost * dearer;
        outcome.service_moving[number] = earned[place] - carriage;
        let costs = [
            (Flow::Carriage, carriage),
            (Flow::Fleet, service.capacity.unwrap_or(0.0) * carrier.fixed_cost),
            (Flow::Building, service.built * level.market.capacity_cost),
        ];
        for (flow, cost) in costs {
            ledger.pay(flow, account, Account::Suppliers, cost);
            earned[place] -= cost;
        }
        outcome.service_profit[number] = earned[place];
        outcome.room[place] = service.capacity;
    }
}
