#include "app/gui/shell/jobs.hpp"

#include <algorithm>
#include <exception>
#include <new>

namespace sweepmark::gui {
namespace {

// What `call` throws, as a sentence. Libraries throw, and memory may run out: neither may end the program.
template <class Call>
std::optional<std::string> thrown_by(Call&& call) {
  try {
    call();
    return std::nullopt;
  } catch (const std::bad_alloc&) {
    return "there is not enough memory for it";
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "for a reason that was not told";
  }
}

}  // namespace

void Jobs::run(Job& job, Work& work, const Progress& progress) {
  Finish finish;
  auto thrown = thrown_by([&] { finish = work(progress); });
  const std::lock_guard lock(job.mutex);
  job.finish = std::move(finish);
  job.thrown = std::move(thrown);
}

int Jobs::start(std::string title, Work work) {
  auto job = std::make_shared<Job>();
  job->id = next_id_++;
  job->title = std::move(title);
  jobs_.push_back(job);
  // The thread holds a plain pointer: the job outlives it, for jobs are dropped only once their thread is
  // joined.
  job->thread =
      std::jthread([raw = job.get(), wake = wake_, work = std::move(work)](std::stop_token stop) mutable {
        Progress progress{stop, [raw, &wake](double fraction, std::string_view what) {
                            {
                              const std::lock_guard lock(raw->mutex);
                              raw->fraction = fraction;
                              raw->what = what;
                            }
                            wake();
                          }};
        run(*raw, work, progress);
        raw->done = true;
        wake();
      });
  return job->id;
}

void Jobs::cancel(int id) {
  for (const auto& job : jobs_)
    if (job->id == id) job->thread.request_stop();
}

bool Jobs::deliver() {
  std::vector<std::shared_ptr<Job>> finished;
  std::ranges::copy_if(jobs_, std::back_inserter(finished), [](const auto& job) { return job->done.load(); });
  // Taken out first: what is delivered may start new jobs.
  std::erase_if(jobs_, [&](const auto& job) { return std::ranges::find(finished, job) != finished.end(); });
  for (const auto& job : finished) {
    job->thread.join();
    auto thrown = std::move(job->thrown);
    if (!thrown && job->finish) thrown = thrown_by([&] { job->finish(); });
    if (thrown) failed_(job->title, *thrown);
  }
  return !finished.empty();
}

std::vector<JobStatus> Jobs::status() const {
  std::vector<JobStatus> all;
  for (const auto& job : jobs_) {
    const std::lock_guard lock(job->mutex);
    all.push_back(
        {job->id, job->title, job->fraction, job->what, job->thread.get_stop_token().stop_requested()});
  }
  return all;
}

}  // namespace sweepmark::gui
