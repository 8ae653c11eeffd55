// Surfaces drawn on the graphics card among the points.
#pragma once

#include <map>
#include <memory>
#include <span>

#include "render/opengl/gl_objects.hpp"
#include "render/triangle_mesh.hpp"
#include "render/view_camera.hpp"

namespace sweepmark {

class GlMeshes {
 public:
  explicit GlMeshes(GlName program);

  // Into what is drawn into now, `margin` pixels wider than the viewport on each side. Corners are uploaded
  // once a mesh, colours (which the light of the eye changes) at every call.
  void draw(std::span<const SceneMesh> meshes, const ViewCamera& camera, Viewport viewport, int margin);

 private:
  struct Uploaded {
    std::weak_ptr<const TriangleMesh> owner;
    GlName corners;  // three a triangle
  };
  const Uploaded& uploaded(const std::shared_ptr<const TriangleMesh>& mesh);
  void draw_one(const SceneMesh& mesh, const ViewCamera& camera, Viewport viewport, int margin);

  GlName program_, vertex_array_, colours_;
  std::map<const TriangleMesh*, Uploaded> uploaded_;
};

}  // namespace sweepmark
