// What panels, tools and actions are given each frame. They read state, edit drafts, and ask for commands;
// nothing is kept in a widget, and nothing but Session changes a label.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/input/places.hpp"
#include "app/gui/shown_mesh.hpp"
#include "app/gui/view_filters.hpp"
#include "app/gui/workspace.hpp"
#include "render/point_backend.hpp"
#include "render/view_camera.hpp"

namespace sweepmark::gui {

class ViewResources;  // GPU and splatting resources of the views; owned by the window, see view_resources.hpp
struct ShellState;    // dialogs, recent drives, jobs: what the window is about beside the labels; see
                      // shell/shell_state.hpp

// How things are looked at. Saved between runs, never undone.
struct ViewState {
  ViewCamera camera;
  bool follow_ego = true;  // the camera moves with the vehicle from sweep to sweep
  PointColouring colouring = PointColouring::height;
  ColourMap map = ColourMap::turbo;
  double low = -2.0, high = 3.0;
  bool automatic_range = true;
  int point_size = 2;  // pixels
  bool points_by_metre = false;
  double point_metres = 0.05;  // a point's width, where by metre
  bool eye_dome = false;
  double eye_dome_strength = 1.0;
  ViewFilters filters;
  bool range_rings = true;
  bool show_ghosts = true;
  bool show_labels = true;     // class and id beside boxes
  bool show_trail = true;      // the selected object's way through the drive
  bool solve_gaps = true;      // beside a corrected box of a followed object, by themselves
  bool overlay_points = true;  // points over camera images
  bool overlay_boxes = true;
  bool overlay_hidden = false;  // also the points the camera cannot see
  std::string enlarged_camera;  // empty: the best one for the selection
  float ui_scale = 1.0f;
  std::vector<ShownMesh> meshes;
  bool show_stack = true;  // where sweeps are stacked: beneath the one at the cursor
  // Splitters, as shares of the window.
  float left = 0.17f, right = 0.26f, bottom = 0.16f, sides = 0.26f;
  float right_top = 0.52f;  // of the right column's height: the cameras
};

// A box being edited: shown instead of the document's until the gesture ends in one command. See draft.hpp.
struct BoxDraft {
  std::optional<TrackId> track;  // empty: a new box
  ClassId class_id;
  Box3<Ego> box;
  TimestampNs sweep;  // whose keyframe it is to become
  // Other selected objects that the hand takes along: one command sets all.
  std::vector<std::pair<TrackId, Box3<Ego>>> along = {};
};

// A finished edit that the labels file could not take.
struct UnsavedBox {
  BoxDraft draft;
  std::string problem;
};

struct CopiedBox {
  TrackId track;
  ClassId class_id;
  Box3<Ego> box;
  TimestampNs sweep;  // where it was copied
};

// What clicks of the box tool mean; dragging a rectangle is the same in all.
enum class BoxWay {
  click,         // on the object: a box is fitted
  three_clicks,  // both ends of the front edge, then the length
  corners,       // two opposite ones, then it is fitted to the points between
  copy,          // size and heading of the last box of the class
};

// What ± and Ctrl+wheel change of the selected box: its extent along one of its axes, or its place there.
struct BoxDial {
  int axis = 0;  // 0 length, 1 width, 2 height
  bool moves = false;
};

// Objects that are selected beside another one; they are as long as that one is.
struct AlsoSelected {
  TrackId with;
  std::set<TrackId> tracks;
};

// What an algorithm has to say about what it did, for the status line.
struct Remark {
  std::string text;
  double until = 0;  // seconds of the window's clock
};

struct Message {
  enum class Kind { info, warning, error };
  Kind kind = Kind::info;
  std::string text;
  double shown_since = -1;  // seconds of the window's clock; below 0: from the next frame on
};

// What is going on right now. Neither saved nor undone.
struct UiState {
  std::size_t cursor = 0;  // sweep
  int direction = 1;       // of the last step, for prefetch
  bool playing = false;
  std::optional<TrackId> selected;
  AlsoSelected also_selected;  // see selection.hpp
  std::optional<TrackId> hovered;
  std::string main_view = "view3d";          // which panel of the main slot is open
  std::optional<std::size_t> hovered_sweep;  // of the batch cell under the mouse: what keys act on there
  ClassId current_class{1};
  std::string tool = "select";  // name in the tool registry
  BoxWay box_way = BoxWay::click;
  BoxDial dial;
  std::optional<BoxDraft> draft;
  std::optional<UnsavedBox> unsaved;
  std::optional<PointId> hovered_point;  // scene index 0 is the sweep under the cursor
  std::string hint;                      // what the mouse would do now; set by the active tool every frame
  std::optional<Remark> remark;          // said instead of the hint until the hand goes on
  std::deque<Message> messages;
  bool palette_open = false;
  bool help_open = false;
  std::vector<CopiedBox> copied;  // for Ctrl+V
  Places places;                  // named places of the frame that is being drawn, see input/places.hpp
};

struct CommandRequest {
  std::string name;
  nlohmann::json args;
  std::function<void(const Result<CommandOutcome>&)> then;  // may be empty; called on the window's thread
  std::optional<Revision> cause = std::nullopt;             // see Session::run_after
};

struct GuiContext {
  Workspace* workspace = nullptr;  // null while no drive is open
  ViewState& view;
  UiState& ui;
  ViewResources& resources;
  std::vector<CommandRequest>& requests;  // drained once a frame by the window
  double now = 0;                         // seconds, monotonic
  bool needs_redraw = false;              // set where something moves by itself (playing, a fading message)
  ShellState* shell = nullptr;            // null only in tests that draw a panel by itself

  void run(std::string command, nlohmann::json args,
           std::function<void(const Result<CommandOutcome>&)> then = {},
           std::optional<Revision> cause = std::nullopt) {
    requests.push_back({std::move(command), std::move(args), std::move(then), cause});
  }
  void say(Message::Kind kind, std::string text) { ui.messages.push_back({kind, std::move(text), now}); }
  void remark(std::string text) { ui.remark = Remark{std::move(text), now + 12}; }
};

}  // namespace sweepmark::gui
