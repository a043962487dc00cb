//! Who came and who went: people, and merchants.

use super::month::Month;
use super::story::Story;
use crate::play::explain::Label;
use crate::play::why::{Between, People, why};
use crate::sim::ChoiceTerm;

/// A reason that moved the choice by less than this explains nothing.
const FAINT: f64 = 0.002;
/// A part of a rival's merchants that came or left, from which on it is told.
const NUMBERS: f64 = 0.02;

/// The largest crowds to and from the player, all people together, and merchants.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let mut told = Vec::new();
    let shops = month.shops();
    match month.my_shop() {
        Some(me) => {
            let rivals = || shops.iter().copied().filter(|&rival| rival != me);
            let lost = rivals().max_by(|&a, &b| month.net(me, a).total_cmp(&month.net(me, b)));
            let won = rivals().max_by(|&a, &b| month.net(a, me).total_cmp(&month.net(b, me)));
            told.extend(lost.and_then(|rival| crowd(month, me, rival)));
            told.extend(won.and_then(|rival| crowd(month, rival, me)));
            let net = (0..month.flows.len()).filter(|&from| from != me).map(|from| month.net(from, me));
            told.push(Story::People { net: net.sum() });
        }
        None => told.extend(largest(month, &shops)),
    }
    let commons = month.level().platforms.len();
    told.push(Story::Commons { net: (0..commons).map(|platform| month.net(commons, platform)).sum() });
    told.extend(shops.into_iter().filter_map(|shop| merchants(month, shop)));
    told
}

/// The largest crowd of all: where nobody plays.
fn largest(month: &Month, shops: &[usize]) -> Option<Story> {
    let pairs = shops.iter().flat_map(|&from| shops.iter().map(move |&to| (from, to)));
    let most = pairs.max_by(|one, other| month.net(one.0, one.1).total_cmp(&month.net(other.0, other.1)));
    most.and_then(|(from, to)| crowd(month, from, to))
}

fn crowd(month: &Month, from: usize, to: usize) -> Option<Story> {
    let people = month.net(from, to);
    (people > 0.0).then(|| Story::Crowd { from, to, people, mostly: mostly(month, from, to) })
}

/// What changed most in favour of going, as the market explorer shows it.
fn mostly(month: &Month, from: usize, to: usize) -> Option<ChoiceTerm> {
    let between = Between { from: vec![(from, 1.0)], to: vec![(to, 1.0)] };
    let change = why(month.position, People::default(), &between, 1).change;
    let best = change.parts.iter().max_by(|one, other| one.amount.total_cmp(&other.amount))?;
    match best.label {
        Label::Choice(term) if best.amount >= FAINT => Some(term),
        _ => None,
    }
}

/// Merchants who came to a shop or left it: the player's own by their streets, a rival's where they are many.
fn merchants(month: &Month, of: usize) -> Option<Story> {
    let (before, listed) = (month.before.merchant_count(of), month.now.merchant_count(of));
    let net = listed - before;
    let many = net.abs() >= NUMBERS * before.max(1.0) || month.me == Some(of);
    (many && net != 0.0 && before > 0.0).then_some(Story::Merchants { of, net, listed })
}
