#include "app/gui/shell/ego_motion.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/gui/shell/suggestions.hpp"
#include "core/commands/ego_motion_arguments.hpp"

namespace sweepmark::gui {

void ask_for_ego_motion(GuiContext& context) {
  // Written by the job, read when it is over.
  const auto found = std::make_shared<Odometry>();
  ask_for(
      context, std::nullopt, "Estimating ego motion",
      [found](const SuggestContext& from, const Progress& progress) -> Result<CommandCall> {
        SWEEPMARK_TRY(odometry, estimate_ego_motion(from.drive, {}, progress));
        *found = std::move(odometry);
        return CommandCall{"ego.set_estimated", ego_motion_arguments(found->trajectory)};
      },
      [found](const CommandCall&) { return said_of(*found); });
}

Message said_of(const Odometry& odometry) {
  constexpr std::size_t most_reasons = 3;
  const auto bridged = std::ranges::count(odometry.steps, true, &OdometryStep::bridged);
  const auto unsure = std::ranges::count(odometry.steps, true, &OdometryStep::unsure);
  std::string text = fmt::format("The vehicle's motion was estimated over {} sweeps; one undo takes it back.",
                                 odometry.trajectory.poses().size());
  if (bridged > 0)
    text += fmt::format(" {} could not be used and {} bridged.", bridged, bridged == 1 ? "was" : "were");
  if (unsure > 0)
    text += fmt::format(" {} {} unsure: look there before trusting boxes between keyframes.", unsure,
                        unsure == 1 ? "is" : "are");
  for (std::size_t i = 0; i < std::min(most_reasons, odometry.warnings.size()); ++i)
    text += "\n" + odometry.warnings[i];
  if (odometry.warnings.size() > most_reasons)
    text += fmt::format("\nand {} more", odometry.warnings.size() - most_reasons);
  const bool odd = bridged > 0 || unsure > 0 || !odometry.warnings.empty();
  return {odd ? Message::Kind::warning : Message::Kind::info, std::move(text)};
}

}  // namespace sweepmark::gui
