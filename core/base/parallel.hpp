// Loops over independent pieces of work on a few threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace sweepmark {

inline unsigned core_count() {
  return std::max(1u, std::thread::hardware_concurrency());
}

// Calls work(0) … work(pieces − 1), each once, on `threads` threads of which the caller is one; returns when
// all have returned. Threads are started anew: for pieces of a millisecond and more. `work` must not throw.
template <class Work>
void for_each_piece(std::size_t pieces, unsigned threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto serve = [&] {
    for (std::size_t piece = next++; piece < pieces; piece = next++) work(piece);
  };
  std::vector<std::jthread> helpers;
  for (unsigned i = 1; i < std::min<std::size_t>(threads, pieces); ++i) helpers.emplace_back(serve);
  serve();
}

}  // namespace sweepmark
