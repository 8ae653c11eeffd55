#include "core/commands/arguments.hpp"

#include <fmt/format.h>

namespace sweepmark::commands {

namespace {

constexpr double largest_size = 100.0;  // metres; the largest vehicles are a third of it

Failure invalid(std::string what) {
  return fail(ErrorCode::invalid_argument, std::move(what));
}

Result<Eigen::VectorXd> numbers_from(const nlohmann::json& j, std::string_view name, Eigen::Index count) {
  const auto found = j.find(name);
  if (found == j.end()) return invalid(fmt::format("box: '{}' is missing", name));
  if (!found->is_array() || static_cast<Eigen::Index>(found->size()) != count)
    return invalid(fmt::format("box: '{}' must be {} numbers, found {}", name, count, found->dump()));
  Eigen::VectorXd values(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    const auto& value = (*found)[static_cast<std::size_t>(i)];
    if (!value.is_number() || !std::isfinite(value.get<double>()))
      return invalid(fmt::format("box: '{}' must be {} numbers, found {}", name, count, found->dump()));
    values[i] = value.get<double>();
  }
  return values;
}

Result<Eigen::Quaterniond> rotation_from(const nlohmann::json& j) {
  if (const auto yaw = j.find("yaw"); yaw != j.end()) {
    if (!yaw->is_number() || j.contains("rotation"))
      return invalid("box: either 'yaw' (a number, radians) or 'rotation'");
    return rotation_about_z(yaw->get<double>());
  }
  SWEEPMARK_TRY(q, numbers_from(j, "rotation", 4));
  if (std::abs(q.norm() - 1.0) > 1e-3)
    return invalid(
        fmt::format("box: 'rotation' must be a unit quaternion w x y z, its length is {}", q.norm()));
  const Eigen::Quaterniond rotation(q[0], q[1], q[2], q[3]);
  // A unit to the last bit is left alone, so that a box taken from the document comes back as it was.
  return std::abs(q.norm() - 1.0) < 1e-12 ? rotation : rotation.normalized();
}

Result<TimestampNs> time_from(const PlanContext& context, const nlohmann::json& args, const char* by_number,
                              const char* by_time) {
  const auto& sweeps = context.drive.sweeps;
  if (args.contains(by_number) == args.contains(by_time))
    return invalid(fmt::format("give either '{}' or '{}'", by_number, by_time));
  const auto& given = args.contains(by_number) ? args[by_number] : args[by_time];
  if (!given.is_number_integer())
    return invalid(fmt::format("'{}' must be a whole number, found {}",
                               args.contains(by_number) ? by_number : by_time, given.dump()));
  if (args.contains(by_number)) {
    const auto sweep = given.get<std::int64_t>();
    if (sweep < 0 || static_cast<std::size_t>(sweep) >= sweeps.size())
      return invalid(fmt::format("'{}' must be 0 to {}, found {}", by_number,
                                 static_cast<std::int64_t>(sweeps.size()) - 1, sweep));
    return sweeps[static_cast<std::size_t>(sweep)].time;
  }
  const TimestampNs time{given.get<std::int64_t>()};
  if (!context.drive.sweep_at(time)) return invalid(fmt::format("the drive has no sweep at {} ns", time.ns));
  return time;
}

}  // namespace

Result<Box3<Ego>> box_from(const nlohmann::json& j) {
  if (!j.is_object()) return invalid("a box must be an object of centre, size and rotation or yaw");
  for (const auto& [name, value] : j.items())
    if (name != "centre" && name != "size" && name != "rotation" && name != "yaw")
      return invalid(fmt::format("box: there is no '{}'", name));
  SWEEPMARK_TRY(centre, numbers_from(j, "centre", 3));
  SWEEPMARK_TRY(size, numbers_from(j, "size", 3));
  SWEEPMARK_TRY(rotation, rotation_from(j));
  if (size.minCoeff() <= 0.0 || size.maxCoeff() > largest_size)
    return invalid(fmt::format("box: 'size' must be above 0 and at most {} m, found {}", largest_size,
                               j["size"].dump()));
  return Box3<Ego>{Pose<Ego, BoxLocal>::from_unit(rotation, Eigen::Vector3d(centre)), Eigen::Vector3d(size)};
}

nlohmann::json box_to(const Box3<Ego>& box) {
  const Eigen::Vector3d& c = box.pose.translation();
  const Eigen::Quaterniond& q = box.pose.rotation();
  return {{"centre", {c.x(), c.y(), c.z()}},
          {"size", {box.size.x(), box.size.y(), box.size.z()}},
          {"rotation", {q.w(), q.x(), q.y(), q.z()}}};
}

Result<TimestampNs> sweep_time_from(const PlanContext& context, const nlohmann::json& args) {
  return time_from(context, args, "sweep", "time_ns");
}

Result<std::optional<TimestampNs>> end_time_from(const PlanContext& context, const nlohmann::json& args) {
  if (!args.contains("to_sweep") && !args.contains("to_time_ns")) return std::nullopt;
  SWEEPMARK_TRY(time, time_from(context, args, "to_sweep", "to_time_ns"));
  return std::optional(time);
}

Result<const Track*> track_from(const PlanContext& context, const nlohmann::json& args,
                                std::string_view argument) {
  const auto named = args.find(argument);
  if (named == args.end() || !named->is_number_integer())
    return invalid(fmt::format("'{}' must be the number of an object", argument));
  const auto wanted = named->get<std::int64_t>();
  const Track* track = wanted > 0 && wanted <= UINT32_MAX
                           ? context.document.track(TrackId(static_cast<std::uint32_t>(wanted)))
                           : nullptr;
  if (!track) return fail(ErrorCode::not_found, fmt::format("there is no object {}", wanted));
  return track;
}

Result<Relation> relation_from(const PlanContext& context, const nlohmann::json& args) {
  const auto word = args.at("kind").get<std::string>();
  const auto kind = relation_kind_named(word);
  if (!kind) return invalid(fmt::format("'kind' must be rides, tows or part_of, found '{}'", word));
  SWEEPMARK_TRY(from, track_from(context, args, "from"));
  SWEEPMARK_TRY(to, track_from(context, args, "to"));
  if (from == to) return invalid("'from' and 'to' must be two objects");
  return Relation{*kind, from->id, to->id};
}

std::vector<ArgumentSpec> relation_arguments() {
  return {{"kind", ArgumentType::text, true, "rides, tows or part_of"},
          {"from", ArgumentType::integer, true, "number of the object that rides, tows or is a part"},
          {"to", ArgumentType::integer, true, "number of the object it has to do with"}};
}

Result<ClassId> class_from(const PlanContext& context, const nlohmann::json& args) {
  const auto& wanted = args.at("class");
  ClassId id(0);
  if (wanted.is_string()) id = class_named(context.document.taxonomy, wanted.get<std::string>());
  if (wanted.is_number_integer()) {
    const auto number = wanted.get<std::int64_t>();
    if (number > 0 && number <= UINT16_MAX) id = ClassId(static_cast<std::uint16_t>(number));
  }
  if (!context.document.taxonomy.contains(id))
    return fail(ErrorCode::not_found, fmt::format("there is no class {}", wanted.dump()));
  return id;
}

std::vector<ArgumentSpec> with_sweep_arguments(std::vector<ArgumentSpec> others) {
  others.push_back({"sweep", ArgumentType::integer, false, "number of the sweep, from 0"});
  others.push_back({"time_ns", ArgumentType::integer, false, "or its timestamp"});
  return others;
}

std::vector<ArgumentSpec> with_interval_arguments(std::vector<ArgumentSpec> others) {
  others = with_sweep_arguments(std::move(others));
  others.push_back({"to_sweep", ArgumentType::integer, false, "number of the last sweep it holds for"});
  others.push_back({"to_time_ns", ArgumentType::integer, false, "or its timestamp"});
  return others;
}

}  // namespace sweepmark::commands
