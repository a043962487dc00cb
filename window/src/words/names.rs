//! Names of what a level has.

use super::joined::list;
use crate::form;
use crate::texts::{of_level, say};
use walled_gardens_engine::level::Level;

/// A platform's name, by id.
pub(super) fn platform(level: &Level, id: &str) -> String {
    let found = level.platforms.iter().find(|known| known.id == id);
    found.map_or_else(|| id.to_owned(), |known| of_level(&known.name))
}

/// A service's name, by id.
pub(super) fn service(level: &Level, id: &str) -> String {
    let found = level.services.iter().find(|known| known.id == id);
    found.map_or_else(|| id.to_owned(), |known| of_level(&known.name))
}

/// A category by id, or all of them.
pub(super) fn category(level: &Level, id: Option<&String>) -> String {
    let name = |id: &String| {
        level.categories.iter().find(|known| known.id == *id).map(|known| of_level(&known.name))
    };
    id.and_then(name).unwrap_or_else(|| say!("all-categories"))
}

/// A region by id, or all of them.
pub(super) fn region(level: &Level, id: Option<&String>) -> String {
    let name =
        |id: &String| level.regions.iter().find(|known| known.id == *id).map(|known| of_level(&known.name));
    id.and_then(name).unwrap_or_else(|| say!("all-regions"))
}

/// A kind of people; levels give them ids alone.
pub fn segment(level: &Level, segment: usize) -> String {
    of_level(&spelt(&level.consumer_segments[segment].id))
}

/// An id as a name: `lower-tier` is "Lower tier".
pub fn spelt(id: &str) -> String {
    let mut name = id.replace(['-', '_'], " ");
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// What a level is found by.
pub fn tags(level: &Level) -> String {
    let tags: Vec<String> = level.tags.iter().map(|tag| of_level(tag)).collect();
    list(&tags)
}

/// A garden by its place: a platform's, or the commons.
pub fn garden(level: &Level, place: usize) -> String {
    level.platforms.get(place).map_or_else(|| say!("commons"), |platform| of_level(&platform.name))
}

/// A reason of the simulation with names instead of the ids that it puts between backticks.
pub(super) fn in_names(level: &Level, reason: &str) -> String {
    let named = |id: &str| {
        let platforms = level.platforms.iter().map(|known| (&known.id, &known.name));
        let services = level.services.iter().map(|known| (&known.id, &known.name));
        let regions = level.regions.iter().map(|known| (&known.id, &known.name));
        let categories = level.categories.iter().map(|known| (&known.id, &known.name));
        let mut all = platforms.chain(services).chain(regions).chain(categories);
        all.find(|(known, _)| *known == id).map(|(_, name)| of_level(name))
    };
    // Every other piece stood between backticks.
    let pieces = reason.split('`').enumerate();
    pieces
        .map(|(number, piece)| {
            if number % 2 == 1 { named(piece) } else { None }.unwrap_or_else(|| piece.to_owned())
        })
        .collect()
}

/// How many people of the simulation stand for those of a level.
pub fn stand_ins(level: &Level) -> String {
    let (people, consumers) = (level.population(), level.setup.consumers);
    let each = form::count(people / consumers.max(1) as f64);
    say!("people-meaning", people = form::count(people), agents = consumers, each = each)
}
