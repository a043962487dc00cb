//! Metrics: their names, what they mean and how their values are written.

use crate::form::{self, Form};
use crate::texts::{of_level, say, text};
use walled_gardens_engine::level::{Level, Measure};
use walled_gardens_engine::sim::metrics::{Unit, metric as metric_of};
use walled_gardens_engine::sim::rules::opinion::PublicDeed;

/// A metric.
pub fn metric(name: &str) -> String {
    text(&format!("metric-{}", name.replace('_', "-")))
}

/// What a metric means, in a sentence.
pub fn metric_meaning(name: &str) -> String {
    text(&format!("metric-{}-meaning", name.replace('_', "-")))
}

/// How a metric is written.
pub fn form(name: &str) -> Form {
    match metric_of(name).map(|metric| metric.unit) {
        Some(Unit::Yuan) => Form::Yuan,
        Some(Unit::Count) => Form::Count,
        _ => Form::Percent,
    }
}

/// What one company thinks of another, or what a deed does to that: from −1 to +1.
pub fn opinion(much: f64) -> String {
    match (form::decimal(much.abs(), 2), form::decimal(0.0, 2)) {
        (written, nothing) if written == nothing => nothing,
        (written, _) => format!("{}{written}", if much < 0.0 { "−" } else { "+" }),
    }
}

/// What people hold for or against a company.
pub fn public_deed(deed: PublicDeed) -> String {
    match deed {
        PublicDeed::Opened => say!("deed-opened"),
        PublicDeed::Closed => say!("deed-closed"),
        PublicDeed::Blocked => say!("deed-blocked"),
        PublicDeed::Startled => say!("deed-startled"),
        PublicDeed::Cheated => say!("deed-cheated"),
    }
}

/// A metric's value.
pub fn measured(name: &str, value: f64) -> String {
    match metric_of(name).map(|metric| metric.unit) {
        _ if matches!(name, "opinion" | "public_opinion") => opinion(value),
        // Agreements are whole, however few.
        Some(Unit::Count) if value.abs() < 999.5 => form::decimal(value, 0),
        Some(Unit::Ratio | Unit::Utility) => form::decimal(value, 2),
        _ => form(name).write(value),
    }
}

/// A difference between two values of a metric: of percentages in points.
pub fn difference(name: &str, value: f64) -> String {
    match metric_of(name).map(|metric| metric.unit) {
        Some(Unit::Fraction) => say!("in-points", number = form::decimal(100.0 * value, 1)),
        Some(Unit::Ratio) => form::decimal(value, 2),
        _ => measured(name, value),
    }
}

/// The same with its sign, to the last place that can be seen of a month's work.
pub fn change(name: &str, value: f64) -> String {
    let sign = if value < 0.0 { "−" } else { "+" };
    match metric_of(name).map(|metric| metric.unit) {
        Some(Unit::Fraction) => {
            format!("{sign}{}", say!("in-points", number = form::decimal(100.0 * value.abs(), 2)))
        }
        _ => format!("{sign}{}", difference(name, value.abs())),
    }
}

/// What is measured, in a word or two: of whom only where that is not the one who looks.
pub fn measure(level: &Level, measure: &Measure, me: usize) -> String {
    let mut what = metric(&measure.metric);
    if let Some(service) = measure.service {
        what = say!("of-whom", what = what, who = of_level(&level.services[service].name));
    }
    if let Some(platform) = measure.platform.filter(|&platform| platform != me) {
        what = say!("of-whom", what = what, who = of_level(&level.platforms[platform].name));
    }
    let region = measure.region.map(|region| of_level(&level.regions[region].name));
    let category = measure.category.map(|category| of_level(&level.categories[category].name));
    for place in [region, category].into_iter().flatten() {
        what = say!("in-where", what = what, place = place);
    }
    what
}
