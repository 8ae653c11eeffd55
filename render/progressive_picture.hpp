// A picture of a scene that may be too large for one frame: thin at first, complete soon after.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "render/detail_plan.hpp"
#include "render/frame_budget.hpp"
#include "render/picture_key.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

// Used from one thread, a GL context current where the backend needs one.
class ProgressivePicture {
 public:
  // `seconds` is what a call of draw may take.
  ProgressivePicture(std::unique_ptr<PointBackend> backend, double seconds);

  // The picture of this scene, as complete as the time allows. The same arguments again add to it until it is
  // complete; so do clouds that came to the end of the scene (layers that were loaded meanwhile). Where only
  // colours changed, the points drawn so far take them. Anything else begins a new picture. Returns the last
  // picture where nothing is left to add. Meshes are whole from the first call on.
  Drawn draw(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera,
             Viewport viewport, std::span<const SceneMesh> meshes = {});

  bool complete() const { return plan_.complete(); }
  // Of the latest picture; says which layers of a stack it would take.
  const DetailPlan& plan() const { return plan_; }
  PointBackend& backend() { return *backend_; }

 private:
  using Scene = std::span<const ScenePoints>;
  using Meshes = std::span<const SceneMesh>;
  Drawn add_slice(Scene scene, const PointStyle& style, const ViewCamera& camera, Viewport viewport,
                  Meshes meshes, bool add);
  Drawn recolour(Scene scene, const PointStyle& style, const ViewCamera& camera, Viewport viewport,
                 Meshes meshes);
  void lengthen(Scene scene, const ViewCamera& camera, Viewport viewport);

  std::unique_ptr<PointBackend> backend_;
  FrameBudget budget_;
  DetailPlan plan_;
  PictureKey key_;
  Drawn drawn_;
};

}  // namespace sweepmark
