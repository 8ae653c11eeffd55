#include "core/quality/propagation_accuracy.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <optional>

#include "core/assist/interpolate.hpp"
#include "core/assist/propagate.hpp"
#include "core/geometry/iou.hpp"
#include "core/labels/taxonomy.hpp"
#include "core/quality/interpolation_accuracy.hpp"

namespace sweepmark {

namespace {

using Cloud = std::shared_ptr<const PointCloud>;

struct TrueState {
  const TruthBox* truth = nullptr;
  Box3<Ego> box;  // where it was when its points were measured, in the vehicle's frame at the sweep
  std::size_t points = 0;
};

// An object's true boxes by number of sweep.
using TrueTrack = std::map<std::size_t, TrueState>;

class Clouds {
 public:
  explicit Clouds(const Drive& drive, bool keep) : source_(sweeps_of(drive)), keep_(keep) {
    kept_.resize(drive.sweeps.size());
  }
  Result<Cloud> read(std::size_t sweep) {
    if (kept_[sweep]) return kept_[sweep];
    Result<Cloud> cloud = source_.read(sweep);
    if (cloud && keep_) kept_[sweep] = *cloud;
    return cloud;
  }
  SweepSource source() {
    SweepSource source = source_;
    source.read = [this](std::size_t sweep) { return read(sweep); };
    return source;
  }

