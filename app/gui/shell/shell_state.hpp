// What the window is about beside the labels: dialogs, recent drives, jobs, what to open next. Actions and
// dialogs write wishes here; the application grants them at the end of the frame.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/input/keymap.hpp"
#include "app/gui/mesh_overlays.hpp"
#include "app/gui/opening.hpp"
#include "app/gui/shell/browser.hpp"
#include "app/gui/shell/jobs.hpp"
#include "app/gui/shell/settings.hpp"
#include "app/gui/shell/suggestions.hpp"
#include "app/gui/theme.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/stack/stack_request.hpp"

namespace sweepmark::gui {

enum class Dialog {
  none,
  open_drive,
  choose_drive,
  export_labels,
  import_labels,
  load_ontology,
  rename_object,
  stack_sweeps,
  show_mesh,
  save_scene
};

// Which sweeps are to be laid together.
struct StackChoice {
  bool all = true;
  int reach = 20;  // sweeps to either side of the cursor, where not all
  int step = 1;
  Movers movers = Movers::as_measured;
  bool running = false;  // a job builds one
};

// The dialogs for export and import, and for saving the scene.
struct Transfer {
  std::string format;           // of export; of import: what the source was recognised as, empty for nothing
  std::filesystem::path place;  // target or source
  std::string place_text;       // as it is being edited
  std::string looked_at;        // of import: the text that `format` and the next are of; looked at by a job
  std::string source_problem;   // why it was not recognised
  bool looking = false;
  bool browsing = false;
  bool wanted = false;         // the button was pressed: the application starts it
  std::optional<int> running;  // number of the transfer under way
  std::string result;          // after it: what was done; the losses are shown again beside it
  std::string problem;
};

struct Palette {
  std::string query;
  int selected = 0;
  bool just_opened = false;
};

// Commits as the history panel lists them, newest first; fetched anew when the revision changes.
struct HistoryList {
  std::optional<Revision> of;
  std::vector<CommitInfo> infos;
  std::string problem;
};

struct ShellState {
  Dialog dialog = Dialog::none;
  Browser browser;
  Transfer transfer;
  int transfers = 0;  // that were begun; the newest has this number
  StackChoice stack;
  MeshChoice mesh;
  MeshFiles mesh_files;
  Palette palette;
  HistoryList history;
  std::string track_filter;
  Suggestions suggestions;
  std::string object_name;          // as it is being typed
  std::string ontology_problem;     // why the file that was chosen is none
  std::string main_tab = "view3d";  // the tab of the main view that is lit

  std::vector<RecentDrive> recent;
  std::optional<std::filesystem::path> sample;  // the sample drive, where there is one
  std::filesystem::path choices_path;           // of which choose_drive shows the drives
  std::vector<DriveListing> choices;
  std::string choices_filter;

  std::optional<OpenRequest> open;
  bool close_drive = false;
  bool import_own = false;  // the labels that came with the drive
  bool quit = false;
  std::optional<std::string> run_action;  // an action that a menu or the palette chose
  std::optional<int> cancel_job;

  std::string waiting_for;   // why a command has to wait for the labels file; empty where none does
  std::string save_problem;  // why the last command could not be saved; empty where all is saved
  std::vector<JobStatus> jobs;
  double frame_ms = 0;
  Keymap keymap;
  Fonts fonts;
  float scale = 1.0f;  // of text and sizes: the monitor's times the user's
  Jobs* background = nullptr;
};

}  // namespace sweepmark::gui
