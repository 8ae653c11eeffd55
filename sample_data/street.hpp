// What stands still in the sample scene.
#pragma once

#include "sample_data/mesh.hpp"
#include "sample_data/random.hpp"

namespace sweepmark::sample {

Mesh ground_mesh(Random& random);
Mesh buildings_mesh(Random& random);
Mesh trees_mesh(Random& random);
Mesh furniture_mesh(Random& random);  // lamps, traffic lights, signs, bins, benches
Mesh backdrop_mesh(Random& random);

}  // namespace sweepmark::sample
