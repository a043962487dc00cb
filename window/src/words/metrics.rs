//! Metrics: their names, what they mean and how their values are written.

use crate::form::Form;
use crate::texts::{say, text};
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
    match format!("{much:+.2}").replace('-', "−") {
        nothing if nothing.ends_with("0.00") => "0.00".to_owned(),
        written => written,
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
        Some(Unit::Count) if value.abs() < 999.5 => format!("{value:.0}"),
        Some(Unit::Ratio | Unit::Utility) => format!("{value:.2}").replace('-', "−"),
        _ => form(name).write(value),
    }
}

/// A difference between two values of a metric: of percentages in points.
pub fn difference(name: &str, value: f64) -> String {
    match metric_of(name).map(|metric| metric.unit) {
        Some(Unit::Fraction) => format!("{:.1}{}", 100.0 * value, say!("points")),
        Some(Unit::Ratio) => format!("{value:.2}").replace('-', "−"),
        _ => measured(name, value),
    }
}

/// The same with its sign, to the last place that can be seen of a month's work.
pub fn change(name: &str, value: f64) -> String {
    let sign = if value < 0.0 { "−" } else { "+" };
    match metric_of(name).map(|metric| metric.unit) {
        Some(Unit::Fraction) => format!("{sign}{:.2}{}", 100.0 * value.abs(), say!("points")),
        _ => format!("{sign}{}", difference(name, value.abs())),
    }
}

/// What is measured, in a word or two: of whom only where that is not the one who looks.
pub fn measure(level: &Level, measure: &Measure, me: usize) -> String {
    let mut what = metric(&measure.metric);
    if let Some(service) = measure.service {
        what = say!("of-whom", what = what, who = level.services[service].name);
    }
    if let Some(platform) = measure.platform.filter(|&platform| platform != me) {
        what = say!("of-whom", what = what, who = level.platforms[platform].name);
    }
    let region = measure.region.map(|region| &level.regions[region].name);
    let category = measure.category.map(|category| &level.categories[category].name);
    for place in [region, category].into_iter().flatten() {
        what = say!("in-where", what = what, place = place);
    }
    what
}
