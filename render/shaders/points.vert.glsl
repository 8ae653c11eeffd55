#version 330 core
// One point: its square of pixels, its colour and its number. The same arithmetic as the software backend's
// (cloud_projection.hpp, point_colours.cpp), so that both draw the same picture.

layout(location = 0) in float x;  // metres about the cloud's origin
layout(location = 1) in float y;
layout(location = 2) in float z;
layout(location = 3) in float channel;
layout(location = 4) in uint label;

uniform vec4 u_row, v_row, depth_row, height_row;
uniform bool perspective;
uniform vec2 depth_range;   // near, far; metres
uniform vec4 bounds;        // u begin, u end, v begin, v end: where a square shows at least one pixel
uniform vec2 target_size;   // pixels
uniform float size_px;

uniform int colouring;      // 0 height, 1 channel, 2 range, 3 label, 4 flat
uniform vec2 table_scale;   // low, entries per unit
uniform sampler2D colour_table;  // 256 × 1
uniform sampler2D label_table;   // 256 wide, class ids row by row
uniform uint label_count;
uniform vec4 flat_colour;

uniform sampler2D focus_boxes;  // 4 texels a box: three rows, half size
uniform int focus_count;
uniform float outside_focus;

uniform uint first_id;

flat out vec4 colour;
flat out uint id;

float value_at(vec4 row) { return row.x * x + row.y * y + row.z * z + row.w; }

float coloured_value() {
  if (colouring == 1) return channel;
  if (colouring == 2) return sqrt(x * x + y * y + z * z);
  return value_at(height_row);
}

vec4 full_colour() {
  if (colouring == 4) return flat_colour;
  if (colouring == 3) {
    uint class_id = label & 0xffffu;
    return class_id < label_count ? texelFetch(label_table, ivec2(class_id & 255u, class_id >> 8), 0) : flat_colour;
  }
  float entry = (coloured_value() - table_scale.x) * table_scale.y;
  return texelFetch(colour_table, ivec2(entry > 0.0 ? int(min(entry, 255.0)) : 0, 0), 0);
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
  bool seen = depth >= depth_range.x && depth <= depth_range.y && u >= bounds.x && u < bounds.y && v >= bounds.z && v < bounds.w;
  // The square begins at a whole pixel, so that no rounding of the rasteriser decides what it covers.
  vec2 middle = (floor(vec2(u, v)) + 0.5 * size_px) / target_size;
  // The logarithm keeps the same share of the depth resolved at every distance.
  float depth_share = log2(depth / depth_range.x) / log2(depth_range.y / depth_range.x);
  gl_Position = seen ? vec4(2.0 * middle.x - 1.0, 1.0 - 2.0 * middle.y, 2.0 * depth_share - 1.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = size_px;
  vec4 full = full_colour();
  colour = in_focus() ? full : vec4(full.rgb * outside_focus, full.a);
  id = first_id + uint(gl_VertexID);
}
