// Draws points on the graphics card, OpenGL 3.3 core.
#pragma once

#include <memory>

#include "render/gl_clouds.hpp"
#include "render/gl_objects.hpp"
#include "render/point_backend.hpp"
#include "render/scene_ids.hpp"

namespace sweepmark {

class OpenGlBackend final : public PointBackend {
 public:
  // `program` is of shaders/points.*.glsl.
  explicit OpenGlBackend(GlName program);

  std::string_view name() const override { return "opengl"; }
  bool colours_at_end() const override { return false; }
  Drawn draw(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera,
             Viewport viewport, const DrawPart& part = {}) override;
  std::optional<PointId> pick(int x, int y, int radius_px) override;
  std::vector<std::optional<PointId>> ids_in(int left, int top, int width, int height) override;
  std::vector<std::uint32_t> read_back() override;

 private:
  // Pixels of the picture, rows from the top; lies within it.
  struct Rectangle {
    int left, top, width, height;
  };

  void resize(Viewport viewport);
  void begin_picture() const;
  void clear_picture(Rgba background) const;
  void upload_tables(const PointStyle& style);
  void set_picture_uniforms(const PointStyle& style, const ViewCamera& camera) const;
  // `runs` are of the one cloud.
  void draw_cloud(const ScenePoints& points, std::uint32_t first_id, std::span<const SceneRun> runs,
                  const PointStyle& style, const ViewCamera& camera);
  void set_focus(const ScenePoints& points, const PointStyle& style) const;
  void copy_to_picture() const;
  Rectangle within_picture(int left, int top, int right, int bottom) const;
  std::vector<std::uint32_t> read_ids(Rectangle area) const;
  std::vector<float> read_depths(Rectangle area) const;
  int location(const char* uniform) const;

  GlName program_, vertex_array_, colour_table_, label_table_, focus_boxes_;
  // Drawn into with a margin about the picture, so that squares are cut at its border and not dropped there.
  GlName target_, target_colour_, target_ids_, target_depth_;
  GlName picture_, picture_colour_;
  GlClouds clouds_;
  SceneIds ids_;
  Viewport viewport_{0, 0};
  int size_px_ = 1;
};

}  // namespace sweepmark
