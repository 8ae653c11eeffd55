// What the tests of the labels file share.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>

#include "core/store/sqlite_store.hpp"

namespace sweepmark::test {

inline const LayerName main_layer{"main"};

// Content that depends on the number, so that a mixed-up or lost commit shows.
inline Commit numbered_commit(std::int64_t number, std::size_t patch_bytes = 2000) {
  Commit commit;
  commit.info = {Revision{},
                 1700000000000 + number,
                 "anna",
                 "box.create",
                 R"({"n":)" + std::to_string(number) + "}",
                 0.5 * static_cast<double>(number)};
  commit.patch = "patch " + std::to_string(number) + std::string("\0\x01\xff", 3);
  while (commit.patch.size() < patch_bytes)
    commit.patch += static_cast<char>(number * 31 + static_cast<std::int64_t>(commit.patch.size()) * 7);
  return commit;
}

inline void expect_numbered(const Commit& found, std::int64_t number, std::size_t patch_bytes = 2000) {
  const Commit expected = numbered_commit(number, patch_bytes);
  EXPECT_EQ(found.info.revision.value, number);
  EXPECT_EQ(found.info.unix_ms, expected.info.unix_ms);
  EXPECT_EQ(found.info.author, expected.info.author);
  EXPECT_EQ(found.info.command, expected.info.command);
  EXPECT_EQ(found.info.args, expected.info.args);
  EXPECT_EQ(found.info.active_seconds, expected.info.active_seconds);
  EXPECT_EQ(found.patch, expected.patch) << "commit " << number;
}

inline std::unique_ptr<LabelStore> must_open(const std::filesystem::path& file,
                                             const SqliteOptions& options = {}) {
  auto store = open_sqlite_store(file, options);
  if (!store) {
    ADD_FAILURE() << to_string(store.error());
    std::abort();
  }
  return std::move(*store);
}

// Appends commits first…last to the main layer.
inline void fill(LabelStore& store, std::int64_t first, std::int64_t last, std::size_t patch_bytes = 2000) {
  for (std::int64_t i = first; i <= last; ++i) {
    const auto appended = store.append(main_layer, Revision{i - 1}, numbered_commit(i, patch_bytes));
    ASSERT_TRUE(appended) << to_string(appended.error());
    ASSERT_EQ(appended->value, i);
  }
}

// Runs `body` in a process of its own; its return value is the exit status, which is returned (−signal where
// it was killed).
template <class Body>
int in_child(Body body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace sweepmark::test
