// What commands have in common: boxes, times, tracks and classes in their JSON arguments.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/session/command.hpp"

namespace sweepmark::commands {

// {"centre": [x, y, z], "size": [length, width, height], "rotation": [w, x, y, z]} or, upright, "yaw" for
// "rotation". Metres and radians in the ego frame of the moment. Sizes must be positive and under 100 m.
Result<Box3<Ego>> box_from(const nlohmann::json& j);
nlohmann::json box_to(const Box3<Ego>& box);

// "time_ns", or "sweep" (its number). The drive must have a sweep there: labels never float between sweeps.
Result<TimestampNs> sweep_time_from(const PlanContext& context, const nlohmann::json& args);

// "to_sweep" or "to_time_ns", in the same way; empty where neither is given.
Result<std::optional<TimestampNs>> end_time_from(const PlanContext& context, const nlohmann::json& args);
inline bool names_a_sweep(const nlohmann::json& args) {
  return args.contains("sweep") || args.contains("time_ns");
}

// The track that "track" names; an error where there is none.
Result<const Track*> track_from(const PlanContext& context, const nlohmann::json& args,
                                std::string_view argument = "track");
// "kind", "from", "to": two objects that are there.
Result<Relation> relation_from(const PlanContext& context, const nlohmann::json& args);
std::vector<ArgumentSpec> relation_arguments();
// The class that "class" names, by id or by name.
Result<ClassId> class_from(const PlanContext& context, const nlohmann::json& args);

// The arguments "sweep" and "time_ns" for a command's list, neither required by itself.
std::vector<ArgumentSpec> with_sweep_arguments(std::vector<ArgumentSpec> others);
// And "to_sweep" and "to_time_ns".
std::vector<ArgumentSpec> with_interval_arguments(std::vector<ArgumentSpec> others);

}  // namespace sweepmark::commands
