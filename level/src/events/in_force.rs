//! A level as it stands while something that has happened lasts.

use std::sync::Arc;

use super::Change;
use crate::services::ServiceKind;
use crate::{Level, MarketParameters};

/// All moods together multiply spending by this at most, and divide it by as much.
const MOST_SPENDING: f64 = 10.0;
/// Part of a parameter as it was written that changes leave of it together, where none takes all of it.
const LEAST_OF_PARAMETER: f64 = 1e-3;

/// A mood that is multiplied once more.
pub fn mood_after(mood: f64, factor: f64) -> f64 {
    (mood * factor).clamp(1.0 / MOST_SPENDING, MOST_SPENDING)
}

impl Level {
    /// The level as it was written, without what has happened since.
    pub fn as_written(self: &Arc<Self>) -> Arc<Self> {
        self.written.clone().unwrap_or_else(|| Arc::clone(self))
    }

    /// The level with changes in force; itself where there are none.
    pub fn with<'a>(self: &Arc<Self>, changes: impl IntoIterator<Item = &'a Change>) -> Arc<Self> {
        let written = self.as_written();
        let mut changes = changes.into_iter().peekable();
        if changes.peek().is_none() {
            return written;
        }
        let mut level = Self::clone(&written);
        level.written = Some(written);
        changes.for_each(|change| level.change(change));
        Arc::new(level)
    }

    fn change(&mut self, change: &Change) {
        match change {
            Change::Spending { category, factor } => {
                let moods = &mut self.calendar.moods;
                moods.resize(self.categories.len(), 1.0);
                let of = |place: usize| category.is_none_or(|category| category == place);
                moods
                    .iter_mut()
                    .enumerate()
                    .filter(|(place, _)| of(*place))
                    .for_each(|(_, mood)| *mood = mood_after(*mood, *factor));
            }
            Change::Market { parameter, factor } => {
                if let Some((value, range)) = self.market.number(parameter) {
                    // Several at once may lead out of the range in which the model makes sense, or to next to nothing.
                    let written = self.written.as_ref().and_then(|level| level.market.number(parameter));
                    let least = written.map_or(0.0, |(value, _)| LEAST_OF_PARAMETER * value.abs());
                    let changed = (value * factor).clamp(*range.start(), *range.end());
                    let value = if *factor != 0.0 && changed.abs() < least { value } else { changed };
                    self.market.set_number(parameter, value);
                }
            }
            Change::Room { service, factor } => {
                if let ServiceKind::Carrier(carrier) = &mut self.services[*service].kind {
                    carrier.working *= factor;
                }
            }
            // Whoever has closed does not come back.
            Change::Enter { platform } => {
                let platform = &mut self.platforms[*platform];
                platform.here = !platform.left;
            }
            Change::Own { service, owner } => self.services[*service].owner = *owner,
            Change::Leave { platform } => {
                let platform = &mut self.platforms[*platform];
                (platform.here, platform.left) = (false, true);
            }
        }
    }
}

impl MarketParameters {
    /// A parameter that is a number, by name, and its range.
    pub fn number(&self, name: &str) -> Option<(f64, std::ops::RangeInclusive<f64>)> {
        self.numbers().into_iter().find(|(known, ..)| *known == name).map(|(_, value, range)| (value, range))
    }
}
