// What becomes of a labels file that is moved, deleted or replaced while it is open. Private to core/store.
#pragma once

#include "core/store/sqlite_open.hpp"

namespace sweepmark {

// Whether the file that was opened for writing is still the one its name leads to. One stat(2).
bool lies_where_it_did(const OpenedFile& opened);

// SQLite goes on with the file it opened wherever that is by now, while its log and its shared memory stay
// behind under the old name, for the next file of that name to be damaged by (SQLite documentation, "How To
// Corrupt", section 2). So what is in the log goes into the file, and the file is closed, which removes both;
// from then on a copy in memory answers what is asked.
void let_go(OpenedFile& opened);

// What every change is answered with from then on.
Failure moved_away(const OpenedFile& opened);

}  // namespace sweepmark
