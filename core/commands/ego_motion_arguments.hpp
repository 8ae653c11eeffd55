// Ego motion on its way into the labels.
#pragma once

#include <nlohmann/json.hpp>

#include "core/drive/trajectory.hpp"

namespace sweepmark {

// Arguments of the command ego.set_estimated: the trajectory's poses, to the last bit.
nlohmann::json ego_motion_arguments(const Trajectory& trajectory);

}  // namespace sweepmark
