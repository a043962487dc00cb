//! Where each of the people drawn stands before the turn and after it. Whoever stays keeps the place.

use bevy_egui::egui::{Vec2, vec2};

use super::layout::Layout;
use walled_gardens_engine::play::{Movement, Position};

/// Turn of a sunflower from seed to seed.
const GOLDEN: f32 = 2.399_963_2;

/// A place in a garden: the garden's, and its number there. Gardens are platforms, and then the commons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slot {
    garden: usize,
    number: usize,
}

/// Someone drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Where it comes from.
    pub from: Vec2,
    /// Where it goes.
    pub to: Vec2,
    /// Garden before and after; none is the commons.
    pub gardens: [Option<usize>; 2],
    /// A number of its own, 0 to 1.
    pub phase: f32,
}

/// The people drawn.
#[derive(Default)]
pub struct Crowd {
    turn: u32,
    before: Vec<Slot>,
    after: Vec<Slot>,
}

/// A number of somebody's own, 0 to 1, the same for ever: two rounds of a well-tested integer hash ("lowbias32"). It decides
/// nothing but where somebody is drawn.
fn own(person: usize, what: u32) -> f32 {
    let mut x = (person as u32).wrapping_mul(0x9E37_79B9) ^ what.wrapping_mul(0x85EB_CA6B);
    x = (x ^ (x >> 16)).wrapping_mul(0x7FEB_352D);
    x = (x ^ (x >> 15)).wrapping_mul(0x846C_A68B);
    (x ^ (x >> 16)) as f32 / 4_294_967_296.0
}

impl Crowd {
    /// Lets the people move as a turn moved them.
    pub fn follow(&mut self, position: &Position) {
        let movement = position.turns.last().map_or(&*position.at_home, |turn| &turn.movement);
        let commons = position.level.platforms.len();
        let garden = |home: Option<usize>| home.unwrap_or(commons);
        let next = position.played() == self.turn + 1 && self.after.len() == movement.sample.len();
        let goes_on = next
            && self.after.iter().zip(&movement.sample).all(|(slot, walk)| slot.garden == garden(walk.from));
        if goes_on {
            self.before = std::mem::take(&mut self.after);
        } else {
            let mut counts = vec![0; commons + 1];
            let of = |walk: &walled_gardens_engine::play::Walk| {
                let garden = garden(walk.from);
                counts[garden] += 1;
                Slot { garden, number: counts[garden] - 1 }
            };
            self.before = movement.sample.iter().map(of).collect();
        }
        self.turn = position.played();
        self.after = settle(&self.before, movement, commons);
    }

    /// Everybody, where the layout has the gardens.
    pub fn dots(&self, position: &Position, layout: &Layout) -> Vec<Dot> {
        let commons = position.level.platforms.len();
        let mut most = vec![0; commons + 1];
        for slot in self.before.iter().chain(&self.after) {
            most[slot.garden] = most[slot.garden].max(slot.number + 1);
        }
        let beds: Vec<Vec<Vec2>> = (0..commons).map(|garden| beds(most[garden], garden)).collect();
        let place = |slot: Slot, person: usize| {
            if slot.garden == commons {
                return outside(layout, person);
            }
            let garden = &layout.gardens[slot.garden];
            let spot = beds[slot.garden].get(slot.number).copied().unwrap_or_default();
            let angle = (-spot.y).atan2(spot.x);
            garden.middle + spot * garden.wall(angle)
        };
        let dot = |(person, (&before, &after)): (usize, (&Slot, &Slot))| Dot {
            from: place(before, person),
            to: place(after, person),
            gardens: [before.garden, after.garden].map(|garden| (garden < commons).then_some(garden)),
            phase: own(person, 1),
        };
        let mut dots: Vec<Dot> = self.before.iter().zip(&self.after).enumerate().map(dot).collect();
        dots.extend(users(position, layout));
        dots
    }
}

