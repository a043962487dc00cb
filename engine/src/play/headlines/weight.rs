//! How much a story weighs: the part of the player's business that it is about, so that a crowd, a price and a fine can be held
//! against each other. A hundredth is a hundredth of one's people, of a month's sales, or of what the company is worth. Where
//! nobody plays, and for a company without a shop, people and sales are the whole market's.

use super::gravity::grade;
use super::scale::{OTHERS, Scale, YEAR};
use super::story::{GoalChange, Story};
use crate::sim::state::outcome::ratio;

/// What a record weighs, however narrow.
const RECORD: f64 = 0.01;
/// What a season weighs, of the part by which people spend more or less: it was known before.
const KNOWN: f64 = 0.2;

/// How much a story weighs to whom the scale is of.
pub fn weight(scale: &Scale, story: &Story) -> f64 {
    let of = |platform: usize| scale.concern(platform);
    match story {
        Story::Between(event) => grade(scale, event),
        Story::RanOut { .. } | Story::RunsOut { .. } => 0.05,
        Story::Prices { moves, won, .. } => {
            let stake: f64 = moves.iter().map(|one| one.stake.abs()).sum();
            scale.sales(stake) + scale.people(*won)
        }
        Story::ServicePrice { from, to, volume, .. } => scale.sales((to - from) * volume),
        Story::Dropped { by, .. } => 0.1 * of(*by),
        Story::Builds { by, .. } => 0.05 * of(*by),
        Story::Ai { of: who, .. } => 0.1 * of(*who),
        Story::Trust { of: who, from, to } => (to - from).abs() * of(*who),
        Story::Opinion { of: who, .. } => 0.05 * of(*who),
        Story::Room { from, to, .. } => 0.05 * ratio((to - from).abs(), *from).min(1.0),
        Story::Budgets { from, to, .. } => scale.sales(to - from),
        Story::FirstPlace { by, from, part, .. } => {
            let mine = scale.me == Some(*by) || scale.me == Some(*from);
            part * if mine || scale.me.is_none() { 0.5 } else { OTHERS * 0.5 }
        }
        Story::Overtaken { .. } => 0.1,
        Story::Swing { sales, .. } => scale.sales(*sales),
        Story::Share { from, to, .. } => ratio((to - from).abs(), *from).clamp(RECORD, 1.0),
        Story::Crowd { people, .. } => scale.people(*people),
        // A crowd has a name: it comes before the sum of all.
        Story::People { net } | Story::Commons { net } => 0.5 * scale.people(*net),
        Story::Merchants { of: who, net, listed } => 0.5 * ratio(net.abs(), *listed).min(1.0) * of(*who),
        Story::Record { figure, was, is, .. } => RECORD + scale.figure(*figure, is - was, *was),
        Story::Earns { profit } => 0.05 + scale.once(YEAR * profit),
        Story::Missed { figure, expected, found, .. } => scale.figure(*figure, found - expected, *expected),
        Story::Goal { turn, .. } => {
            let part = match turn {
                GoalChange::Won | GoalChange::Lost => 1.0,
                GoalChange::InDanger => 0.5,
                GoalChange::InReach | GoalChange::Due(_) => 0.25,
            };
            part * scale.objective()
        }
        Story::OnFile { of: who, from, to, warning } => 0.1 * ratio((to - from).abs(), *warning) * of(*who),
        Story::Season { spending, .. } => KNOWN * (spending - 1.0).abs(),
        Story::Economy { from, to } => (to - from).abs(),
        Story::Opens { .. } => 0.05,
        Story::Crowded { mine, load, .. } => 0.005 + mine * (load - 1.0).clamp(0.0, 0.5),
        Story::Habit { from, to, .. } => (to - from).abs(),
        Story::FirstWallet { .. } => 0.02,
        Story::Worth { of: who, from, to } => ratio((to - from).abs(), *from).min(1.0) * of(*who),
        Story::WorthMost { by, from } => 0.2 * of(*by).max(of(*from)),
        Story::Dividend { by, from, to } => 0.1 * (to - from).abs() * of(*by),
        Story::Defaults { of: who, from, to, owed } => {
            0.05 * of(*who) + if scale.me == Some(*who) { scale.once((to - from) * owed) } else { 0.0 }
        }
    }
}
