#include "core/quality/true_objects.hpp"

#include <algorithm>
#include <map>

namespace sweepmark {

namespace {

void count_points(TrueBoxAtSweep& truth, const PointCloud& cloud, const Pose<Sensor, Ego>& sensor_from_ego) {
  const Box3<Sensor> box = sensor_from_ego * truth.box;
  const std::vector<std::uint32_t> inside = points_in_box(cloud, box);
  truth.points = inside.size();
  const auto off = [&](std::uint32_t i) { return (cloud.position(i) - box.centre().metres).squaredNorm(); };
  if (const auto nearest = std::ranges::min_element(inside, {}, off); nearest != inside.end())
    truth.middle = *nearest;
}

}  // namespace

Result<std::vector<TrueObject>> true_objects(const Drive& drive, const SweepSource& sweeps,
                                             const Progress& progress) {
  if (!drive.read_truth)
    return fail(ErrorCode::not_found, "the drive \"" + drive.name + "\" has no true boxes",
                at_file(drive.root));
  SWEEPMARK_TRY(truth, drive.read_truth());
  std::vector<TrueObject> objects;
  std::map<std::string, std::size_t> place;
  std::map<std::size_t, std::vector<std::pair<std::size_t, std::size_t>>> by_sweep;  // object, box
  std::ranges::stable_sort(truth, {}, &TruthBox::time);
  for (const TruthBox& box : truth) {
    const auto sweep = drive.sweep_at(box.time);
    if (!sweep) continue;
    const auto [found, is_new] = place.try_emplace(box.track, objects.size());
    if (is_new) objects.push_back({box.track, box.class_name, {}});
    TrueObject& object = objects[found->second];
    by_sweep[*sweep].emplace_back(found->second, object.boxes.size());
    object.boxes.push_back({*sweep, box.time, box.box, 0, std::nullopt});
  }
  const Pose<Sensor, Ego> sensor_from_ego = sweeps.ego_from_sensor.inverse();
  std::size_t done = 0;
  for (const auto& [sweep, members] : by_sweep) {
    progress(static_cast<double>(done++) / static_cast<double>(by_sweep.size()), "counting points");
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "cancelled");
    const auto cloud = sweeps.read(sweep);
    if (!cloud) continue;
    for (const auto& [object, box] : members)
      count_points(objects[object].boxes[box], **cloud, sensor_from_ego);
  }
  return objects;
}

double distance_gone(const TrueObject& object, const Trajectory& trajectory) {
  const auto place = [&](const TrueBoxAtSweep& at) {
    return (trajectory.world_from_ego(at.time) * at.box.centre()).metres;
  };
  double farthest = 0;
  for (const TrueBoxAtSweep& at : object.boxes)
    farthest = std::max(farthest, (place(at) - place(object.boxes.front())).norm());
  return farthest;
}

}  // namespace sweepmark
