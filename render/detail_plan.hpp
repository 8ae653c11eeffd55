// Which points of a large scene a picture needs first, and which follow.
//
// A chunk (CloudChunk) is drawn as far as one density D of points a pixel says: D times the pixels it spans,
// less what coarser layers show of it already. One D for the whole scene spends a number of points evenly
// over the picture; a growing D adds to it until everything is drawn. Beginnings of chunks as levels of
// detail, a number of points a frame, and pictures that are completed over several frames: Schütz,
// Mandlburger, Otepka, Wimmer, "Progressive Real-Time Rendering of One Billion Points Without Hierarchical
// Acceleration Structures", Computer Graphics Forum 39(2), 2020.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "render/cloud_projection.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

// Of one scene as one camera sees it. A value; borrows nothing after it is made.
class DetailPlan {
 public:
  DetailPlan() = default;  // of nothing
  DetailPlan(std::span<const ScenePoints> scene, const ViewCamera& camera, Viewport viewport);

  // Runs of about `points` points that were not handed out before, those the picture lacks most. Clouds
  // without chunks have no beginning that stands for them, so they come whole with the first call.
  std::vector<SceneRun> next(std::size_t points);

  // Everything that was handed out, once each.
  std::vector<SceneRun> so_far() const;

  // Takes over what an earlier plan of the same camera has handed out, for the clouds they have in common:
  // the first of both scenes.
  void resume(const DetailPlan& earlier);

  std::size_t points_in_view() const { return in_view_; }  // of chunks that meet the picture
  std::size_t handed_out() const { return handed_out_; }
  bool complete() const { return handed_out_ == in_view_; }
  // Points a pixel that every chunk has been given, or all it has. 0 before the first call.
  double density() const { return density_; }

 private:
  struct Part {
    std::uint32_t scene_index, begin, next, end;
    float area;    // pixels
    float before;  // points that coarser layers show
  };

  void add_cloud(std::uint32_t scene_index, const ScenePoints& points, const ViewCamera& camera,
                 Viewport viewport);
  std::size_t handed_out_at(double density) const;
  double density_for(std::size_t handed_out) const;

  std::vector<Part> parts_;  // in view only
  std::size_t in_view_ = 0, handed_out_ = 0;
  double density_ = 0.0;
};

// Pixels of the viewport that the projection of a box of a cloud may touch: 0 where it is out of view, the
// whole viewport where the box reaches behind the eye.
double projected_area(const Eigen::Vector3f& low, const Eigen::Vector3f& high,
                      const CloudProjection& projection, Viewport viewport);

}  // namespace sweepmark
