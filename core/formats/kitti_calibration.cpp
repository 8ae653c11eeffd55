#include "core/formats/kitti_calibration.hpp"

#include <fmt/format.h>

#include <Eigen/LU>
#include <Eigen/QR>
#include <span>

#include "core/base/files.hpp"
#include "core/base/text.hpp"

namespace sweepmark {

namespace {

using RowMajor34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;
using RowMajor3 = Eigen::Matrix<double, 3, 3, Eigen::RowMajor>;

// Files print seven digits; a matrix further from a rotation than this is a mistake, not rounding.
constexpr double rotation_tolerance = 1e-2;

// Lines "KEY: numbers" or "KEY numbers". Numbers are parsed when asked for, since some lines hold dates.
class KeyedLines {
 public:
  KeyedLines(std::string_view text, std::filesystem::path file) : file_(std::move(file)) {
    std::size_t number = 0;
    for (std::string_view line : lines_of(text)) {
      ++number;
      line = trimmed(line);
      const std::size_t end = line.find_first_of(": \t");
      if (line.empty() || end == std::string_view::npos) continue;
      std::string_view rest = line.substr(end);
      if (rest.starts_with(':')) rest.remove_prefix(1);
      lines_.try_emplace(std::string(line.substr(0, end)), Line{number, std::string(trimmed(rest))});
    }
  }

  // The first of the names that has a value; "" where none has.
  std::string_view first_of(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names)
      if (const auto found = lines_.find(name); found != lines_.end()) return found->first;
    return {};
  }
  bool empty_value(std::string_view key) const {
    const auto found = lines_.find(key);
    return found == lines_.end() || found->second.value.empty();
  }

  Result<std::vector<double>> numbers(std::string_view key, std::size_t count) const {
    const auto found = lines_.find(key);
    if (found == lines_.end())
      return fail(ErrorCode::malformed, fmt::format("there is no line '{}'", key), at_file(file_));
    const auto fields = split_blanks(found->second.value);
    if (fields.size() != count)
      return fail(ErrorCode::malformed,
                  fmt::format("{} numbers expected after '{}', found {}", count, key, fields.size()),
                  where(key));
    std::vector<double> values;
    for (const std::string_view field : fields) {
      const auto value = parse_double(field);
      if (!value || !std::isfinite(*value))
        return fail(ErrorCode::malformed, fmt::format("a number expected after '{}', found '{}'", key, field),
                    where(key));
      values.push_back(*value);
    }
    return values;
  }

  Result<Eigen::Matrix3d> rotation(std::string_view key) const {
    SWEEPMARK_TRY(values, numbers(key, 9));
    const Eigen::Matrix3d matrix = Eigen::Map<const RowMajor3>(values.data());
    SWEEPMARK_CHECK(check_rotation(matrix, key));
    return matrix;
  }

  Result<Eigen::Matrix4d> rigid(std::string_view key) const {
    SWEEPMARK_TRY(values, numbers(key, 12));
    Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
    matrix.topRows<3>() = Eigen::Map<const RowMajor34>(values.data());
    SWEEPMARK_CHECK(check_rotation(matrix.topLeftCorner<3, 3>(), key));
    return matrix;
  }

  // R and T on lines of their own, as KITTI raw has them.
  Result<Eigen::Matrix4d> rigid_of_r_and_t() const {
    SWEEPMARK_TRY(r, rotation("R"));
    SWEEPMARK_TRY(t, numbers("T", 3));
    Eigen::Matrix4d matrix = Eigen::Matrix4d::Identity();
    matrix.topLeftCorner<3, 3>() = r;
    matrix.topRightCorner<3, 1>() = Eigen::Map<const Eigen::Vector3d>(t.data());
    return matrix;
  }

  Result<ProjectionMatrix> projection(std::string_view key) const {
    SWEEPMARK_TRY(values, numbers(key, 12));
    const ProjectionMatrix matrix = Eigen::Map<const RowMajor34>(values.data());
    if (auto parts = decomposed(matrix); !parts)
      return fail(parts.error().code, fmt::format("{}: {}", key, parts.error().message), where(key));
    return matrix;
  }

  Where where(std::string_view key) const {
    const auto found = lines_.find(key);
    return found == lines_.end() ? at_file(file_) : at_line(file_, found->second.number);
  }

 private:
  struct Line {
    std::size_t number;
    std::string value;
  };

  Result<void> check_rotation(const Eigen::Matrix3d& matrix, std::string_view key) const {
    const double off = (matrix.transpose() * matrix - Eigen::Matrix3d::Identity()).cwiseAbs().maxCoeff();
    if (off <= rotation_tolerance && matrix.determinant() > 0) return {};
    return fail(ErrorCode::malformed,
                fmt::format("'{}' holds no rotation (determinant {:.3g}, off by {:.3g})", key,
                            matrix.determinant(), off),
                where(key));
  }

