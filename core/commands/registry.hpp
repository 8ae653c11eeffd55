// Every command there is: one file in all/ each, listed by the build.
#pragma once

#include <span>

#include "core/session/command.hpp"

namespace sweepmark {

std::span<const Command> all_commands();

}  // namespace sweepmark
