#include "core/assist/registration_search.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace sweepmark {

namespace {

constexpr std::size_t surfels_of_a_start = 2000;  // show the way as well as all do
constexpr double farthest_m = 12.0;               // bounds the number of starts
constexpr double turns_rad[] = {0.06, -0.06, 0.12, -0.12, 0.18, -0.18};
constexpr double apart_m = 0.3;         // matches this far from each other say different things
constexpr double ambiguous_from = 0.7;  // of the best support
constexpr AlignOptions of_a_start{10, 1e-2, 1e-3, 0.05};

std::vector<Surfel> thinned(std::span<const Surfel> source) {
  const std::size_t stride = std::max<std::size_t>(1, source.size() / surfels_of_a_start);
  std::vector<Surfel> few;
  for (std::size_t i = 0; i < source.size(); i += stride) few.push_back(source[i]);
  return few;
}

struct Candidate {
  Eigen::Isometry3d pose;
  double share;
};

class Search {
 public:
  Search(const SurfelMap& target, std::span<const Surfel> source, const Eigen::Isometry3d& guess)
      : target_(target), source_(thinned(source)), guess_(guess) {}

  // Where the alignment leads that begins at `x`, `y` from the guess, turned by `yaw`.
  void start(double x, double y, double yaw) {
    Eigen::Isometry3d pose = guess_ * Eigen::Translation3d(x, y, 0.0);
    pose.rotate(Eigen::AngleAxisd(yaw, Eigen::Vector3d::UnitZ()));
    add(align(target_, source_, pose, of_a_start).target_from_source);
  }
  void add(const Eigen::Isometry3d& pose) {
    candidates_.push_back({pose, support_of(target_, source_, pose).share});
  }

  // The first of the best supported.
  const Candidate& best() const { return *std::ranges::max_element(candidates_, {}, &Candidate::share); }
  bool is_ambiguous() const {
    const Candidate& chosen = best();
    return std::ranges::any_of(candidates_, [&](const Candidate& other) {
      return other.share > ambiguous_from * chosen.share &&
             (other.pose.translation() - chosen.pose.translation()).norm() > apart_m;
    });
  }

 private:
  const SurfelMap& target_;
  std::vector<Surfel> source_;
  Eigen::Isometry3d guess_;
  std::vector<Candidate> candidates_;
};

void search(Search& search, const SearchRange& range, double spacing) {
  const double behind = std::min(range.behind, farthest_m), ahead = std::min(range.ahead, farthest_m);
  for (double x = -behind; x <= ahead; x += spacing) search.start(x, 0.0, 0.0);
  if (search.best().share >= unsure_below_share) return;
  for (const double yaw : turns_rad)  // along the chord of a bend
    for (double x = -behind; x <= ahead; x += spacing)
      search.start(x * std::cos(0.5 * yaw), x * std::sin(0.5 * yaw), yaw);
  if (search.best().share >= unsure_below_share) return;
  for (double x = behind + spacing; x <= ahead; x += spacing) search.start(-x, 0.0, 0.0);
  for (double y = spacing; y <= ahead; y += spacing) {
    search.start(0.0, y, 0.0);
    search.start(0.0, -y, 0.0);
  }
}

bool few_surfaces_hold(const Alignment& alignment) {
  return weakest_hold(alignment.hessian) < fewest_surfaces;
}

}  // namespace

JudgedMatch judged_or_searched(const SurfelMap& target, std::span<const Surfel> source,
                               const Alignment& match, const Eigen::Isometry3d& guess,
                               const SearchRange& range, const AlignOptions& options) {
  JudgedMatch judged{match, support_of(target, source, match.target_from_source), few_surfaces_hold(match)};
  if (judged.support.share >= search_below_share || judged.support.asked < fewest_surfaces) return judged;
  Search starts(target, source, guess);
  starts.add(match.target_from_source);
  search(starts, range, 0.5 * target.voxels.edge());
  const Alignment found = align(target, source, starts.best().pose, options);
  const Support support = support_of(target, source, found.target_from_source);
  if (support.share > judged.support.share) judged = {found, support, false};
  judged.unsure = few_surfaces_hold(judged.alignment) || judged.support.share < unsure_below_share ||
                  starts.is_ambiguous();
  return judged;
}

}  // namespace sweepmark
