#version 330 core
flat in vec4 colour;
in float depth;

uniform vec2 depth_range;  // near, far; metres

layout(location = 0) out vec4 drawn_colour;
layout(location = 1) out uint drawn_id;

void main() {
  if (depth < depth_range.x || depth > depth_range.y) discard;
  gl_FragDepth = log2(depth / depth_range.x) / log2(depth_range.y / depth_range.x);
  drawn_colour = colour;
  drawn_id = 0xffffffffu;  // SceneIds::none: a surface is not picked
}
