#include "app/gui/input/fuzzy.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "core/base/text.hpp"

namespace sweepmark::gui {
namespace {

constexpr int none = std::numeric_limits<int>::min() / 2;

bool starts_word(std::string_view text, std::size_t i) {
  return i == 0 || text[i - 1] == ' ' || text[i - 1] == '.' || text[i - 1] == '_' || text[i - 1] == '-';
}

}  // namespace

// Best alignment by dynamic programming: ends[i] is the best score with the letters so far matched, the last
// one at text[i].
std::optional<int> fuzzy_score(std::string_view query_text, std::string_view original) {
  std::string query = lowered(query_text);
  std::erase(query, ' ');
  const std::string text = lowered(original);
  if (query.empty()) return 0;
  std::vector<int> ends(text.size(), none);
  for (std::size_t q = 0; q < query.size(); ++q) {
    std::vector<int> next(text.size(), none);
    int best_before = q == 0 ? 0 : none;  // best end left of i − 1, less the gap
    for (std::size_t i = 0; i < text.size(); ++i) {
      const int in_a_row = q > 0 && i > 0 ? ends[i - 1] + 6 : none;
      if (text[i] == query[q]) next[i] = std::max(best_before, in_a_row) + 1 + (starts_word(text, i) ? 8 : 0);
      if (q > 0 && i > 0) best_before = std::max(best_before, ends[i - 1]);
      best_before -= q == 0 ? (i == 0 ? 1 : 0) : (best_before > none ? 1 : 0);
    }
    ends = std::move(next);
  }
  const int best = ends.empty() ? none : *std::ranges::max_element(ends);
  if (best < none / 2) return std::nullopt;
  return best;
}

}  // namespace sweepmark::gui
