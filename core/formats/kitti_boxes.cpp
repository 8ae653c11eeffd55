#include "core/formats/kitti_boxes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numbers>
#include <span>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/geometry/rotation.hpp"

namespace sweepmark {

namespace {

// The numbers of one row, taken in order; the first that is none is remembered.
class Fields {
 public:
  explicit Fields(std::span<const std::string_view> fields) : fields_(fields) {}

  std::string_view text() { return fields_[next_++]; }
  double number() {
    const std::string_view field = text();
    const auto value = parse_double(field);
    if ((!value || !std::isfinite(*value)) && wrong_.empty()) wrong_ = field;
    return value.value_or(0);
  }
  std::string number_text() {
    const std::size_t at = next_;
    number();
    return std::string(fields_[at]);
  }
  std::int64_t integer() {
    const std::string_view field = text();
    const auto value = parse_int(field);
    if (!value && wrong_.empty()) wrong_ = field;
    return value.value_or(0);
  }
  bool more() const { return next_ < fields_.size(); }
  std::size_t read() const { return next_; }
  std::string_view wrong() const { return wrong_; }

 private:
  std::span<const std::string_view> fields_;
  std::size_t next_ = 0;
  std::string_view wrong_;
};

Result<KittiRow> parse_row(std::string_view line, const Where& where, KittiRows kind) {
  const auto parts = split_blanks(line);
  const std::size_t expected = kind == KittiRows::tracking ? 17 : 15;
  if (parts.size() != expected && parts.size() != expected + 1)
    return fail(
        ErrorCode::malformed,
        fmt::format("{} fields expected ({} with a score), found {}", expected, expected + 1, parts.size()),
        where);
  Fields fields(parts);
  KittiRow row;
  if (kind == KittiRows::tracking) {
    row.frame = fields.integer();
    row.track = fields.integer();
  }
  row.type = fields.text();
  row.truncated = fields.number_text();
  row.occluded = fields.number_text();
  row.alpha = fields.number();
  for (double& bound : row.image_box) bound = fields.number();
  row.height = fields.number();
  row.width = fields.number();
  row.length = fields.number();
  for (int axis = 0; axis < 3; ++axis) row.bottom[axis] = fields.number();
  row.rotation_y = fields.number();
  if (fields.more()) row.score = fields.number();
  if (!fields.wrong().empty())
    return fail(ErrorCode::malformed, fmt::format("a number expected, found '{}'", fields.wrong()), where);
  if (row.frame < 0 || row.frame > max_frame_number)
    return fail(ErrorCode::malformed, fmt::format("a frame number expected, found {}", row.frame), where);
  row.line = where.line.value_or(0);
  return row;
}

// The part of the segment a–b that lies at least `near` before the lens.
bool clip_to_depth(Eigen::Vector3d& a, Eigen::Vector3d& b, double near) {
  if (a.z() < near && b.z() < near) return false;
  if (a.z() < near) a = a + (b - a) * ((near - a.z()) / (b.z() - a.z()));
  if (b.z() < near) b = b + (a - b) * ((near - b.z()) / (a.z() - b.z()));
  return true;
}

}  // namespace

Result<std::vector<KittiRow>> parse_kitti_rows(std::string_view text, const std::filesystem::path& file,
                                               KittiRows kind) {
  std::vector<KittiRow> rows;
  std::size_t number = 0;
  for (const std::string_view line : lines_of(text)) {
    ++number;
    if (trimmed(line).empty()) continue;
    SWEEPMARK_TRY(row, parse_row(line, at_line(file, number), kind));
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<std::vector<KittiRow>> read_kitti_rows(const std::filesystem::path& file, KittiRows kind) {
  SWEEPMARK_TRY(text, read_text(file));
  return parse_kitti_rows(text, file, kind);
}

std::string kitti_row_text(const KittiRow& row, KittiRows kind) {
  std::string text;
  if (kind == KittiRows::tracking) text += fmt::format("{} {} ", row.frame, row.track);
  text += fmt::format("{} {} {} {:.6f}", row.type, row.truncated, row.occluded, row.alpha);
  for (const double bound : row.image_box) text += bound == -1.0 ? " -1" : fmt::format(" {:.6f}", bound);
  text += fmt::format(" {:.6f} {:.6f} {:.6f} {:.6f} {:.6f} {:.6f} {:.6f}", row.height, row.width, row.length,
                      row.bottom.x(), row.bottom.y(), row.bottom.z(), row.rotation_y);
  if (row.score) text += fmt::format(" {:.6f}", *row.score);
  return text + "\n";
}

Box3<Ego> kitti_box(const KittiRow& row, const Pose<Camera, Ego>& rectified_from_velodyne) {
  Point<Ego> centre = rectified_from_velodyne.inverse() * Point<Camera>(row.bottom);
  centre.metres.z() += 0.5 * row.height;
  return upright_box(centre, wrapped_angle(-row.rotation_y - std::numbers::pi / 2),
                     Eigen::Vector3d(row.length, row.width, row.height));
}

void set_kitti_box(KittiRow& row, const Box3<Ego>& box, const Pose<Camera, Ego>& rectified_from_velodyne,
                   const Point<Ego>& observer) {
  row.length = box.length();
  row.width = box.width();
  row.height = box.height();
  const Eigen::Vector3d bottom = box.centre().metres - Eigen::Vector3d(0, 0, 0.5 * box.height());
  row.bottom = (rectified_from_velodyne * Point<Ego>(bottom)).metres;
  row.rotation_y = wrapped_angle(-box.yaw() - std::numbers::pi / 2);
  const Eigen::Vector3d seen = box.centre().metres - observer.metres;
  row.alpha = wrapped_angle(row.rotation_y + std::atan2(seen.y(), seen.x()));
}

std::string kitti_track_name(const KittiRow& row) {
  return row.track >= 0 ? fmt::format("{}", row.track) : fmt::format("line {}", row.line);
}

TruthBox kitti_truth(const KittiRow& row, std::string track, TimestampNs time,
                     const Pose<Camera, Ego>& rectified_from_velodyne) {
  TruthBox truth;
  truth.time = time;
  truth.track = std::move(track);
  truth.class_name = row.type;
  truth.box = kitti_box(row, rectified_from_velodyne);
  truth.attributes["truncated"] = row.truncated;
  truth.attributes["occluded"] = row.occluded;
  if (row.score) truth.attributes["score"] = fmt::format("{}", *row.score);
  return truth;
}

std::optional<std::array<double, 4>> projected_bounds(const Box3<Ego>& box,
                                                      const Pose<Camera, Ego>& camera_from_ego,
                                                      const CameraIntrinsics& intrinsics) {
  const auto corners = box.corners();
  Eigen::Vector2d low = Eigen::Vector2d::Constant(1e12), high = -low;
  for (const auto& [from, to] : box_edges) {
    Eigen::Vector3d a = (camera_from_ego * corners[from]).metres, b = (camera_from_ego * corners[to]).metres;
    if (!clip_to_depth(a, b, 0.1)) continue;
    for (const Eigen::Vector3d& end : {a, b}) {
      const Eigen::Vector2d pixel(intrinsics.fx * end.x() / end.z() + intrinsics.cx,
                                  intrinsics.fy * end.y() / end.z() + intrinsics.cy);
      low = low.cwiseMin(pixel);
      high = high.cwiseMax(pixel);
    }
  }
  low = low.cwiseMax(0.0);
  if (intrinsics.width > 0 && intrinsics.height > 0)
    high = high.cwiseMin(Eigen::Vector2d(intrinsics.width - 1, intrinsics.height - 1));
  if (low.x() >= high.x() || low.y() >= high.y()) return std::nullopt;
  return std::array<double, 4>{low.x(), low.y(), high.x(), high.y()};
}

}  // namespace sweepmark
