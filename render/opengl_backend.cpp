#include "render/opengl_backend.hpp"

#include <epoxy/gl.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <functional>

#include "render/cloud_projection.hpp"
#include "render/point_colours.hpp"
#include "render/shader_sources.hpp"

namespace sweepmark {

namespace {

constexpr int largest_square = 8;  // pixels
constexpr int margin = largest_square;
constexpr int label_table_width = 256;

enum Attribute : GLuint { attribute_x, attribute_y, attribute_z, attribute_channel, attribute_label };

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

void fill_table(const GlName& texture, GLenum unit, GLint stored, int width, int height, GLenum type,
                const void* values) {
  glActiveTexture(unit);
  glBindTexture(GL_TEXTURE_2D, *texture);
  glTexImage2D(GL_TEXTURE_2D, 0, stored, width, height, 0, GL_RGBA, type, values);
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    glTexParameteri(GL_TEXTURE_2D, filter, GL_NEAREST);
}

void float_attribute(Attribute attribute, unsigned buffer, std::size_t byte_offset) {
  if (buffer == 0) return glDisableVertexAttribArray(attribute);
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glEnableVertexAttribArray(attribute);
  glVertexAttribPointer(attribute, 1, GL_FLOAT, GL_FALSE, 0, reinterpret_cast<const void*>(byte_offset));
}

void label_attribute(unsigned buffer) {
  glVertexAttribI4ui(attribute_label, 0, 0, 0, 0);
  if (buffer == 0) return glDisableVertexAttribArray(attribute_label);
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glEnableVertexAttribArray(attribute_label);
  glVertexAttribIPointer(attribute_label, 1, GL_UNSIGNED_INT, 0, nullptr);
}

// The numbers points.vert.glsl knows colourings by.
int shader_colouring(PointColouring colouring, const GlClouds::Buffers& buffers) {
  switch (colouring) {
    case PointColouring::height:
      return 0;
    case PointColouring::intensity:
    case PointColouring::ring:
    case PointColouring::time:
      return buffers.channel ? 1 : 4;
    case PointColouring::range:
      return 2;
    case PointColouring::label:
      return 3;
    case PointColouring::instance:
    case PointColouring::label_age:
    case PointColouring::camera:
    case PointColouring::flat:
      break;
  }
  return 4;
}

std::array<float, 4> components(Rgba c) {
  return {static_cast<float>(c.r) / 255.0f, static_cast<float>(c.g) / 255.0f,
          static_cast<float>(c.b) / 255.0f, static_cast<float>(c.a) / 255.0f};
}

// By id, so that of equally near points the lower id is drawn first and stays.
std::vector<SceneRun> ordered_runs(std::span<const ScenePoints> scene, const SceneIds& ids,
                                   const DrawPart& part) {
  std::vector<SceneRun> runs;
  for_each_run(scene, ids, part, [&](const SceneRun& run) { runs.push_back(run); });
  std::ranges::sort(runs, {}, [](const SceneRun& run) { return std::pair(run.scene_index, run.begin); });
  return runs;
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

OpenGlBackend::OpenGlBackend(GlName program)
    : program_(std::move(program)),
      vertex_array_(make_gl_vertex_array()),
      colour_table_(make_gl_texture()),
      label_table_(make_gl_texture()),
      focus_boxes_(make_gl_texture()) {}

int OpenGlBackend::location(const char* uniform) const {
  return glGetUniformLocation(*program_, uniform);
}

Drawn OpenGlBackend::draw(std::span<const ScenePoints> scene, const PointStyle& style,
                          const ViewCamera& camera, Viewport viewport, const DrawPart& part) {
  const GlStateGuard guard;
  clouds_.forget_gone();
  resize(viewport);
  size_px_ = std::clamp(style.size_px, 1, largest_square);
  ids_ = SceneIds(scene);
  begin_picture();
  if (!part.add) clear_picture(style.background);
  glUseProgram(*program_);
  glBindVertexArray(*vertex_array_);
  upload_tables(style);
  set_picture_uniforms(style, camera);
  const std::vector<SceneRun> runs = ordered_runs(scene, ids_, part);
  const auto of_one_cloud = [](const SceneRun& a, const SceneRun& b) {
    return a.scene_index == b.scene_index;
  };
  for (auto begin = runs.begin(); begin != runs.end();) {
    const auto end = std::adjacent_find(begin, runs.end(), std::not_fn(of_one_cloud));
    const auto after = end == runs.end() ? end : end + 1;
    draw_cloud(scene[begin->scene_index], ids_.first_of(begin->scene_index), {begin, after}, style, camera);
    begin = after;
  }
  copy_to_picture();
  return TextureView{*picture_colour_};
}

void OpenGlBackend::resize(Viewport viewport) {
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

void OpenGlBackend::begin_picture() const {
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

void OpenGlBackend::clear_picture(Rgba background) const {
  const float far = 1.0f;
  const std::array<GLuint, 4> nothing = {SceneIds::none, 0, 0, 0};
  glClearBufferfv(GL_COLOR, 0, components(background).data());
  glClearBufferuiv(GL_COLOR, 1, nothing.data());
  glClearBufferfv(GL_DEPTH, 0, &far);
}

void OpenGlBackend::upload_tables(const PointStyle& style) {
  fill_table(colour_table_, GL_TEXTURE0, GL_RGBA8, 256, 1, GL_UNSIGNED_BYTE, colour_table(style.map).data());
  if (style.colouring != PointColouring::label) return;
  const std::size_t rows =
      std::max<std::size_t>(1, (style.label_colours.size() + label_table_width - 1) / label_table_width);
  std::vector<Rgba> table(style.label_colours.begin(), style.label_colours.end());
  table.resize(rows * label_table_width);
  fill_table(label_table_, GL_TEXTURE1, GL_RGBA8, label_table_width, static_cast<int>(rows), GL_UNSIGNED_BYTE,
             table.data());
}

void OpenGlBackend::set_picture_uniforms(const PointStyle& style, const ViewCamera& camera) const {
  const TableScale scale = table_scale(style);
  const DepthRange range = depth_range(camera);
  const float first = static_cast<float>(margin - size_px_ + 1);
  glUniform1i(location("perspective"), camera.orthographic ? 0 : 1);
  glUniform2f(location("depth_range"), static_cast<float>(range.near), static_cast<float>(range.far));
  glUniform4f(location("bounds"), first, static_cast<float>(margin + viewport_.width), first,
              static_cast<float>(margin + viewport_.height));
  glUniform2f(location("target_size"), static_cast<float>(viewport_.width + 2 * margin),
              static_cast<float>(viewport_.height + 2 * margin));
  glUniform1f(location("size_px"), static_cast<float>(size_px_));
  glUniform2f(location("table_scale"), scale.low, scale.entries_per_unit);
  glUniform1i(location("colour_table"), 0);
  glUniform1i(location("label_table"), 1);
  glUniform1i(location("focus_boxes"), 2);
  glUniform1ui(location("label_count"), static_cast<GLuint>(style.label_colours.size()));
  glUniform4fv(location("flat_colour"), 1, components(style.flat).data());
  glUniform1i(location("focus_count"), static_cast<GLint>(style.focus.size()));
  glUniform1f(location("outside_focus"), static_cast<float>(std::clamp(style.outside_focus, 0.0, 1.0)));
}

void OpenGlBackend::draw_cloud(const ScenePoints& points, std::uint32_t first_id,
                               std::span<const SceneRun> runs, const PointStyle& style,
                               const ViewCamera& camera) {
  const PointCloud& cloud = *points.cloud;
  const GlClouds::Buffers buffers = clouds_.buffers_of(points, style.colouring);
  const std::size_t part = cloud.size() * sizeof(float);
  float_attribute(attribute_x, buffers.coordinates, 0);
  float_attribute(attribute_y, buffers.coordinates, part);
  float_attribute(attribute_z, buffers.coordinates, 2 * part);
  float_attribute(attribute_channel, buffers.channel, 0);
  label_attribute(buffers.labels);
  const double shift = margin - 0.5 * (size_px_ - 1);
  const CloudProjection projection =
      cloud_projection(cloud.origin, points.world_from_cloud, camera, viewport_, shift);
  glUniform4fv(location("u_row"), 1, projection.u.data());
  glUniform4fv(location("v_row"), 1, projection.v.data());
  glUniform4fv(location("depth_row"), 1, projection.depth.data());
  glUniform4fv(location("height_row"), 1, height_row(cloud.origin, points.world_from_cloud).data());
  glUniform1i(location("colouring"), shader_colouring(style.colouring, buffers));
  glUniform1ui(location("first_id"), first_id);
  set_focus(points, style);
  std::vector<GLint> begins;
  std::vector<GLsizei> counts;
  for (const SceneRun& run : runs) {
    begins.push_back(static_cast<GLint>(run.begin));
    counts.push_back(static_cast<GLsizei>(run.end - run.begin));
  }
  glMultiDrawArrays(GL_POINTS, begins.data(), counts.data(), static_cast<GLsizei>(runs.size()));
}

void OpenGlBackend::set_focus(const ScenePoints& points, const PointStyle& style) const {
  if (style.focus.empty()) return;
  std::vector<PlaneRow> rows;
  for (const Box3<World>& box : style.focus) {
    const CloudBox local = cloud_box(points.cloud->origin, points.world_from_cloud, box);
    rows.insert(rows.end(), local.local.begin(), local.local.end());
    rows.push_back({local.half[0], local.half[1], local.half[2], 0.0f});
  }
  fill_table(focus_boxes_, GL_TEXTURE2, GL_RGBA32F, 4, static_cast<int>(style.focus.size()), GL_FLOAT,
             rows.data());
}

void OpenGlBackend::copy_to_picture() const {
  glBindFramebuffer(GL_READ_FRAMEBUFFER, *target_);
  glReadBuffer(GL_COLOR_ATTACHMENT0);
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, *picture_);
  glBlitFramebuffer(margin, margin, margin + viewport_.width, margin + viewport_.height, 0, 0,
                    viewport_.width, viewport_.height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
}

OpenGlBackend::Rectangle OpenGlBackend::within_picture(int left, int top, int right, int bottom) const {
  left = std::clamp(left, 0, viewport_.width);
  top = std::clamp(top, 0, viewport_.height);
  return {left, top, std::max(0, std::min(right, viewport_.width) - left),
          std::max(0, std::min(bottom, viewport_.height) - top)};
}

std::vector<std::uint32_t> OpenGlBackend::read_ids(Rectangle area) const {
  std::vector<std::uint32_t> ids(static_cast<std::size_t>(area.width) *
                                 static_cast<std::size_t>(area.height));
  if (ids.empty()) return ids;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, *target_);
  glReadBuffer(GL_COLOR_ATTACHMENT1);
  glReadPixels(margin + area.left, margin + viewport_.height - area.top - area.height, area.width,
               area.height, GL_RED_INTEGER, GL_UNSIGNED_INT, ids.data());
  return rows_from_top(ids, area.width);
}

std::vector<float> OpenGlBackend::read_depths(Rectangle area) const {
  std::vector<float> depths(static_cast<std::size_t>(area.width) * static_cast<std::size_t>(area.height));
  if (depths.empty()) return depths;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, *target_);
  glReadPixels(margin + area.left, margin + viewport_.height - area.top - area.height, area.width,
               area.height, GL_DEPTH_COMPONENT, GL_FLOAT, depths.data());
  return rows_from_top(depths, area.width);
}

std::optional<PointId> OpenGlBackend::pick(int x, int y, int radius_px) {
  const GlStateGuard guard;
  const Rectangle area = within_picture(x - radius_px, y - radius_px, x + radius_px + 1, y + radius_px + 1);
  const std::vector<std::uint32_t> ids = read_ids(area);
  if (ids.empty()) return std::nullopt;
  const std::vector<float> depths = read_depths(area);
  const PixelKey key = nearest_key(x, y, radius_px, viewport_, [&](int column, int row) {
    const auto i = static_cast<std::size_t>((row - area.top) * area.width + column - area.left);
    return ids[i] == SceneIds::none
               ? no_point
               : static_cast<PixelKey>(std::bit_cast<std::uint32_t>(depths[i])) << 32 | ids[i];
  });
  if (key == no_point) return std::nullopt;
  return ids_.point_of(id_of(key));
}

std::vector<std::optional<PointId>> OpenGlBackend::ids_in(int left, int top, int width, int height) {
  const GlStateGuard guard;
  if (width <= 0 || height <= 0) return {};
  std::vector<std::optional<PointId>> result(static_cast<std::size_t>(width) *
                                             static_cast<std::size_t>(height));
  const Rectangle area = within_picture(left, top, left + width, top + height);
  const std::vector<std::uint32_t> ids = read_ids(area);
  for (int row = 0; row < area.height; ++row)
    for (int column = 0; column < area.width; ++column) {
      const std::uint32_t id = ids[static_cast<std::size_t>(row * area.width + column)];
      const auto place = static_cast<std::size_t>((area.top + row - top) * width + area.left + column - left);
      if (id != SceneIds::none) result[place] = ids_.point_of(id);
    }
  return result;
}

std::vector<std::uint32_t> OpenGlBackend::read_back() {
  const GlStateGuard guard;
  std::vector<std::uint32_t> rgba(static_cast<std::size_t>(viewport_.width) *
                                  static_cast<std::size_t>(viewport_.height));
  if (rgba.empty()) return rgba;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, *picture_);
  glReadBuffer(GL_COLOR_ATTACHMENT0);
  glReadPixels(0, 0, viewport_.width, viewport_.height, GL_RGBA, GL_UNSIGNED_BYTE, rgba.data());
  return rows_from_top(rgba, viewport_.width);
}

std::unique_ptr<PointBackend> make_opengl_backend() {
  GlProgram program = build_gl_program(points_vertex_shader, points_fragment_shader);
  if (!program.name) {
    std::fprintf(stderr, "points cannot be drawn by OpenGL, its shaders do not build: %s\n",
                 program.log.c_str());
    return nullptr;
  }
  return std::make_unique<OpenGlBackend>(std::move(program.name));
}

}  // namespace sweepmark
