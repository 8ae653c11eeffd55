#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(relation, commands::relation_from(context, args));
  PatchBuilder patch(context.document);
  patch.set_relation(relation, true);
  return std::move(patch).take();
}

}  // namespace

Command command_relation_add() {
  return {"relation.add", "Relate objects", commands::relation_arguments(),
          R"({"kind": "rides", "from": 1, "to": 2})", plan};
}

}  // namespace sweepmark
