//! Where everything is on the map: gardens as large as their share, bridges between those that are open to each other.
//! Positions are in points from the middle of the map, y downwards, as on the screen.

use bevy_egui::egui::{Rect, Vec2, vec2};

use crate::theme::{self, Outline};
use walled_gardens_engine::level::Level;
use walled_gardens_engine::level::services::ServiceKind;
use walled_gardens_engine::order::Access;
use walled_gardens_engine::play::Position;
use walled_gardens_engine::sim::Ecosystem;

/// A garden.
#[derive(Clone, Debug, PartialEq)]
pub struct Garden {
    /// Platform index.
    pub platform: usize,
    /// Middle.
    pub middle: Vec2,
    /// Radius of its outline.
    pub radius: f32,
    /// Outline.
    pub outline: Outline,
    /// How closed it is towards each other garden: direction, in radians with y upwards, and 0 to 1.
    pub closed: Vec<(f32, f32)>,
    /// Directions in which gates stand.
    pub gates: Vec<f32>,
    /// Part of its stalls that are taken, 0 to 1.
    pub listed: f64,
    /// Whether it is empty ground: its company has not entered the market yet.
    pub empty: bool,
}

/// What a bridge carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Payments with a wallet.
    Payment,
    /// Parcels.
    Logistics,
    /// People whom an app leads into a shop.
    Traffic,
    /// Data of an agreement.
    Data,
    /// Nothing: it is blocked.
    Blocked,
}

/// A bridge from the owner of a service to the platform that uses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    /// What it carries.
    pub kind: Kind,
    /// Owner's platform.
    pub owner: usize,
    /// User's platform.
    pub user: usize,
    /// Its course, from the owner's gate to the user's.
    pub path: Vec<Vec2>,
    /// Service; none for data.
    pub service: Option<usize>,
}

/// The map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// The number of the match that it is of.
    pub number: u64,
    /// Size of the map.
    pub size: Vec2,
    /// Gardens, by platform.
    pub gardens: Vec<Garden>,
    /// Bridges.
    pub bridges: Vec<Bridge>,
}

/// Part of the map that gardens cover.
const COVERED: f32 = 0.36;
/// How large ground is that waits for a garden: as one of such a share.
const WAITING: f64 = 0.03;
/// Way between two gardens at least.
const APART: f32 = 40.0;
/// A garden's smallest radius.
const LEAST: f32 = 34.0;
/// How far a wall's sharpness reaches round.
const SHARPNESS: f32 = 4.5;
/// Points of a bridge's course.
const STEPS: usize = 40;

impl Layout {
    /// The map of a match, as it stands after the last turn.
    pub fn of(position: &Position, size: Vec2) -> Self {
        let level = &position.view.level;
        let sizes = sizes(position);
        let (middles, radii) = place(&sizes, size);
        let ecosystem = &position.view.public.ecosystem;
        let direction = |from: usize, to: usize| {
            let way = middles[to] - middles[from];
            (-way.y).atan2(way.x)
        };
        let platforms = 0..level.platforms.len();
        let mut gardens: Vec<Garden> = platforms
            .clone()
            .map(|platform| Garden {
                platform,
                middle: middles[platform],
                radius: radii[platform],
                outline: theme::platform_outline(platform),
                closed: platforms
                    .clone()
                    .filter(|&other| other != platform && position.is_here(other))
                    .map(|other| (direction(platform, other), closedness(level, ecosystem, platform, other)))
                    .collect(),
                gates: Vec::new(),
                listed: variety(position, platform),
                empty: !position.is_here(platform),
            })
            .collect();
        let bridges = bridges(position, &mut gardens);
        Self { number: position.number, size, gardens, bridges }
    }

    /// Whether it is that of a match on a map of a size: what is drawn of another match says nothing about this one.
    pub fn is_of(&self, position: &Position, size: Vec2) -> bool {
        (self.number, self.size) == (position.number, size)
            && self.gardens.len() == position.level.platforms.len()
    }

    /// The garden at a place of the map.
    pub fn garden_at(&self, place: Vec2) -> Option<&Garden> {
        self.gardens.iter().find(|garden| garden.holds(place))
    }
}

impl Garden {
    /// Distance of the wall from the middle, in a direction with y upwards.
    pub fn wall(&self, angle: f32) -> f32 {
        self.radius * theme::radius(self.outline, angle)
    }

    /// A place on the wall, moved outwards.
    pub fn at_wall(&self, angle: f32, outwards: f32) -> Vec2 {
        let reach = self.wall(angle) + outwards;
        self.middle + vec2(angle.cos() * reach, -angle.sin() * reach)
    }

