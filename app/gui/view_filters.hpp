// Which points the views leave out, and what is said of it. No ImGui, no GL.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "core/geometry/box3.hpp"
#include "render/point_filter.hpp"

namespace sweepmark::gui {

// Its numbers stay while it is off.
struct BandFilter {
  bool on = false;
  double low = 0, high = 1;
  bool operator==(const BandFilter&) const = default;
};

// A box in the world that is all there is to see. It belongs to a drive: in another it means nothing.
struct ClippingBox {
  Box3<World> box;
  std::string drive;  // Drive::name
};

struct ViewFilters {
  BandFilter height{false, -0.3, 3.0};  // metres over the ground round the vehicle
  BandFilter range{false, 0.0, 50.0};   // metres from the sensor
  PointsShown shown = PointsShown::all;
  std::set<std::uint16_t> hidden_classes;
  bool inside_selected = false;  // only what lies in the selected box, made larger by the margin
  double margin = 0.5;           // metres on every side
  bool clipping = false;
  std::optional<ClippingBox> clip;
};

// What a filter means at a moment.
struct FilterMoment {
  double ground = 0;                    // height of the ground round the vehicle, world z
  std::optional<Box3<World>> selected;  // the selected box there
  std::string selected_name;            // "Car 12"
  std::string drive;                    // Drive::name
};

// Of two boxes the selected one is taken: it is the smaller wish.
PointFilter point_filter(const ViewFilters& filters, const FilterMoment& moment);
// What is left out, in a few words: "height −0.3 … 3 m · 2 classes hidden". Empty where nothing is.
std::string filter_text(const ViewFilters& filters, const FilterMoment& moment);
// Turns all of it off; numbers and boxes stay for the next time.
void turn_off(ViewFilters& filters);
bool clips_in(const ViewFilters& filters, const std::string& drive);

}  // namespace sweepmark::gui
