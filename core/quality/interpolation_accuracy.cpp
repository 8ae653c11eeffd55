#include "core/quality/interpolation_accuracy.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "core/assist/interpolate.hpp"
#include "core/geometry/iou.hpp"

namespace sweepmark {

namespace {

using Boxes = std::vector<const TruthBox*>;  // of one object, by time

std::map<std::string, Boxes> by_object(const std::vector<TruthBox>& truth) {
  std::map<std::string, Boxes> objects;
  for (const TruthBox& box : truth) objects[box.track].push_back(&box);
  for (auto& [name, boxes] : objects) std::ranges::stable_sort(boxes, {}, &TruthBox::time);
  return objects;
}

bool moves(const Boxes& boxes, const Trajectory& trajectory) {
  const auto place = [&](const TruthBox& box) {
    return (trajectory.world_from_ego(box.time) * box.box.centre()).metres;
  };
  return (place(*boxes.back()) - place(*boxes.front())).norm() > moving_threshold_m;
}

bool is_keyframe(std::size_t i, std::size_t count, int stride) {
  return i % static_cast<std::size_t>(stride) == 0 || i + 1 == count;
}

// What many tools do: by frame number, in the coordinates of the vehicle, as if it stood still.
Box3<Ego> by_index_in_ego(const Boxes& boxes, std::size_t i, int stride) {
  const std::size_t first = i / static_cast<std::size_t>(stride) * static_cast<std::size_t>(stride);
  const std::size_t second = std::min(first + static_cast<std::size_t>(stride), boxes.size() - 1);
  const double t = static_cast<double>(i - first) / static_cast<double>(second - first);
  const Box3<Ego>&a = boxes[first]->box, &b = boxes[second]->box;
  return {interpolated(a.pose, b.pose, t), a.size + t * (b.size - a.size)};
}

Track track_of_keyframes(const Boxes& boxes, int stride, Motion motion) {
  Track track;
  track.properties.motion = motion;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (is_keyframe(i, boxes.size(), stride))
      track.keyframes.push_back({boxes[i]->time, boxes[i]->box, Origin::human, {}});
  return track;
}

struct Method {
  std::string_view name;
  std::optional<Motion> motion;  // none: by index in the ego frame
};
constexpr std::array<Method, 3> methods = {{{"linear-index-ego", std::nullopt},
                                            {"linear-time-world", Motion::linear},
                                            {"smooth-time-world", Motion::smooth}}};

void measure_object(const Boxes& boxes, const Trajectory& trajectory, const Method& method,
                    InterpolationRow& sum) {
  const Track track = track_of_keyframes(boxes, sum.stride, method.motion.value_or(Motion::smooth));
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (is_keyframe(i, boxes.size(), sum.stride) || boxes[i]->points_inside == 0) continue;
    const Box3<Ego> guess = method.motion ? box_at(track, trajectory, boxes[i]->time)->box
                                          : by_index_in_ego(boxes, i, sum.stride);
    const double iou = iou_3d(guess, boxes[i]->box);
    ++sum.frames;
    sum.mean_iou += iou;
    sum.share_at_0_7 += iou >= 0.7 ? 1.0 : 0.0;
  }
}

void divide_by_frames(InterpolationRow& row) {
  if (row.frames == 0) return;
  row.mean_iou /= static_cast<double>(row.frames);
  row.share_at_0_7 /= static_cast<double>(row.frames);
}

}  // namespace

std::vector<InterpolationRow> interpolation_accuracy(const std::vector<TruthBox>& truth,
                                                     const Trajectory& trajectory,
                                                     std::span<const int> strides) {
  const auto objects = by_object(truth);
  std::vector<InterpolationRow> rows;
  for (const int stride : strides)
    for (const bool moving : {true, false})
      for (const Method& method : methods) {
        InterpolationRow row{std::string(method.name), stride, moving, 0, 0.0, 0.0};
        for (const auto& [name, boxes] : objects)
          if (moves(boxes, trajectory) == moving) measure_object(boxes, trajectory, method, row);
        divide_by_frames(row);
        rows.push_back(std::move(row));
      }
  return rows;
}

std::vector<InterpolationRow> pooled(std::span<const InterpolationRow> rows) {
  std::vector<InterpolationRow> sums;
  for (const InterpolationRow& row : rows) {
    auto sum = std::ranges::find_if(sums, [&row](const InterpolationRow& s) {
      return s.method == row.method && s.stride == row.stride && s.moving == row.moving;
    });
    if (sum == sums.end()) sum = sums.insert(sums.end(), {row.method, row.stride, row.moving, 0, 0.0, 0.0});
    const auto weight = static_cast<double>(row.frames);
    sum->frames += row.frames;
    sum->mean_iou += weight * row.mean_iou;
    sum->share_at_0_7 += weight * row.share_at_0_7;
  }
  for (InterpolationRow& sum : sums) divide_by_frames(sum);
  return sums;
}

}  // namespace sweepmark