    /// Whether a place is inside.
    pub fn holds(&self, place: Vec2) -> bool {
        let way = place - self.middle;
        way.length() <= self.wall((-way.y).atan2(way.x))
    }

    /// Whether a place is inside, or too near for something to pass.
    fn nearly_holds(&self, place: Vec2) -> bool {
        let way = place - self.middle;
        way.length() <= self.wall((-way.y).atan2(way.x)) + 10.0
    }

    /// How closed the wall is in a direction: neighbours count the more, the more it faces them.
    pub fn closed_towards(&self, angle: f32) -> f32 {
        let weigh = |direction: f32| libm::expf(SHARPNESS * ((angle - direction).cos() - 1.0));
        let weights: f32 = self.closed.iter().map(|(direction, _)| weigh(*direction)).sum();
        let sum: f32 = self.closed.iter().map(|(direction, closed)| weigh(*direction) * closed).sum();
        if weights > 0.0 { sum / weights } else { 0.3 }
    }
}

/// How large each garden is to be: its share of sales; without a shop, by how many people use its wallet or app.
fn sizes(position: &Position) -> Vec<f32> {
    let (level, now) = (&position.view.level, position.now());
    let used = |platform: usize| {
        let wallets = level.wallets().into_iter().enumerate();
        let mine = wallets.filter(|(_, (number, _))| level.services[*number].owner == Some(platform));
        let people: f64 = now.people.iter().sum();
        let users = mine.map(|(place, _)| {
            let regions = 0..level.regions.len();
            regions.map(|r| now.habitual[[r, place]] * now.online[r] * now.people[r]).sum::<f64>()
                / people.max(1.0)
        });
        users.fold(0.1, f64::max)
    };
    let size = |platform: usize| {
        if !position.is_here(platform) {
            WAITING
        } else if level.platforms[platform].shop.is_some() {
            now.share(platform)
        } else {
            0.22 * used(platform) + 0.03
        }
    };
    (0..level.platforms.len()).map(|platform| size(platform) as f32).collect()
}

fn variety(position: &Position, platform: usize) -> f64 {
    let categories = position.level.categories.len();
    let now = position.now();
    (0..categories).map(|category| now.variety[[category, platform]]).sum::<f64>() / categories.max(1) as f64
}

/// How closed a company's own services are to another: 0 where all are fully in reach, 1 where none is. Who owns nothing has
/// nothing to close, and a low wall.
fn closedness(level: &Level, ecosystem: &Ecosystem, owner: usize, to: usize) -> f32 {
    let own = ecosystem.services.iter().filter(|state| level.services[state.number].owner == Some(owner));
    let closed: Vec<f32> = own
        .map(|state| match state.counterparts[to].granted {
            Access::Blocked => 1.0,
            Access::Advert => 0.8,
            Access::Jump => 0.5,
            Access::MiniProgram => 0.2,
            Access::Native => 0.0,
        })
        .collect();
    if closed.is_empty() { 0.25 } else { closed.iter().sum::<f32>() / closed.len() as f32 }
}

/// Places gardens so that they neither overlap nor leave the map: drawn to fixed places, pushed apart, and made smaller
/// where that does not help.
fn place(sizes: &[f32], size: Vec2) -> (Vec<Vec2>, Vec<f32>) {
    let area = size.x * size.y * COVERED / sizes.iter().sum::<f32>().max(1e-6);
    let mut radii: Vec<f32> =
        sizes.iter().map(|share| (share * area / std::f32::consts::PI).sqrt().max(LEAST)).collect();
    // The outlines reach beyond their radius at the corners, the fewer they have the further.
    let reach = |number: usize| match theme::platform_outline(number).corners {
        3 => 1.32,
        4 => 1.16,
        5 => 1.08,
        _ => 1.04,
    };
    let homes = homes(sizes, size);
    for _ in 0..40 {
        let mut middles = homes.clone();
        for round in 0..300 {
            for one in 0..middles.len() {
                let drawn = (homes[one] - middles[one]) * 0.02;
                middles[one] += drawn;
                for other in 0..one {
                    let way = middles[one] - middles[other];
                    let least = radii[one] * reach(one) + radii[other] * reach(other) + APART;
                    let lacking = least - way.length();
                    if lacking > 0.0 {
                        let push =
                            if way.length() > 0.1 { way.normalized() } else { Vec2::angled(round as f32) };
                        middles[one] += push * lacking * 0.5;
                        middles[other] -= push * lacking * 0.5;
                    }
                }
            }
            for (number, middle) in middles.iter_mut().enumerate() {
                let edge = 0.5 * size - Vec2::splat(radii[number] * reach(number).min(1.2) + 26.0);
                // Above is written how many are outside, below what bridges mean.
                let edge = (edge - vec2(0.0, 12.0)).max(Vec2::ZERO);
                *middle = middle
                    .clamp(vec2(-edge.x, -edge.y + 10.0), vec2(edge.x, (edge.y - 4.0).max(-edge.y + 10.0)));
            }
        }
        let overlaps = (0..middles.len()).any(|one| {
            (0..one).any(|other| {
                let least = radii[one] * reach(one) + radii[other] * reach(other) + 0.5 * APART;
                (middles[one] - middles[other]).length() < least
            })
        });
        if !overlaps {
            return (middles, radii);
        }
        radii.iter_mut().for_each(|radius| *radius *= 0.96);
    }
    (homes, radii)
}

