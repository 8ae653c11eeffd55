#include "render/thread_team.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>

namespace sweepmark {
namespace {

TEST(ThreadTeam, EveryWorkerIsCalledOnceARound) {
  for (const unsigned workers : {1u, 2u, 5u}) {
    ThreadTeam team(workers);
    ASSERT_EQ(team.size(), workers);
    std::vector<int> calls(workers, 0);  // a worker's own: no two write the same place
    for (int round = 1; round <= 200; ++round) {
      team.run([&calls](unsigned worker) { ++calls[worker]; });
      for (const int count : calls) ASSERT_EQ(count, round);  // run() has waited for all
    }
  }
}

TEST(ThreadTeam, WorkersRunAtTheSameTime) {
  ThreadTeam team(3);
  std::atomic<unsigned> here = 0;
  team.run([&here](unsigned) {
    ++here;
    while (here < 3) std::this_thread::yield();  // ends only when all three are inside
  });
  EXPECT_EQ(here, 3u);
}

TEST(ThreadTeam, IsMadeAndEndedWithoutWork) {
  for (int i = 0; i < 50; ++i) ThreadTeam team(4);
  EXPECT_GE(ThreadTeam(0).size(), 1u);
}

}  // namespace
}  // namespace sweepmark
