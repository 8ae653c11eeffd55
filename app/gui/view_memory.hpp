// What panels and tools remember between frames: drags that are under way, zooms, scroll places. None of it
// is worth saving.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/batch_memory.hpp"
#include "app/gui/box_handles.hpp"
#include "app/gui/certainty.hpp"
#include "app/gui/gui_context.hpp"
#include "app/gui/image_resample.hpp"
#include "app/gui/label_ages.hpp"
#include "app/gui/object_rows.hpp"
#include "app/gui/trail.hpp"
#include "app/gui/view_resources.hpp"
#include "core/assist/footprint_fit.hpp"
#include "core/labels/ontology_check.hpp"

namespace sweepmark::gui {

// What the left button has begun in the 3D view, as the active tool sees it.
struct ToolDrag {
  enum class Kind { none, press, handle, rectangle, clicks };
  Kind kind = Kind::none;
  Eigen::Vector2d pressed_at = Eigen::Vector2d::Zero();  // pixels of the view
  double plane = 0;                                      // world z of the plane the drag runs on
  Point<World> grabbed;                                  // where on it the drag began
  Box3<Ego> start;                                       // the box before the drag
  BoxHandle handle;                                      // that is held
  ViewRay ray{{}, Eigen::Vector3d::UnitX()};             // through the place where it was taken hold of
  std::vector<std::pair<TrackId, Box3<Ego>>> along;      // other selected boxes, before the drag
  std::optional<Footprint> rectangle;                    // what the box tool has drawn so far; ego frame
  std::vector<Point<World>> clicks;                      // what it was given so far
};

struct SideMemory {
  std::optional<TrackId> track;  // whose scale this is
  double half_height = 0;        // metres seen above and below the middle; 0: as much as the box wants
  HandleDrag drag;
};

struct CameraMemory {
  std::optional<ImageWindow> window;  // set by hand; empty: follows the selection
  std::string window_is_for;          // camera and selection it was set for
};

struct TimelineMemory {
  double first = 0, last = -1;  // sweeps in sight; last < first: all of them
  bool scrubbing = false;
  std::optional<TrackId> menu_track;
  std::optional<TimestampNs> menu_time;  // of the keyframe the menu was opened on
  // An end of an object's life under the hand.
  struct Edge {
    TrackId track;
    bool first = true;
    std::size_t sweep = 0;  // where it would be left now
  };
  std::optional<Edge> edge;
};

// An object that waits for another to go into it.
struct MergeMemory {
  TrackId into;
  std::optional<TrackId> refused;  // that one could not, because both have a keyframe at one sweep
};

struct ObjectsMemory {
  ObjectList list;
  std::optional<TrackId> followed;  // the selection that was brought into sight last
};

struct ViewMemory {
  const Workspace* framed = nullptr;         // the drive the camera was placed for
  std::optional<Pose<World, Ego>> followed;  // where the vehicle was when the camera last moved with it
  bool orbiting = false, panning = false;
  Area box_bar;                    // of the last frame; empty while there is none
  Area tool_row;                   // the active tool's options, likewise
  Area view_row;                   // the button of the view's options and what they leave out, likewise
  bool open_view_options = false;  // a key asked for them
  ToolDrag drag;
  std::optional<BoxHandle> hot_handle;  // of the selected box, under the mouse in the 3D view
  bool dialling = false;                // Ctrl+wheel has made the draft; it is done when Ctrl is let go
  enum class Hover { none, view3d, cameras };
  Hover hover = Hover::none;  // who set ui.hovered_point

  struct Ground {
    const PointCloud* cloud = nullptr;
    double height = 0;  // ego frame
  };
  Ground ground;
  struct Range {
    PointColouring colouring = PointColouring::flat;
    double low = 0, high = 1;  // height: relative to the vehicle
  };
  std::optional<Range> range;
  // Arrays by point, made anew when what they follow from changes.
  struct Annotated {
    std::shared_ptr<const PointCloud> cloud;
    std::shared_ptr<const std::vector<PointLabel>> own, labels;
    std::optional<Revision> of;
    std::size_t sweep = 0;
  };
  Annotated annotated;
  struct Aged {
    std::shared_ptr<const PointCloud> cloud;
    std::optional<Revision> of;
    std::size_t sweep = 0;
    double at = 0;  // seconds of the window's clock
    std::shared_ptr<const std::vector<float>> hours;
  };
  Aged aged;
  LabelAges ages;
  std::string ages_problem;  // why the log could not be read; said once
  std::vector<Rgba> label_colours;
  Texture held;  // the points drawn last, shown while the next sweep loads
  double held_until = 0;

  std::array<SideMemory, 3> sides;  // by BoxSide
  struct Evidence {
    const PointCloud* cloud = nullptr;
    Box3<Ego> box;
    BoxEvidence evidence;
  };
  Evidence evidence;
  bool numbers_discarded = false;  // Esc was pressed over the inspector's numbers, which are still held
  CameraMemory camera;
  BatchMemory batch;
  TimelineMemory timeline;
  ObjectsMemory objects;
  std::optional<MergeMemory> merge;
  std::optional<UncertainBox> jumped_to;  // where N led last
  struct Findings {
    std::optional<Revision> of;
    std::vector<OntologyFinding> list;
  };
  Findings findings;
  struct KeptTrail {
    std::optional<Revision> of;
    std::optional<TrackId> track;
    Trail trail;
  };
  KeptTrail trail;
  double play_speed = 1;  // times the recorded speed

  std::string panel_hint;  // what the mouse would do in the panel under it
  int panel_hint_frame = -2;
};

}  // namespace sweepmark::gui
