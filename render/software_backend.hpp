// Draws points on the processor: no window, no GL. See splat_kernels.hpp for the method.
#pragma once

#include <map>
#include <memory>

#include "render/cloud_channels.hpp"
#include "render/key_buffer.hpp"
#include "render/point_backend.hpp"
#include "render/scene_ids.hpp"
#include "render/splat_kernels.hpp"
#include "render/thread_team.hpp"

namespace sweepmark {

class PointColours;

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

 private:
  void resize(Viewport viewport);
  void splat(std::span<const ScenePoints> scene, const ViewCamera& camera, const DrawPart& part);
  void merge_and_widen(bool add);
  void colour(const std::vector<PointColours>& colours, std::uint32_t background);
  void colour_rows(const std::vector<PointColours>& colours, std::uint32_t background, int begin, int end);
  const PixelKey* merged_row(int row, PixelKey* spare);
  void picture_row(int y, PixelKey* out) const;
  PixelKey key_at(int x, int y) const;

  const SplatKernels& kernels_;
  ThreadTeam team_;
  CloudChannels channels_;
  Viewport viewport_{0, 0};
  std::uint32_t stride_ = 0;
  int size_px_ = 1;
  SceneIds ids_;
  // Each point's upper left pixel only, one grid a thread; empty again after each draw.
  std::vector<KeyBuffer> splats_;
  unsigned splatting_ = 1;  // grids in use
  // The same merged and widened to squares along the rows. Down the columns it is widened where it is read.
  KeyBuffer wide_;
  std::vector<std::uint32_t> rgba_;
};

}  // namespace sweepmark
