#include "app/gui/workspace.hpp"

#include <algorithm>

#include "core/assist/interpolate.hpp"
#include "core/commands/registry.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/session/labels_path.hpp"
#include "core/store/sqlite_store.hpp"

namespace sweepmark::gui {
namespace {

// Sweeps ahead in the direction of the last step, and behind it.
constexpr int sweeps_ahead = 3, sweeps_behind = 1;
constexpr unsigned sweep_workers = 1, image_workers = 2, crop_workers = 2;

struct LabelsPlace {
  std::filesystem::path file;
  std::string notice;
};

LabelsPlace place_of_labels(const Drive& drive, const WorkspaceOptions& options) {
  if (!options.labels.empty()) return {options.labels, ""};
  const LabelsPath found = default_labels_path(drive);
  return {found.file, found.notice};
}

VisibleBox visible_box(const Track& track, const Box3<Ego>& box, bool keyframe, bool ghost) {
  return {track.id, track.properties.class_id, box, keyframe, ghost};
}

std::vector<VisibleBox> boxes_of(const Document& document, const Trajectory& trajectory, TimestampNs time) {
  std::vector<VisibleBox> boxes;
  for (const auto& [id, track] : document.tracks) {
    if (const auto derived = box_at(*track, trajectory, time))
      boxes.push_back(visible_box(*track, derived->box, derived->keyframe, false));
    else if (const auto held = box_held_at(*track, trajectory, time))
      boxes.push_back(visible_box(*track, *held, false, true));
  }
  return boxes;
}

Result<CloudCrop> read_crop(const Drive& drive, Cache<std::size_t, PointCloud>& sweeps, const CropKey& key) {
  const Pose<Ego, Sensor> ego_from_cloud = drive.rig.ego_from(drive.sweeps.at(key.sweep).lidar);
  if (const auto loaded = sweeps.peek(key.sweep)) {
    SWEEPMARK_TRY(cloud, *loaded);
    return cropped(*cloud, ego_from_cloud, key);
  }
  SWEEPMARK_TRY(cloud, drive.read_sweep(key.sweep));
  return cropped(cloud, ego_from_cloud, key);
}

}  // namespace

Result<std::unique_ptr<Workspace>> Workspace::open(const std::filesystem::path& path,
                                                   const std::string& drive, const WorkspaceOptions& options,
                                                   std::function<void()> wake) {
  SWEEPMARK_TRY(opened, open_drive(path, drive));
  if (opened.sweeps.empty())
    return fail(ErrorCode::unsupported, "the drive \"" + opened.name + "\" has no sweeps to show",
                at_file(path));
  std::unique_ptr<Workspace> workspace(new Workspace());
  workspace->drive_ = std::make_unique<Drive>(std::move(opened));
  const Drive& d = *workspace->drive_;
  const LabelsPlace labels = place_of_labels(d, options);
  SWEEPMARK_TRY(store, open_sqlite_store(labels.file));
  workspace->store_ = std::move(store);
  SWEEPMARK_TRY(session,
                Session::open(d, *workspace->store_, all_commands(), {options.layer, options.author}));
  workspace->session_ = std::move(session);
  if (!labels.notice.empty()) workspace->notices_.push_back(labels.notice);
  std::ranges::copy(workspace->store_->notices(), std::back_inserter(workspace->notices_));
  std::ranges::copy(d.warnings, std::back_inserter(workspace->notices_));
  workspace->sweeps_ = std::make_unique<Cache<std::size_t, PointCloud>>(
      [&d](const std::size_t& sweep) { return d.read_sweep(sweep); }, options.sweep_cache_bytes,
      sweep_workers, wake);
  workspace->images_ = std::make_unique<Cache<ImageKey, Image>>(
      [&d](const ImageKey& key) { return read_image(d.images.at(key.camera).at(key.index).file); },
      options.image_cache_bytes, image_workers, wake);
  workspace->crops_ = std::make_unique<Cache<CropKey, CloudCrop>>(
      [&d, &sweeps = *workspace->sweeps_](const CropKey& key) { return read_crop(d, sweeps, key); },
      options.crop_cache_bytes, crop_workers, wake);
  return workspace;
}

std::optional<ImageKey> Workspace::image_at(const SensorId& camera, std::size_t sweep) const {
  const auto images = drive_->images.find(camera);
  const ImageEntry* nearest = drive_->image_near(camera, drive_->sweeps.at(sweep).time);
  if (images == drive_->images.end() || !nearest) return std::nullopt;
  return ImageKey{camera, static_cast<std::size_t>(nearest - images->second.data())};
}

bool Workspace::all_in_view_loaded() const {
  if (drive_->sweeps.empty()) return true;
  if (!crops_->idle()) return false;
  if (!drive_->sweeps[looked_at_].file.empty() && !sweeps_->peek(looked_at_)) return false;
  return std::ranges::all_of(drive_->images, [this](const auto& of_camera) {
    const auto key = image_at(of_camera.first, looked_at_);
    return !key || images_->peek(*key);
  });
}

void Workspace::look_at(std::size_t sweep, int direction) {
  looked_at_ = sweep;
  const auto last = static_cast<std::ptrdiff_t>(drive_->sweeps.size()) - 1;
  const int step = direction < 0 ? -1 : 1;
  std::vector<std::size_t> wanted{sweep};
  const auto want = [&](std::ptrdiff_t other) {
    if (other >= 0 && other <= last) wanted.push_back(static_cast<std::size_t>(other));
  };
  for (int i = 1; i <= sweeps_ahead; ++i) want(static_cast<std::ptrdiff_t>(sweep) + i * step);
  for (int i = 1; i <= sweeps_behind; ++i) want(static_cast<std::ptrdiff_t>(sweep) - i * step);
  std::vector<ImageKey> images;
  for (std::size_t i : wanted)
    for (const auto& [camera, entries] : drive_->images)
      if (const auto key = image_at(camera, i); key && std::ranges::find(images, *key) == images.end())
        images.push_back(*key);
  std::erase_if(wanted, [&](std::size_t i) { return drive_->sweeps[i].file.empty(); });
  sweeps_->want(std::move(wanted));
  images_->want(std::move(images));
}

const std::vector<VisibleBox>& Workspace::boxes_at(std::size_t sweep) {
  const BoxesKey key{session_->revision(), sweep};
  if (boxes_key_ != key) {
    boxes_ = boxes_of(document(), drive_->trajectory, drive_->sweeps.at(sweep).time);
    boxes_key_ = key;
  }
  return boxes_;
}

}  // namespace sweepmark::gui
