// A few threads that wait for work, so that a frame need not start any.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sweepmark {

class ThreadTeam {
 public:
  // `workers` 0: as many as there are cores. The caller of run() is one of them, so one worker starts no
  // thread.
  explicit ThreadTeam(unsigned workers);
  ~ThreadTeam();
  ThreadTeam(const ThreadTeam&) = delete;
  ThreadTeam& operator=(const ThreadTeam&) = delete;

  unsigned size() const { return static_cast<unsigned>(threads_.size()) + 1; }
  // Calls work(0), …, work(size() − 1), each once and all at the same time; returns when all have returned.
  // `work` must not throw. One caller at a time.
  void run(const std::function<void(unsigned worker)>& work);

 private:
  void serve(unsigned worker);

  std::mutex mutex_;
  std::condition_variable begun_, ended_;
  const std::function<void(unsigned)>* work_ = nullptr;
  unsigned round_ = 0;    // counts the calls of run()
  unsigned running_ = 0;  // workers that have not finished this round
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace sweepmark
