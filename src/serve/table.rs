//! One match of a host's.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::rows::Rows;
use crate::game::{Match, Prepared, Seat, Setup, rank};
use crate::learning::{Figures, Template, observe, reward};
use crate::level::{Level, nearest};
use crate::order::Orders;
use crate::protocol::{
    Failure, MatchOrders, Observe, Observed, Played, RewardName, SeatFigures, Standing, Worth, legal,
};
use crate::strategy::{Notes, PlatformView};

/// What a host's seat is called.
pub(super) const HOST: &str = "host";

/// One match of a host's.
pub(super) struct Table {
    pub(super) prepared: Prepared,
    game: Match,
    /// The host's seats, by platform.
    host: Vec<usize>,
    /// What each of them sees, in the same order.
    views: Vec<PlatformView>,
    templates: Arc<Vec<Template>>,
    reward: RewardName,
    /// How companies stood after the first month; before it, at the opening.
    first: Vec<Figures>,
    /// How they stood a turn ago.
    before: Vec<Figures>,
    /// Everybody's orders so far, by turn.
    orders: Vec<Vec<Orders>>,
    /// The level that the host has been told.
    told: Option<Arc<Level>>,
}

/// What a match adds to an answer: itself, as it is written, and its rows.
pub(super) struct Told {
    pub(super) written: Box<RawValue>,
    pub(super) rows: Rows,
}

/// What a match is begun with.
pub(super) struct Begun {
    pub(super) prepared: Prepared,
    pub(super) setup: Setup,
    pub(super) templates: Arc<Vec<Template>>,
    pub(super) reward: RewardName,
}

impl Table {
    /// A match before its first turn, in the world of another where that was of the same level.
    pub(super) fn begin(begun: Begun, old: Option<Self>) -> Self {
        let Begun { prepared, setup, templates, reward } = begun;
        let game = match old {
            Some(old) if Arc::ptr_eq(&old.prepared.level, &prepared.level) => {
                let mut game = old.game;
                game.restart(&prepared, setup);
                game
            }
            _ => Match::new(&prepared, setup),
        };
        let seats = game.setup().seats.iter().enumerate();
        let is_host = |seat: &Seat| matches!(seat, Seat::Recorded(name, _) if name == HOST);
        let host = seats.filter(|(_, seat)| is_host(seat)).map(|(platform, _)| platform).collect();
        let outcome = game.simulation().outcome();
        let opening: Vec<Figures> =
            outcome.platforms().map(|platform| Figures::of(outcome, platform)).collect();
        let mut table = Self {
            prepared,
            host,
            views: Vec::new(),
            templates,
            reward,
            before: opening.clone(),
            first: opening,
            orders: Vec::new(),
            told: None,
            game,
        };
        table.look();
        table
    }

    /// The match from its beginning, in which these orders were given, to be gone on with.
    pub(super) fn again(begun: Begun, orders: Vec<Vec<Orders>>, notes: Vec<Notes>) -> Self {
        let mut table = Self::begin(begun, None);
        for turn in orders {
            table.play(turn);
        }
        table.game.remember(notes);
        table.look();
        table
    }

    /// What a copy of the match is begun with.
    pub(super) fn copy(&self) -> (Begun, Vec<Vec<Orders>>, Vec<Notes>) {
        let mut setup = self.game.setup().clone();
        for &platform in &self.host {
            setup.seats[platform] = Seat::Recorded(HOST.to_owned(), Vec::new());
        }
        let begun = Begun {
            prepared: self.prepared.clone(),
            setup,
            templates: Arc::clone(&self.templates),
            reward: self.reward,
        };
        (begun, self.orders.clone(), self.game.notes().to_vec())
    }

    /// Plays a turn by what the host orders; `at` is where the request says it.
    ///
    /// # Errors
    /// The match is over, or orders are for nobody; nothing is played then.
    pub(super) fn step(&mut self, given: MatchOrders, at: &str) -> Result<(), Failure> {
        if self.game.is_over() {
            return Err(Failure::new(at, "the match is over").expected("`reset`, or another match"));
        }
        let mut orders = self.by_template(given.actions.as_deref(), at)?;
        let level = &self.prepared.level;
        for (id, list) in given.orders {
            let place = self.host.iter().position(|&platform| level.platforms[platform].id == id);
            let place = place.ok_or_else(|| {
                let ids: Vec<&str> =
                    self.host.iter().map(|&host| level.platforms[host].id.as_str()).collect();
                let hint = nearest(&id, ids.iter().copied());
                let hint = hint.map(|known| format!(" (did you mean `{known}`?)")).unwrap_or_default();
                Failure::new(format!("{at}.orders.{id}"), format!("`{id}` is none of the host's seats{hint}"))
                    .expected(format!("one of {}", ids.join(", ")))
            })?;
            orders[place].extend(list);
        }
        for ((&platform, view), mut orders) in self.host.iter().zip(&self.views).zip(orders) {
            if self.game.simulation().acts(platform) {
                view.answer_by_default(&mut orders);
            } else {
                orders.clear();
            }
            self.game.order(platform, orders);
        }
        let outcome = self.game.simulation().outcome();
        self.before = outcome.platforms().map(|platform| Figures::of(outcome, platform)).collect();
        let all = self.game.decide();
        self.play(all);
        self.look();
        Ok(())
    }

