#include "render/opengl/gl_picture.hpp"

#include <epoxy/gl.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "render/scene_ids.hpp"

namespace sweepmark {

namespace {

GlName make_target_texture(GLenum stored, GLenum layout, GLenum type, int width, int height) {
  GlName texture = make_gl_texture();
  glBindTexture(GL_TEXTURE_2D, *texture);
  glTexImage2D(GL_TEXTURE_2D, 0, static_cast<GLint>(stored), width, height, 0, layout, type, nullptr);
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    glTexParameteri(GL_TEXTURE_2D, filter, GL_NEAREST);
  for (const GLenum wrap : {GL_TEXTURE_WRAP_S, GL_TEXTURE_WRAP_T})
    glTexParameteri(GL_TEXTURE_2D, wrap, GL_CLAMP_TO_EDGE);
  return texture;
}

// GL's rows go from the bottom; ours from the top.
template <class Value>
std::vector<Value> rows_from_top(const std::vector<Value>& rows, int width) {
  std::vector<Value> result;
  result.reserve(rows.size());
  for (std::size_t end = rows.size(); end > 0; end -= static_cast<std::size_t>(width))
    result.insert(result.end(), rows.begin() + static_cast<std::ptrdiff_t>(end) - width,
                  rows.begin() + static_cast<std::ptrdiff_t>(end));
  return result;
}

}  // namespace

std::array<float, 4> components(Rgba c) {
  return {static_cast<float>(c.r) / 255.0f, static_cast<float>(c.g) / 255.0f,
          static_cast<float>(c.b) / 255.0f, static_cast<float>(c.a) / 255.0f};
}

void GlPicture::resize(Viewport viewport) {
  viewport.width = std::max(viewport.width, 1);
  viewport.height = std::max(viewport.height, 1);
  if (viewport.width == viewport_.width && viewport.height == viewport_.height) return;
  viewport_ = viewport;
  const int width = viewport.width + 2 * margin, height = viewport.height + 2 * margin;
  glActiveTexture(GL_TEXTURE0);
  target_colour_ = make_target_texture(GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE, width, height);
  target_ids_ = make_target_texture(GL_R32UI, GL_RED_INTEGER, GL_UNSIGNED_INT, width, height);
  target_depth_ = make_target_texture(GL_DEPTH_COMPONENT32F, GL_DEPTH_COMPONENT, GL_FLOAT, width, height);
  target_ = make_gl_framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, *target_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, *target_colour_, 0);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT1, GL_TEXTURE_2D, *target_ids_, 0);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, *target_depth_, 0);
  picture_colour_ = make_target_texture(GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE, viewport.width, viewport.height);
  picture_ = make_gl_framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, *picture_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, *picture_colour_, 0);
}

void GlPicture::begin() const {
  glBindFramebuffer(GL_FRAMEBUFFER, *target_);
  constexpr std::array<GLenum, 2> attachments = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1};
  glDrawBuffers(2, attachments.data());
  glViewport(0, 0, viewport_.width + 2 * margin, viewport_.height + 2 * margin);
  for (const GLenum capability :
       {GL_BLEND, GL_SCISSOR_TEST, GL_CULL_FACE, GL_STENCIL_TEST, GL_FRAMEBUFFER_SRGB})
    glDisable(capability);
  glEnable(GL_DEPTH_TEST);
  glEnable(GL_PROGRAM_POINT_SIZE);
  glDepthFunc(GL_LESS);  // points are drawn in the order of their ids: of equally near ones the lower stays
  glDepthMask(GL_TRUE);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
}

void GlPicture::clear(Rgba background) const {
  const float far = 1.0f;
  const std::array<GLuint, 4> nothing = {SceneIds::none, 0, 0, 0};
  glClearBufferfv(GL_COLOR, 0, components(background).data());
  glClearBufferuiv(GL_COLOR, 1, nothing.data());
  glClearBufferfv(GL_DEPTH, 0, &far);
}

void GlPicture::finish() const {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, *target_);
  glReadBuffer(GL_COLOR_ATTACHMENT0);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, *picture_);
  glBlitFramebuffer(margin, margin, margin + viewport_.width, margin + viewport_.height, 0, 0,
                    viewport_.width, viewport_.height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
}

void GlPicture::finish(const EyeDomeScale& eye_dome, DepthRange depths) const {
  glBindFramebuffer(GL_FRAMEBUFFER, *picture_);
  glViewport(0, 0, viewport_.width, viewport_.height);
  glDisable(GL_DEPTH_TEST);
  glUseProgram(*eye_dome_program_);
  const auto location = [&](const char* name) { return glGetUniformLocation(*eye_dome_program_, name); };
  const std::array textures = {*target_colour_, *target_depth_};
  const std::array samplers = {"drawn_colour", "drawn_depth"};
  for (unsigned unit = 0; unit < textures.size(); ++unit) {
    glActiveTexture(GL_TEXTURE0 + unit);
    glBindTexture(GL_TEXTURE_2D, textures[unit]);
    glUniform1i(location(samplers[unit]), static_cast<GLint>(unit));
  }
  glUniform1i(location("margin"), margin);
  glUniform2i(location("picture_size"), viewport_.width, viewport_.height);
  glUniform2f(location("log2_depth"), static_cast<float>(std::log2(depths.near)),
              static_cast<float>(std::log2(depths.far / depths.near)));
  glUniform1i(location("perspective"), eye_dome.perspective ? 1 : 0);
  glUniform1f(location("per_metre"), eye_dome.per_metre);
  glUniform1f(location("darkening"), eye_dome.darkening);
  glUniform1i(location("reach"), eye_dome.reach);
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

GlPicture::Rectangle GlPicture::within(int left, int top, int right, int bottom) const {
  left = std::clamp(left, 0, viewport_.width);
  top = std::clamp(top, 0, viewport_.height);
  return {left, top, std::max(0, std::min(right, viewport_.width) - left),
          std::max(0, std::min(bottom, viewport_.height) - top)};
}

std::vector<std::uint32_t> GlPicture::read_ids(Rectangle area) const {
  std::vector<std::uint32_t> ids(static_cast<std::size_t>(area.width) *
                                 static_cast<std::size_t>(area.height));
  if (ids.empty()) return ids;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, *target_);
  glReadBuffer(GL_COLOR_ATTACHMENT1);
  glReadPixels(margin + area.left, margin + viewport_.height - area.top - area.height, area.width,
               area.height, GL_RED_INTEGER, GL_UNSIGNED_INT, ids.data());
  return rows_from_top(ids, area.width);
}

std::vector<float> GlPicture::read_depths(Rectangle area) const {
  std::vector<float> depths(static_cast<std::size_t>(area.width) * static_cast<std::size_t>(area.height));
  if (depths.empty()) return depths;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, *target_);
  glReadPixels(margin + area.left, margin + viewport_.height - area.top - area.height, area.width,
               area.height, GL_DEPTH_COMPONENT, GL_FLOAT, depths.data());
  return rows_from_top(depths, area.width);
}

std::vector<std::uint32_t> GlPicture::read_back() const {
  std::vector<std::uint32_t> rgba(static_cast<std::size_t>(viewport_.width) *
                                  static_cast<std::size_t>(viewport_.height));
  if (rgba.empty()) return rgba;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, *picture_);
  glReadBuffer(GL_COLOR_ATTACHMENT0);
  glReadPixels(0, 0, viewport_.width, viewport_.height, GL_RGBA, GL_UNSIGNED_BYTE, rgba.data());
  return rows_from_top(rgba, viewport_.width);
}

}  // namespace sweepmark
