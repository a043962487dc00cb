//! The market drawn: gardens, bridges and people, in three meshes that are made anew once a turn.

mod bridge;
mod crowd;
mod garden;
pub mod layout;
mod strip;

use bevy::asset::{AssetPath, RenderAssetUsages, embedded_asset, embedded_path};
use bevy::camera::visibility::NoFrustumCulling;
use bevy::mesh::{
    Indices, MeshVertexAttribute, MeshVertexBufferLayoutRef, PrimitiveTopology, VertexAttributeValues,
    VertexFormat,
};
use bevy::prelude::*;
use bevy::reflect::TypePath;
use bevy::render::render_resource::{AsBindGroup, RenderPipelineDescriptor, SpecializedMeshPipelineError};
use bevy::shader::ShaderRef;
use bevy::sprite_render::{AlphaMode2d, Material2d, Material2dKey, Material2dPlugin};

use super::desk::WALK;
use super::palette::{self, Colours};
use super::theme;
use crowd::{Crowd, Dot};
use layout::Layout;
use strip::{Strip, linear};
use walled_gardens_engine::level::Level;

const GOAL: MeshVertexAttribute = MeshVertexAttribute::new("DotGoal", 0x5747_0001, VertexFormat::Float32x2);
const TIMING: MeshVertexAttribute =
    MeshVertexAttribute::new("DotTiming", 0x5747_0002, VertexFormat::Float32x2);
const CORNER: MeshVertexAttribute =
    MeshVertexAttribute::new("DotCorner", 0x5747_0003, VertexFormat::Snorm8x4);
const COLOURS: MeshVertexAttribute =
    MeshVertexAttribute::new("DotColours", 0x5747_0004, VertexFormat::Uint8x4);

/// Colours that dots can have: platforms, and one for the commons.
const PALETTE: usize = 20;
/// Place of the commons among them.
const COMMONS: usize = 16;
/// Seconds over which people set out.
const SET_OUT: f32 = 3.0;
/// How large a dot is, in points.
const RADIUS: f32 = 1.45;

/// How dots are drawn.
#[derive(Asset, TypePath, AsBindGroup, Clone)]
struct DotMaterial {
    #[uniform(0)]
    settings: Vec4,
    #[uniform(0)]
    palette: [Vec4; PALETTE],
}

impl Material2d for DotMaterial {
    fn vertex_shader() -> ShaderRef {
        shader()
    }

    fn fragment_shader() -> ShaderRef {
        shader()
    }

    fn alpha_mode(&self) -> AlphaMode2d {
        AlphaMode2d::Blend
    }

    fn specialize(
        descriptor: &mut RenderPipelineDescriptor,
        layout: &MeshVertexBufferLayoutRef,
        _: Material2dKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        descriptor.vertex.buffers = vec![layout.0.get_layout(&[
            Mesh::ATTRIBUTE_POSITION.at_shader_location(0),
            GOAL.at_shader_location(1),
            TIMING.at_shader_location(2),
            CORNER.at_shader_location(3),
            COLOURS.at_shader_location(4),
        ])?];
        Ok(())
    }
}

/// Where the dots' shader is, which the program holds: named by where this file lies, so that both can move.
fn shader() -> ShaderRef {
    ShaderRef::Path(AssetPath::from(embedded_path!("dots.wgsl")).with_source("embedded"))
}

/// What is drawn. A match is known by its level, which is kept so that no other takes its place.
struct Drawn {
    turn: u32,
    /// Whose garden has the ring of whoever plays: several people at one machine take turns.
    person: Option<usize>,
    level: std::sync::Arc<Level>,
    size: bevy_egui::egui::Vec2,
    colours: Colours,
}

/// The layout that is drawn, for the panel over it.
#[derive(Resource, Default)]
pub struct Scene {
    /// The map; empty where none is shown.
    pub layout: Layout,
    /// Where on the window it is, in points.
    pub map: Option<bevy_egui::egui::Rect>,
    crowd: Crowd,
    drawn: Option<Drawn>,
}

/// The entities of the scene: what lies below the people, the people, what stands before them.
#[derive(Resource)]
struct Meshes {
    back: Entity,
    dots: Entity,
    front: Entity,
    material: Handle<DotMaterial>,
}

