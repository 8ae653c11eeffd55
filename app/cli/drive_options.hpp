// The options by which every command names a drive and its labels.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/output.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/session/session.hpp"

namespace sweepmark {

struct DriveOptions {
  std::string path;
  std::string drive;  // --drive; empty: the only one, or all where a command takes several

  void add_to(CLI::App& app);
  Result<Drive> open() const { return open_drive(path, drive); }
  // The one that --drive names, or all under the path.
  Result<std::vector<DriveListing>> listings() const;
};

struct LabelOptions {
  std::string labels;  // --labels; empty: beside the drive
  std::string layer = "main";
  std::string author;
  bool adopt = false;  // --adopt-labels

  void add_to(CLI::App& app);
};

// A drive with its labels, in the order of life: the session refers to both.
struct OpenLabels {
  std::unique_ptr<Drive> drive;
  std::unique_ptr<LabelStore> store;
  std::unique_ptr<Session> session;
  std::filesystem::path file;
};

// Opens drive and labels; notices go to `output`. With `must_exist` a labels file that is not there is an
// error.
Result<OpenLabels> open_labels(const DriveOptions& drive, const LabelOptions& labels, bool must_exist,
                               Output& output);

}  // namespace sweepmark
