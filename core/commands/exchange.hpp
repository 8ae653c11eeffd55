// Labels out to other formats and in from them: the document meets the formats here.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/progress.hpp"
#include "core/formats/label_format.hpp"
#include "core/labels/document.hpp"

namespace sweepmark {

// Every box at every sweep, placed or derived, as frame-based formats want them.
std::vector<LabelledBox> labelled_boxes(const Document& document, const Drive& drive);

Result<void> export_labels(const Document& document, const Drive& drive, const LabelFormat& format,
                           const std::filesystem::path& target, const Progress& progress = {});

// Arguments of the command import.boxes.
nlohmann::json import_arguments(const ReadLabels& labels, const std::string& source);

// `document` with the boxes imported, without a session.
Result<Document> imported(Document document, const Drive& drive, const std::vector<TruthBox>& boxes,
                          const std::string& source);

}  // namespace sweepmark
