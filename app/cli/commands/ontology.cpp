#include <fmt/format.h>

#include <algorithm>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_options.hpp"
#include "core/base/files.hpp"
#include "core/labels/ontology_check.hpp"
#include "core/labels/ontology_presets.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  LabelOptions labels;
  std::string action = "show";
  std::string argument;
};

std::string_view word_for(AttributeType type) {
  switch (type) {
    case AttributeType::choice:
      return "choice";
    case AttributeType::number:
      return "number";
    case AttributeType::flag:
      return "flag";
    case AttributeType::text:
      break;
  }
  return "text";
}

void print_attributes(const std::vector<AttributeDefinition>& attributes, std::string_view indent,
                      Output& output) {
  for (const AttributeDefinition& attribute : attributes)
    output.text(fmt::format("{}{}  {}, per {}{}{}", indent, attribute.name, word_for(attribute.type),
                            attribute.scope == AttributeScope::frame ? "frame" : "track",
                            attribute.required ? ", required" : "",
                            attribute.guideline.empty() ? "" : ": " + attribute.guideline));
}

ExitCode show(const Ontology& ontology, Output& output) {
  output.text(ontology.job.name.empty() ? "(unnamed)" : ontology.job.name);
  for (const OntologyClass& one : ontology.classes) {
    const ClassDefinition& d = one.definition;
    output.text(fmt::format("{:>5}  {:<24} {:.2f} x {:.2f} x {:.2f} m{}", one.id ? one.id->value : 0, d.name,
                            d.usual_size.x(), d.usual_size.y(), d.usual_size.z(),
                            d.rigid ? "" : ", not rigid"));
    if (!d.guideline.empty()) output.text("       " + d.guideline);
    print_attributes(d.attributes, "       ", output);
  }
  if (!ontology.job.attributes.empty()) output.text("attributes of every class");
  print_attributes(ontology.job.attributes, "       ", output);
  for (const OntologyRule& rule : ontology.job.rules)
    output.text(fmt::format("rule   {} for {}", rule.name, rule.class_name));
  // What load takes.
  output.object(nlohmann::json::parse(to_json(ontology)));
  return ExitCode::success;
}

ExitCode list(Output& output) {
  nlohmann::json presets = nlohmann::json::array();
  for (const OntologyPreset& preset : ontology_presets()) {
    const auto ontology = ontology_from_json(preset.text);
    if (!ontology) return output.failure(ontology.error());
    output.text(
        fmt::format("{:<15} {}, {} classes", preset.name, ontology->job.name, ontology->classes.size()));
    presets.push_back(
        {{"preset", preset.name}, {"name", ontology->job.name}, {"classes", ontology->classes.size()}});
  }
  output.object({{"presets", presets}});
  return ExitCode::success;
}

ExitCode check(const Session& session, Output& output) {
  const std::shared_ptr<const Document> document = session.document();
  nlohmann::json findings = nlohmann::json::array();
  for (const OntologyFinding& finding : check_ontology(*document)) {
    output.text(fmt::format("object {}{}: {} ({})", finding.track.value,
                            finding.time ? fmt::format(" at {} ns", finding.time->ns) : "", finding.message,
                            finding.rule));
    nlohmann::json j = {{"track", finding.track.value}, {"rule", finding.rule}, {"message", finding.message}};
    if (finding.time) j["time_ns"] = finding.time->ns;
    findings.push_back(std::move(j));
  }
  output.text(fmt::format("{} objects, {} findings", document->tracks.size(), findings.size()));
  const ExitCode code = findings.empty() ? ExitCode::success : ExitCode::negative;
  output.object({{"objects", document->tracks.size()}, {"findings", std::move(findings)}});
  return code;
}

Result<Ontology> incoming(const Options& options) {
  if (options.action == "preset") return ontology_preset(options.argument);
  SWEEPMARK_TRY(text, read_text(options.argument));
  auto ontology = ontology_from_json(text);
  if (!ontology) ontology.error().where.file = options.argument;
  return ontology;
}

ExitCode take_in(const Options& options, Session& session, const Ontology& ontology, Output& output) {
  const auto outcome = session.run("ontology.set", {{"ontology", nlohmann::json::parse(to_json(ontology))}});
  if (!outcome) return output.failure(outcome.error(), ExitCode::store);
  const Taxonomy& now = session.document()->taxonomy;
  std::vector<std::string> kept;
  for (const auto& [id, definition] : now)
    if (std::ranges::none_of(ontology.classes, [&](const OntologyClass& one) {
          return one.definition.name == definition.name;
        }))
      kept.push_back(definition.name);
  for (const std::string& name : kept)
    output.message(fmt::format("note: class '{}' stays, for objects or points are of it", name));
  output.text(fmt::format("{}: {} classes, revision {}{}",
                          ontology.job.name.empty() ? options.argument : ontology.job.name, now.size(),
                          outcome->revision.value, outcome->committed ? "" : " (nothing to do)"));
  output.object({{"name", ontology.job.name},
                 {"classes", now.size()},
                 {"kept", kept},
                 {"revision", outcome->revision.value},
                 {"committed", outcome->committed}});
  return ExitCode::success;
}

ExitCode run(const Options& options, Output& output) {
  const bool takes_in = options.action == "load" || options.action == "preset";
  if (takes_in == options.argument.empty())
    return output.failure(
        {ErrorCode::invalid_argument,
         takes_in ? fmt::format("'{}' needs {}", options.action,
                                options.action == "load" ? "a file" : "the name of a preset (see list)")
                  : fmt::format("'{}' takes nothing more, found '{}'", options.action, options.argument),
         {}},
        ExitCode::usage);
  if (options.action == "list") return list(output);
  Ontology ontology;
  if (takes_in) {
    auto read = incoming(options);
    if (!read) return output.failure(read.error());
    ontology = std::move(*read);
  }
  auto labels = open_labels(options.drive, options.labels, !takes_in, output);
  if (!labels) return output.failure(labels.error(), takes_in ? ExitCode::store : ExitCode::input);
  if (takes_in) return take_in(options, *labels->session, ontology, output);
  if (options.action == "check") return check(*labels->session, output);
  return show(ontology_of(*labels->session->document()), output);
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  options->labels.add_to(app);
  app.add_option("ACTION", options->action, "show, list (the presets), check, load or preset")
      ->check(CLI::IsMember({"show", "list", "check", "load", "preset"}))
      ->capture_default_str();
  app.add_option("ARGUMENT", options->argument, "FILE for load, NAME for preset");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_ontology() {
  return {
      "ontology", "The classes, attributes and rules of a drive's labels: show, check, replace",
      "Examples:\n  sweepmarkctl ontology ~/logs/drive7 show --json > ours.json\n"
      "  sweepmarkctl ontology ~/logs/drive7 list\n"
      "  sweepmarkctl ontology ~/logs/drive7 preset nuscenes\n"
      "  sweepmarkctl ontology ~/logs/drive7 load ours.json\n"
      "  sweepmarkctl ontology ~/logs/drive7 check       exit code 1 where labels break a rule\n"
      "docs/ontology.md describes the file. Classes keep their ids by name; classes in use are never taken "
      "away.",
      declare};
}

}  // namespace sweepmark
