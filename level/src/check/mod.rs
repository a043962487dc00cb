//! [`RawLevel`] → [`Level`]: references resolved, ranges checked, defaults filled in, all errors reported at once.

mod calendar;
mod checker;
mod events;
mod goals;
mod market;
mod orders;
mod platforms;
mod ranges;
mod reference;
mod regulator;
mod segments;
mod services;
mod setup;
mod sums;
mod vocabulary;

use checker::Checker;
pub(super) use orders::check_plan;
pub use vocabulary::Vocabulary;

use super::Level;
use super::potential::Potential;
use super::raw::RawLevel;
use super::text::diagnostic::{Diagnostic, LevelError};
use super::text::spans::SpanMap;

/// The version of the level format that this program reads.
const FORMAT: u32 = 1;

/// Says so if a level's text is of a later format: what else is wrong with it is then nothing that this program can judge.
pub(super) fn is_known(file: &str, text: &str) -> Result<(), LevelError> {
    let Some(span) = SpanMap::scan(text).get("format") else { return Ok(()) };
    let number = text.get(span.clone()).unwrap_or_default().replace('_', "");
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    // A number that no integer holds is later still.
    if !digits || number.parse::<u32>().is_ok_and(|number| number <= FORMAT) {
        return Ok(());
    }
    let message = format!("the level is of format {number}: it needs a later version of this program");
    let known = format!("format {FORMAT}, the latest that this version reads");
    let diagnostics = vec![Diagnostic::error("format", span, message).expected(known)];
    Err(LevelError { file: file.to_owned(), text: text.to_owned(), diagnostics })
}

/// Checks a level as written and completes it.
pub(super) fn check(
    raw: &RawLevel,
    spans: &SpanMap,
    vocabulary: &Vocabulary,
    file: &str,
    text: &str,
) -> Result<Level, LevelError> {
    let mut checker = Checker { spans, found: Vec::new() };
    let level = checker.level(raw, vocabulary, text);
    if checker.found.is_empty() {
        return Ok(level);
    }
    Err(LevelError { file: file.to_owned(), text: text.to_owned(), diagnostics: checker.found })
}

impl Checker<'_> {
    fn level(&mut self, raw: &RawLevel, vocabulary: &Vocabulary, text: &str) -> Level {
        if raw.format != FORMAT {
            let message = format!("format {} is not known", raw.format);
            self.complain("format", message, &format!("{FORMAT}, the only format so far"));
        }
        self.name(&raw.meta.id);
        self.text("meta.title", &raw.meta.title, 80);
        let texts = [("meta.summary", &raw.meta.summary), ("meta.teaches", &raw.meta.teaches)];
        for (path, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            self.text(path, text, 1_000);
        }
        let market = self.market(raw);
        let regions = self.regions(raw);
        let categories = self.categories(raw, &market);
        let consumer_segments = self.consumer_segments(raw);
        let merchant_segments = self.merchant_segments(raw, &market);
        let platforms = self.platforms(raw, &market, vocabulary);
        let potential = Potential::of(
            &regions.iter().map(|region| region.population * region.income).collect::<Vec<_>>(),
            consumer_segments.iter().map(|segment| segment.share * segment.income).sum(),
            &categories.iter().map(|category| category.monthly_spend).collect::<Vec<_>>(),
        );
        let mut level = Level {
            id: raw.meta.id.clone(),
            title: raw.meta.title.clone(),
            summary: raw.meta.summary.clone(),
            authors: raw.meta.authors.clone(),
            tags: raw.meta.tags.clone(),
            teaches: raw.meta.teaches.clone(),
            setup: self.setup(raw),
            market,
            regions,
            categories,
            consumer_segments,
            merchant_segments,
            interconnection: self.interconnection(raw),
            services: self.services(raw, &platforms),
            integration: self.integration(raw),
            objectives: self.objectives(raw, vocabulary),
            events: Vec::new(),
            flags: Vec::new(),
            tutorial: self.tutorial(raw),
            reference: self.reference(raw, vocabulary),
            calendar: self.calendar(raw),
            regulator: self.regulator(raw),
            platforms,
            text: text.to_owned(),
            potential,
            written: None,
        };
        if level.market.logit_scale == 0.0
            && level.platforms.iter().any(|p| p.here && p.shop.as_ref().is_some_and(|s| s.appeal.is_none()))
        {
            let message =
                "with no noise in choices, opening shares cannot be inverted into utilities".to_owned();
            self.complain("market.logit_scale", message, "a scale above 0, or `appeal` in every shop");
        }
        self.events(raw, &mut level, vocabulary);
        self.fits_the_ledger(&level);
        // Numbers of objectives are places in the file only where each of them is sound by itself.
        if self.found.is_empty() {
            self.can_be_met(&level, vocabulary);
        }
        level
    }

    fn name(&mut self, id: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_' || c == '/';
        if id.is_empty() || id.len() > 80 || !id.chars().all(plain) {
            let expected = "the path below `levels/` without `.ron`, such as lab/mine";
            self.complain("meta.id", format!("`{id}` cannot name a level"), expected);
        }
    }
}
