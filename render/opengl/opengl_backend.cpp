#include "render/opengl/opengl_backend.hpp"

#include <epoxy/gl.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <limits>

#include "render/cloud_filter.hpp"
#include "render/cloud_projection.hpp"
#include "render/eye_dome.hpp"
#include "render/opengl/backends.hpp"
#include "render/opengl/shader_sources.hpp"
#include "render/point_colours.hpp"

namespace sweepmark {

namespace {

constexpr int margin = GlPicture::margin;
constexpr int table_width = 256;

enum Attribute : GLuint {
  attribute_x,
  attribute_y,
  attribute_z,
  attribute_channel,
  attribute_label,
  attribute_painted,
  attribute_range
};
enum TextureUnit : GLenum { unit_colours, unit_labels, unit_focus, unit_hidden };

void fill_table(const GlName& texture, TextureUnit unit, GLint stored, int width, int height, GLenum type,
                const void* values) {
  glActiveTexture(GL_TEXTURE0 + unit);
  glBindTexture(GL_TEXTURE_2D, *texture);
  glTexImage2D(GL_TEXTURE_2D, 0, stored, width, height, 0, GL_RGBA, type, values);
  for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
    glTexParameteri(GL_TEXTURE_2D, filter, GL_NEAREST);
}

// By number, row by row; as many rows as it needs, but one.
void fill_numbered(const GlName& texture, TextureUnit unit, std::vector<Rgba> entries) {
  const std::size_t rows = std::max<std::size_t>(1, (entries.size() + table_width - 1) / table_width);
  entries.resize(rows * table_width);
  fill_table(texture, unit, GL_RGBA8, table_width, static_cast<int>(rows), GL_UNSIGNED_BYTE, entries.data());
}

void float_attribute(Attribute attribute, unsigned buffer, std::size_t byte_offset) {
  if (buffer == 0) return glDisableVertexAttribArray(attribute);
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glEnableVertexAttribArray(attribute);
  glVertexAttribPointer(attribute, 1, GL_FLOAT, GL_FALSE, 0, reinterpret_cast<const void*>(byte_offset));
}

void integer_attribute(Attribute attribute, unsigned buffer) {
  glVertexAttribI4ui(attribute, 0, 0, 0, 0);
  if (buffer == 0) return glDisableVertexAttribArray(attribute);
  glBindBuffer(GL_ARRAY_BUFFER, buffer);
  glEnableVertexAttribArray(attribute);
  glVertexAttribIPointer(attribute, 1, GL_UNSIGNED_INT, 0, nullptr);
}

// By id, so that of equally near points the lower id is drawn first and stays.
std::vector<SceneRun> ordered_runs(std::span<const ScenePoints> scene, const SceneIds& ids,
                                   const DrawPart& part) {
  std::vector<SceneRun> runs;
  for_each_run(scene, ids, part, [&](const SceneRun& run) { runs.push_back(run); });
  std::ranges::sort(runs, {}, [](const SceneRun& run) { return std::pair(run.scene_index, run.begin); });
  return runs;
}

}  // namespace

OpenGlBackend::OpenGlBackend(GlName points_program, GlName eye_dome_program, GlName mesh_program)
    : program_(std::move(points_program)),
      vertex_array_(make_gl_vertex_array()),
      colour_table_(make_gl_texture()),
      label_table_(make_gl_texture()),
      focus_boxes_(make_gl_texture()),
      hidden_classes_(make_gl_texture()),
      picture_(std::move(eye_dome_program)),
      meshes_(std::move(mesh_program)) {}

int OpenGlBackend::location(std::string_view uniform) const {
  auto known = locations_.find(uniform);
  if (known == locations_.end()) {
    const std::string name(uniform);
    known = locations_.emplace(name, glGetUniformLocation(*program_, name.c_str())).first;
  }
  return known->second;
}

Drawn OpenGlBackend::draw(std::span<const ScenePoints> scene, const PointStyle& style,
                          const ViewCamera& camera, Viewport viewport, const DrawPart& part) {
  const GlStateGuard guard;
  clouds_.forget_gone();
  picture_.resize(viewport);
  squares_ = point_squares(style, camera, picture_.viewport());
  ids_ = SceneIds(scene);
  picture_.begin();
  if (!part.add) picture_.clear(style.background);
  glUseProgram(*program_);
  glBindVertexArray(*vertex_array_);
  upload_tables(style);
  set_picture_uniforms(style, camera);
  const std::vector<SceneRun> runs = ordered_runs(scene, ids_, part);
  const auto of_other_clouds = [](const SceneRun& a, const SceneRun& b) {
    return a.scene_index != b.scene_index;
  };
  for (auto begin = runs.begin(); begin != runs.end();) {
    const auto last = std::adjacent_find(begin, runs.end(), of_other_clouds);
    const auto end = last == runs.end() ? last : last + 1;
    draw_cloud(scene[begin->scene_index], ids_.first_of(begin->scene_index), {begin, end}, style, camera);
    begin = end;
  }
  meshes_.draw(part.meshes, camera, picture_.viewport(), margin);
  const EyeDomeScale eye_dome = eye_dome_scale(style, squares_, camera);
  eye_dome.darkening > 0.0f ? picture_.finish(eye_dome, depth_range(camera)) : picture_.finish();
  return TextureView{picture_.texture()};
}

void OpenGlBackend::upload_tables(const PointStyle& style) {
  fill_table(colour_table_, unit_colours, GL_RGBA8, 256, 1, GL_UNSIGNED_BYTE, colour_table(style.map).data());
  if (style.colouring == PointColouring::label)
    fill_numbered(label_table_, unit_labels, {style.label_colours.begin(), style.label_colours.end()});
  if (style.colouring == PointColouring::instance) {
    const InstanceColours colours = instance_colours(style.background);
    fill_numbered(label_table_, unit_labels, {colours.begin(), colours.end()});
  }
  const std::vector<std::uint8_t> hidden = class_flags(style.filter.hidden_classes);
  std::vector<Rgba> table;
  for (const std::uint8_t flag : hidden) table.push_back({static_cast<std::uint8_t>(255 * flag), 0, 0, 0});
  if (!table.empty()) fill_numbered(hidden_classes_, unit_hidden, table);
  glUniform1ui(location("hidden_count"), static_cast<GLuint>(hidden.size()));
}

void OpenGlBackend::set_picture_uniforms(const PointStyle& style, const ViewCamera& camera) const {
  const TableScale scale = table_scale(style);
  const DepthRange range = depth_range(camera);
  const Viewport viewport = picture_.viewport();
  const auto first = static_cast<float>(margin - squares_.largest + 1);
  glUniform1i(location("perspective"), camera.orthographic ? 0 : 1);
  glUniform2f(location("depth_range"), static_cast<float>(range.near), static_cast<float>(range.far));
  glUniform4f(location("bounds"), first, static_cast<float>(margin + viewport.width), first,
              static_cast<float>(margin + viewport.height));
  glUniform2f(location("target_size"), static_cast<float>(viewport.width + 2 * margin),
              static_cast<float>(viewport.height + 2 * margin));
  glUniform1i(location("largest"), squares_.largest);
  glUniform1i(location("by_depth"), squares_.by_depth ? 1 : 0);
  glUniform1fv(location("reach"), static_cast<GLsizei>(squares_.reach.size()), squares_.reach.data());
  glUniform2f(location("table_scale"), scale.low, scale.entries_per_unit);
  glUniform1i(location("colour_table"), unit_colours);
  glUniform1i(location("label_table"), unit_labels);
  glUniform1i(location("focus_boxes"), unit_focus);
  glUniform1i(location("hidden_classes"), unit_hidden);
  glUniform1i(location("shown"), static_cast<GLint>(style.filter.shown));
  glUniform1ui(location("label_count"), static_cast<GLuint>(style.label_colours.size()));
  glUniform4fv(location("flat_colour"), 1, components(style.flat).data());
  glUniform1i(location("focus_count"), static_cast<GLint>(style.focus.size()));
  glUniform1f(location("outside_focus"), static_cast<float>(std::clamp(style.outside_focus, 0.0, 1.0)));
}

void OpenGlBackend::draw_cloud(const ScenePoints& points, std::uint32_t first_id,
                               std::span<const SceneRun> runs, const PointStyle& style,
                               const ViewCamera& camera) {
  const PointCloud& cloud = *points.cloud;
  const GlClouds::Buffers buffers = clouds_.buffers_of(points, style);
  set_attributes(buffers, cloud.size());
  const CloudProjection projection = cloud_projection(cloud.origin, points.world_from_cloud, camera,
                                                      picture_.viewport(), margin + squares_.shift());
  glUniform4fv(location("u_row"), 1, projection.u.data());
  glUniform4fv(location("v_row"), 1, projection.v.data());
  glUniform4fv(location("depth_row"), 1, projection.depth.data());
  glUniform4fv(location("height_row"), 1, height_row(cloud.origin, points.world_from_cloud).data());
  glUniform1i(location("colouring"), static_cast<GLint>(colour_source(points, style.colouring)));
  glUniform1ui(location("first_id"), first_id);
  set_filter(points, style, buffers.ranges != 0);
  set_focus(points, style);
  std::vector<GLint> begins;
  std::vector<GLsizei> counts;
  for (const SceneRun& run : runs) {
    begins.push_back(static_cast<GLint>(run.begin));
    counts.push_back(static_cast<GLsizei>(run.end - run.begin));
  }
  glMultiDrawArrays(GL_POINTS, begins.data(), counts.data(), static_cast<GLsizei>(runs.size()));
}

void OpenGlBackend::set_attributes(const GlClouds::Buffers& buffers, std::size_t points) const {
  const std::size_t part = points * sizeof(float);
  float_attribute(attribute_x, buffers.coordinates, 0);
  float_attribute(attribute_y, buffers.coordinates, part);
  float_attribute(attribute_z, buffers.coordinates, 2 * part);
  float_attribute(attribute_channel, buffers.channel, 0);
  float_attribute(attribute_range, buffers.ranges, 0);
  integer_attribute(attribute_label, buffers.labels);
  integer_attribute(attribute_painted, buffers.painted);
}

void OpenGlBackend::set_filter(const ScenePoints& points, const PointStyle& style, bool has_ranges) const {
  const CloudFilter filter(points, style.filter);
  const auto set_band = [&](const char* name, const std::optional<FloatBand>& band) {
    constexpr float all = std::numeric_limits<float>::max();
    glUniform2f(location(name), band ? band->low : -all, band ? band->high : all);
  };
  set_band("height_band", filter.height);
  set_band("range_band", filter.range);
  glUniform1i(location("has_ranges"), has_ranges ? 1 : 0);
  glUniform1i(location("clips"), filter.clip ? 1 : 0);
  if (!filter.clip) return;
  glUniform4fv(location("clip_rows"), 3, filter.clip->local[0].data());
  glUniform3fv(location("clip_half"), 1, filter.clip->half.data());
}

void OpenGlBackend::set_focus(const ScenePoints& points, const PointStyle& style) const {
  if (style.focus.empty()) return;
  std::vector<PlaneRow> rows;
  for (const Box3<World>& box : style.focus) {
    const CloudBox local = cloud_box(points.cloud->origin, points.world_from_cloud, box);
    rows.insert(rows.end(), local.local.begin(), local.local.end());
    rows.push_back({local.half[0], local.half[1], local.half[2], 0.0f});
  }
  fill_table(focus_boxes_, unit_focus, GL_RGBA32F, 4, static_cast<int>(style.focus.size()), GL_FLOAT,
             rows.data());
}

std::optional<PointId> OpenGlBackend::pick(int x, int y, int radius_px) {
  const GlStateGuard guard;
  const GlPicture::Rectangle area =
      picture_.within(x - radius_px, y - radius_px, x + radius_px + 1, y + radius_px + 1);
  const std::vector<std::uint32_t> ids = picture_.read_ids(area);
  if (ids.empty()) return std::nullopt;
  const std::vector<float> depths = picture_.read_depths(area);
  const PixelKey key = nearest_key(x, y, radius_px, picture_.viewport(), [&](int column, int row) {
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
  const GlPicture::Rectangle area = picture_.within(left, top, left + width, top + height);
  const std::vector<std::uint32_t> ids = picture_.read_ids(area);
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
  return picture_.read_back();
}

std::unique_ptr<PointBackend> make_opengl_backend() {
  GlProgram points = build_gl_program(points_vertex_shader, points_fragment_shader);
  GlProgram eye_dome = build_gl_program(eye_dome_vertex_shader, eye_dome_fragment_shader);
  GlProgram mesh = build_gl_program(mesh_vertex_shader, mesh_fragment_shader);
  if (!points.name || !eye_dome.name || !mesh.name) {
    std::fprintf(stderr, "points cannot be drawn by OpenGL, its shaders do not build: %s%s%s\n",
                 points.log.c_str(), eye_dome.log.c_str(), mesh.log.c_str());
    return nullptr;
  }
  return std::make_unique<OpenGlBackend>(std::move(points.name), std::move(eye_dome.name),
                                         std::move(mesh.name));
}

}  // namespace sweepmark
