//! What is to be measured, as the command line says it: `share:north`, `gmv:north@tier-4`, `price:north@tea`.

use anyhow::{Result, bail};

use crate::game::seat_of;
use crate::level::{Level, Measure, nearest};
use crate::sim::metrics::METRICS;

/// Measures of every platform when none is asked for.
const OF_PLATFORMS: [&str; 4] = ["share", "gmv", "profit", "value"];
/// Of these, what a company without a shop has none of.
const OF_SHOPS: [&str; 2] = ["share", "gmv"];

/// How every platform does, and how consumers do.
pub(super) fn default_measures(level: &Level) -> Vec<Measure> {
    let mut measures = Vec::new();
    for name in OF_PLATFORMS {
        for (platform, company) in level.platforms.iter().enumerate() {
            if company.shop.is_some() || !OF_SHOPS.contains(&name) {
                measures.push(Measure { platform: Some(platform), ..of_market(name) });
            }
        }
    }
    measures.push(of_market("consumer_surplus"));
    measures
}

/// Reads `NAME[:PLATFORM][@REGION][@CATEGORY]`. An id that both a region and a category have takes `@region=ID` or
/// `@category=ID`.
pub(super) fn read_measure(text: &str, level: &Level) -> Result<Measure> {
    let mut parts = text.split('@');
    let of = parts.next().unwrap_or_default();
    let (name, platform) = of.split_once(':').map_or((of, None), |(name, id)| (name, Some(id)));
    let names = || METRICS.iter().map(|metric| metric.name);
    if !names().any(|known| known == name) {
        bail!("there is no metric `{name}`: {}", among(name, names()));
    }
    let mut measure = of_market(name);
    measure.platform = platform.map(|id| seat_of(level, id)).transpose()?;
    for place in parts {
        let (id, of_regions, of_categories) = match place.split_once('=') {
            Some(("region", id)) => (id, true, false),
            Some(("category", id)) => (id, false, true),
            Some((kind, _)) => bail!("`{kind}` is neither `region` nor `category`"),
            None => (place, true, true),
        };
        let regions = || level.regions.iter().filter(|_| of_regions).map(|region| region.id.as_str());
        let categories = || level.categories.iter().filter(|_| of_categories).map(|row| row.id.as_str());
        let (region, category) =
            (regions().position(|known| known == id), categories().position(|known| known == id));
        let taken = match (region, category) {
            (Some(_), Some(_)) => {
                bail!("`{id}` is a region and a category; say `@region={id}` or `@category={id}`")
            }
            (None, None) => bail!("there is no `{id}`: {}", among(id, regions().chain(categories()))),
            (Some(_), None) => measure.region,
            (None, Some(_)) => measure.category,
        };
        if taken.is_some() {
            bail!("`@{place}` is one too many: a measure is of one region and one category, or of all");
        }
        measure.region = measure.region.or(region);
        measure.category = measure.category.or(category);
    }
    Ok(measure)
}

fn of_market(name: &str) -> Measure {
    Measure { metric: name.to_owned(), platform: None, region: None, category: None, turn: None }
}

/// What there is, and what may have been meant.
fn among<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let hint = nearest(name, known.clone()).map(|known| format!("; did you mean `{known}`?"));
    format!("expected one of {}{}", known.collect::<Vec<_>>().join(", "), hint.unwrap_or_default())
}
