//! From where the map is looked at: which place of it is in the middle, and how near.

use bevy_egui::egui::{Pos2, Rect, Vec2};

/// How near the map can be looked at: as a whole, up to four times as large.
const NEAR: std::ops::RangeInclusive<f32> = 1.0..=4.0;

/// From where the map is looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The place of the map that is in the middle, in points of the whole map from its middle, y downwards.
    pub middle: Vec2,
    /// How many times as large as the whole map it is shown.
    pub near: f32,
}

impl Default for Look {
    fn default() -> Self {
        Self { middle: Vec2::ZERO, near: 1.0 }
    }
}

impl Look {
    /// Where on the window a place of the map is.
    pub fn at(self, map: Rect, place: Vec2) -> Pos2 {
        map.center() + (place - self.middle) * self.near
    }

    /// Which place of the map is at a place of the window.
    pub fn place(self, map: Rect, at: Pos2) -> Vec2 {
        self.middle + (at - map.center()) / self.near
    }

    /// Drawn along by so much on the window.
    pub fn drawn(self, map: Rect, by: Vec2) -> Self {
        Self { middle: self.middle - by / self.near, ..self }.within(map)
    }

    /// So many times as near, what is at a place of the window staying there.
    pub fn nearer(self, map: Rect, at: Pos2, times: f32) -> Self {
        let near = (self.near * times).clamp(*NEAR.start(), *NEAR.end());
        let middle = self.place(map, at) - (at - map.center()) / near;
        Self { middle, near }.within(map)
    }

    /// Nothing but the map is looked at.
    fn within(self, map: Rect) -> Self {
        let most = 0.5 * map.size() * (1.0 - 1.0 / self.near);
        Self { middle: self.middle.clamp(-most, most), ..self }
    }
}

#[cfg(test)]
mod tests {
    use bevy_egui::egui::{pos2, vec2};

    use super::*;

    #[test]
    fn what_is_under_the_pointer_stays_there_and_nothing_but_the_map_is_looked_at() {
        let map = Rect::from_min_size(pos2(100.0, 50.0), vec2(600.0, 400.0));
        let pointer = pos2(250.0, 300.0);
        let (whole, near) = (Look::default(), Look::default().nearer(map, pointer, 2.0));
        assert!((whole.place(map, pointer) - near.place(map, pointer)).length() < 1e-3);
        assert!((near.at(map, near.place(map, pointer)) - pointer).length() < 1e-3);
        let drawn = near.drawn(map, vec2(10_000.0, 0.0));
        assert_eq!(
            drawn.place(map, map.left_center()).x,
            -300.0,
            "the edge of the map is the edge of what is seen"
        );
        assert_eq!(near.nearer(map, pointer, 0.01), Look::default());
        assert_eq!(near.nearer(map, pointer, 99.0).near, 4.0);
    }
}
