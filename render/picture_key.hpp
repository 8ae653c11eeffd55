// What a picture was drawn from, to know whether it is still true.
#pragma once

#include <span>
#include <vector>

#include "render/point_backend.hpp"

namespace sweepmark {

// Owns what a PointStyle only points to, and holds on to the scene's clouds and meshes.
class PictureKey {
 public:
  PictureKey() = default;  // of no picture: everything differs from it
  PictureKey(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera,
             Viewport viewport, std::span<const SceneMesh> meshes = {});

  // `longer`: the same, with further clouds at the end of the scene. `recoloured`: the same points at the
  // same pixels, in other colours.
  enum class Sameness { different, recoloured, longer, same };
  Sameness compare(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera,
                   Viewport viewport, std::span<const SceneMesh> meshes = {}) const;

 private:
  std::vector<ScenePoints> scene_;
  std::vector<SceneMesh> meshes_;
  PointStyle style_;
  std::vector<Rgba> label_colours_;
  std::vector<Box3<World>> focus_;
  ViewCamera camera_;
  Viewport viewport_{0, 0};
};

}  // namespace sweepmark
