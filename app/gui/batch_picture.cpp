#include "app/gui/batch_picture.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace sweepmark::gui {

namespace {

constexpr double ground_thickness = 0.2;  // metres above the ground that still are ground
constexpr Rgba ground_colour{66, 72, 82, 255}, outside_colour{140, 149, 162, 255};

enum class Layer { ground, outside, inside };

struct Spot {
  int x, y;  // centre pixel
  std::uint32_t colour;
};

Rgba bright(ColourMap map, double share) {
  // The dark ends of a map would look like points outside.
  return colour_at(map, 0.25 + 0.65 * std::clamp(share, 0.0, 1.0), 0, 1);
}

void splat(const Spot& spot, const CropView& view, std::span<std::uint32_t> canvas) {
  const int left = std::max(0, spot.x - (view.point_size - 1) / 2),
            top = std::max(0, spot.y - (view.point_size - 1) / 2);
  const int right = std::min(view.size.width, spot.x - (view.point_size - 1) / 2 + view.point_size);
  const int bottom = std::min(view.size.height, spot.y - (view.point_size - 1) / 2 + view.point_size);
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x)
      canvas[static_cast<std::size_t>(y) * static_cast<std::size_t>(view.size.width) +
             static_cast<std::size_t>(x)] = spot.colour;
}

template <class T>
void append(std::string& key, const T& value) {
  key.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void append(std::string& key, const Eigen::Vector3d& v) {
  for (int i = 0; i < 3; ++i) append(key, v[i]);
}

}  // namespace

std::size_t paint_crop(const CloudCrop& crop, const CropView& view, std::span<std::uint32_t> canvas) {
  const Eigen::Vector3d towards_eye = view.right.cross(view.up);
  const Pose<BoxLocal, Ego> box_from_ego = view.box.pose.inverse();
  const Eigen::Vector3d half = 0.5 * view.box.size, origin = crop.key.middle().metres;
  std::array<std::vector<Spot>, 3> layers;
  std::size_t inside = 0;
  for (const Eigen::Vector3f& point : crop.points) {
    const Eigen::Vector3d place = origin + point.cast<double>(), from = place - view.middle;
    const Eigen::Vector3d local = (box_from_ego * Point<Ego>(place)).metres;
    const bool is_inside = (local.cwiseAbs().array() <= half.array()).all();
    inside += is_inside ? 1 : 0;
    const double depth = from.dot(towards_eye);
    if (!is_inside && (depth > view.nearer || depth < -view.farther)) continue;
    const double x = 0.5 * view.size.width + from.dot(view.right) / view.metres_per_pixel;
    const double y = 0.5 * view.size.height - from.dot(view.up) / view.metres_per_pixel;
    if (x < -view.point_size || y < -view.point_size || x > view.size.width + view.point_size ||
        y > view.size.height + view.point_size)
      continue;
    const bool is_ground = crop.ground && place.z() < *crop.ground + ground_thickness;
    const Layer layer = is_inside ? Layer::inside : is_ground ? Layer::ground : Layer::outside;
    const Rgba colour = is_inside   ? bright(view.map, 0.5 + 0.5 * local.z() / half.z())
                        : is_ground ? ground_colour
                                    : outside_colour;
    layers[static_cast<std::size_t>(layer)].push_back(
        {static_cast<int>(std::floor(x)), static_cast<int>(std::floor(y)), colour.packed()});
  }
  for (const std::vector<Spot>& layer : layers)
    for (const Spot& spot : layer) splat(spot, view, canvas);
  return inside * crop.every;
}

std::string key_of(const CropKey& crop, const CropView& view) {
  std::string key;
  append(key, crop.sweep);
  for (const std::int32_t each : crop.centre) append(key, each);
  append(key, crop.reach);
  append(key, view.box.pose.translation());
  const Eigen::Vector4d turn = view.box.pose.rotation().coeffs();
  for (int i = 0; i < 4; ++i) append(key, turn[i]);
  append(key, view.box.size);
  append(key, view.middle);
  append(key, view.right);
  append(key, view.up);
  for (const double each : {view.metres_per_pixel, view.nearer, view.farther}) append(key, each);
  for (const int each : {view.size.width, view.size.height, view.point_size, static_cast<int>(view.map)})
    append(key, each);
  return key;
}

}  // namespace sweepmark::gui