 private:
  SweepSource source_;
  bool keep_;
  std::vector<Cloud> kept_;
};

// When the points about a box were measured, seconds after the sweep's moment: their mean, zero where the
// cloud does not say.
double measured_after(const PointCloud& cloud, const Box3<Sensor>& box) {
  const Channel* channel = cloud.channel("time");
  const auto* times = channel ? std::get_if<std::vector<float>>(&channel->values) : nullptr;
  if (!times) return 0.0;
  const auto rows = points_in_box(cloud, Box3<Sensor>{box.pose, box.size + Eigen::Vector3d::Constant(0.6)});
  double sum = 0;
  for (const std::uint32_t row : rows) sum += (*times)[row];
  return rows.empty() ? 0.0 : sum / static_cast<double>(rows.size());
}

// By the object's true way a moment later, brought back to the frame of the sweep.
Box3<Ego> when_measured(const Track& way, const Trajectory& trajectory, const TruthBox& truth, double after) {
  if (after == 0.0 || trajectory.source() == PoseSource::none) return truth.box;
  const TimestampNs then = later_by_seconds(truth.time, after);
  const std::optional<TimeInterval> life = way.lifetime();
  if (!life || !life->contains(then)) return truth.box;
  const auto box = box_at(way, trajectory, then);
  if (!box) return truth.box;
  return trajectory.world_from_ego(truth.time).inverse() * (trajectory.world_from_ego(then) * box->box);
}

bool wanted(const TruthBox& box, const std::vector<std::string>& classes) {
  return classes.empty() || std::ranges::find(classes, box.class_name) != classes.end();
}

// Each object's true way by name.
std::map<std::string, Track> true_ways(const std::vector<TruthBox>& truth) {
  std::map<std::string, Track> ways;
  for (const TruthBox& box : truth)
    ways[box.track].keyframes.push_back({box.time, box.box, Origin::imported, {}});
  for (auto& [name, way] : ways) std::ranges::stable_sort(way.keyframes, {}, &Keyframe::time);
  return ways;
}

std::map<std::string, TrueTrack> true_tracks(const Drive& drive, const std::vector<TruthBox>& truth,
                                             const std::vector<std::string>& classes, Clouds& clouds) {
  const std::map<std::string, Track> ways = true_ways(truth);
  std::map<std::size_t, std::vector<const TruthBox*>> by_sweep;
  for (const TruthBox& box : truth)
    if (const auto sweep = drive.sweep_at(box.time); sweep && wanted(box, classes))
      by_sweep[*sweep].push_back(&box);
  std::map<std::string, TrueTrack> tracks;
  for (const auto& [sweep, boxes] : by_sweep) {
    const Result<Cloud> cloud = clouds.read(sweep);
    const Pose<Sensor, Ego> sensor_from_ego = drive.rig.ego_from(drive.sweeps[sweep].lidar).inverse();
    for (const TruthBox* truth_box : boxes) {
      TrueState state{truth_box, truth_box->box, 0};
      if (cloud) {
        const double after = measured_after(**cloud, sensor_from_ego * truth_box->box);
        state.box = when_measured(ways.at(truth_box->track), drive.trajectory, *truth_box, after);
        state.points = points_in_box(**cloud, sensor_from_ego * state.box).size();
      }
      tracks[truth_box->track][sweep] = state;
    }
  }
  return tracks;
}

bool moves(const TrueTrack& track, const Trajectory& trajectory) {
  const auto place = [&](const TruthBox& box) {
    return (trajectory.world_from_ego(box.time) * box.box.centre()).metres;
  };
  return (place(*track.rbegin()->second.truth) - place(*track.begin()->second.truth)).norm() >
         moving_threshold_m;
}

std::vector<std::size_t> starts_of(const TrueTrack& track, std::size_t min_points) {
  constexpr std::size_t well_seen = 50;
  const auto most =
      std::ranges::max_element(track, {}, [](const auto& entry) { return entry.second.points; });
  std::vector<std::size_t> starts;
  if (most == track.end() || most->second.points < min_points) return starts;
  starts.push_back(most->first);
  const auto first =
      std::ranges::find_if(track, [](const auto& entry) { return entry.second.points >= well_seen; });
  if (first != track.end() && first != most) starts.push_back(first->first);
  return starts;
}

// From the first to the last sweep at which the object holds a point.
struct Life {
  std::size_t first = 1, last = 0;
  bool contains(std::size_t sweep) const { return first <= sweep && sweep <= last; }
};

Life life_of(const TrueTrack& track) {
  std::optional<Life> life;
  for (const auto& [sweep, state] : track) {
    if (state.points == 0) continue;
    if (!life) life = Life{sweep, sweep};
    life->last = sweep;
  }
  return life.value_or(Life{});
}

// How far from the vehicle the farthest true box stands: labels often end before the sensor's sight does.
double reach_of(const std::vector<TruthBox>& truth) {
  double reach = 0;
  for (const TruthBox& box : truth) reach = std::max(reach, box.box.centre().metres.head<2>().norm());
  return reach;
}

void compare(const TrueTrack& track, double truth_reach, const Propagation& found,
             const PropagationSample& common, std::vector<PropagationSample>& samples) {
  std::map<std::size_t, PropagationSample> by_sweep;
  const Life life = life_of(track);
  const auto sample_at = [&](std::size_t sweep) -> PropagationSample& {
    PropagationSample& sample = by_sweep.try_emplace(sweep, common).first->second;
    sample.sweep = sweep;
    sample.in_life = life.contains(sweep);
    return sample;
  };
  for (const auto& [sweep, state] : track)
    if (sweep != common.start) sample_at(sweep).true_points = state.points;
  for (const Proposal& proposal : found.proposals) {
    PropagationSample& sample = sample_at(proposal.sweep);
    sample.proposed = true;
    sample.out_of_reach = proposal.box.centre().metres.head<2>().norm() > truth_reach;
    sample.confidence = proposal.confidence;
    sample.evidence = proposal.evidence;
    const auto truth = track.find(proposal.sweep);
    if (truth == track.end()) continue;
    const Box3<Ego>& box = truth->second.box;
    sample.iou = iou_3d(proposal.box, box);
    sample.offset = (box.pose.inverse() * proposal.box.centre()).metres;
    sample.turn = wrapped_angle(proposal.box.yaw() - box.yaw());
  }
  for (auto& [sweep, sample] : by_sweep) samples.push_back(std::move(sample));
}

PropagateOptions options_for(const TruthBox& box, const Trajectory& trajectory) {
  const Taxonomy taxonomy = default_taxonomy();
  const auto definition = taxonomy.find(class_named(taxonomy, box.class_name));
  const bool rigid = definition == taxonomy.end() || definition->second.rigid;
  return propagate_options(rigid, box.box.size, trajectory.source());
}

void sum_up(const PropagationSample& sample, std::size_t min_points, PropagationRow& row) {
  row.ran_on_after_gone += sample.proposed && !sample.in_life && !sample.out_of_reach ? 1 : 0;
  if (sample.true_points < min_points) return;
  ++row.sweeps_true_visible;
  if (!sample.proposed) return;
  ++row.sweeps_covered;
  row.mean_iou += sample.iou;
  row.share_at_0_7 += sample.iou >= 0.7 ? 1 : 0;
}

template <class Accepts>
PropagationRow row_of(const PropagationSamples& all, std::size_t min_points, PropagationRow row,
                      const Accepts& accepts) {
  double proposals = 0, seconds = 0, steps = 0;
  for (const PropagationSamples::Start& start : all.starts) {
    if (!accepts(start.class_name, start.moving)) continue;
    ++row.tracks;
    seconds += start.seconds;
    steps += static_cast<double>(start.steps);
  }
  for (const PropagationSample& sample : all.samples) {
    if (!accepts(sample.class_name, sample.moving)) continue;
    proposals += sample.proposed ? 1 : 0;
    sum_up(sample, min_points, row);
  }
  const auto visible = static_cast<double>(row.sweeps_true_visible);
  const auto covered = static_cast<double>(row.sweeps_covered);
  row.mean_iou /= std::max(covered, 1.0);
  row.share_at_0_7 /= std::max(covered, 1.0);
  row.lost_too_early = visible > 0 ? (visible - covered) / visible : 0.0;
  row.ran_on_after_gone /= std::max(proposals, 1.0);
  row.sweeps_per_second = seconds > 0 ? steps / seconds : 0.0;
  return row;
}

}  // namespace

Result<PropagationSamples> propagation_samples(const Drive& drive, const PropagationAccuracyOptions& options,
                                               const Progress& progress) {
  if (!drive.read_truth)
    return fail(ErrorCode::not_found, "the drive has no true boxes to measure against", at_file(drive.root));
  SWEEPMARK_TRY(truth, drive.read_truth());
  Clouds clouds(drive, options.with_clouds_in_memory);
  const SweepSource source = clouds.source();
  const auto tracks = true_tracks(drive, truth, options.classes, clouds);
  const double reach = reach_of(truth);
  PropagationSamples result;
  std::size_t done = 0;
  for (const auto& [name, track] : tracks) {
    progress(static_cast<double>(done++) / static_cast<double>(tracks.size()), name);
    for (const std::size_t start : starts_of(track, options.min_points)) {
      const TruthBox& box = *track.at(start).truth;
      const Keyframe anchor{box.time, track.at(start).box, Origin::human, {}};
      const auto began = std::chrono::steady_clock::now();
      SWEEPMARK_TRY(found, propagate(source, drive.trajectory, {&anchor, 1},
                                     options_for(box, drive.trajectory), Progress{progress.stop, {}}));
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
      PropagationSample common;
      common.class_name = box.class_name;
      common.track = name;
      common.moving = moves(track, drive.trajectory);
      common.start = start;
      compare(track, reach, found, common, result.samples);
      result.starts.push_back({box.class_name, common.moving, took.count(), found.proposals.size()});
    }
  }
  return result;
}

std::vector<PropagationRow> propagation_rows(const PropagationSamples& samples, std::size_t min_points) {
  std::map<std::string, int> classes;
  for (const PropagationSamples::Start& start : samples.starts) classes[start.class_name] = 1;
  std::vector<PropagationRow> rows;
  const auto add = [&](const std::string& name, bool moving, bool any_class) {
    PropagationRow row;
    row.class_name = name;
    row.moving = moving;
    row = row_of(samples, min_points, std::move(row), [&](const std::string& of, bool is_moving) {
      return is_moving == moving && (any_class || of == name);
    });
    if (row.tracks > 0) rows.push_back(std::move(row));
  };
  for (const auto& [name, count] : classes)
    for (const bool moving : {true, false}) add(name, moving, false);
  for (const bool moving : {true, false}) add("all", moving, true);
  return rows;
}

std::vector<ReliabilityRow> propagation_reliability(const PropagationSamples& samples,
                                                    std::size_t min_points) {
  constexpr int bins = 10;
  std::vector<ReliabilityRow> rows;
  for (int i = 0; i < bins; ++i) rows.push_back({i / double{bins}, (i + 1) / double{bins}, 0, 0, 0, 0});
  for (const PropagationSample& sample : samples.samples) {
    if (!sample.proposed || sample.true_points < min_points) continue;
    const auto bin =
        static_cast<std::size_t>(std::clamp(static_cast<int>(sample.confidence * bins), 0, bins - 1));
    ++rows[bin].count;
    rows[bin].mean_confidence += sample.confidence;
    rows[bin].mean_iou += sample.iou;
    rows[bin].share_at_0_7 += sample.iou >= 0.7 ? 1 : 0;
  }
  for (ReliabilityRow& row : rows) {
    const double count = std::max(static_cast<double>(row.count), 1.0);
    row.mean_confidence /= count;
    row.mean_iou /= count;
    row.share_at_0_7 /= count;
  }
  return rows;
}

}  // namespace sweepmark
