#include "app/gui/shown_stack.hpp"

#include <algorithm>
#include <map>

#include "app/gui/stack_values.hpp"
#include "core/stack/loaded_layers.hpp"
#include "render/cloud_projection.hpp"
#include "render/detail_plan.hpp"

namespace sweepmark::gui {

namespace {

constexpr std::size_t streamed_bytes = std::size_t{512} << 20;
constexpr double enough_points_a_pixel = 2;
constexpr std::size_t points_a_call = 1'000'000;

// Pixels that the chunks of a block's coarsest layer take.
double pixels_of(const PointCloud& coarsest, const ViewCamera& camera, Viewport viewport) {
  const CloudProjection projection =
      cloud_projection(coarsest.origin, Eigen::Matrix4d::Identity(), camera, viewport, 0.0);
  double pixels = 0;
  for (const CloudChunk& chunk : coarsest.chunks)
    pixels += projected_area(chunk.low, chunk.high, projection, viewport);
  return pixels;
}

struct BlockNeed {
  StackKey key;
  double pixels_a_point = 0;
};

}  // namespace

ShownStack::ShownStack(std::filesystem::path file, std::string what, std::function<void()> wake)
    : file_(std::move(file)), what_(std::move(what)), wake_(std::move(wake)) {}

void ShownStack::look() {
  if (!view_) {
    auto opened = StackView::open(file_, streamed_bytes, [count = came_in_, wake = wake_] {
      ++*count;
      wake();
    });
    if (!opened) return;  // not there yet
    view_ = std::move(*opened);
  }
  follow_loaded(shown_, view_->layers());
  points_ = 0;
  for (const Shown& each : shown_) points_ += each.cloud->size();
}

bool ShownStack::provide(const Wish& wish, const Drive& drive, const Trajectory& trajectory,
                         const Document& document, Revision revision) {
  wish_ = wish;
  std::size_t worked_on = 0;
  for (Shown& each : shown_) {
    if (worked_on >= points_a_call) return false;
    if (provide(each, drive, trajectory, document, revision)) worked_on += each.cloud->size();
  }
  return true;
}

// True where something was to do.
bool ShownStack::provide(Shown& shown, const Drive& drive, const Trajectory& trajectory,
                         const Document& document, Revision revision) {
  const std::vector<StackSlot>& slots = view_->slots(shown.key.block);
  const bool lacks_ranges = (wish_.ranges || wish_.range_colours) && !shown.ranges;
  if (lacks_ranges)
    shown.ranges =
        std::make_shared<const std::vector<float>>(stack_ranges(*shown.cloud, slots, drive, trajectory));
  if (!wish_.labels || (shown.labels && shown.labels_looked_at == revision)) return lacks_ranges;
  shown.labels_looked_at = revision;
  std::vector<PointLabels> labels = slot_labels(slots, drive, document);
  if (shown.labels && labels == shown.labelled_by) return lacks_ranges;
  shown.labels = std::make_shared<const std::vector<PointLabel>>(stack_labels(*shown.cloud, slots, labels));
  shown.labelled_by = std::move(labels);
  return true;
}

void ShownStack::add_to(std::vector<ScenePoints>& scene, const Pose<World, Ego>& world_from_ego,
                        const std::vector<VisibleBox>& boxes) {
  for (const Shown& each : shown_) {
    ScenePoints& points = scene.emplace_back();
    points.cloud = each.cloud;
    if (wish_.labels) points.labels = each.labels;
    if (wish_.ranges) points.ranges = each.ranges;
    if (wish_.range_colours) points.values = each.ranges;
  }
  if (!view_) return;
  const std::vector<TrackId> movers = view_->movers();
  for (const VisibleBox& box : boxes) {
    if (box.ghost || std::ranges::find(movers, box.track) == movers.end()) continue;
    if (auto cloud = view_->mover(box.track))
      scene.push_back({std::move(cloud), (world_from_ego * box.box).pose.matrix()});
  }
}

void ShownStack::want_for(const ViewCamera& camera, Viewport viewport) {
  if (!view_) return;
  std::vector<BlockNeed> needs;
  std::map<std::uint32_t, double> pixels, coarser;  // of a block; layers come by block and level
  const std::vector<StackLayer> layers = view_->layers();
  for (const StackLayer& layer : layers) {
    const std::uint32_t block = layer.key.block;
    if (layer.key.level == 0 && layer.cloud) pixels[block] = pixels_of(*layer.cloud, camera, viewport);
    // Those that are loaded and needed are asked for too, or they would be the first to go.
    if (layer.key.level > 0 && coarser[block] < enough_points_a_pixel * pixels[block])
      needs.push_back({layer.key, pixels[block] / std::max(1.0, coarser[block])});
    coarser[block] += static_cast<double>(layer.points);
  }
  std::ranges::stable_sort(needs, std::greater(), &BlockNeed::pixels_a_point);
  std::vector<StackKey> keys;
  std::ranges::transform(needs, std::back_inserter(keys), &BlockNeed::key);
  view_->want(keys);
}

}  // namespace sweepmark::gui
