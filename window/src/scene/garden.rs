//! A garden drawn: ground, beds, paths and plaza, stalls, and a wall that is thicker and higher where it is more closed.

use bevy::prelude::*;
use std::f32::consts::TAU;

use super::layout::{Garden, Layout};
use super::strip::{Strip, linear};
use crate::theme;

/// Points of a ring.
const RING: usize = 144;
/// Pieces of a wall.
const PIECES: usize = 216;
/// Half the width of a gate.
const GATE: f32 = 9.0;
/// Stalls of a garden where every merchant lists.
const STALLS: f64 = 26.0;

/// A place of the layout in the world.
pub fn world(place: bevy_egui::egui::Vec2) -> Vec2 {
    Vec2::new(place.x, -place.y)
}

/// The ground of the whole map.
pub fn ground(strip: &mut Strip, layout: &Layout) {
    let (w, h) = (0.5 * layout.size.x, 0.5 * layout.size.y);
    let colour = linear(theme::palette().grid, 1.0);
    let lines = |half: f32| (-(half / 48.0) as i32..=(half / 48.0) as i32).map(|line| line as f32 * 48.0);
    for x in lines(w) {
        strip.quad(
            [Vec2::new(x, -h), Vec2::new(x + 1.0, -h), Vec2::new(x + 1.0, h), Vec2::new(x, h)],
            [colour; 4],
        );
    }
    for y in lines(h) {
        strip.quad(
            [Vec2::new(-w, y), Vec2::new(w, y), Vec2::new(w, y + 1.0), Vec2::new(-w, y + 1.0)],
            [colour; 4],
        );
    }
}

/// What lies below the people: `back`; and what stands before them: `front`.
pub fn draw(back: &mut Strip, front: &mut Strip, garden: &Garden, me: bool) {
    if garden.empty {
        pegs(back, garden);
    } else {
        floor(back, garden);
        stalls(back, garden);
        walls(back, front, garden);
    }
    if me {
        // You: a dotted ring.
        let count = (garden.radius * TAU / 9.0) as usize;
        for dot in 0..count {
            let angle = dot as f32 / count as f32 * TAU;
            back.disc(world(garden.at_wall(angle, 17.0)), 1.3, linear(theme::palette().accent, 0.8));
        }
    }
}

fn ring(garden: &Garden, part: f32, outwards: f32) -> Vec<Vec2> {
    let place = |point: usize| {
        let angle = point as f32 / RING as f32 * TAU;
        world(garden.at_wall(angle, (part - 1.0) * garden.wall(angle) + outwards))
    };
    (0..RING).map(place).collect()
}

/// Ground that waits for a garden: its outline, pegged out.
fn pegs(back: &mut Strip, garden: &Garden) {
    let colour = theme::colour(garden.platform);
    let ring = ring(garden, 1.0, 0.0);
    back.fan(world(garden.middle), &ring, linear(theme::mix(colour, 0.07, theme::palette().ground), 1.0));
    let line = linear(theme::mix(colour, 0.6, theme::palette().ground), 1.0);
    for dash in ring.chunks(6) {
        back.stroke(&dash[..dash.len().min(4)], 1.5, line);
    }
}

fn floor(back: &mut Strip, garden: &Garden) {
    let colour = theme::colour(garden.platform);
    let tint = |part: f32| linear(theme::mix(colour, part, theme::palette().grid), 1.0);
    // A soft shadow, to the lower right.
    let (inner, outer) = (ring(garden, 1.0, 0.0), ring(garden, 1.0, 26.0));
    let fall = Vec2::new(4.0, -12.0);
    let (dark, clear) = ([0.0, 0.0, 0.0, 0.6], [0.0, 0.0, 0.0, 0.0]);
    for point in 0..RING {
        let next = (point + 1) % RING;
        let corners = [inner[point], inner[next], outer[next], outer[point]].map(|place| place + fall);
        back.quad(corners, [dark, dark, clear, clear]);
    }
    let middle = world(garden.middle);
    for (part, strength) in [(1.0, 0.13), (0.955, 0.20), (0.665, 0.30), (0.555, 0.19), (0.27, 0.30)] {
        back.fan(middle, &ring(garden, part, 0.0), tint(strength));
    }
    // Paths from the gates to the plaza.
    for &gate in &garden.gates {
        let path = [middle, world(garden.at_wall(gate, -4.0))];
        back.stroke(&path, (0.07 * garden.radius).clamp(4.0, 12.0), tint(0.30));
    }
}

