// Draws points on the processor: no window, no GL. See splat_kernels.hpp for the method.
#pragma once

#include <memory>

#include "render/eye_dome.hpp"
#include "render/mesh_raster.hpp"
#include "render/picture_keys.hpp"
#include "render/point_backend.hpp"
#include "render/scene_ids.hpp"
#include "render/shown_points.hpp"
#include "render/splat_kernels.hpp"
#include "render/thread_team.hpp"

namespace sweepmark {

class PointColours;

// Milliseconds of the last draw, for measuring.
struct SoftwareFrameTimes {
  double splat = 0.0, colour = 0.0, shade = 0.0;
};

class SoftwareBackend final : public PointBackend {
 public:
  SoftwareBackend(unsigned threads, const SplatKernels& kernels);

  std::string_view name() const override { return "software"; }
  bool colours_at_end() const override { return true; }
  Drawn draw(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera,
             Viewport viewport, const DrawPart& part = {}) override;
  std::optional<PointId> pick(int x, int y, int radius_px) override;
  std::vector<std::optional<PointId>> ids_in(int left, int top, int width, int height) override;
  std::vector<std::uint32_t> read_back() override { return rgba_; }
  const SoftwareFrameTimes& times() const { return times_; }

 private:
  void resize(Viewport viewport);
  void splat(std::span<const ScenePoints> scene, const ViewCamera& camera, const DrawPart& part);
  void colour(std::span<const ScenePoints> scene, const PointStyle& style, const ViewCamera& camera);
  void colour_rows(const std::vector<PointColours>& colours, std::uint32_t background, int begin, int end);
  void lay_meshes(int y, const PixelKey* keys, std::uint32_t* out, bool shaded);
  void shade();
  std::size_t eye_depth_stride() const;
  float* eye_depth_row(int y);  // its first pixel; y from −largest_square to as much past the last row

  const SplatKernels& kernels_;
  ThreadTeam team_;
  KeyLayout layout_;
  PointSquares squares_;
  SceneIds ids_;
  ShownPoints shown_;
  // Each point's first pixel only, one grid a thread; kept until the next picture begins.
  std::vector<KeyBuffer> grids_;
  MeshPicture meshes_;
  std::vector<std::uint32_t> rgba_;
  EyeDomeScale eye_dome_;
  // With a frame of no_eye_depth about the picture.
  std::vector<float> eye_depths_;
  SoftwareFrameTimes times_;
};

}  // namespace sweepmark
