#include <fmt/format.h>

#include <fstream>
#include <iostream>

#include "app/cli/cli_command.hpp"
#include "app/cli/drive_options.hpp"
#include "core/base/text.hpp"

namespace sweepmark {

namespace {

struct Options {
  DriveOptions drive;
  LabelOptions labels;
  std::string script = "-";
  bool keep_going = false;
};

struct ScriptLine {
  std::string command;
  nlohmann::json args;
};

// `box.create {"class": "Car", …}`; the braces may be left out where a command takes no arguments.
Result<ScriptLine> parse_line(std::string_view line) {
  const std::size_t end = line.find_first_of(" \t");
  ScriptLine parsed{std::string(line.substr(0, end)), nlohmann::json::object()};
  const std::string_view rest =
      end == std::string_view::npos ? std::string_view{} : trimmed(line.substr(end));
  if (rest.empty()) return parsed;
  parsed.args = nlohmann::json::parse(rest, nullptr, false);
  if (parsed.args.is_discarded())
    return fail(ErrorCode::malformed,
                fmt::format("JSON arguments expected after '{}', found: {}", parsed.command, rest));
  return parsed;
}

Result<CommandOutcome> execute(Session& session, const ScriptLine& line) {
  if (line.command == "undo") return session.undo();
  if (line.command == "redo") return session.redo();
  return session.run(line.command, line.args);
}

ExitCode run(const Options& options, Output& output) {
  std::ifstream file;
  if (options.script != "-") {
    file.open(options.script);
    if (!file)
      return output.failure({ErrorCode::not_found, "the script cannot be opened", at_file(options.script)},
                            ExitCode::usage);
  }
  auto labels = open_labels(options.drive, options.labels, false, output);
  if (!labels) return output.failure(labels.error());
  std::istream& script = options.script == "-" ? std::cin : file;
  nlohmann::json results = nlohmann::json::array();
  std::size_t failures = 0;
  std::uint64_t number = 0;
  for (std::string line; std::getline(script, line);) {
    ++number;
    const std::string_view content = trimmed(line);
    if (content.empty() || content.starts_with('#')) continue;
    const auto parsed = parse_line(content);
    const auto outcome =
        parsed ? execute(*labels->session, *parsed) : Result<CommandOutcome>(Failure(parsed.error()));
    if (outcome) {
      // Only now, when the commit is on the disk, is the line acknowledged.
      output.text(fmt::format("{:>6}  {}{}", outcome->revision.value, parsed->command,
                              outcome->committed ? "" : "  (nothing to do)"));
      for (const std::string& warning : outcome->warnings)
        output.message(fmt::format("warning: line {}: {}", number, warning));
      results.push_back({{"line", number},
                         {"command", parsed->command},
                         {"revision", outcome->revision.value},
                         {"committed", outcome->committed},
                         {"warnings", outcome->warnings}});
      continue;
    }
    ++failures;
    Error error = outcome.error();
    if (error.where.file.empty())
      error.where = at_line(options.script == "-" ? "standard input" : options.script, number);
    output.message("error: " + to_string(error));
    results.push_back({{"line", number}, {"error", to_string(error)}});
    if (!options.keep_going) break;
  }
  output.object({{"labels", labels->file.string()},
                 {"revision", labels->session->revision().value},
                 {"results", results},
                 {"failures", failures}});
  return failures == 0 ? ExitCode::success : ExitCode::negative;
}

std::function<ExitCode()> declare(CLI::App& app, Output& output) {
  auto options = std::make_shared<Options>();
  options->drive.add_to(app);
  options->labels.add_to(app);
  app.add_option("--script", options->script, "file of commands, - for standard input")
      ->capture_default_str();
  app.add_flag("--keep-going", options->keep_going, "go on after a line that fails");
  return [options, &output] { return run(*options, output); };
}

}  // namespace

CliCommand cli_command_run() {
  return {"run", "Run a script of labelling commands, the same that the window runs",
          "A line of the script is a command's name and its arguments as JSON; # starts a comment. "
          "`sweepmarkctl commands` lists them;\n"
          "undo and redo work too. A line is printed with its revision once it is safe on the disk.\n"
          "Examples:\n"
          "  echo 'box.create {\"class\": \"Car\", \"sweep\": 0, \"box\": {\"centre\": [12, 3, -0.9], "
          "\"size\": [4.2, 1.8, 1.5], \"yaw\": 0}}' \\\n"
          "    | sweepmarkctl run ~/logs/drive7\n"
          "  sweepmarkctl run ~/logs/drive7 --script fixes.txt --author anna --json",
          declare};
}

}  // namespace sweepmark
