#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/files.hpp"
#include "core/formats/cloud_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace sweepmark {
namespace {

// Files named sound_* are clouds, files named broken_* are refused; either way the fuzzer's own checks hold.
TEST(FuzzCorpus, IsReadAsItsNamesSay) {
  const auto files = files_in(SWEEPMARK_FUZZ_CORPUS, "");
  ASSERT_TRUE(files) << to_string(files.error());
  ASSERT_GE(files->size(), 15u);
  for (const auto& file : *files) {
    const auto bytes = read_bytes(file);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes->data()), bytes->size()), 0);
    const auto cloud = read_cloud(file);
    const bool sound = file.filename().string().starts_with("sound_");
    EXPECT_EQ(cloud.has_value(), sound) << file << (cloud ? "" : ": " + to_string(cloud.error()));
    EXPECT_EQ(cloud ? file : cloud.error().where.file, file);
  }
}

}  // namespace
}  // namespace sweepmark
