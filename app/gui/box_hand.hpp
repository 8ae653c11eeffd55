// The selected boxes as keys and buttons act on them: at the sweep in hand, all of them in one command.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// Of the cell under the mouse in the batch view; without one, of the sweep under the cursor.
TimestampNs time_in_hand(const GuiContext& context);

// The selected boxes at the sweep in hand, the one that is shown first; as it was left where it waits to be
// saved, and as a ghost where it is not there. Of the others those that are there.
std::vector<VisibleBox> boxes_in_hand(GuiContext& context);

using TrackBox = std::pair<TrackId, Box3<Ego>>;
// One command makes these keyframes of the sweep in hand. Nothing where there are none.
void set_boxes(GuiContext& context, const std::vector<TrackBox>& boxes);

// What each selected box becomes; empty: it stays. False where none changes.
bool change_boxes(GuiContext& context,
                  const std::function<std::optional<Box3<Ego>>(const VisibleBox&)>& change);

// Of all selected objects, in one command.
void set_class_of_selected(GuiContext& context, ClassId class_id);
void remove_selected(GuiContext& context);

// The points of the sweep in hand, of a cell of the batch view those it shows; a null cloud where they are
// not loaded.
struct PointsInHand {
  std::shared_ptr<const PointCloud> cloud;
  Pose<Ego, Sensor> ego_from_cloud;
};
PointsInHand points_in_hand(GuiContext& context);
// The sentence for a hand that asked for them too soon; empty where they are there.
std::optional<std::string> points_missing(const GuiContext& context, const PointsInHand& points);

// Fits the shown box anew to its object, heading about as it has it; dimensions that are not seen keep the
// size they have.
void refit_box(GuiContext& context);

}  // namespace sweepmark::gui