  std::filesystem::path file_;
  std::map<std::string, Line, std::less<>> lines_;
};

// The value, or nothing and a warning.
template <class T>
std::optional<T> or_warning(Result<T> result, std::vector<std::string>& warnings) {
  if (result) return std::move(result).value();
  warnings.push_back(to_string(result.error()));
  return std::nullopt;
}

Result<Pose<Camera, Ego>> rectified_from_velodyne(const KeyedLines& lines,
                                                  std::vector<std::string>& warnings) {
  const std::string_view tr_key = lines.first_of({"Tr_velo_to_cam", "Tr_velo_cam", "Tr"});
  SWEEPMARK_TRY(tr, lines.rigid(tr_key.empty() ? "Tr_velo_to_cam" : tr_key));
  Eigen::Matrix4d r0 = Eigen::Matrix4d::Identity();
  const std::string_view r0_key = lines.first_of({"R0_rect", "R_rect", "R_rect_00"});
  if (!r0_key.empty()) {
    SWEEPMARK_TRY(rotation, lines.rotation(r0_key));
    r0.topLeftCorner<3, 3>() = rotation;
  } else if (tr_key != "Tr") {  // odometry's Tr leads to the rectified camera already
    warnings.push_back(
        to_string(Error{ErrorCode::malformed, "there is no line 'R0_rect'; no rectifying rotation is assumed",
                        lines.where("R0_rect")}));
  }
  return Pose<Camera, Ego>::from_matrix(r0 * tr);
}

void add_projections(KittiCalibration& calibration, const KeyedLines& lines, std::string_view key_format) {
  for (std::size_t i = 0; i < calibration.projections.size(); ++i) {
    const std::string key = fmt::format(fmt::runtime(key_format), i);
    if (lines.first_of({key}).empty()) continue;
    if (auto projection = or_warning(lines.projection(key), calibration.warnings))
      calibration.projections[i] = *projection;
  }
}

std::string joined_numbers(std::span<const double> values) {
  std::string text;
  for (const double value : values) text += fmt::format(" {:.12e}", value);
  return text;
}

std::string rigid_line(std::string_view key, const Eigen::Matrix4d& matrix) {
  const RowMajor34 rows = matrix.topRows<3>();
  return fmt::format("{}:{}\n", key, joined_numbers({rows.data(), 12}));
}

}  // namespace

KittiCalibration parse_kitti_calibration(std::string_view text, const std::filesystem::path& file) {
  KittiCalibration calibration;
  const KeyedLines lines(text, file);
  calibration.rectified_from_velodyne =
      or_warning(rectified_from_velodyne(lines, calibration.warnings), calibration.warnings);
  // Some relatives of KITTI leave the IMU's line empty: they have none, which is no mistake.
  if (const auto key = lines.first_of({"Tr_imu_to_velo", "Tr_imu_velo"});
      !key.empty() && !lines.empty_value(key))
    if (const auto matrix = or_warning(lines.rigid(key), calibration.warnings))
      calibration.velodyne_from_imu = Pose<Ego, Sensor>::from_matrix(*matrix);
  add_projections(calibration, lines, "P{}");
  return calibration;
}

KittiCalibration read_kitti_calibration(const std::filesystem::path& file) {
  const auto text = read_text(file);
  if (text) return parse_kitti_calibration(*text, file);
  KittiCalibration nothing;
  nothing.warnings.push_back(to_string(text.error()));
  return nothing;
}

KittiCalibration read_kitti_raw_calibration(const std::filesystem::path& folder) {
  KittiCalibration calibration;
  const auto lines_of_file = [&](std::string_view name) -> std::optional<KeyedLines> {
    const auto text = or_warning(read_text(folder / name), calibration.warnings);
    if (!text) return std::nullopt;
    return KeyedLines(*text, folder / name);
  };
  const auto cameras = lines_of_file("calib_cam_to_cam.txt");
  const auto velodyne = lines_of_file("calib_velo_to_cam.txt");
  if (cameras) add_projections(calibration, *cameras, "P_rect_0{}");
  if (cameras && velodyne) {
    const auto rectify = or_warning(cameras->rotation("R_rect_00"), calibration.warnings);
    const auto unrectified = or_warning(velodyne->rigid_of_r_and_t(), calibration.warnings);
    if (rectify && unrectified) {
      Eigen::Matrix4d r0 = Eigen::Matrix4d::Identity();
      r0.topLeftCorner<3, 3>() = *rectify;
      calibration.rectified_from_velodyne = Pose<Camera, Ego>::from_matrix(r0 * *unrectified);
    }
  }
  if (const auto imu = lines_of_file("calib_imu_to_velo.txt"))
    if (const auto matrix = or_warning(imu->rigid_of_r_and_t(), calibration.warnings))
      calibration.velodyne_from_imu = Pose<Ego, Sensor>::from_matrix(*matrix);
  return calibration;
}

