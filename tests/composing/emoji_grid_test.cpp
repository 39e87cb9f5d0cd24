#include "composing/emoji_grid.hpp"
#include "protocol/limits.hpp"

#include <gmock/gmock.h>

namespace parley::composing {
namespace {

using testing::ElementsAre;

TEST(EmojiHabits, HoldTheLastUsedFirstAndEachOnce) {
    EmojiHabits habits;
    for (const auto* each : {"🎉", "👋🏽", "🎉"}) habits.use(each);
    EXPECT_THAT(habits.recent, ElementsAre("🎉", "👋🏽"));
    for (std::size_t i = 0; i < 2 * limits::kEmojiRemembered; ++i) habits.use(emoji::at(i).text);
    EXPECT_EQ(habits.recent.size(), limits::kEmojiRemembered);
}

TEST(EmojiHabits, AreKeptAsALineThatAnybodyMayHaveWritten) {
    EmojiHabits habits;
    habits.tone = emoji::SkinTone::medium;
    habits.use("👋🏽");
    habits.use("🎉");
    EXPECT_EQ(habits.kept(), "3 🎉 👋🏽");
    EXPECT_EQ(EmojiHabits::from(habits.kept()), habits);
    EXPECT_EQ(EmojiHabits::from(""), EmojiHabits());
    EXPECT_EQ(EmojiHabits::from("9 no  emoji <b>"), EmojiHabits());
    std::string many = "0";
    for (int i = 0; i < 1'000; ++i) many += " 🎉";
    EXPECT_EQ(EmojiHabits::from(many).recent.size(), limits::kEmojiRemembered);
}

TEST(EmojiGrid, HoldsAllBelowTheirHeadings) {
    const EmojiGrid grid({}, "", 9);
    EXPECT_EQ(grid.size(), emoji::count());
    ASSERT_GT(grid.rows().size(), 2u);
    EXPECT_EQ(grid.rows()[0].heading, emoji::sections()[0].title);
    EXPECT_EQ(grid.rows()[1].end, 9u);
    EXPECT_EQ(grid.rows().back().end, grid.size());
    for (std::size_t cell = 0; cell < grid.size(); cell += 97) EXPECT_EQ(grid.text(cell), emoji::at(cell).text);
}

TEST(EmojiGrid, ShowsWhatWasUsedFirstAsItWasUsed) {
    EmojiHabits habits;
    habits.tone = emoji::SkinTone::dark;
    habits.use("👋🏽");
    const EmojiGrid grid(habits, "", 9);
    EXPECT_EQ(grid.rows()[0].heading, "Recently used");
    EXPECT_EQ(grid.text(0), "👋🏽");
    EXPECT_EQ(grid.emoji(0).shortcode, "wave");
    EXPECT_EQ(grid.emoji(1).text, emoji::at(0).text);
}

TEST(EmojiGrid, FindsByWordsInTheToneThatIsWanted) {
    EmojiHabits habits;
    habits.tone = emoji::SkinTone::medium;
    const EmojiGrid grid(habits, "wave", 9);
    ASSERT_GT(grid.size(), 0u);
    EXPECT_EQ(grid.text(0), "👋🏽");
    EXPECT_LE(EmojiGrid({}, "a", 9).size(), limits::kEmojiFound);
    EXPECT_EQ(EmojiGrid({}, "qqqq", 9).size(), 0u);
    EXPECT_EQ(EmojiGrid({}, ": ", 9).size(), emoji::count());
}

TEST(EmojiGrid, TheArrowsLeadFromRowToRow) {
    EmojiHabits habits;
    for (const auto* each : {"🎉", "🚀", "👍"}) habits.use(each);
    const EmojiGrid grid(habits, "", 9);
    EXPECT_EQ(grid.step(0, "ArrowLeft"), 0u);
    EXPECT_EQ(grid.step(0, "ArrowRight"), 1u);
    EXPECT_EQ(grid.step(2, "ArrowDown"), 5u) << "over the heading, in its column";
    EXPECT_EQ(grid.step(3 + 8, "ArrowUp"), 2u) << "the row above is shorter";
    EXPECT_EQ(grid.step(1, "ArrowUp"), 1u);
    EXPECT_EQ(grid.step(grid.size() - 1, "ArrowDown"), grid.size() - 1);
    EXPECT_EQ(grid.step(grid.size() - 1, "ArrowRight"), grid.size() - 1);
    EXPECT_EQ(grid.step(grid.size() + 5, "ArrowDown"), 0u);
    EXPECT_EQ(grid.rows()[grid.row_of(3)].begin, 3u);
}

}  // namespace
}  // namespace parley::composing
