//! Meshes built by hand: coloured triangles with soft edges, so that no multisampling is needed.

use bevy::asset::RenderAssetUsages;
use bevy::mesh::{Indices, PrimitiveTopology};
use bevy::prelude::*;
use bevy_egui::egui::Color32;

/// Triangles with a colour at each corner.
#[derive(Default)]
pub struct Strip {
    places: Vec<[f32; 3]>,
    colours: Vec<[f32; 4]>,
    corners: Vec<u32>,
}

/// A colour as meshes want it.
pub fn linear(colour: Color32, alpha: f32) -> [f32; 4] {
    let linear = Color::srgb_u8(colour.r(), colour.g(), colour.b()).to_linear();
    [linear.red, linear.green, linear.blue, alpha]
}

impl Strip {
    /// Four corners in turn, each of its colour.
    pub fn quad(&mut self, corners: [Vec2; 4], colours: [[f32; 4]; 4]) {
        let first = self.places.len() as u32;
        for (corner, colour) in corners.into_iter().zip(colours) {
            self.places.push([corner.x, corner.y, 0.0]);
            self.colours.push(colour);
        }
        self.corners.extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
    }

    /// Everything within a ring that can be seen from its middle.
    pub fn fan(&mut self, middle: Vec2, ring: &[Vec2], colour: [f32; 4]) {
        let first = self.places.len() as u32;
        self.places.push([middle.x, middle.y, 0.0]);
        self.colours.push(colour);
        for place in ring {
            self.places.push([place.x, place.y, 0.0]);
            self.colours.push(colour);
        }
        let count = ring.len() as u32;
        for number in 0..count {
            self.corners.extend([first, first + 1 + number, first + 1 + (number + 1) % count]);
        }
    }

    /// A line of a width, its edges fading over a point.
    pub fn stroke(&mut self, path: &[Vec2], width: f32, colour: [f32; 4]) {
        let faded = [colour[0], colour[1], colour[2], 0.0];
        let across = |place: usize| {
            let (before, after) = (path[place.saturating_sub(1)], path[(place + 1).min(path.len() - 1)]);
            (after - before).normalize_or_zero().perp()
        };
        let half = 0.5 * width;
        for end in 1..path.len() {
            let (a, b, na, nb) = (path[end - 1], path[end], across(end - 1), across(end));
            self.quad([a + na * half, b + nb * half, b - nb * half, a - na * half], [colour; 4]);
            for side in [1.0, -1.0] {
                let (inner, outer) = (side * half, side * (half + 1.0));
                let corners = [a + na * outer, b + nb * outer, b + nb * inner, a + na * inner];
                self.quad(corners, [faded, faded, colour, colour]);
            }
        }
    }

    /// A disc with a soft edge.
    pub fn disc(&mut self, middle: Vec2, radius: f32, colour: [f32; 4]) {
        let ring = |radius: f32| -> Vec<Vec2> {
            (0..20)
                .map(|point| middle + Vec2::from_angle(point as f32 / 20.0 * std::f32::consts::TAU) * radius)
                .collect()
        };
        let (inner, outer) = (ring(radius - 0.5), ring(radius + 0.5));
        self.fan(middle, &inner, colour);
        let faded = [colour[0], colour[1], colour[2], 0.0];
        for point in 0..20 {
            let next = (point + 1) % 20;
            self.quad([outer[point], outer[next], inner[next], inner[point]], [faded, faded, colour, colour]);
        }
    }

    /// The mesh.
    pub fn mesh(self) -> Mesh {
        Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::RENDER_WORLD)
            .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, self.places)
            .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, self.colours)
            .with_inserted_indices(Indices::U32(self.corners))
    }
}
