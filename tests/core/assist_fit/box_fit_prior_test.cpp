#include "core/assist/box_fit_prior.hpp"

#include <gtest/gtest.h>

namespace sweepmark {
namespace {

ClassDefinition tram(const Eigen::Vector3d& spread) {
  ClassDefinition definition;
  definition.name = "Tram";
  definition.usual_size = {30, 2.4, 3.5};
  definition.size_spread = spread;
  return definition;
}

TEST(SizePrior, IsTheSpreadOfTheClassWhereItStatesOne) {
  const SizePrior usual = size_prior(tram(Eigen::Vector3d::Zero()));
  EXPECT_NEAR(usual.spread.x(), 8.4, 1e-12);
  const SizePrior stated = size_prior(tram({0.5, 0, 0.1}));
  EXPECT_EQ(stated.mean, usual.mean);
  EXPECT_EQ(stated.spread.x(), 0.5);
  EXPECT_EQ(stated.spread.y(), usual.spread.y());
  EXPECT_EQ(stated.spread.z(), 0.1);
}

TEST(SizePrior, LeavesRoomEvenWhereTheClassSaysThatAllAreAlike) {
  EXPECT_EQ(size_prior(tram({1e-9, 0, 0})).spread.x(), 0.01);
}

}  // namespace
}  // namespace sweepmark
