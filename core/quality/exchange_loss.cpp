#include "core/quality/exchange_loss.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "core/base/text.hpp"

namespace sweepmark {

namespace {

std::string class_key(const TruthBox& box) {
  std::string key = lowered(box.class_name);
  std::erase_if(key, [](char c) { return c == ' ' || c == '_'; });
  return key;
}

void widen(ExchangeLoss& loss, const Box3<Ego>& sent, const Box3<Ego>& returned) {
  const auto up = [](const Box3<Ego>& box) {
    return Eigen::Vector3d(box.pose.rotation() * Eigen::Vector3d::UnitZ());
  };
  loss.centre_m = std::max(loss.centre_m, (sent.centre().metres - returned.centre().metres).norm());
  loss.size_m = std::max(loss.size_m, (sent.size - returned.size).cwiseAbs().maxCoeff());
  loss.heading_rad = std::max(loss.heading_rad, std::abs(wrapped_angle(sent.yaw() - returned.yaw())));
  loss.tilt_rad =
      std::max(loss.tilt_rad, std::atan2(up(sent).cross(up(returned)).norm(), up(sent).dot(up(returned))));
}

}  // namespace

ExchangeLoss exchange_loss(std::span<const TruthBox> sent, std::span<const TruthBox> returned) {
  ExchangeLoss loss{.sent = sent.size(), .returned = returned.size()};
  std::map<std::pair<TimestampNs, std::string>, std::vector<const TruthBox*>> waiting;
  for (const TruthBox& box : sent) waiting[{box.time, class_key(box)}].push_back(&box);
  for (const TruthBox& box : returned) {
    auto& candidates = waiting[{box.time, class_key(box)}];
    const auto distance = [&box](const TruthBox* other) {
      return (other->box.centre().metres - box.box.centre().metres).norm();
    };
    const auto nearest = std::ranges::min_element(candidates, {}, distance);
    if (nearest == candidates.end()) {
      ++loss.unmatched;
      continue;
    }
    widen(loss, (*nearest)->box, box.box);
    candidates.erase(nearest);
  }
  return loss;
}

}  // namespace sweepmark
