//! Bids for what an administrator sells, and who may still act.

use crate::sim::rules::possible::bidder;
use crate::sim::rules::standing::{in_words, service};
use crate::sim::state::insolvency::SealedBid;
use crate::sim::turn::dealings::Dealings;

impl Dealings<'_> {
    /// Whether a company's own CEO acts for it.
    pub(super) fn acts(&self, platform: usize) -> Result<(), String> {
        match self.insolvencies.administered(platform) {
            Some(until) => {
                Err(format!("an administrator acts for {} until turn {until}", self.name(platform)))
            }
            None => Ok(()),
        }
    }

    pub(super) fn bid(&mut self, me: usize, id: &str, price: f64) -> Result<(), String> {
        let number = service(self.level, id)?;
        bidder(self.level, me, number, price)?;
        let Some((_, lot)) = self.insolvencies.lot(number) else {
            return Err(format!("`{id}` is not for sale"));
        };
        if self.bids.iter().any(|bid| (bid.by, bid.service) == (me, number)) {
            return Err(format!("there is a bid for `{id}` this turn already"));
        }
        if price < lot.least {
            let (price, least) = (in_words(price), in_words(lot.least));
            return Err(format!("{price} is less than the {least} that `{id}` goes for at least"));
        }
        let cash = self.cash[me].max(0.0);
        if price > cash {
            let (price, cash) = (in_words(price), in_words(cash));
            return Err(format!("the bid is {price}, and there is {cash} in cash"));
        }
        // What is bid cannot be spent on anything else in the same turn.
        self.cash[me] -= price;
        self.bids.push(SealedBid { by: me, service: number, price: (price * 100.0).round() as i128 });
        Ok(())
    }
}
