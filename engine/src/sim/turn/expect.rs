//! The public expects what announcements will bring: agreements, services opened, closed or blocked, remedies. What was announced in a
//! turn is estimated from what everybody knew before it; what comes replaces it.

use bevy::prelude::*;

use crate::level::Level;
use crate::order::{Access, Term};
use crate::sim::rules::antitrust::{open_enough, stands};
use crate::sim::rules::expectation::{is_past, months_to_build};
use crate::sim::rules::worth::{Facts, Reason};
use crate::sim::state::companies::{Company, Policy};
use crate::sim::state::engineering::Engineering;
use crate::sim::state::expectations::{Cause, Effect, Expectations};
use crate::sim::state::files::{Files, Stage};
use crate::sim::state::negotiations::{Agreement, Negotiations};
use crate::sim::state::outcome::Outcome;
use crate::sim::state::services::{ServiceState, in_order};
use crate::sim::state::world::{Before, Clock, CurrentLevel};

/// Sees how companies are joined before anything changes.
pub(in crate::sim) fn look(
    level: Res<CurrentLevel>,
    negotiations: Res<Negotiations>,
    companies: Query<(&Company, &Engineering)>,
    services: Query<&ServiceState>,
    mut before: ResMut<Before>,
) {
    before.0 = (level.0.market.expectation > 0.0).then(|| {
        let services = in_order(services.iter()).into_iter().cloned().collect();
        let mut built: Vec<_> = companies.iter().collect();
        built.sort_by_key(|(company, _)| company.0);
        (services, built.into_iter().map(|(_, built)| built.clone()).collect(), negotiations.clone())
    });
}

/// What the turn's announcements will bring is expected from now on.
pub(in crate::sim) fn announce(
    (level, clock): (Res<CurrentLevel>, Res<Clock>),
    (outcome, files, negotiations): (Res<Outcome>, Res<Files>, Res<Negotiations>),
    companies: Query<(&Company, &Policy, &Engineering)>,
    services: Query<&ServiceState>,
    mut before: ResMut<Before>,
    mut expectations: ResMut<Expectations>,
) {
    let Some((services_before, built_before, negotiations_before)) = before.0.take() else { return };
    let level = &level.0;
    let mut companies: Vec<_> = companies.iter().collect();
    companies.sort_by_key(|(company, ..)| company.0);
    let shop = |platform: usize| level.platforms[platform].shop.is_some() && level.platforms[platform].here;
    let prices = || companies.iter().map(|(company, policy, _)| shop(company.0).then_some(&policy.prices));
    let facts = |services, engineering, negotiations| Facts {
        level,
        market: &outcome,
        prices: prices().collect(),
        services,
        engineering,
        negotiations,
    };
    let built = companies.iter().map(|(.., built)| *built).collect();
    let mut announced = Announced {
        level,
        turn: clock.turn,
        before: facts(services_before.iter().collect(), built_before.iter().collect(), &negotiations_before),
        now: facts(in_order(services.iter()), built, &negotiations),
        expectations: &mut expectations,
    };
    announced.expectations.follow(&negotiations, clock.turn);
    announced.agreements();
    announced.services();
    announced.remedies(&files);
}

/// What is past is forgotten.
pub(in crate::sim) fn settle(
    level: Res<CurrentLevel>,
    outcome: Res<Outcome>,
    mut expectations: ResMut<Expectations>,
) {
    let market = &level.0.market;
    if market.expectation == 0.0 {
        return;
    }
    let turn = outcome.turn;
    expectations.effects.retain(|effect| !is_past(effect, turn, market));
}

/// The announcements of a turn.
struct Announced<'a> {
    level: &'a Level,
    turn: u32,
    before: Facts<'a>,
    now: Facts<'a>,
    expectations: &'a mut Expectations,
}

