#include "app/cli/drive_options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/commands/registry.hpp"
#include "core/session/labels_path.hpp"
#include "core/store/sqlite_store.hpp"

namespace sweepmark {

void DriveOptions::add_to(CLI::App& app) {
  app.add_option("PATH", path, "folder or file of the drive, of any layout Sweepmark reads")->required();
  app.add_option("--drive", drive, "which drive, where PATH holds several (info lists them)");
}

Result<std::vector<DriveListing>> DriveOptions::listings() const {
  SWEEPMARK_TRY(all, list_drives(path));
  if (drive.empty()) return all;
  const auto found = std::ranges::find(all, drive, &DriveListing::name);
  if (found == all.end())
    return fail(ErrorCode::not_found, fmt::format("there is no drive '{}' here", drive), at_file(path));
  return std::vector{*found};
}

void LabelOptions::add_to(CLI::App& app) {
  app.add_option("--labels", labels, "labels file (default: beside the drive)");
  app.add_option("--layer", layer, "line of history within the file")->capture_default_str();
  app.add_option("--author", author, "name in the log (default: the login name)");
  app.add_flag("--adopt-labels", adopt, "take over labels that were made on another drive");
}

Result<OpenLabels> open_labels(const DriveOptions& drive_options, const LabelOptions& label_options,
                               bool must_exist, Output& output) {
  OpenLabels open;
  SWEEPMARK_TRY(drive, drive_options.open());
  open.drive = std::make_unique<Drive>(std::move(drive));
  for (const std::string& warning : open.drive->warnings) output.message("warning: " + warning);
  open.file = label_options.labels;
  if (label_options.labels.empty()) {
    const LabelsPath chosen = default_labels_path(*open.drive);
    open.file = chosen.file;
    if (!chosen.notice.empty()) output.message("note: " + chosen.notice);
  }
  if (must_exist && !std::filesystem::exists(open.file))
    return fail(ErrorCode::not_found, "there is no labels file yet", at_file(open.file));
  SWEEPMARK_TRY(store, open_sqlite_store(open.file));
  open.store = std::move(store);
  SWEEPMARK_TRY(session, Session::open(*open.drive, *open.store, all_commands(),
                                       {LayerName(label_options.layer), label_options.author, 200,
                                        label_options.adopt}));
  open.session = std::move(session);
  for (const std::string& notice : open.store->notices()) output.message("note: " + notice);
  for (const std::string& notice : open.session->notices()) output.message("warning: " + notice);
  return open;
}

}  // namespace sweepmark
