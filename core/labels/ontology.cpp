#include "core/labels/ontology.hpp"

namespace sweepmark {

JobDefinition default_job() {
  AttributeDefinition occluded;
  occluded.name = "occluded";
  occluded.type = AttributeType::choice;
  occluded.scope = AttributeScope::frame;
  occluded.options = {"0", "1", "2", "3"};
  occluded.guideline =
      "What stands before the object, as seen from the vehicle: 0 nothing, 1 a part of it is hidden, 2 most "
      "of "
      "it is, 3 not known.";
  AttributeDefinition visibility;
  visibility.name = "visibility";
  visibility.type = AttributeType::choice;
  visibility.scope = AttributeScope::frame;
  visibility.options = {"0-40", "40-60", "60-80", "80-100"};
  visibility.guideline = "How much of the object the cameras see, in percent.";
  return {"", {std::move(occluded), std::move(visibility)}, {}};
}

}  // namespace sweepmark
