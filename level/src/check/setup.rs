//! How long a level is, when it begins and how many agents it has.

use super::checker::Checker;
use crate::raw::RawLevel;
use crate::services::{MAX_APPS, RawService};
use crate::{MAX_AFTERMATH, MAX_CONSUMERS, MAX_MERCHANTS, MAX_TURNS, Setup};

impl Checker<'_> {
    pub(super) fn setup(&mut self, raw: &RawLevel) -> Setup {
        let setup = &raw.setup;
        let people: f64 = raw.regions.iter().map(|region| region.population).sum::<f64>().max(1.0);
        // Every region, segment and set of apps has at least one agent.
        let apps = raw.services.iter().filter(|service| matches!(service, RawService::App(_))).count();
        let sets = 1 << apps.min(MAX_APPS);
        let cells = (raw.regions.len() * raw.consumer_segments.len().max(1) * sets) as u32;
        let start = setup.start.as_deref().and_then(|text| {
            let month = year_and_month(text);
            if month.is_none() {
                self.complain(
                    "setup.start",
                    format!("`{text}` is not a month"),
                    "a month such as \"2024-01\"",
                );
            }
            month
        });
        Setup {
            turns: self.whole("setup.turns", setup.turns, 1..=MAX_TURNS),
            aftermath: self.whole("setup.aftermath", setup.aftermath, 0..=MAX_AFTERMATH),
            start,
            seed: setup.seed,
            consumers: self.whole("setup.consumers", setup.consumers, cells.max(1)..=MAX_CONSUMERS),
            merchants: self.whole("setup.merchants", setup.merchants, 0..=MAX_MERCHANTS),
            shops: self.number("setup.shops", setup.shops.unwrap_or(people / 100.0), 1e-3..=1e11),
            visibility: setup.visibility,
        }
    }
}

pub(super) fn year_and_month(text: &str) -> Option<(u32, u32)> {
    let (year, month) = text.split_once('-')?;
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    ((1900..=2200).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}
