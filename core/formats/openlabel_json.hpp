// ASAM OpenLABEL 1.0.0 as JSON, for the drive reader and the label format: what both need, checked, with no
// exceptions.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/drive/drive.hpp"
#include "core/formats/json_file.hpp"
#include "core/geometry/pose.hpp"

namespace sweepmark::openlabel {

// A coordinate system known by name; poses between such systems are Pose<Named, Named>.
struct Named {};
using NamedPose = Pose<Named, Named>;
template <class To, class From>
Pose<To, From> with_frames(const NamedPose& pose) {
  return Pose<To, From>::from_unit(pose.rotation(), pose.translation());
}
template <class To, class From>
NamedPose without_frames(const Pose<To, From>& pose) {
  return NamedPose::from_unit(pose.rotation(), pose.translation());
}

// Whether a file begins like OpenLABEL JSON. Reads its first 4 kB.
bool looks_like_openlabel(const std::filesystem::path& file);

// The content of the root's "openlabel". A file that is no JSON, no OpenLABEL or of another major version is
// an error.
Result<Json> read_openlabel(const std::filesystem::path& file);

// Seconds as text keep their nanoseconds ("1700000000.123456789"); numbers are seconds, too, or milli-,
// micro- or nanoseconds where they are too large for that (from 1e11, 1e14, 1e17 on); ISO 8601 dates and
// times are UTC where they do not say.
std::optional<TimestampNs> time_from(const Json& json);
std::string text_from(TimestampNs time);  // seconds with nine decimals

// "quaternion" (x y z w) with "translation", "matrix4x4" by rows, or "euler_angles" with "sequence". A matrix
// whose last row is not 0 0 0 1, and what is no rotation, is an error that begins with `what`.
Result<NamedPose> pose_from(const Json& transform, const std::string& what,
                            const std::filesystem::path& file);
Json pose_to(const NamedPose& pose);

struct System {
  std::string type, parent;
  std::optional<NamedPose> parent_from_self;  // pose_wrt_parent
};

// The tree of coordinate systems.
class Systems {
 public:
  static Result<Systems> parse(const Json& root, const std::filesystem::path& file);

  const System* find(const std::string& name) const;
  // The system the vehicle has: the first local_cs on the way up from `sensor`, else the last system that is
  // no scene_cs.
  std::string vehicle_of(const std::string& sensor) const;
  // Takes coordinates in `name` to its ancestor's; nothing where it is no ancestor. A pose nobody gave is
  // none.
  std::optional<NamedPose> ancestor_from(const std::string& ancestor, const std::string& name) const;
  const std::map<std::string, System>& all() const { return systems_; }

 private:
  std::map<std::string, System> systems_;
};

struct Frame {
  std::int64_t number = 0;
  std::optional<TimestampNs> time;
  const Json* json = nullptr;  // lives as long as the root does

  const Json* properties() const;
};
// The frames in the order of their numbers.
Result<std::vector<Frame>> frames_of(const Json& root, const std::filesystem::path& file);

// The frame's transform from the vehicle's system, or the way back inverted, to one that is not below it;
// nothing where there is none.
Result<std::optional<NamedPose>> world_from_vehicle(const Frame& frame, const std::string& vehicle,
                                                    const std::filesystem::path& file);

// All cuboids of the frames, in the vehicle's frame at the times `time_of` gives their frames. Systems the
// file does not describe are looked up in `rig` among its lidars.
Result<std::vector<TruthBox>> boxes_of(const Json& root, const std::filesystem::path& file, const Rig& rig,
                                       const std::function<Result<TimestampNs>(const Frame&)>& time_of);

// What boxes_of calls the objects of the file, by their keys.
std::map<std::string, std::string> track_names(const Json& root);

// Cameras as streams describe them. Nothing where no known model stands there.
Result<std::optional<CameraIntrinsics>> intrinsics_from(const Json& stream_properties,
                                                        const std::string& camera,
                                                        const std::filesystem::path& file);
Json intrinsics_to(const CameraIntrinsics& intrinsics);

}  // namespace sweepmark::openlabel
