#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json&) {
  PatchBuilder patch(context.document);
  patch.set_ego_motion(nullptr);
  return std::move(patch).take();
}

}  // namespace

Command command_ego_clear_estimated() {
  return {"ego.clear_estimated", "Forget estimated ego motion", {}, R"({})", plan};
}

}  // namespace sweepmark
