// Backends that draw by OpenGL, and the choice between them and the software backend.
#pragma once

#include <memory>

#include "render/point_backend.hpp"

namespace sweepmark {

// Needs a current OpenGL 3.3 context, and it current at every call and at destruction. Null where shaders
// fail to build.
std::unique_ptr<PointBackend> make_opengl_backend();

// OpenGL where the current context is a GPU's, software where GL itself is software (llvmpipe, softpipe,
// swrast).
enum class BackendChoice { automatic, software, opengl };
std::unique_ptr<PointBackend> make_point_backend(BackendChoice choice);
bool gl_is_software();  // of the current context

}  // namespace sweepmark
