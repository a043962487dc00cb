//! Loans as a strategy sees them: the terms that pay best by public facts.

use super::PlatformView;
use crate::order::{Order, Orders};
use crate::sim::rules::credit::best_terms;
use crate::sim::state::loans::LoanTerms;

impl PlatformView {
    /// The index of the economy in the last month.
    pub fn economy(&self) -> f64 {
        self.level.calendar.economy(self.turn - 1)
    }

    /// Orders that lend on the terms that pay best in such an economy, to a part of those to whom these lend; those that change
    /// nothing are left out.
    pub fn loans(&self, index: f64, part: f64) -> Orders {
        let market = &self.level.market;
        let best = best_terms(index, market);
        let terms = LoanTerms { standard: 1.0 - part * (1.0 - best.standard), ..best };
        let credit = self.own.policy.prices.credit;
        let mut orders = Orders::new();
        // Whoever lends to nobody may ask what it likes.
        let new = |stands: LoanTerms| terms != stands && (terms.lends() || stands.lends());
        let LoanTerms { rate, standard } = terms;
        if market.merchant_credit_need > 0.0 && self.level.setup.merchants > 0 && new(credit.merchants) {
            orders.push(Order::MerchantCredit { rate, standard });
        }
        if market.buyer_credit_need > 0.0 && new(credit.buyers) {
            orders.push(Order::BuyerCredit { rate, standard });
        }
        orders
    }
}
