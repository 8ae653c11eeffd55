#include "core/cloud/point_cloud.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark {

namespace {

constexpr double far_from_origin = 10'000.0;  // metres; float32 keeps a millimetre up to about 8 km

// As the float32 it will be stored as: a double beyond its range would become infinite.
bool finite(double value) {
  return std::isfinite(static_cast<float>(value));
}
bool finite(double x, double y, double z) {
  return finite(x) && finite(y) && finite(z);
}

template <class Values>
void keep_rows(Values& values, const std::vector<std::uint32_t>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) values[i] = values[rows[i]];
  values.resize(rows.size());
}

template <class Number>
std::vector<std::uint32_t> finite_rows(const std::vector<Number>& x, const std::vector<Number>& y,
                                       const std::vector<Number>& z) {
  std::vector<std::uint32_t> rows;
  rows.reserve(x.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    if (finite(x[i], y[i], z[i])) rows.push_back(static_cast<std::uint32_t>(i));
  return rows;
}

void drop_rows(PointCloud& cloud, std::vector<std::uint32_t> rows, std::size_t rows_before) {
  for (Channel& channel : cloud.channels)
    std::visit([&rows](auto& values) { keep_rows(values, rows); }, channel.values);
  cloud.dropped = rows_before - rows.size();
  cloud.file_row = std::move(rows);
}

}  // namespace

std::size_t PointCloud::bytes() const {
  std::size_t total = 3 * sizeof(float) * size() + sizeof(std::uint32_t) * file_row.size();
  for (const Channel& c : channels)
    total += std::visit([](const auto& values) { return values.size() * sizeof(values[0]); }, c.values);
  return total;
}

const Channel* PointCloud::channel(std::string_view name) const {
  const auto found = std::ranges::find(channels, name, &Channel::name);
  return found == channels.end() ? nullptr : &*found;
}

std::vector<float> PointCloud::channel_as_float(std::string_view name) const {
  const Channel* found = channel(name);
  if (!found) return {};
  return std::visit([](const auto& values) { return std::vector<float>(values.begin(), values.end()); },
                    found->values);
}

PointCloud make_point_cloud(const std::vector<double>& x, const std::vector<double>& y,
                            const std::vector<double>& z, std::vector<Channel> channels) {
  PointCloud cloud;
  cloud.channels = std::move(channels);
  std::vector<std::uint32_t> rows = finite_rows(x, y, z);
  double largest = 0.0;
  for (const std::uint32_t row : rows)
    largest = std::max({largest, std::abs(x[row]), std::abs(y[row]), std::abs(z[row])});
  if (largest > far_from_origin)
    cloud.origin = Eigen::Vector3d(x[rows[0]], y[rows[0]], z[rows[0]]).array().round();
  for (const std::uint32_t row : rows) {
    cloud.x.push_back(static_cast<float>(x[row] - cloud.origin.x()));
    cloud.y.push_back(static_cast<float>(y[row] - cloud.origin.y()));
    cloud.z.push_back(static_cast<float>(z[row] - cloud.origin.z()));
  }
  if (rows.size() != x.size()) drop_rows(cloud, std::move(rows), x.size());
  return cloud;
}

PointCloud make_point_cloud(std::vector<float> x, std::vector<float> y, std::vector<float> z,
                            std::vector<Channel> channels) {
  PointCloud cloud;
  cloud.channels = std::move(channels);
  const std::size_t before = x.size();
  cloud.x = std::move(x);
  cloud.y = std::move(y);
  cloud.z = std::move(z);
  std::vector<std::uint32_t> rows = finite_rows(cloud.x, cloud.y, cloud.z);
  if (rows.size() == before) return cloud;
  keep_rows(cloud.x, rows);
  keep_rows(cloud.y, rows);
  keep_rows(cloud.z, rows);
  drop_rows(cloud, std::move(rows), before);
  return cloud;
}

std::vector<std::uint32_t> points_in_box_at(const PointCloud& cloud, const Eigen::Matrix4d& box_from_cloud,
                                            const Eigen::Vector3d& size) {
  const Eigen::Matrix3f rotation = box_from_cloud.topLeftCorner<3, 3>().cast<float>();
  const Eigen::Vector3f shift =
      (box_from_cloud.topLeftCorner<3, 3>() * cloud.origin + box_from_cloud.topRightCorner<3, 1>())
          .cast<float>();
  const Eigen::Vector3f half = (0.5 * size).cast<float>();
  std::vector<std::uint32_t> inside;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const Eigen::Vector3f local = rotation * Eigen::Vector3f(cloud.x[i], cloud.y[i], cloud.z[i]) + shift;
    if ((local.cwiseAbs().array() <= half.array()).all()) inside.push_back(static_cast<std::uint32_t>(i));
  }
  return inside;
}

}  // namespace sweepmark
