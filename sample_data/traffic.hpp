// Who moves in the sample scene, and when. Nobody touches anybody for longest_drive_s seconds.
#pragma once

#include <vector>

#include "sample_data/random.hpp"
#include "sample_data/scene.hpp"

namespace sweepmark::sample {

// From a standstill along the first street, slowing for the crossing, left into the second street.
Motion ego_motion();
// Everybody else, parked cars included.
std::vector<SceneObject> road_users(Random& random);

}  // namespace sweepmark::sample
