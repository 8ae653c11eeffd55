// OpenGL names that delete themselves, shader programs, and what must be as it was after we have drawn.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace sweepmark {

// Owns one name. The context it was made in must be current when it is destroyed.
class GlName {
 public:
  using Delete = void (*)(unsigned name);

  GlName() = default;
  GlName(unsigned name, Delete destroy) : name_(name), delete_(destroy) {}
  ~GlName() { reset(); }
  GlName(GlName&& other) noexcept : name_(std::exchange(other.name_, 0)), delete_(other.delete_) {}
  GlName& operator=(GlName&& other) noexcept {
    if (this == &other) return *this;
    reset();
    name_ = std::exchange(other.name_, 0);
    delete_ = other.delete_;
    return *this;
  }

  unsigned operator*() const { return name_; }
  explicit operator bool() const { return name_ != 0; }

 private:
  void reset() {
    if (name_ != 0) delete_(name_);
    name_ = 0;
  }

  unsigned name_ = 0;
  Delete delete_ = nullptr;
};

GlName make_gl_buffer();
GlName make_gl_texture();
GlName make_gl_framebuffer();
GlName make_gl_vertex_array();

// A program of two stages, or the compiler's or linker's words.
struct GlProgram {
  GlName name;  // empty where it failed
  std::string log;
};
GlProgram build_gl_program(const char* vertex_source, const char* fragment_source);

// Puts back, when it goes, what drawing points changes: other drawers (Dear ImGui) rely on their state.
class GlStateGuard {
 public:
  GlStateGuard();
  ~GlStateGuard();
  GlStateGuard(const GlStateGuard&) = delete;
  GlStateGuard& operator=(const GlStateGuard&) = delete;

 private:
  static constexpr std::size_t texture_units = 4;

  int draw_framebuffer_, read_framebuffer_, program_, vertex_array_, array_buffer_, active_texture_;
  int pack_buffer_, pack_alignment_, pack_row_length_, unpack_buffer_, unpack_alignment_, unpack_row_length_;
  int depth_function_;
  std::array<int, texture_units> textures_;
  std::array<int, 4> viewport_;
  std::array<unsigned char, 4> colour_mask_;
  unsigned char depth_mask_;
  std::array<bool, 7> enabled_;
};

}  // namespace sweepmark
