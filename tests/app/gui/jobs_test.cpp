#include "app/gui/shell/jobs.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sweepmark::gui {
namespace {

// Lets the test's thread sleep until a worker has something.
struct Bell {
  std::counting_semaphore<> rings{0};
  std::function<void()> wake() {
    return [this] { rings.release(); };
  }
};

void deliver_all(Jobs& jobs, Bell& bell) {
  while (!jobs.idle()) {
    bell.rings.acquire();
    jobs.deliver();
  }
}

void unexpected(const std::string& title, const std::string& reason) {
  ADD_FAILURE() << title << ": " << reason;
}

TEST(Jobs, WorkElsewhereAndFinishHere) {
  Bell bell;
  Jobs jobs(bell.wake(), unexpected);
  const auto here = std::this_thread::get_id();
  std::thread::id worked, finished;
  jobs.start("job", [&](const Progress&) -> Jobs::Finish {
    worked = std::this_thread::get_id();
    return [&] { finished = std::this_thread::get_id(); };
  });
  deliver_all(jobs, bell);
  EXPECT_NE(worked, here);
  EXPECT_EQ(finished, here);
}

TEST(Jobs, ShowProgressAndStopWhenTheyAreTold) {
  Bell bell;
  Jobs jobs(bell.wake(), unexpected);
  bool cancelled = false;
  const int id = jobs.start("long", [&](const Progress& progress) -> Jobs::Finish {
    progress(0.25, "a quarter");
    while (!progress.cancelled()) std::this_thread::yield();
    return [&] { cancelled = true; };
  });
  bell.rings.acquire();
  ASSERT_EQ(jobs.status().size(), 1u);
  EXPECT_EQ(jobs.status()[0].fraction, 0.25);
  EXPECT_EQ(jobs.status()[0].what, "a quarter");
  EXPECT_FALSE(jobs.status()[0].cancelling);
  jobs.cancel(id);
  deliver_all(jobs, bell);
  EXPECT_TRUE(cancelled);
  EXPECT_TRUE(jobs.status().empty());
}

TEST(Jobs, WhatFinishesMayStartAnother) {
  Bell bell;
  Jobs jobs(bell.wake(), unexpected);
  int finished = 0;
  jobs.start("first", [&](const Progress&) -> Jobs::Finish {
    return [&] {
      ++finished;
      jobs.start("second", [&](const Progress&) -> Jobs::Finish { return [&] { ++finished; }; });
    };
  });
  deliver_all(jobs, bell);
  EXPECT_EQ(finished, 2);
}

TEST(Jobs, WhatTheyThrowIsSaidAndEndsNothing) {
  Bell bell;
  std::vector<std::pair<std::string, std::string>> said;
  Jobs jobs(bell.wake(),
            [&](const std::string& title, const std::string& reason) { said.emplace_back(title, reason); });
  bool finished = false;
  jobs.start("reading", [](const Progress&) -> Jobs::Finish { throw std::runtime_error("no such luck"); });
  deliver_all(jobs, bell);
  jobs.start("taking in", [](const Progress&) -> Jobs::Finish { return [] { throw 7; }; });
  deliver_all(jobs, bell);
  jobs.start("next", [&](const Progress&) -> Jobs::Finish { return [&] { finished = true; }; });
  deliver_all(jobs, bell);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0], (std::pair<std::string, std::string>("reading", "no such luck")));
  EXPECT_EQ(said[1].first, "taking in");
  EXPECT_FALSE(said[1].second.empty());
  EXPECT_TRUE(finished);
}

TEST(Jobs, EndWithTheirOwner) {
  std::atomic<bool> ended = false;
  {
    Jobs jobs([] {}, unexpected);
    jobs.start("endless", [&](const Progress& progress) -> Jobs::Finish {
      while (!progress.cancelled()) std::this_thread::yield();
      ended = true;
      return [] {};
    });
  }
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace sweepmark::gui
