#include "render/software_backend.hpp"

#include <algorithm>
#include <atomic>

#include "render/point_colours.hpp"

namespace sweepmark {

namespace {

constexpr int largest_square = 8;  // pixels
// About the picture, so that squares over its border need no clipping.
constexpr int margin = largest_square;
constexpr std::uint32_t points_a_piece = 1 << 15;
constexpr int rows_a_piece = 16;
// A grid of keys a thread costs a clear and a merge; below so many points a thread that costs more than it
// saves.
constexpr std::size_t least_points_a_grid = 100'000;

// Hands out the numbers 0 … count − 1 among threads.
class Counter {
 public:
  explicit Counter(std::size_t count) : count_(count) {}
  std::optional<std::size_t> next() {
    const std::size_t taken = next_.fetch_add(1, std::memory_order_relaxed);
    return taken < count_ ? std::optional(taken) : std::nullopt;
  }

 private:
  std::atomic<std::size_t> next_ = 0;
  std::size_t count_;
};

struct Piece {
  std::size_t scene_index;
  SplatRun run;
};

// What is to be splatted, cut so that threads can share it.
std::vector<Piece> pieces_of(std::span<const ScenePoints> scene, const SceneIds& ids, const DrawPart& part) {
  std::vector<Piece> pieces;
  for_each_run(scene, ids, part, [&](const SceneRun& run) {
    const PointCloud& cloud = *scene[run.scene_index].cloud;
    for (std::uint32_t begin = run.begin; begin < run.end; begin += points_a_piece)
      pieces.push_back({run.scene_index,
                        {cloud.x.data(), cloud.y.data(), cloud.z.data(), begin,
                         std::min(begin + points_a_piece, run.end), ids.first_of(run.scene_index)}});
  });
  return pieces;
}

}  // namespace

SoftwareBackend::SoftwareBackend(unsigned threads, const SplatKernels& kernels)
    : kernels_(kernels), team_(threads) {}

Drawn SoftwareBackend::draw(std::span<const ScenePoints> scene, const PointStyle& style,
                            const ViewCamera& camera, Viewport viewport, const DrawPart& part) {
  channels_.forget_gone();
  resize(viewport);
  size_px_ = std::clamp(style.size_px, 1, largest_square);
  ids_ = SceneIds(scene);
  std::vector<PointColours> colours;
  for (const ScenePoints& points : scene.first(ids_.clouds())) colours.emplace_back(points, style, channels_);
  splat(scene, camera, part);
  merge_and_widen(part.add);
  colour(colours, style.background.packed());
  return PixelView{rgba_};
}

void SoftwareBackend::resize(Viewport viewport) {
  viewport.width = std::max(viewport.width, 1);
  viewport.height = std::max(viewport.height, 1);
  if (viewport.width == viewport_.width && viewport.height == viewport_.height) return;
  viewport_ = viewport;
  stride_ = static_cast<std::uint32_t>(viewport.width + 2 * margin);
  splats_.clear();
  wide_ = KeyBuffer(stride_ * static_cast<std::size_t>(viewport.height + 2 * margin));
  rgba_.resize(static_cast<std::size_t>(viewport.width) * static_cast<std::size_t>(viewport.height));
}

void SoftwareBackend::splat(std::span<const ScenePoints> scene, const ViewCamera& camera,
                            const DrawPart& part) {
  // A square of even size is centred on the point itself, rounded to whole pixels; of odd size on the point's
  // pixel.
  const double shift = margin - 0.5 * (size_px_ - 1);
  std::vector<CloudProjection> projections;
  for (const ScenePoints& points : scene.first(ids_.clouds()))
    projections.push_back(
        cloud_projection(points.cloud->origin, points.world_from_cloud, camera, viewport_, shift));
  const std::vector<Piece> pieces = pieces_of(scene, ids_, part);
  std::size_t points = 0;
  for (const Piece& piece : pieces) points += piece.run.end - piece.run.begin;
  splatting_ = static_cast<unsigned>(std::clamp<std::size_t>(points / least_points_a_grid, 1, team_.size()));
  while (splats_.size() < splatting_) splats_.emplace_back(wide_.size());

  const float first = static_cast<float>(margin - size_px_ + 1);
  const float u_end = static_cast<float>(margin + viewport_.width),
              v_end = static_cast<float>(margin + viewport_.height);
  Counter counter(pieces.size());
  team_.run([&](unsigned worker) {
    if (worker >= splatting_) return;
    const KeyGrid grid{splats_[worker].data(), stride_, first, u_end, first, v_end};
    while (const auto i = counter.next())
      kernels_.splat(pieces[*i].run, projections[pieces[*i].scene_index], grid);
  });
}

// A row of the least keys of all grids, which are left empty. May lie in `spare`.
const PixelKey* SoftwareBackend::merged_row(int row, PixelKey* spare) {
  const std::size_t begin = static_cast<std::size_t>(row) * stride_;
  std::copy_n(splats_[0].data() + begin, stride_, spare);
  for (unsigned i = 1; i < splatting_; ++i) kernels_.lesser(spare, spare, splats_[i].data() + begin, stride_);
  for (unsigned i = 0; i < splatting_; ++i) std::fill_n(splats_[i].data() + begin, stride_, no_point);
  return spare;
}

// A point's square is drawn by drawing its upper left pixel and letting every pixel take the least key of the
// square of pixels that ends at it. It costs the picture's area once instead of each point's.
void SoftwareBackend::merge_and_widen(bool add) {
  const int rows = viewport_.height + 2 * margin;
  const int first_row = margin - size_px_ + 1, last_row = margin + viewport_.height;
  Counter counter(static_cast<std::size_t>((rows + rows_a_piece - 1) / rows_a_piece));
  team_.run([&](unsigned) {
    std::vector<PixelKey> row_keys(stride_);
    while (const auto piece = counter.next()) {
      const int begin = std::max(first_row, static_cast<int>(*piece) * rows_a_piece);
      const int end = std::min(last_row, (static_cast<int>(*piece) + 1) * rows_a_piece);
      for (int row = begin; row < end; ++row) {
        PixelKey* out = wide_.data() + static_cast<std::size_t>(row) * stride_ + margin;
        const PixelKey* merged = merged_row(row, row_keys.data()) + margin;
        const auto width = static_cast<std::size_t>(viewport_.width);
        if (!add) std::copy_n(merged, width, out);
        for (int back = add ? 0 : 1; back < size_px_; ++back) kernels_.lesser(out, out, merged - back, width);
      }
    }
  });
}

void SoftwareBackend::colour(const std::vector<PointColours>& colours, std::uint32_t background) {
  Counter counter(static_cast<std::size_t>((viewport_.height + rows_a_piece - 1) / rows_a_piece));
  team_.run([&](unsigned) {
    while (const auto piece = counter.next()) {
      const int begin = static_cast<int>(*piece) * rows_a_piece;
      colour_rows(colours, background, begin, std::min(begin + rows_a_piece, viewport_.height));
    }
  });
}

void SoftwareBackend::colour_rows(const std::vector<PointColours>& colours, std::uint32_t background,
                                  int begin, int end) {
  constexpr std::size_t ahead = 16;
  const auto width = static_cast<std::size_t>(viewport_.width);
  std::vector<PixelKey> keys(width + ahead, no_point), above(width, no_point);
  const auto expect = [&](PixelKey key) {
    const PointId point = ids_.point_of(id_of(key));
    colours[point.scene_index].expect(point.point);
  };
  for (int y = begin; y < end; ++y) {
    picture_row(y, keys.data());
    std::uint32_t* out = rgba_.data() + static_cast<std::size_t>(y) * width;
    for (std::size_t x = 0; x < width; ++x) {
      const PixelKey key = keys[x], later = keys[x + ahead];
      if (later != no_point && later != keys[x + ahead - 1]) expect(later);
      if (key == no_point)
        out[x] = background;
      else if (x > 0 && key == keys[x - 1])  // the same point's square
        out[x] = out[x - 1];
      else if (key == above[x])
        out[x] = *(out + x - width);
      else {
        const PointId point = ids_.point_of(id_of(key));
        out[x] = colours[point.scene_index](point.point);
      }
    }
    std::copy_n(keys.data(), width, above.data());
  }
}

// The keys of one row of the picture.
void SoftwareBackend::picture_row(int y, PixelKey* out) const {
  const PixelKey* row = wide_.data() + static_cast<std::size_t>(y + margin) * stride_ + margin;
  std::copy_n(row, viewport_.width, out);
  for (int back = 1; back < size_px_; ++back)
    kernels_.lesser(out, out, row - static_cast<std::size_t>(back) * stride_,
                    static_cast<std::size_t>(viewport_.width));
}

PixelKey SoftwareBackend::key_at(int x, int y) const {
  const PixelKey* place =
      wide_.data() + static_cast<std::size_t>(y + margin) * stride_ + static_cast<std::size_t>(x + margin);
  PixelKey least = *place;
  for (int back = 1; back < size_px_; ++back)
    least = std::min(least, *(place - static_cast<std::size_t>(back) * stride_));
  return least;
}

std::optional<PointId> SoftwareBackend::pick(int x, int y, int radius_px) {
  const PixelKey key =
      nearest_key(x, y, radius_px, viewport_, [this](int column, int row) { return key_at(column, row); });
  if (key == no_point) return std::nullopt;
  return ids_.point_of(id_of(key));
}

std::vector<std::optional<PointId>> SoftwareBackend::ids_in(int left, int top, int width, int height) {
  std::vector<std::optional<PointId>> result;
  if (width <= 0 || height <= 0) return result;
  result.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  for (int y = top; y < top + height; ++y)
    for (int x = left; x < left + width; ++x) {
      const bool outside = x < 0 || y < 0 || x >= viewport_.width || y >= viewport_.height;
      const PixelKey key = outside ? no_point : key_at(x, y);
      result.push_back(key == no_point ? std::nullopt : std::optional(ids_.point_of(id_of(key))));
    }
  return result;
}

std::unique_ptr<PointBackend> make_software_backend(unsigned threads) {
  return std::make_unique<SoftwareBackend>(threads, best_kernels());
}

}  // namespace sweepmark
