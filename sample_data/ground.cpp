#include <cmath>
#include <numbers>

#include "sample_data/scene.hpp"
#include "sample_data/street.hpp"

namespace sweepmark::sample {
namespace {

using Eigen::Vector2d;
using Eigen::Vector3d;

constexpr double zebra_near = 10.6, zebra_far = 13.6, stop_line = 15.0, markings_from = 17.0, lane_edge = 3.6;
constexpr double paint_lift =
    0.012;  // metres: enough to be in front of the asphalt at any distance, too little for the lidar

std::uint32_t label_of(PointClass point_class) {
  return static_cast<std::uint32_t>(point_class);
}

// Smooth noise in 0…1 with features of about a metre times `scale`.
double noise_at(std::uint64_t seed, const Vector2d& where, double scale) {
  const Vector2d cell = (where / scale).array().floor();
  const Vector2d u = where / scale - cell;
  const auto corner = [&](double dx, double dy) {
    const auto x = static_cast<std::int64_t>(cell.x() + dx), y = static_cast<std::int64_t>(cell.y() + dy);
    return Random(seed, static_cast<std::uint64_t>(x), static_cast<std::uint64_t>(y)).uniform();
  };
  const Vector2d s = u.array().square() * (3.0 - 2.0 * u.array());
  const double low = corner(0, 0) + s.x() * (corner(1, 0) - corner(0, 0));
  const double high = corner(0, 1) + s.x() * (corner(1, 1) - corner(0, 1));
  return low + s.y() * (high - low);
}

struct Tile {
  Vector2d low, high;
  double cell;
  double z;
  Paint paint;
  double variation;  // share by which the colour varies
};

void add_tile(Mesh& mesh, const Tile& tile, std::uint64_t seed) {
  const Vector2d extent = tile.high - tile.low;
  const int nx = std::max(1, static_cast<int>(std::lround(extent.x() / tile.cell)));
  const int ny = std::max(1, static_cast<int>(std::lround(extent.y() / tile.cell)));
  const auto first = static_cast<std::uint32_t>(mesh.positions.size());
  for (int j = 0; j <= ny; ++j) {
    for (int i = 0; i <= nx; ++i) {
      const Vector2d at =
          tile.low + extent.cwiseProduct(Vector2d(static_cast<double>(i) / nx, static_cast<double>(j) / ny));
      const double noise = 0.6 * noise_at(seed, at, 1.7) + 0.4 * noise_at(seed + 1, at, 7.0) - 0.5;
      mesh.positions.emplace_back(at.x(), at.y(), tile.z);
      mesh.normals.push_back(Vector3d::UnitZ());
      mesh.colours.push_back(shaded(tile.paint.colour, 1.0 + tile.variation * noise));
    }
  }
  const auto at = [&](int i, int j) { return first + static_cast<std::uint32_t>(j * (nx + 1) + i); };
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      mesh.triangles.push_back({{at(i, j), at(i + 1, j), at(i + 1, j + 1)}, tile.paint.surface, 0});
      mesh.triangles.push_back({{at(i, j), at(i + 1, j + 1), at(i, j + 1)}, tile.paint.surface, 0});
    }
  }
}

void add_asphalt(Mesh& mesh, std::uint64_t seed) {
  constexpr Paint asphalt{{92, 93, 97}, Surface::asphalt}, worn{{104, 103, 103}, Surface::asphalt};
  constexpr double w = road_half_width, reach = street_reach, corner = w + 4.0;
  std::size_t first = mesh.triangles.size();
  add_tile(mesh, {{-corner, -corner}, {corner, corner}, 1.0, 0.0, asphalt, 0.24}, seed);
  for (double s : {-1.0, 1.0}) {
    const double low = s > 0 ? corner : -reach, high = s > 0 ? reach : -corner;
    add_tile(mesh, {{low, -lane_edge}, {high, lane_edge}, 1.2, 0.0, asphalt, 0.24}, seed);
    add_tile(mesh, {{-lane_edge, low}, {lane_edge, high}, 1.2, 0.0, asphalt, 0.24}, seed);
  }
  mesh.set_label(label_of(PointClass::road), first);
  first = mesh.triangles.size();
  for (double s : {-1.0, 1.0}) {
    const double low = s > 0 ? corner : -reach, high = s > 0 ? reach : -corner;
    for (double side : {-1.0, 1.0}) {
      const double near = side > 0 ? lane_edge : -w, far = side > 0 ? w : -lane_edge;
      add_tile(mesh, {{low, near}, {high, far}, 1.2, 0.0, worn, 0.24}, seed);
      add_tile(mesh, {{near, low}, {far, high}, 1.2, 0.0, worn, 0.24}, seed);
    }
  }
  mesh.set_label(label_of(PointClass::parking), first);
}

