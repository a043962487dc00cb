//! Sums that must fit the ledger, whatever their parts are.

use super::checker::{Checker, plain};
use crate::Level;
use crate::services::ServiceKind;

/// Most that people could spend in a month, in yuan: a century of it in fen still fits 64 bits.
const MAX_POTENTIAL: f64 = 1e13;
/// Most that anything else may come to in a month, in yuan.
const MAX_MONTHLY: f64 = 1e13;
/// Most people: members times the largest fee stay below the same bound.
pub(super) const MAX_PEOPLE: f64 = 1e10;

impl Checker<'_> {
    /// What a level comes to altogether fits the ledger.
    pub(super) fn fits_the_ledger(&mut self, level: &Level) {
        let (people, potential) = (level.population(), level.total_potential());
        if people > MAX_PEOPLE || potential > MAX_POTENTIAL {
            let message = format!("{people:.0} people who could spend ¥{potential:.0} a month");
            let expected = format!(
                "at most {MAX_PEOPLE:.0} people and ¥{MAX_POTENTIAL:.0}, so that sums fit the ledger"
            );
            self.complain("regions", message, &expected);
        }
        for (path, what, yuan) in monthly_sums(level) {
            if yuan > MAX_MONTHLY {
                let message = format!("{what} ¥{} a month", plain(yuan));
                let expected = format!("at most ¥{} a month together", plain(MAX_MONTHLY));
                self.complain(&path, message, &expected);
            }
        }
    }
}

/// Sums that a level states by its parts, each of them in its range: where, what it is and yuan a month.
fn monthly_sums(level: &Level) -> Vec<(String, &'static str, f64)> {
    let mut sums = Vec::new();
    for (index, platform) in level.platforms.iter().enumerate() {
        let pay = platform.engineers * level.market.engineer_cost;
        sums.push((format!("platforms[{index}].engineers"), "these engineers cost", pay));
        if let Some(shop) = &platform.shop {
            let people = level.population();
            for (field, what, each, of) in [
                ("membership_fee", "members could pay", shop.membership_fee, people),
                ("cost_per_member", "members could cost", shop.cost_per_member, people),
                ("merchant_fee", "shops could pay", shop.merchant_fee, level.setup.shops),
                ("cost_per_merchant", "shops could cost", shop.cost_per_merchant, level.setup.shops),
            ] {
                sums.push((format!("platforms[{index}].shop.{field}"), what, each.abs() * of));
            }
        }
    }
    for (index, service) in level.services.iter().enumerate() {
        let (field, what, yuan) = match &service.kind {
            ServiceKind::Carrier(carrier) => {
                ("capacity", "this room costs", carrier.capacity.unwrap_or(0.0) * carrier.fixed_cost)
            }
            ServiceKind::Wallet(wallet) => {
                ("income", "habits could bring", wallet.income * level.population())
            }
            ServiceKind::App(app) => {
                ("advert_income", "attention could bring", app.advert_income * level.population())
            }
        };
        sums.push((format!("services[{index}].{field}"), what, yuan));
    }
    sums
}
