#include "core/quality/interpolation_accuracy.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "core/assist/interpolate.hpp"
#include "core/assist/propagate.hpp"
#include "core/assist/refit.hpp"
#include "core/geometry/iou.hpp"
#include "core/labels/taxonomy.hpp"

namespace sweepmark {

namespace {

// What many tools do: by frame number, in the coordinates of the vehicle, as if it stood still.
Box3<Ego> by_index_in_ego(const TruthTrack& boxes, std::size_t i, int stride) {
  const std::size_t first = i / static_cast<std::size_t>(stride) * static_cast<std::size_t>(stride);
  const std::size_t second = std::min(first + static_cast<std::size_t>(stride), boxes.size() - 1);
  const double t = static_cast<double>(i - first) / static_cast<double>(second - first);
  const Box3<Ego>&a = boxes[first]->box, &b = boxes[second]->box;
  return {interpolated(a.pose, b.pose, t), a.size + t * (b.size - a.size)};
}

struct Method {
  std::string_view name;
  std::optional<Motion> motion;  // none: by index in the ego frame
};
constexpr std::array<Method, 3> methods = {{{"linear-index-ego", std::nullopt},
                                            {"linear-time-world", Motion::linear},
                                            {"smooth-time-world", Motion::smooth}}};

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void add(InterpolationRow& sum, const Box3<Ego>& guess, const Box3<Ego>& truth) {
  const double iou = iou_3d(guess, truth);
  ++sum.frames;
  sum.mean_iou += iou;
  sum.share_at_0_7 += iou >= 0.7 ? 1.0 : 0.0;
}

void measure_object(const TruthTrack& boxes, const Trajectory& trajectory, const Method& method,
                    InterpolationRow& sum) {
  const Track track = track_of_keyframes(boxes, sum.stride, method.motion.value_or(Motion::smooth));
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (is_keyframe(i, boxes.size(), sum.stride) || boxes[i]->points_inside == 0) continue;
    const Clock::time_point start = Clock::now();
    const Box3<Ego> guess = method.motion ? box_at(track, trajectory, boxes[i]->time)->box
                                          : by_index_in_ego(boxes, i, sum.stride);
    sum.seconds_per_box += seconds_since(start);
    add(sum, guess, boxes[i]->box);
  }
}

void divide_by_frames(InterpolationRow& row) {
  if (row.frames == 0) return;
  row.mean_iou /= static_cast<double>(row.frames);
  row.share_at_0_7 /= static_cast<double>(row.frames);
  row.seconds_per_box /= static_cast<double>(row.frames);
}

// A class whose name the usual classes do not have is taken to keep its shape.
bool is_rigid(const std::string& class_name) {
  static const Taxonomy usual = default_taxonomy();
  const auto found = usual.find(class_named(usual, class_name));
  return found == usual.end() || found->second.rigid;
}

using Proposals = Result<std::vector<Proposal>>;

Proposals refitted(const TruthTrack& boxes, int stride, const SweepSource& sweeps,
                   const Trajectory& trajectory, const Progress& progress) {
  return refit_track(track_of_keyframes(boxes, stride, Motion::smooth), sweeps, trajectory,
                     {.rigid = is_rigid(boxes.front()->class_name)}, progress);
}

Proposals followed(const TruthTrack& boxes, int stride, const SweepSource& sweeps,
                   const Trajectory& trajectory, const Progress& progress) {
  std::vector<Keyframe> anchors = track_of_keyframes(boxes, stride, Motion::smooth).keyframes;
  std::erase_if(anchors,
                [&](const Keyframe& k) { return !std::ranges::binary_search(sweeps.times, k.time); });
  if (anchors.empty()) return std::vector<Proposal>{};
  const PropagateOptions options =
      propagate_options(is_rigid(boxes.front()->class_name), boxes.front()->box.size, trajectory.source());
  SWEEPMARK_TRY(found, propagate(sweeps, trajectory, anchors, options, progress));
  return std::move(found.proposals);
}

using FromSweeps = Proposals (*)(const TruthTrack&, int, const SweepSource&, const Trajectory&,
                                 const Progress&);

Result<void> add_object(const TruthTrack& boxes, const SweepSource& sweeps, const Trajectory& trajectory,
                        FromSweeps method, InterpolationRow& sum, const Progress& progress) {
  const Clock::time_point start = Clock::now();
  SWEEPMARK_TRY(proposals, method(boxes, sum.stride, sweeps, trajectory, progress));
  sum.seconds_per_box += seconds_since(start);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (is_keyframe(i, boxes.size(), sum.stride) || boxes[i]->points_inside == 0) continue;
    const auto found = std::ranges::find(proposals, boxes[i]->time, &Proposal::time);
    if (found != proposals.end()) add(sum, found->box, boxes[i]->box);
  }
  return {};
}

}  // namespace

std::vector<InterpolationRow> interpolation_accuracy(const std::vector<TruthBox>& truth,
                                                     const Trajectory& trajectory,
                                                     std::span<const int> strides) {
  const auto objects = truth_tracks(truth);
  std::vector<InterpolationRow> rows;
  for (const int stride : strides)
    for (const bool moving : {true, false})
      for (const Method& method : methods) {
        InterpolationRow row{std::string(method.name), stride, moving};
        for (const auto& [name, boxes] : objects)
          if (moves(boxes, trajectory) == moving) measure_object(boxes, trajectory, method, row);
        divide_by_frames(row);
        rows.push_back(std::move(row));
      }
  return rows;
}

Result<std::vector<InterpolationRow>> refit_accuracy(const std::vector<TruthBox>& truth,
                                                     const SweepSource& sweeps, const Trajectory& trajectory,
                                                     std::span<const int> strides, const Progress& progress) {
  const auto objects = truth_tracks(truth);
  std::vector<InterpolationRow> rows;
  for (const int stride : strides)
    for (const bool moving : {true, false}) {
      for (const auto& [method_name, method] :
           {std::pair<const char*, FromSweeps>{"refit", refitted}, {"follow", followed}}) {
        InterpolationRow row{method_name, stride, moving};
        for (const auto& [name, boxes] : objects)
          if (moves(boxes, trajectory) == moving)
            SWEEPMARK_CHECK(add_object(boxes, sweeps, trajectory, method, row, progress));
        divide_by_frames(row);
        rows.push_back(std::move(row));
      }
    }
  return rows;
}

std::vector<InterpolationRow> pooled(std::span<const InterpolationRow> rows) {
  std::vector<InterpolationRow> sums;
  for (const InterpolationRow& row : rows) {
    auto sum = std::ranges::find_if(sums, [&row](const InterpolationRow& s) {
      return s.method == row.method && s.stride == row.stride && s.moving == row.moving;
    });
    if (sum == sums.end()) sum = sums.insert(sums.end(), {row.method, row.stride, row.moving});
    const auto weight = static_cast<double>(row.frames);
    sum->frames += row.frames;
    sum->mean_iou += weight * row.mean_iou;
    sum->share_at_0_7 += weight * row.share_at_0_7;
    sum->seconds_per_box += weight * row.seconds_per_box;
  }
  for (InterpolationRow& sum : sums) divide_by_frames(sum);
  return sums;
}

}  // namespace sweepmark
