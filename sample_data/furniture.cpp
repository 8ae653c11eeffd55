#include <array>
#include <cmath>
#include <numbers>
#include <span>

#include "sample_data/scene.hpp"
#include "sample_data/street.hpp"

namespace sweepmark::sample {
namespace {

using Eigen::Vector3d;

constexpr Paint steel{{112, 116, 120}, Surface::steel};
constexpr Paint dark{{40, 42, 44}, Surface::plastic};

void label(Mesh& mesh, PointClass point_class, std::size_t first) {
  mesh.set_label(static_cast<std::uint32_t>(point_class), first);
}

// Pushes a round crown's vertices in and out and shades them, so that it reads as leaves.
void ruffle(Mesh& mesh, std::size_t first_vertex, const Vector3d& centre, Random& random) {
  for (std::size_t i = first_vertex; i < mesh.positions.size(); ++i) {
    const double factor = random.uniform(0.80, 1.14);
    mesh.positions[i] = centre + factor * (mesh.positions[i] - centre);
    mesh.colours[i] = shaded(mesh.colours[i], 0.35 + 0.6 * factor + 0.12 * mesh.normals[i].z());
  }
}

Mesh tree(Random& random) {
  Mesh mesh;
  const double height = random.uniform(5.2, 7.6), spread = random.uniform(1.3, 1.9),
               lean = random.uniform(-0.15, 0.15);
  const double fork = 0.45 * height, thickness = random.uniform(0.11, 0.19);
  add_cylinder(mesh, {0, 0, kerb_height}, {lean, 0, fork + 0.5}, thickness, 0.7 * thickness, 10,
               {{92, 74, 56}, Surface::bark});
  label(mesh, PointClass::trunk, 0);
  const std::size_t crown = mesh.triangles.size();
  const Colour green = shaded({84, 122, 52}, random.uniform(0.85, 1.2));
  for (int i = 0; i < 5; ++i) {
    const double angle = 2.0 * std::numbers::pi * (i + random.uniform(0.0, 0.6)) / 4.0,
                 out = i == 4 ? 0.0 : 0.55 * spread;
    const double rise = i == 4 ? std::min(height - 0.75 * spread, fork + 1.5 * spread)
                               : fork + random.uniform(0.5, 0.9) * spread;
    const Vector3d centre(lean + out * std::cos(angle), out * std::sin(angle), rise);
    const std::size_t first = mesh.positions.size();
    add_ellipsoid(mesh, centre, Vector3d(0.75, 0.75, 0.68) * spread, 6, 9, {green, Surface::foliage});
    ruffle(mesh, first, centre, random);
  }
  label(mesh, PointClass::vegetation, crown);
  return mesh;
}

Mesh lamp() {
  Mesh mesh;
  add_cylinder(mesh, {0, 0, kerb_height}, {0, 0, 7.2}, 0.09, 0.055, 10, steel);
  add_cylinder(mesh, {0, 0, 7.15}, {0, -1.5, 7.4}, 0.045, 0.04, 8, steel);
  add_box(mesh, {0, -1.75, 7.4}, {0.24, 0.6, 0.1}, steel);
  label(mesh, PointClass::pole, 0);
  return mesh;
}

// Faces +x.
Mesh traffic_light(bool green) {
  Mesh mesh;
  add_cylinder(mesh, {0, 0, kerb_height}, {0, 0, 3.3}, 0.07, 0.07, 10, steel);
  label(mesh, PointClass::pole, 0);
  const std::size_t head = mesh.triangles.size();
  add_box(mesh, {0.10, 0, 2.95}, {0.22, 0.34, 0.98}, dark);
  for (int i = 0; i < 3; ++i) {
    static constexpr std::array<Colour, 3> lit = {{{255, 40, 30}, {255, 180, 40}, {50, 240, 130}}};
    const bool on = i == (green ? 2 : 0);
    add_disc(mesh, {0.215, 0, 3.25 - 0.3 * i}, Vector3d::UnitX(), 0.11, 16,
             {on ? lit[static_cast<std::size_t>(i)] : shaded(lit[static_cast<std::size_t>(i)], 0.22),
              Surface::lamp});
  }
  label(mesh, PointClass::traffic_sign, head);
  return mesh;
}

enum class SignKind { speed_limit, yield, parking, crossing };

void add_round_face(Mesh& mesh, double height, Colour rim, Colour face) {
  add_cylinder(mesh, {0.03, 0, height}, {0.05, 0, height}, 0.32, 0.32, 24, {rim, Surface::sign_face});
  add_disc(mesh, {0.056, 0, height}, Vector3d::UnitX(), 0.24, 24, {face, Surface::sign_face});
}

void add_square_face(Mesh& mesh, double height, Colour colour, Colour symbol) {
  add_box(mesh, {0.04, 0, height}, {0.02, 0.6, 0.6}, {colour, Surface::sign_face});
  add_box(mesh, {0.055, 0.08, height}, {0.01, 0.08, 0.40}, {symbol, Surface::sign_face});
  add_box(mesh, {0.055, -0.02, height + 0.1}, {0.01, 0.20, 0.20}, {symbol, Surface::sign_face});
}

void add_yield_face(Mesh& mesh, double height) {
  const auto triangle = [&](double size, double x, Colour colour) {
    add_quad(mesh,
             {Vector3d(x, -size, height + 0.55 * size),
              {x, size, height + 0.55 * size},
              {x, 0.01, height - 1.1 * size},
              {x, -0.01, height - 1.1 * size}},
             {colour, Surface::sign_face});
    for (std::size_t i = mesh.normals.size() - 4; i < mesh.normals.size(); ++i)
      mesh.normals[i] = Vector3d::UnitX();
  };
  triangle(0.40, 0.05, {200, 30, 35});
  triangle(0.24, 0.056, {240, 240, 236});
}

// Faces +x.
Mesh sign(SignKind kind) {
  Mesh mesh;
  add_cylinder(mesh, {0, 0, kerb_height}, {0, 0, 2.75}, 0.03, 0.03, 8, steel);
  label(mesh, PointClass::pole, 0);
  const std::size_t face = mesh.triangles.size();
  switch (kind) {
    case SignKind::speed_limit:
      add_round_face(mesh, 2.45, {200, 30, 35}, {240, 240, 236});
      break;
    case SignKind::yield:
      add_yield_face(mesh, 2.5);
      break;
    case SignKind::parking:
      add_square_face(mesh, 2.4, {30, 80, 170}, {240, 240, 240});
      break;
    case SignKind::crossing:
      add_square_face(mesh, 2.4, {30, 80, 170}, {20, 20, 20});
      break;
  }
  label(mesh, PointClass::traffic_sign, face);
  return mesh;
}

Mesh bin() {
  Mesh mesh;
  add_cylinder(mesh, {0, 0, kerb_height}, {0, 0, 1.05}, 0.24, 0.28, 12, {{54, 78, 60}, Surface::plastic});
  label(mesh, PointClass::other_object, 0);
  return mesh;
}

Mesh bench() {
  Mesh mesh;
  const Paint wood{{128, 90, 56}, Surface::bark};
  add_box(mesh, {0, 0, 0.58}, {1.7, 0.45, 0.06}, wood);
  add_box(mesh, {0, 0.22, 0.88}, {1.7, 0.06, 0.34}, wood);
  for (double x : {-0.7, 0.7}) add_box(mesh, {x, 0, 0.36}, {0.08, 0.4, 0.42}, dark);
  label(mesh, PointClass::other_object, 0);
  return mesh;
}

// What stands on the quadrant x, y > 0, on the pavements of both its streets.
Mesh quadrant_furniture(bool green, Random& random) {
  const double kerbside = road_half_width + 0.55;
  Mesh mesh;
  mesh.append(transformed(traffic_light(green), placed(15.2, kerbside, 0)));
  mesh.append(transformed(sign(SignKind::crossing), placed(17.8, kerbside, 0)));
  mesh.append(transformed(sign(random.chance(0.5) ? SignKind::speed_limit : SignKind::yield),
                          placed(random.uniform(21, 26), kerbside, 0)));
  mesh.append(transformed(sign(SignKind::parking),
                          placed(kerbside, random.uniform(24, 30), 0, -0.5 * std::numbers::pi)));
  for (double along = 30.0; along < street_reach; along += 28.0) {
    mesh.append(transformed(lamp(), placed(along, kerbside, 0)));
    mesh.append(transformed(lamp(), placed(kerbside, along + 12.0, 0, -0.5 * std::numbers::pi)));
    mesh.append(transformed(bin(), placed(along + 3.0, kerbside + 0.1, 0)));
    mesh.append(transformed(bench(), placed(along + 9.0, 11.6, 0)));
    if (random.chance(0.5))
      mesh.append(transformed(sign(SignKind::speed_limit), placed(along + 15.0, kerbside, 0)));
  }
  return mesh;
}

}  // namespace

Mesh trees_mesh(Random& random) {
  Mesh mesh;
  for (int quadrant = 0; quadrant < 4; ++quadrant) {
    const Eigen::Isometry3d turn = placed(0, 0, 0, 0.5 * std::numbers::pi * quadrant);
    for (double along = 20.0; along < 112.0; along += 14.0) {
      for (bool first_street : {true, false}) {
        if (!random.chance(0.78)) continue;
        const double at = along + random.uniform(-2.0, 2.0) + (first_street ? 0.0 : 5.0),
                     lateral = road_half_width + 0.95;
        const double x = first_street ? at : lateral, y = first_street ? lateral : at;
        mesh.append(transformed(tree(random), turn * placed(x, y, 0, random.uniform(0, 6.28))));
      }
    }
  }
  return mesh;
}

Mesh furniture_mesh(Random& random) {
  Mesh mesh;
  for (int quadrant = 0; quadrant < 4; ++quadrant) {
    const Mesh part = quadrant_furniture(quadrant % 2 == 0, random);
    mesh.append(transformed(part, placed(0, 0, 0, 0.5 * std::numbers::pi * quadrant)));
  }
  return mesh;
}

}  // namespace sweepmark::sample
