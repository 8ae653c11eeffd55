#include "render/legend.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace sweepmark {
namespace {

std::vector<std::string> texts(double low, double high, int most) {
  std::vector<std::string> result;
  for (const LegendTick& tick : legend_ticks(low, high, most)) result.push_back(tick.text);
  return result;
}

TEST(Legend, TicksAreAtRoundValues) {
  EXPECT_THAT(texts(-2.0, 4.0, 7), testing::ElementsAre("-2", "-1", "0", "1", "2", "3", "4"));
  EXPECT_THAT(texts(-2.0, 4.0, 5), testing::ElementsAre("-2", "0", "2", "4"));
  EXPECT_THAT(texts(0.013, 0.987, 5), testing::ElementsAre("0.2", "0.4", "0.6", "0.8"));
  EXPECT_THAT(texts(0.0, 63.0, 4), testing::ElementsAre("0", "20", "40", "60"));
  EXPECT_THAT(texts(1e-4, 2.2e-4, 4), testing::ElementsAre("0.00010", "0.00015", "0.00020"));
  EXPECT_THAT(texts(5.4e6, 5.4e6 + 10, 3), testing::ElementsAre("5400000", "5400005", "5400010"));
}

TEST(Legend, SharesLieWhereTheirValuesDo) {
  const auto ticks = legend_ticks(-1.0, 3.0, 3);
  ASSERT_EQ(ticks.size(), 2u);
  EXPECT_DOUBLE_EQ(ticks[0].share, 0.25);
  EXPECT_DOUBLE_EQ(ticks[1].share, 0.75);
}

TEST(Legend, AnyIntervalHasTicksWithinItAscendingAndNoMoreThanAskedFor) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> power(-8, 8), share(-1, 1);
  for (int i = 0; i < 2'000; ++i) {
    const double low = share(random) * std::pow(10.0, power(random)), span = std::pow(10.0, power(random));
    const double high = low + span;
    if (!(high > low) || span < 1e-9 * std::abs(low)) continue;
    const auto ticks = legend_ticks(low, high, 6);
    EXPECT_GE(ticks.size(), 2u) << low << ' ' << high;
    EXPECT_LE(ticks.size(), 6u) << low << ' ' << high;
    for (std::size_t k = 1; k < ticks.size(); ++k) {
      EXPECT_GT(ticks[k].value, ticks[k - 1].value);
      EXPECT_NE(ticks[k].text, ticks[k - 1].text);
    }
  }
}

TEST(Legend, NoIntervalNoTicks) {
  EXPECT_TRUE(legend_ticks(1.0, 1.0, 5).empty());
  EXPECT_TRUE(legend_ticks(2.0, 1.0, 5).empty());
  EXPECT_TRUE(legend_ticks(0.0, std::numeric_limits<double>::infinity(), 5).empty());
  EXPECT_TRUE(legend_ticks(std::numeric_limits<double>::quiet_NaN(), 1.0, 5).empty());
  EXPECT_TRUE(legend_ticks(0.0, 1.0, 0).empty());
}

}  // namespace
}  // namespace sweepmark
