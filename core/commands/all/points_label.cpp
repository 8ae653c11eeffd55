#include <fmt/format.h>

#include <algorithm>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

constexpr std::int64_t most_points =
    1 << 28;  // of one sweep; far above any sensor, far below what would fill the memory

Result<std::vector<std::uint32_t>> rows_from(const nlohmann::json& runs) {
  std::vector<std::uint32_t> rows;
  for (const auto& run : runs) {
    if (!run.is_array() || run.size() != 2 || !run[0].is_number_integer() || !run[1].is_number_integer())
      return fail(ErrorCode::invalid_argument,
                  fmt::format("'runs' must hold [first row, count], found {}", run.dump()));
    const auto first = run[0].get<std::int64_t>(), count = run[1].get<std::int64_t>();
    if (first < 0 || count < 0 || first > most_points || count > most_points - first)
      return fail(ErrorCode::invalid_argument,
                  fmt::format("'runs': rows {}+{} are beyond any sweep", first, count));
    if (!rows.empty() && count > 0 && first <= rows.back())
      return fail(
          ErrorCode::invalid_argument,
          fmt::format("'runs' must ascend without overlap, found {} after row {}", run.dump(), rows.back()));
    for (std::int64_t row = first; row < first + count; ++row)
      rows.push_back(static_cast<std::uint32_t>(row));
  }
  return rows;
}

// Class "none" takes labels away.
Result<PointLabel> label_from(const PlanContext& context, const nlohmann::json& args) {
  const auto instance = args.value("instance", std::int64_t{0});
  if (instance < 0 || instance > UINT16_MAX)
    return fail(ErrorCode::invalid_argument,
                fmt::format("'instance' must be 0 to 65535, found {}", instance));
  if (args.at("class") == "none") return PointLabel{0};
  SWEEPMARK_TRY(class_id, commands::class_from(context, args));
  return packed_label(class_id.value, static_cast<std::uint16_t>(instance));
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
  SWEEPMARK_TRY(label, label_from(context, args));
  SWEEPMARK_TRY(rows, rows_from(args.at("runs")));
  const auto found = context.document.point_labels.find(time);
  const PointLabels present = found == context.document.point_labels.end() ? PointLabels{} : found->second;
  PatchBuilder patch(context.document);
  patch.set_point_labels(time, present.runs_to_set(rows, label));
  return std::move(patch).take();
}

}  // namespace

Command command_points_label() {
  return {
      "points.label", "Label points",
      commands::with_sweep_arguments(
          {{"class", ArgumentType::text_or_integer, true, "name or id of the class; none takes labels away"},
           {"instance", ArgumentType::integer, false, "0 to 65535"},
           {"runs", ArgumentType::array, true, "[first row, count] of rows in the sweep's file, ascending"}}),
      R"({"class": "Car", "instance": 1, "sweep": 0, "runs": [[0, 10], [20, 5]]})", plan};
}

}  // namespace sweepmark
