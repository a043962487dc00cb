//! Who sells most where, and how the player's share moved.

use super::month::Month;
use super::story::{Place, Story};
use crate::sim::Outcome;
use crate::sim::state::outcome::ratio;

/// Share of all sales comes by whole points.
const POINT: f64 = 0.01;

/// First places that changed hands, whom the player passed or was passed by, and where its share moved most.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let mut told: Vec<Story> = places(month).filter_map(|place| first(month, place)).collect();
    if let Some(me) = month.my_shop() {
        told.extend(overtaken(month, me));
        told.extend(swing(month, me));
        told.extend(mark(month, me));
    }
    told
}

fn places(month: &Month) -> impl Iterator<Item = Place> {
    let level = month.level();
    let categories = (0..level.categories.len()).map(Place::Category);
    // Where there is one of them it is the whole.
    let many = |count: usize| move |_: &Place| count > 1;
    let regions = (0..level.regions.len()).map(Place::Region).filter(many(level.regions.len()));
    std::iter::once(Place::Everywhere).chain(categories.filter(many(level.categories.len()))).chain(regions)
}

/// A company's share of what is sold in a place.
fn share(outcome: &Outcome, place: Place, platform: usize) -> f64 {
    match place {
        Place::Everywhere => outcome.share(platform),
        Place::Category(category) => outcome.category_share(category, platform),
        Place::Region(region) => outcome.region_share(region, platform),
    }
}

/// Who sells most; nobody where two sell the same or nothing is sold.
fn leader(outcome: &Outcome, place: Place) -> Option<usize> {
    let mut shares: Vec<(usize, f64)> =
        outcome.platforms().map(|platform| (platform, share(outcome, place, platform))).collect();
    shares.sort_by(|one, other| other.1.total_cmp(&one.1));
    let (first, most) = *shares.first()?;
    (most > shares.get(1).map_or(0.0, |second| second.1)).then_some(first)
}

fn first(month: &Month, place: Place) -> Option<Story> {
    let (from, by) = (leader(month.before, place)?, leader(month.now, place)?);
    (from != by).then(|| Story::FirstPlace { place, by, from, part: part_of(month.now, place) })
}

/// Whom the player passed, or was passed by, in all sales.
fn overtaken(month: &Month, me: usize) -> Vec<Story> {
    let others = month.shops().into_iter().filter(|&other| other != me);
    let passes = others.filter_map(|other| {
        let ahead = |outcome: &Outcome| outcome.share(me) > outcome.share(other);
        match (ahead(month.before), ahead(month.now)) {
            (false, true) => Some(Story::Overtaken { by: me, whom: other }),
            (true, false) => Some(Story::Overtaken { by: other, whom: me }),
            _ => None,
        }
    });
    passes.collect()
}

/// Where the player's share moved most, by the sales that this is.
fn swing(month: &Month, me: usize) -> Option<Story> {
    let swings = places(month).filter(|place| *place != Place::Everywhere).map(|place| {
        let (from, to) = (share(month.before, place, me), share(month.now, place, me));
        let sales = (to - from) * part_of(month.now, place) * month.now.total();
        (sales.abs(), Story::Swing { place, from, to, sales: sales.abs() })
    });
    swings.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, story)| story)
}

/// A whole point of share that was never passed before.
fn mark(month: &Month, me: usize) -> Option<Story> {
    let mut outcomes = month.outcomes();
    let now = outcomes.pop()?.share(me);
    let shares = outcomes.iter().map(|outcome| outcome.share(me));
    let (least, most) =
        shares.fold((f64::MAX, 0.0), |(least, most): (f64, f64), share| (least.min(share), most.max(share)));
    let from = month.before.share(me);
    let passed = |low: f64, high: f64| {
        let mark = (high / POINT).floor() * POINT;
        (low < mark && mark <= high).then_some(mark)
    };
    let mark = if now > most { passed(most, now) } else { passed(now, least) }?;
    Some(Story::Share { mark, from, to: now })
}

/// The part of all sales that is made in a place.
fn part_of(now: &Outcome, place: Place) -> f64 {
    let sum = |of: &dyn Fn(usize) -> f64| now.platforms().map(of).sum::<f64>();
    let there = match place {
        Place::Everywhere => now.total(),
        Place::Category(category) => sum(&|platform| now.category_sales(category, platform)),
        Place::Region(region) => sum(&|platform| now.region_sales(region, platform)),
    };
    ratio(there, now.total())
}
