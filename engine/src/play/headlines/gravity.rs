//! How much what happens between companies weighs.

use super::scale::Scale;
use crate::sim::state::events::Event;

/// Of what is only talked about between others so much counts.
const TALK: f64 = 0.1;
/// Of those who are in it at least so much is the player's business, where it is done and not only talked about.
const LEAST: f64 = 0.05;

/// How much an event weighs: as it would if it happened to the player, by how far it does.
pub(super) fn grade(scale: &Scale, event: &Event) -> f64 {
    let (grave, once) = gravity(event);
    let concern = concern(scale, event);
    concern * grave + if concern >= 1.0 { scale.once(once as f64 / 100.0) } else { 0.0 }
}

/// How far an event is the player's business, 0 to 1.
fn concern(scale: &Scale, event: &Event) -> f64 {
    // Everybody's, or nobody's by name.
    let parties: Vec<usize> = event.by().into_iter().chain(event.towards()).collect();
    let most = parties.iter().map(|&party| scale.concern(party)).sum::<f64>().min(1.0);
    match event {
        Event::Happened { .. } => 1.0,
        Event::Offered { .. } | Event::Countered { .. } | Event::Refused { .. } | Event::Lapsed { .. }
            if most < 1.0 && scale.me.is_some() =>
        {
            TALK * most
        }
        _ => most.max(LEAST),
    }
}

/// How grave an event is to whom it happens, as a part of its business, and the money in it, in fen.
fn gravity(event: &Event) -> (f64, i128) {
    match *event {
        Event::Lapsed { .. } | Event::Withdrawn { .. } | Event::CalledOff { .. } => (0.02, 0),
        Event::Refused { .. } => (0.03, 0),
        Event::Offered { .. }
        | Event::Countered { .. }
        | Event::Expired { .. }
        | Event::Opened { .. }
        | Event::Integrated { .. }
        | Event::Dropped { .. }
        | Event::Complied { .. }
        | Event::Contested { .. }
        | Event::ClosedDown { .. }
        | Event::Bound { .. } => (0.05, 0),
        Event::Closed { .. } | Event::NoticeGiven { .. } | Event::Warned { .. } | Event::Chose { .. } => {
            (0.1, 0)
        }
        Event::Accepted { .. } => (0.15, 0),
        Event::Blocked { .. }
        | Event::Broken { .. }
        | Event::Probed { .. }
        | Event::Happened { .. }
        | Event::Entered { .. }
        | Event::Distressed { .. }
        | Event::Rescued { .. } => (0.2, 0),
        Event::Administered { .. } => (0.5, 0),
        Event::WoundUp { .. } => (1.0, 0),
        Event::Decided { fine, .. } => (0.2, fine),
        Event::Defied { fine, .. } => (0.1, fine),
        Event::Issued { fen, .. }
        | Event::Listed { fen, .. }
        | Event::BoughtStake { fen, .. }
        | Event::SoldStake { fen, .. } => (0.05, fen),
        Event::Sold { price, .. } => (0.1, price),
    }
}
