//! Orders and agreements on shares are carried out: who owns whom changes at once, and what is due for it is paid when the turn settles.

use super::dealings::Dealings;
use crate::level::MOST_HELD;
use crate::order::{Order, Orders, Term};
use crate::sim::rules::capital::{asked, bid, raised, unit_price};
use crate::sim::rules::possible::{other, own, possible};
use crate::sim::rules::standing::in_words;
use crate::sim::state::capital::{Capital, Due, Float, Issue, Listing};
use crate::sim::state::events::Event;

/// What is left of a part after rounding when it is all there was.
const CRUMB: f64 = 1e-9;

impl Dealings<'_> {
    /// Carries out an order on shares.
    pub(super) fn shares(&mut self, me: usize, order: &Order) -> Result<(), String> {
        possible(self.level, me, order)?;
        match order {
            Order::Dividend { part } => {
                self.capital.dividend[me] = *part;
                Ok(())
            }
            Order::Issue { part, least } => self.issue(me, *part, *least),
            Order::List { service, part, least } => {
                let number = own(self.level, me, service)?;
                self.list(me, number, *part, *least)
            }
            Order::Buy { of, part, most } => {
                let of = other(self.level, me, of)?;
                self.buy(me, of, *part, *most)
            }
            Order::Sell { of, part, least } => {
                let of = other(self.level, me, of)?;
                self.sell(me, of, *part, *least)
            }
            _ => Ok(()),
        }
    }

    /// Whether the public buys anything from a company now.
    fn window(&self, me: usize) -> Result<(), String> {
        let market = &self.level.market;
        if self.mood < market.mood_window {
            return Err(format!(
                "nobody buys shares now: the mood is {:.2}, and {:.2} is the least",
                self.mood, market.mood_window
            ));
        }
        let again = self.capital.called_off[me].map_or(0, |turn| turn + market.issue_wait as u32);
        if self.turn < again {
            return Err(format!("the public was disappointed; it listens again in turn {again}"));
        }
        Ok(())
    }

    /// A sale to the public that does not bring what it must is called off, and everybody hears of it.
    fn called_off(&mut self, me: usize, service: Option<usize>) {
        self.capital.called_off[me] = Some(self.turn);
        self.news.push(Event::CalledOff { by: me, service });
    }

    fn issue(&mut self, me: usize, part: f64, least: f64) -> Result<(), String> {
        self.window(me)?;
        let value = self.market_value[me];
        if value <= 0.0 {
            return Err("a company that is worth nothing has no shares to sell".into());
        }
        let yuan = raised(self.level, self.mood, value, part);
        if yuan < least {
            self.called_off(me, None);
            return Ok(());
        }
        self.capital.dilute(me, part);
        self.capital.public[me] += part;
        // What all of the company at the beginning cost those who bought now.
        let price = yuan / part * self.capital.founding[me] + self.capital.paid[me];
        self.capital.issues.push(Issue { by: me, price });
        self.pay(None, Some(me), yuan);
        self.news.push(Event::Issued { by: me, fen: in_fen(yuan) });
        Ok(())
    }

    fn list(&mut self, me: usize, service: usize, part: f64, least: f64) -> Result<(), String> {
        self.window(me)?;
        let listed = self.capital.listed(service);
        if listed + part > 1.0 + CRUMB {
            return Err(format!("the public owns {:.0}% of it already", 100.0 * listed));
        }
        let yuan = unit_price(self.level, self.mood, self.service_profit[service], part);
        if yuan <= 0.0 || yuan < least {
            self.called_off(me, Some(service));
            return Ok(());
        }
        self.capital.listings.push(Listing { service, part });
        self.pay(None, Some(me), yuan);
        self.news.push(Event::Listed { by: me, service, fen: in_fen(yuan) });
        Ok(())
    }

    /// What can be bought of each company: where all want more than there is, everybody gets the same part of what it asked for, as an
    /// issue is allotted that too many sign for.
    pub(super) fn allot(&mut self, orders: &[Orders]) {
        self.floats = (0..self.level.platforms.len())
            .map(|of| Float { public: self.capital.public[of], held: self.capital.held(of), allotted: 1.0 })
            .collect();
        let mut wanted = vec![0.0; self.floats.len()];
        for (me, order) in orders.iter().enumerate().flat_map(|(me, list)| list.iter().map(move |o| (me, o)))
        {
            let Order::Buy { of, part, most } = order else { continue };
            if self.is_here(me).is_err() || possible(self.level, me, order).is_err() {
                continue;
            }
            let Ok(of) = other(self.level, me, of) else { continue };
            if self.quote(me, of, *part, *most).is_ok() {
                wanted[of] += part;
            }
        }
        for (float, wanted) in self.floats.iter_mut().zip(wanted) {
            let free = float.public.min(MOST_HELD - float.held);
            float.allotted = if wanted > free { free / wanted } else { 1.0 };
        }
    }

    /// What a part of a company costs.
    fn quote(&self, me: usize, of: usize, part: f64, most: Option<f64>) -> Result<f64, String> {
        self.is_here(of)?;
        let name = self.name(of);
        let Float { public, held, .. } = self.floats[of];
        if part > public + CRUMB {
            return Err(format!(
                "the public owns {:.1}% of {name}, and no more can be bought",
                100.0 * public
            ));
        }
        if held + part > MOST_HELD + CRUMB {
            return Err(format!(
                "other companies would own {:.0}% of {name}, and at most {:.0}% they can",
                100.0 * (held + part),
                100.0 * MOST_HELD
            ));
        }
        if self.market_value[of] <= 0.0 {
            return Err(format!("shares of {name} are worth nothing, and nobody quotes a price"));
        }
        let yuan = asked(self.level, self.market_value[of], part);
        let (cost, cash) = (in_words(yuan), in_words(self.cash[me].max(0.0)));
        if most.is_some_and(|most| yuan > most) {
            return Err(format!("they would cost {cost}, more than you would pay"));
        }
        if yuan > self.cash[me].max(0.0) {
            return Err(format!("they would cost {cost}, and there is {cash} in cash"));
        }
        Ok(yuan)
    }

    fn buy(&mut self, me: usize, of: usize, part: f64, most: Option<f64>) -> Result<(), String> {
        self.quote(me, of, part, most)?;
        let part = part * self.floats[of].allotted;
        let yuan = asked(self.level, self.market_value[of], part);
        let left = &mut self.capital.public[of];
        *left = if *left - part < CRUMB { 0.0 } else { *left - part };
        self.capital.stakes[[of, me]] += part;
        self.pay(Some(me), None, yuan);
        self.news.push(Event::BoughtStake { by: me, of, fen: in_fen(yuan) });
        Ok(())
    }

    fn sell(&mut self, me: usize, of: usize, part: f64, least: f64) -> Result<(), String> {
        let mut capital = self.capital.clone();
        self.take(&mut capital, me, of, part)?;
        let yuan = bid(self.level, self.mood, self.market_value[of], part);
        if yuan < least {
            return Err(format!("they would bring {}, less than you ask", in_words(yuan)));
        }
        *self.capital = capital;
        self.capital.public[of] += part;
        self.pay(None, Some(me), yuan);
        self.news.push(Event::SoldStake { by: me, of, fen: in_fen(yuan) });
        Ok(())
    }

    fn pay(&mut self, from: Option<usize>, to: Option<usize>, yuan: f64) {
        if let Some(from) = from {
            self.cash[from] -= yuan;
        }
        self.capital.due.push(Due { from, to, yuan });
    }

    /// Whether the shares of what two would agree on can be had and paid for: of all terms together, since one may give away what
    /// another promises.
    pub(super) fn may_trade(&self, giver: usize, taker: usize, terms: &[Term]) -> Result<(), String> {
        let mut capital = self.capital.clone();
        let mut due = 0.0;
        for term in terms {
            let Some((of, price)) = self.change_hands(&mut capital, giver, taker, term)? else { continue };
            due += price;
            let held = capital.held(of);
            if held > MOST_HELD + CRUMB {
                let name = self.name(of);
                return Err(format!("companies would own {:.0}% of {name} together", 100.0 * held));
            }
        }
        if due > self.cash[taker].max(0.0) && due > 0.0 {
            return Err(format!("{} cannot pay {} for shares", self.name(taker), in_words(due)));
        }
        Ok(())
    }

    /// Shares that were agreed on change hands.
    pub(super) fn trade(&mut self, giver: usize, taker: usize, terms: &[Term]) {
        for term in terms {
            let mut capital = self.capital.clone();
            // Whether it can be done has been asked before the answer was taken.
            let Ok(Some((of, price))) = self.change_hands(&mut capital, giver, taker, term) else { continue };
            *self.capital = capital;
            self.pay(Some(taker), Some(giver), price);
            self.news.push(Event::BoughtStake { by: taker, of, fen: in_fen(price) });
        }
    }

    /// Shares of one term change hands, if it is about any: of whom, and for how much.
    fn change_hands(
        &self,
        capital: &mut Capital,
        giver: usize,
        taker: usize,
        term: &Term,
    ) -> Result<Option<(usize, f64)>, String> {
        let (of, part, price) = match term {
            Term::NewShares { part, price } => {
                capital.dilute(giver, *part);
                (giver, *part, *price)
            }
            Term::Stake { of, part, price } => {
                let of = other(self.level, giver, of)?;
                self.take(capital, giver, of, *part)?;
                (of, *part, *price)
            }
            _ => return Ok(None),
        };
        capital.stakes[[of, taker]] += part;
        Ok(Some((of, price)))
    }

    /// Takes a part of a company out of another's hands.
    fn take(&self, capital: &mut Capital, from: usize, of: usize, part: f64) -> Result<(), String> {
        let stake = &mut capital.stakes[[of, from]];
        if part > *stake + CRUMB {
            let (owner, owned) = (self.name(from), self.name(of));
            return Err(format!("{owner} owns {:.1}% of {owned}", 100.0 * *stake));
        }
        *stake = if *stake - part < CRUMB { 0.0 } else { *stake - part };
        Ok(())
    }
}

fn in_fen(yuan: f64) -> i128 {
    (yuan * 100.0).round() as i128
}
