// A drive on disk that a window can open: some sweeps of a few points, labels beside it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/gui/workspace.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark::gui {

class TinyDrive {
 public:
  explicit TinyDrive(int sweeps = 4) {
    const std::vector<float> rows(400, 1.0f);
    const std::string_view bytes(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(float));
    for (int i = 0; i < sweeps; ++i)
      folder_.write("drive/velodyne/0000/00000" + std::to_string(i) + ".bin", bytes);
  }

  std::filesystem::path path() const { return folder_ / "drive"; }
  std::filesystem::path labels() const { return folder_ / "labels.sweepmark"; }
  std::filesystem::path state() const { return folder_ / "view.json"; }
  const test::TemporaryFolder& folder() const { return folder_; }

  std::unique_ptr<Workspace> open(const CacheLimits& limits = {}) const {
    auto opened = Workspace::of_drive(path(), "", limits, [] {});
    if (!opened) {
      ADD_FAILURE() << opened.error().message;
      return nullptr;
    }
    const auto taken = (*opened)->take_labels({labels(), LayerName("main"), "somebody"});
    EXPECT_TRUE(taken) << taken.error().message;
    return taken ? std::move(*opened) : nullptr;
  }

 private:
  test::TemporaryFolder folder_;
};

}  // namespace sweepmark::gui
