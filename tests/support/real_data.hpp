// Real recordings for tests, where they are at hand.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>

namespace sweepmark::test {

// $SWEEPMARK_DATA, or the folder named at configure time, joined with `relative`.
std::filesystem::path real_data(const std::filesystem::path& relative);

}  // namespace sweepmark::test

// Skips the test where the recording is absent. A macro because GTEST_SKIP returns from the test itself.
#define SWEEPMARK_NEEDS_REAL_DATA(relative)                             \
  if (!std::filesystem::exists(::sweepmark::test::real_data(relative))) \
  GTEST_SKIP() << "no real data at " << ::sweepmark::test::real_data(relative)
