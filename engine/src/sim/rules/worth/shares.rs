//! What shares are worth that change hands: what they are worth at market, less what they cost.

use super::{Estimate, Reason};

impl Estimate<'_> {
    /// Yuan that count as so many a month for ever.
    fn a_month(&self, yuan: f64) -> f64 {
        yuan * self.facts.level.market.discount_rate
    }

    /// New shares are a part of the company with what they bring it. What one gains by the price, whoever owned it before loses.
    pub(super) fn new_shares(
        &self,
        giver: usize,
        taker: usize,
        part: f64,
        price: f64,
    ) -> Vec<(usize, Reason, f64)> {
        let bought = self.a_month(part * (self.facts.market.market_value[giver] + price) - price);
        vec![(taker, Reason::Shares, bought), (giver, Reason::Shares, -bought)]
    }

    /// A stake in a third company is worth its part of it.
    pub(super) fn stake(
        &self,
        giver: usize,
        taker: usize,
        of: &str,
        part: f64,
        price: f64,
    ) -> Vec<(usize, Reason, f64)> {
        let Some(of) = self.facts.level.platforms.iter().position(|platform| platform.id == of) else {
            return Vec::new();
        };
        let bought = self.a_month(part * self.facts.market.market_value[of] - price);
        vec![(taker, Reason::Shares, bought), (giver, Reason::Shares, -bought)]
    }
}
