#include "core/quality/effort.hpp"

#include "core/base/scratch_folder.hpp"
#include "core/commands/registry.hpp"
#include "core/quality/simulated_annotator.hpp"
#include "core/store/sqlite_store.hpp"

namespace sweepmark {

namespace {

double per(std::size_t count, std::size_t of) {
  return of == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(of);
}

void judge(EffortRow& row, const SimulatedAnnotator& annotator, const TrueObject& object,
           const EffortOptions& options) {
  std::size_t visible = 0;
  for (const TrueBoxAtSweep& truth : object.boxes) {
    if (truth.points < options.min_points) continue;
    const double iou = annotator.iou_at(object, truth);
    ++visible;
    row.mean_iou += iou;
    row.share_at_target += iou >= options.target_iou ? 1 : 0;
    row.share_at_0_7 += iou >= 0.7 ? 1 : 0;
  }
  row.boxes += visible;
  row.tracks += visible > 0 ? 1 : 0;
  row.left_over += annotator.left_over(object);
}

void divide_by_boxes(EffortRow& row) {
  if (row.boxes == 0) return;
  for (double* sum : {&row.mean_iou, &row.share_at_target, &row.share_at_0_7})
    *sum /= static_cast<double>(row.boxes);
}

}  // namespace

std::string_view to_string(Automation automation) {
  switch (automation) {
    case Automation::none:
      return "none";
    case Automation::keyframes:
      return "keyframes";
    case Automation::full:
      return "full";
  }
  return "";
}

double EffortRow::actions_per_box() const {
  return per(gestures.actions(), boxes);
}
double EffortRow::actions_per_track() const {
  return per(gestures.actions(), tracks);
}
double EffortRow::boxes_per_minute() const {
  const double seconds = seconds_of(gestures);
  return seconds > 0 ? 60.0 * static_cast<double>(boxes) / seconds : 0.0;
}

Result<EffortRow> measure_effort(const Drive& drive, const SweepSource& sweeps,
                                 const std::vector<TrueObject>& objects, Automation automation,
                                 const EffortOptions& options, const Progress& progress) {
  SWEEPMARK_TRY(folder, ScratchFolder::make("effort"));
  SWEEPMARK_TRY(store, open_sqlite_store(folder / "labels.sweepmark"));
  SWEEPMARK_TRY(session, Session::open(drive, *store, all_commands(), {.author = "simulated annotator"}));
  SimulatedAnnotator annotator(drive, sweeps, *session, options, progress);
  EffortRow row;
  row.automation = automation;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    progress(static_cast<double>(i) / static_cast<double>(objects.size()),
             std::string(to_string(automation)) + ": " + objects[i].class_name + " " + objects[i].track);
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "cancelled");
    SWEEPMARK_CHECK(annotator.label(objects[i], automation));
    judge(row, annotator, objects[i], options);
  }
  row.gestures = annotator.gestures();
  divide_by_boxes(row);
  return row;
}

}  // namespace sweepmark
