#include "core/stack/block_assembler.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sweepmark {

namespace {

constexpr double reach_m = 2'000.0;  // of a block about its origin, for the sensor
constexpr std::uint32_t rows_a_slot = 1u << stack_row_bits;

Pose<World, Sensor> world_from_sensor(const StackSweep& sweep) {
  return sweep.world_from_ego * sweep.ego_from_sensor;
}

Eigen::Vector3d place_of(const SweepPoints& sweep) {
  return (world_from_sensor(*sweep.sweep) * Point<Sensor>(sweep.cloud.origin)).metres;
}

std::uint32_t row_of_point(const PointCloud& cloud, std::size_t i) {
  return cloud.file_row.empty() ? static_cast<std::uint32_t>(i) : cloud.file_row[i];
}

bool finite(float value) {
  return std::abs(value) <= std::numeric_limits<float>::max();
}

void find_movers(const StackSource& source, SweepPoints& points) {
  if (source.movers == Movers::as_measured || !source.boxes) return;
  points.movers = source.boxes(points.sweep->sweep);
  std::erase_if(points.movers, [](const StackBox& box) { return !box.moving; });
  if (points.movers.size() >= std::numeric_limits<std::uint16_t>::max())
    points.movers.resize(std::numeric_limits<std::uint16_t>::max() - 1);
  if (!points.movers.empty()) points.mover_of.assign(points.cloud.size(), 0);
  // Backwards, so that the first of several boxes has the point.
  for (std::size_t m = points.movers.size(); m-- > 0;) {
    Box3<Ego>& box = points.movers[m].box;
    box.size.array() += 2.0 * source.box_margin_m;
    const Box3<Sensor> in_sensor = points.sweep->ego_from_sensor.inverse() * box;
    for (const std::uint32_t i : points_in_box(points.cloud, in_sensor))
      points.mover_of[i] = static_cast<std::uint16_t>(m + 1);
  }
}

// Coordinates about a block's origin, in float32 but for the part that is large.
class ToBlock {
 public:
  ToBlock(const SweepPoints& sweep, const Eigen::Vector3d& origin)
      : rotation_(world_from_sensor(*sweep.sweep).rotation().toRotationMatrix().cast<float>()),
        shift_((place_of(sweep) - origin).cast<float>()) {}
  Eigen::Vector3f operator()(const PointCloud& cloud, std::size_t i) const {
    const float x = cloud.x[i], y = cloud.y[i], z = cloud.z[i];
    return {rotation_(0, 0) * x + rotation_(0, 1) * y + rotation_(0, 2) * z + shift_.x(),
            rotation_(1, 0) * x + rotation_(1, 1) * y + rotation_(1, 2) * z + shift_.y(),
            rotation_(2, 0) * x + rotation_(2, 1) * y + rotation_(2, 2) * z + shift_.z()};
  }

 private:
  Eigen::Matrix3f rotation_;
  Eigen::Vector3f shift_;
};

template <class Value>
void keep_every_other(std::vector<Value>& values) {
  for (std::size_t i = 0; 2 * i < values.size(); ++i) values[i] = values[2 * i];
  values.resize((values.size() + 1) / 2);
}

}  // namespace

Result<SweepPoints> sweep_points(const StackSource& source, const StackSweep& sweep) {
  SWEEPMARK_TRY(cloud, source.read(sweep.sweep));
  SweepPoints points;
  points.sweep = &sweep;
  points.cloud = std::move(cloud);
  if (points.cloud.size() >= std::numeric_limits<std::uint32_t>::max())
    return fail(ErrorCode::unsupported, "a sweep of more than 2^32 points cannot be stacked");
  if (!world_from_sensor(sweep).matrix().allFinite())
    return fail(ErrorCode::malformed, "the vehicle's pose at this sweep is not finite");
  points.intensity = points.cloud.channel_as_float("intensity");
  find_movers(source, points);
  return points;
}

void BlockAssembler::make_room(std::size_t points) {
  const std::size_t size = std::min(count_ + points, stack_block_points);
  for (std::vector<float>* values : {&cloud_.x, &cloud_.y, &cloud_.z, &intensity_}) values->resize(size);
  source_.resize(size);
}

