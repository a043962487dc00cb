//! Delivers for everybody who pays.

use super::{Chance, Notes, Parameter, PlatformView, Strategy, Values};
use crate::level::services::ServiceKind;
use crate::order::{Access, Order};
use crate::sim::Orders;

/// Builds a fleet and lets everybody use it.
pub struct PremiumLogistics;

impl Strategy for PremiumLogistics {
    fn name(&self) -> &'static str {
        "premium-logistics"
    }

    fn idea(&self) -> &'static str {
        "Builds room in its own fleet ahead of its parcels, opens it to all at a price, shares no wallet, and invests in categories (S7, S16)."
    }

    fn parameters(&self) -> &'static [Parameter] {
        const {
            &[
                Parameter::new("full", "parcels over room above which it builds", 0.9, [0.1, 1.0]),
                Parameter::new("step", "room that it then wants, over parcels", 1.2, [1.0, 3.0]),
            ]
        }
    }

    fn decide(
        &self,
        view: &PlatformView,
        values: &Values,
        notes: &Notes,
        _chance: &mut Chance,
    ) -> (Orders, Notes) {
        let [full, step] = values.all();
        let mut orders = view.answers(|_, worth| worth > 0.0);
        let ecosystem = &view.public.ecosystem;
        for number in view.own_services() {
            let (state, service) = (&ecosystem.services[number], &view.level.services[number]);
            let ServiceKind::Carrier(_) = service.kind else { continue };
            for other in view.others() {
                if state.counterparts[other].granted == Access::Blocked {
                    let to = Some(view.level.platforms[other].id.clone());
                    orders.push(Order::Open { service: service.id.clone(), to, access: Access::Native });
                }
            }
            let room = state.capacity.unwrap_or(0.0);
            let parcels: f64 = state.parcels.iter().sum();
            let wanted = (parcels * step).max(room);
            let cost = (wanted - room) * view.level.market.capacity_cost;
            if state.capacity.is_some() && state.utilisation(&view.level) > full && cost < 0.2 * view.own.cash
            {
                orders.push(Order::Capacity { service: service.id.clone(), parcels: wanted });
            }
        }
        orders.extend(view.adopt_what_pays());
        orders.extend(view.budgets(0.002, 0.005, 0.003, 0.004));
        (orders, notes.clone())
    }
}
