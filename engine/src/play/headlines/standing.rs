//! What companies have come to by what they spend, as anybody can see: AI, trust, opinion, room, what is on file, and open books.

use super::month::Month;
use super::steps::stepped;
use super::story::Story;
use crate::strategy::PlatformView;

/// What grows slowly is told of by steps: of AI and trust, of opinion, and of what warns.
const AI: f64 = 0.05;
const TRUST: f64 = 0.02;
const OPINION: f64 = 0.1;
const FILE: f64 = 0.25;
/// A part of its room that a carrier builds or gives up, from which on it is told.
const ROOM: f64 = 0.05;
/// A part of all that a rival spends by which its books changed.
const BUDGETS: f64 = 0.1;

/// How companies stand.
pub(super) fn stories(month: &Month) -> Vec<Story> {
    let (before, now) = (month.before, month.now);
    let mut told = Vec::new();
    for of in (0..month.level().platforms.len()).filter(|&platform| month.position.is_here(platform)) {
        let (from, to) = (before.ai[of], now.ai[of]);
        told.extend(stepped(from, to, AI).then_some(Story::Ai { of, from, to }));
        let (from, to) = (before.trust[of], now.trust[of]);
        let shop = month.level().platforms[of].shop.is_some();
        told.extend((shop && stepped(from, to, TRUST)).then_some(Story::Trust { of, from, to }));
        let (from, to) = (before.public_opinion[of], now.public_opinion[of]);
        told.extend(stepped(from, to, OPINION).then_some(Story::Opinion { of, from, to }));
        told.extend(file(month, of));
    }
    told.extend(rooms(month));
    told.extend(month.others().filter_map(|by| budgets(month, by)));
    told
}

fn file(month: &Month, of: usize) -> Option<Story> {
    let warning = month.level().regulator.as_ref()?.warning;
    let (from, to) = (month.before.attention[of], month.now.attention[of]);
    stepped(from, to, FILE * warning).then_some(Story::OnFile { of, from, to, warning })
}

fn rooms<'a>(month: &'a Month) -> impl Iterator<Item = Story> + 'a {
    (0..month.level().services.len()).filter_map(|service| {
        let room = |view: &PlatformView| view.public.ecosystem.services[service].capacity;
        let (from, to) = (room(month.seen)?, room(month.view)?);
        // Its own the player knows.
        let mine = month.me.is_some() && month.view.level.services[service].owner == month.me;
        (!mine && (to - from).abs() >= ROOM * from.max(1.0)).then_some(Story::Room { service, from, to })
    })
}

/// What a rival spends, where all books are open.
fn budgets(month: &Month, by: usize) -> Option<Story> {
    let (before, after) = (month.seen.public.books.as_ref()?, month.view.public.books.as_ref()?);
    let (from, to) = (before[by].budgets.total(), after[by].budgets.total());
    ((to - from).abs() > BUDGETS * from.max(1.0)).then_some(Story::Budgets { by, from, to })
}
