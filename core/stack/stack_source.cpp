#include "core/stack/stack_source.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "core/stack/checksum.hpp"

namespace sweepmark {

namespace {

constexpr std::uint64_t order_version = 1;  // of the detail order and of the layers' shares

class Fingerprint {
 public:
  template <class Number>
  requires std::is_arithmetic_v<Number>
  void add(Number number) { value_ = checksum(std::as_bytes(std::span(&number, 1)), value_); }
  void add(std::string_view text) { value_ = checksum(std::as_bytes(std::span(text)), value_); }
  template <class To, class From>
  void add(const Pose<To, From>& pose) {
    for (const double number : pose.rotation().coeffs()) add(number);
    add(pose.translation());
  }
  void add(const Eigen::Vector3d& v) {
    for (const double number : v) add(number);
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = order_version;
};

void add_file(Fingerprint& print, const std::filesystem::path& file) {
  print.add(file.native());
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  print.add(error ? std::uintmax_t{0} : size);
  const auto changed = std::filesystem::last_write_time(file, error);
  print.add(error ? std::int64_t{0} : static_cast<std::int64_t>(changed.time_since_epoch().count()));
}

void add_boxes(Fingerprint& print, const BoxesAt& boxes, std::size_t sweep) {
  for (const StackBox& box : boxes(sweep)) {
    if (!box.moving) continue;
    print.add(box.track.value);
    print.add(box.box.pose);
    print.add(box.box.size);
  }
}

std::uint64_t fingerprint_of(const Drive& drive, const Trajectory& trajectory, const StackRequest& request,
                             const StackSource& source) {
  Fingerprint print;
  print.add(drive.name);
  print.add(drive.format);
  print.add(drive.points_as_measured);
  print.add(static_cast<int>(request.movers));
  print.add(request.box_margin_m);
  for (const TimedPose& pose : trajectory.poses()) {
    print.add(pose.time.ns);
    print.add(pose.world_from_ego);
  }
  for (const StackSweep& sweep : source.sweeps) {
    print.add(sweep.sweep);
    print.add(drive.sweeps[sweep.sweep].time.ns);
    print.add(sweep.ego_from_sensor);
    add_file(print, drive.sweeps[sweep.sweep].file);
    if (request.movers != Movers::as_measured && source.boxes) add_boxes(print, source.boxes, sweep.sweep);
  }
  return print.value();
}

}  // namespace

Result<StackSource> stack_source(const Drive& drive, const Trajectory& trajectory,
                                 const StackRequest& request, BoxesAt boxes) {
  StackSource source;
  const std::size_t end = std::min(request.end, drive.sweeps.size());
  if (request.step == 0 || request.first >= end)
    return fail(ErrorCode::invalid_argument,
                "no sweep is left to be stacked: sweeps " + std::to_string(request.first) + " up to " +
                    std::to_string(end) + " in steps of " + std::to_string(request.step) + " of " +
                    std::to_string(drive.sweeps.size()),
                at_file(drive.root));
  for (std::size_t i = request.first; i < end; i += std::min(request.step, end - i)) {
    const SweepEntry& entry = drive.sweeps[i];
    source.sweeps.push_back({static_cast<std::uint32_t>(i), trajectory.world_from_ego(entry.time),
                             drive.rig.ego_from(entry.lidar)});
  }
  source.read = drive.read_sweep;
  source.boxes = std::move(boxes);
  source.movers = request.movers;
  source.box_margin_m = request.box_margin_m;
  source.fingerprint = fingerprint_of(drive, trajectory, request, source);
  return source;
}

}  // namespace sweepmark
