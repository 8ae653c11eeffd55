// A small drive and a document that commands are run on.
#pragma once

#include <gtest/gtest.h>

#include "core/commands/registry.hpp"
#include "tests/support/small_drive.hpp"

namespace sweepmark::test {

class CommandsTest : public testing::Test {
 protected:
  using json = nlohmann::json;

  Result<ChangeSet> run(std::string_view name, const json& args) {
    const Command* command = command_named(all_commands(), name);
    if (!command) return fail(ErrorCode::not_found, "no such command");
    SWEEPMARK_CHECK(check_arguments(*command, args));
    SWEEPMARK_TRY(patch, command->plan({document_, drive_}, args));
    const Document before = document_;
    SWEEPMARK_TRY(touched, apply_patch(document_, patch));
    Document undone = document_;
    EXPECT_TRUE(apply_patch(undone, inverted(patch)));
    EXPECT_TRUE(undone == before) << name << ": undo does not lead back";
    return touched;
  }
  void must_run(std::string_view name, const json& args) {
    const auto outcome = run(name, args);
    ASSERT_TRUE(outcome) << to_string(outcome.error());
  }
  std::string error_of(std::string_view name, const json& args) {
    const auto outcome = run(name, args);
    return outcome ? "no error" : to_string(outcome.error());
  }
  static json box(double x, double length = 4.2) {
    return {{"centre", {x, 3, -0.9}}, {"size", {length, 1.8, 1.5}}, {"yaw", 0.1}};
  }
  const Track& track(std::uint32_t id = 1) { return *document_.track(TrackId(id)); }
  TimestampNs time(std::size_t sweep) const { return drive_.sweeps[sweep].time; }
  double world_x(std::uint32_t id, std::size_t sweep) {
    return (drive_.trajectory.world_from_ego(time(sweep)) * track(id).keyframe_at(time(sweep))->box.centre())
        .metres.x();
  }

  Drive drive_ = small_drive();
  Document document_ = new_document();
};

}  // namespace sweepmark::test
