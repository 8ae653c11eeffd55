#include <array>
#include <cmath>
#include <numbers>
#include <span>

#include "sample_data/scene.hpp"
#include "sample_data/street.hpp"

namespace sweepmark::sample {
namespace {

using Eigen::Array2d;
using Eigen::Vector3d;

constexpr double frontage = 12.6;  // metres from a street's middle to the house fronts
constexpr double house_depth = 12.0;

struct Style {
  Colour wall, trim;
  double window_width, window_height, bay, storey;
  bool shops;
};

Style random_style(Random& random) {
  static constexpr std::array<Colour, 8> walls = {{{196, 164, 126},
                                                   {172, 98, 78},
                                                   {206, 198, 182},
                                                   {150, 150, 154},
                                                   {188, 142, 96},
                                                   {128, 84, 72},
                                                   {216, 206, 168},
                                                   {158, 172, 176}}};
  Style style;
  style.wall = random.pick(std::span<const Colour>(walls));
  style.trim = random.chance(0.6) ? Colour{232, 230, 224} : shaded(style.wall, 0.7);
  style.window_width = random.uniform(1.1, 1.6);
  style.window_height = random.uniform(1.45, 1.9);
  style.bay = random.uniform(2.3, 3.1);
  style.storey = random.uniform(3.0, 3.4);
  style.shops = random.chance(0.55);
  return style;
}

// A rectangle on a wall in metres from its lower left corner, with a surround that stands out from it.
void add_window(Mesh& mesh, const Quad& wall, Array2d x, Array2d y, const Style& style, Random& random) {
  const double width = (wall[1] - wall[0]).norm(), height = (wall[3] - wall[0]).norm();
  const Colour pane = shaded({72, 88, 104}, random.uniform(0.55, 1.35));
  add_panel(mesh, wall, (x + Array2d(-0.14, 0.14)) / width, (y + Array2d(-0.14, 0.14)) / height, 0.05,
            {style.trim, Surface::facade});
  add_panel(mesh, wall, x / width, y / height, 0.07, {pane, Surface::glass});
  const double middle = x.mean();
  add_panel(mesh, wall, Array2d(middle - 0.03, middle + 0.03) / width, y / height, 0.09,
            {style.trim, Surface::facade});
}

void add_front(Mesh& mesh, const Quad& wall, const Style& style, Random& random) {
  constexpr double ground_floor = 3.7;
  const double width = (wall[1] - wall[0]).norm(), height = (wall[3] - wall[0]).norm();
  const int bays = std::max(1, static_cast<int>((width - 0.8) / style.bay));
  const double margin = 0.5 * (width - bays * style.bay);
  add_panel(mesh, wall, {0, 1}, Array2d(ground_floor - 0.12, ground_floor + 0.12) / height, 0.12,
            {style.trim, Surface::facade});
  const int door = random.below(bays);
  for (int bay = 0; bay < bays; ++bay) {
    const double middle = margin + (bay + 0.5) * style.bay;
    const auto about = [&](double half) { return Array2d(middle - half, middle + half); };
    if (bay == door)
      add_panel(mesh, wall, about(0.55) / width, Array2d(0.02, 2.4) / height, 0.06,
                {{70, 46, 34}, Surface::facade});
    else if (style.shops)
      add_window(mesh, wall, about(0.5 * style.bay - 0.25), {0.5, 3.0}, style, random);
    else
      add_window(mesh, wall, about(0.5 * style.window_width), {1.0, 2.7}, style, random);
    for (double sill = ground_floor + 0.85; sill + style.window_height + 0.5 < height; sill += style.storey)
      add_window(mesh, wall, about(0.5 * style.window_width), {sill, sill + style.window_height}, style,
                 random);
  }
  if (style.shops && random.chance(0.6)) {
    static constexpr std::array<Colour, 4> awnings = {
        {{150, 40, 40}, {40, 84, 70}, {40, 60, 110}, {180, 130, 50}}};
    add_panel(mesh, wall, {0.08, 0.92}, Array2d(3.05, 3.5) / height, 0.35,
              {random.pick(std::span<const Colour>(awnings)), Surface::plastic});
  }
}

// A house on the quadrant x, y > 0 with its front towards the first street (−y); a corner house has one
// towards −x as well.
Mesh house(double x0, double x1, bool corner, Random& random) {
  const Style style = random_style(random);
  const double height = 3.7 + style.storey * (2 + random.below(4)) + 0.8;
  const double y0 = frontage, y1 = frontage + house_depth;
  Hexahedron body;
  for (unsigned i = 0; i < 8; ++i)
    body[i] = {(i & 1u) ? x1 : x0, (i & 2u) ? y1 : y0, (i & 4u) ? height : kerb_height};
  Mesh mesh;
  add_hexahedron(mesh, body, {style.wall, Surface::facade});
  add_front(mesh, side_of(body, Side::right), style, random);
  if (corner) add_front(mesh, side_of(body, Side::rear), style, random);
  add_box(mesh, {0.5 * (x0 + x1), 0.5 * (y0 + y1) - 0.1, height + 0.2}, {x1 - x0 + 0.3, y1 - y0 + 0.4, 0.4},
          {style.trim, Surface::facade});
  add_box(mesh, {0.5 * (x0 + x1), 0.5 * (y0 + y1), height + 0.9}, {2.0, 1.2, 1.4},
          {shaded(style.wall, 0.8), Surface::facade});
  return mesh;
}

// Houses side by side along the first street's left side, with a gap here and there.
Mesh row_of_houses(double from, double to, bool corner, Random& random) {
  Mesh mesh;
  for (double x = from; x < to - 9.0;) {
    const double width = std::min(random.uniform(10.0, 19.0), to - x);
    mesh.append(house(x, x + width, corner && x == from, random));
    x += width + (random.chance(0.35) ? random.uniform(3.0, 6.0) : 0.02);
  }
  return mesh;
}

}  // namespace

Mesh buildings_mesh(Random& random) {
  Mesh mesh;
  for (int quadrant = 0; quadrant < 4; ++quadrant) {
    const double turn = 0.5 * std::numbers::pi * quadrant;
    mesh.append(
        transformed(row_of_houses(frontage, street_reach - 3.0, true, random), placed(0, 0, 0, turn)));
    // The other side of the same arm, up to the corner house of the neighbouring quadrant.
    const Mesh other = row_of_houses(-street_reach + 3.0, -frontage - house_depth - 2.0, false, random);
    mesh.append(transformed(other, placed(0, 0, 0, turn)));
  }
  mesh.set_label(static_cast<std::uint32_t>(PointClass::building));
  return mesh;
}

Mesh backdrop_mesh(Random& random) {
  Mesh mesh;
  const auto plane = [&](double half_x, double half_y, double z, Paint paint) {
    add_quad(mesh,
             {Vector3d(-half_x, -half_y, z), {half_x, -half_y, z}, {half_x, half_y, z}, {-half_x, half_y, z}},
             paint);
  };
  plane(900, 900, -0.35, {{122, 136, 112}, Surface::grass});
  plane(600, road_half_width, -0.15, {{100, 101, 105}, Surface::asphalt});
  plane(road_half_width, 600, -0.14, {{100, 101, 105}, Surface::asphalt});
  for (int i = 0; i < 150; ++i) {
    const double angle = 2.0 * std::numbers::pi * (i + random.uniform()) / 150.0,
                 distance = random.uniform(190.0, 330.0);
    const Vector3d at(distance * std::cos(angle), distance * std::sin(angle), 0.0);
    if (std::abs(at.x()) < 22.0 || std::abs(at.y()) < 22.0) continue;
    const double height = random.uniform(12.0, 34.0);
    // Haze: the farther, the closer to the sky's colour.
    const double haze = (distance - 150.0) / 260.0;
    const Colour colour{static_cast<std::uint8_t>(140 + 60 * haze),
                        static_cast<std::uint8_t>(148 + 62 * haze),
                        static_cast<std::uint8_t>(158 + 66 * haze)};
    add_box(mesh, at + Vector3d(0, 0, 0.5 * height), {random.uniform(14, 30), random.uniform(14, 30), height},
            {colour, Surface::facade});
  }
  // Wooded ends of the streets.
  for (int i = 0; i < 260; ++i) {
    const double along = random.uniform(170.0, 260.0), side = random.uniform(-70.0, 70.0),
                 radius = random.uniform(4.0, 8.0);
    const Vector3d at = Eigen::AngleAxisd(0.5 * std::numbers::pi * (i % 4), Vector3d::UnitZ()) *
                        Vector3d(along, side, 0.5 * radius);
    if (std::abs(side) < 12.0 && along < 225.0) continue;
    add_ellipsoid(mesh, at, {radius, radius, radius * 1.1}, 5, 8,
                  {shaded({112, 138, 104}, random.uniform(0.85, 1.1)), Surface::foliage});
  }
  return mesh;
}

}  // namespace sweepmark::sample