bool BlockAssembler::has_room_for(const SweepPoints& sweep) {
  const Eigen::Vector3d place = place_of(sweep);
  if (slots_.empty()) {
    cloud_.origin = place.array().round();
    return true;
  }
  return (place - cloud_.origin).norm() <= reach_m && slots_.size() < stack_block_slots;
}

// The last slots are those of the sweep that is being added.
std::uint32_t BlockAssembler::slot_of(std::uint32_t sweep, std::uint32_t row) {
  const StackSlot wanted{sweep, row / rows_a_slot * rows_a_slot};
  for (std::size_t i = slots_.size(); i-- > 0 && slots_[i].sweep == sweep;)
    if (slots_[i] == wanted) return static_cast<std::uint32_t>(i);
  if (slots_.size() == stack_block_slots) return stack_block_slots;
  slots_.push_back(wanted);
  return static_cast<std::uint32_t>(slots_.size() - 1);
}

void BlockAssembler::keep_mover_point(const StackBox& box, const Point<Ego>& point, float intensity) {
  MoverPoints& mover = movers_[box.track];
  if (mover.passed++ % mover.stride != 0) return;
  if (mover.cloud.size() == mover_points_a_block) {
    for (std::vector<float>* values : {&mover.cloud.x, &mover.cloud.y, &mover.cloud.z, &mover.intensity})
      keep_every_other(*values);
    mover.stride *= 2;
    if ((mover.passed - 1) % mover.stride != 0) return;
  }
  const Eigen::Vector3f local = (box.box.pose.inverse() * point).metres.cast<float>();
  mover.cloud.x.push_back(local.x());
  mover.cloud.y.push_back(local.y());
  mover.cloud.z.push_back(local.z());
  mover.intensity.push_back(intensity);
}

std::uint32_t BlockAssembler::add(const SweepPoints& sweep, std::uint32_t from) {
  if (full_ || !has_room_for(sweep)) {
    full_ = true;
    return from;
  }
  make_room(sweep.size() - from);
  const ToBlock to_block(sweep, cloud_.origin);
  has_intensity_ = has_intensity_ || !sweep.intensity.empty();
  std::uint32_t slot = 0, slot_row = 1;  // no slot begins at row 1
  for (std::uint32_t i = from; i < sweep.size(); ++i) {
    if (count_ == stack_block_points) {
      full_ = true;
      return i;
    }
    const float intensity = sweep.intensity.empty() ? 0.0f : sweep.intensity[i];
    if (!sweep.mover_of.empty() && sweep.mover_of[i] > 0) {
      if (mode_ == Movers::own_frame)
        keep_mover_point(sweep.movers[sweep.mover_of[i] - 1u],
                         sweep.sweep->ego_from_sensor * Point<Sensor>(sweep.cloud.position(i)), intensity);
      continue;
    }
    const std::uint32_t row = row_of_point(sweep.cloud, i);
    if (row - row % rows_a_slot != slot_row) {
      slot = slot_of(sweep.sweep->sweep, row);
      if (slot == stack_block_slots) {
        full_ = true;
        return i;
      }
      slot_row = slots_[slot].first_row;
    }
    const Eigen::Vector3f point = to_block(sweep.cloud, i);
    cloud_.x[count_] = point.x();
    cloud_.y[count_] = point.y();
    cloud_.z[count_] = point.z();
    intensity_[count_] = intensity;
    source_[count_] = slot << stack_row_bits | row % rows_a_slot;
    count_ += finite(point.x()) && finite(point.y()) && finite(point.z());
  }
  return sweep.size();
}

BlockPoints BlockAssembler::take() {
  BlockPoints block;
  for (std::vector<float>* values : {&cloud_.x, &cloud_.y, &cloud_.z, &intensity_}) values->resize(count_);
  source_.resize(count_);
  block.cloud = std::move(cloud_);
  if (has_intensity_) block.cloud.channels.push_back({"intensity", std::move(intensity_)});
  block.cloud.channels.push_back({"source", std::move(source_)});
  block.slots = std::move(slots_);
  for (auto& [track, mover] : movers_) {
    if (has_intensity_) mover.cloud.channels.push_back({"intensity", std::move(mover.intensity)});
    block.movers.push_back({track, std::move(mover.cloud)});
  }
  *this = BlockAssembler(mode_);
  return block;
}

}  // namespace sweepmark
