#include "core/quality/truth_tracks.hpp"

#include <algorithm>

namespace sweepmark {

std::map<std::string, TruthTrack> truth_tracks(const std::vector<TruthBox>& truth) {
  std::map<std::string, TruthTrack> objects;
  for (const TruthBox& box : truth) objects[box.track].push_back(&box);
  for (auto& [name, boxes] : objects) std::ranges::stable_sort(boxes, {}, &TruthBox::time);
  return objects;
}

bool moves(const TruthTrack& boxes, const Trajectory& trajectory) {
  const auto place = [&](const TruthBox& box) {
    return (trajectory.world_from_ego(box.time) * box.box.centre()).metres;
  };
  return (place(*boxes.back()) - place(*boxes.front())).norm() > moving_threshold_m;
}

bool is_keyframe(std::size_t i, std::size_t count, int stride) {
  return i % static_cast<std::size_t>(stride) == 0 || i + 1 == count;
}

Track track_of_keyframes(const TruthTrack& boxes, int stride, Motion motion) {
  Track track;
  track.properties.motion = motion;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (is_keyframe(i, boxes.size(), stride))
      track.keyframes.push_back({boxes[i]->time, boxes[i]->box, Origin::human, {}});
  return track;
}

}  // namespace sweepmark
