// An open drive with its labels and caches: all the window shows and changes. No ImGui, no GL.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/batch_crop.hpp"
#include "app/gui/camera_colours.hpp"
#include "app/gui/image_projection.hpp"
#include "core/drive/cache.hpp"
#include "core/drive/drive.hpp"
#include "core/drive/reduced_image.hpp"
#include "core/session/session.hpp"

namespace sweepmark::gui {

class ShownStack;  // sweeps laid together in the world; see shown_stack.hpp

struct ImageKey {
  SensorId camera;
  std::size_t index = 0;  // in Drive::images
  int reduction = 1;      // decoded at this part of its width and height: 1, 2, 4 or 8
  auto operator<=>(const ImageKey&) const = default;
};

// A track's box at the sweep under the cursor.
struct VisibleBox {
  TrackId track;
  ClassId class_id;
  Box3<Ego> box;
  bool keyframe = false;
  bool ghost = false;  // outside the track's lifetime or in an absence: where it would be if it were there
};

// Every object's box at a moment; ghosts where one is not there. Pure.
std::vector<VisibleBox> boxes_of(const Document& document, const Trajectory& trajectory, TimestampNs time);

// Beyond what is in view, which is kept whatever its size.
struct CacheLimits {
  std::size_t sweep_bytes = std::size_t{64} << 20;
  std::size_t image_bytes = std::size_t{32} << 20;
  std::size_t projection_bytes = std::size_t{16} << 20;
  std::size_t colour_bytes = std::size_t{8} << 20;
  std::size_t crop_bytes = std::size_t{40} << 20;  // two pages of the batch view, however dense the sweeps
};

struct LabelsOptions {
  std::filesystem::path file;  // empty: default_labels_path
  LayerName layer{"main"};
  std::string author;
  bool adopt_labels = false;  // SessionOptions
};

// Lives on the window's thread; its caches load on threads of their own and call `wake` when something came
// in.
class Workspace : public std::enable_shared_from_this<Workspace> {
 public:
  // In two steps: the drive, whose first sweep and images begin to load at once, then its labels. What is
  // said of labels below holds after the second only.
  static Result<std::unique_ptr<Workspace>> of_drive(const std::filesystem::path& path,
                                                     const std::string& drive, const CacheLimits& limits,
                                                     std::function<void()> wake);
  Result<void> take_labels(const LabelsOptions& options);

  const Drive& drive() const { return *drive_; }
  Session& session() { return *session_; }
  const Document& document() const { return *session_->document(); }
  const std::vector<std::string>& notices() const {
    return notices_;
  }  // where the labels are, other windows, warnings
  // What the labels file has to say that it did not say the last time: a window that came since.
  std::vector<std::string> fresh_notices();

  Cache<std::size_t, PointCloud>& sweeps() { return *sweeps_; }
  Cache<ImageKey, ReducedImage>& images() { return *images_; }
  ImageProjector& projector() { return *projector_; }
  // Parts of sweeps for the batch view. A sweep that is read for one is let go; one that is loaded serves.
  Cache<CropKey, CloudCrop>& crops() { return *crops_; }
  // Tells the caches what is wanted next: this sweep and its images first, then the neighbours in
  // `direction`.
  void look_at(std::size_t sweep, int direction);
  // How finely a camera's images are needed from now on, as ImageKey has it. A finer one that is there serves
  // as well.
  void show_images_at(const SensorId& camera, int reduction);
  // Asks for the sweeps that are there by now in the images they meet. To be called when something came in.
  void want_projections();
  // Whether the points' colours in the images are needed, from now on.
  void show_camera_colours(bool shown);
  // A sweep's points in the colours that the cameras see; null until they are worked out, and where no camera
  // can tell.
  std::shared_ptr<const std::vector<std::uint32_t>> camera_colours_at(std::size_t sweep);
  // What a camera sees of a sweep along the trajectory that holds now; empty where it has no image near it.
  std::optional<ProjectionKey> projection_key(const CameraSensor& camera, std::size_t sweep) const;
  // The sweep looked at, its images and all crops asked for are there (or known to be unreadable). Neighbours
  // may still be loading.
  bool all_in_view_loaded() const;
  // Grows as what is in view comes in, while the same is in view.
  std::size_t in_view_loaded() const;
  std::optional<ImageKey> image_at(const SensorId& camera, std::size_t sweep) const;
  std::vector<ImageKey> images_at(std::size_t sweep) const;  // of every camera that has one

  // Null where no sweeps are stacked.
  std::shared_ptr<ShownStack>& stack() { return stack_; }
  const std::function<void()>& waker() const { return wake_; }  // makes the window look; from any thread

  // Boxes at a sweep, derived once per document revision and sweep. `with_ghosts` adds those not alive there.
  const std::vector<VisibleBox>& boxes_at(std::size_t sweep);

 private:
  Workspace() = default;

  const Trajectory& trajectory() const;
  std::vector<ProjectionKey> projections_at(std::size_t sweep) const;
  ColoursKey colours_key(std::size_t sweep) const;
  void want_colours(const std::vector<std::size_t>& ahead);

  // Declared in the order of life: caches call into the drive, the session into the store.
  std::unique_ptr<Drive> drive_;
  std::unique_ptr<LabelStore> store_;
  std::unique_ptr<Session> session_;
  std::vector<std::string> notices_, store_notices_;
  std::unique_ptr<Cache<std::size_t, PointCloud>> sweeps_;
  std::unique_ptr<Cache<ImageKey, ReducedImage>> images_;
  std::unique_ptr<Cache<CropKey, CloudCrop>> crops_;  // after the sweeps: it looks there first
  std::unique_ptr<ImageProjector> projector_;         // likewise
  std::unique_ptr<ColoursCache> colours_;             // after the projector
  std::map<SensorId, int> image_reductions_;
  std::shared_ptr<ShownStack> stack_;
  std::function<void()> wake_;
  bool camera_colours_ = false;
  std::vector<ColoursKey> wanted_colours_;
  struct BoxesKey {
    Revision revision;
    std::size_t sweep = 0;
    bool operator==(const BoxesKey&) const = default;
  };
  std::size_t looked_at_ = 0;
  int direction_ = 1;
  std::optional<BoxesKey> boxes_key_;
  std::vector<VisibleBox> boxes_;
};

}  // namespace sweepmark::gui