/// Where gardens are drawn to: four in the corners, a fifth in the middle, more round the edge; the smallest of many in
/// the middle.
fn homes(sizes: &[f32], size: Vec2) -> Vec<Vec2> {
    let of =
        |places: &[(f32, f32)]| places.iter().map(|&(x, y)| vec2(x * size.x, y * size.y)).collect::<Vec<_>>();
    match sizes.len() {
        0 | 1 => of(&[(0.0, 0.0)]),
        2 => of(&[(-0.25, 0.0), (0.25, 0.0)]),
        3 => of(&[(-0.26, -0.2), (0.26, -0.2), (0.0, 0.26)]),
        4 => of(&[(-0.26, -0.25), (0.26, -0.25), (-0.26, 0.25), (0.26, 0.25)]),
        5 => of(&[(-0.3, -0.28), (0.3, -0.28), (-0.3, 0.28), (0.3, 0.28), (0.0, 0.0)]),
        6 => of(&[(-0.27, -0.26), (0.3, -0.3), (-0.27, 0.27), (0.3, 0.27), (0.02, 0.38), (0.05, 0.0)]),
        many => {
            let angle = |number: usize| number as f32 / many as f32 * std::f32::consts::TAU - 2.2;
            (0..many).map(|number| Vec2::angled(angle(number)) * 0.36 * size).collect()
        }
    }
}

/// Bridges of every service in use between two companies, and gates at their ends.
fn bridges(position: &Position, gardens: &mut [Garden]) -> Vec<Bridge> {
    let (level, ecosystem) = (&position.view.level, &position.view.public.ecosystem);
    let mut found: Vec<(Kind, usize, usize, Option<usize>)> = Vec::new();
    for state in &ecosystem.services {
        let Some(owner) = level.services[state.number].owner else { continue };
        let others = (0..level.platforms.len()).filter(|&user| user != owner && position.is_here(user));
        for user in others {
            let in_force = state.counterparts[user].in_force();
            let kind = match (&level.services[state.number].kind, in_force) {
                (ServiceKind::Wallet(_), Access::Native) => Kind::Payment,
                (ServiceKind::Carrier(_), Access::Native) => Kind::Logistics,
                (ServiceKind::App(_), Access::Jump | Access::MiniProgram | Access::Native) => Kind::Traffic,
                (ServiceKind::App(_), Access::Blocked) if level.platforms[user].shop.is_some() => {
                    Kind::Blocked
                }
                _ => continue,
            };
            found.push((kind, owner, user, Some(state.number)));
        }
    }
    for one in 0..level.platforms.len() {
        for other in 0..level.platforms.len() {
            if one != other && ecosystem.negotiations.shares_data(one, other) {
                found.push((Kind::Data, one, other, None));
            }
        }
    }
    let pair =
        |bridge: &(Kind, usize, usize, Option<usize>)| (bridge.1.min(bridge.2), bridge.1.max(bridge.2));
    let mut bridges = Vec::new();
    for (place, bridge) in found.iter().enumerate() {
        let beside: Vec<usize> =
            (0..found.len()).filter(|&other| pair(&found[other]) == pair(bridge)).collect();
        let number = beside.iter().position(|&other| other == place).unwrap_or(0) as f32;
        let side = number - 0.5 * (beside.len() as f32 - 1.0);
        let &(kind, owner, user, service) = bridge;
        let path = course(gardens, owner, user, side, kind);
        bridges.push(Bridge { kind, owner, user, path, service });
    }
    for bridge in bridges.iter().filter(|bridge| bridge.kind != Kind::Blocked) {
        let (first, last) = (bridge.path[0], bridge.path[bridge.path.len() - 1]);
        for (platform, end) in [(bridge.owner, first), (bridge.user, last)] {
            let way = end - gardens[platform].middle;
            gardens[platform].gates.push((-way.y).atan2(way.x));
        }
    }
    bridges
}

