#include "core/commands/suggest_between.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/assist/refit.hpp"
#include "core/commands/proposals.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark {

namespace {

Result<const Track*> track_in(const SuggestContext& context, TrackId id) {
  if (const Track* track = context.document.track(id)) return track;
  return fail(ErrorCode::not_found, fmt::format("there is no object {}", id.value));
}

bool stands(const SuggestContext& context, const Keyframe& keyframe) {
  return keyframe.origin != Origin::automatic && context.drive.sweep_at(keyframe.time);
}

// From the neighbour before the first of `times` at which a keyframe stands to the one after the last.
struct About {
  std::vector<Keyframe> anchors;                 // empty where none stands at any of `times`
  bool open_before = false, open_after = false;  // there is no such neighbour
};

About about(const SuggestContext& context, const Track& track, std::span<const TimestampNs> times) {
  std::vector<Keyframe> standing;
  std::ranges::copy_if(track.keyframes, std::back_inserter(standing),
                       [&](const Keyframe& keyframe) { return stands(context, keyframe); });
  const auto meant = [&](const Keyframe& keyframe) {
    return std::ranges::find(times, keyframe.time) != times.end();
  };
  auto first = std::ranges::find_if(standing, meant);
  if (first == standing.end()) return {};
  auto end = std::find_if(standing.rbegin(), standing.rend(), meant).base();
  About found{{}, first == standing.begin(), end == standing.end()};
  if (!found.open_before) --first;
  if (!found.open_after) ++end;
  found.anchors.assign(first, end);
  return found;
}

// The sweeps between two moments; an open end goes to that of the drive.
SweepSource within(const SweepSource& sweeps, std::optional<TimestampNs> first,
                   std::optional<TimestampNs> last) {
  const auto begin = first ? std::ranges::lower_bound(sweeps.times, *first) : sweeps.times.begin();
  const auto end = last ? std::ranges::upper_bound(sweeps.times, *last) : sweeps.times.end();
  const auto skipped = static_cast<std::size_t>(begin - sweeps.times.begin());
  return {{begin, std::max(begin, end)}, sweeps.ego_from_sensor, [&sweeps, skipped](std::size_t sweep) {
            return sweeps.read(sweep + skipped);
          }};
}

}  // namespace

Result<CommandCall> suggest_gaps_beside(const SuggestContext& context, TrackId id,
                                        std::span<const TimestampNs> times, const Progress& progress) {
  SWEEPMARK_TRY(track, track_in(context, id));
  auto [anchors, open_before, open_after] = about(context, *track, times);
  if (anchors.empty())
    return fail(ErrorCode::not_found,
                fmt::format("object {} has no box of a person's at the sweeps that were named", id.value));
  // An end beyond which nobody placed a box is open, but where proposals lie there the object's life ends
  // where theirs does: a person may have cut it.
  const auto end_at = [](TimestampNs anchor, bool open, TimestampNs life_end) -> std::optional<TimestampNs> {
    return open && life_end == anchor ? std::nullopt : std::optional(open ? life_end : anchor);
  };
  const SweepSource sweeps =
      within(context.sweeps, end_at(anchors.front().time, open_before, track->keyframes.front().time),
             end_at(anchors.back().time, open_after, track->keyframes.back().time));
  auto alone = std::make_shared<Track>(*track);
  alone->keyframes = std::move(anchors);
  Document document = context.document;
  document.tracks[id] = std::move(alone);
  return suggest_following({document, context.drive, sweeps}, id, progress);
}

Result<CommandCall> suggest_refit(const SuggestContext& context, TrackId id, const Progress& progress) {
  SWEEPMARK_TRY(track, track_in(context, id));
  if (track->properties.standing)
    return fail(ErrorCode::invalid_argument,
                fmt::format("object {} stands still: one box holds for the whole drive", id.value));
  const RefitOptions options{track->properties.size.has_value(), track->properties.standing};
  SWEEPMARK_TRY(found, refit_track(*track, context.sweeps, trajectory_of(context.document, context.drive),
                                   options, progress));
  if (found.empty())
    return fail(ErrorCode::not_found,
                fmt::format("object {} has no sweeps between keyframes that a person placed", id.value));
  return CommandCall{"track.propose", {{"track", id.value}, {"keyframes", proposals_to(found)}}};
}

}  // namespace sweepmark
