#include "core/stack/stack_build.hpp"

#include <fmt/format.h>

#include <atomic>
#include <optional>
#include <thread>

#include "core/base/parallel.hpp"
#include "core/stack/block_assembler.hpp"
#include "core/stack/bounded_queue.hpp"
#include "core/stack/stack_writer.hpp"

namespace sweepmark {

namespace {

struct Assembled {
  BlockPoints points;
  std::vector<std::uint32_t> unreadable;
  StackPosition next;
};
struct Ordered {
  StackBlock block;
  StackPosition next;
};

// The first of the three threads: reads sweeps and puts them together into blocks.
class Assembly {
 public:
  Assembly(const StackSource& source, StackPosition at, BoundedQueue<Assembled>& to, std::stop_token stop)
      : source_(source), at_(at), to_(to), stop_(std::move(stop)), block_(source.movers) {}

  void run() {
    try {
      while (at_.sweep < source_.sweeps.size() && !stop_.stop_requested())
        if (!take_sweep()) return;
      if (!stop_.stop_requested() && !block_.empty()) hand_on();
      at_end_ = !stop_.stop_requested();
    } catch (const std::exception& error) {
      trouble_ = Error{ErrorCode::internal, std::string("sweeps could not be stacked: ") + error.what(), {}};
    }
  }
  // Once the thread has ended: whether all sweeps were taken, those that could not be read since the last
  // block, and what went wrong.
  bool at_end() const { return at_end_; }
  const std::vector<std::uint32_t>& unreadable() const { return unreadable_; }
  const std::optional<Error>& trouble() const { return trouble_; }

 private:
  // False where nobody wants more.
  bool take_sweep() {
    const StackSweep& sweep = source_.sweeps[at_.sweep];
    const auto points = sweep_points(source_, sweep);
    if (!points) {
      unreadable_.push_back(sweep.sweep);
      at_ = {at_.sweep + 1, 0};
      return true;
    }
    while (at_.point < points->size()) {
      at_.point = block_.add(*points, at_.point);
      if (!block_.full()) break;
      if (at_.point == points->size()) break;
      if (!hand_on()) return false;
    }
    at_ = {at_.sweep + 1, 0};
    return !block_.full() || hand_on();
  }
  bool hand_on() { return to_.push({block_.take(), std::exchange(unreadable_, {}), at_}); }

  const StackSource& source_;
  StackPosition at_;
  BoundedQueue<Assembled>& to_;
  std::stop_token stop_;
  BlockAssembler block_;
  std::vector<std::uint32_t> unreadable_;
  std::optional<Error> trouble_;
  bool at_end_ = false;
};

StackBlock in_order(Assembled&& assembled, unsigned threads) {
  StackBlock block;
  block.layers = in_layers(assembled.points.cloud, threads);
  block.slots = std::move(assembled.points.slots);
  block.movers = std::move(assembled.points.movers);
  block.unreadable = std::move(assembled.unreadable);
  return block;
}

// The third thread: writes what comes, and stops at the first failure.
class Writing {
 public:
  Writing(StackWriter& writer, BoundedQueue<Ordered>& from) : writer_(writer), from_(from) {}
  void run() {
    while (auto ordered = from_.pop()) {
      result_ = writer_.append(ordered->block, ordered->next);
      if (!result_) return from_.close();
      sweeps_ = ordered->next.sweep;
    }
  }
  std::uint32_t sweeps() const { return sweeps_; }
  const Result<void>& result() const { return result_; }  // once the thread has ended

 private:
  StackWriter& writer_;
  BoundedQueue<Ordered>& from_;
  Result<void> result_;
  std::atomic<std::uint32_t> sweeps_ = 0;
};

// Runs the three; false where it was stopped before the end.
Result<bool> append_blocks(const StackSource& source, StackWriter& writer, const Progress& progress,
                           std::vector<std::uint32_t>& unreadable_at_end) {
  constexpr std::size_t blocks_between = 2;
  BoundedQueue<Assembled> assembled(blocks_between);
  BoundedQueue<Ordered> ordered(blocks_between);
  Assembly assembly(source, writer.state().next, assembled, progress.stop);
  Writing writing(writer, ordered);
  // Reading and writing have a core each where there are that many.
  const unsigned threads = core_count() > 3 ? core_count() - 2 : 1;
  {
    const std::jthread reading_thread([&] {
      assembly.run();
      assembled.close();
    });
    const std::jthread writing_thread([&] { writing.run(); });
    std::uint32_t sweeps = writer.state().next.sweep;
    const auto report = [&] {
      progress(static_cast<double>(sweeps) / static_cast<double>(source.sweeps.size()),
               fmt::format("sweep {} of {}", sweeps, source.sweeps.size()));
    };
    report();
    while (auto block = assembled.pop()) {
      const StackPosition next = block->next;
      if (!ordered.push({in_order(std::move(*block), threads), next})) break;
      sweeps = next.sweep;
      report();
    }
    assembled.close();
    ordered.close();
  }
  SWEEPMARK_CHECK(writing.result());
  if (assembly.trouble()) return Failure(*assembly.trouble());
  unreadable_at_end = assembly.unreadable();
  return assembly.at_end();
}

StackBuilt built_of(const StackState& state) {
  StackBuilt built;
  built.points = state.points;
  built.blocks = state.blocks;
  built.mover_points = state.mover_points;
  built.bytes = state.bytes;
  built.unreadable = state.unreadable;
  return built;
}

}  // namespace

Result<StackBuilt> build_stack(const StackSource& source, const std::filesystem::path& file,
                               const Progress& progress) {
  SWEEPMARK_TRY(writer, StackWriter::open(file, {source.fingerprint, source.sweeps.size()}));
  const std::size_t resumed_points = writer->state().points;
  const bool was_complete = writer->state().complete;
  if (!was_complete) {
    std::vector<std::uint32_t> unreadable;
    SWEEPMARK_TRY(at_end, append_blocks(source, *writer, progress, unreadable));
    if (!at_end)
      return fail(ErrorCode::cancelled,
                  fmt::format("cancelled after {} of {} sweeps; the next build goes on from there",
                              writer->state().next.sweep, source.sweeps.size()),
                  at_file(file));
    SWEEPMARK_CHECK(writer->finish(unreadable, {static_cast<std::uint32_t>(source.sweeps.size()), 0}));
  }
  StackBuilt built = built_of(writer->state());
  built.resumed_points = resumed_points;
  built.was_complete = was_complete;
  return built;
}

}  // namespace sweepmark
