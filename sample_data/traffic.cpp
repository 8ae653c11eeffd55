#include "sample_data/traffic.hpp"

#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include <fmt/format.h>

#include "sample_data/figures.hpp"

namespace sweepmark::sample {
namespace {

constexpr double lane = 1.75, bikes = 3.2, kerbside_parking = 4.8;  // metres from a street's middle
constexpr double east = 0.0, north = 0.5 * std::numbers::pi, west = std::numbers::pi,
                 south = -0.5 * std::numbers::pi;

PlanarState at(double x, double y, double heading) {
  return {{x, y}, heading};
}

Motion straight(PlanarState start, std::vector<SpeedKnot> speeds) {
  return {Path(start, {{0.1, 0.0}}), SpeedProfile(std::move(speeds)), 0.0};
}

Motion along(PlanarState start, std::vector<Stretch> stretches, std::vector<SpeedKnot> speeds) {
  return {Path(start, std::move(stretches)), SpeedProfile(std::move(speeds)), 0.0};
}

class Cast {
 public:
  void add(std::string type, PointClass point_class, Motion motion, std::vector<Mesh> phases,
           double stride = 1.0) {
    SceneObject object;
    object.name = fmt::format("{}_{:02}", lowered_type(type), ++count_[type]);
    object.type = std::move(type);
    object.instance = static_cast<std::uint16_t>(objects_.size() + 1);
    object.point_class = point_class;
    object.moves = motion.speed.distance_at(longest_drive_s) > 0.0;
    object.motion = std::move(motion);
    object.stride = stride;
    fit_box(object, std::move(phases));
    objects_.push_back(std::move(object));
  }
  std::vector<SceneObject> take() { return std::move(objects_); }

 private:
  static std::string lowered_type(std::string type) {
    type.front() = static_cast<char>(std::tolower(type.front()));
    return type;
  }

  // The box is the shapes' own extent; its middle becomes their origin.
  static void fit_box(SceneObject& object, std::vector<Mesh> phases) {
    Eigen::AlignedBox3d bounds;
    for (const Mesh& mesh : phases) bounds.extend(mesh.bounds());
    object.size = bounds.sizes();
    for (Mesh& mesh : phases) {
      mesh = transformed(std::move(mesh), Eigen::Isometry3d(Eigen::Translation3d(-bounds.center())));
      mesh.set_label(object.label());
      object.phases.push_back(std::move(mesh));
    }
  }

