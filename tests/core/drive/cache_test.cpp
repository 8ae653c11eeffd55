#include "core/drive/cache.hpp"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <latch>
#include <mutex>
#include <new>
#include <random>
#include <thread>

namespace sweepmark {
namespace {

struct Blob {
  int key = 0;
  std::size_t size = 0;
  std::size_t bytes() const { return size; }
};

constexpr std::size_t blob_size = 1000;
constexpr std::size_t cost = blob_size + sizeof(Blob);
Result<Blob> make_blob(const int& key) {
  return Blob{key, blob_size};
}

using BlobCache = Cache<int, Blob>;

void wait_until_idle(const BlobCache& cache) {
  while (!cache.idle()) std::this_thread::yield();
}

TEST(Cache, LoadsOnceAndKeeps) {
  std::atomic<int> loads = 0;
  BlobCache cache(
      [&](const int& key) {
        ++loads;
        return make_blob(key);
      },
      100 * cost, 0);
  EXPECT_EQ(cache.peek(7), nullptr);
  EXPECT_EQ((*cache.get(7))->key, 7);
  EXPECT_EQ((*cache.get(7))->key, 7);
  EXPECT_EQ((**cache.peek(7))->key, 7);
  EXPECT_EQ(loads, 1);
  EXPECT_EQ(cache.bytes(), cost);
}

TEST(Cache, DropsTheLeastRecentlyUsedBeyondItsBytes) {
  BlobCache cache(make_blob, 3 * cost, 0);
  const auto first = cache.get(1);
  cache.get(2);
  cache.get(3);
  cache.get(1);  // now 2 is the oldest
  cache.get(4);
  EXPECT_EQ(cache.bytes(), 3 * cost);
  EXPECT_EQ(cache.peek(2), nullptr);
  EXPECT_NE(cache.peek(1), nullptr);
  cache.get(5);
  cache.get(6);
  cache.get(7);
  EXPECT_EQ(cache.peek(1), nullptr);
  EXPECT_EQ((*first)->key, 1);  // what was handed out stays
}

TEST(Cache, KeepsTheNewestWhateverItsSize) {
  BlobCache cache([](const int& key) -> Result<Blob> { return Blob{key, 50 * blob_size}; }, 3 * blob_size, 0);
  cache.get(1);
  EXPECT_NE(cache.peek(1), nullptr);
  cache.get(2);
  EXPECT_EQ(cache.peek(1), nullptr);
  EXPECT_NE(cache.peek(2), nullptr);
}

TEST(Cache, AFailureIsKeptLikeAValue) {
  std::atomic<int> loads = 0;
  BlobCache cache(
      [&](const int&) -> Result<Blob> {
        ++loads;
        return fail(ErrorCode::malformed, "broken sweep");
      },
      10 * cost, 0);
  for (int i = 0; i < 3; ++i) {
    const auto blob = cache.get(1);
    ASSERT_FALSE(blob);
    EXPECT_EQ(blob.error().message, "broken sweep");
  }
  EXPECT_FALSE(*cache.peek(1));
  EXPECT_EQ(loads, 1);
}

TEST(Cache, AThrowingLoadIsAFailureAndStrandsNobody) {
  BlobCache cache([](const int&) -> Result<Blob> { throw std::bad_alloc(); }, 10 * cost, 1);
  EXPECT_EQ(cache.get(1).error().code, ErrorCode::internal);
  cache.want({2});
  wait_until_idle(cache);
  EXPECT_FALSE(cache.get(2));
}

TEST(Cache, LoadsWhatIsWantedInOrderOnceEach) {
  std::mutex mutex;
  std::vector<int> order;
  std::atomic<int> ready = 0;
  BlobCache cache(
      [&](const int& key) {
        const std::lock_guard lock(mutex);
        order.push_back(key);
        return make_blob(key);
      },
      100 * cost, 1, [&] { ++ready; });
  cache.want({5, 3, 9, 3});
  wait_until_idle(cache);
  while (ready < 3) std::this_thread::yield();
  {
    const std::lock_guard lock(mutex);
    EXPECT_EQ(order, (std::vector{5, 3, 9}));
  }
  cache.want({9, 5, 4});  // only 4 is new
  wait_until_idle(cache);
  const std::lock_guard lock(mutex);
  EXPECT_EQ(order, (std::vector{5, 3, 9, 4}));
}

TEST(Cache, WantingMoreThanFitsKeepsTheMostWanted) {
  std::atomic<int> loads = 0;
  BlobCache cache(
      [&](const int& key) {
        ++loads;
        return make_blob(key);
      },
      3 * cost, 1);
  cache.get(6);
  cache.want({}, {1, 2, 3, 4, 5, 6, 7, 8});
  wait_until_idle(cache);
  EXPECT_LE(loads, 4);
  EXPECT_LE(cache.bytes(), 3 * cost);
  EXPECT_NE(cache.peek(1), nullptr);
  EXPECT_NE(cache.peek(2), nullptr);
  EXPECT_EQ(cache.peek(8), nullptr);
}

TEST(Cache, WhatIsEssentialIsLoadedAndStaysWhateverItsSize) {
  std::atomic<int> loads = 0;
  BlobCache cache(
      [&](const int& key) {
        ++loads;
        return make_blob(key);
      },
      3 * cost, 2);
  const std::vector<int> in_view = {1, 2, 3, 4, 5, 6};
  cache.want(in_view, {7, 8, 9});
  wait_until_idle(cache);
  const auto all_there = [&] {
    return std::ranges::all_of(in_view, [&](int key) { return cache.peek(key) != nullptr; });
  };
  EXPECT_TRUE(all_there());
  for (const int other : {11, 12, 13}) cache.get(other);
  EXPECT_TRUE(all_there());
  EXPECT_LE(cache.bytes(), 7 * cost);  // and the newest
  const int before = loads;
  cache.want(in_view, {7, 8, 9});
  wait_until_idle(cache);
  EXPECT_LE(loads, before + 2);  // at most one a worker before it is seen that there is no room
}

TEST(Cache, WhatLiesAheadPushesOutNothingInView) {
  BlobCache cache(make_blob, 4 * cost, 1);
  cache.want({1, 2}, {3, 4, 5, 6, 7, 8});
  wait_until_idle(cache);
  for (const int key : {1, 2, 3}) EXPECT_NE(cache.peek(key), nullptr) << key;
  EXPECT_EQ(cache.peek(8), nullptr);
  EXPECT_LE(cache.bytes(), 4 * cost);
}

TEST(Cache, WhatIsEssentialNoMoreIsHeldToTheLimit) {
  BlobCache cache(make_blob, 2 * cost, 1);
  cache.want({1, 2, 3, 4, 5});
  wait_until_idle(cache);
  EXPECT_EQ(cache.bytes(), 5 * cost);
  cache.want({4});
  EXPECT_LE(cache.bytes(), 2 * cost);
  EXPECT_NE(cache.peek(4), nullptr);
}

TEST(Cache, ManyThreadsLoadEachKeyOneAtATime) {
  constexpr int keys = 24, threads = 8, rounds = 400;
  std::array<std::atomic<int>, keys> loading{};
  std::atomic<int> loads = 0, doubled = 0, wrong = 0, over = 0;
  BlobCache cache(
      [&](const int& key) -> Result<Blob> {
        if (++loading[static_cast<std::size_t>(key)] > 1) ++doubled;
        ++loads;
        std::this_thread::yield();
        --loading[static_cast<std::size_t>(key)];
        if (key % 11 == 5) return fail(ErrorCode::malformed, "broken");
        return make_blob(key);
      },
      8 * cost, 3);
  std::latch start(threads);
  {
    std::vector<std::jthread> users;
    for (int t = 0; t < threads; ++t)
      users.emplace_back([&, t] {
        std::mt19937 random(static_cast<unsigned>(t));
        start.arrive_and_wait();
        for (int i = 0; i < rounds; ++i) {
          const int key = static_cast<int>(random() % keys);
          if (i % 5 == 0) cache.want({key}, {(key + 1) % keys, (key + 2) % keys});
          const auto peeked = cache.peek(key);
          if (peeked && *peeked && (**peeked)->key != key) ++wrong;
          const auto got = cache.get(key);
          if (got.has_value() == (key % 11 == 5) || (got && (*got)->key != key)) ++wrong;
          if (cache.bytes() > 8 * cost) ++over;
        }
      });
  }
  EXPECT_EQ(doubled, 0);
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(over, 0);
  EXPECT_GT(loads, keys);
}

TEST(Cache, EndsWhileItLoads) {
  for (int round = 0; round < 30; ++round) {
    std::latch loading(1);
    std::atomic<bool> begun = false;
    BlobCache cache(
        [&](const int& key) {
          if (!begun.exchange(true)) loading.count_down();
          std::this_thread::yield();
          return make_blob(key);
        },
        100 * cost, 3);
    std::vector<int> many(200);
    for (int i = 0; i < 200; ++i) many[static_cast<std::size_t>(i)] = i;
    cache.want(many);
    loading.wait();
  }  // a deadlock would end in the test's timeout
}

}  // namespace
}  // namespace sweepmark
