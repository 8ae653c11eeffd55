#version 330 core
// One point: its square of pixels, its colour and its number. The same arithmetic as the software backend's
// (cloud_projection.hpp, point_squares.hpp, cloud_filter.cpp, point_colours.cpp), so that both draw the same
// picture.

layout(location = 0) in float x;  // metres about the cloud's origin
layout(location = 1) in float y;
layout(location = 2) in float z;
layout(location = 3) in float channel;
layout(location = 4) in uint label;
layout(location = 5) in uint painted;  // r, g, b, a from the lowest byte up
layout(location = 6) in float range;

uniform vec4 u_row, v_row, depth_row, height_row;
uniform bool perspective;
uniform vec2 depth_range;   // near, far; metres
uniform vec4 bounds;        // u begin, u end, v begin, v end: where a square shows at least one pixel
uniform vec2 target_size;   // pixels
uniform int largest;        // pixels; without by_depth every square's edge
uniform bool by_depth;
uniform float reach[7];     // a square is wider than d pixels up to the depth reach[d - 1]

uniform int colouring;      // ColourSource
uniform vec2 table_scale;   // low, entries per unit
uniform sampler2D colour_table;  // 256 × 1
uniform sampler2D label_table;   // 256 wide, class ids (or instance colours) row by row
uniform uint label_count;
uniform vec4 flat_colour;

uniform sampler2D focus_boxes;  // 4 texels a box: three rows, half size
uniform int focus_count;
uniform float outside_focus;

uniform vec2 height_band, range_band;  // low, high
uniform bool has_ranges;
uniform bool clips;
uniform vec4 clip_rows[3];
uniform vec3 clip_half;
uniform sampler2D hidden_classes;  // 256 wide, class ids row by row; 1: hidden
uniform uint hidden_count;
uniform int shown;                 // PointsShown: 0 all, 1 annotated, 2 unannotated

uniform uint first_id;

flat out vec4 colour;
flat out uint id;

float value_at(vec4 row) { return row.x * x + row.y * y + row.z * z + row.w; }

const int from_height = 0, from_distance = 1, from_channel = 2, from_values = 3, from_label = 4, from_instance = 5,
          from_painted = 6, from_flat = 7;

float distance_from_zero() { return sqrt(x * x + y * y + z * z); }

vec4 table_entry(sampler2D table, uint index) { return texelFetch(table, ivec2(index & 255u, index >> 8), 0); }

float coloured_value() {
  if (colouring == from_channel || colouring == from_values) return channel;
  if (colouring == from_distance) return distance_from_zero();
  return value_at(height_row);
}

vec4 full_colour() {
  if (colouring == from_flat) return flat_colour;
  if (colouring == from_painted) {
    uvec3 bytes = uvec3(painted, painted >> 8, painted >> 16) & 255u;
    return painted >> 24 != 0u ? vec4(vec3(bytes) / 255.0, 1.0) : flat_colour;
  }
  uint class_id = label & 0xffffu, instance = label >> 16;
  if (colouring == from_label) return class_id < label_count ? table_entry(label_table, class_id) : flat_colour;
  if (colouring == from_instance)
    return instance != 0u ? table_entry(label_table, (instance + 37u * class_id) % 1024u) : flat_colour;
  float entry = (coloured_value() - table_scale.x) * table_scale.y;
  if (isnan(entry)) return flat_colour;
  return texelFetch(colour_table, ivec2(entry > 0.0 ? int(min(entry, 255.0)) : 0, 0), 0);
}

bool within(float value, vec2 band) { return value >= band.x && value <= band.y; }

bool let_through() {
  if (!within(value_at(height_row), height_band)) return false;
  if (!within(has_ranges ? range : distance_from_zero(), range_band)) return false;
  if (clips)
    for (int axis = 0; axis < 3; ++axis)
      if (!(abs(value_at(clip_rows[axis])) <= clip_half[axis])) return false;
  uint class_id = label & 0xffffu;
  if (class_id < hidden_count && table_entry(hidden_classes, class_id).x > 0.5) return false;
  return shown == 0 || (shown == 1) == (class_id != 0u);
}

bool in_focus() {
  for (int i = 0; i < focus_count; ++i) {
    vec3 local = vec3(value_at(texelFetch(focus_boxes, ivec2(0, i), 0)), value_at(texelFetch(focus_boxes, ivec2(1, i), 0)),
                      value_at(texelFetch(focus_boxes, ivec2(2, i), 0)));
    if (all(lessThanEqual(abs(local), texelFetch(focus_boxes, ivec2(3, i), 0).xyz))) return true;
  }
  return focus_count == 0;
}

void main() {
  float depth = value_at(depth_row);
  float scale = perspective ? 1.0 / depth : 1.0;
  float u = value_at(u_row) * scale, v = value_at(v_row) * scale;
  int size = largest;
  if (by_depth) {
    size = 1;
    for (int d = 1; d < largest; ++d)
      if (depth <= reach[d - 1]) ++size;
    u -= 0.5 * float(size - 1);
    v -= 0.5 * float(size - 1);
  }
  bool seen = depth >= depth_range.x && depth <= depth_range.y && u >= bounds.x && u < bounds.y && v >= bounds.z && v < bounds.w;
  // The square begins at a whole pixel, so that no rounding of the rasteriser decides what it covers.
  vec2 middle = (floor(vec2(u, v)) + 0.5 * float(size)) / target_size;
  // The logarithm keeps the same share of the depth resolved at every distance.
  float depth_share = log2(depth / depth_range.x) / log2(depth_range.y / depth_range.x);
  gl_Position = seen && let_through() ? vec4(2.0 * middle.x - 1.0, 1.0 - 2.0 * middle.y, 2.0 * depth_share - 1.0, 1.0)
                                      : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = float(size);
  vec4 full = full_colour();
  colour = in_focus() ? full : vec4(full.rgb * outside_focus, full.a);
  id = first_id + uint(gl_VertexID);
}
