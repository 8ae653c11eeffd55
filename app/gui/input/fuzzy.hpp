// Finding by a few letters, as the command palette does.
#pragma once

#include <optional>
#include <string_view>

namespace sweepmark::gui {

// The letters of `query` (blanks aside) must stand in `text` in their order, without regard to case. The
// greater the better: letters in a row and at the start of words count more, skipped ones less. Empty where
// they do not all stand there.
std::optional<int> fuzzy_score(std::string_view query, std::string_view text);

}  // namespace sweepmark::gui
