#include "core/store/sqlite_moved.hpp"

#include <fmt/format.h>

namespace sweepmark {

bool lies_where_it_did(const OpenedFile& opened) {
  return identity_of(opened.named) == opened.identity;
}

void let_go(OpenedFile& opened) {
  Database copy = opened.database.copy_in_memory();
  // Another process at that name may share our log by now: then its commits are in it, and nothing is
  // touched.
  const bool shared = identity_of(opened.named) && opened.presence && opened.presence->other() != 0;
  if (!shared) (void)opened.database.integer("PRAGMA wal_checkpoint(TRUNCATE)");
  opened.database.tidy_on_close(!shared);
  opened.database = std::move(copy);
  opened.presence.reset();
}

Failure moved_away(const OpenedFile& opened) {
  return fail(
      ErrorCode::not_found,
      fmt::format("the labels file was moved, deleted or replaced while it was open ({}): the change "
                  "was not saved. A file that was moved holds all that was saved before: move it back "
                  "to go on here, or open it where it is now. If it was deleted, export the labels "
                  "before this window is closed",
                  identity_of(opened.named) ? "another file is there now" : "no file is there now"),
      at_file(opened.shown));
}

}  // namespace sweepmark
