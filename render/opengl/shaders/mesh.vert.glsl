#version 330 core
// A corner of a triangle, where the same point of a cloud would be drawn (points.vert.glsl).

layout(location = 0) in vec3 position;  // metres, mesh frame
layout(location = 1) in vec4 corner_colour;

uniform vec4 u_row, v_row, depth_row;  // pixels (times depth in perspective) and metres
uniform bool perspective;
uniform vec2 target_size;  // pixels

flat out vec4 colour;
out float depth;

void main() {
  vec4 at = vec4(position, 1.0);
  depth = dot(depth_row, at);
  float weight = perspective ? depth : 1.0;
  // The fragment says its own depth; here it is only to lie between near and far where the triangle does.
  gl_Position = vec4(2.0 * dot(u_row, at) / target_size.x - weight, weight - 2.0 * dot(v_row, at) / target_size.y,
                     0.0, weight);
  colour = corner_colour;
}
