//! Decks of bridges. What moves on them is drawn by the panel over the map.

use bevy::prelude::*;

use super::garden::world;
use super::layout::{Bridge, Kind};
use super::strip::{Strip, linear};
use crate::theme;

/// Draws a bridge's deck.
pub fn draw(strip: &mut Strip, bridge: &Bridge) {
    let path: Vec<Vec2> = bridge.path.iter().map(|&place| world(place)).collect();
    let shadow: Vec<Vec2> = path.iter().map(|place| *place + Vec2::new(2.0, -6.0)).collect();
    let black = [0.0, 0.0, 0.0, 0.45];
    match bridge.kind {
        Kind::Payment => {
            strip.stroke(&shadow, 8.0, black);
            strip.stroke(&path, 8.0, linear(theme::hex(0x1B2A2C), 1.0));
            for side in [-3.4, 3.4] {
                strip.stroke(&beside(&path, |_| side), 1.0, linear(theme::palette().payment, 1.0));
            }
        }
        Kind::Logistics => {
            strip.stroke(&shadow, 11.0, black);
            strip.stroke(&path, 11.0, linear(theme::hex(0x2A2A22), 1.0));
            for (place, across) in planks(&path) {
                strip.stroke(
                    &[place + across * 5.0, place - across * 5.0],
                    1.6,
                    linear(theme::palette().logistics, 0.62),
                );
            }
        }
        Kind::Data => {
            for side in [1.0, -1.0] {
                let braid =
                    beside(&path, |walked| side * 4.2 * (walked / 57.0 * std::f32::consts::TAU).sin());
                strip.stroke(&braid, 1.4, linear(theme::palette().data, 1.0));
            }
        }
        Kind::Blocked => {
            for (number, (place, across)) in planks(&path).into_iter().enumerate() {
                if number % 2 == 0 {
                    let way = across.perp();
                    strip.stroke(&[place - way, place + way], 1.2, linear(theme::palette().weak, 0.7));
                }
            }
        }
        Kind::Traffic => {}
    }
}

/// The same path, moved aside by what a function says of the way walked.
fn beside(path: &[Vec2], aside: impl Fn(f32) -> f32) -> Vec<Vec2> {
    let mut walked = 0.0;
    let mut moved = Vec::with_capacity(path.len());
    for (number, &place) in path.iter().enumerate() {
        let (before, after) = (path[number.saturating_sub(1)], path[(number + 1).min(path.len() - 1)]);
        walked += (place - before).length();
        moved.push(place + (after - before).normalize_or_zero().perp() * aside(walked));
    }
    moved
}

/// A place every five points, and the direction across.
fn planks(path: &[Vec2]) -> Vec<(Vec2, Vec2)> {
    let (mut next, mut walked, mut planks) = (2.5, 0.0, Vec::new());
    for step in path.windows(2) {
        let way = step[1] - step[0];
        let length = way.length();
        while length > 0.0 && next <= walked + length {
            planks.push((step[0] + way * ((next - walked) / length), (way / length).perp()));
            next += 5.0;
        }
        walked += length;
    }
    planks
}