/// Draws the scene.
pub struct ScenePlugin;

impl Plugin for ScenePlugin {
    fn build(&self, app: &mut App) {
        embedded_asset!(app, "dots.wgsl");
        app.add_plugins(Material2dPlugin::<DotMaterial>::default())
            .init_resource::<Scene>()
            .add_systems(Startup, set_up)
            .add_systems(Update, (draw, walk, look).chain());
    }
}

fn set_up(
    mut commands: Commands,
    mut plain: ResMut<Assets<ColorMaterial>>,
    mut dots: ResMut<Assets<DotMaterial>>,
) {
    // Soft edges are drawn, and multisampling would cost three times the frame on a processor.
    commands.spawn((Camera2d, Msaa::Off));
    let colours = plain.add(ColorMaterial::default());
    let material =
        dots.add(DotMaterial { settings: Vec4::new(WALK, RADIUS, 0.0, 0.0), palette: dot_colours() });
    // Meshes come with the first map.
    let layer = |height: f32| {
        let place = Transform::from_xyz(0.0, 0.0, height);
        (MeshMaterial2d(colours.clone()), NoFrustumCulling, place, Visibility::Hidden)
    };
    let back = commands.spawn(layer(0.0)).id();
    let front = commands.spawn(layer(10.0)).id();
    let place = Transform::from_xyz(0.0, 0.0, 5.0);
    let people = (MeshMaterial2d(material.clone()), NoFrustumCulling, place, Visibility::Hidden);
    let dots = commands.spawn(people).id();
    commands.insert_resource(Meshes { back, dots, front, material });
}

/// The colours of people, by garden.
fn dot_colours() -> [Vec4; PALETTE] {
    std::array::from_fn(|place| {
        let colour = if place < COMMONS { theme::colour(place) } else { theme::palette().weak };
        Vec4::from_array(linear(colour, if place < COMMONS { 1.0 } else { 0.3 }))
    })
}

/// Draws the map anew when a turn has passed, another match is on the desk, the map has another size or
/// the colours are others.
fn draw(
    desk: Res<super::resource::DeskResource>,
    mut scene: ResMut<Scene>,
    there: Res<Meshes>,
    mut assets: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<DotMaterial>>,
    mut commands: Commands,
) {
    let Some(map) = scene.map else {
        return;
    };
    let Some(position) = desk.0.position() else { return };
    let drawn = scene.drawn.as_ref().filter(|drawn| std::sync::Arc::ptr_eq(&drawn.level, &position.level));
    let resized = drawn.is_some_and(|drawn| drawn.turn == position.played());
    let drawn = drawn.filter(|drawn| drawn.person == position.person());
    let same = drawn.is_some_and(|drawn| (drawn.size, drawn.colours) == (map.size(), palette::chosen()));
    if resized && same {
        return;
    }
    scene.layout = Layout::of(position, map.size());
    if !resized {
        scene.crowd.follow(position);
    }
    if let Some(mut material) = materials.get_mut(&there.material) {
        material.palette = dot_colours();
    }
    scene.drawn = Some(Drawn {
        turn: position.played(),
        person: position.person(),
        level: std::sync::Arc::clone(&position.level),
        size: map.size(),
        colours: palette::chosen(),
    });
    let (mut back, mut front) = (Strip::default(), Strip::default());
    garden::ground(&mut back, &scene.layout);
    for garden in &scene.layout.gardens {
        garden::draw(&mut back, &mut front, garden, position.person() == Some(garden.platform));
    }
    for bridge in &scene.layout.bridges {
        bridge::draw(&mut front, bridge);
    }
    let dots = scene.crowd.dots(position, &scene.layout);
    let mut set = |entity: Entity, mesh: Mesh| {
        commands.entity(entity).insert(Mesh2d(assets.add(mesh)));
    };
    set(there.back, back.mesh());
    set(there.front, front.mesh());
    set(there.dots, dot_mesh(&dots));
}

