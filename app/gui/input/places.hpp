// Names of places on the window, marked anew in every frame, so that a recorded session can say "click the
// objects' filter" and survive a change of layout.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace sweepmark::gui {

// A place on the window, in pixels.
struct Area {
  float x = 0, y = 0, width = 0, height = 0;
  bool operator==(const Area&) const = default;
};

using Places = std::map<std::string, Area, std::less<>>;

inline void mark_place(Places& places, std::string_view name, const Area& area) {
  places.insert_or_assign(std::string(name), area);
}
// The ImGui item that was drawn last, as far as it is not clipped; nothing where all of it is.
void mark_item(Places& places, std::string_view name);

}  // namespace sweepmark::gui
