// The dependency rule, read off the sources: who may include whom, and which libraries may show where.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "core/base/files.hpp"
#include "core/base/text.hpp"

namespace sweepmark {
namespace {

namespace fs = std::filesystem;

const fs::path root = SWEEPMARK_SOURCE_DIR;

// Each folder and the folders of ours it may include, itself aside.
const std::map<std::string, std::set<std::string>> allowed = [] {
  const std::set<std::string> base = {"core/base"}, geometry = {"core/base", "core/geometry"};
  const std::set<std::string> drive = {"core/base", "core/geometry", "core/cloud", "core/labels"};
  std::set<std::string> above_drive = drive;
  above_drive.insert("core/drive");
  std::set<std::string> session = above_drive;
  session.insert("core/store");
  std::set<std::string> commands = session;
  commands.insert({"core/session", "core/assist", "core/formats", "core/stack"});
  std::set<std::string> quality = above_drive;
  quality.insert({"core/assist", "core/commands", "core/formats", "core/session", "core/store"});
  std::set<std::string> render = above_drive;
  render.insert("core/formats");  // what a file of a mesh promises
  return std::map<std::string, std::set<std::string>>{{"core/base", {}},
                                                      {"core/geometry", base},
                                                      {"core/cloud", geometry},
                                                      {"core/labels", geometry},
                                                      {"core/drive", drive},
                                                      {"core/stack", above_drive},
                                                      {"core/formats", above_drive},
                                                      {"core/assist", above_drive},
                                                      {"core/store", base},
                                                      {"core/session", session},
                                                      {"core/commands", commands},
                                                      {"core/quality", quality},
                                                      {"calibration", above_drive},
                                                      {"render", render}};
}();

std::string folder_of(const std::string& path) {
  if (path.starts_with("core/")) return path.substr(0, path.find('/', 5));
  return path.substr(0, path.find('/'));
}

struct Include {
  std::string file;    // relative to the root
  std::string target;  // as written
  bool ours;           // in quotes
};

std::vector<Include> includes_below(const std::vector<std::string>& folders) {
  static const std::regex line(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
  std::vector<Include> result;
  for (const std::string& folder : folders)
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".hpp" && extension != ".cpp") continue;
      const std::string content = read_text(entry.path()).value();
      for (const std::string_view text : lines_of(content)) {
        std::cmatch match;
        if (std::regex_search(text.data(), text.data() + text.size(), match, line))
          result.push_back(
              {fs::relative(entry.path(), root).string(), match[2].str(), match[1].str() == "\""});
      }
    }
  return result;
}

TEST(Architecture, FoldersIncludeOnlyWhatTheyMay) {
  std::size_t checked = 0;
  for (const Include& include : includes_below({"core", "calibration", "render"})) {
    if (!include.ours) continue;
    const std::string from = folder_of(include.file), to = folder_of(include.target);
    ASSERT_TRUE(allowed.contains(from)) << from << " is a folder the rule does not know";
    if (include.target.find('/') == std::string::npos || include.target.ends_with(".inc")) continue;
    EXPECT_TRUE(from == to || allowed.at(from).contains(to))
        << include.file << " includes " << include.target;
    ++checked;
  }
  EXPECT_GT(checked, 100u);
}

TEST(Architecture, ImGuiAndGlfwStayInTheWindow) {
  for (const Include& include : includes_below({"core", "calibration", "render", "sample_data", "app/cli"})) {
    EXPECT_EQ(include.target.find("imgui"), std::string::npos)
        << include.file << " includes " << include.target;
    // The generator asks GLFW whether a display answers, for VTK ends the process where none does.
    if (include.file == "sample_data/virtual_display.cpp") continue;
    EXPECT_FALSE(include.target.starts_with("GLFW/")) << include.file << " includes " << include.target;
  }
}

TEST(Architecture, NoGlInCoreOrOnTheCommandLine) {
  for (const Include& include : includes_below({"core", "calibration", "app/cli"}))
    EXPECT_FALSE(include.target.starts_with("epoxy") || include.target.starts_with("GL/") ||
                 include.target.starts_with("vtk"))
        << include.file << " includes " << include.target;
}

TEST(Architecture, SlowLibrariesStayOutOfHeaders) {
  const std::regex slow("^(pcl/|vtk|opencv2/|ceres/|rosbag/)");
  // The generator is left out: two of its headers serve only the few files that draw and cast with VTK and
  // OpenCV.
  for (const Include& include : includes_below({"core", "calibration", "render", "app"}))
    if (include.file.ends_with(".hpp")) {
      EXPECT_FALSE(std::regex_search(include.target, slow)) << include.file << " includes " << include.target;
    }
}

}  // namespace
}  // namespace sweepmark
