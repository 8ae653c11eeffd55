#include "app/gui/icons.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <string>

namespace sweepmark::gui {
namespace {

std::string utf8(unsigned code_point) {
  return {static_cast<char>(0xe0 | code_point >> 12), static_cast<char>(0x80 | (code_point >> 6 & 0x3f)),
          static_cast<char>(0x80 | (code_point & 0x3f))};
}

// One that is not among all of them would be drawn as a question mark.
TEST(Icons, AreAllInTheTexture) {
  std::ifstream in(SWEEPMARK_ICONS);
  const std::string all = icons::all;
  const std::regex definition(R"re(char\* \w+ = "\\u([0-9a-f]{4})")re");
  std::size_t found = 0;
  for (std::string line; std::getline(in, line);) {
    std::smatch match;
    if (!std::regex_search(line, match, definition)) continue;
    ++found;
    EXPECT_NE(all.find(utf8(static_cast<unsigned>(std::stoul(match[1], nullptr, 16)))), std::string::npos)
        << line;
  }
  EXPECT_EQ(3 * found, all.size());
}

}  // namespace
}  // namespace sweepmark::gui