  std::vector<SceneObject> objects_;
  std::map<std::string, int> count_;
};

void add_moving_cars(Cast& cast, Random& random) {
  const auto car = [&](Motion motion) {
    cast.add("Car", PointClass::moving_car, std::move(motion), {car_mesh(random_car(random))});
  };
  // Ahead of the vehicle, straight over the crossing.
  car(straight(at(-15, -lane, east), {{0, 3.0}, {3, 7.4}, {9, 9.0}}));
  // Oncoming, gone before the vehicle turns across its lane.
  car(straight(at(30, lane, west), {{0, 9.5}, {6, 10.5}}));
  // From the right arm, turning right to drive away in front.
  const Stretch right_turn{11.5, -0.5 * std::numbers::pi};
  const double reach = bend_displacement(right_turn).x();
  car(along(at(lane, -lane - reach - 1.0, north), {{1.0, 0.0}, right_turn},
            {{0, 5.0}, {2.5, 6.5}, {6, 10.0}}));
  // From the left arm: brakes for the red light, goes on when the crossing is free.
  car(straight(at(-lane, 52, south), {{0, 8}, {2, 8}, {6.5, 0}, {15, 0}, {18, 7}}));
  // Behind the vehicle.
  car(straight(at(-46, -lane, east), {{0, 0}, {0.6, 0}, {3.4, 6.5}, {5.5, 5}, {9, 5.5}, {12, 8}}));
  // From the right arm, stopping at the red light.
  car(straight(at(lane, -60, north), {{0, 8}, {3, 8}, {7.5, 0}}));
  // Oncoming: stops for the walker on the zebra crossing.
  cast.add("Van", PointClass::moving_other_vehicle,
           straight(at(58, lane, west), {{0, 9}, {2, 9}, {6.8, 0}, {10.5, 0}, {14, 7}}),
           {van_mesh({222, 224, 226})});
  // Ahead of the vehicle after its turn.
  cast.add("Truck", PointClass::moving_truck, straight(at(lane, 24, north), {{0, 2.5}, {8, 5.0}, {20, 6.0}}),
           {truck_mesh({176, 40, 36}, {214, 216, 214})});
}

void add_cyclists(Cast& cast, Random& random) {
  static constexpr std::array<Colour, 3> frames = {{{180, 40, 40}, {40, 90, 160}, {40, 40, 44}}};
  const std::array<Motion, 3> motions = {straight(at(-12, -bikes, east), {{0, 5.0}, {8, 5.6}}),
                                         straight(at(-bikes, 48, south), {{0, 4.5}}),
                                         straight(at(bikes, 40, north), {{0, 4.8}})};
  for (std::size_t i = 0; i < motions.size(); ++i)
    cast.add("Cyclist", PointClass::moving_bicyclist, motions[i],
             cyclist_meshes(random_person(random), frames[i]), 4.2);
}

void add_pedestrians(Cast& cast, Random& random) {
  const auto walk = [&](Motion motion) {
    const bool moves = motion.speed.distance_at(longest_drive_s) > 0.0;
    cast.add("Pedestrian", moves ? PointClass::moving_person : PointClass::person, std::move(motion),
             pedestrian_meshes(random_person(random)), 1.45);
  };
  const auto steady = [&] { return std::vector<SpeedKnot>{{0, random.uniform(1.25, 1.45)}}; };
  const Stretch left_turn{1.4, 0.5 * std::numbers::pi};
  // Over the three zebra crossings near the vehicle's way.
  walk(along(at(12.1, 9.0, south), {{16.8, 0.0}, left_turn}, {{0, 1.3}}));
  walk(along(at(0.0, 12.1, east), {{7.6, 0.0}, left_turn}, {{0, 1.4}}));
  walk(
      along(at(-12.1, 8.6, south), {{16.4, 0.0}, {1.4, -0.5 * std::numbers::pi}}, {{5.5, 0.0}, {6.3, 1.35}}));
  // Along the pavements.
  walk(straight(at(-31, -9.5, east), steady()));
  walk(straight(at(-13, -7.9, west), {{0, 1.2}}));
  walk(straight(at(-12.9, -8.65, west), {{0, 1.2}}));
  walk(straight(at(8.3, 17, north), steady()));
  walk(straight(at(9.4, 62, south), steady()));
  walk(straight(at(33, 8.5, west), steady()));
  walk(along(at(-8.3, 31, south), {}, {{0, 1.3}, {13, 1.3}, {14, 0.0}}));
  walk(straight(at(-22, 9.7, east), steady()));
  // Waiting.
  walk(standing(at(9.2, -8.6, north)));
  walk(standing(at(24.5, -10.6, north)));
}

void add_parked_cars(Cast& cast, Random& random) {
  constexpr double first_bay = 23.2, bay = 6.2, last = 96.0;
  for (int arm = 0; arm < 4; ++arm) {
    const double turn = 0.5 * std::numbers::pi * arm;
    for (double side : {-1.0, 1.0}) {
      for (double distance = first_bay + 3.1; distance < last; distance += bay) {
        if (!random.chance(0.5)) continue;
        const Eigen::Vector2d place(distance + random.uniform(-0.5, 0.5),
                                    side * (kerbside_parking + random.uniform(-0.06, 0.06)));
        const double heading = turn + (side > 0 ? std::numbers::pi : 0.0) + random.uniform(-0.03, 0.03);
        const Motion motion = standing({Eigen::Rotation2Dd(turn) * place, heading});
        if (random.chance(0.1))
          cast.add("Van", PointClass::other_vehicle, motion, {van_mesh(random_car(random).colour)});
        else
          cast.add("Car", PointClass::car, motion, {car_mesh(random_car(random))});
      }
    }
  }
}

}  // namespace

Motion ego_motion() {
  // Standing at first: points measured before the drive's first pose then need no guess.
  const Stretch left_turn{24.0, 0.5 * std::numbers::pi};
  const double reach = bend_displacement(left_turn).x(), start = -30.0;
  return along(at(start, -lane, east), {{lane - reach - start, 0.0}, left_turn},
               {{0.15, 0}, {2.6, 7.0}, {4.2, 5.0}, {8.5, 5.4}, {11, 7.0}, {20, 6.5}});
}

std::vector<SceneObject> road_users(Random& random) {
  Cast cast;
  add_moving_cars(cast, random);
  add_cyclists(cast, random);
  add_pedestrians(cast, random);
  add_parked_cars(cast, random);
  return cast.take();
}

}  // namespace sweepmark::sample