/// Moves the clock of the people.
fn walk(
    desk: Res<super::resource::DeskResource>,
    there: Res<Meshes>,
    mut materials: ResMut<Assets<DotMaterial>>,
) {
    let clock = desk.0.watch.map_or(WALK + 1.0, |watch| watch.clock);
    let still = f32::from(u8::from(desk.0.settings.reduced_motion));
    let wanted = Vec4::new(clock, RADIUS, still, 0.0);
    // What is not touched is not sent to the graphics card.
    if materials.get(&there.material).is_some_and(|material| material.settings != wanted)
        && let Some(mut material) = materials.get_mut(&there.material)
    {
        material.settings = wanted;
    }
}

/// Points the camera so that the place that is looked at is in the middle of the map; a unit is a point of the whole map.
fn look(
    desk: Res<super::resource::DeskResource>,
    scene: Res<Scene>,
    window: Query<&Window>,
    mut camera: Query<(&mut Transform, &mut Projection), With<Camera2d>>,
    mut shown: Query<&mut Visibility, With<Mesh2d>>,
) {
    let visible = if scene.map.is_some() { Visibility::Visible } else { Visibility::Hidden };
    for mut shown in &mut shown {
        if *shown != visible {
            *shown = visible;
        }
    }
    let (Some(map), Ok(window), Ok((mut place, mut projection))) =
        (scene.map, window.single(), camera.single_mut())
    else {
        return;
    };
    let (whole, look) = (1.0 / desk.0.settings.text_size, desk.0.look);
    let scale = whole / look.near;
    let middle = Vec2::new(window.width(), window.height()) * 0.5 * whole;
    place.translation.x = (middle.x - map.center().x) / look.near + look.middle.x;
    place.translation.y = (map.center().y - middle.y) / look.near - look.middle.y;
    if let Projection::Orthographic(projection) = &mut *projection
        && projection.scale != scale
    {
        projection.scale = scale;
    }
}

/// One triangle round each disc: three corners a person are all that is sent.
fn dot_mesh(dots: &[Dot]) -> Mesh {
    const TRIANGLE: [[i8; 4]; 3] = [[-110, -64, 0, 0], [110, -64, 0, 0], [0, 127, 0, 0]];
    let count = 3 * dots.len();
    let (mut starts, mut goals) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let (mut timings, mut corners, mut colours) =
        (Vec::with_capacity(count), Vec::with_capacity(count), Vec::with_capacity(count));
    let palette = |garden: Option<usize>| garden.unwrap_or(COMMONS) as u8;
    for dot in dots {
        let start = if dot.gardens[0] == dot.gardens[1] { 0.0 } else { dot.phase * SET_OUT };
        let tint = [0, 0, 0, 1, 2][(dot.phase * 4.99) as usize];
        for corner in TRIANGLE {
            starts.push([dot.from.x, -dot.from.y, dot.phase]);
            goals.push([dot.to.x, -dot.to.y]);
            timings.push([start, 1.0 / (1.6 + 0.6 * dot.phase)]);
            corners.push(corner);
            colours.push([palette(dot.gardens[0]), palette(dot.gardens[1]), tint, 0]);
        }
    }
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::RENDER_WORLD)
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, starts)
        .with_inserted_attribute(GOAL, goals)
        .with_inserted_attribute(TIMING, timings)
        .with_inserted_attribute(CORNER, VertexAttributeValues::Snorm8x4(corners))
        .with_inserted_attribute(COLOURS, VertexAttributeValues::Uint8x4(colours))
        .with_inserted_indices(Indices::U32((0..count as u32).collect()))
}

#[cfg(test)]
mod tests {
    use bevy::tasks::block_on;

    use super::*;

    #[test]
    fn the_shader_that_dots_are_drawn_by_is_in_the_program() {
        let mut app = App::new();
        app.add_plugins((TaskPoolPlugin::default(), AssetPlugin::default()));
        embedded_asset!(app, "dots.wgsl");
        let ShaderRef::Path(path) = DotMaterial::vertex_shader() else { panic!("a path") };
        let server = app.world().resource::<AssetServer>();
        let source = server.get_source(path.source()).expect("what is embedded has a source");
        assert!(block_on(source.reader().read(path.path())).is_ok(), "{path} is not there");
    }
}