/// From wall to wall, beside the others between the same two, and bowed so that it leads through no third garden where
/// that can be had.
fn course(gardens: &[Garden], from: usize, to: usize, side: f32, kind: Kind) -> Vec<Vec2> {
    let others = || gardens.iter().filter(|garden| garden.platform != from && garden.platform != to);
    let trespass = |path: &[Vec2]| {
        let inside = |point: &Vec2| others().filter(|garden| garden.nearly_holds(*point)).count();
        path.iter().map(inside).sum::<usize>()
    };
    let way = if side < 0.0 { -1.0 } else { 1.0 };
    // What is blocked is a straight line: nobody walks there.
    let bows: &[f32] =
        if kind == Kind::Blocked { &[0.0] } else { &[0.05, -0.05, 0.12, -0.12, 0.2, -0.2, 0.3, -0.3] };
    let paths = bows.iter().map(|bow| bowed(gardens, from, to, side, way * bow));
    let mut path = paths.min_by_key(|path| trespass(path)).unwrap_or_default();
    if kind != Kind::Blocked && trespass(&path) > 0 {
        go_round(&mut path, gardens, from, to);
    }
    path
}

/// Pulls a course round the gardens in its way, like a band that is tight between its ends and slips off walls.
fn go_round(path: &mut [Vec2], gardens: &[Garden], from: usize, to: usize) {
    const ROUNDS: usize = 400;
    const BERTH: f32 = 24.0;
    for _ in 0..ROUNDS {
        for place in 1..path.len() - 1 {
            let between = (path[place - 1] + path[place + 1]) * 0.5;
            path[place] += (between - path[place]) * 0.5;
            for garden in gardens {
                let own = garden.platform == from || garden.platform == to;
                let berth = if own { 2.0 } else { BERTH };
                let way = path[place] - garden.middle;
                let angle = (-way.y).atan2(way.x);
                if way.length() < garden.wall(angle) + berth {
                    path[place] = garden.at_wall(angle, berth);
                }
            }
        }
    }
}

/// A course with a bow, as a part of its length.
fn bowed(gardens: &[Garden], from: usize, to: usize, side: f32, bow: f32) -> Vec<Vec2> {
    // Both ways of a pair are counted from the same end.
    let (low, high) = (from.min(to), from.max(to));
    let (one, other) = (&gardens[low], &gardens[high]);
    let way = other.middle - one.middle;
    let angle = (-way.y).atan2(way.x);
    let spread = |garden: &Garden| (24.0 / garden.radius.max(1.0)).min(0.5) * side;
    // It leaves in the direction in which it bows.
    let lean = 1.2 * libm::atanf(2.0 * bow);
    let start = one.at_wall(angle - spread(one) - lean, 1.0);
    let end = other.at_wall(angle + std::f32::consts::PI + spread(other) + lean, 1.0);
    let across = way.normalized().rot90();
    let bow = across * (side * 12.0 + (end - start).length() * bow);
    let point = |step: usize| {
        let t = step as f32 / STEPS as f32;
        start + (end - start) * t + bow * 4.0 * t * (1.0 - t)
    };
    let mut path: Vec<Vec2> = (0..=STEPS).map(point).collect();
    if from != low {
        path.reverse();
    }
    path
}

/// The part of the window that is left for the map.
pub fn fits(map: Rect) -> bool {
    map.width() >= 200.0 && map.height() >= 160.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use walled_gardens_engine::play::{Difficulty, Session};

    #[test]
    fn gardens_of_every_level_lie_apart_and_on_the_map() {
        for level in walled_gardens_engine::level::shipped()
            .filter(|level| level.has_tag("forecast") || level.has_tag("arena"))
        {
            let session = Session::begin(level.name, None, None, Difficulty::Fair).expect("plays");
            for size in [vec2(620.0, 600.0), vec2(1_270.0, 880.0), vec2(300.0, 240.0)] {
                let layout = Layout::of(&session.position(), size);
                for (number, one) in layout.gardens.iter().enumerate() {
                    assert!(
                        one.middle.x.abs() + 0.8 * one.radius < 0.5 * size.x + 1.0,
                        "{} {one:?}",
                        level.name
                    );
                    for other in &layout.gardens[..number] {
                        let way = (one.middle - other.middle).length();
                        assert!(way > one.radius + other.radius, "{} at {size:?}", level.name);
                    }
                }
                assert!(
                    layout.bridges.iter().all(|bridge| bridge.path.iter().all(|point| point.is_finite()))
                );
            }
        }
    }
}
