// An open drive with its labels and caches: all the window shows and changes. No ImGui, no GL.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/batch_crop.hpp"
#include "core/drive/cache.hpp"
#include "core/drive/drive.hpp"
#include "core/session/session.hpp"

namespace sweepmark::gui {

struct ImageKey {
  SensorId camera;
  std::size_t index = 0;  // in Drive::images
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

// Beyond what is in view, which is kept whatever its size.
struct CacheLimits {
  std::size_t sweep_bytes = std::size_t{64} << 20;
  std::size_t image_bytes = std::size_t{32} << 20;
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
  Cache<ImageKey, Image>& images() { return *images_; }
  // Parts of sweeps for the batch view. A sweep that is read for one is let go; one that is loaded serves.
  Cache<CropKey, CloudCrop>& crops() { return *crops_; }
  // Tells the caches what is wanted next: this sweep and its images first, then the neighbours in
  // `direction`.
  void look_at(std::size_t sweep, int direction);
  // The sweep looked at, its images and all crops asked for are there (or known to be unreadable). Neighbours
  // may still be loading.
  bool all_in_view_loaded() const;
  std::optional<ImageKey> image_at(const SensorId& camera, std::size_t sweep) const;
  std::vector<ImageKey> images_at(std::size_t sweep) const;  // of every camera that has one

  // Boxes at a sweep, derived once per document revision and sweep. `with_ghosts` adds those not alive there.
  const std::vector<VisibleBox>& boxes_at(std::size_t sweep);

 private:
  Workspace() = default;

  // Declared in the order of life: caches call into the drive, the session into the store.
  std::unique_ptr<Drive> drive_;
  std::unique_ptr<LabelStore> store_;
  std::unique_ptr<Session> session_;
  std::vector<std::string> notices_, store_notices_;
  std::unique_ptr<Cache<std::size_t, PointCloud>> sweeps_;
  std::unique_ptr<Cache<ImageKey, Image>> images_;
  std::unique_ptr<Cache<CropKey, CloudCrop>> crops_;  // after the sweeps: it looks there first
  struct BoxesKey {
    Revision revision;
    std::size_t sweep = 0;
    bool operator==(const BoxesKey&) const = default;
  };
  std::size_t looked_at_ = 0;
  std::optional<BoxesKey> boxes_key_;
  std::vector<VisibleBox> boxes_;
};

}  // namespace sweepmark::gui
