//! What the events of a level are checked against.

use crate::Level;
use crate::check::vocabulary::Vocabulary;
use crate::events::raw::{RawEffect, RawEvent};
use crate::raw::RawLevel;

/// What the events of a level are checked against.
pub(super) struct Scene<'a> {
    pub raw: &'a RawLevel,
    pub level: &'a Level,
    pub vocabulary: &'a Vocabulary,
    pub platforms: Vec<&'a str>,
    pub categories: Vec<&'a str>,
    pub services: Vec<&'a str>,
    pub events: Vec<&'a str>,
    pub flags: Vec<&'a str>,
}

impl<'a> Scene<'a> {
    pub fn of(raw: &'a RawLevel, level: &'a Level, vocabulary: &'a Vocabulary) -> Self {
        let effects = |event: &'a RawEvent| {
            event.effects.iter().chain(event.choices.iter().flat_map(|choice| &choice.effects))
        };
        let mut flags: Vec<&str> = Vec::new();
        for effect in raw.events.iter().flat_map(effects) {
            if let RawEffect::SetFlag(flag) = effect
                && !flags.contains(&flag.as_str())
            {
                flags.push(flag);
            }
        }
        Self {
            platforms: raw.platforms.iter().map(|platform| platform.id.as_str()).collect(),
            categories: raw.categories.iter().map(|category| category.id.as_str()).collect(),
            services: raw.services.iter().map(|service| service.common().id).collect(),
            events: raw.events.iter().map(|event| event.id.as_str()).collect(),
            raw,
            level,
            vocabulary,
            flags,
        }
    }
}
