//! What is to be measured, as the command line says it: `share:north`, `gmv:north@tier-4`, `price:north@tea`.

use anyhow::{Result, bail};

use crate::game::seat_of;
use crate::level::{Level, Measure, Unmeasurable, nearest};
use crate::sim::metrics::{METRICS, metric};

/// Measures of every platform when none is asked for.
const OF_PLATFORMS: [&str; 4] = ["share", "gmv", "profit", "value"];

/// How every platform does, and how consumers do.
pub(super) fn default_measures(level: &Level) -> Vec<Measure> {
    let of_platforms = OF_PLATFORMS
        .iter()
        .flat_map(|name| (0..level.platforms.len()).map(|platform| Measure::of_platform(name, platform)));
    let mut measures: Vec<Measure> =
        of_platforms.filter(|measure| unmeasurable(level, measure).is_none()).collect();
    measures.push(Measure::of_market("consumer_surplus"));
    measures
}

fn unmeasurable(level: &Level, measure: &Measure) -> Option<Unmeasurable> {
    metric(&measure.metric)?.measurable().unmeasurable(level, measure)
}

/// Kinds of things besides platforms that something is measured of.
const KINDS: [&str; 3] = ["region", "category", "service"];

/// Reads `NAME[:PLATFORM][@REGION][@CATEGORY][@SERVICE]`. An id of more than one kind takes `@region=ID` and so on.
pub(super) fn read_measure(text: &str, level: &Level) -> Result<Measure> {
    let mut parts = text.split('@');
    let of = parts.next().unwrap_or_default();
    let (name, platform) = of.split_once(':').map_or((of, None), |(name, id)| (name, Some(id)));
    let names = || METRICS.iter().map(|metric| metric.name);
    if !names().any(|known| known == name) {
        bail!("there is no metric `{name}`: {}", among(name, names()));
    }
    let mut measure = Measure::of_market(name);
    measure.platform = platform.map(|id| seat_of(level, id)).transpose()?;
    for place in parts {
        let (kind, id) = place.split_once('=').map_or((None, place), |(kind, id)| (Some(kind), id));
        if let Some(kind) = kind.filter(|kind| !KINDS.contains(kind)) {
            let kinds: Vec<String> = KINDS.iter().map(|kind| format!("`{kind}`")).collect();
            bail!("`{kind}` is none of {}", kinds.join(", "));
        }
        let asked = |of: &str| kind.is_none_or(|kind| kind == of);
        let regions = level.regions.iter().map(|row| row.id.as_str()).filter(|_| asked("region"));
        let categories = level.categories.iter().map(|row| row.id.as_str()).filter(|_| asked("category"));
        let services = level.services.iter().map(|row| row.id.as_str()).filter(|_| asked("service"));
        let found = [
            regions.clone().position(|known| known == id),
            categories.clone().position(|known| known == id),
            services.clone().position(|known| known == id),
        ];
        let kinds: Vec<usize> = (0..KINDS.len()).filter(|&kind| found[kind].is_some()).collect();
        let slot = match kinds[..] {
            [0] => &mut measure.region,
            [1] => &mut measure.category,
            [2] => &mut measure.service,
            [] => bail!("there is no `{id}`: {}", among(id, regions.chain(categories).chain(services))),
            _ => {
                let ways: Vec<String> =
                    kinds.iter().map(|&kind| format!("`@{}={id}`", KINDS[kind])).collect();
                bail!("`{id}` is more than one thing; say {}", ways.join(" or "))
            }
        };
        if slot.is_some() {
            bail!("`@{place}` is one too many: a measure is of one of a kind, or of all");
        }
        *slot = found[kinds[0]];
    }
    if let Some(Unmeasurable { message, .. }) = unmeasurable(level, &measure) {
        bail!(
            "`{name}` has no value here: {message}; expected NAME[:PLATFORM][@REGION][@CATEGORY][@SERVICE]"
        );
    }
    Ok(measure)
}

/// What there is, and what may have been meant.
fn among<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let hint = nearest(name, known.clone()).map(|known| format!("; did you mean `{known}`?"));
    format!("expected one of {}{}", known.collect::<Vec<_>>().join(", "), hint.unwrap_or_default())
}
