//! Orders are carried out, of all companies phase by phase, so that none gains by its place in the list. Here are those on
//! services; agreements, and what is answered before the public, have files of their own.

use crate::level::Level;
use crate::level::services::{CarrierSupply, ServiceKind};
use crate::order::{Access, Order, Orders, Term};
use crate::sim::rules::possible::{adopter, openable, other, own, room, whom};
use crate::sim::rules::standing::{Standing, in_words, service, service_price};
use crate::sim::state::capital::{Capital, Float};
use crate::sim::state::chronicle::{Chosen, Chronicle};
use crate::sim::state::companies::Policy;
use crate::sim::state::engineering::{Engineering, Goal};
use crate::sim::state::events::Event;
use crate::sim::state::files::Files;
use crate::sim::state::insolvency::{Insolvencies, SealedBid};
use crate::sim::state::negotiations::Negotiations;
use crate::sim::state::relations::Relations;
use crate::sim::state::services::ServiceState;
use crate::sim::state::world::Refusal;

/// Everything that orders act on. Lists are by platform.
pub(in crate::sim) struct Dealings<'a> {
    pub level: &'a Level,
    pub policies: Vec<Policy>,
    pub engineering: Vec<Engineering>,
    pub services: Vec<ServiceState>,
    pub negotiations: &'a mut Negotiations,
    pub relations: &'a Relations,
    pub news: &'a mut Vec<Event>,
    /// Yuan, what is spent on building this turn taken off.
    pub cash: Vec<f64>,
    /// Sales by category last turn.
    pub sales: Vec<Vec<f64>>,
    /// Services that are wallets which nobody holds.
    pub held_by_nobody: Vec<bool>,
    /// Room of each service when the turn began.
    pub rooms: Vec<Option<f64>>,
    /// Agreements to be ended: number, by whom, whether at once.
    pub ends: Vec<(u32, usize, bool)>,
    /// Who owns whom.
    pub capital: &'a mut Capital,
    /// What each company is worth as a whole, yuan.
    pub market_value: Vec<f64>,
    /// What each service would have earned last month, had it been a usual one, yuan.
    pub service_profit: Vec<f64>,
    /// How willingly the public buys shares.
    pub mood: f64,
    /// What can be bought of each company this turn.
    pub floats: Vec<Float>,
    /// What waits for an answer.
    pub chronicle: &'a Chronicle,
    /// Answers to events.
    pub answers: Vec<Chosen>,
    /// The turn that is ordered for.
    pub turn: u32,
    /// What the regulator has on file.
    pub files: &'a Files,
    /// Who contests a decision, and who complies with it: platform, whether it contests.
    pub pleas: Vec<(usize, bool)>,
    /// For whom an administrator acts, and what is for sale.
    pub insolvencies: &'a Insolvencies,
    /// Sealed bids.
    pub bids: Vec<SealedBid>,
}

/// When an order is carried out: owners say what is open, then negotiations are concluded, then everybody acts on both and buys what
/// shares the public has, and at last makes new offers.
fn phase(order: &Order) -> usize {
    match order {
        Order::Open { .. } | Order::Close { .. } | Order::Block { .. } | Order::ServicePrice { .. } => 0,
        Order::Answer { .. } | Order::End { .. } => NEGOTIATIONS,
        Order::Buy { .. } => PURCHASES,
        Order::Offer { .. } => PHASES - 1,
        _ => 2,
    }
}

const NEGOTIATIONS: usize = 1;
const PURCHASES: usize = 3;
const PHASES: usize = 5;

