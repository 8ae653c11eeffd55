#include "render/software_backend.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>

#include "render/point_colours.hpp"

namespace sweepmark {

namespace {

constexpr std::uint32_t points_a_piece = 1 << 15;
constexpr std::size_t points_as_dear_as_a_piece = 64;
constexpr int rows_a_piece = 16;
constexpr std::size_t clouds_a_piece = 64;
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

// Calls work(begin, end) for all of 0 … count − 1 in pieces, by all threads of the team.
template <class Work>
void share(ThreadTeam& team, std::size_t count, std::size_t piece, const Work& work) {
  if (count <= piece) return work(0, count);
  Counter counter((count + piece - 1) / piece);
  team.run([&](unsigned) {
    while (const auto i = counter.next()) work(*i * piece, std::min((*i + 1) * piece, count));
  });
}

// What is to be splatted, cut so that threads can share it.
std::vector<SceneRun> pieces_of(std::span<const ScenePoints> scene, const SceneIds& ids,
                                const DrawPart& part) {
  std::vector<SceneRun> pieces;
  for_each_run(scene, ids, part, [&](const SceneRun& run) {
    for (std::uint32_t begin = run.begin; begin < run.end;) {
      const std::uint32_t end = std::min(run.end - begin, points_a_piece) + begin;
      pieces.push_back({run.scene_index, begin, end});
      begin = end;
    }
  });
  return pieces;
}

KeyGrid grid_of(KeyBuffer& keys, const KeyLayout& layout, const PointSquares& squares) {
  constexpr int margin = KeyLayout::margin;
  const auto first = static_cast<float>(margin - squares.largest + 1);
  return {keys.data(),   keys.touched(),
          layout.stride, keys_a_block - margin,
          first,         static_cast<float>(margin + layout.viewport.width),
          first,         static_cast<float>(margin + layout.viewport.height),
          squares};
}

// Pixels first … last − 1 of a row of keys, with the keys above (no_point where their colours are not known).
struct KeyBlock {
  const PixelKey* keys;
  const PixelKey* above;
  std::size_t first, last, width;
};

void colour_block(const std::vector<PointColours>& colours, const SceneIds& ids, const KeyBlock& block,
                  std::uint32_t background, std::uint32_t* out) {
  constexpr std::size_t ahead = 16;
  const PixelKey* keys = block.keys;
  for (std::size_t x = block.first; x < block.last; ++x) {
    if (const std::size_t later = x + ahead;
        later < block.width && keys[later] != no_point && keys[later] != keys[later - 1]) {
      const PointId point = ids.point_of(id_of(keys[later]));
      colours[point.scene_index].expect(point.point);
    }
    const PixelKey key = keys[x];
    if (key == no_point) {
      out[x] = background;
    } else if (x > 0 && key == keys[x - 1]) {  // the same point's square
      out[x] = out[x - 1];
    } else if (key == block.above[x]) {
      out[x] = *(out + x - block.width);
    } else {
      const PointId point = ids.point_of(id_of(key));
      out[x] = colours[point.scene_index](point.point);
    }
  }
}

double milliseconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

SoftwareBackend::SoftwareBackend(unsigned threads, const SplatKernels& kernels)
    : kernels_(kernels), team_(threads) {}

Drawn SoftwareBackend::draw(std::span<const ScenePoints> scene, const PointStyle& style,
                            const ViewCamera& camera, Viewport viewport, const DrawPart& part) {
  resize(viewport);
  squares_ = point_squares(style, camera, layout_.viewport);
  ids_ = SceneIds(scene);
  shown_.prepare(scene.first(ids_.clouds()), style.filter);
  const auto begin = std::chrono::steady_clock::now();
  splat(scene, camera, part);
  meshes_.draw(part.meshes, camera, layout_.viewport);
  times_.splat = milliseconds_since(begin);
  const auto splatted = std::chrono::steady_clock::now();
  colour(scene.first(ids_.clouds()), style, camera);
  times_.colour = milliseconds_since(splatted);
  const auto coloured = std::chrono::steady_clock::now();
  if (eye_dome_.darkening > 0.0f) shade();
  times_.shade = milliseconds_since(coloured);
  return PixelView{rgba_};
}

void SoftwareBackend::resize(Viewport viewport) {
  viewport.width = std::max(viewport.width, 1);
  viewport.height = std::max(viewport.height, 1);
  if (viewport.width == layout_.viewport.width && viewport.height == layout_.viewport.height) return;
  layout_ = KeyLayout(viewport);
  grids_.clear();
  rgba_.resize(static_cast<std::size_t>(viewport.width) * static_cast<std::size_t>(viewport.height));
}

void SoftwareBackend::splat(std::span<const ScenePoints> scene, const ViewCamera& camera,
                            const DrawPart& part) {
  const ViewProjection view(camera, layout_.viewport, KeyLayout::margin + squares_.shift());
  const std::vector<SceneRun> pieces = pieces_of(scene, ids_, part);
  std::size_t points = 0;
  for (const SceneRun& piece : pieces) points += piece.end - piece.begin + points_as_dear_as_a_piece;
  const auto splatting =
      static_cast<unsigned>(std::clamp<std::size_t>(points / least_points_a_grid, 1, team_.size()));
  while (grids_.size() < splatting) grids_.emplace_back(layout_.keys());
  Counter counter(pieces.size());
  const auto work = [&](unsigned worker) {
    if (!part.add && worker < grids_.size()) grids_[worker].clear();
    if (worker >= splatting) return;
    const KeyGrid grid = grid_of(grids_[worker], layout_, squares_);
    while (const auto i = counter.next()) {
      const SceneRun& run = pieces[*i];
      const ScenePoints& of = scene[run.scene_index];
      const CloudProjection projection = view.of(of.cloud->origin, of.world_from_cloud);
      kernels_.splat({of.cloud->x.data(), of.cloud->y.data(), of.cloud->z.data(), run.begin, run.end,
                      ids_.first_of(run.scene_index), shown_.bits(run.scene_index, run.begin, run.end)},
                     projection, grid);
    }
  };
  grids_.size() > 1 ? team_.run(work) : work(0);
}

void SoftwareBackend::colour(std::span<const ScenePoints> scene, const PointStyle& style,
                             const ViewCamera& camera) {
  const ColourStyle colour_style(style);
  std::vector<PointColours> colours(scene.size());
  share(team_, scene.size(), clouds_a_piece, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) colours[i] = PointColours(scene[i], colour_style);
  });
  eye_dome_ = eye_dome_scale(style, squares_, camera);
  if (eye_dome_.darkening > 0.0f) {
    const auto rows = static_cast<std::size_t>(layout_.viewport.height + 2 * largest_square);
    if (eye_depths_.size() != rows * eye_depth_stride())
      eye_depths_.assign(rows * eye_depth_stride(), no_eye_depth);
  }
  share(team_, static_cast<std::size_t>(layout_.viewport.height), rows_a_piece,
        [&](std::size_t begin, std::size_t end) {
          colour_rows(colours, style.background.packed(), static_cast<int>(begin), static_cast<int>(end));
        });
}