/// Places after a turn: who stays keeps the place, who comes takes one that was left, or a new one.
fn settle(before: &[Slot], movement: &Movement, commons: usize) -> Vec<Slot> {
    let goal = |person: usize| movement.sample[person].to.unwrap_or(commons);
    let mut free: Vec<Vec<usize>> = vec![Vec::new(); commons + 1];
    let mut most = vec![0; commons + 1];
    for (person, slot) in before.iter().enumerate() {
        most[slot.garden] = most[slot.garden].max(slot.number + 1);
        if goal(person) != slot.garden {
            free[slot.garden].push(slot.number);
        }
    }
    let mut after = before.to_vec();
    for (person, slot) in after.iter_mut().enumerate() {
        let garden = goal(person);
        if garden != slot.garden {
            let number = free[garden].pop().unwrap_or_else(|| {
                most[garden] += 1;
                most[garden] - 1
            });
            *slot = Slot { garden, number };
        }
    }
    after
}

/// Spots of a garden of radius 1: a sunflower's seeds, with a ring path and paths to the plaza left free.
fn beds(people: usize, garden: usize) -> Vec<Vec2> {
    if people == 0 {
        return Vec::new();
    }
    // Round numbers: a garden is not laid out anew whenever somebody comes.
    let room = people.div_ceil(64) * 64;
    let seeds = room as f32 * 1.42;
    let spokes = 6.0;
    let mut spots = Vec::with_capacity(room);
    for seed in 0.. {
        let reach = ((seed as f32 + 0.5) / seeds).sqrt() * 0.93;
        if spots.len() >= room || reach > 1.2 {
            break;
        }
        let angle = seed as f32 * GOLDEN + garden as f32;
        let turn = (angle * spokes / std::f32::consts::TAU).rem_euclid(1.0);
        let beside = (turn - 0.5).abs() * std::f32::consts::TAU / spokes * reach;
        let path = (0.58..0.66).contains(&reach) || reach > 0.25 && reach < 0.6 && beside < 0.025;
        if !path && reach <= 0.95 {
            spots.push(vec2(angle.cos() * reach, -angle.sin() * reach));
        }
    }
    // Who finds no bed stands on the plaza.
    let missing = room.saturating_sub(spots.len());
    spots.extend((0..missing).map(|number| Vec2::angled(number as f32 * GOLDEN) * 0.2));
    spots
}

/// A place on the commons.
fn outside(layout: &Layout, person: usize) -> Vec2 {
    let mut place = Vec2::ZERO;
    for attempt in 0..12 {
        let (x, y) = (own(person, 10 + 2 * attempt) - 0.5, own(person, 11 + 2 * attempt) - 0.5);
        place = vec2(x * (layout.size.x - 16.0), y * (layout.size.y - 16.0));
        let near = layout.gardens.iter().any(|garden| {
            let way = place - garden.middle;
            way.length() < garden.wall((-way.y).atan2(way.x)) + 24.0
        });
        if !near {
            break;
        }
    }
    place
}

/// Most people drawn in a garden without a shop.
const USERS: f64 = 1_400.0;

/// People of companies without a shop: whose habit their wallets are. They stand where they are.
fn users(position: &Position, layout: &Layout) -> Vec<Dot> {
    let (level, now) = (&position.view.level, position.now());
    let each = position.at_home.each.max(1.0);
    let mut dots = Vec::new();
    for garden in layout.gardens.iter().filter(|garden| level.platforms[garden.platform].shop.is_none()) {
        let wallets = level.wallets().into_iter().enumerate();
        let mine = wallets.filter(|(_, (number, _))| level.services[*number].owner == Some(garden.platform));
        let people: f64 = mine
            .map(|(place, _)| {
                (0..level.regions.len())
                    .map(|r| now.habitual[[r, place]] * now.online[r] * now.people[r])
                    .sum::<f64>()
            })
            .sum();
        for (number, spot) in
            beds((people / each).min(USERS) as usize, garden.platform).into_iter().enumerate()
        {
            let angle = (-spot.y).atan2(spot.x);
            let place = garden.middle + spot * garden.wall(angle);
            dots.push(Dot {
                from: place,
                to: place,
                gardens: [Some(garden.platform); 2],
                phase: own(number, 3),
            });
        }
    }
    dots
}
