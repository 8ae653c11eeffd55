#include "core/commands/suggest.hpp"

#include <fmt/format.h>

#include "core/assist/box_fit.hpp"
#include "core/assist/standing.hpp"
#include "core/commands/arguments.hpp"
#include "core/commands/proposals.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark {

namespace {

// A track with what the algorithms want to know of its class.
struct Subject {
  const Track& track;
  const ClassDefinition& definition;
  std::vector<Keyframe> anchors;  // placed by a person or read from a file, at a sweep

  bool rigid() const { return track.properties.size.has_value(); }
  Eigen::Vector3d size() const { return track.properties.size.value_or(anchors.front().box.size); }
};

Result<Subject> subject_of(const SuggestContext& context, TrackId id) {
  const Track* track = context.document.track(id);
  if (!track) return fail(ErrorCode::not_found, fmt::format("there is no object {}", id.value));
  const auto definition = context.document.taxonomy.find(track->properties.class_id);
  if (definition == context.document.taxonomy.end())
    return fail(ErrorCode::not_found, fmt::format("object {} has a class that is not there", id.value));
  Subject subject{*track, definition->second, {}};
  for (const Keyframe& keyframe : track->keyframes)
    if (keyframe.origin != Origin::automatic && context.drive.sweep_at(keyframe.time))
      subject.anchors.push_back(keyframe);
  if (track->properties.size)  // keyframes of a rigid track may still hold the size from before a correction
    for (Keyframe& anchor : subject.anchors) anchor.box.size = *track->properties.size;
  if (subject.anchors.empty())
    return fail(
        ErrorCode::not_found,
        fmt::format("object {} has no box that a person placed; there is nothing to start from", id.value));
  return subject;
}

constexpr double stands_within_m = 1.0;  // a person's boxes of one that stands, and the poses they lie on

double farthest_apart(const std::vector<Keyframe>& anchors, const Trajectory& trajectory) {
  const auto place = [&](const Keyframe& anchor) {
    return (trajectory.world_from_ego(anchor.time) * anchor.box.centre()).metres;
  };
  double farthest = 0;
  for (const Keyframe& anchor : anchors)
    farthest = std::max(farthest, (place(anchor) - place(anchors.front())).norm());
  return farthest;
}

Result<Propagation> followed(const SuggestContext& context, const Subject& subject,
                             const Progress& progress) {
  const Trajectory& trajectory = trajectory_of(context.document, context.drive);
  SWEEPMARK_TRY(found,
                propagate(context.sweeps, trajectory, subject.anchors,
                          propagate_options(subject.rigid(), subject.size(), trajectory.source()), progress));
  // Where a person said that it is not, or ends, it is not looked for.
  std::erase_if(found.proposals,
                [&](const Proposal& proposal) { return subject.track.absent_at(proposal.time); });
  return found;
}

}  // namespace

Result<BoxFit> fit_box(const SuggestContext& context, std::size_t sweep, std::uint32_t point,
                       ClassId class_id) {
  const auto definition = context.document.taxonomy.find(class_id);
  if (definition == context.document.taxonomy.end())
    return fail(ErrorCode::not_found, fmt::format("there is no class {}", class_id.value));
  if (sweep >= context.sweeps.times.size())
    return fail(ErrorCode::not_found, fmt::format("there is no sweep {}", sweep));
  SWEEPMARK_TRY(cloud, context.sweeps.read(sweep));
  if (point >= cloud->size())
    return fail(ErrorCode::not_found, fmt::format("sweep {} has no point {}", sweep, point));
  FitRequest request;
  request.prior = size_prior(definition->second);
  return fit_at_point(*cloud, context.sweeps.ego_from_sensor, point, request);
}

Result<CommandCall> suggest_box(const SuggestContext& context, std::size_t sweep, std::uint32_t point,
                                ClassId class_id) {
  SWEEPMARK_TRY(fit, fit_box(context, sweep, point, class_id));
  return CommandCall{"box.create",
                     {{"class", class_id.value},
                      {"time_ns", context.sweeps.times[sweep].ns},
                      {"box", commands::box_to(fit.box)}}};
}

Result<CommandCall> suggest_following(const SuggestContext& context, TrackId track,
                                      const Progress& progress) {
  SWEEPMARK_TRY(subject, subject_of(context, track));
  if (subject.track.properties.standing)
    return fail(ErrorCode::invalid_argument,
                fmt::format("object {} stands still: one box holds for the whole drive", track.value));
  SWEEPMARK_TRY(found, followed(context, subject, progress));
  if (found.proposals.empty())
    return fail(ErrorCode::not_found,
                fmt::format("object {} was not found again in the sweeps beside its box", track.value));
  return CommandCall{"track.propose", {{"track", track.value}, {"keyframes", proposals_to(found.proposals)}}};
}

Result<CommandCall> suggest_standing(const SuggestContext& context, TrackId track, const Progress& progress) {
  SWEEPMARK_TRY(subject, subject_of(context, track));
  const Trajectory& trajectory = trajectory_of(context.document, context.drive);
  SWEEPMARK_TRY(found, followed(context, subject, progress));
  if (const double gone = farthest_apart(subject.anchors, trajectory); gone > stands_within_m)
    return fail(ErrorCode::invalid_argument,
                fmt::format("object {} was placed {:.1f} m apart in the world: it moves", track.value, gone));
  SWEEPMARK_TRY(held, standing_box(context.sweeps, trajectory, subject.anchors, found.proposals,
                                   {.usual_size = subject.definition.usual_size,
                                    .size_is_known = subject.anchors.size() > 1},
                                   progress));
  return CommandCall{"track.hold_still",
                     {{"track", track.value},
                      {"time_ns", held.time.ns},
                      {"box", commands::box_to(held.box)},
                      {"first", {{"time_ns", held.first.ns}}},
                      {"last", {{"time_ns", held.last.ns}}}}};
}

}  // namespace sweepmark
