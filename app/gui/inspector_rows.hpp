// Rows of the inspector's table that follow from the ontology: attributes and relations of the selected
// object.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// Begins a row of a table of two columns; what comes next is drawn in the second.
void row_title(const char* title);

// A widget for each attribute of the object's class, at the sweep: those that change from sweep to sweep are
// set from this one on. What is inherited is dimmed, what was set here has a button that takes it back, and
// what is required and missing stands out.
void draw_attribute_rows(GuiContext& context, const Track& track, TimestampNs time);

// What the object has to do with others, each with a button that ends it, and a menu for more.
void draw_relation_rows(GuiContext& context, const Track& track);

}  // namespace sweepmark::gui
