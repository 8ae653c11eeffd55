#include <epoxy/gl.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "render/opengl/backends.hpp"

namespace sweepmark {

bool gl_is_software() {
  const auto* renderer = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  if (!renderer) return true;
  constexpr std::array<std::string_view, 5> software = {"llvmpipe", "softpipe", "swrast", "SWR",
                                                        "Software Rasterizer"};
  return std::ranges::any_of(software, [name = std::string_view(renderer)](std::string_view known) {
    return name.find(known) != std::string_view::npos;
  });
}

std::unique_ptr<PointBackend> make_point_backend(BackendChoice choice) {
  if (choice == BackendChoice::software) return make_software_backend();
  if (choice == BackendChoice::opengl) return make_opengl_backend();
  if (gl_is_software()) return make_software_backend();
  std::unique_ptr<PointBackend> backend = make_opengl_backend();
  return backend ? std::move(backend) : make_software_backend();
}

}  // namespace sweepmark