impl Announced<'_> {
    /// Expects what a term brings, from a turn on.
    fn expect(
        &mut self,
        cause: Cause,
        term: &Term,
        lines: &[(usize, Reason, f64)],
        (begins, ends): (u32, Option<u32>),
    ) {
        let carries = self.carries(term);
        let prompt = |reason: Reason| match reason {
            Reason::Payment | Reason::Referrals => true,
            // Whoever could pay or come this way does at once; a merchant's contract with a carrier has to run out first.
            Reason::Service => !carries,
            _ => false,
        };
        for company in 0..self.level.platforms.len() {
            for in_full in [true, false] {
                let of = |&&(party, reason, _): &&(usize, Reason, f64)| {
                    party == company && prompt(reason) == in_full
                };
                let yuan: f64 = lines.iter().filter(of).map(|(.., yuan)| yuan).sum();
                if yuan != 0.0 && ends.is_none_or(|ends| ends >= begins) {
                    let announced = self.turn;
                    let effect = Effect { company, cause, yuan, announced, begins, ends, in_full };
                    self.expectations.effects.push(effect);
                }
            }
        }
    }

    /// Whether it is a carrier's term.
    fn carries(&self, term: &Term) -> bool {
        let Term::Service { service, .. } = term else { return false };
        let carrier = |(number, _): (usize, _)| self.level.services[number].id == *service;
        self.level.carriers().into_iter().any(carrier)
    }

    /// The first turn in which something brings anything that is built from now on.
    fn begins(&self, term: &Term, giver: Option<usize>, taker: usize) -> u32 {
        let giver = giver.unwrap_or(taker);
        let months = months_to_build(self.level, self.before.engineering[taker], term, giver, taker);
        self.turn + months.saturating_sub(1)
    }

    /// Agreements that were concluded: each term for as long as they hold.
    fn agreements(&mut self) {
        let known = self.before.negotiations;
        let new = |agreement: &&Agreement| !known.agreements.iter().any(|a| a.number == agreement.number);
        let now = self.now.negotiations;
        for agreement in now.agreements.iter().filter(new) {
            let [one, other] = agreement.parties;
            let ends = Some(self.turn + agreement.months - 1);
            for (terms, giver, taker) in
                [(&agreement.gives[0], one, other), (&agreement.gives[1], other, one)]
            {
                for term in terms {
                    let lines = cash_flows(self.before.term(term, giver, taker));
                    let begins = self.begins(term, Some(giver), taker);
                    self.expect(Cause::Agreement(agreement.number), term, &lines, (begins, ends));
                }
            }
        }
    }

    /// Services that their owners opened or closed of their own accord, as far as they are used or will be.
    fn services(&mut self) {
        for number in 0..self.level.services.len() {
            for to in 0..self.level.platforms.len() {
                // What an agreement opens, or opened until now, is expected of that.
                let agreed = |facts: &Facts| facts.negotiations.opens(number, to).is_some();
                if !self.level.sells(to) || agreed(&self.before) || agreed(&self.now) {
                    continue;
                }
                let (was, will) =
                    (expected_use(&self.before, number, to), expected_use(&self.now, number, to));
                if will < was {
                    self.closed(number, to, was);
                } else if will > was {
                    self.opened(number, to, will, true);
                } else if granted(&self.now, number, to) > granted(&self.before, number, to).max(will) {
                    self.opened(number, to, granted(&self.now, number, to), false);
                }
            }
        }
    }

    /// A service was opened to a platform. Whether or not anybody builds it in yet, whoever gains by it will.
    fn opened(&mut self, number: usize, to: usize, access: Access, used: bool) {
        let turn = self.turn;
        let mut ended = false;
        for effect in self.expectations.live(number, to, false, turn) {
            (effect.ends, ended) = (Some(turn - 1), true);
        }
        let (term, owner) = (self.term(number, access), self.level.services[number].owner);
        let begins = self.begins(&term, owner, to) + u32::from(!used);
        let mut expected = false;
        for effect in self.expectations.live(number, to, true, turn) {
            let deep = matches!(effect.cause, Cause::Service { access: known, .. } if known >= access);
            if deep && used && effect.begins > turn {
                effect.begins = begins;
            }
            expected |= deep;
        }
        if ended || expected {
            return;
        }
        let lines = cash_flows(self.before.service(number, access, None, to));
        if used || worth_to(&lines, to) > 0.0 {
            let cause = Cause::Service { service: number, to, access, open: true };
            self.expect(cause, &term, &lines, (begins, None));
        }
    }

    /// A service was closed that a platform used so far: what it still was to bring will not come, and what it brought is lost.
    fn closed(&mut self, number: usize, to: usize, access: Access) {
        let turn = self.turn;
        let mut ended = false;
        for effect in self.expectations.live(number, to, true, turn) {
            (effect.ends, ended) = (Some(turn - 1), true);
        }
        if ended {
            return;
        }
        let lines = cash_flows(self.before.lost(number, access, to));
        let cause = Cause::Service { service: number, to, access, open: false };
        let term = self.term(number, access);
        self.expect(cause, &term, &lines, (turn, None));
    }

    /// Walls that a remedy takes down, by its last day: whoever gains by it will come in.
    fn remedies(&mut self, files: &Files) {
        let told = std::mem::take(&mut self.expectations.remedies);
        for (platform, file) in files.0.iter().enumerate() {
            let Stage::Remedy { until } = file.stage else { continue };
            self.expectations.remedies.push((platform, until));
            if told.contains(&(platform, until)) {
                continue;
            }
            for &wall in &file.walls {
                let access = open_enough(self.level, wall.service);
                let expected =
                    self.expectations.live(wall.service, wall.to, true, self.turn).next().is_some();
                if expected || !stands(self.level, &self.now.services, wall) {
                    continue;
                }
                let lines = cash_flows(self.now.service(wall.service, access, None, wall.to));
                if worth_to(&lines, wall.to) > 0.0 {
                    let cause = Cause::Service { service: wall.service, to: wall.to, access, open: true };
                    let term = self.term(wall.service, access);
                    self.expect(cause, &term, &lines, (until.max(self.turn) + 1, None));
                }
            }
        }
    }

    fn term(&self, number: usize, access: Access) -> Term {
        Term::Service { service: self.level.services[number].id.clone(), access, price: None }
    }
}

/// How far a service is open to a platform.
fn granted(facts: &Facts, number: usize, to: usize) -> Access {
    facts.services[number].counterparts[to].granted
}

/// How far a platform uses a service, or will by what it builds.
fn expected_use(facts: &Facts, number: usize, to: usize) -> Access {
    let state = facts.services[number].counterparts[to];
    if facts.engineering[to].works_on(number) { state.granted } else { state.in_force() }
}

/// Without what moves no cash that profits do not show already: engineers are paid whatever they build, and profits that are taken to
/// last know of no closing that a promise would rule out.
fn cash_flows(mut lines: Vec<(usize, Reason, f64)>) -> Vec<(usize, Reason, f64)> {
    lines.retain(|(_, reason, _)| {
        !matches!(reason, Reason::Engineering | Reason::Safety | Reason::Front | Reason::Shares)
    });
    lines
}

fn worth_to(lines: &[(usize, Reason, f64)], company: usize) -> f64 {
    lines.iter().filter(|(party, ..)| *party == company).map(|(.., yuan)| yuan).sum()
}
