// Small KITTI trees for tests.
#pragma once

#include <rapidcheck.h>

#include <numbers>
#include <string>
#include <vector>

#include "core/drive/drive.hpp"
#include "core/drive/image.hpp"
#include "core/formats/label_format.hpp"
#include "core/geometry/rotation.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark::test {

inline const std::string kitti_calibration_lines =
    "P0: 721.5377 0 609.5593 0 0 721.5377 172.854 0 0 0 1 0\n"
    "P1: 721.5377 0 609.5593 -387.5744 0 721.5377 172.854 0 0 0 1 0\n"
    "P2: 721.5377 0 609.5593 44.85728 0 721.5377 172.854 0.2163791 0 0 1 0.002745884\n"
    "P3: 721.5377 0 609.5593 -339.5242 0 721.5377 172.854 2.199936 0 0 1 0.002729905\n"
    "R0_rect: 0.9999239 0.00983776 -0.007445048 -0.009869795 0.9999421 -0.004278459 0.007402527 0.004351614 "
    "0.9999631\n"
    "Tr_velo_to_cam: 0.007533745 -0.9999714 -0.000616602 -0.004069766 0.01480249 0.0007280733 -0.9998902 "
    "-0.07631618 0.9998621 0.00752379 "
    "0.01480755 -0.2717806\n"
    "Tr_imu_to_velo: 0.9999976 0.0007553071 -0.002035826 -0.8086759 -0.0007854027 0.9998898 -0.01482298 "
    "0.3195559 0.002024406 0.01482454 "
    "0.9998881 -0.7997231\n";

inline std::string kitti_sweep(std::size_t points) {
  std::vector<float> rows;
  for (std::size_t i = 0; i < points; ++i)
    rows.insert(rows.end(), {static_cast<float>(i), 1.0f, -1.5f, 0.25f});
  return std::string(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(float));
}

inline void write_grey_image(const std::filesystem::path& file, int width, int height) {
  std::filesystem::create_directories(file.parent_path());
  Image image{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(4 * width * height), 128)};
  ASSERT_TRUE(write_png(image, file));
}

// A number in low…high.
inline rc::Gen<double> between(double low, double high) {
  return rc::gen::map(rc::gen::inRange<std::int64_t>(0, 1'000'000'000),
                      [=](std::int64_t i) { return low + (high - low) * 1e-9 * static_cast<double>(i); });
}

// `number(low, high)` draws one number.
template <class Draw>
Box3<Ego> random_upright_box(Draw number) {
  const Point<Ego> centre(number(-80, 80), number(-60, 60), number(-3, 4));
  const double yaw = number(-std::numbers::pi, std::numbers::pi);
  return upright_box(centre, yaw, Eigen::Vector3d(number(0.2, 15), number(0.2, 4), number(0.2, 5)));
}

// How far a corner of one box lies from the same corner of the other, at most.
inline double corner_distance(const Box3<Ego>& a, const Box3<Ego>& b) {
  double worst = 0;
  for (std::size_t i = 0; i < 8; ++i)
    worst = std::max(worst, (a.corners()[i].metres - b.corners()[i].metres).norm());
  return worst;
}

// All the truth of a drive as labels to be written.
inline std::vector<LabelledBox> labels_of(const std::vector<TruthBox>& truth, const Drive& drive) {
  std::map<std::string, TrackId> tracks;
  std::vector<LabelledBox> boxes;
  for (const TruthBox& box : truth) {
    const TrackId id =
        tracks.try_emplace(box.track, TrackId{static_cast<std::uint32_t>(tracks.size() + 1)}).first->second;
    boxes.push_back({*drive.sweep_at(box.time), box.time, id, box.track, box.class_name, box.box, true,
                     Origin::imported, box.attributes});
  }
  std::ranges::stable_sort(boxes, {}, &LabelledBox::sweep);
  return boxes;
}

}  // namespace sweepmark::test