void SoftwareBackend::colour_rows(const std::vector<PointColours>& colours, std::uint32_t background,
                                  int begin, int end) {
  const auto width = static_cast<std::size_t>(layout_.viewport.width);
  KeyRows rows(grids_, layout_, squares_, kernels_, begin);
  std::vector<PixelKey> above(width, no_point);
  for (int y = begin; y < end; ++y) {
    rows.next();
    const PixelKey* keys = rows.keys();
    std::uint32_t* out = rgba_.data() + static_cast<std::size_t>(y) * width;
    for (std::size_t first = 0; first < width; first += keys_a_block) {
      const std::size_t last = std::min<std::size_t>(first + keys_a_block, width);
      if (rows.has_points(first / keys_a_block))
        colour_block(colours, ids_, {keys, above.data(), first, last, width}, background, out);
      else
        std::fill(out + first, out + last, background);
      std::copy(keys + first, keys + last, above.data() + first);
    }
    const bool shaded = eye_dome_.darkening > 0.0f;
    if (shaded)
      for (std::size_t x = 0; x < width; ++x)
        eye_depth_row(y)[x] = keys[x] == no_point ? no_eye_depth : eye_depth(eye_dome_, depth_of(keys[x]));
    if (!meshes_.empty()) lay_meshes(y, keys, out, shaded);
  }
}

void SoftwareBackend::lay_meshes(int y, const PixelKey* keys, std::uint32_t* out, bool shaded) {
  for (int x = 0; x < layout_.viewport.width; ++x) {
    if (!meshes_.hides(x, y, keys[x])) continue;
    out[x] = meshes_.colour_at(x, y);
    if (shaded) eye_depth_row(y)[x] = eye_depth(eye_dome_, meshes_.depth_at(x, y));
  }
}

std::size_t SoftwareBackend::eye_depth_stride() const {
  return static_cast<std::size_t>(layout_.viewport.width + 2 * largest_square);
}

float* SoftwareBackend::eye_depth_row(int y) {
  return eye_depths_.data() + static_cast<std::size_t>(y + largest_square) * eye_depth_stride() +
         largest_square;
}

void SoftwareBackend::shade() {
  const auto width = static_cast<std::size_t>(layout_.viewport.width);
  share(team_, static_cast<std::size_t>(layout_.viewport.height), rows_a_piece,
        [&](std::size_t begin, std::size_t end) {
          for (int y = static_cast<int>(begin); y < static_cast<int>(end); ++y)
            kernels_.shade({eye_depth_row(y - eye_dome_.reach), eye_depth_row(y),
                            eye_depth_row(y + eye_dome_.reach), eye_dome_},
                           rgba_.data() + static_cast<std::size_t>(y) * width, width);
        });
}

std::optional<PointId> SoftwareBackend::pick(int x, int y, int radius_px) {
  const PixelKey key = nearest_key(x, y, radius_px, layout_.viewport, [this](int column, int row) {
    const PixelKey drawn = key_at(grids_, layout_, squares_, column, row);
    return !meshes_.empty() && meshes_.hides(column, row, drawn) ? no_point : drawn;
  });
  if (key == no_point) return std::nullopt;
  return ids_.point_of(id_of(key));
}

std::vector<std::optional<PointId>> SoftwareBackend::ids_in(int left, int top, int width, int height) {
  if (width <= 0 || height <= 0) return {};
  std::vector<std::optional<PointId>> result(static_cast<std::size_t>(width) *
                                             static_cast<std::size_t>(height));
  const int first_row = std::max(top, 0), last_row = std::min(top + height, layout_.viewport.height);
  if (first_row >= last_row) return result;
  KeyRows rows(grids_, layout_, squares_, kernels_, first_row);
  for (int y = first_row; y < last_row; ++y) {
    rows.next();
    for (int x = std::max(left, 0); x < std::min(left + width, layout_.viewport.width); ++x)
      if (const PixelKey key = rows.keys()[x];
          key != no_point && (meshes_.empty() || !meshes_.hides(x, y, key)))
        result[static_cast<std::size_t>(y - top) * static_cast<std::size_t>(width) +
               static_cast<std::size_t>(x - left)] = ids_.point_of(id_of(key));
  }
  return result;
}

std::unique_ptr<PointBackend> make_software_backend(unsigned threads) {
  return std::make_unique<SoftwareBackend>(threads, best_kernels());
}

}  // namespace sweepmark
