// The text of shaders/*.glsl, compiled in: a program needs no files beside it.
#pragma once

namespace sweepmark {

extern const char* const points_vertex_shader;
extern const char* const points_fragment_shader;
extern const char* const eye_dome_vertex_shader;
extern const char* const eye_dome_fragment_shader;
extern const char* const mesh_vertex_shader;
extern const char* const mesh_fragment_shader;

}  // namespace sweepmark