    fn by_template(&self, actions: Option<&[u32]>, at: &str) -> Result<Vec<Orders>, Failure> {
        let Some(actions) = actions else { return Ok(vec![Orders::new(); self.host.len()]) };
        let at = format!("{at}.actions");
        if actions.len() != self.host.len() {
            return Err(Failure::new(at, format!("{} actions", actions.len()))
                .expected(format!("one for each of the host's {} seats", self.host.len())));
        }
        let of = |(&action, view): (&u32, &PlatformView)| {
            let template = self.templates.get(action as usize).ok_or_else(|| {
                Failure::new(&at, format!("no action {action}"))
                    .expected(format!("a number from 0 to {}", self.templates.len() - 1))
            })?;
            Ok(template.orders(view).unwrap_or_default())
        };
        actions.iter().zip(&self.views).map(of).collect()
    }

    fn play(&mut self, orders: Vec<Orders>) {
        self.game.play_by(orders.clone());
        self.orders.push(orders);
        let outcome = self.game.simulation().outcome();
        if outcome.turn == 1 {
            self.first = outcome.platforms().map(|platform| Figures::of(outcome, platform)).collect();
        }
    }

    /// What the host's seats see now.
    fn look(&mut self) {
        let (simulation, turns) = (self.game.simulation(), self.game.setup().turns);
        self.views =
            self.host.iter().map(|&platform| PlatformView::new(simulation, platform, turns)).collect();
    }

    /// The reward of the last turn, of a platform.
    fn rewarded(&self, platform: usize) -> f64 {
        let outcome = self.game.simulation().outcome();
        let now = Figures::of(outcome, platform);
        let stood = (&self.first[platform], &self.before[platform], &now);
        if outcome.turn == 0 {
            0.0
        } else {
            reward(self.reward, stood, (outcome, platform, self.game.is_over()))
        }
    }

    /// How the match stands, as `observe` asks for it.
    pub(super) fn told(&mut self, number: u32, at: &str, observe: Observe) -> Result<Told, Failure> {
        let simulation = self.game.simulation();
        let known = self.told.as_ref().is_some_and(|told| Arc::ptr_eq(told, simulation.level()));
        let level = (observe == Observe::View && !known).then(|| Arc::clone(simulation.level()));
        let played = Played {
            number,
            turn: simulation.outcome().turn,
            over: self.game.is_over(),
            level: level.as_deref(),
            seats: (observe != Observe::Vector).then(|| self.seats(observe)),
        };
        let written = serde_json::value::to_raw_value(&Standing::Played(played))
            .map_err(|error| Failure::new(at, format!("cannot be written: {error}")))?;
        let rows = if observe == Observe::Vector { self.rows() } else { Rows::default() };
        self.told = level.or_else(|| self.told.take());
        Ok(Told { written, rows })
    }

    fn seats(&self, observe: Observe) -> BTreeMap<&str, SeatFigures<'_>> {
        let simulation = self.game.simulation();
        let outcome = simulation.outcome();
        let seat = |platform: usize| {
            let Figures { value, profit, share, cash } = Figures::of(outcome, platform);
            let place = self.host.iter().position(|&host| host == platform);
            let acts = simulation.acts(platform);
            let view = place.filter(|_| acts && observe == Observe::View).map(|place| &self.views[place]);
            let figures = SeatFigures {
                host: place.is_some(),
                acts,
                value,
                profit,
                share,
                cash,
                reward: place.map(|_| self.rewarded(platform)),
                observed: view.map(|view| Observed { view, legal: legal(view) }),
            };
            (self.prepared.level.platforms[platform].id.as_str(), figures)
        };
        outcome.platforms().map(seat).collect()
    }

    fn rows(&self) -> Rows {
        let simulation = self.game.simulation();
        let mut rows = Rows::default();
        for (&platform, view) in self.host.iter().zip(&self.views) {
            let acts = simulation.acts(platform) && !self.game.is_over();
            observe(view, &mut rows.observations);
            let may = |(place, template): (usize, &Template)| {
                u8::from(place == 0 || acts && template.orders(view).is_some())
            };
            rows.masks.extend(self.templates.iter().enumerate().map(may));
            rows.add(self.rewarded(platform), &Figures::of(simulation.outcome(), platform), acts);
        }
        rows
    }

    /// What the companies turn out to be worth, by id.
    pub(super) fn judge(&mut self) -> BTreeMap<String, Worth> {
        let outcome = self.game.judge();
        let ids = self.prepared.level.platforms.iter().map(|platform| platform.id.clone());
        let worth = outcome
            .platforms()
            .map(|platform| Worth { value: outcome.worth()[platform], rank: rank(outcome, platform) });
        ids.zip(worth).collect()
    }
}
