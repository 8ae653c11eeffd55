#include "app/gui/workspace.hpp"

#include <algorithm>
#include <utility>

#include "core/assist/interpolate.hpp"
#include "core/commands/registry.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/session/labels_path.hpp"
#include "core/store/sqlite_store.hpp"

namespace sweepmark::gui {
namespace {

// Sweeps ahead in the direction of the last step, and behind it.
constexpr int sweeps_ahead = 3, sweeps_behind = 1;
// The window's thread asks the labels file: it must go on drawing while another window has the file locked.
constexpr int busy_timeout_ms = 60;
// Until a view says how large it shows them: a camera that looks ahead is likely to be the enlarged one.
constexpr int first_reduction_ahead = 2, first_reduction = 4;
constexpr int small_image_px = 800;  // of images no wider than this nothing is left out at first
constexpr unsigned sweep_workers = 1, image_workers = 2, crop_workers = 2;

struct LabelsPlace {
  std::filesystem::path file;
  std::string notice;
};

LabelsPlace place_of_labels(const Drive& drive, const LabelsOptions& options) {
  if (!options.file.empty()) return {options.file, ""};
  const LabelsPath found = default_labels_path(drive);
  return {found.file, found.notice};
}

VisibleBox visible_box(const Track& track, const Box3<Ego>& box, bool keyframe, bool ghost) {
  return {track.id, track.properties.class_id, box, keyframe, ghost};
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

std::map<SensorId, int> first_reductions(const Rig& rig) {
  std::map<SensorId, int> reductions;
  for (const CameraSensor& camera : rig.cameras()) {
    const bool ahead = (camera.ego_from_camera.rotation() * Eigen::Vector3d::UnitZ()).x() > 0.9;
    const bool alone = rig.cameras().size() == 1, small = camera.intrinsics.width <= small_image_px;
    reductions[camera.id] = small ? 1 : alone || ahead ? first_reduction_ahead : first_reduction;
  }
  return reductions;
}

}  // namespace

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

Result<std::unique_ptr<Workspace>> Workspace::of_drive(const std::filesystem::path& path,
                                                       const std::string& drive, const CacheLimits& limits,
                                                       std::function<void()> wake) {
  SWEEPMARK_TRY(opened, open_drive(path, drive));
  if (opened.sweeps.empty())
    return fail(ErrorCode::unsupported, "the drive \"" + opened.name + "\" has no sweeps to show",
                at_file(path));
  std::unique_ptr<Workspace> workspace(new Workspace());
  workspace->drive_ = std::make_unique<Drive>(std::move(opened));
  workspace->wake_ = wake;
  const Drive& d = *workspace->drive_;
  workspace->sweeps_ = std::make_unique<Cache<std::size_t, PointCloud>>(
      [&d](const std::size_t& sweep) { return d.read_sweep(sweep); }, limits.sweep_bytes, sweep_workers,
      wake);
  workspace->images_ = std::make_unique<Cache<ImageKey, ReducedImage>>(
      [&d](const ImageKey& key) {
        return read_reduced_image(d.images.at(key.camera).at(key.index).file, key.reduction);
      },
      limits.image_bytes, image_workers, wake);
  workspace->crops_ = std::make_unique<Cache<CropKey, CloudCrop>>(
      [&d, &sweeps = *workspace->sweeps_](const CropKey& key) { return read_crop(d, sweeps, key); },
      limits.crop_bytes, crop_workers, wake);
  workspace->projector_ =
      std::make_unique<ImageProjector>(d, *workspace->sweeps_, limits.projection_bytes, wake);
  workspace->colours_ = std::make_unique<ColoursCache>(
      [&d, &sweeps = *workspace->sweeps_, &projector = *workspace->projector_](const ColoursKey& key) {
        return load_colours(d, sweeps, projector, key);
      },
      limits.colour_bytes, 1, wake);
  workspace->image_reductions_ = first_reductions(d.rig);
  workspace->look_at(0, 1);
  return workspace;
}

Result<void> Workspace::take_labels(const LabelsOptions& options) {
  const LabelsPlace labels = place_of_labels(*drive_, options);
  SqliteOptions patience;
  patience.busy_timeout_ms = busy_timeout_ms;
  SWEEPMARK_TRY(store, open_sqlite_store(labels.file, patience));
  store_ = std::move(store);
  SWEEPMARK_TRY(
      session, Session::open(
                   *drive_, *store_, all_commands(),
                   {.layer = options.layer, .author = options.author, .adopt_labels = options.adopt_labels}));
  session_ = std::move(session);
  if (!labels.notice.empty()) notices_.push_back(labels.notice);
  std::ranges::copy(fresh_notices(), std::back_inserter(notices_));
  std::ranges::copy(session_->notices(), std::back_inserter(notices_));
  std::ranges::copy(drive_->warnings, std::back_inserter(notices_));
  return {};
}

std::vector<std::string> Workspace::fresh_notices() {
  const std::vector<std::string> known = std::exchange(store_notices_, store_->notices());
  std::vector<std::string> fresh = store_notices_;
  std::erase_if(fresh,
                [&](const std::string& notice) { return std::ranges::find(known, notice) != known.end(); });
  return fresh;
}

std::optional<ImageKey> Workspace::image_at(const SensorId& camera, std::size_t sweep) const {
  const auto images = drive_->images.find(camera);
  const ImageEntry* nearest = drive_->image_near(camera, drive_->sweeps.at(sweep).time);
  if (images == drive_->images.end() || !nearest) return std::nullopt;
  const auto index = static_cast<std::size_t>(nearest - images->second.data());
  const auto wanted = image_reductions_.find(camera);
  const int most = wanted == image_reductions_.end() ? 1 : wanted->second;
  for (int finer = 1; finer < most; finer *= 2)
    if (const ImageKey key{camera, index, finer}; images_->peek(key)) return key;
  return ImageKey{camera, index, most};
}

const Trajectory& Workspace::trajectory() const {
  return session_ ? trajectory_of(*session_->document(), *drive_) : drive_->trajectory;
}

std::optional<ProjectionKey> Workspace::projection_key(const CameraSensor& camera, std::size_t sweep) const {
  const SweepEntry& entry = drive_->sweeps.at(sweep);
  const ImageEntry* image = drive_->image_near(camera.id, entry.time);
  if (!image || entry.file.empty() || !camera.calibrated) return std::nullopt;
  ProjectionKey key{sweep, camera.id, camera.intrinsics.width, camera.intrinsics.height, {}};
  if (key.width <= 0 || key.height <= 0) {
    const auto nearest = image_at(camera.id, sweep);
    const auto loaded = nearest ? images_->peek(*nearest) : nullptr;
    if (!loaded || !*loaded) return std::nullopt;  // its lens wants the image's size
    key.width = (**loaded)->full_width;
    key.height = (**loaded)->full_height;
  }
  Eigen::Map<Eigen::Matrix4d>(key.camera_from_cloud.data()) =
      (drive_->camera_from_ego(camera, entry.time, image->time, trajectory()) *
       drive_->rig.ego_from(entry.lidar))
          .matrix();
  return key;
}

std::vector<ProjectionKey> Workspace::projections_at(std::size_t sweep) const {
  std::vector<ProjectionKey> keys;
  for (const CameraSensor& camera : drive_->rig.cameras())
    if (auto key = projection_key(camera, sweep)) keys.push_back(std::move(*key));
  return keys;
}

ColoursKey Workspace::colours_key(std::size_t sweep) const {
  ColoursKey key{sweep, {}};
  for (ProjectionKey& projection : projections_at(sweep)) {
    const auto image = image_at(projection.camera, sweep);
    if (image) key.cameras.push_back({std::move(projection), image->index});
  }
  return key;
}

void Workspace::want_colours(const std::vector<std::size_t>& ahead) {
  std::vector<ColoursKey> wanted;
  if (camera_colours_) {
    if (!drive_->sweeps[looked_at_].file.empty()) wanted.push_back(colours_key(looked_at_));
    for (const std::size_t sweep : ahead) wanted.push_back(colours_key(sweep));
  }
  if (wanted == wanted_colours_) return;
  wanted_colours_ = wanted;
  std::vector<ColoursKey> in_view;
  if (!wanted.empty() && wanted.front().sweep == looked_at_) {
    in_view.push_back(wanted.front());
    wanted.erase(wanted.begin());
  }
  colours_->want(std::move(in_view), std::move(wanted));
}

void Workspace::show_camera_colours(bool shown) {
  if (std::exchange(camera_colours_, shown) != shown) want_projections();
}

std::shared_ptr<const std::vector<std::uint32_t>> Workspace::camera_colours_at(std::size_t sweep) {
  const auto loaded = colours_->peek(colours_key(sweep));
  return loaded && *loaded ? (**loaded)->by_point : nullptr;
}

void Workspace::want_projections() {
  std::vector<ProjectionKey> ahead;
  std::vector<std::size_t> sweeps;
  for (int i = 1; i <= sweeps_ahead; ++i) {
    const std::ptrdiff_t other = static_cast<std::ptrdiff_t>(looked_at_) + i * (direction_ < 0 ? -1 : 1);
    if (other < 0 || other >= static_cast<std::ptrdiff_t>(drive_->sweeps.size())) break;
    if (!sweeps_->peek(static_cast<std::size_t>(other))) continue;
    const auto keys = projections_at(static_cast<std::size_t>(other));
    ahead.insert(ahead.end(), keys.begin(), keys.end());
    sweeps.push_back(static_cast<std::size_t>(other));
  }
  projector_->want(projections_at(looked_at_), ahead);
  want_colours(sweeps);
}

void Workspace::show_images_at(const SensorId& camera, int reduction) {
  int& known = image_reductions_[camera];
  if (std::exchange(known, reduction) != reduction) look_at(looked_at_, direction_);
}

std::vector<ImageKey> Workspace::images_at(std::size_t sweep) const {
  std::vector<ImageKey> images;
  for (const auto& [camera, entries] : drive_->images)
    if (const auto key = image_at(camera, sweep)) images.push_back(*key);
  return images;
}

bool Workspace::all_in_view_loaded() const {
  if (drive_->sweeps.empty()) return true;
  if (!crops_->idle() || !projector_->all_in_view_loaded()) return false;
  if (camera_colours_ && !drive_->sweeps[looked_at_].file.empty() && !colours_->peek(colours_key(looked_at_)))
    return false;
  if (!drive_->sweeps[looked_at_].file.empty() && !sweeps_->peek(looked_at_)) return false;
  return std::ranges::all_of(images_at(looked_at_),
                             [this](const ImageKey& key) { return images_->peek(key) != nullptr; });
}

std::size_t Workspace::in_view_loaded() const {
  return sweeps_->essentials_loaded() + images_->essentials_loaded() + crops_->essentials_loaded() +
         projector_->in_view_loaded() + colours_->essentials_loaded();
}

void Workspace::look_at(std::size_t sweep, int direction) {
  looked_at_ = sweep;
  direction_ = direction;
  const auto last = static_cast<std::ptrdiff_t>(drive_->sweeps.size()) - 1;
  const int step = direction < 0 ? -1 : 1;
  std::vector<std::size_t> ahead;
  const auto want = [&](std::ptrdiff_t other) {
    if (other >= 0 && other <= last) ahead.push_back(static_cast<std::size_t>(other));
  };
  for (int i = 1; i <= sweeps_ahead; ++i) want(static_cast<std::ptrdiff_t>(sweep) + i * step);
  for (int i = 1; i <= sweeps_behind; ++i) want(static_cast<std::ptrdiff_t>(sweep) - i * step);
  const std::vector<ImageKey> images = images_at(sweep);
  std::vector<ImageKey> images_ahead;
  for (const std::size_t i : ahead)
    for (const ImageKey& key : images_at(i))
      if (std::ranges::find(images, key) == images.end() &&
          std::ranges::find(images_ahead, key) == images_ahead.end())
        images_ahead.push_back(key);
  const auto without_points = [&](std::size_t i) { return drive_->sweeps[i].file.empty(); };
  std::erase_if(ahead, without_points);
  sweeps_->want(without_points(sweep) ? std::vector<std::size_t>{} : std::vector{sweep}, std::move(ahead));
  images_->want(images, std::move(images_ahead));
  want_projections();
}

const std::vector<VisibleBox>& Workspace::boxes_at(std::size_t sweep) {
  const BoxesKey key{session_->revision(), sweep};
  if (boxes_key_ != key) {
    boxes_ = boxes_of(document(), trajectory_of(document(), *drive_), drive_->sweeps.at(sweep).time);
    boxes_key_ = key;
  }
  return boxes_;
}

}  // namespace sweepmark::gui
