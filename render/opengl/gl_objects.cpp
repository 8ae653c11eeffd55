#include "render/opengl/gl_objects.hpp"

#include <epoxy/gl.h>

namespace sweepmark {

namespace {

constexpr std::array<GLenum, 7> capabilities = {GL_DEPTH_TEST,        GL_BLEND,        GL_SCISSOR_TEST,
                                                GL_CULL_FACE,         GL_STENCIL_TEST, GL_FRAMEBUFFER_SRGB,
                                                GL_PROGRAM_POINT_SIZE};

int integer(GLenum what) {
  int value = 0;
  glGetIntegerv(what, &value);
  return value;
}

void set_enabled(GLenum capability, bool enabled) {
  enabled ? glEnable(capability) : glDisable(capability);
}

std::string shader_log(GLuint shader) {
  int length = 0;
  glGetShaderiv(shader, GL_INFO_LOG_LENGTH, &length);
  std::string log(static_cast<std::size_t>(length), '\0');
  glGetShaderInfoLog(shader, length, nullptr, log.data());
  return log;
}

std::string program_log(GLuint program) {
  int length = 0;
  glGetProgramiv(program, GL_INFO_LOG_LENGTH, &length);
  std::string log(static_cast<std::size_t>(length), '\0');
  glGetProgramInfoLog(program, length, nullptr, log.data());
  return log;
}

GlName compiled(GLenum stage, const char* source, std::string& log) {
  GlName shader(glCreateShader(stage), [](unsigned name) { glDeleteShader(name); });
  glShaderSource(*shader, 1, &source, nullptr);
  glCompileShader(*shader);
  int good = 0;
  glGetShaderiv(*shader, GL_COMPILE_STATUS, &good);
  if (good) return shader;
  log += shader_log(*shader);
  return {};
}

}  // namespace

GlName make_gl_buffer() {
  GLuint name = 0;
  glGenBuffers(1, &name);
  return {name, [](unsigned old) { glDeleteBuffers(1, &old); }};
}

GlName make_gl_texture() {
  GLuint name = 0;
  glGenTextures(1, &name);
  return {name, [](unsigned old) { glDeleteTextures(1, &old); }};
}

GlName make_gl_framebuffer() {
  GLuint name = 0;
  glGenFramebuffers(1, &name);
  return {name, [](unsigned old) { glDeleteFramebuffers(1, &old); }};
}

GlName make_gl_vertex_array() {
  GLuint name = 0;
  glGenVertexArrays(1, &name);
  return {name, [](unsigned old) { glDeleteVertexArrays(1, &old); }};
}

GlProgram build_gl_program(const char* vertex_source, const char* fragment_source) {
  GlProgram program;
  const GlName vertex = compiled(GL_VERTEX_SHADER, vertex_source, program.log);
  const GlName fragment = compiled(GL_FRAGMENT_SHADER, fragment_source, program.log);
  if (!vertex || !fragment) return program;
  GlName linked(glCreateProgram(), [](unsigned name) { glDeleteProgram(name); });
  glAttachShader(*linked, *vertex);
  glAttachShader(*linked, *fragment);
  glLinkProgram(*linked);
  int good = 0;
  glGetProgramiv(*linked, GL_LINK_STATUS, &good);
  if (good)
    program.name = std::move(linked);
  else
    program.log += program_log(*linked);
  return program;
}

GlStateGuard::GlStateGuard()
    : draw_framebuffer_(integer(GL_DRAW_FRAMEBUFFER_BINDING)),
      read_framebuffer_(integer(GL_READ_FRAMEBUFFER_BINDING)),
      program_(integer(GL_CURRENT_PROGRAM)),
      vertex_array_(integer(GL_VERTEX_ARRAY_BINDING)),
      array_buffer_(integer(GL_ARRAY_BUFFER_BINDING)),
      active_texture_(integer(GL_ACTIVE_TEXTURE)),
      pack_buffer_(integer(GL_PIXEL_PACK_BUFFER_BINDING)),
      pack_alignment_(integer(GL_PACK_ALIGNMENT)),
      pack_row_length_(integer(GL_PACK_ROW_LENGTH)),
      unpack_buffer_(integer(GL_PIXEL_UNPACK_BUFFER_BINDING)),
      unpack_alignment_(integer(GL_UNPACK_ALIGNMENT)),
      unpack_row_length_(integer(GL_UNPACK_ROW_LENGTH)),
      depth_function_(integer(GL_DEPTH_FUNC)) {
  glGetIntegerv(GL_VIEWPORT, viewport_.data());
  glGetBooleanv(GL_COLOR_WRITEMASK, colour_mask_.data());
  glGetBooleanv(GL_DEPTH_WRITEMASK, &depth_mask_);
  for (std::size_t i = 0; i < capabilities.size(); ++i) enabled_[i] = glIsEnabled(capabilities[i]);
  for (std::size_t unit = 0; unit < texture_units; ++unit) {
    glActiveTexture(static_cast<GLenum>(GL_TEXTURE0 + unit));
    textures_[unit] = integer(GL_TEXTURE_BINDING_2D);
  }
  // Our own transfers are of whole, tightly packed rows of 4-byte pixels.
  glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
  glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
  glPixelStorei(GL_PACK_ALIGNMENT, 4);
  glPixelStorei(GL_PACK_ROW_LENGTH, 0);
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
}

GlStateGuard::~GlStateGuard() {
  glPixelStorei(GL_UNPACK_ROW_LENGTH, unpack_row_length_);
  glPixelStorei(GL_UNPACK_ALIGNMENT, unpack_alignment_);
  glPixelStorei(GL_PACK_ROW_LENGTH, pack_row_length_);
  glPixelStorei(GL_PACK_ALIGNMENT, pack_alignment_);
  glBindBuffer(GL_PIXEL_UNPACK_BUFFER, static_cast<GLuint>(unpack_buffer_));
  glBindBuffer(GL_PIXEL_PACK_BUFFER, static_cast<GLuint>(pack_buffer_));
  for (std::size_t unit = 0; unit < texture_units; ++unit) {
    glActiveTexture(static_cast<GLenum>(GL_TEXTURE0 + unit));
    glBindTexture(GL_TEXTURE_2D, static_cast<GLuint>(textures_[unit]));
  }
  glActiveTexture(static_cast<GLenum>(active_texture_));
  for (std::size_t i = 0; i < capabilities.size(); ++i) set_enabled(capabilities[i], enabled_[i]);
  glDepthFunc(static_cast<GLenum>(depth_function_));
  glDepthMask(depth_mask_);
  glColorMask(colour_mask_[0], colour_mask_[1], colour_mask_[2], colour_mask_[3]);
  glViewport(viewport_[0], viewport_[1], viewport_[2], viewport_[3]);
  glBindVertexArray(static_cast<GLuint>(vertex_array_));
  glBindBuffer(GL_ARRAY_BUFFER, static_cast<GLuint>(array_buffer_));
  glUseProgram(static_cast<GLuint>(program_));
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, static_cast<GLuint>(draw_framebuffer_));
  glBindFramebuffer(GL_READ_FRAMEBUFFER, static_cast<GLuint>(read_framebuffer_));
}

}  // namespace sweepmark
