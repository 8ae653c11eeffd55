#include "core/quality/fit_accuracy.hpp"

#include <time.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/text.hpp"
#include "core/geometry/iou.hpp"

namespace sweepmark {

namespace {

// Of this thread's own work, so that other programs do not count.
double milliseconds_worked() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

constexpr std::array<std::string_view, 4> range_names = {"0-20", "20-40", "40+", "all"};

std::size_t range_number(double metres) {
  return metres < 20 ? 0 : metres < 40 ? 1 : 2;
}

std::optional<std::uint32_t> nearest_to_centre(const PointCloud& cloud,
                                               const std::vector<std::uint32_t>& inside,
                                               const Point<Sensor>& centre) {
  const auto off = [&](std::uint32_t i) { return (cloud.position(i) - centre.metres).squaredNorm(); };
  const auto nearest = std::ranges::min_element(inside, {}, off);
  return nearest == inside.end() ? std::nullopt : std::optional(*nearest);
}

void judge(FitTrial& trial) {
  trial.bev_iou = iou_bev(trial.fit.box, trial.truth);
  trial.iou = iou_3d(trial.fit.box, trial.truth);
  trial.heading_right =
      std::abs(wrapped_angle(trial.fit.box.yaw() - trial.truth.yaw())) < std::numbers::pi / 4;
}

struct Sums {
  FitRow row;
  std::vector<double> milliseconds;

  void add(const FitTrial& trial) {
    ++row.clicks;
    row.share_at_0_5 += trial.bev_iou >= 0.5 ? 1 : 0;
    row.share_at_0_7 += trial.bev_iou >= 0.7 ? 1 : 0;
    row.mean_bev_iou += trial.bev_iou;
    row.mean_3d_iou += trial.iou;
    row.heading_right += trial.heading_right ? 1 : 0;
    milliseconds.push_back(trial.milliseconds);
  }
  FitRow finished() {
    for (double* sum :
         {&row.share_at_0_5, &row.share_at_0_7, &row.mean_bev_iou, &row.mean_3d_iou, &row.heading_right})
      *sum /= static_cast<double>(row.clicks);
    const auto middle = milliseconds.begin() + static_cast<std::ptrdiff_t>(milliseconds.size() / 2);
    std::ranges::nth_element(milliseconds, middle);
    row.median_ms = *middle;
    return row;
  }
};

}  // namespace

Result<std::vector<FitTrial>> fit_trials(const Drive& drive, const Taxonomy& taxonomy,
                                         const FitQuestion& question, const Progress& progress) {
  std::vector<FitTrial> trials;
  if (!drive.read_truth) return trials;
  SWEEPMARK_TRY(truth, drive.read_truth());
  std::map<std::size_t, std::vector<const TruthBox*>> by_sweep;
  for (const TruthBox& box : truth)
    if (const auto sweep = drive.sweep_at(box.time); sweep && !drive.sweeps[*sweep].file.empty())
      by_sweep[*sweep].push_back(&box);
  std::size_t done = 0;
  for (const auto& [sweep, boxes] : by_sweep) {
    progress(static_cast<double>(done++) / static_cast<double>(by_sweep.size()), drive.name);
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "cancelled");
    const auto cloud = drive.read_sweep(sweep);
    if (!cloud) continue;
    const Pose<Ego, Sensor> ego_from_cloud = drive.rig.ego_from(drive.sweeps[sweep].lidar);
    for (const TruthBox* box : boxes) {
      const auto definition = taxonomy.find(class_named(taxonomy, box->class_name));
      if (definition == taxonomy.end()) continue;
      if (!question.class_name.empty() && lowered(question.class_name) != lowered(box->class_name)) continue;
      const Box3<Sensor> in_cloud = ego_from_cloud.inverse() * box->box;
      const auto inside = points_in_box(*cloud, in_cloud);
      if (inside.size() < question.least_points) continue;
      const auto clicked = nearest_to_centre(*cloud, inside, in_cloud.centre());
      if (!clicked) continue;
      FitTrial trial;
      trial.class_name = definition->second.name;
      trial.track = box->track;
      trial.sweep = sweep;
      trial.points = inside.size();
      trial.clicked = *clicked;
      trial.truth = box->box;
      trial.range = (box->box.centre().metres - ego_from_cloud.translation()).head<2>().norm();
      const double start = milliseconds_worked();
      trial.fit = fit_at_point(*cloud, ego_from_cloud, *clicked,
                               {size_prior(definition->second), std::nullopt, false, 0.0});
      trial.milliseconds = milliseconds_worked() - start;
      judge(trial);
      trials.push_back(std::move(trial));
    }
  }
  return trials;
}

std::vector<FitRow> fit_rows(std::span<const FitTrial> trials) {
  std::map<std::pair<std::string, std::size_t>, Sums> by_class;
  std::array<Sums, 4> all;
  for (const FitTrial& trial : trials)
    for (const std::size_t range : {range_number(trial.range), std::size_t{3}}) {
      by_class[{trial.class_name, range}].add(trial);
      all[range].add(trial);
    }
  std::vector<FitRow> rows;
  for (auto& [key, sums] : by_class) {
    sums.row.class_name = key.first;
    sums.row.range = range_names[key.second];
    rows.push_back(sums.finished());
  }
  for (std::size_t range = 0; range < all.size(); ++range) {
    if (all[range].row.clicks == 0) continue;
    all[range].row.class_name = "all";
    all[range].row.range = range_names[range];
    rows.push_back(all[range].finished());
  }
  return rows;
}

std::vector<FitReliability> reliability(std::span<const FitTrial> trials) {
  std::array<FitReliability, 10> tenths;
  for (std::size_t i = 0; i < tenths.size(); ++i)
    tenths[i] = {0.1 * static_cast<double>(i), 0.1 * static_cast<double>(i + 1)};
  for (const FitTrial& trial : trials) {
    FitReliability& row =
        tenths[std::min<std::size_t>(9, static_cast<std::size_t>(10 * std::max(0.0, trial.fit.confidence)))];
    ++row.clicks;
    row.mean_confidence += trial.fit.confidence;
    row.mean_bev_iou += trial.bev_iou;
    row.share_at_0_7 += trial.bev_iou >= 0.7 ? 1 : 0;
  }
  std::vector<FitReliability> rows;
  for (FitReliability& row : tenths) {
    if (row.clicks == 0) continue;
    for (double* sum : {&row.mean_confidence, &row.mean_bev_iou, &row.share_at_0_7})
      *sum /= static_cast<double>(row.clicks);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace sweepmark
