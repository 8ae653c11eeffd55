// Sweeps and boxes as the cameras see them, worked out once and kept until what they depend on changes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/gui/view_scene.hpp"
#include "calibration/projection.hpp"

namespace sweepmark::gui {

struct BoxOutline {
  ShownBox shown;
  std::vector<ProjectedEdge> edges;
  std::optional<PixelRectangle> bounds;                 // cut to the image
  std::optional<std::array<Eigen::Vector2d, 4>> front;  // the face that looks forward
  double distance = 0;                                  // metres from the camera
};

// One camera at the cursor.
struct CameraView {
  const CameraSensor* sensor = nullptr;
  std::optional<ImageKey> key;  // empty: no image near the sweep
  std::shared_ptr<const ReducedImage>
      image;                  // null: not there; perhaps coarser for a moment than what was asked for
  int width = 0, height = 0;  // of the stored image: what pixels refer to
  bool loading = false;
  std::string problem;  // why nothing is to be seen; empty otherwise
  std::filesystem::path file;
  std::optional<CameraModel> model;   // empty: uncalibrated, or a calibration that makes no sense
  Pose<Camera, Ego> camera_from_ego;  // with the vehicle's motion between sweep and image
};

class CameraOverlays {
 public:
  // Every camera of the rig, in its order.
  std::vector<CameraView> cameras(GuiContext& context, const SweepScene& scene) const;

  // Null where the camera has no model, and until it has been worked out.
  std::shared_ptr<const ImageProjection> projection(GuiContext& context, const SweepScene& scene,
                                                    const CameraView& camera) const;
  // Boxes of the document at the cursor without drafts, farthest first. `shown.hovered` is that of the moment
  // they were made.
  const std::vector<BoxOutline>& outlines(GuiContext& context, const SweepScene& scene,
                                          const CameraView& camera);

 private:
  struct Outlined {
    Revision revision;
    std::size_t sweep = 0;
    bool ghosts = false;
    std::optional<TrackId> selected;
    Eigen::Matrix4d camera_from_ego = Eigen::Matrix4d::Zero();
    std::vector<BoxOutline> outlines;
  };

  std::map<SensorId, Outlined> outlined_;
};

// A box in an image; one of no edges where it is out of view.
BoxOutline outline_of(const ShownBox& box, const CameraView& camera);

// The camera that sees most of a box: by area of its outline in the image. Empty where none does.
std::optional<std::size_t> best_camera(const std::vector<CameraView>& cameras, const Box3<Ego>& box);

}  // namespace sweepmark::gui
