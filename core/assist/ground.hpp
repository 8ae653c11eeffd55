// The ground about a place: a plane, and what departs from it (curbs, cambers).
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

namespace sweepmark {

// Heights are z of the points' frame, whose z axis points up within some 20°.
class LocalGround {
 public:
  // Horizontal at `height` everywhere.
  explicit LocalGround(double height) : level_(height) {}

  double height_at(const Eigen::Vector2d& place) const;
  // The plane alone: where the ground would be without what stands out of it or sinks below it.
  double plane_at(const Eigen::Vector2d& place) const { return level_ + slope_.dot(place - centre_); }
  Eigen::Vector2d slope() const { return slope_; }  // rise per metre along x and y
  Eigen::Vector3d normal() const { return Eigen::Vector3d(-slope_.x(), -slope_.y(), 1.0).normalized(); }

  friend std::optional<LocalGround> local_ground(std::span<const Eigen::Vector3d>, const Eigen::Vector2d&,
                                                 double);

 private:
  long cell_of(const Eigen::Vector2d& place) const;  // −1 outside

  Eigen::Vector2d centre_ = Eigen::Vector2d::Zero(), slope_ = Eigen::Vector2d::Zero();
  double level_ = 0.0;
  int cells_ = 0;               // a side; row-major from the corner of least x and y
  std::vector<float> offsets_;  // of the ground from the plane, a cell
};

// From the points within `radius` metres of `centre`, seen from above. The lowest point of each half-metre
// cell is a candidate; a plane is fitted to the lowest of them by iteratively reweighted least squares (from
// three starting heights, the one that most candidates lie on and fewest lie below wins; a slope has to be
// paid for, so that a single scan line does not tilt it). Candidates near the plane then bend it: a curb's
// two levels are both ground. Under objects, where no ground was seen, the lowest of the neighbouring cells
// counts. Reflections from below the ground are left out. Empty where fewer than eight points lie there.
std::optional<LocalGround> local_ground(std::span<const Eigen::Vector3d> points,
                                        const Eigen::Vector2d& centre, double radius);

}  // namespace sweepmark
