// What the mouse does in the 3D view. One file in tools/ each.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// The mouse over the 3D view this frame, in pixels of the view.
struct ViewInput {
  Viewport viewport;
  Eigen::Vector2d mouse = Eigen::Vector2d::Zero();
  bool hovered = false;
  bool pressed = false, down = false, released = false, double_clicked = false;  // left button
  bool shift = false, ctrl = false, alt = false;
};

// The camera answers to the right and middle buttons and the wheel in every tool; tools have the left button.
struct Tool {
  std::string_view name;   // "box"
  std::string_view title;  // "Box"
  std::string_view icon;   // UTF-8 of a Font Awesome 4.7 code point
  std::string_view hint;   // for the status line while nothing is dragged
  // Edits ui.draft while the mouse is down and asks for one command when it is released.
  void (*update)(GuiContext& context, const ViewInput& input);
  void (*cancel)(GuiContext& context);  // Esc
  std::string_view keys = "";           // that take it up: "B"; the same ones lay it down again
  // A row of choices in the view while the tool is in hand; returns its place. Null: it has none.
  Area (*draw_options)(GuiContext& context, const Area& view) = nullptr;
};

std::span<const Tool> tools();

}  // namespace sweepmark::gui
