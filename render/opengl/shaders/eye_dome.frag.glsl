#version 330 core
// Eye-dome lighting as in eye_dome.hpp, with the same approximations, so that both backends shade alike.

uniform sampler2D drawn_colour;
uniform sampler2D drawn_depth;  // as points.vert.glsl writes it: the share of the logarithm between near and far

uniform int margin;           // pixels of the textures before the picture
uniform ivec2 picture_size;   // pixels
uniform vec2 log2_depth;      // of near, and from near to far
uniform bool perspective;
uniform float per_metre;
uniform float darkening;
uniform int reach;

layout(location = 0) out vec4 shaded;

const float no_eye_depth = 1e30;

float eye_depth(ivec2 pixel) {
  if (any(lessThan(pixel, ivec2(0))) || any(greaterThanEqual(pixel, picture_size))) return no_eye_depth;
  ivec2 texel = pixel + margin;
  float share = texelFetch(drawn_depth, texel, 0).x;
  if (share >= 1.0) return no_eye_depth;  // as it was cleared
  float logarithm = log2_depth.x + share * log2_depth.y;
  return perspective ? logarithm : exp2(logarithm) * per_metre;
}

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.xy);
  vec4 colour = texelFetch(drawn_colour, pixel + margin, 0);
  float own = eye_depth(pixel);
  float steps = 0.0;
  for (int y = -1; y <= 1; ++y)
    for (int x = -1; x <= 1; ++x)
      if (x != 0 || y != 0) steps += max(own - eye_depth(pixel + reach * ivec2(x, y)), 0.0);
  float share = own < no_eye_depth ? exp2(-min(0.125 * darkening * steps, 30.0)) : 1.0;
  shaded = vec4(floor(floor(255.0 * colour.rgb + 0.5) * share + 0.5) / 255.0, colour.a);
}
