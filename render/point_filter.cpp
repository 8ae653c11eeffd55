#include "render/point_filter.hpp"

namespace sweepmark {

namespace {

bool same(const Box3<World>& a, const Box3<World>& b) {
  return a.size == b.size && a.pose.translation() == b.pose.translation() &&
         a.pose.rotation().coeffs() == b.pose.rotation().coeffs();
}

}  // namespace

bool PointFilter::lets_all_through() const {
  return !height && !range && !clip && hidden_classes.empty() && shown == PointsShown::all;
}

bool operator==(const PointFilter& a, const PointFilter& b) {
  return a.height == b.height && a.range == b.range && a.clip.has_value() == b.clip.has_value() &&
         (!a.clip || same(*a.clip, *b.clip)) && a.hidden_classes == b.hidden_classes && a.shown == b.shown;
}

}  // namespace sweepmark
