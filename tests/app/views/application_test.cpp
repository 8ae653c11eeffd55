// The program without its window.
#include "app/gui/application.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <thread>

#include "app/gui/view_resources.hpp"
#include "tests/app/views/tiny_drive.hpp"

namespace sweepmark::gui {
namespace {

// Another program that keeps the labels file to itself.
class Lock {
 public:
  explicit Lock(const std::filesystem::path& file) {
    EXPECT_EQ(sqlite3_open(file.c_str(), &handle_), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(handle_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  }
  ~Lock() { sqlite3_close(handle_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  sqlite3* handle_ = nullptr;
};

class ApplicationTest : public testing::Test {
 protected:
  Options options() const {
    Options options;
    options.path = drive_.path();
    options.labels = drive_.labels();
    options.state = drive_.state();
    return options;
  }
  static void settle(Application& application) {
    do {
      application.take_in();
      std::this_thread::yield();
    } while (application.busy());
    application.take_in();
  }

  TinyDrive drive_;
  ViewResources resources_{BackendChoice::software};
};

TEST_F(ApplicationTest, WaitsForALockedLabelsFileWithoutStandingStill) {
  Application application(options(), resources_, [] {});
  settle(application);
  ASSERT_TRUE(application.has_drive());
  const nlohmann::json box = {{"centre", {1, 2, 3}}, {"size", {4, 2, 1}}, {"yaw", 0}};
  ASSERT_TRUE(application.run_command("box.create", {{"class", 1}, {"sweep", 0}, {"box", box}}));
  const std::size_t said = application.messages().size();
  {
    const Lock lock(drive_.labels());
    ASSERT_TRUE(application.run_action("edit.undo"));
    EXPECT_TRUE(application.busy());  // it came back, and the undo is still to be done
    EXPECT_EQ(application.messages().size(), said);
    application.take_in();
    EXPECT_TRUE(application.busy());
  }
  settle(application);
  EXPECT_TRUE(application.run_action("edit.redo"));  // so it was undone
}

TEST_F(ApplicationTest, SaysWhyADriveCouldNotBeOpened) {
  Options wrong = options();
  wrong.path = drive_.folder() / "no such drive";
  Application application(wrong, resources_, [] {});
  settle(application);
  EXPECT_FALSE(application.has_drive());
  ASSERT_TRUE(application.open_problem());
  EXPECT_FALSE(application.open_problem()->message.empty());
}

// A job for the whole drive is in the books like one for an object: one at a time, and gone with the drive.
TEST_F(ApplicationTest, EgoMotionIsEstimatedOnceAtATime) {
  Application application(options(), resources_, [] {});
  settle(application);
  ASSERT_TRUE(application.run_action("ego.estimate"));
  const std::size_t said = application.messages().size();
  ASSERT_TRUE(application.run_action("ego.estimate"));
  ASSERT_EQ(application.messages().size(), said + 1);
  EXPECT_NE(application.messages().back().text.find("under way already"), std::string::npos);
  settle(application);
  ASSERT_TRUE(application.run_action("ego.estimate"));  // it is over, whatever came of it
  EXPECT_EQ(application.messages().back().text.find("under way already"), std::string::npos);
  settle(application);
}

}  // namespace
}  // namespace sweepmark::gui
