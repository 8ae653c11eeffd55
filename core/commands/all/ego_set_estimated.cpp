#include <fmt/format.h>

#include <cmath>

#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Eigen::VectorXd> numbers(const nlohmann::json& pose, std::size_t i, const char* name,
                                std::size_t count) {
  const auto wrong = [&] {
    return fail(ErrorCode::invalid_argument,
                fmt::format("poses[{}]: '{}' must be {} numbers, found {}", i, name, count,
                            pose.contains(name) ? pose[name].dump() : "none"));
  };
  if (!pose.contains(name) || !pose[name].is_array() || pose[name].size() != count) return wrong();
  Eigen::VectorXd values(static_cast<Eigen::Index>(count));
  for (std::size_t k = 0; k < count; ++k) {
    const auto& value = pose[name][k];
    if (!value.is_number() || !std::isfinite(value.get<double>())) return wrong();
    values[static_cast<Eigen::Index>(k)] = value.get<double>();
  }
  return values;
}

Result<TimedPose> pose_from(const nlohmann::json& pose, std::size_t i) {
  if (!pose.is_object() || !pose.contains("time_ns") || !pose["time_ns"].is_number_integer())
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("poses[{}] must be {{time_ns, translation, rotation}}, found {}", i, pose.dump()));
  SWEEPMARK_TRY(t, numbers(pose, i, "translation", 3));
  SWEEPMARK_TRY(q, numbers(pose, i, "rotation", 4));
  if (std::abs(q.norm() - 1.0) > 1e-3)
    return fail(ErrorCode::invalid_argument,
                fmt::format("poses[{}]: 'rotation' must be a unit quaternion w x y z, its length is {}", i,
                            q.norm()));
  return TimedPose{{pose["time_ns"].get<std::int64_t>()},
                   Pose<World, Ego>(Eigen::Quaterniond(q[0], q[1], q[2], q[3]), Eigen::Vector3d(t))};
}

// Keyframes stay in the vehicle's frame where they were placed; what is derived between them follows the
// trajectory. A drive that recorded its poses keeps to those.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  std::vector<TimedPose> poses;
  for (const auto& pose : args.at("poses")) {
    SWEEPMARK_TRY(read, pose_from(pose, poses.size()));
    if (!poses.empty() && !(poses.back().time < read.time))
      return fail(ErrorCode::invalid_argument,
                  fmt::format("poses[{}]: times must ascend, found {} after {} ns", poses.size(),
                              read.time.ns, poses.back().time.ns));
    poses.push_back(read);
  }
  if (poses.empty()) return fail(ErrorCode::invalid_argument, "'poses' must not be empty");
  PatchBuilder patch(context.document);
  patch.set_ego_motion(std::make_shared<const Trajectory>(std::move(poses), PoseSource::estimated));
  return std::move(patch).take();
}

}  // namespace

Command command_ego_set_estimated() {
  return {"ego.set_estimated",
          "Set estimated ego motion",
          {{"poses", ArgumentType::array, true,
            "each {time_ns, translation [x, y, z], rotation [w, x, y, z]}: vehicle to world, by time"}},
          R"({"poses": [{"time_ns": 0, "translation": [0, 0, 0], "rotation": [1, 0, 0, 0]},
                    {"time_ns": 100000000, "translation": [1.5, 0, 0], "rotation": [1, 0, 0, 0]}]})",
          plan};
}

}  // namespace sweepmark
