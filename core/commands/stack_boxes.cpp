#include "core/commands/stack_boxes.hpp"

#include <vector>

#include "core/assist/interpolate.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark {

namespace {

bool moves(const Track& track, const Trajectory& trajectory) {
  if (track.properties.standing || track.keyframes.empty()) return false;
  const auto place = [&](const Keyframe& keyframe) {
    return (trajectory.world_from_ego(keyframe.time) * keyframe.box.centre()).metres;
  };
  const Eigen::Vector3d first = place(track.keyframes.front());
  for (const Keyframe& keyframe : track.keyframes)
    if ((place(keyframe) - first).norm() > moving_from_m) return true;
  return false;
}

}  // namespace

BoxesAt stack_boxes(std::shared_ptr<const Document> document, const Drive& drive) {
  struct Known {
    std::shared_ptr<const Document> document;
    Trajectory trajectory;
    std::vector<TimestampNs> moments;
    std::map<TrackId, bool> moving;
  };
  auto known = std::make_shared<Known>();
  known->trajectory = trajectory_of(*document, drive);
  for (const SweepEntry& sweep : drive.sweeps) known->moments.push_back(sweep.time);
  for (const auto& [id, track] : document->tracks) known->moving[id] = moves(*track, known->trajectory);
  known->document = std::move(document);
  return [known](std::size_t sweep) {
    std::vector<StackBox> boxes;
    for (const auto& [id, track] : known->document->tracks)
      if (const auto box = box_at(*track, known->trajectory, known->moments.at(sweep)))
        boxes.push_back({id, box->box, known->moving.at(id)});
    return boxes;
  };
}

}  // namespace sweepmark
