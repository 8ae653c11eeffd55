#include "core/stack/stack_export.hpp"

#include <gtest/gtest.h>

#include "core/formats/cloud_reader.hpp"
#include "core/stack/stack_file.hpp"
#include "tests/core/stack/made_up_sweeps.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

void expect_same_as_layers(const std::filesystem::path& exported, const std::filesystem::path& file) {
  const PointCloud cloud = read_cloud(exported).value();
  const auto stack = StackFile::open(file).value();
  stack->refresh();
  const auto& sweeps = std::get<std::vector<std::uint32_t>>(cloud.channel("sweep")->values);
  const auto& rows = std::get<std::vector<std::uint32_t>>(cloud.channel("row")->values);
  const std::vector<float> intensity = cloud.channel_as_float("intensity");
  std::size_t at = 0;
  for (std::uint32_t b = 0; b < stack->blocks(); ++b)
    for (std::uint32_t level = 0; level < stack_levels; ++level) {
      const PointCloud layer = stack->read_layer({b, level}).value();
      const auto& source = std::get<std::vector<std::uint32_t>>(layer.channel("source")->values);
      for (std::size_t i = 0; i < layer.size(); ++i, ++at) {
        ASSERT_LT((cloud.position(at) - layer.position(i)).norm(), 1e-3);
        ASSERT_EQ(row_of(stack->block(b).slots, source[i]), (StackRow{sweeps[at], rows[at]}));
        ASSERT_EQ(intensity[at], layer.channel_as_float("intensity")[i]);
      }
    }
  ASSERT_EQ(at, cloud.size());
}

TEST(StackExport, IsReadBackAsPlyAndPcdNearAndFar) {
  const test::TemporaryFolder folder;
  for (const double far_m : {0.0, 5e6}) {
    StackSource source = test::made_up_source(300, 10);
    for (StackSweep& sweep : source.sweeps)
      sweep.world_from_ego = {sweep.world_from_ego.rotation(),
                              sweep.world_from_ego.translation() + Eigen::Vector3d(far_m, -far_m, 0)};
    source.fingerprint += static_cast<std::uint64_t>(far_m);
    build_stack(source, folder / "a.stack").value();
    for (const char* name : {"a.ply", "a.pcd"}) {
      EXPECT_EQ(export_stack(folder / "a.stack", folder / name).value(), 3000u);
      expect_same_as_layers(folder / name, folder / "a.stack");
    }
  }
}

TEST(StackExport, SaysWhatItCannotDo) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(export_stack(folder / "none", folder / "a.ply").error().code, ErrorCode::not_found);
  build_stack(test::made_up_source(3, 10), folder / "a.stack").value();
  EXPECT_EQ(export_stack(folder / "a.stack", folder / "a.las").error().code, ErrorCode::invalid_argument);
  EXPECT_FALSE(export_stack(folder / "a.stack", folder / "no folder/a.ply"));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(export_stack(folder / "a.stack", folder / "a.ply", {stop.get_token(), {}}).error().code,
            ErrorCode::cancelled);
  EXPECT_FALSE(std::filesystem::exists(folder / "a.ply"));
  EXPECT_FALSE(std::filesystem::exists(folder / "a.ply.partial"));
  const std::string bytes = test::bytes_of(folder / "a.stack");
  folder.write("half.stack", bytes.substr(0, bytes.size() - 1));
  EXPECT_FALSE(export_stack(folder / "half.stack", folder / "a.ply"));
}

}  // namespace
}  // namespace sweepmark
