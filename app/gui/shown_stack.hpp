// Sweeps laid together in the world, as the 3D view shows them beneath the sweep at the cursor. No ImGui, no
// GL.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/workspace.hpp"
#include "core/stack/stack_view.hpp"
#include "render/point_backend.hpp"

namespace sweepmark::gui {

// Used on the window's thread.
class ShownStack {
 public:
  // `file` may be on its way: it is opened as soon as it can be. `wake` is called from other threads.
  ShownStack(std::filesystem::path file, std::string what, std::function<void()> wake);

  // Looks whether there is more than the last time.
  void look();
  // What points are coloured and filtered by beside their place.
  struct Wish {
    bool ranges = false;  // the range filter
    bool range_colours = false;
    bool labels = false;
  };
  // Works out what a wish lacks, of at most a million points a call. True where nothing is lacking.
  bool provide(const Wish& wish, const Drive& drive, const Trajectory& trajectory, const Document& document,
               Revision revision);
  // Adds what is loaded to a scene, with what the last wish got: layers in the order they came, so that a
  // picture can go on; then what moves, each object's points where its box is now.
  void add_to(std::vector<ScenePoints>& scene, const Pose<World, Ego>& world_from_ego,
              const std::vector<VisibleBox>& boxes);
  // Asks for the layers that the view lacks most: blocks with few loaded points for the pixels they take.
  void want_for(const ViewCamera& camera, Viewport viewport);

  const std::string& what() const { return what_; }  // "every sweep", "sweeps 80 … 120"
  std::size_t points() const { return points_; }     // loaded
  std::size_t came_in() const { return *came_in_; }
  bool idle() const { return !view_ || view_->idle(); }
  std::optional<Error> trouble() const { return view_ ? view_->trouble() : std::nullopt; }

 private:
  struct Shown {
    StackKey key;
    std::shared_ptr<const PointCloud> cloud;
    std::shared_ptr<const std::vector<float>> ranges = nullptr;
    std::shared_ptr<const std::vector<PointLabel>> labels = nullptr;
    std::vector<PointLabels> labelled_by = {};  // what they were made of
    Revision labels_looked_at = {};             // and when that was last compared
  };
  bool provide(Shown& shown, const Drive& drive, const Trajectory& trajectory, const Document& document,
               Revision revision);

  std::filesystem::path file_;
  std::string what_;
  std::shared_ptr<std::atomic<std::size_t>> came_in_ = std::make_shared<std::atomic<std::size_t>>(0);
  std::function<void()> wake_;
  std::unique_ptr<StackView> view_;
  std::vector<Shown> shown_;
  Wish wish_;
  std::size_t points_ = 0;
};

}  // namespace sweepmark::gui
