// Thousands of consumers in one draw call: each is a triangle round a disc, and walks in the vertex shader.
#import bevy_sprite::mesh2d_functions as mf

struct Vertex {
  @builtin(instance_index) instance: u32,
  @location(0) start: vec3<f32>,     // x, y, and a phase of its own
  @location(1) goal: vec2<f32>,
  @location(2) timing: vec2<f32>,    // when it sets out, and one over how long it walks
  @location(3) corner: vec2<f32>,    // half of the place in the disc
  @location(4) colours: vec4<u32>,   // palette index before and after, tint
};
struct Fragment {
  @builtin(position) position: vec4<f32>,
  @location(0) colour: vec4<f32>,
  @location(1) disc: vec2<f32>,
};
// settings: clock in seconds, radius in points, 1 where nothing walks
struct Material { settings: vec4<f32>, palette: array<vec4<f32>, 20> };
@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> material: Material;

@vertex fn vertex(vertex: Vertex) -> Fragment {
  var t = clamp((material.settings.x - vertex.timing.x) * vertex.timing.y, 0.0, 1.0);
  t = t * t * (3.0 - 2.0 * t);
  if (material.settings.z > 0.5) { t = step(0.5, t); }
  let way = vertex.goal - vertex.start.xy;
  let aside = vec2(-way.y, way.x);
  // Nobody walks in single file.
  let bow = aside * (0.18 * sin(3.14159 * t)) * (fract(vertex.start.z * 7.31) - 0.5);
  // Where few go they are still seen.
  let walking = 1.0 + 1.2 * sin(3.14159 * t) * step(30.0, length(way));
  let place = vertex.start.xy + way * t + bow + vertex.corner * (2.0 * material.settings.y * walking);
  let world = mf::get_world_from_local(vertex.instance);
  var fragment: Fragment;
  fragment.position = mf::mesh2d_position_local_to_clip(world, vec4(place, 0.0, 1.0));
  let colour = mix(material.palette[vertex.colours.x], material.palette[vertex.colours.y], smoothstep(0.35, 0.65, t));
  let tint = array<f32, 3>(1.0, 0.62, 1.35);
  fragment.colour = vec4(min(colour.rgb * tint[vertex.colours.z], vec3(1.0)), colour.a);
  fragment.disc = vertex.corner * 2.0;
  return fragment;
}

@fragment fn fragment(fragment: Fragment) -> @location(0) vec4<f32> {
  let distance = length(fragment.disc);
  let edge = fwidth(distance);
  return vec4(fragment.colour.rgb, fragment.colour.a * (1.0 - smoothstep(1.0 - edge, 1.0, distance)));
}
