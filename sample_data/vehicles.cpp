#include <array>
#include <span>

#include "sample_data/figures.hpp"

namespace sweepmark::sample {
namespace {

using Eigen::Array2d;
using Eigen::Vector2d;
using Eigen::Vector3d;

constexpr Paint glass{{38, 50, 60}, Surface::glass};
constexpr Paint rubber{{24, 24, 26}, Surface::rubber};
constexpr Paint rim{{170, 172, 176}, Surface::steel};
constexpr Paint shade{{14, 14, 16}, Surface::plastic};
constexpr Paint head_lamp{{245, 243, 225}, Surface::lamp};
constexpr Paint tail_lamp{{190, 18, 22}, Surface::lamp};
constexpr Paint plate{{235, 235, 228}, Surface::number_plate};

// A wheel whose outer face is flush with the side of the body, and the dark arch round it.
void add_wheel(Mesh& mesh, double x, double half_width, double radius, double side) {
  const Vector3d outer(x, side * (half_width + 0.006), radius), inner(x, side * (half_width - 0.22), radius);
  add_disc(mesh, Vector3d(x, side * (half_width + 0.002), radius + 0.02), side * Vector3d::UnitY(),
           radius + 0.055, 20, shade);
  add_cylinder(mesh, inner, outer, radius, radius, 20, rubber);
  add_disc(mesh, outer + Vector3d(0, side * 0.003, 0), side * Vector3d::UnitY(), 0.66 * radius, 14, rim);
  add_disc(mesh, outer + Vector3d(0, side * 0.006, 0), side * Vector3d::UnitY(), 0.18 * radius, 8, shade);
}

void add_wheels(Mesh& mesh, std::span<const double> axles, double width, double radius) {
  for (double x : axles) {
    for (double side : {-1.0, 1.0}) add_wheel(mesh, x, 0.5 * width, radius, side);
  }
}

void add_lights_and_plates(Mesh& mesh, double front, double rear, double width, double height) {
  for (double side : {-1.0, 1.0}) {
    const double y = side * 0.36 * width;
    add_box(mesh, {front - 0.03, y, height}, {0.08, 0.20 * width, 0.13}, head_lamp);
    add_box(mesh, {rear + 0.03, y * 1.08, height + 0.12}, {0.08, 0.16 * width, 0.15}, tail_lamp);
  }
  add_box(mesh, {front + 0.005, 0, height - 0.22}, {0.02, 0.52, 0.11}, plate);
  add_box(mesh, {rear - 0.005, 0, height}, {0.02, 0.52, 0.11}, plate);
  add_box(mesh, {front - 0.01, 0, height - 0.02}, {0.04, 0.34 * width, 0.12}, shade);
}

Hexahedron frustum(Array2d bottom_x, double bottom_width, double bottom_z, Array2d top_x, double top_width,
                   double top_z) {
  Hexahedron corners;
  for (unsigned i = 0; i < 8; ++i) {
    const bool top = i & 4u;
    const double x = (top ? top_x : bottom_x)[i & 1u],
                 y = ((i & 2u) ? 0.5 : -0.5) * (top ? top_width : bottom_width);
    corners[i] = {x, y, top ? top_z : bottom_z};
  }
  return corners;
}

void add_cabin_glass(Mesh& mesh, const Hexahedron& cabin) {
  add_panel(mesh, side_of(cabin, Side::front), {0.06, 0.94}, {0.06, 0.90}, 0.006, glass);
  add_panel(mesh, side_of(cabin, Side::rear), {0.10, 0.90}, {0.15, 0.88}, 0.006, glass);
  for (Side side : {Side::left, Side::right}) {
    for (Array2d part : {Array2d(0.08, 0.47), Array2d(0.52, 0.92)})
      add_panel(mesh, side_of(cabin, side), part, {0.12, 0.86}, 0.006, glass);
  }
}

}  // namespace

CarShape random_car(Random& random) {
  static constexpr std::array<Colour, 9> colours = {{{168, 22, 28},
                                                     {30, 62, 130},
                                                     {225, 226, 228},
                                                     {120, 124, 130},
                                                     {40, 42, 46},
                                                     {196, 198, 202},
                                                     {34, 92, 70},
                                                     {206, 140, 36},
                                                     {92, 30, 40}}};
  CarShape shape;
  shape.length = random.uniform(3.9, 4.75);
  shape.width = random.uniform(1.72, 1.88);
  shape.height = random.uniform(1.42, 1.62);
  shape.rear_overhang_of_roof = random.chance(0.5) ? random.uniform(0.35, 0.55) : random.uniform(0.9, 1.1);
  shape.colour = random.pick(std::span<const Colour>(colours));
  return shape;
}

Mesh car_mesh(const CarShape& shape) {
  const double h = 0.5 * shape.length, belt = 0.60 * shape.height, w = shape.width;
  const Paint paint{shape.colour, Surface::car_paint};
  const std::array<Vector2d, 10> outline = {{{-h, 0.42},
                                             {-h + 0.10, 0.24},
                                             {h - 0.12, 0.24},
                                             {h, 0.38},
                                             {h, 0.58},
                                             {h - 0.10, 0.70},
                                             {h - 0.32, belt - 0.10},
                                             {0.22 * shape.length, belt},
                                             {-h + 0.10, belt},
                                             {-h, belt - 0.10}}};
  Mesh mesh;
  add_prism(mesh, outline, w, paint);
  add_box(mesh, {0, 0, 0.24}, {shape.length - 0.5, w - 0.06, 0.10}, shade);
  const double roof_rear = -h + shape.rear_overhang_of_roof;
  const Hexahedron cabin = frustum({-h + 0.12, 0.23 * shape.length}, w - 0.06, belt,
                                   {roof_rear, 0.045 * shape.length}, w - 0.44, shape.height);
  add_hexahedron(mesh, cabin, paint);
  add_cabin_glass(mesh, cabin);
  add_lights_and_plates(mesh, h, -h, w, 0.62);
  for (double side : {-1.0, 1.0})
    add_box(mesh, {0.12 * shape.length, side * (0.5 * w - 0.01), belt - 0.18}, {0.16, 0.03, 0.03}, shade);
  add_wheels(mesh, std::array{-0.295 * shape.length, 0.305 * shape.length}, w, 0.32);
  return mesh;
}

Mesh van_mesh(Colour colour) {
  constexpr double length = 5.3, width = 1.98, height = 2.15, h = 0.5 * length;
  const std::array<Vector2d, 9> outline = {{{-h, 0.40},
                                            {-h + 0.08, 0.30},
                                            {h - 0.10, 0.30},
                                            {h, 0.45},
                                            {h, 0.80},
                                            {h - 0.22, 1.08},
                                            {h - 0.95, height - 0.10},
                                            {h - 1.30, height},
                                            {-h, height}}};
  Mesh mesh;
  add_prism(mesh, outline, width, {colour, Surface::car_paint});
  const Quad screen = {Vector3d(h - 0.22, -0.99, 1.08), Vector3d(h - 0.22, 0.99, 1.08),
                       Vector3d(h - 0.95, 0.99, height - 0.10), Vector3d(h - 0.95, -0.99, height - 0.10)};
  add_panel(mesh, screen, {0.06, 0.94}, {0.08, 0.90}, 0.006, glass);
  for (double side : {-1.0, 1.0}) {
    for (Array2d x : {Array2d(h - 1.95, h - 1.02), Array2d(-0.85, 0.45), Array2d(-h + 0.25, -1.05)})
      add_box(mesh, {x.mean(), side * 0.985, 1.50}, {x[1] - x[0], 0.02, 0.62}, glass);
  }
  add_box(mesh, {-h + 0.002, 0, 1.5}, {0.02, 1.6, 0.6}, glass);
  add_lights_and_plates(mesh, h, -h, width, 0.72);
  add_wheels(mesh, std::array{-0.30 * length, 0.33 * length}, width, 0.35);
  return mesh;
}

Mesh truck_mesh(Colour cab, Colour cargo) {
  constexpr double length = 8.6, width = 2.5, height = 3.5, h = 0.5 * length;
  const Paint cab_paint{cab, Surface::car_paint}, cargo_paint{cargo, Surface::car_paint};
  Mesh mesh;
  add_box(mesh, {-1.0, 0, 0.5 * (1.05 + height)}, {6.6, width, height - 1.05}, cargo_paint);
  for (double side : {-1.0, 1.0}) {
    add_box(mesh, {-1.0, side * (0.5 * width + 0.003), 2.3}, {5.8, 0.01, 0.5},
            {shaded(cab, 1.0), Surface::car_paint});
    add_box(mesh, {-0.6, side * 0.5 * (width - 0.1), 0.72}, {3.2, 0.06, 0.42},
            {{130, 132, 136}, Surface::steel});
  }
  add_box(mesh, {-0.2, 0, 0.85}, {length - 0.6, 0.9, 0.36}, shade);
  const Hexahedron cabin =
      frustum({h - 1.75, h}, width - 0.06, 0.45, {h - 1.75, h - 0.16}, width - 0.16, 2.85);
  add_hexahedron(mesh, cabin, cab_paint);
  add_panel(mesh, side_of(cabin, Side::front), {0.07, 0.93}, {0.48, 0.88}, 0.006, glass);
  add_panel(mesh, side_of(cabin, Side::front), {0.20, 0.80}, {0.18, 0.38}, 0.008, shade);
  add_panel(mesh, side_of(cabin, Side::left), {0.12, 0.72}, {0.50, 0.86}, 0.006, glass);
  add_panel(mesh, side_of(cabin, Side::right), {0.28, 0.88}, {0.50, 0.86}, 0.006, glass);
  add_lights_and_plates(mesh, h, -h + 0.02, width, 0.70);
  add_wheels(mesh, std::array{-2.9, -1.85, 2.95}, width, 0.48);
  return mesh;
}

}  // namespace sweepmark::sample
