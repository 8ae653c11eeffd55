#include "sample_data/mesh.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sweepmark::sample {
namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;
using Eigen::Vector3d;

std::uint32_t add_vertex(Mesh& mesh, const Vector3d& position, const Vector3d& normal, Colour colour) {
  mesh.positions.push_back(position);
  mesh.normals.push_back(normal);
  mesh.colours.push_back(colour);
  return static_cast<std::uint32_t>(mesh.positions.size() - 1);
}

// Two unit vectors that span the plane across `axis` and turn counter-clockwise about it.
std::pair<Vector3d, Vector3d> across(const Vector3d& axis) {
  const Vector3d helper = std::abs(axis.z()) < 0.9 ? Vector3d::UnitZ() : Vector3d::UnitX();
  const Vector3d u = helper.cross(axis).normalized();
  return {u, axis.cross(u)};
}

void add_triangle(Mesh& mesh, std::uint32_t a, std::uint32_t b, std::uint32_t c, Surface surface) {
  mesh.triangles.push_back({{a, b, c}, surface, 0});
}

// Joins a grid of rows × columns vertices that starts at `first`; the columns close into a ring.
void stitch_ring(Mesh& mesh, std::uint32_t first, int rows, int columns, Surface surface) {
  for (int row = 0; row + 1 < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const auto at = [&](int r, int c) {
        return first + static_cast<std::uint32_t>(r * columns + c % columns);
      };
      add_triangle(mesh, at(row, column), at(row, column + 1), at(row + 1, column + 1), surface);
      add_triangle(mesh, at(row, column), at(row + 1, column + 1), at(row + 1, column), surface);
    }
  }
}

}  // namespace

void Mesh::append(const Mesh& other) {
  const auto offset = static_cast<std::uint32_t>(positions.size());
  positions.insert(positions.end(), other.positions.begin(), other.positions.end());
  normals.insert(normals.end(), other.normals.begin(), other.normals.end());
  colours.insert(colours.end(), other.colours.begin(), other.colours.end());
  for (Triangle triangle : other.triangles) {
    for (std::uint32_t& vertex : triangle.vertices) vertex += offset;
    triangles.push_back(triangle);
  }
}

void Mesh::set_label(std::uint32_t label, std::size_t first) {
  for (std::size_t i = first; i < triangles.size(); ++i) triangles[i].label = label;
}

Eigen::AlignedBox3d Mesh::bounds() const {
  Eigen::AlignedBox3d box;
  for (const Vector3d& position : positions) box.extend(position);
  return box;
}

Mesh transformed(Mesh mesh, const Eigen::Isometry3d& motion) {
  for (Vector3d& position : mesh.positions) position = motion * position;
  for (Vector3d& normal : mesh.normals) normal = motion.linear() * normal;
  return mesh;
}

Eigen::Isometry3d placed(double x, double y, double z, double yaw) {
  return Eigen::Translation3d(x, y, z) * Eigen::AngleAxisd(yaw, Vector3d::UnitZ());
}

Colour shaded(Colour colour, double factor) {
  for (std::uint8_t& value : colour)
    value = static_cast<std::uint8_t>(std::clamp(std::lround(value * factor), 0l, 255l));
  return colour;
}

void add_quad(Mesh& mesh, const Quad& quad, Paint paint) {
  const Vector3d normal = (quad[2] - quad[0]).cross(quad[3] - quad[1]).normalized();
  std::array<std::uint32_t, 4> v{};
  for (std::size_t i = 0; i < 4; ++i) v[i] = add_vertex(mesh, quad[i], normal, paint.colour);
  add_triangle(mesh, v[0], v[1], v[2], paint.surface);
  add_triangle(mesh, v[0], v[2], v[3], paint.surface);
}

void add_panel(Mesh& mesh, const Quad& quad, Eigen::Array2d u, Eigen::Array2d v, double lift, Paint paint) {
  const Vector3d normal = (quad[2] - quad[0]).cross(quad[3] - quad[1]).normalized();
  const auto at = [&](double s, double t) -> Vector3d {
    const Vector3d low = quad[0] + s * (quad[1] - quad[0]), high = quad[3] + s * (quad[2] - quad[3]);
    return low + t * (high - low) + lift * normal;
  };
  add_quad(mesh, {at(u[0], v[0]), at(u[1], v[0]), at(u[1], v[1]), at(u[0], v[1])}, paint);
}

Quad side_of(const Hexahedron& corners, Side side) {
  static constexpr std::array<std::array<std::size_t, 4>, 6> sides = {
      {{2, 0, 4, 6}, {1, 3, 7, 5}, {0, 1, 5, 4}, {3, 2, 6, 7}, {2, 3, 1, 0}, {4, 5, 7, 6}}};
  const auto& s = sides[static_cast<std::size_t>(side)];
  return {corners[s[0]], corners[s[1]], corners[s[2]], corners[s[3]]};
}

void add_hexahedron(Mesh& mesh, const Hexahedron& corners, Paint paint) {
  for (Side side : {Side::rear, Side::front, Side::right, Side::left, Side::bottom, Side::top})
    add_quad(mesh, side_of(corners, side), paint);
}

