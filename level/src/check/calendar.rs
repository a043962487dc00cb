//! Seasons and the economy.

use super::checker::Checker;
use crate::MAX_TURNS;
use crate::calendar::{Calendar, MONTHS};
use crate::raw::RawLevel;
use crate::text::path::join;

/// Least that people spend in a month over an average one: what is sold must tell what would be in another month.
const LEAST: f64 = 0.05;
/// Most that a month's spending, or the index of the economy, may be over an average one.
const MOST: f64 = 10.0;
/// How far the mean of twelve factors may be from one: figures rounded to a percent pass.
const MEAN_SLACK: f64 = 5e-3;

impl Checker<'_> {
    pub(super) fn calendar(&mut self, raw: &RawLevel) -> Calendar {
        let start = raw.setup.start.as_deref().and_then(super::setup::year_and_month);
        let mut calendar =
            Calendar { first_month: start.map_or(0, |(_, month)| month as usize - 1), ..Calendar::default() };
        if !raw.seasons.is_empty() {
            calendar.seasons = self.seasons(raw);
        }
        let path = &raw.economy.path;
        for (place, &(turn, index)) in path.iter().enumerate() {
            let at = format!("economy.path[{place}]");
            self.whole(&format!("{at}[0]"), turn, 0..=MAX_TURNS);
            self.number(&format!("{at}[1]"), index, 1.0 / MOST..=MOST);
            if place > 0 && turn <= path[place - 1].0 {
                let message = format!("turn {turn} comes after turn {}", path[place - 1].0);
                self.complain(&at, message, "turns one after the other, each once");
            }
        }
        calendar.economy.clone_from(path);
        calendar
    }

    fn seasons(&mut self, raw: &RawLevel) -> Vec<[f64; MONTHS]> {
        let ids: Vec<&str> = raw.categories.iter().map(|category| category.id.as_str()).collect();
        let mut seasons = vec![[1.0; MONTHS]; ids.len()];
        for (id, factors) in &raw.seasons {
            let path = join("seasons", id);
            let category = self.key(&path, id, &ids);
            for (month, &factor) in factors.iter().enumerate() {
                self.number(&format!("{path}[{month}]"), factor, LEAST..=MOST);
            }
            let Ok(mut months) = <[f64; MONTHS]>::try_from(factors.as_slice()) else {
                let message = format!("{} factors", factors.len());
                self.complain(&path, message, "twelve, one for each month, January first");
                continue;
            };
            let mean = months.iter().sum::<f64>() / MONTHS as f64;
            if (mean - 1.0).abs() > MEAN_SLACK {
                let message = format!("the mean of these factors is {mean:.3}");
                self.complain(
                    &path,
                    message,
                    "a mean of 1: `monthly_spend` says how much an average month is",
                );
                continue;
            }
            months.iter_mut().for_each(|factor| *factor /= mean);
            if let Some(category) = category {
                seasons[category] = months;
            }
        }
        seasons
    }
}
