#include <array>
#include <cmath>
#include <numbers>
#include <span>

#include "sample_data/figures.hpp"

namespace sweepmark::sample {
namespace {

using Eigen::Vector3d;

double phase_angle(int phase) {
  return 2.0 * std::numbers::pi * phase / gait_phases;
}

// The end of a limb of `length` that hangs from `joint` and is swung forward by `angle`.
Vector3d swung(const Vector3d& joint, double length, double angle) {
  return joint + length * Vector3d(std::sin(angle), 0.0, -std::cos(angle));
}

void add_head(Mesh& mesh, const Vector3d& neck, double scale, const PersonLook& look) {
  const Vector3d middle = neck + scale * Vector3d(0.02, 0, 0.14);
  add_capsule(mesh, neck, neck + Vector3d(0, 0, 0.05 * scale), 0.05 * scale, {look.skin, Surface::skin});
  add_ellipsoid(mesh, middle, scale * Vector3d(0.10, 0.08, 0.125), 8, 12, {look.skin, Surface::skin});
  add_ellipsoid(mesh, middle + scale * Vector3d(-0.018, 0, 0.028), scale * Vector3d(0.103, 0.086, 0.115), 8,
                12, {look.hair, Surface::cloth});
}

void add_leg(Mesh& mesh, const Vector3d& hip, double thigh_angle, double knee_bend, double scale,
             const PersonLook& look) {
  const Paint trousers{look.trousers, Surface::cloth}, shoe{{35, 30, 28}, Surface::rubber};
  const Vector3d knee = swung(hip, 0.40 * scale, thigh_angle),
                 ankle = swung(knee, 0.40 * scale, thigh_angle - knee_bend);
  add_capsule(mesh, hip, knee, 0.075 * scale, trousers);
  add_capsule(mesh, knee, ankle, 0.055 * scale, trousers);
  add_ellipsoid(mesh, ankle + scale * Vector3d(0.07, 0, -0.03), scale * Vector3d(0.13, 0.045, 0.045), 6, 10,
                shoe);
}

void add_arm(Mesh& mesh, const Vector3d& shoulder, double angle, double elbow, double scale,
             const PersonLook& look) {
  const Vector3d joint = swung(shoulder, 0.28 * scale, angle),
                 hand = swung(joint, 0.25 * scale, angle + elbow);
  add_capsule(mesh, shoulder, joint, 0.048 * scale, {look.top, Surface::cloth});
  add_capsule(mesh, joint, hand, 0.038 * scale, {look.top, Surface::cloth});
  add_ellipsoid(mesh, hand, Vector3d::Constant(0.048 * scale), 5, 8, {look.skin, Surface::skin});
}

Mesh walking(const PersonLook& look, int phase) {
  const double scale = look.height / 1.75, swing = std::sin(phase_angle(phase));
  const double hip_height = 0.93 * scale - 0.025 * std::abs(swing);
  Mesh mesh;
  for (double side : {-1.0, 1.0}) {
    const double angle = side * 0.42 * swing;
    const double bend = 0.10 + 0.45 * std::max(0.0, side * std::cos(phase_angle(phase)));
    add_leg(mesh, {0, side * 0.09 * scale, hip_height}, angle, bend, scale, look);
    add_arm(mesh, {0, side * 0.215 * scale, hip_height + 0.50 * scale}, -side * 0.38 * swing, 0.25, scale,
            look);
  }
  const Vector3d chest(0.0, 0, hip_height + 0.36 * scale);
  add_ellipsoid(mesh, {0, 0, hip_height + 0.03}, scale * Vector3d(0.115, 0.16, 0.13), 7, 12,
                {look.trousers, Surface::cloth});
  add_ellipsoid(mesh, {0, 0, hip_height + 0.20 * scale}, scale * Vector3d(0.12, 0.165, 0.24), 8, 12,
                {look.top, Surface::cloth});
  add_ellipsoid(mesh, chest, scale * Vector3d(0.125, 0.20, 0.20), 8, 12, {look.top, Surface::cloth});
  add_head(mesh, {0.01, 0, hip_height + 0.55 * scale}, scale, look);
  return transformed(mesh, placed(0, 0, -mesh.bounds().min().z()));
}

void add_bicycle(Mesh& mesh, Colour colour, double pedal) {
  const Paint frame{colour, Surface::car_paint}, tyre{{22, 22, 24}, Surface::rubber},
      metal{{150, 152, 156}, Surface::steel};
  const Vector3d rear(-0.52, 0, 0.345), front(0.53, 0, 0.345), crank(-0.08, 0, 0.30), seat(-0.24, 0, 0.88),
      head(0.36, 0, 0.85);
  for (const Vector3d& hub : {rear, front}) {
    add_torus(mesh, hub, 0.322, 0.023, 22, tyre);
    add_cylinder(mesh, hub - Vector3d(0, 0.05, 0), hub + Vector3d(0, 0.05, 0), 0.03, 0.03, 8, metal);
    for (int i = 0; i < 6; ++i) {
      const double angle = std::numbers::pi * i / 6;
      const Vector3d spoke = 0.31 * Vector3d(std::cos(angle), 0, std::sin(angle));
      add_cylinder(mesh, hub - spoke, hub + spoke, 0.005, 0.005, 4, metal);
    }
  }
  const std::array<std::array<Vector3d, 2>, 7> tubes = {{{crank, seat},
                                                         {crank, head},
                                                         {seat - Vector3d(0, 0, 0.08), head},
                                                         {rear, crank},
                                                         {rear, seat - Vector3d(0, 0, 0.08)},
                                                         {head, front},
                                                         {head, Vector3d(0.32, 0, 1.02)}}};
  for (const auto& tube : tubes) add_cylinder(mesh, tube[0], tube[1], 0.02, 0.02, 8, frame);
  add_cylinder(mesh, {0.34, -0.27, 1.03}, {0.34, 0.27, 1.03}, 0.016, 0.016, 8, metal);
  add_box(mesh, seat + Vector3d(0, 0, 0.02), {0.26, 0.14, 0.05}, {{25, 25, 25}, Surface::plastic});
  for (double side : {-1.0, 1.0}) {
    const Vector3d foot =
        crank + Vector3d(side * 0.17 * std::cos(pedal), side * 0.12, side * 0.17 * std::sin(pedal));
    add_box(mesh, foot, {0.10, 0.09, 0.025}, metal);
    add_cylinder(mesh, crank + Vector3d(0, side * 0.08, 0), foot, 0.014, 0.014, 6, metal);
  }
}

// The knee of a leg of two equal bones: in front of the line from hip to foot.
Vector3d knee_between(const Vector3d& hip, const Vector3d& foot, double bone) {
  const Vector3d line = foot - hip;
  const double height = std::sqrt(std::max(0.0, bone * bone - 0.25 * line.squaredNorm()));
  const Vector3d forward = Vector3d::UnitY().cross(line).normalized();
  return hip + 0.5 * line - height * forward * (forward.x() > 0 ? -1.0 : 1.0);
}

Mesh riding(const PersonLook& look, Colour bicycle, int phase) {
  const double pedal = -phase_angle(phase), scale = look.height / 1.75;
  Mesh mesh;
  add_bicycle(mesh, bicycle, pedal);
  const Vector3d hips(-0.22, 0, 0.98), shoulders = hips + scale * Vector3d(0.30, 0, 0.44);
  for (double side : {-1.0, 1.0}) {
    const Vector3d hip = hips + Vector3d(0.02, side * 0.09, 0);
    const Vector3d foot(-0.08 + side * 0.17 * std::cos(pedal), side * 0.12,
                        0.37 + side * 0.17 * std::sin(pedal));
    const Vector3d knee = knee_between(hip, foot, 0.43);
    add_capsule(mesh, hip, knee, 0.075, {look.trousers, Surface::cloth});
    add_capsule(mesh, knee, foot, 0.052, {look.trousers, Surface::cloth});
    add_ellipsoid(mesh, foot + Vector3d(0.05, 0, -0.02), {0.13, 0.045, 0.045}, 6, 10,
                  {{35, 30, 28}, Surface::rubber});
    const Vector3d shoulder = shoulders + Vector3d(0, side * 0.19, 0), hand(0.35, side * 0.24, 1.05);
    const Vector3d elbow = 0.5 * (shoulder + hand) + Vector3d(-0.03, side * 0.05, -0.06);
    add_capsule(mesh, shoulder, elbow, 0.047, {look.top, Surface::cloth});
    add_capsule(mesh, elbow, hand, 0.038, {look.top, Surface::cloth});
  }
  for (double share : {0.12, 0.45, 0.80}) {
    const Vector3d middle = hips + share * (shoulders - hips);
    add_ellipsoid(mesh, middle, {0.15, 0.15 + 0.05 * share, 0.17}, 8, 12, {look.top, Surface::cloth});
  }
  add_head(mesh, shoulders + Vector3d(0.06, 0, 0.06), scale, look);
  add_ellipsoid(mesh, shoulders + Vector3d(0.075, 0, 0.06) + scale * Vector3d(0, 0, 0.20),
                scale * Vector3d(0.135, 0.105, 0.085), 8, 12, {{225, 225, 230}, Surface::plastic});
  return mesh;
}

// Sets the middle of all phases' common bounds over the origin, so that one box holds the whole movement.
void centre(std::vector<Mesh>& phases) {
  Eigen::AlignedBox3d bounds;
  for (const Mesh& mesh : phases) bounds.extend(mesh.bounds());
  for (Mesh& mesh : phases)
    mesh = transformed(std::move(mesh), placed(-bounds.center().x(), -bounds.center().y(), 0));
}

}  // namespace

PersonLook random_person(Random& random) {
  static constexpr std::array<Colour, 7> tops = {{{176, 44, 40},
                                                  {36, 76, 150},
                                                  {214, 180, 60},
                                                  {60, 120, 80},
                                                  {220, 220, 222},
                                                  {30, 30, 34},
                                                  {140, 80, 150}}};
  static constexpr std::array<Colour, 4> trousers = {
      {{40, 46, 70}, {28, 28, 30}, {120, 108, 90}, {70, 74, 80}}};
  static constexpr std::array<Colour, 4> hair = {
      {{40, 28, 20}, {22, 20, 20}, {120, 88, 48}, {150, 148, 146}}};
  static constexpr std::array<Colour, 4> skin = {
      {{222, 180, 150}, {196, 146, 112}, {142, 98, 70}, {96, 64, 46}}};
  PersonLook look;
  look.height = random.uniform(1.58, 1.88);
  look.top = random.pick(std::span<const Colour>(tops));
  look.trousers = random.pick(std::span<const Colour>(trousers));
  look.hair = random.pick(std::span<const Colour>(hair));
  look.skin = random.pick(std::span<const Colour>(skin));
  return look;
}

std::vector<Mesh> pedestrian_meshes(const PersonLook& look) {
  std::vector<Mesh> phases;
  for (int phase = 0; phase < gait_phases; ++phase) phases.push_back(walking(look, phase));
  centre(phases);
  return phases;
}

std::vector<Mesh> cyclist_meshes(const PersonLook& look, Colour bicycle) {
  std::vector<Mesh> phases;
  for (int phase = 0; phase < gait_phases; ++phase) phases.push_back(riding(look, bicycle, phase));
  centre(phases);
  return phases;
}

}  // namespace sweepmark::sample
