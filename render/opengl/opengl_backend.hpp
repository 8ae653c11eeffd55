// Draws points on the graphics card, OpenGL 3.3 core.
#pragma once

#include <map>
#include <memory>

#include "render/opengl/gl_clouds.hpp"
#include "render/opengl/gl_meshes.hpp"
#include "render/opengl/gl_objects.hpp"
#include "render/opengl/gl_picture.hpp"
#include "render/point_backend.hpp"
#include "render/point_squares.hpp"
#include "render/scene_ids.hpp"

namespace sweepmark {

class OpenGlBackend final : public PointBackend {
 public:
  // The programs are of shaders/{points,eye_dome,mesh}.*.glsl.
  OpenGlBackend(GlName points_program, GlName eye_dome_program, GlName mesh_program);

  std::string_view name() const override { return "opengl"; }
  bool colours_at_end() const override { return false; }
  Drawn draw(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera,
             Viewport viewport, const DrawPart& part = {}) override;
  std::optional<PointId> pick(int x, int y, int radius_px) override;
  std::vector<std::optional<PointId>> ids_in(int left, int top, int width, int height) override;
  std::vector<std::uint32_t> read_back() override;
  std::size_t uploaded_bytes() const { return clouds_.uploaded_bytes(); }

 private:
  void upload_tables(const PointStyle& style);
  void set_picture_uniforms(const PointStyle& style, const ViewCamera& camera) const;
  // `runs` are of the one cloud.
  void draw_cloud(const ScenePoints& points, std::uint32_t first_id, std::span<const SceneRun> runs,
                  const PointStyle& style, const ViewCamera& camera);
  void set_attributes(const GlClouds::Buffers& buffers, std::size_t points) const;
  void set_filter(const ScenePoints& points, const PointStyle& style, bool has_ranges) const;
  void set_focus(const ScenePoints& points, const PointStyle& style) const;
  int location(std::string_view uniform) const;

  GlName program_;
  mutable std::map<std::string, int, std::less<>> locations_;  // of program_, asked for once
  GlName vertex_array_, colour_table_, label_table_, focus_boxes_, hidden_classes_;
  GlPicture picture_;
  GlClouds clouds_;
  GlMeshes meshes_;
  SceneIds ids_;
  PointSquares squares_;
};

}  // namespace sweepmark
