// When labels were last changed, read off the log, and how old those of a sweep's points are. No ImGui, no
// GL.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "app/gui/workspace.hpp"

namespace sweepmark::gui {

class LabelAges {
 public:
  // Takes in at most `limit` further commits of the session's layer. True where there are no more: then all
  // it says is of the session's revision.
  Result<bool> catch_up(Session& session, std::size_t limit);
  Revision revision() const { return revision_; }

  // Unix milliseconds. A box at a keyframe is as old as that keyframe; one between two, as the newer of
  // them; beyond the outer ones, as the nearest. Empty where the log knows nothing of it.
  std::optional<std::int64_t> box_changed(const Track& track, TimestampNs time) const;
  // Rows first … first + count − 1 of a sweep's file; a later entry of the list holds before an earlier one.
  struct Rows {
    std::uint32_t first = 0, count = 0;
    std::int64_t unix_ms = 0;
  };
  std::span<const Rows> rows_changed(TimestampNs sweep) const;

 private:
  void take(const Commit& commit, const Patch& patch);

  Revision revision_;
  std::map<std::pair<TrackId, TimestampNs>, std::int64_t> keyframes_;
  std::map<TimestampNs, std::vector<Rows>> rows_;
};

// Hours since the label of each point was changed: of its own label, else of the box it lies in (the newest,
// where it lies in several). Not a number where neither says anything.
std::vector<float> label_ages(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                              TimestampNs sweep, std::span<const VisibleBox> boxes, const Document& document,
                              const LabelAges& ages, std::int64_t now_unix_ms);

// "40 s", "12 min", "3 h", "5 d"
std::string age_text(double hours);

}  // namespace sweepmark::gui
