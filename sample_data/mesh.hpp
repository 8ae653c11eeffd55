// Triangle meshes as plain data, and the simple bodies everything in the sample scene is built from.
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sample_data/surface.hpp"

namespace sweepmark::sample {

struct Triangle {
  std::array<std::uint32_t, 3> vertices{};  // counter-clockwise seen from outside
  Surface surface = Surface::concrete;
  std::uint32_t label = 0;  // SemanticKITTI's packing: class in the low 16 bits, instance in the high ones
};

// Metres. Vertices carry their own normal and colour, so flat faces do not share them and round ones do.
struct Mesh {
  std::vector<Eigen::Vector3d> positions;
  std::vector<Eigen::Vector3d> normals;  // unit, outwards
  std::vector<Colour> colours;
  std::vector<Triangle> triangles;

  void append(const Mesh& other);
  // Every triangle from the `first` on gets this label.
  void set_label(std::uint32_t label, std::size_t first = 0);
  Eigen::AlignedBox3d bounds() const;
};

Mesh transformed(Mesh mesh, const Eigen::Isometry3d& motion);
Eigen::Isometry3d placed(double x, double y, double z, double yaw = 0.0);
Colour shaded(Colour colour, double factor);

using Quad = std::array<Eigen::Vector3d, 4>;  // corners counter-clockwise seen from outside

void add_quad(Mesh& mesh, const Quad& quad, Paint paint);
// The part u0…u1 (along corner 0 to 1) × v0…v1 (along corner 0 to 3) of a quad, lifted off it by `lift`
// metres.
void add_panel(Mesh& mesh, const Quad& quad, Eigen::Array2d u, Eigen::Array2d v, double lift, Paint paint);
void add_box(Mesh& mesh, const Eigen::Vector3d& centre, const Eigen::Vector3d& size, Paint paint);
// Corner i has low or high x, y, z as bit 0, 1, 2 of i says.
using Hexahedron = std::array<Eigen::Vector3d, 8>;
enum class Side { rear, front, right, left, bottom, top };  // −x +x −y +y −z +z
Quad side_of(const Hexahedron& corners, Side side);
void add_hexahedron(Mesh& mesh, const Hexahedron& corners, Paint paint);
// A convex outline in the xz plane, counter-clockwise seen from −y (x right, z up), drawn out from y =
// −width/2 to +width/2.
void add_prism(Mesh& mesh, std::span<const Eigen::Vector2d> outline, double width, Paint paint);
void add_cylinder(Mesh& mesh, const Eigen::Vector3d& from, const Eigen::Vector3d& to, double radius_from,
                  double radius_to, int segments, Paint paint);
void add_disc(Mesh& mesh, const Eigen::Vector3d& centre, const Eigen::Vector3d& normal, double radius,
              int segments, Paint paint);
void add_ellipsoid(Mesh& mesh, const Eigen::Vector3d& centre, const Eigen::Vector3d& radii, int rings,
                   int segments, Paint paint);
// A limb: a cylinder with round ends.
void add_capsule(Mesh& mesh, const Eigen::Vector3d& from, const Eigen::Vector3d& to, double radius,
                 Paint paint);
// A ring in the xz plane.
void add_torus(Mesh& mesh, const Eigen::Vector3d& centre, double radius, double thickness, int segments,
               Paint paint);

}  // namespace sweepmark::sample
