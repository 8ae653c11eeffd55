#include <gtest/gtest.h>

#include "core/quality/propagation_accuracy.hpp"

namespace sweepmark {
namespace {

PropagationSample proposed(bool in_life, bool out_of_reach) {
  PropagationSample sample;
  sample.class_name = "Van";
  sample.proposed = true;
  sample.in_life = in_life;
  sample.out_of_reach = out_of_reach;
  return sample;
}

TEST(PropagationRows, RunOnOnlyWithinTheReachOfTheTruth) {
  PropagationSamples samples;
  samples.starts.push_back({"Van", false, 1.0, 4});
  samples.samples = {proposed(true, false), proposed(true, false), proposed(false, false),
                     proposed(false, true)};
  const auto rows = propagation_rows(samples, 10);
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows.front().class_name, "Van");
  EXPECT_NEAR(rows.front().ran_on_after_gone, 0.25, 1e-12);
}

}  // namespace
}  // namespace sweepmark
