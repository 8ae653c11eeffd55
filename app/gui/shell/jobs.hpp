// Long work off the window's thread, with progress and cancel.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/progress.hpp"

namespace sweepmark::gui {

struct JobStatus {
  int id = 0;
  std::string title;
  double fraction = 0;
  std::string what;
  bool cancelling = false;
};

// Used from the window's thread. Destroying it cancels what runs and waits for it.
class Jobs {
 public:
  // What a job hands back: run on the window's thread by `deliver`.
  using Finish = std::move_only_function<void()>;
  using Work = std::move_only_function<Finish(const Progress&)>;

  // What a job threw is said by `deliver`, with the job's title; the program goes on.
  using Failed = std::function<void(const std::string& title, const std::string& reason)>;

  // `wake` is called from workers when there is something new to show or to deliver; `failed` on the window's
  // thread.
  Jobs(std::function<void()> wake, Failed failed) : wake_(std::move(wake)), failed_(std::move(failed)) {}

  int start(std::string title, Work work);
  void cancel(int id);
  // Runs what finished jobs handed back, in the order they were started. True where there was any.
  bool deliver();
  bool idle() const { return jobs_.empty(); }
  std::vector<JobStatus> status() const;

 private:
  struct Job {
    int id;
    std::string title;
    std::mutex mutex;  // of the four below
    double fraction = 0;
    std::string what;
    Finish finish;
    std::optional<std::string> thrown;
    std::atomic<bool> done = false;
    std::jthread thread;
  };

  static void run(Job& job, Work& work, const Progress& progress);

  std::function<void()> wake_;
  Failed failed_;
  std::vector<std::shared_ptr<Job>> jobs_;
  int next_id_ = 1;
};

}  // namespace sweepmark::gui
