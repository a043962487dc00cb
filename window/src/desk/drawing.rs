//! A random market that is set up, and what becomes of it.

use std::io::ErrorKind;

use super::drawn::{Drawn, any_seed};
use super::{Action, Desk, Listed, Screen};
use crate::texts::say;
use walled_gardens_engine::level::RandomMarket;
use walled_gardens_engine::play::write_whole;

impl Desk {
    /// Draws a market, unless it is the one that is drawn already.
    pub(super) fn draw_market(&mut self, market: RandomMarket) {
        if self.drawn.as_ref().is_none_or(|drawn| drawn.market != market) {
            self.drawn = Some(Drawn::of(market));
        }
    }

    /// Goes to the page on which a market is set up; the first time one is drawn.
    pub(super) fn set_up(&mut self) {
        let market = self
            .drawn
            .as_ref()
            .map_or(RandomMarket { seed: any_seed(), ..RandomMarket::default() }, |drawn| drawn.market);
        self.draw_market(market);
    }

    /// Lists the market that is drawn, and goes on to its briefing.
    pub(super) fn take_drawn(&mut self) {
        let Some(Drawn { level: Ok(level), .. }) = self.drawn.clone() else { return };
        let listed = |listed: &Listed| listed.level.as_ref().is_ok_and(|known| known.text == level.text);
        let place = self.levels.iter().position(listed).unwrap_or_else(|| {
            self.levels.push(Listed::drawn(level));
            self.levels.len() - 1
        });
        self.search.clear();
        self.studies = false;
        self.act(Action::Choose(place));
        self.act(Action::Go(Screen::Briefing));
    }

    /// Keeps the market that is drawn as a level file among the user's levels, and says where.
    pub(super) fn keep_drawn(&mut self) {
        let Some(Drawn { level: Ok(level), .. }) = &self.drawn else { return };
        let Some(folder) = &self.folder else {
            self.message = Some(say!("no-levels-folder"));
            return;
        };
        let path = folder.join(level.id.replace('/', "-")).with_extension("ron");
        let there = match std::fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                write_whole(&path, level.text.as_bytes()).map(|()| true)
            }
            there => there.map(|bytes| bytes == level.text.as_bytes()),
        };
        let path = path.display();
        self.message = Some(match there {
            Ok(true) => say!("market-kept", path = path),
            Ok(false) => say!("file-is-there", path = path),
            Err(error) => say!("not-kept", path = path, reason = error),
        });
    }
}
