#include "app/gui/label_ages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sweepmark::gui {

namespace {

constexpr float unknown = std::numeric_limits<float>::quiet_NaN();

float hours_between(std::int64_t then_ms, std::int64_t now_ms) {
  return static_cast<float>(static_cast<double>(std::max<std::int64_t>(0, now_ms - then_ms)) / 3.6e6);
}

void age_by_boxes(std::vector<float>& result, const PointCloud& cloud,
                  const Pose<Ego, Sensor>& ego_from_cloud, TimestampNs sweep,
                  std::span<const VisibleBox> boxes, const Document& document, const LabelAges& ages,
                  std::int64_t now) {
  for (const VisibleBox& box : boxes) {
    const Track* const track = box.ghost ? nullptr : document.track(box.track);
    const auto changed = track ? ages.box_changed(*track, sweep) : std::nullopt;
    if (!changed) continue;
    const float age = hours_between(*changed, now);
    for (const std::uint32_t point : points_in_box(cloud, ego_from_cloud.inverse() * box.box))
      if (!(result[point] <= age)) result[point] = age;
  }
}

// Those whose label was taken away again say nothing.
void age_by_rows(std::vector<float>& result, const PointCloud& cloud, const PointLabels& labels,
                 std::span<const LabelAges::Rows> changed, std::int64_t now) {
  std::vector<float> by_row(labels.row_limit(), unknown);
  for (const LabelAges::Rows& rows : changed)
    for (std::size_t row = rows.first;
         row < std::min<std::size_t>(by_row.size(), std::size_t{rows.first} + rows.count); ++row)
      by_row[row] = hours_between(rows.unix_ms, now);
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const std::size_t row = cloud.file_row.empty() ? i : cloud.file_row[i];
    if (row < by_row.size() && !std::isnan(by_row[row]) && labels.at(row) != 0) result[i] = by_row[row];
  }
}

}  // namespace

Result<bool> LabelAges::catch_up(Session& session, std::size_t limit) {
  SWEEPMARK_TRY(commits, session.store().commits(session.layer(), revision_, limit));
  for (const Commit& commit : commits) {
    if (commit.info.revision > session.revision()) break;  // of another window, not taken in yet
    SWEEPMARK_TRY(patch, decode_patch(commit.patch));
    take(commit, patch);
    revision_ = commit.info.revision;
  }
  return commits.empty() || revision_ >= session.revision();
}

void LabelAges::take(const Commit& commit, const Patch& patch) {
  for (const Change& change : patch) {
    if (const auto* keyframe = std::get_if<KeyframeChange>(&change)) {
      if (keyframe->after)
        keyframes_[{keyframe->track, keyframe->time}] = commit.info.unix_ms;
      else
        keyframes_.erase({keyframe->track, keyframe->time});
    }
    if (const auto* labels = std::get_if<PointLabelChange>(&change))
      for (const LabelRun& run : labels->runs)
        rows_[labels->sweep].push_back({run.first, run.count, commit.info.unix_ms});
  }
}

std::optional<std::int64_t> LabelAges::box_changed(const Track& track, TimestampNs time) const {
  const auto first =
      keyframes_.lower_bound({track.id, TimestampNs{std::numeric_limits<std::int64_t>::min()}});
  const auto is_of_track = [&](auto entry) {
    return entry != keyframes_.end() && entry->first.first == track.id;
  };
  if (!is_of_track(first)) return std::nullopt;
  const auto after = keyframes_.lower_bound({track.id, time});
  if (!is_of_track(after)) return std::prev(after)->second;
  if (after->first.second == time || after == first) return after->second;
  return std::max(std::prev(after)->second, after->second);
}

std::span<const LabelAges::Rows> LabelAges::rows_changed(TimestampNs sweep) const {
  const auto found = rows_.find(sweep);
  return found == rows_.end() ? std::span<const Rows>() : found->second;
}

std::vector<float> label_ages(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                              TimestampNs sweep, std::span<const VisibleBox> boxes, const Document& document,
                              const LabelAges& ages, std::int64_t now_unix_ms) {
  std::vector<float> result(cloud.size(), unknown);
  age_by_boxes(result, cloud, ego_from_cloud, sweep, boxes, document, ages, now_unix_ms);
  if (const auto labels = document.point_labels.find(sweep); labels != document.point_labels.end())
    age_by_rows(result, cloud, labels->second, ages.rows_changed(sweep), now_unix_ms);
  return result;
}

std::string age_text(double hours) {
  const double seconds = 3600 * hours;
  if (seconds < 90) return fmt::format("{:.0f} s", seconds);
  if (seconds < 90 * 60) return fmt::format("{:.0f} min", seconds / 60);
  if (hours < 48) return fmt::format("{:.0f} h", hours);
  return fmt::format("{:.0f} d", hours / 24);
}

}  // namespace sweepmark::gui
