#include "app/gui/label_source.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/temporary_folder.hpp"

namespace sweepmark::gui {
namespace {

TEST(LabelSource, IsNeverAPipe) {
  const test::TemporaryFolder folder;
  const auto pipe = folder / "labels.json";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto format = format_of_source(pipe);  // to open it would be to wait for ever
  ASSERT_FALSE(format);
  EXPECT_EQ(format.error().code, ErrorCode::unsupported);
  EXPECT_EQ(format.error().where.file, pipe);
}

TEST(LabelSource, IsAFileOrFolderThatIsThere) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(format_of_source(folder / "nothing").error().code, ErrorCode::not_found);
  EXPECT_EQ(format_of_source(folder.write("text", "nothing like labels")).error().code,
            ErrorCode::unsupported);
  const auto openlabel =
      folder.write("labels.json", R"({"openlabel": {"metadata": {"schema_version": "1.0.0"}}})");
  const auto format = format_of_source(openlabel);
  ASSERT_TRUE(format) << format.error().message;
  EXPECT_EQ((*format)->name, "openlabel");
}

}  // namespace
}  // namespace sweepmark::gui