// The kerb of the quadrant x, y > 0: down the second street's side, round the corner, along the first
// street's side. `inset` metres away from the road.
std::vector<Vector2d> kerb_line(double inset) {
  constexpr double w = road_half_width, radius = 4.0;
  std::vector<Vector2d> line;
  for (double y = street_reach; y > w + radius + 0.1; y -= 1.2) line.emplace_back(w + inset, y);
  for (int i = 0; i <= 12; ++i) {
    const double angle = std::numbers::pi * (1.0 + 0.5 * i / 12.0);
    line.push_back(Vector2d(w + radius, w + radius) +
                   (radius - inset) * Vector2d(std::cos(angle), std::sin(angle)));
  }
  for (double x = w + radius + 1.2; x <= street_reach; x += 1.2) line.emplace_back(x, w + inset);
  return line;
}

void add_strip(Mesh& mesh, const std::vector<Vector2d>& near, const std::vector<Vector2d>& far, double z_near,
               double z_far, Paint paint, std::uint64_t seed, double variation) {
  const auto lifted = [](const Vector2d& p, double z) { return Vector3d(p.x(), p.y(), z); };
  for (std::size_t i = 0; i + 1 < near.size(); ++i) {
    const double noise = noise_at(seed, near[i], 0.9) - 0.5;
    add_quad(mesh,
             {lifted(near[i], z_near), lifted(near[i + 1], z_near), lifted(far[i + 1], z_far),
              lifted(far[i], z_far)},
             {shaded(paint.colour, 1.0 + variation * noise), paint.surface});
  }
}

Mesh pavement(std::uint64_t seed) {
  constexpr Paint stone{{176, 174, 168}, Surface::concrete}, slab{{158, 150, 140}, Surface::concrete};
  Mesh mesh;
  add_strip(mesh, kerb_line(0.0), kerb_line(0.0), 0.0, kerb_height, stone, seed, 0.1);
  add_strip(mesh, kerb_line(0.0), kerb_line(0.18), kerb_height, kerb_height, stone, seed, 0.1);
  for (int row = 0; row < 3; ++row) {
    const double inset = 0.18 + 1.1 * row;
    add_strip(mesh, kerb_line(inset), kerb_line(inset + 1.1), kerb_height, kerb_height, slab,
              seed + static_cast<unsigned>(row), 0.13);
  }
  mesh.set_label(label_of(PointClass::sidewalk));
  const double edge = road_half_width + 0.18 + 3.3, front = 12.6;
  const std::size_t paved = mesh.triangles.size();
  add_tile(mesh, {{edge, edge}, {street_reach, front}, 1.5, kerb_height, slab, 0.16}, seed);
  add_tile(mesh, {{edge, front}, {front, street_reach}, 1.5, kerb_height, slab, 0.16}, seed);
  mesh.set_label(label_of(PointClass::sidewalk), paved);
  const std::size_t lot = mesh.triangles.size();
  add_tile(
      mesh,
      {{front, front}, {street_reach, street_reach}, 3.0, kerb_height, {{86, 112, 62}, Surface::grass}, 0.5},
      seed);
  mesh.set_label(label_of(PointClass::terrain), lot);
  return mesh;
}

// A marking on the arm that leads along +x, from x0 to x1 and y0 to y1, in pieces short enough to take the
// shadows of the street.
void add_marking(Mesh& mesh, double x0, double x1, double y0, double y1) {
  add_tile(mesh, {{x0, y0}, {x1, y1}, 0.8, paint_lift, {{204, 204, 198}, Surface::road_paint}, 0.12}, 77);
}

Mesh markings_of_one_arm() {
  Mesh mesh;
  for (double y = -5.25; y < 5.3; y += 1.05) add_marking(mesh, zebra_near, zebra_far, y - 0.26, y + 0.26);
  add_marking(mesh, stop_line, stop_line + 0.45, 0.2, 3.5);
  for (double x = markings_from; x < street_reach - 3.0; x += 6.0) add_marking(mesh, x, x + 3.0, -0.07, 0.07);
  for (double side : {-1.0, 1.0}) {
    add_marking(mesh, markings_from, street_reach, side * lane_edge - 0.05, side * lane_edge + 0.05);
    for (double x = markings_from; x < street_reach; x += 6.2)
      add_marking(mesh, x, x + 0.1, std::min(side * 3.65, side * 5.9), std::max(side * 3.65, side * 5.9));
  }
  mesh.set_label(label_of(PointClass::lane_marking));
  return mesh;
}

}  // namespace

Mesh ground_mesh(Random& random) {
  const std::uint64_t seed = random.next();
  Mesh mesh;
  add_asphalt(mesh, seed);
  for (int quadrant = 0; quadrant < 4; ++quadrant) {
    const Eigen::Isometry3d turn = placed(0, 0, 0, 0.5 * std::numbers::pi * quadrant);
    mesh.append(transformed(pavement(seed + 10 + static_cast<unsigned>(quadrant)), turn));
    mesh.append(transformed(markings_of_one_arm(), turn));
  }
  return mesh;
}

}  // namespace sweepmark::sample
