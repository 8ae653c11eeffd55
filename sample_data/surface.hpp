// What the things of the sample scene are made of and what they are.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace sweepmark::sample {

using Colour = std::array<std::uint8_t, 3>;  // sRGB

enum class Surface : std::uint8_t {
  asphalt,
  road_paint,
  concrete,
  grass,
  facade,
  glass,
  foliage,
  bark,
  steel,
  sign_face,
  car_paint,
  rubber,
  plastic,
  lamp,
  number_plate,
  skin,
  cloth,
};

struct Paint {
  Colour colour{160, 160, 160};
  Surface surface = Surface::concrete;
};

// How a surface returns laser light.
struct Optics {
  double reflectivity;  // share of the light that comes back from straight ahead; above 1 for retroreflectors
  double diffuse;       // 1: falls with the cosine of incidence (Lambert); 0: the same from every side
  double
      loss;  // share of pulses that never come back, whatever their strength (mirrored away or let through)
  double depth_m;  // mean depth to which light enters (leaves); 0 for hard surfaces
};
Optics optics_of(Surface surface);

// Classes of points, by the numbers of SemanticKITTI's labels so that its tools read ours.
enum class PointClass : std::uint16_t {
  unlabelled = 0,
  car = 10,
  bicycle = 11,
  truck = 18,
  other_vehicle = 20,
  person = 30,
  bicyclist = 31,
  road = 40,
  parking = 44,
  sidewalk = 48,
  building = 50,
  lane_marking = 60,
  other_object = 99,
  vegetation = 70,
  trunk = 71,
  terrain = 72,
  pole = 80,
  traffic_sign = 81,
  moving_car = 252,
  moving_bicyclist = 253,
  moving_person = 254,
  moving_truck = 258,
  moving_other_vehicle = 259,
};
std::string_view to_string(PointClass point_class);
inline constexpr std::array all_point_classes = {PointClass::unlabelled,
                                                 PointClass::car,
                                                 PointClass::bicycle,
                                                 PointClass::truck,
                                                 PointClass::other_vehicle,
                                                 PointClass::person,
                                                 PointClass::bicyclist,
                                                 PointClass::road,
                                                 PointClass::parking,
                                                 PointClass::sidewalk,
                                                 PointClass::building,
                                                 PointClass::lane_marking,
                                                 PointClass::other_object,
                                                 PointClass::vegetation,
                                                 PointClass::trunk,
                                                 PointClass::terrain,
                                                 PointClass::pole,
                                                 PointClass::traffic_sign,
                                                 PointClass::moving_car,
                                                 PointClass::moving_bicyclist,
                                                 PointClass::moving_person,
                                                 PointClass::moving_truck,
                                                 PointClass::moving_other_vehicle};

}  // namespace sweepmark::sample
