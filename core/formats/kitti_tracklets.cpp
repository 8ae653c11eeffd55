#include "core/formats/kitti_tracklets.hpp"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <pugixml.hpp>

#include "core/base/text.hpp"

namespace sweepmark {

namespace {

// The elements of one file, with the line each is on.
class TrackletFile {
 public:
  TrackletFile(std::string_view xml, std::filesystem::path file) : xml_(xml), file_(std::move(file)) {}

  Result<Tracklets> parse() {
    pugi::xml_document document;
    const auto status = document.load_buffer(xml_.data(), xml_.size());
    if (!status)
      return fail(ErrorCode::malformed, fmt::format("not sound XML: {}", status.description()),
                  at(status.offset));
    const pugi::xml_node root = document.child("boost_serialization").child("tracklets");
    if (!root) return fail(ErrorCode::malformed, "<boost_serialization><tracklets> expected", at_file(file_));
    Tracklets result;
    for (const pugi::xml_node item : root.children("item")) {
      SWEEPMARK_TRY(tracklet, parse_tracklet(item, result.warnings));
      result.tracks.push_back(std::move(tracklet));
    }
    warn_of_count(root, result.tracks.size(), result.warnings);
    return result;
  }

 private:
  Result<Tracklet> parse_tracklet(const pugi::xml_node& item, std::vector<std::string>& warnings) {
    Tracklet tracklet;
    tracklet.type = trimmed(item.child_value("objectType"));
    if (tracklet.type.empty())
      return fail(ErrorCode::malformed, "<objectType> expected in the tracklet", at(item.offset_debug()));
    constexpr const char* names[3] = {"l", "w", "h"};
    for (int i = 0; i < 3; ++i) {
      SWEEPMARK_TRY(length, number(item, names[i]));
      tracklet.size[i] = std::abs(length);
    }
    if (tracklet.size.minCoeff() <= 0)
      return fail(ErrorCode::malformed, "the tracklet has a size of zero", at(item.offset_debug()));
    SWEEPMARK_CHECK(warn_of_size(item, warnings));
    SWEEPMARK_TRY(first_frame, number(item, "first_frame"));
    if (first_frame < 0 || first_frame > 1e9 || first_frame != std::floor(first_frame))
      return fail(ErrorCode::malformed,
                  fmt::format("a frame number expected in <first_frame>, found {}", first_frame),
                  at(item.child("first_frame").offset_debug()));
    tracklet.first_frame = static_cast<std::int64_t>(first_frame);
    for (const pugi::xml_node pose_item : item.child("poses").children("item")) {
      SWEEPMARK_TRY(pose, parse_pose(pose_item));
      tracklet.poses.push_back(pose);
    }
    warn_of_count(item.child("poses"), tracklet.poses.size(), warnings);
    return tracklet;
  }

  Result<TrackletPose> parse_pose(const pugi::xml_node& item) {
    TrackletPose pose;
    constexpr const char* places[3] = {"tx", "ty", "tz"};
    constexpr const char* angles[3] = {"rx", "ry", "rz"};
    for (int i = 0; i < 3; ++i) {
      SWEEPMARK_TRY(place, number(item, places[i]));
      SWEEPMARK_TRY(angle, number(item, angles[i]));
      pose.bottom[i] = place;
      pose.rotation[i] = angle;
    }
    pose.state = flag(item, "state", 0);
    pose.occlusion = flag(item, "occlusion", -1);
    pose.truncation = flag(item, "truncation", -1);
    return pose;
  }

  Result<double> number(const pugi::xml_node& parent, const char* name) {
    const pugi::xml_node node = parent.child(name);
    if (!node)
      return fail(ErrorCode::malformed, fmt::format("<{}> expected", name), at(parent.offset_debug()));
    const auto value = parse_double(node.child_value());
    if (!value || !std::isfinite(*value))
      return fail(ErrorCode::malformed,
                  fmt::format("a number expected in <{}>, found '{}'", name, node.child_value()),
                  at(node.offset_debug()));
    return *value;
  }

  // Marks are worth keeping but not worth refusing a file for.
  static int flag(const pugi::xml_node& parent, const char* name, int otherwise) {
    return static_cast<int>(
        std::clamp<std::int64_t>(parse_int(parent.child_value(name)).value_or(otherwise), -1, 99));
  }

  Result<void> warn_of_size(const pugi::xml_node& item, std::vector<std::string>& warnings) {
    for (const char* name : {"l", "w", "h"}) {
      SWEEPMARK_TRY(length, number(item, name));
      if (length < 0)
        warnings.push_back(to_string(Error{ErrorCode::malformed,
                                           fmt::format("<{}> is {}; its magnitude is taken", name, length),
                                           at(item.child(name).offset_debug())}));
    }
    return {};
  }

  void warn_of_count(const pugi::xml_node& list, std::size_t found, std::vector<std::string>& warnings) {
    const auto count = parse_int(list.child_value("count"));
    if (count && *count != static_cast<std::int64_t>(found))
      warnings.push_back(to_string(Error{ErrorCode::malformed,
                                         fmt::format("<count> says {}, {} items are there", *count, found),
                                         at(list.child("count").offset_debug())}));
  }

  Where at(std::ptrdiff_t offset) const {
    const auto end =
        xml_.begin() + std::clamp<std::ptrdiff_t>(offset, 0, static_cast<std::ptrdiff_t>(xml_.size()));
    return at_line(file_, static_cast<std::uint64_t>(std::count(xml_.begin(), end, '\n')) + 1);
  }

  std::string_view xml_;
  std::filesystem::path file_;
};

}  // namespace

Result<Tracklets> parse_tracklets(std::string_view xml, const std::filesystem::path& file) {
  return TrackletFile(xml, file).parse();
}

Box3<Ego> tracklet_box(const Tracklet& tracklet, std::size_t i) {
  const TrackletPose& pose = tracklet.poses[i];
  const Eigen::Quaterniond rotation = Eigen::AngleAxisd(pose.rotation.z(), Eigen::Vector3d::UnitZ()) *
                                      Eigen::AngleAxisd(pose.rotation.y(), Eigen::Vector3d::UnitY()) *
                                      Eigen::AngleAxisd(pose.rotation.x(), Eigen::Vector3d::UnitX());
  const Eigen::Vector3d up = rotation * Eigen::Vector3d(0, 0, 0.5 * tracklet.size.z());
  return {Pose<Ego, BoxLocal>(rotation, pose.bottom + up), tracklet.size};
}

}  // namespace sweepmark
