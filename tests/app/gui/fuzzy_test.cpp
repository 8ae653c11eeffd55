#include "app/gui/input/fuzzy.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace sweepmark::gui {
namespace {

TEST(Fuzzy, WantsAllLettersInTheirOrder) {
  EXPECT_TRUE(fuzzy_score("kf", "Set keyframe here").has_value());
  EXPECT_TRUE(fuzzy_score("SKH", "Set keyframe here").has_value());
  EXPECT_FALSE(fuzzy_score("fk", "Set keyframe here").has_value());
  EXPECT_FALSE(fuzzy_score("x", "").has_value());
  EXPECT_EQ(fuzzy_score("", "anything"), 0);
}

TEST(Fuzzy, PrefersRowsOfLettersAndStartsOfWords) {
  EXPECT_GT(fuzzy_score("undo", "Undo"), fuzzy_score("undo", "Unfold another"));
  EXPECT_GT(fuzzy_score("sk", "Set keyframe"), fuzzy_score("sk", "Ask"));
  EXPECT_GT(fuzzy_score("exp", "Export labels"), fuzzy_score("exp", "Next sweep"));
  // The second o of "Go on" is better than the first, and is found.
  EXPECT_GT(fuzzy_score("on", "Go on"), fuzzy_score("on", "Going"));
}

RC_GTEST_PROP(Fuzzy, FindsWhatIsMadeByLeavingLettersOut, (const std::string& text)) {
  std::string query;
  for (char c : text)
    if (*rc::gen::arbitrary<bool>()) query.push_back(c);
  RC_ASSERT(fuzzy_score(query, text).has_value());
}

}  // namespace
}  // namespace sweepmark::gui
