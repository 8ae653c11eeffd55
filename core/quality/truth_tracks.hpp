// True boxes as tracks of which only some are known.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/drive/drive.hpp"

namespace sweepmark {

using TruthTrack = std::vector<const TruthBox*>;  // of one object, by time

std::map<std::string, TruthTrack> truth_tracks(const std::vector<TruthBox>& truth);

inline constexpr double moving_threshold_m = 2.0;
// Ends more than moving_threshold_m from where it began, in the world.
bool moves(const TruthTrack& boxes, const Trajectory& trajectory);

// Every stride-th box is a keyframe, and the last.
bool is_keyframe(std::size_t i, std::size_t count, int stride);
Track track_of_keyframes(const TruthTrack& boxes, int stride, Motion motion);

}  // namespace sweepmark
