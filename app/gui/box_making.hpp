// Boxes from few clicks: what the box tool makes of places somebody pointed at. Pure functions, ego frame,
// metres.
#pragma once

#include <optional>
#include <string>

#include "core/assist/box_fit.hpp"
#include "core/assist/footprint_fit.hpp"
#include "core/geometry/trajectory.hpp"
#include "core/labels/document.hpp"

namespace sweepmark::gui {

// The rectangle between two opposite corners, its sides along and across `yaw`.
Footprint rectangle_between(const Point<Ego>& a, const Point<Ego>& b, double yaw);

// Both ends of an object's front edge, in either order, and any place on the line of its rear: the object
// heads from the rear to the front. Empty where edge or length are shorter than 10 cm.
std::optional<Footprint> behind_front_edge(const Point<Ego>& a, const Point<Ego>& b, const Point<Ego>& rear);

// How high what stands inside a footprint reaches over the ground: its second highest point, so that one
// stray counts for nothing. `usual` where fewer than eight points tell or none is higher than 30 cm; points
// above twice the usual height are branches and bridges.
double height_within(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, const Footprint& drawn,
                     double ground, double usual);

Box3<Ego> standing_on(const Footprint& drawn, double ground, double height);

// The box of the object of the class that was made last, at `time`, held in the world where it is not there.
// Empty where there is no such object.
std::optional<Box3<Ego>> last_box_of(const Document& document, const Trajectory& trajectory, ClassId class_id,
                                     TimestampNs time);

// Whether a fitted box is at the place that was pointed at: within `margin` of its footprint.
bool is_at(const Box3<Ego>& box, const Point<Ego>& place, double margin);

// "Car fitted, 82 % sure · seen: length, height · as usual for the class: width · which end is the front …";
// `unseen` is what became of dimensions that were not seen.
std::string said_of(const BoxFit& fit, const std::string& class_name,
                    const std::string& unseen = "as usual for the class");

}  // namespace sweepmark::gui
