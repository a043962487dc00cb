//! How matches are set up, as a host asks for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::levels::{Called, Levels};
use super::table::{Begun, HOST};
use crate::bots::{Limits, Player};
use crate::game::{Match, Prepared, Seat, Setup, seat_of};
use crate::learning::{Template, describe, templates};
use crate::level::{Level, MAX_CONSUMERS, MAX_MERCHANTS, MAX_TURNS};
use crate::protocol::{Describe, Failure, Feature, MatchSetup};
use crate::strategy::PlatformView;

/// What matches are set up with.
pub(super) struct Setups {
    limits: Limits,
    levels: Levels,
    templates: BTreeMap<String, Arc<Vec<Template>>>,
}

impl Setups {
    /// Bots may take so much.
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, levels: Levels::default(), templates: BTreeMap::new() }
    }

    /// What a match is begun with; `at` is where the request says it.
    pub(super) fn begun(&mut self, asked: MatchSetup, at: &str) -> Result<Begun, Failure> {
        let called = Called { level: asked.level, text: asked.text, set: asked.set };
        let prepared = self.levels.of(called, at)?;
        let level = &prepared.level;
        let wrong = |error: &dyn std::fmt::Display| Failure::new(at.trim_end_matches('.'), error.to_string());
        let mut setup = Setup::of(level).map_err(|error| wrong(&error))?;
        for (id, who) in &asked.seats {
            let (platform, seat) = self.seat(level, id, who, at)?;
            setup.seats[platform] = seat;
        }
        setup.turns = within(asked.turns, setup.turns, [1, MAX_TURNS], &format!("{at}turns"))?;
        let population = &mut setup.population;
        let least = level.least_consumers();
        population.measure_surplus = false;
        population.seed = asked.seed.unwrap_or(population.seed);
        population.consumers =
            within(asked.consumers, population.consumers, [least, MAX_CONSUMERS], &format!("{at}consumers"))?;
        population.merchants =
            within(asked.merchants, population.merchants, [0, MAX_MERCHANTS], &format!("{at}merchants"))?;
        let templates = self.templates_of(level);
        Ok(Begun { prepared, setup, templates, reward: asked.reward })
    }

    pub(super) fn seat(
        &self,
        level: &Level,
        id: &str,
        who: &str,
        at: &str,
    ) -> Result<(usize, Seat), Failure> {
        let at = format!("{at}seats.{id}");
        let platform = seat_of(level, id).map_err(|error| Failure::new(&at, error.to_string()))?;
        if who == HOST {
            return Ok((platform, Seat::Recorded(HOST.to_owned(), Vec::new())));
        }
        let player = Player::read(who, &self.limits).map_err(|error| {
            Failure::new(&at, error.to_string()).expected("`host`, a strategy, or `cmd:` and a command")
        })?;
        Ok((platform, player.seat()))
    }

    /// The actions of a level.
    pub(super) fn templates_of(&mut self, level: &Level) -> Arc<Vec<Template>> {
        let known = self.templates.entry(level.text.clone());
        Arc::clone(known.or_insert_with(|| Arc::new(templates(level))))
    }

    /// What there is to see and to do in a level.
    pub(super) fn described(&mut self, asked: Describe) -> Result<(Prepared, Seen), Failure> {
        let called = Called { level: asked.level, text: asked.text, set: asked.set };
        let prepared = self.levels.of(called, "")?;
        let level = &prepared.level;
        let mut setup = Setup::of(level).map_err(|error| Failure::new("level", error.to_string()))?;
        (setup.population.consumers, setup.population.merchants) = (level.least_consumers(), 0);
        let turns = setup.turns;
        let game = Match::new(&prepared, setup);
        let observation = describe(&PlatformView::new(game.simulation(), 0, turns));
        let templates = self.templates_of(level);
        Ok((prepared, Seen { observation, templates }))
    }
}

/// What there is to see and to do.
pub(super) struct Seen {
    pub(super) observation: Vec<Feature>,
    pub(super) templates: Arc<Vec<Template>>,
}

/// A number within its bounds, or the one that is usual.
fn within(asked: Option<u32>, usual: u32, [least, most]: [u32; 2], at: &str) -> Result<u32, Failure> {
    match asked {
        Some(number) if !(least..=most).contains(&number) => {
            Err(Failure::new(at, number.to_string()).expected(format!("a number from {least} to {most}")))
        }
        _ => Ok(asked.unwrap_or(usual)),
    }
}
