// A drive's true boxes by object, with how many points each holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/assist/propagate.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark {

struct TrueBoxAtSweep {
  std::size_t sweep = 0;
  TimestampNs time;
  Box3<Ego> box;
  std::size_t points = 0;               // of the sweep, within the box
  std::optional<std::uint32_t> middle;  // the one of them nearest to its centre
};

struct TrueObject {
  std::string track, class_name;      // as the source names them
  std::vector<TrueBoxAtSweep> boxes;  // by time
};

// In the order in which the objects appear. Sweeps that cannot be read hold no points. Errors: those of
// reading the truth; cancelled.
Result<std::vector<TrueObject>> true_objects(const Drive& drive, const SweepSource& sweeps,
                                             const Progress& progress);

// How far the object gets from where it first was; metres in the world.
double distance_gone(const TrueObject& object, const Trajectory& trajectory);

}  // namespace sweepmark
