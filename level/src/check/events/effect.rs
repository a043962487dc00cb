//! What an event does.

use super::scene::Scene;
use crate::MAX_TURNS;
use crate::check::checker::Checker;
use crate::check::ranges::AMOUNT;
use crate::events::raw::RawEffect;
use crate::events::{Change, Effect, JUDGED_BY, SETTLED};
use crate::services::ServiceKind;

/// Whom an effect moves that names nobody.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// Whether there is somebody who chooses.
    pub is_somebody: bool,
    /// Who, where it is always the same.
    pub seat: Option<usize>,
}

/// By how much spending or a parameter may be multiplied, at most.
const MOST: f64 = 10.0;

impl Checker<'_> {
    pub(super) fn effects(
        &mut self,
        scene: &Scene,
        path: &str,
        effects: &[RawEffect],
        asked: Asked,
    ) -> Vec<Effect> {
        let list = effects.iter().enumerate();
        list.map(|(place, effect)| self.effect(scene, &format!("{path}.effects[{place}]"), effect, asked))
            .collect()
    }

    fn effect(&mut self, scene: &Scene, path: &str, effect: &RawEffect, asked: Asked) -> Effect {
        let (change, months) = match effect {
            RawEffect::Pay { to, amount } => {
                let to = self.company(scene, path, "to", to.as_ref(), asked);
                self.number(&format!("{path}.amount"), *amount, -AMOUNT.end()..=*AMOUNT.end());
                return Effect::Pay { to, amount: *amount };
            }
            RawEffect::Opinion { of, by } => {
                let of = self.company(scene, path, "of", of.as_ref(), asked);
                self.number(&format!("{path}.by"), *by, -1.0..=1.0);
                return Effect::Opinion { of, by: *by };
            }
            RawEffect::Attention { of, offence, weight } => {
                let of = self.company(scene, path, "of", of.as_ref(), asked);
                self.judge(scene, path);
                self.number(&format!("{path}.weight"), *weight, 0.0..=1e3);
                return Effect::Attention { of, offence: *offence, weight: *weight };
            }
            RawEffect::Remedy { of, months, open } => {
                let of = self.company(scene, path, "of", of.as_ref(), asked);
                self.judge(scene, path);
                self.whole(&format!("{path}.months"), *months, 1..=MAX_TURNS);
                let open = self.remedied(scene, path, open, of.or(asked.seat));
                return Effect::Remedy { of, months: *months, open };
            }
            RawEffect::Enter(id) => {
                let platform = self.id(path, id, &scene.platforms);
                let newcomer = |number: usize| scene.raw.platforms[number].enters.is_some();
                if platform.is_some_and(|number| !newcomer(number)) {
                    let message = format!("`{id}` is there from the start");
                    self.complain(path, message, "a platform with `enters`");
                }
                let change = Change::Enter { platform: platform.unwrap_or(0) };
                return Effect::Change { change, months: None };
            }
            RawEffect::SetFlag(flag) => {
                return Effect::Flag { flag: self.flag(scene, path, flag), up: true };
            }
            RawEffect::ClearFlag(flag) => {
                return Effect::Flag { flag: self.flag(scene, path, flag), up: false };
            }
            RawEffect::Spending { category, factor, months } => {
                let category = category.as_ref();
                let category =
                    category.and_then(|id| self.id(&format!("{path}.category"), id, &scene.categories));
                let factor = self.number(&format!("{path}.factor"), *factor, 1.0 / MOST..=MOST);
                (Change::Spending { category, factor }, months)
            }
            RawEffect::Market { parameter, factor, months } => {
                self.parameter(scene, path, parameter, *factor);
                (Change::Market { parameter: parameter.clone(), factor: *factor }, months)
            }
            RawEffect::Room { service: id, factor, months } => {
                let at = format!("{path}.service");
                let service = self.id(&at, id, &scene.services);
                let room = |number: usize| match &scene.level.services[number].kind {
                    ServiceKind::Carrier(carrier) => carrier.capacity.is_some(),
                    _ => false,
                };
                if service.is_some_and(|number| !room(number)) {
                    self.complain(&at, format!("`{id}` has no room"), "a carrier with a `capacity`");
                }
                let factor = self.number(&format!("{path}.factor"), *factor, 0.0..=1.0);
                (Change::Room { service: service.unwrap_or(0), factor }, months)
            }
        };
        if let Some(months) = months {
            self.whole(&format!("{path}.months"), *months, 1..=MAX_TURNS);
        }
        Effect::Change { change, months: *months }
    }

    /// A company that an effect moves; whoever is asked where it names none.
    fn company(
        &mut self,
        scene: &Scene,
        path: &str,
        field: &str,
        id: Option<&String>,
        asked: Asked,
    ) -> Option<usize> {
        if id.is_none() && !asked.is_somebody {
            let message = "an effect on nobody: the event is everybody's".to_owned();
            self.complain(path, message, &format!("`{field}`: the id of a platform"));
        }
        id.and_then(|id| self.id(&format!("{path}.{field}"), id, &scene.platforms))
    }

    fn judge(&mut self, scene: &Scene, path: &str) {
        if scene.raw.regulator.is_none() {
            let message = "there is no regulator here".to_owned();
            self.complain(path, message, "a `regulator` in the level");
        }
    }

    /// Services that a company must open.
    fn remedied(&mut self, scene: &Scene, path: &str, open: &[String], of: Option<usize>) -> Vec<usize> {
        let mut services = Vec::new();
        for (place, id) in open.iter().enumerate() {
            let at = format!("{path}.open[{place}]");
            let Some(service) = self.id(&at, id, &scene.services) else { continue };
            let owner = scene.level.services[service].owner;
            if owner.is_none() || of.is_none_or(|of| owner != Some(of)) {
                let whose = match (of, owner) {
                    (Some(of), _) => format!("`{id}` is not `{}`’s to open", scene.platforms[of]),
                    (None, Some(_)) => format!("`{id}` is not everybody's to open"),
                    (None, None) => format!("nobody owns `{id}`"),
                };
                self.complain(&at, whose, "a service of the company that the remedy is for, named by `of`");
            }
            services.push(service);
        }
        services
    }

    /// A parameter that can change while a market goes on.
    fn parameter(&mut self, scene: &Scene, path: &str, name: &str, factor: f64) {
        let numbers = scene.level.market.numbers();
        let names: Vec<&str> = numbers.iter().map(|(name, ..)| *name).collect();
        let at = format!("{path}.parameter");
        let Some(place) = self.id(&at, name, &names) else { return };
        if SETTLED.contains(&name) {
            let message = format!("`{name}` is settled when the market opens");
            self.complain(&at, message, "a parameter that is looked at every month");
        }
        if name == JUDGED_BY {
            let message = format!("`{name}` is what companies are judged by, the same through a match");
            self.complain(&at, message, "a parameter that people or companies answer to");
        }
        let (_, value, range) = &numbers[place];
        self.number(&format!("{path}.factor"), factor, 0.0..=MOST);
        if *value == 0.0 {
            let message = format!("`{name}` is 0 here, and stays so however often it is taken");
            self.complain(&at, message, "a parameter that is switched on");
        } else if !range.contains(&(value * factor)) {
            let (low, high) = (range.start(), range.end());
            let message = format!("`{name}` would be {}", value * factor);
            self.complain(&format!("{path}.factor"), message, &format!("a result from {low} to {high}"));
        }
    }
}
