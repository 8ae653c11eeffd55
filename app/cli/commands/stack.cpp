#include <fmt/format.h>

#include <chrono>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_options.hpp"
#include "core/base/text.hpp"
#include "core/commands/stack_boxes.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/formats/label_format.hpp"
#include "core/session/labels_path.hpp"
#include "core/stack/stack_build.hpp"
#include "core/stack/stack_export.hpp"
#include "core/stack/stack_path.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  LabelOptions labels;
  std::string sweeps;
  Movers movers = Movers::as_measured;
  std::string out, target;
};

const std::map<std::string, Movers> mover_names = {
    {"as-measured", Movers::as_measured}, {"left-out", Movers::left_out}, {"own-frame", Movers::own_frame}};

// "a:b:step" as Python has it, any part left out; "7" is that sweep alone.
Result<StackRequest> request_of(const Options& options) {
  StackRequest request;
  request.movers = options.movers;
  const std::vector<std::string_view> parts = split(options.sweeps, ':');
  std::size_t* const numbers[] = {&request.first, &request.end, &request.step};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].empty()) continue;
    const auto number = parse_int(parts[i]);
    if (i > 2 || !number || *number < 0)
      return fail(
          ErrorCode::invalid_argument,
          fmt::format("--sweeps takes first:end:step, such as 100:200:2; found '{}'", options.sweeps));
    *numbers[i] = static_cast<std::size_t>(*number);
  }
  if (parts.size() == 1 && !parts[0].empty()) request.end = request.first + 1;
  return request;
}

// The drive and what its labels say: where the vehicle was, and what moves.
struct Ingredients {
  Drive drive;
  std::shared_ptr<const Document> document;
};

Result<Ingredients> ingredients(const Options& options, Output& output) {
  const bool needed = options.movers != Movers::as_measured || !options.labels.labels.empty();
  auto labels = open_labels(options.drive, options.labels, true, output);
  if (labels) return Ingredients{std::move(*labels->drive), labels->session->document()};
  if (needed || labels.error().code != ErrorCode::not_found) return Failure(labels.error());
  SWEEPMARK_TRY(drive, options.drive.open());
  return Ingredients{std::move(drive), std::make_shared<const Document>(new_document())};
}

nlohmann::json to_json(const StackBuilt& built, const std::filesystem::path& file, double seconds) {
  return {{"stack", file.string()},
          {"points", built.points},
          {"mover_points", built.mover_points},
          {"resumed_points", built.resumed_points},
          {"blocks", built.blocks},
          {"bytes", built.bytes},
          {"unreadable", built.unreadable},
          {"was_complete", built.was_complete},
          {"seconds", seconds},
          {"points_per_second", static_cast<double>(built.points - built.resumed_points) / seconds}};
}

void report(const StackBuilt& built, const StackSource& source, const std::filesystem::path& file,
            double seconds, Output& output) {
  output.text(fmt::format(
      "{} points of {} sweeps in {} blocks, {:.1f} bytes a point: {}", built.points, source.sweeps.size(),
      built.blocks,
      static_cast<double>(built.bytes) / static_cast<double>(std::max<std::size_t>(1, built.points)),
      file.string()));
  if (built.mover_points > 0)
    output.text(fmt::format("{} points of moving objects in frames of their own", built.mover_points));
  if (built.was_complete)
    output.text("it was built before");
  else
    output.text(fmt::format(
        "{:.1f} s, {:.2f} million points a second{}", seconds,
        1e-6 * static_cast<double>(built.points - built.resumed_points) / seconds,
        built.resumed_points > 0 ? fmt::format("; {} points were there before", built.resumed_points) : ""));
  for (const std::uint32_t sweep : built.unreadable)
    output.message(fmt::format("warning: sweep {} could not be read and is not in the stack", sweep));
}

ExitCode export_to(const std::string& target, const std::filesystem::path& file, nlohmann::json& object,
                   Output& output) {
  const auto points = export_stack(file, target, output.progress());
  if (!points) return output.failure(points.error());
  output.text(fmt::format("{} points written to {}", *points, target));
  object["exported"] = target;
  return ExitCode::success;
}

ExitCode run(const Options& options, Output& output) {
  const auto request = request_of(options);
  if (!request) return output.failure(request.error(), ExitCode::usage);
  const auto from = ingredients(options, output);
  if (!from) return output.failure(from.error());
  const Trajectory& trajectory = trajectory_of(*from->document, from->drive);
  if (trajectory.source() == PoseSource::none)
    output.message(
        "warning: nothing says how the vehicle moved, so the sweeps lie on one another; "
        "`sweepmarkctl ego-motion` estimates it");
  const auto source =
      stack_source(from->drive, trajectory, *request, stack_boxes(from->document, from->drive));
  if (!source) return output.failure(source.error(), ExitCode::usage);
  const std::filesystem::path file =
      options.out.empty() ? default_stack_path(from->drive, *source) : std::filesystem::path(options.out);
  for (const std::filesystem::path& written : {file, std::filesystem::path(options.target)})
    if (const auto outside = check_outside_drive(written, from->drive); !written.empty() && !outside)
      return output.failure(outside.error());
  const auto begun = std::chrono::steady_clock::now();
  const auto built = build_stack(*source, file, output.progress());
  if (!built) return output.failure(built.error());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  report(*built, *source, file, seconds, output);
  nlohmann::json object = to_json(*built, file, seconds);
  object["drive"] = from->drive.name;
  object["sweeps"] = source->sweeps.size();
  if (!options.target.empty())
    if (const ExitCode code = export_to(options.target, file, object, output); code != ExitCode::success)
      return code;
  output.object(object);
  return built->unreadable.empty() ? ExitCode::success : ExitCode::negative;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  options->labels.add_to(app);
  app.add_option("--sweeps", options->sweeps, "first:end:step, as 100:200:2 or ::10 (default: all)");
  app.add_option(
         "--movers", options->movers,
         "points in boxes of objects that move: as-measured, left-out, or own-frame, about their boxes")
      ->transform(CLI::CheckedTransformer(mover_names))
      ->default_str("as-measured");
  app.add_option("--out", options->out, "the stack's file (default: in the user's cache folder)");
  app.add_option("--export", options->target, "write the points for other programs: X.ply or X.pcd");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_stack() {
  return {"stack", "Lay the sweeps of a drive together in the world, as one cloud of any size",
          "The file is built once, and the window shows it while it grows. Ctrl+C or a crash loses nothing: "
          "the same "
          "command\ngoes on where it was. Exit code 1: done, but some sweeps could not be read.\n"
          "Examples:\n"
          "  sweepmarkctl stack ~/logs/drive7\n"
          "  sweepmarkctl stack ~/logs/drive7 --sweeps 0:500:5 --movers left-out --export map.ply\n"
          "  sweepmarkctl stack ~/logs/kitti_tracking --drive 0000 --out /tmp/0000.stack --json",
          declare};
}

}  // namespace sweepmark
