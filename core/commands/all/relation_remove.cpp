#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(relation, commands::relation_from(context, args));
  if (!context.document.relations.contains(relation))
    return fail(ErrorCode::not_found, fmt::format("object {} {} no object {}", relation.from.value,
                                                  to_string(relation.kind), relation.to.value));
  PatchBuilder patch(context.document);
  patch.set_relation(relation, false);
  return std::move(patch).take();
}

}  // namespace

Command command_relation_remove() {
  return {"relation.remove", "End a relation", commands::relation_arguments(),
          R"({"kind": "tows", "from": 1, "to": 2})", plan};
}

}  // namespace sweepmark
