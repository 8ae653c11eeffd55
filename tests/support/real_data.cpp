#include "tests/support/real_data.hpp"

#include <cstdlib>

namespace sweepmark::test {

std::filesystem::path real_data(const std::filesystem::path& relative) {
  const char* chosen = std::getenv("SWEEPMARK_DATA");
  return std::filesystem::path(chosen ? chosen : SWEEPMARK_TEST_DATA) / relative;
}

}  // namespace sweepmark::test