void add_box(Mesh& mesh, const Vector3d& centre, const Vector3d& size, Paint paint) {
  Hexahedron corners;
  for (unsigned i = 0; i < 8; ++i) {
    const Vector3d sign((i & 1u) ? 0.5 : -0.5, (i & 2u) ? 0.5 : -0.5, (i & 4u) ? 0.5 : -0.5);
    corners[i] = centre + sign.cwiseProduct(size);
  }
  add_hexahedron(mesh, corners, paint);
}

void add_prism(Mesh& mesh, std::span<const Eigen::Vector2d> outline, double width, Paint paint) {
  const std::size_t count = outline.size();
  const auto at = [&](std::size_t i, double y) {
    return Vector3d(outline[i % count].x(), y, outline[i % count].y());
  };
  const double y = 0.5 * width;
  for (std::size_t i = 0; i < count; ++i)
    add_quad(mesh, {at(i, -y), at(i, y), at(i + 1, y), at(i + 1, -y)}, paint);
  for (double sign : {-1.0, 1.0}) {
    const auto first = static_cast<std::uint32_t>(mesh.positions.size());
    for (std::size_t i = 0; i < count; ++i)
      add_vertex(mesh, at(i, sign * y), sign * Vector3d::UnitY(), paint.colour);
    for (std::uint32_t i = 1; i + 1 < count; ++i) {
      if (sign < 0)
        add_triangle(mesh, first, first + i, first + i + 1, paint.surface);
      else
        add_triangle(mesh, first, first + i + 1, first + i, paint.surface);
    }
  }
}

void add_disc(Mesh& mesh, const Vector3d& centre, const Vector3d& normal, double radius, int segments,
              Paint paint) {
  const auto [u, v] = across(normal);
  const std::uint32_t middle = add_vertex(mesh, centre, normal, paint.colour);
  for (int i = 0; i < segments; ++i) {
    const double angle = two_pi * i / segments;
    add_vertex(mesh, centre + radius * (std::cos(angle) * u + std::sin(angle) * v), normal, paint.colour);
  }
  for (int i = 0; i < segments; ++i) {
    add_triangle(mesh, middle, middle + 1 + static_cast<std::uint32_t>(i),
                 middle + 1 + static_cast<std::uint32_t>((i + 1) % segments), paint.surface);
  }
}

void add_cylinder(Mesh& mesh, const Vector3d& from, const Vector3d& to, double radius_from, double radius_to,
                  int segments, Paint paint) {
  const Vector3d axis = (to - from).normalized();
  const auto [u, v] = across(axis);
  const auto first = static_cast<std::uint32_t>(mesh.positions.size());
  for (int row = 0; row < 2; ++row) {
    for (int i = 0; i < segments; ++i) {
      const double angle = two_pi * i / segments;
      const Vector3d outwards = std::cos(angle) * u + std::sin(angle) * v;
      add_vertex(mesh, (row == 0 ? from : to) + (row == 0 ? radius_from : radius_to) * outwards, outwards,
                 paint.colour);
    }
  }
  stitch_ring(mesh, first, 2, segments, paint.surface);
  add_disc(mesh, from, -axis, radius_from, segments, paint);
  add_disc(mesh, to, axis, radius_to, segments, paint);
}

void add_ellipsoid(Mesh& mesh, const Vector3d& centre, const Vector3d& radii, int rings, int segments,
                   Paint paint) {
  const auto first = static_cast<std::uint32_t>(mesh.positions.size());
  for (int row = 0; row <= rings; ++row) {
    const double latitude = std::numbers::pi * (static_cast<double>(row) / rings - 0.5);
    for (int i = 0; i < segments; ++i) {
      const double longitude = two_pi * i / segments;
      const Vector3d unit(std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude),
                          std::sin(latitude));
      add_vertex(mesh, centre + radii.cwiseProduct(unit), unit.cwiseQuotient(radii).normalized(),
                 paint.colour);
    }
  }
  stitch_ring(mesh, first, rings + 1, segments, paint.surface);
}

void add_capsule(Mesh& mesh, const Vector3d& from, const Vector3d& to, double radius, Paint paint) {
  add_cylinder(mesh, from, to, radius, radius, 8, paint);
  add_ellipsoid(mesh, from, Vector3d::Constant(radius), 4, 8, paint);
  add_ellipsoid(mesh, to, Vector3d::Constant(radius), 4, 8, paint);
}

void add_torus(Mesh& mesh, const Vector3d& centre, double radius, double thickness, int segments,
               Paint paint) {
  constexpr int around = 6;
  const auto first = static_cast<std::uint32_t>(mesh.positions.size());
  for (int row = 0; row <= segments; ++row) {
    const double angle = two_pi * row / segments;
    const Vector3d outwards(std::cos(angle), 0.0, std::sin(angle));
    for (int i = 0; i < around; ++i) {
      const double turn = two_pi * i / around;
      const Vector3d normal = std::cos(turn) * outwards + std::sin(turn) * Vector3d::UnitY();
      add_vertex(mesh, centre + radius * outwards + thickness * normal, normal, paint.colour);
    }
  }
  stitch_ring(mesh, first, segments + 1, around, paint.surface);
}

}  // namespace sweepmark::sample
