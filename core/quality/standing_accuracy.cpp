#include "core/quality/standing_accuracy.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "core/assist/box_fit.hpp"
#include "core/assist/standing.hpp"
#include "core/geometry/iou.hpp"
#include "core/labels/taxonomy.hpp"
#include "core/quality/truth_tracks.hpp"

namespace sweepmark {

namespace {

struct Seen {
  std::size_t sweep = 0;
  const TruthBox* truth = nullptr;
  std::size_t points = 0;
};

std::vector<Seen> sightings_of(const TruthTrack& track, const Drive& drive, const SweepSource& sweeps,
                               std::size_t min_points) {
  std::vector<Seen> result;
  for (const TruthBox* truth : track) {
    const auto sweep = drive.sweep_at(truth->time);
    if (!sweep) continue;
    const auto cloud = sweeps.read(*sweep);
    if (!cloud) continue;
    const std::size_t points = points_in_box(**cloud, sweeps.ego_from_sensor.inverse() * truth->box).size();
    if (points >= min_points) result.push_back({*sweep, truth, points});
  }
  return result;
}

// What one click on it gives.
std::optional<Keyframe> clicked(const Seen& best, const SweepSource& sweeps, const ClassDefinition& of) {
  const auto cloud = sweeps.read(best.sweep);
  if (!cloud) return std::nullopt;
  const Box3<Sensor> true_box = sweeps.ego_from_sensor.inverse() * best.truth->box;
  const auto inside = points_in_box(**cloud, true_box);
  const auto off = [&](std::uint32_t row) {
    return ((*cloud)->position(row) - true_box.centre().metres).squaredNorm();
  };
  const auto nearest = std::ranges::min_element(inside, {}, off);
  if (nearest == inside.end()) return std::nullopt;
  const BoxFit fit =
      fit_at_point(**cloud, sweeps.ego_from_sensor, *nearest, {size_prior(of), std::nullopt, false, 0.0});
  if (fit.confidence <= 0) return std::nullopt;
  return Keyframe{sweeps.times[best.sweep], fit.box, Origin::human, {}};
}

void add(const std::vector<Seen>& seen, const Trajectory& trajectory, const Keyframe& fit,
         const StandingBox& held, StandingRow& row) {
  const Box3<World> fit_in_world = trajectory.world_from_ego(fit.time) * fit.box;
  const Box3<World> held_in_world = trajectory.world_from_ego(held.time) * held.box;
  ++row.objects;
  for (const Seen& at : seen) {
    const Pose<Ego, World> ego_from_world = trajectory.world_from_ego(at.truth->time).inverse();
    const double of_fit = iou_3d(ego_from_world * fit_in_world, at.truth->box);
    const double of_held = iou_3d(ego_from_world * held_in_world, at.truth->box);
    ++row.sweeps;
    row.fit_iou += of_fit;
    row.held_iou += of_held;
    row.fit_at_0_7 += of_fit >= 0.7 ? 1 : 0;
    row.held_at_0_7 += of_held >= 0.7 ? 1 : 0;
    row.covered += held.first <= at.truth->time && at.truth->time <= held.last ? 1 : 0;
  }
}

std::vector<StandingRow> means(std::map<std::string, StandingRow> sums) {
  std::vector<StandingRow> rows;
  StandingRow all{"all"};
  for (auto& [name, row] : sums) {
    row.class_name = name;
    all.objects += row.objects;
    all.sweeps += row.sweeps;
    for (double StandingRow::*sum : {&StandingRow::fit_iou, &StandingRow::held_iou, &StandingRow::fit_at_0_7,
                                     &StandingRow::held_at_0_7, &StandingRow::covered})
      all.*sum += row.*sum;
    rows.push_back(row);
  }
  if (!rows.empty()) rows.push_back(all);
  for (StandingRow& row : rows)
    for (double StandingRow::*sum : {&StandingRow::fit_iou, &StandingRow::held_iou, &StandingRow::fit_at_0_7,
                                     &StandingRow::held_at_0_7, &StandingRow::covered})
      row.*sum /= std::max(static_cast<double>(row.sweeps), 1.0);
  return rows;
}

}  // namespace

Result<std::vector<StandingRow>> standing_accuracy(const Drive& drive, const SweepSource& sweeps,
                                                   const std::vector<std::string>& classes,
                                                   std::size_t min_points, const Progress& progress) {
  if (!drive.read_truth)
    return fail(ErrorCode::not_found, "the drive has no true boxes to measure against", at_file(drive.root));
  SWEEPMARK_TRY(truth, drive.read_truth());
  const Taxonomy taxonomy = default_taxonomy();
  const Trajectory& trajectory = drive.trajectory;
  const Progress untold{progress.stop, {}};
  std::map<std::string, StandingRow> sums;
  const auto tracks = truth_tracks(truth);
  std::size_t done = 0;
  for (const auto& [name, track] : tracks) {
    progress(static_cast<double>(done++) / static_cast<double>(tracks.size()), name);
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "cancelled");
    const std::string& class_name = track.front()->class_name;
    const auto definition = taxonomy.find(class_named(taxonomy, class_name));
    if (definition == taxonomy.end() || moves(track, trajectory)) continue;
    if (!classes.empty() && std::ranges::find(classes, class_name) == classes.end()) continue;
    const std::vector<Seen> seen = sightings_of(track, drive, sweeps, min_points);
    if (seen.empty()) continue;
    const Seen& best = *std::ranges::max_element(seen, {}, &Seen::points);
    const auto fit = clicked(best, sweeps, definition->second);
    if (!fit) continue;
    SWEEPMARK_TRY(
        found,
        propagate(sweeps, trajectory, {&*fit, 1},
                  propagate_options(definition->second.rigid, fit->box.size, trajectory.source()), untold));
    SWEEPMARK_TRY(held, standing_box(sweeps, trajectory, {&*fit, 1}, found.proposals,
                                     {.usual_size = definition->second.usual_size}, untold));
    add(seen, trajectory, *fit, held, sums[class_name]);
  }
  return means(std::move(sums));
}

}  // namespace sweepmark
