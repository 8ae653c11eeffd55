// Road users of the sample scene as meshes. Each stands on z = 0, faces +x, and is centred on x = y = 0.
#pragma once

#include <vector>

#include "sample_data/mesh.hpp"
#include "sample_data/random.hpp"

namespace sweepmark::sample {

struct CarShape {
  double length = 4.4, width = 1.82, height = 1.48;
  double rear_overhang_of_roof =
      0.55;  // metres from the tail to where the roof ends: long for a saloon, short for an estate
  Colour colour{150, 20, 25};
};
CarShape random_car(Random& random);
Mesh car_mesh(const CarShape& shape);
Mesh van_mesh(Colour colour);
Mesh truck_mesh(Colour cab, Colour cargo);

// One mesh for each phase of a stride or of a turn of the pedals.
inline constexpr int gait_phases = 8;
struct PersonLook {
  double height = 1.75;
  Colour top{40, 70, 140}, trousers{45, 45, 55}, hair{50, 35, 25}, skin{205, 160, 130};
};
PersonLook random_person(Random& random);
std::vector<Mesh> pedestrian_meshes(const PersonLook& look);
std::vector<Mesh> cyclist_meshes(const PersonLook& look, Colour bicycle);

}  // namespace sweepmark::sample
