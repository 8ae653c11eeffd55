#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/intervals.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<TimeInterval> interval_from(const nlohmann::json& j) {
  const auto is_moment = [&](const char* name) { return j.contains(name) && j[name].is_number_integer(); };
  if (!j.is_object() || !is_moment("first_ns") || !is_moment("last_ns"))
    return fail(ErrorCode::invalid_argument,
                fmt::format("an interval is {{\"first_ns\", \"last_ns\"}}, found {}", j.dump()));
  const TimeInterval interval{{j["first_ns"].get<std::int64_t>()}, {j["last_ns"].get<std::int64_t>()}};
  if (interval.last < interval.first)
    return fail(ErrorCode::invalid_argument, fmt::format("'last_ns' ({}) lies before 'first_ns' ({})",
                                                         interval.last.ns, interval.first.ns));
  return interval;
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  const nlohmann::json intervals = args.value("intervals", nlohmann::json::array({args}));
  TrackProperties properties = track->properties;
  for (const nlohmann::json& j : intervals) {
    SWEEPMARK_TRY(interval, interval_from(j));
    properties.absences = commands::without(properties.absences, interval);
    if (args.at("absent").get<bool>()) properties.absences.push_back(interval);
  }
  properties.absences = commands::joined(std::move(properties.absences));
  PatchBuilder patch(context.document);
  patch.set_properties(track->id, std::move(properties));
  return std::move(patch).take();
}

}  // namespace

Command command_track_set_absent() {
  return {"track.set_absent",
          "Mark object absent",
          {{"track", ArgumentType::integer, true, "number of the object"},
           {"first_ns", ArgumentType::integer, false, "first moment, ns"},
           {"last_ns", ArgumentType::integer, false, "last moment, ns"},
           {"intervals", ArgumentType::array, false, "instead of those: several, each {first_ns, last_ns}"},
           {"absent", ArgumentType::boolean, true, "true: not there; false: there again"}},
          R"({"track": 1, "first_ns": 0, "last_ns": 100, "absent": true})",
          plan};
}

}  // namespace sweepmark
