#include "render/screen_select.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

#include "render/detail_plan.hpp"
#include "render/select_kernels.hpp"

namespace sweepmark {

namespace {

constexpr std::size_t points_a_piece = std::size_t{1} << 15;  // whole words, so that threads share none

struct Piece {
  std::uint32_t scene_index;
  std::size_t begin, end;
};

// Whether a box of the cloud may show within the mask's bounds.
bool may_touch(const CloudChunk& chunk, const CloudProjection& projection, const PixelMask& mask) {
  CloudProjection within = projection;  // pixels counted from the bounds' corner
  for (std::size_t i = 0; i < 4; ++i) {
    const float unit = projection.perspective ? projection.depth[i] : (i == 3 ? 1.0f : 0.0f);
    within.u[i] -= static_cast<float>(mask.left()) * unit;
    within.v[i] -= static_cast<float>(mask.top()) * unit;
  }
  const Viewport bounds{mask.right() - mask.left(), mask.bottom() - mask.top()};
  return projected_area(chunk.low, chunk.high, within, bounds) > 0.0;
}

void add_pieces(std::vector<Piece>& pieces, std::uint32_t scene_index, const PointCloud& cloud,
                const CloudProjection& projection, const PixelMask& mask) {
  std::vector<bool> wanted((cloud.size() + points_a_piece - 1) / points_a_piece, cloud.chunks.empty());
  for (const CloudChunk& chunk : cloud.chunks) {
    if (chunk.begin == chunk.end || !may_touch(chunk, projection, mask)) continue;
    for (std::size_t i = chunk.begin / points_a_piece; i <= (chunk.end - 1) / points_a_piece; ++i)
      wanted[i] = true;
  }
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i])
      pieces.push_back({scene_index, i * points_a_piece, std::min((i + 1) * points_a_piece, cloud.size())});
}

std::size_t words_for(const PointCloud& cloud) {
  return (cloud.size() + 63) / 64;
}

}  // namespace

std::vector<std::uint32_t> SelectedPoints::points() const {
  std::vector<std::uint32_t> result;
  result.reserve(count);
  for (std::size_t word = 0; word < bits.size(); ++word)
    for (std::uint64_t left = bits[word]; left != 0; left &= left - 1)
      result.push_back(
          static_cast<std::uint32_t>(64 * word + static_cast<std::size_t>(std::countr_zero(left))));
  return result;
}

std::vector<SelectedPoints> points_under(std::span<const ScenePoints> scene, const ViewCamera& camera,
                                         const PixelMask& mask, ThreadTeam& team) {
  if (mask.empty()) return {};
  std::vector<SelectedPoints> result(scene.size());
  std::vector<CloudProjection> projections;
  std::vector<Piece> pieces;
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    const PointCloud& cloud = *scene[i].cloud;
    projections.push_back(
        cloud_projection(cloud.origin, scene[i].world_from_cloud, camera, mask.viewport(), 0.0));
    const std::size_t before = pieces.size();
    add_pieces(pieces, i, cloud, projections.back(), mask);
    result[i].scene_index = i;
    if (pieces.size() > before) result[i].bits.resize(words_for(cloud));
  }
  std::vector<std::atomic<std::size_t>> counts(scene.size());
  std::atomic<std::size_t> next = 0;
  team.run([&](unsigned) {
    for (std::size_t i = next++; i < pieces.size(); i = next++) {
      const Piece& piece = pieces[i];
      const PointCloud& cloud = *scene[piece.scene_index].cloud;
      counts[piece.scene_index] +=
          best_select_kernels().select({cloud.x.data(), cloud.y.data(), cloud.z.data(), piece.begin,
                                        piece.end, result[piece.scene_index].bits.data()},
                                       projections[piece.scene_index], mask);
    }
  });
  for (std::size_t i = 0; i < result.size(); ++i) result[i].count = counts[i];
  std::erase_if(result, [](const SelectedPoints& points) { return points.count == 0; });
  return result;
}

std::vector<SelectedPoints> visible_points_under(PointBackend& backend, std::span<const ScenePoints> scene,
                                                 const PixelMask& mask) {
  std::vector<SelectedPoints> result(scene.size());
  if (mask.empty()) return {};
  const int width = mask.right() - mask.left();
  const auto ids = backend.ids_in(mask.left(), mask.top(), width, mask.bottom() - mask.top());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const int x = mask.left() + static_cast<int>(i) % width, y = mask.top() + static_cast<int>(i) / width;
    if (!ids[i] || !mask.at(x, y)) continue;
    SelectedPoints& points = result[ids[i]->scene_index];
    if (points.bits.empty()) points.bits.resize(words_for(*scene[ids[i]->scene_index].cloud));
    std::uint64_t& word = points.bits[ids[i]->point / 64];
    const std::uint64_t bit = std::uint64_t{1} << (ids[i]->point % 64);
    if (!(word & bit)) ++points.count;
    word |= bit;
  }
  for (std::uint32_t i = 0; i < result.size(); ++i) result[i].scene_index = i;
  std::erase_if(result, [](const SelectedPoints& points) { return points.count == 0; });
  return result;
}

}  // namespace sweepmark
