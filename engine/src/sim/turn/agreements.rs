//! Offers and agreements: proposed, answered, kept for as long as they hold, ended.

use crate::order::{Answer, Deal, Term};
use crate::sim::rules::possible::{other, sound};
use crate::sim::state::events::Event;
use crate::sim::state::negotiations::PendingOffer;
use crate::sim::turn::dealings::Dealings;

impl Dealings<'_> {
    pub(super) fn offer(&mut self, me: usize, to: &str, deal: &Deal) -> Result<(), String> {
        let to = other(self.level, me, to)?;
        self.is_here(to)?;
        self.acts(to)?;
        sound(self.level, me, to, deal)?;
        self.may_grant(me, to, &deal.gives)?;
        if self.negotiations.made.iter().any(|offer| (offer.from, offer.to) == (me, to)) {
            return Err(format!("there is an offer to {} this turn already", self.name(to)));
        }
        self.negotiations.made.push(PendingOffer { from: me, to, deal: deal.clone() });
        self.news.push(Event::Offered { by: me, to });
        Ok(())
    }

    pub(super) fn answer(&mut self, me: usize, from: &str, answer: &Answer) -> Result<(), String> {
        let of = other(self.level, me, from)?;
        let Some(place) =
            self.negotiations.offers.iter().position(|offer| (offer.from, offer.to) == (of, me))
        else {
            return Err(format!("{} has offered nothing that waits for an answer", self.name(of)));
        };
        let deal = self.negotiations.offers[place].deal.clone();
        if *answer == Answer::Accept {
            self.may_grant(me, of, &deal.asks)?;
            // Whoever offered it may have promised otherwise since.
            self.may_grant(of, me, &deal.gives)?;
            self.may_trade(me, of, &deal.asks)?;
            self.may_trade(of, me, &deal.gives)?;
        }
        if let Answer::Counter(deal) = answer {
            sound(self.level, me, of, deal)?;
            self.may_grant(me, of, &deal.gives)?;
            if self.negotiations.made.iter().any(|offer| (offer.from, offer.to) == (me, of)) {
                return Err(format!("there is an offer to {} this turn already", self.name(of)));
            }
        }
        let offer = self.negotiations.offers.remove(place);
        match answer {
            Answer::Refuse => self.news.push(Event::Refused { by: me, of, because: None }),
            &Answer::RefuseBecause(why) => {
                self.news.push(Event::Refused { by: me, of, because: Some(why) });
            }
            Answer::Counter(deal) => {
                self.negotiations.made.push(PendingOffer { from: me, to: of, deal: deal.clone() });
                self.news.push(Event::Countered { by: me, of });
            }
            Answer::Accept => {
                let number =
                    self.negotiations.conclude(self.level, &mut self.services, (of, me), &offer.deal);
                self.news.push(Event::Accepted { by: me, of, agreement: number });
                for (terms, owner, user) in [(&offer.deal.gives, of, me), (&offer.deal.asks, me, of)] {
                    self.trade(owner, user, terms);
                    self.integrate(terms, owner, user);
                }
            }
        }
        Ok(())
    }

    /// Begins to build what an agreement opened. What is still missing before shows when the service is adopted.
    fn integrate(&mut self, terms: &[Term], owner: usize, user: usize) {
        let familiar = self.familiar(user, Some(owner));
        for term in terms {
            match term {
                Term::Service { service, .. } if self.level.platforms[user].shop.is_some() => {
                    let _ = self.adopt(user, service);
                }
                Term::Data => {
                    let _ = self.engineering[user].join(self.level, owner, familiar);
                }
                _ => {}
            }
        }
    }

    pub(super) fn end(&mut self, me: usize, number: u32, at_once: bool) -> Result<(), String> {
        let found = self.negotiations.agreements.iter().find(|agreement| agreement.number == number);
        let Some(agreement) = found.filter(|agreement| agreement.parties.contains(&me)) else {
            return Err(format!("agreement {number} is none of yours"));
        };
        if agreement.ending && !at_once {
            return Err(format!("notice of agreement {number} was given already"));
        }
        if self.ends.iter().any(|&(ended, by, _)| (ended, by) == (number, me)) {
            return Err(format!("agreement {number} is being ended already"));
        }
        self.ends.push((number, me, at_once));
        Ok(())
    }

    /// Ends what was ended, and forgets offers that nobody answered.
    pub(super) fn close_negotiations(&mut self) {
        let ends = std::mem::take(&mut self.ends);
        for &(number, by, at_once) in &ends {
            // Where both end it, nobody is to blame.
            let both = ends.iter().filter(|(ended, ..)| *ended == number).count() > 1;
            let agreements = &mut self.negotiations.agreements;
            let Some(agreement) = agreements.iter_mut().find(|agreement| agreement.number == number) else {
                continue;
            };
            let Some(to) = agreement.partner_of(by) else { continue };
            let penalty = agreement.penalty;
            if both {
                self.negotiations.dissolve(self.level, &mut self.services, number);
                self.news.push(Event::Expired { agreement: number });
            } else if at_once && agreement.notice > 0 {
                self.news.push(Event::Broken { by, to, agreement: number });
                self.negotiations.penalties.push((by, to, penalty));
                self.negotiations.dissolve(self.level, &mut self.services, number);
            } else {
                agreement.ending = true;
                agreement.months = agreement.months.min(agreement.notice);
                let over = agreement.months == 0;
                self.news.push(Event::NoticeGiven { by, to, agreement: number });
                if over {
                    self.negotiations.dissolve(self.level, &mut self.services, number);
                    self.news.push(Event::Expired { agreement: number });
                }
            }
        }
        for offer in std::mem::take(&mut self.negotiations.offers) {
            self.news.push(Event::Lapsed { by: offer.to, of: offer.from });
        }
    }
}