impl Dealings<'_> {
    /// Carries all orders out; what was refused, by platform, in the order given.
    pub fn carry_out(&mut self, orders: Vec<Orders>) -> Vec<Vec<Refusal>> {
        let mut refused: Vec<Vec<(usize, Refusal)>> = vec![Vec::new(); orders.len()];
        for now in 0..PHASES {
            if now == PURCHASES {
                self.allot(&orders);
            }
            for (platform, orders) in orders.iter().enumerate() {
                for (place, order) in orders.iter().enumerate().filter(|(_, order)| phase(order) == now) {
                    if let Err(reason) = self.order(platform, order) {
                        refused[platform].push((place, Refusal { order: order.clone(), reason }));
                    }
                }
            }
            if now == NEGOTIATIONS {
                self.close_negotiations();
            }
        }
        self.negotiations.offers = std::mem::take(&mut self.negotiations.made);
        refused.iter_mut().for_each(|list| list.sort_by_key(|(place, _)| *place));
        refused.into_iter().map(|list| list.into_iter().map(|(_, refusal)| refusal).collect()).collect()
    }

    fn order(&mut self, me: usize, order: &Order) -> Result<(), String> {
        self.is_here(me)?;
        self.acts(me)?;
        match order {
            Order::Open { service, to, access } => self.open(me, service, to.as_ref(), *access),
            Order::Close { service, to } => self.close(me, service, to.as_ref()),
            Order::Block { platform } => self.block(me, platform),
            Order::ServicePrice { service, to, price } => self.price(me, service, to.as_ref(), *price),
            Order::Capacity { service, parcels } => self.capacity(me, service, *parcels),
            Order::Adopt { service } => self.adopt(me, service),
            Order::Drop { service } => self.drop_service(me, service),
            Order::Abort { service } => self.abort(me, service),
            Order::Offer { to, deal } => self.offer(me, to, deal),
            Order::Answer { from, answer } => self.answer(me, from, answer),
            Order::End { agreement, at_once } => self.end(me, *agreement, *at_once),
            Order::Choose { event, choice } => self.choose(me, event, choice),
            Order::Exclusivity { on } => self.bind(me, *on),
            Order::Dividend { .. }
            | Order::Issue { .. }
            | Order::List { .. }
            | Order::Buy { .. }
            | Order::Sell { .. } => self.shares(me, order),
            Order::Comply => self.plead(me, false),
            Order::Contest => self.plead(me, true),
            Order::Bid { service, price } => self.bid(me, service, *price),
            _ => {
                let Self { level, cash, sales, policies, .. } = self;
                let standing = Standing { level, platform: me, cash: cash[me], sales: &sales[me] };
                standing.apply(order, &mut policies[me])
            }
        }
    }

    /// Whether a company stands in the market.
    pub(super) fn is_here(&self, platform: usize) -> Result<(), String> {
        match &self.level.platforms[platform] {
            known if known.here => Ok(()),
            known if known.left => Err(format!("{} has closed", known.name)),
            known => Err(format!("{} has not entered the market yet", known.name)),
        }
    }

    pub(super) fn name(&self, platform: usize) -> &str {
        &self.level.platforms[platform].name
    }

    fn open(&mut self, me: usize, id: &str, to: Option<&String>, access: Access) -> Result<(), String> {
        let number = own(self.level, me, id)?;
        openable(self.level, number, access)?;
        let whom = whom(self.level, me, to)?;
        for &to in &whom {
            self.may_open(me, to)?;
            if access < self.services[number].counterparts[to].granted {
                self.may_close(me, number, to)?;
            }
        }
        for to in whom {
            self.negotiations.open_beyond(number, to, access);
            let counterpart = &mut self.services[number].counterparts[to];
            let (before, was) = (counterpart.in_force(), counterpart.granted);
            counterpart.granted = access;
            if access > was {
                self.news.push(Event::Opened { by: me, to, service: number });
            } else if counterpart.in_force() < before {
                self.news.push(Event::Closed { by: me, to, service: number });
            } else if access < was {
                self.news.push(Event::Withdrawn { by: me, to, service: number });
            }
        }
        Ok(())
    }

    /// Whether no promise to a third company forbids it.
    pub(super) fn may_open(&self, me: usize, to: usize) -> Result<(), String> {
        let Some(agreement) = self.negotiations.front(me, &self.level.platforms[to].id) else {
            return Ok(());
        };
        let ally = agreement.partner_of(me).map_or("somebody", |ally| self.name(ally));
        Err(format!(
            "agreement {} promises {ally} that nothing further is opened to {}; end that first",
            agreement.number,
            self.name(to)
        ))
    }

    /// Whether no promise to a third company forbids what one of two grants the other.
    pub(super) fn may_grant(&self, me: usize, to: usize, terms: &[Term]) -> Result<(), String> {
        let opens = |term: &Term| matches!(term, Term::Service { .. } | Term::Data | Term::Insight);
        if terms.iter().any(opens) { self.may_open(me, to) } else { Ok(()) }
    }

    /// Whether nothing that was promised forbids it.
    fn may_close(&self, me: usize, number: usize, to: usize) -> Result<(), String> {
        if let Some(agreement) = self.negotiations.opens(number, to) {
            let name = self.name(to);
            return Err(format!("agreement {} opens it to {name}; end that first", agreement.number));
        }
        if self.negotiations.promised_not_to_block(me, to) {
            return Err(format!(
                "{} was promised that nothing is closed; end that agreement first",
                self.name(to)
            ));
        }
        Ok(())
    }

    fn close(&mut self, me: usize, id: &str, to: Option<&String>) -> Result<(), String> {
        let number = own(self.level, me, id)?;
        let whom = whom(self.level, me, to)?;
        let open = |&to: &usize| self.services[number].counterparts[to].granted > Access::Blocked;
        let whom: Vec<usize> = whom.into_iter().filter(open).collect();
        if whom.is_empty() {
            return Err(format!("`{id}` is closed already"));
        }
        whom.iter().try_for_each(|&to| self.may_close(me, number, to))?;
        for to in whom {
            self.shut(me, number, to);
        }
        Ok(())
    }

    /// Closes a service; somebody who used it loses it.
    fn shut(&mut self, me: usize, number: usize, to: usize) {
        let counterpart = &mut self.services[number].counterparts[to];
        let used = counterpart.in_force() > Access::Blocked;
        counterpart.granted = Access::Blocked;
        let (by, service) = (me, number);
        self.news.push(if used {
            Event::Closed { by, to, service }
        } else {
            Event::Withdrawn { by, to, service }
        });
    }

    fn block(&mut self, me: usize, platform: &str) -> Result<(), String> {
        let to = other(self.level, me, platform)?;
        let open: Vec<usize> = (0..self.services.len())
            .filter(|&number| self.level.services[number].owner == Some(me))
            .filter(|&number| self.services[number].counterparts[to].granted > Access::Blocked)
            .collect();
        if open.is_empty() {
            return Err(format!("nothing of yours is open to {}", self.name(to)));
        }
        open.iter().try_for_each(|&number| self.may_close(me, number, to))?;
        for number in open {
            self.services[number].counterparts[to].granted = Access::Blocked;
        }
        self.news.push(Event::Blocked { by: me, to });
        Ok(())
    }

    fn price(&mut self, me: usize, id: &str, to: Option<&String>, price: f64) -> Result<(), String> {
        let number = own(self.level, me, id)?;
        service_price(self.level, number, price)?;
        let whom = whom(self.level, me, to)?;
        for platform in whom {
            match self.negotiations.opens(number, platform) {
                Some(agreement) if to.is_some() => {
                    return Err(format!(
                        "agreement {} fixes its price to {}",
                        agreement.number,
                        self.name(platform)
                    ));
                }
                Some(_) => {}
                None => self.services[number].counterparts[platform].price = price,
            }
        }
        if to.is_none() {
            self.services[number].counterparts[me].price = price;
        }
        Ok(())
    }

    fn capacity(&mut self, me: usize, id: &str, parcels: f64) -> Result<(), String> {
        let number = own(self.level, me, id)?;
        room(self.level, number, parcels)?;
        let room = self.services[number].capacity.unwrap_or(0.0);
        // Several orders in a turn give up no more than one.
        let least = self.rooms[number].unwrap_or(room) * (1.0 - self.level.market.capacity_decline);
        let more = parcels - room;
        let cost = more.max(0.0) * self.level.market.capacity_cost;
        if cost > self.cash[me].max(0.0) {
            let (cost, cash) = (in_words(cost), in_words(self.cash[me].max(0.0)));
            return Err(format!("building that room costs {cost}, and there is {cash} in cash"));
        }
        self.cash[me] -= cost;
        let service = &mut self.services[number];
        service.built += more.max(0.0);
        service.capacity = Some(parcels.max(least).min(parcels.max(room)));
        Ok(())
    }

    pub(super) fn familiar(&self, me: usize, owner: Option<usize>) -> f64 {
        owner.map_or(0.0, |owner| self.relations.0[[me, owner]])
    }

    pub(super) fn adopt(&mut self, me: usize, id: &str) -> Result<(), String> {
        let number = service(self.level, id)?;
        adopter(self.level, me)?;
        let owner = self.level.services[number].owner;
        let counterpart = self.services[number].counterparts[me];
        if counterpart.granted == Access::Blocked {
            let owner = owner.map_or("its firm", |owner| self.name(owner));
            return Err(format!("{owner} has not opened `{id}` to you"));
        }
        if self.held_by_nobody[number] && owner != Some(me) {
            return Err(format!("nobody holds `{id}`, so nobody would pay with it"));
        }
        let (built, granted) = (self.engineering[me].built[number], counterpart.granted);
        let reachable = built.min(granted);
        let deeper = built < granted && self.level.step_to(number, granted).is_some();
        if !deeper && counterpart.used >= reachable {
            return Err(format!("`{id}` is in use already"));
        }
        if self.engineering[me].works_on(number) {
            // An agreement of this turn may have begun it.
            return Ok(());
        }
        let familiar = self.familiar(me, owner);
        let begun = self.engineering[me].start(self.level, number, granted, familiar);
        // What lacks a step before it can still be used as far as it is built.
        if counterpart.used >= reachable {
            begun?;
        }
        let counterpart = &mut self.services[number].counterparts[me];
        counterpart.used = counterpart.used.max(built);
        Ok(())
    }

    fn drop_service(&mut self, me: usize, id: &str) -> Result<(), String> {
        let number = service(self.level, id)?;
        if self.services[number].counterparts[me].used == Access::Blocked {
            return Err(format!("`{id}` is not in use"));
        }
        let takes_contracts = |number: usize| matches!(&self.level.services[number].kind, ServiceKind::Carrier(c) if c.supply != CarrierSupply::Crowd);
        let others = (0..self.services.len())
            .any(|other| other != number && takes_contracts(other) && self.services[other].serves(me));
        if takes_contracts(number) && !others && self.level.platforms[me].shop.is_some() {
            return Err("your merchants would have nobody left to ship with".into());
        }
        self.services[number].counterparts[me].used = Access::Blocked;
        Ok(())
    }

    fn abort(&mut self, me: usize, id: &str) -> Result<(), String> {
        let number = service(self.level, id)?;
        if !self.engineering[me].works_on(number) {
            return Err(format!("nobody is working on `{id}`"));
        }
        let other = |goal: &Goal| !matches!(goal, Goal::Service(found, _) if *found == number);
        self.engineering[me].projects.retain(|project| other(&project.goal));
        Ok(())
    }
}
