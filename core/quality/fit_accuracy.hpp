// How good a box one click gives, measured on boxes that are known.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/assist/box_fit.hpp"
#include "core/base/progress.hpp"
#include "core/drive/drive.hpp"
#include "core/labels/taxonomy.hpp"

namespace sweepmark {

struct FitQuestion {
  std::string class_name;  // without regard to case; empty: all that the taxonomy knows
  std::size_t least_points = 50;
};

// One click and what came of it.
struct FitTrial {
  std::string class_name;  // of the taxonomy
  std::string track;
  std::size_t sweep = 0, points = 0;  // within the true box
  std::uint32_t clicked = 0;          // the point of the sweep nearest to the true box's centre, within it
  double range = 0;                   // metres over the ground from the sensor to the true centre
  Box3<Ego> truth;
  BoxFit fit;
  double bev_iou = 0;          // heading counted modulo 180°
  double iou = 0;              // 3D
  bool heading_right = false;  // within 45° of the true one
  double milliseconds = 0;     // from the raw cloud to the box
};

Result<std::vector<FitTrial>> fit_trials(const Drive& drive, const Taxonomy& taxonomy,
                                         const FitQuestion& question, const Progress& progress);

struct FitRow {
  std::string class_name;  // "all"
  std::string range;       // "0-20", "20-40", "40+", "all"; metres
  std::size_t clicks = 0;
  double share_at_0_5 = 0, share_at_0_7 = 0;  // of the clicks, by bird's-eye IoU
  double mean_bev_iou = 0, mean_3d_iou = 0;
  double heading_right = 0;  // share
  double median_ms = 0;
};

// A row a class and range that has clicks, then all classes.
std::vector<FitRow> fit_rows(std::span<const FitTrial> trials);

// What the stated confidence is worth: trials by tenths of it.
struct FitReliability {
  double from = 0, to = 0;
  std::size_t clicks = 0;
  double mean_confidence = 0, mean_bev_iou = 0, share_at_0_7 = 0;
};
std::vector<FitReliability> reliability(std::span<const FitTrial> trials);

}  // namespace sweepmark
