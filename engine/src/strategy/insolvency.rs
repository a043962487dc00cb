//! Insolvency as a strategy sees it: who acts, what is for sale, and what it is worth.

use super::PlatformView;
use crate::order::{Order, Orders};
use crate::sim::rules::insolvency::{credit_line, worth};
use crate::sim::state::insolvency::Lot;

/// Part of what a service is worth that is bid for it: whoever bids all of it gains nothing.
const PART_BID: f64 = 0.5;
/// Part of its cash that a company bids in a month.
const PART_OF_CASH: f64 = 0.5;

impl PlatformView {
    /// Whether no administrator runs a company, and it has not closed.
    pub fn solvent(&self, platform: usize) -> bool {
        !self.level.platforms[platform].left && self.public.insolvencies.administered(platform).is_none()
    }

    /// What a company owes at least, as far as everybody knows it, in yuan; nothing where it is not known to owe anything.
    pub fn known_debt(&self, platform: usize) -> Option<f64> {
        let solvency = self.public.insolvencies.of(platform).filter(|solvency| solvency.overdrawn > 0)?;
        let line = credit_line(&self.level.market, &self.market(), platform);
        // A hair more than nothing, or than the line.
        Some(if solvency.beyond > 0 { line + 1.0 } else { 1.0 })
    }

    /// What is for sale of others, and what it is worth to whoever goes on with it as it is, in yuan: what is worth most first.
    pub fn for_sale(&self) -> Vec<(Lot, f64)> {
        let others = self.public.insolvencies.lots().filter(|(seller, _)| *seller != self.me);
        let mut lots: Vec<_> = others.map(|(_, lot)| (lot, worth(lot, &self.level.market))).collect();
        lots.sort_by(|one, other| other.1.total_cmp(&one.1));
        lots
    }

    /// Bids for all that is for sale and worth anything, as far as half of the cash goes.
    pub fn bids(&self) -> Orders {
        let mut left = PART_OF_CASH * self.own.cash.max(0.0);
        let mut orders = Orders::new();
        for (lot, worth) in self.for_sale() {
            let price = (PART_BID * worth).min(left).floor();
            if price > 0.0 && price >= lot.least {
                left -= price;
                orders.push(Order::Bid { service: self.level.services[lot.service].id.clone(), price });
            }
        }
        orders
    }
}
