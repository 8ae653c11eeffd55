// Where along an axis an object may begin and end.
#pragma once

#include <cstdint>
#include <vector>

namespace sweepmark {

// Of positions along an axis; metres.
struct Extent {
  double low = 0, high = 0;
  double length() const { return high - low; }
  bool holds(double t) const { return t >= low && t <= high; }
};

// Cells along one axis, counted by bins of 2.5 cm.
class Histogram {
 public:
  // Of `values`; of those only whose fellow in `others` lies in `other_window`, where there are others.
  void count(const std::vector<double>& values, const std::vector<double>* others,
             const Extent& other_window);
  // Stretches without a gap of `gap` metres.
  std::vector<Extent> runs(double gap) const;
  // The window without the outermost 1.5 % of the cells at either end.
  Extent without_strays(const Extent& window) const;

 private:
  double at(std::size_t i) const;
  std::size_t index(double t) const;

  double low_ = 0;
  std::vector<std::uint32_t> bins_;
};

// Stretches about `held` that the object may fill: the run there, and with its neighbours on either side, as
// far as the largest of the class; a run longer than that in part.
std::vector<Extent> windows(const Histogram& histogram, double held, double largest, double gap);

}  // namespace sweepmark
