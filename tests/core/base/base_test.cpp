#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/files.hpp"
#include "core/base/ids.hpp"
#include "core/base/text.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

static_assert(!std::is_convertible_v<TrackId, ClassId>);
static_assert(!std::is_convertible_v<std::uint32_t, TrackId>);

TEST(Text, NaturalOrderReadsNumbersAsNumbers) {
  EXPECT_TRUE(natural_less("2.bin", "10.bin"));
  EXPECT_TRUE(natural_less("a2b10", "a2b11"));
  EXPECT_TRUE(natural_less("a", "a1"));
  EXPECT_TRUE(natural_less("99999999999999999998", "99999999999999999999"));  // beyond 64 bits
  EXPECT_NE(natural_less("007", "7"), natural_less("7", "007"));              // a strict order even so
  EXPECT_FALSE(natural_less("x", "x"));
}

TEST(Text, NumbersMustBeWhole) {
  EXPECT_EQ(parse_double(" -1.5e3\n"), -1500.0);
  EXPECT_EQ(parse_double("+2"), 2.0);
  EXPECT_FALSE(parse_double("1.5m"));
  EXPECT_FALSE(parse_double(""));
  EXPECT_EQ(parse_int("-42"), -42);
  EXPECT_FALSE(parse_int("99999999999999999999"));
}

TEST(Text, LinesOfAnyKindOfEnd) {
  EXPECT_EQ(lines_of("a\r\nb\n\nc"), (std::vector<std::string_view>{"a", "b", "", "c"}));
  EXPECT_TRUE(lines_of("").empty());
  EXPECT_EQ(split_blanks("  x\ty  z "), (std::vector<std::string_view>{"x", "y", "z"}));
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
}

TEST(Files, ErrorsNameTheFile) {
  const test::TemporaryFolder folder;
  const auto missing = read_bytes(folder / "nothing");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_EQ(missing.error().where.file, folder / "nothing");
  EXPECT_FALSE(read_text(folder.path()));
  EXPECT_FALSE(files_in(folder / "nothing", ""));
}

TEST(Files, AreReplacedAsOneStep) {
  const test::TemporaryFolder folder;
  ASSERT_TRUE(write_text_atomically(folder / "a.txt", "first"));
  ASSERT_TRUE(write_text_atomically(folder / "a.txt", "second"));
  EXPECT_EQ(read_text(folder / "a.txt"), "second");
  EXPECT_EQ(files_in(folder.path(), "")->size(), 1u) << "nothing is left beside it";
  EXPECT_FALSE(write_text_atomically(folder / "no such folder/a.txt", "x"));
}

// In a child whose files may not grow beyond 4 kB, as on a disk that runs full.
TEST(Files, OnAFullDiskKeepTheirOldContent) {
  const test::TemporaryFolder folder;
  const auto file = folder.write("labels.json", "old");
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto written = write_text_atomically(file, std::string(100'000, 'x'));
    ::_exit(!written && written.error().code == ErrorCode::no_space && written.error().where.file == file
                ? 0
                : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(read_text(file), "old");
  EXPECT_EQ(files_in(folder.path(), "")->size(), 1u) << "nothing is left beside it";
}

TEST(Files, AreListedInNaturalOrderByExtension) {
  const test::TemporaryFolder folder;
  for (const char* name : {"10.pcd", "9.pcd", "1.txt"}) folder.write(name, "");
  const auto files = files_in(folder.path(), ".pcd");
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 2u);
  EXPECT_EQ((*files)[0].filename(), "9.pcd");
}

TEST(Error, SaysWhereItWasMet) {
  EXPECT_EQ(to_string(Error{ErrorCode::malformed, "a number expected", at_line("x.txt", 7)}),
            "x.txt:7: a number expected");
  EXPECT_EQ(to_string(Error{ErrorCode::malformed, "it ends", at_byte("x.bin", 16)}),
            "x.bin at byte 16: it ends");
  EXPECT_EQ(to_string(Error{ErrorCode::conflict, "somebody was first", {}}), "somebody was first");
}

}  // namespace
}  // namespace sweepmark
