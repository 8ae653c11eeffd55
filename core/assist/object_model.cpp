#include "core/assist/object_model.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

namespace sweepmark {

namespace {

constexpr double finest_cell = 0.1;     // metres
constexpr double reach = 0.5;           // of the nearest point, metres
constexpr double belongs_within = 0.1;  // outside the box, metres
constexpr double most_cells = 400'000;
constexpr double rim = 0.1;      // metres below the top
constexpr int normal_reach = 2;  // cells to each side
constexpr double face_spread =
    0.15;  // metres along the nearest face that a normal is taken to stand on anyway

Eigen::Vector3d sound_size(const Eigen::Vector3d& size) {
  Eigen::Vector3d sound;
  for (int axis = 0; axis < 3; ++axis)
    sound[axis] = std::isfinite(size[axis]) ? std::clamp(size[axis], 0.2, 40.0) : 1.0;
  return sound;
}

}  // namespace

FaceDistance nearest_face(const Eigen::Vector3d& size, const Eigen::Vector3d& place,
                          const Eigen::Vector3d& sensor) {
  const bool from_inside = (sensor.cwiseAbs().array() <= 0.5 * size.array()).all();
  FaceDistance nearest;
  double least = std::numeric_limits<double>::infinity();
  for (int axis = 0; axis < 3; ++axis)
    for (const double sign : {-1.0, 1.0}) {
      if (!from_inside && sign * sensor[axis] <= 0.5 * size[axis]) continue;
      const double outside = sign * place[axis] - 0.5 * size[axis];
      // A top is seen from far off, at a flat angle: what lies well below it was met on the sides.
      if (axis == 2 && outside < -rim && !from_inside) continue;
      if (std::abs(outside) >= least) continue;
      least = std::abs(outside);
      nearest = {sign * Eigen::Vector3d::Unit(axis), outside};
    }
  return nearest;
}

ObjectModel::ObjectModel(const Eigen::Vector3d& size) : size_(sound_size(size)) {
  const Eigen::Vector3d room = size_ + Eigen::Vector3d::Constant(2 * (reach + belongs_within));
  cell_ = std::max(finest_cell, std::cbrt(room.prod() / most_cells));
  cells_ = (room / cell_).array().ceil().cast<int>();
  corner_ = -0.5 * cell_ * cells_.cast<double>();
  const auto count = static_cast<std::size_t>(cells_.x()) * static_cast<std::size_t>(cells_.y()) *
                     static_cast<std::size_t>(cells_.z());
  own_.assign(count, -1);
  nearest_.assign(count, -1);
}

Eigen::Vector3i ObjectModel::cell_of(const Eigen::Vector3d& place) const {
  return ((place - corner_) / cell_).array().floor().cast<int>();
}

bool ObjectModel::on_grid(const Eigen::Vector3i& cell) const {
  return (cell.array() >= 0).all() && (cell.array() < cells_.array()).all();
}

std::size_t ObjectModel::index_of(const Eigen::Vector3i& cell) const {
  return (static_cast<std::size_t>(cell.z()) * static_cast<std::size_t>(cells_.y()) +
          static_cast<std::size_t>(cell.y())) *
             static_cast<std::size_t>(cells_.x()) +
         static_cast<std::size_t>(cell.x());
}

std::optional<double> ObjectModel::bottom_above_ground() const {
  if (clearances_ == 0) return std::nullopt;
  return clearance_sum_ / clearances_;
}

ObjectModel::Nearest ObjectModel::nearest(const Eigen::Vector3d& place) const {
  if (((place - corner_).array() < 0).any() || ((place + corner_).array() >= 0).any()) return {};
  const std::int32_t found = nearest_[index_of(cell_of(place))];
  if (found < 0) return {};
  const ModelPoint& point = points_[static_cast<std::size_t>(found)];
  return {&point, (point.position - place).norm()};
}

void ObjectModel::add(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                      const Box3<Ego>& box) {
  add(crop_about(cloud, ego_from_cloud, {box.pose, size_}, Eigen::Vector3d(1, 1, 0.5)));
}

void ObjectModel::add(const ObjectCrop& crop) {
  const std::optional<GroundHeight> ground = ground_in(crop, size_);
  if (ground) {
    clearance_sum_ += -0.5 * size_.z() - ground->z;
    ++clearances_;
  }
  std::vector<std::int32_t> touched;
  const Eigen::Vector3d half = 0.5 * size_ + Eigen::Vector3d::Constant(belongs_within);
  for (const Eigen::Vector3d& p : above_ground(crop, size_, ground).points)
    if ((p.cwiseAbs().array() <= half.array()).all()) take_in(p, touched);
  std::ranges::sort(touched);
  const auto repeated = std::ranges::unique(touched);
  touched.erase(repeated.begin(), repeated.end());
  for (const std::int32_t point : touched) update_normal(point, crop.sensor);
}

void ObjectModel::take_in(const Eigen::Vector3d& place, std::vector<std::int32_t>& touched) {
  constexpr int full = 50;  // then a point moves no more
  const Eigen::Vector3i cell = cell_of(place);
  if (!on_grid(cell)) return;
  std::int32_t& own = own_[index_of(cell)];
  if (own < 0) {
    own = static_cast<std::int32_t>(points_.size());
    points_.push_back({place, Eigen::Vector3d::UnitX(), 1});
    tell_neighbours(own, cell);
  } else {
    ModelPoint& point = points_[static_cast<std::size_t>(own)];
    if (point.seen >= full) return;
    ++point.seen;
    point.position += (place - point.position) / point.seen;
  }
  touched.push_back(own);
}

void ObjectModel::tell_neighbours(std::int32_t point, const Eigen::Vector3i& cell) {
  const int cells = static_cast<int>(std::ceil(reach / cell_));
  const Eigen::Vector3d& place = points_[static_cast<std::size_t>(point)].position;
  for (int dz = -cells; dz <= cells; ++dz)
    for (int dy = -cells; dy <= cells; ++dy)
      for (int dx = -cells; dx <= cells; ++dx) {
        const Eigen::Vector3i other = cell + Eigen::Vector3i(dx, dy, dz);
        if (!on_grid(other)) continue;
        const Eigen::Vector3d middle =
            corner_ + cell_ * (other.cast<double>() + Eigen::Vector3d::Constant(0.5));
        const double distance = (middle - place).squaredNorm();
        std::int32_t& known = nearest_[index_of(other)];
        if (distance > reach * reach) continue;
        if (known < 0 ||
            distance < (middle - points_[static_cast<std::size_t>(known)].position).squaredNorm())
          known = point;
      }
}

void ObjectModel::update_normal(std::int32_t index, const Eigen::Vector3d& seen_from) {
  ModelPoint& point = points_[static_cast<std::size_t>(index)];
  const Eigen::Vector3i cell = cell_of(point.position);
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  Eigen::Matrix3d spread = Eigen::Matrix3d::Zero();
  double count = 0;
  for (int dz = -normal_reach; dz <= normal_reach; ++dz)
    for (int dy = -normal_reach; dy <= normal_reach; ++dy)
      for (int dx = -normal_reach; dx <= normal_reach; ++dx) {
        const Eigen::Vector3i other = cell + Eigen::Vector3i(dx, dy, dz);
        if (!on_grid(other) || own_[index_of(other)] < 0) continue;
        const Eigen::Vector3d offset =
            points_[static_cast<std::size_t>(own_[index_of(other)])].position - point.position;
        mean += offset;
        spread += offset * offset.transpose();
        ++count;
      }
  if (count > 0) {
    mean /= count;
    spread = (spread / count - mean * mean.transpose()).eval();
  }
  const Eigen::Vector3d face = nearest_face(size_, point.position, seen_from).normal;
  spread += std::min(1.0, 3.0 / std::max(count, 1.0)) * face_spread * face_spread *
            (Eigen::Matrix3d::Identity() - face * face.transpose());
  Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> directions;
  directions.computeDirect(spread);
  Eigen::Vector3d normal = directions.eigenvectors().col(0);
  if (normal.dot(seen_from - point.position) < 0) normal = -normal;
  point.normal = normal.normalized();
}

}  // namespace sweepmark