/// Stalls along the ring path, as many as merchants list.
fn stalls(back: &mut Strip, garden: &Garden) {
    let count =
        (garden.listed.clamp(0.0, 1.0) * STALLS * f64::from(garden.radius / 120.0).clamp(0.4, 1.2)) as usize;
    let roof = linear(theme::mix(theme::colour(garden.platform), 0.35, theme::palette().text), 1.0);
    let post = linear(theme::mix(theme::colour(garden.platform), 0.5, theme::palette().ground), 1.0);
    for stall in 0..count {
        let angle = (stall as f32 + 0.5) / count as f32 * TAU;
        let place = world(garden.at_wall(angle, -0.39 * garden.wall(angle)));
        let quad = |strip: &mut Strip, x: f32, y: f32, w: f32, h: f32, colour: [f32; 4]| {
            let corner = place + Vec2::new(x, y);
            let corners = [corner, corner + Vec2::X * w, corner + Vec2::new(w, h), corner + Vec2::Y * h];
            strip.quad(corners, [colour; 4]);
        };
        quad(back, -5.0, -3.0, 10.0, 2.6, post);
        quad(back, -5.0, -0.4, 10.0, 3.4, roof);
        for stripe in [-2.4, 1.0] {
            quad(back, stripe, -0.4, 1.4, 3.4, post);
        }
    }
}

fn walls(back: &mut Strip, front: &mut Strip, garden: &Garden) {
    let colour = theme::colour(garden.platform);
    let top = linear(theme::mix(theme::palette().text, 0.1, colour), 1.0);
    let outer = linear(theme::mix(colour, 0.42, theme::palette().ground), 1.0);
    let inner = linear(theme::mix(colour, 0.30, theme::palette().ground), 1.0);
    let angle = |piece: usize| piece as f32 / PIECES as f32 * TAU;
    let open = |piece: usize| {
        let middle = angle(piece) + 0.5 * TAU / PIECES as f32;
        garden.gates.iter().any(|gate| {
            let way = (middle - gate + TAU * 1.5).rem_euclid(TAU) - 0.5 * TAU;
            way.abs() * garden.wall(middle) < GATE
        })
    };
    let at = |piece: usize, side: f32, up: f32| {
        let angle = angle(piece % PIECES);
        let closed = garden.closed_towards(angle);
        let half = 0.5 * (3.0 + 12.0 * closed);
        world(garden.at_wall(angle, side * half)) + Vec2::Y * up * (3.0 + 20.0 * closed)
    };
    for piece in (0..PIECES).filter(|&piece| !open(piece)) {
        let face = |side: f32| {
            [at(piece, side, 0.0), at(piece + 1, side, 0.0), at(piece + 1, side, 1.0), at(piece, side, 1.0)]
        };
        if angle(piece).sin() > -0.25 {
            back.quad(face(-1.0), [inner; 4]);
        }
        if angle(piece).sin() < 0.25 {
            front.quad(face(1.0), [outer; 4]);
        }
    }
    for piece in (0..PIECES).filter(|&piece| !open(piece)) {
        let corners =
            [at(piece, -1.0, 1.0), at(piece + 1, -1.0, 1.0), at(piece + 1, 1.0, 1.0), at(piece, 1.0, 1.0)];
        front.quad(corners, [top; 4]);
    }
    for &gate in &garden.gates {
        for side in [-1.0, 1.0] {
            let angle = gate + side * 12.5 / garden.wall(gate).max(1.0);
            front.disc(
                world(garden.at_wall(angle, 0.0)) + Vec2::Y * 2.0,
                3.4,
                linear(theme::palette().accent, 1.0),
            );
        }
    }
}
