// Sweeps and boxes as the cameras see them, worked out once and kept until what they depend on changes.
#pragma once

#include <chrono>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/gui/view_scene.hpp"
#include "calibration/projection.hpp"

namespace sweepmark::gui {

// A sweep's points in one image.
class ImageProjection {
 public:
  explicit ImageProjection(std::vector<ProjectedPoint> points);

  const std::vector<ProjectedPoint>& points() const { return points_; }  // in cloud order
  double near_depth() const { return near_; }  // 2 % of the points are nearer, 2 % farther than these
  double far_depth() const { return far_; }
  // The point seen nearest to a pixel, within `radius` image pixels; hidden ones only where asked for.
  const ProjectedPoint* nearest(double u, double v, double radius, bool hidden_too) const;
  // Where a point of the cloud is seen; null where it is not.
  const ProjectedPoint* of(std::uint32_t cloud_index) const;

 private:
  std::vector<ProjectedPoint> points_;
  double near_ = 1, far_ = 60;
};

struct BoxOutline {
  ShownBox shown;
  std::vector<ProjectedEdge> edges;
  std::optional<PixelRectangle> bounds;                         // cut to the image
  std::optional<std::array<Eigen::Vector2d, 4>> front;          // the face that looks forward
  double distance = 0;                                          // metres from the camera
};

// One camera at the cursor.
struct CameraView {
  const CameraSensor* sensor = nullptr;
  std::optional<ImageKey> key;                // empty: no image near the sweep
  std::shared_ptr<const Image> image;         // null: not there
  bool loading = false;
  std::string problem;                        // why nothing is to be seen; empty otherwise
  std::filesystem::path file;
  std::optional<CameraModel> model;           // empty: uncalibrated, or a calibration that makes no sense
  Pose<Camera, Ego> camera_from_ego;          // with the vehicle's motion between sweep and image
};

class CameraOverlays {
 public:
  // Every camera of the rig, in its order.
  std::vector<CameraView> cameras(GuiContext& context, const SweepScene& scene) const;

  // Allows this frame `seconds` of projecting. What does not fit comes in a later frame.
  void begin_frame(double seconds);
  // Null where the camera has no model, and where the frame's time is used up: then `context.needs_redraw` is set.
  std::shared_ptr<const ImageProjection> projection(GuiContext& context, const SweepScene& scene, const CameraView& camera);
  // Boxes of the document at the cursor without drafts, farthest first. `shown.hovered` is that of the moment they were made.
  const std::vector<BoxOutline>& outlines(GuiContext& context, const SweepScene& scene, const CameraView& camera);

 private:
  struct Projected {
    std::shared_ptr<const PointCloud> cloud;
    ImageKey image;
    Eigen::Matrix4d camera_from_cloud;
    std::shared_ptr<const ImageProjection> points;
  };
  struct Outlined {
    Revision revision;
    std::size_t sweep = 0;
    bool ghosts = false;
    std::optional<TrackId> selected;
    Eigen::Matrix4d camera_from_ego = Eigen::Matrix4d::Zero();
    std::vector<BoxOutline> outlines;
  };

  std::list<Projected> projected_;  // most recently used first
  std::map<SensorId, Outlined> outlined_;
  std::chrono::steady_clock::time_point until_{};
};

// A box in an image; one of no edges where it is out of view.
BoxOutline outline_of(const ShownBox& box, const CameraView& camera);

// The camera that sees most of a box: by area of its outline in the image. Empty where none does.
std::optional<std::size_t> best_camera(const std::vector<CameraView>& cameras, const Box3<Ego>& box);

}  // namespace sweepmark::gui
