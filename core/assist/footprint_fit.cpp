#include "core/assist/footprint_fit.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace sweepmark {

namespace {

constexpr std::size_t enough_points = 8;

double percentile(std::vector<double>& values, double share) {
  const auto nth =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

}  // namespace

std::optional<double> ground_height_near(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                                         const Eigen::Vector2d& place, double radius) {
  std::vector<double> heights;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const Eigen::Vector3d p = (ego_from_cloud * Point<Sensor>(cloud.position(i))).metres;
    if ((p.head<2>() - place).squaredNorm() <= radius * radius) heights.push_back(p.z());
  }
  if (heights.size() < enough_points) return std::nullopt;
  const double low = percentile(heights, 0.05);
  std::erase_if(heights, [&](double z) { return std::abs(z - low) > 0.15; });
  return percentile(heights, 0.5);
}

FootprintFit fit_in_footprint(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                              const Footprint& drawn, const Eigen::Vector3d& usual_size,
                              double ground_guess) {
  ClassDefinition definition;
  definition.usual_size = usual_size;
  const BoxFit fit = fit_in_rectangle(cloud, ego_from_cloud, drawn,
                                      {size_prior(definition), std::nullopt, false, ground_guess});
  return {fit.box, fit.points.size()};
}

}  // namespace sweepmark