std::string kitti_calibration_text(const KittiCalibration& calibration) {
  std::string text;
  for (std::size_t i = 0; i < calibration.projections.size(); ++i) {
    if (!calibration.projections[i]) continue;
    const RowMajor34 rows = *calibration.projections[i];
    text += fmt::format("P{}:{}\n", i, joined_numbers({rows.data(), 12}));
  }
  const RowMajor3 no_rotation = RowMajor3::Identity();
  text += fmt::format("R0_rect:{}\n", joined_numbers({no_rotation.data(), 9}));
  if (calibration.rectified_from_velodyne)
    text += rigid_line("Tr_velo_to_cam", calibration.rectified_from_velodyne->matrix());
  if (calibration.velodyne_from_imu)
    text += rigid_line("Tr_imu_to_velo", calibration.velodyne_from_imu->matrix());
  return text;
}

Result<DecomposedProjection> decomposed(const ProjectionMatrix& projection) {
  const double scale = projection.block<1, 3>(2, 0).norm();
  const double handedness = projection.leftCols<3>().determinant();
  if (!(scale > 0) || handedness == 0)
    return fail(ErrorCode::malformed, "not the projection of a camera: its left part is singular");
  const ProjectionMatrix p = projection * ((handedness > 0 ? 1.0 : -1.0) / scale);
  // M = K·R with K upper triangular, by the QR decomposition of M's rows taken backwards.
  const Eigen::Matrix3d reversal = Eigen::Matrix3d::Identity().rowwise().reverse();
  const Eigen::Matrix3d backwards = (reversal * p.leftCols<3>()).transpose();
  const Eigen::HouseholderQR<Eigen::Matrix3d> qr(backwards);
  const Eigen::Matrix3d q = qr.householderQ();
  const Eigen::Matrix3d upper = qr.matrixQR().triangularView<Eigen::Upper>();
  Eigen::Matrix3d k = reversal * upper.transpose() * reversal;
  Eigen::Matrix3d rotation = reversal * q.transpose();
  const Eigen::Vector3d signs = k.diagonal().cwiseSign();
  k = k * signs.asDiagonal();
  rotation = signs.asDiagonal() * rotation;
  if (std::abs(k(0, 1)) > 1e-6 * k(0, 0))
    return fail(ErrorCode::unsupported,
                fmt::format("the camera has a skew of {:.3g} px, which is not handled", k(0, 1)));
  DecomposedProjection result;
  result.intrinsics.fx = k(0, 0);
  result.intrinsics.fy = k(1, 1);
  result.intrinsics.cx = k(0, 2);
  result.intrinsics.cy = k(1, 2);
  result.camera_from_rectified = Pose<Camera, Camera>(nearest_rotation(rotation), k.inverse() * p.col(3));
  return result;
}

CameraSensor kitti_camera(const KittiCalibration& calibration, std::size_t number, SensorId id) {
  CameraSensor camera{
      std::move(id), kitti_camera_label(number), nominal_camera_from_ego().inverse(), {}, false};
  if (!calibration.rectified_from_velodyne || !calibration.projections.at(number)) return camera;
  const auto parts = decomposed(*calibration.projections[number]);
  if (!parts) return camera;  // cannot be: a projection that does not come apart was not taken from the file
  camera.intrinsics = parts->intrinsics;
  camera.ego_from_camera = (parts->camera_from_rectified * *calibration.rectified_from_velodyne).inverse();
  camera.calibrated = true;
  return camera;
}

std::string kitti_camera_label(std::size_t number) {
  constexpr std::array<std::string_view, 4> labels = {"left grey", "right grey", "left colour",
                                                      "right colour"};
  return number < labels.size() ? std::string(labels[number]) : fmt::format("camera {}", number);
}

Pose<Camera, Ego> nominal_camera_from_ego() {
  Eigen::Matrix4d axes = Eigen::Matrix4d::Identity();
  axes.topLeftCorner<3, 3>() << 0, -1, 0, 0, 0, -1, 1, 0, 0;
  return Pose<Camera, Ego>::from_matrix(axes);
}

}  // namespace sweepmark
