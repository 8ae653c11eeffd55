#include "app/gui/selection.hpp"

#include <gtest/gtest.h>

namespace sweepmark::gui {
namespace {

using Tracks = std::vector<TrackId>;

TEST(Selection, AddingShowsTheNewOneAndTakingOutShowsAnother) {
  UiState ui;
  EXPECT_TRUE(selected_tracks(ui).empty());
  toggle_selected(ui, TrackId(3));
  toggle_selected(ui, TrackId(7));
  toggle_selected(ui, TrackId(5));
  EXPECT_EQ(selected_tracks(ui), (Tracks{TrackId(5), TrackId(3), TrackId(7)}));
  toggle_selected(ui, TrackId(3));
  EXPECT_EQ(selected_tracks(ui), (Tracks{TrackId(5), TrackId(7)}));
  toggle_selected(ui, TrackId(5));
  EXPECT_EQ(selected_tracks(ui), (Tracks{TrackId(7)}));
  toggle_selected(ui, TrackId(7));
  EXPECT_FALSE(ui.selected);
  EXPECT_TRUE(selected_tracks(ui).empty());
}

TEST(Selection, TheOthersGoWhenSomethingElseIsSelectedByWhateverWay) {
  UiState ui;
  select_all(ui, Tracks{TrackId(1), TrackId(2)});
  ui.selected = TrackId(9);
  EXPECT_EQ(selected_tracks(ui), (Tracks{TrackId(9)}));
  EXPECT_FALSE(is_selected(ui, TrackId(2)));
  toggle_selected(ui, TrackId(4));
  EXPECT_EQ(selected_tracks(ui), (Tracks{TrackId(4), TrackId(9)}));
  ui.selected.reset();
  EXPECT_TRUE(selected_tracks(ui).empty());
}

TEST(Selection, AllKeepsWhatWasShownWhereItIsOneOfThem) {
  UiState ui;
  ui.selected = TrackId(2);
  select_all(ui, Tracks{TrackId(1), TrackId(2), TrackId(3)});
  EXPECT_EQ(selected_tracks(ui), (Tracks{TrackId(2), TrackId(1), TrackId(3)}));
  select_all(ui, Tracks{TrackId(8)});
  EXPECT_EQ(selected_tracks(ui), (Tracks{TrackId(8)}));
  select_all(ui, Tracks{});
  EXPECT_FALSE(ui.selected);
}

}  // namespace
}  // namespace sweepmark::gui
