// What long work is given: a way to say how far it is, and a way to be told to stop.
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

namespace sweepmark {

// Copyable; safe to call from the thread that does the work. `report` may be empty.
struct Progress {
  std::stop_token stop;
  std::function<void(double fraction, std::string_view what)> report;

  bool cancelled() const { return stop.stop_requested(); }
  void operator()(double fraction, std::string_view what) const {
    if (report) report(fraction, what);
  }
};

}  // namespace sweepmark
