#include "composing/goals.hpp"

#include <gmock/gmock.h>

#include "composing/fit.hpp"
#include "protocol/limits.hpp"
#include "some_chat.hpp"

namespace parley::composing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Fit, IsBetterTheEarlierItStands) {
    EXPECT_EQ(fit_of("garden", "Garden"), Fit::whole);
    EXPECT_EQ(fit_of("garden", "gar"), Fit::beginning);
    EXPECT_EQ(fit_of("the-garden", "gar"), Fit::beginning_of_word);
    EXPECT_EQ(fit_of("garden", "den"), Fit::within);
    EXPECT_EQ(fit_of("agar garden", "gar"), Fit::beginning_of_word) << "the best place counts";
    EXPECT_EQ(fit_of("garden", "gdn"), std::nullopt);
    EXPECT_EQ(fit_of("", ""), Fit::beginning);
    EXPECT_EQ(loose_fit_of("the-garden", "gdn"), Fit::letters);
    EXPECT_EQ(loose_fit_of("garden", "rdn"), std::nullopt) << "not from the middle of a word";
    EXPECT_EQ(loose_fit_of("", "x"), std::nullopt);
}

std::vector<std::string> names(const client::ChatState& chat, std::string_view typed, RoomId here = kGeneral) {
    std::vector<std::string> all;
    for (const auto& goal : goals_for(chat, here, typed)) all.push_back(goal.name);
    return all;
}

TEST(Goals, AreRoomsAndChatsThenOtherPeopleAndWhereOneIsComesLate) {
    EXPECT_THAT(names(some_chat(), ""), ElementsAre("Robert", "garden", "general", "Ana", "Carla Ana"));
}

TEST(Goals, WithSomethingUnreadComeFirstAndMentionsBeforeThem) {
    auto chat = some_chat();
    chat.rooms.at(kGarden).unread = 3;
    EXPECT_THAT(names(chat, "").front(), "garden");
    chat.rooms.at(RoomId(3)).unread = 1;
    EXPECT_THAT(names(chat, "").front(), "Robert") << "what is written to one alone is for one";
}

TEST(Goals, FitBestFirst) {
    EXPECT_THAT(names(some_chat(), "ge"), ElementsAre("general", "garden"));
    EXPECT_THAT(names(some_chat(), "ana"), ElementsAre("Ana", "Carla Ana"));
    EXPECT_THAT(names(some_chat(), "gdn"), ElementsAre("garden"));
    EXPECT_THAT(names(some_chat(), "bo"), ElementsAre("Robert")) << "by the account";
    EXPECT_THAT(names(some_chat(), "zz"), IsEmpty());
}

TEST(Goals, ASignLeavesOneKind) {
    EXPECT_THAT(names(some_chat(), "#"), ElementsAre("garden", "general"));
    EXPECT_THAT(names(some_chat(), "@"), ElementsAre("Robert", "Ana", "Carla Ana"));
}

TEST(Goals, OfAChatHaveBothTheRoomAndThePerson) {
    const auto goals = goals_for(some_chat(), kGeneral, "robert");
    ASSERT_EQ(goals.size(), 1u);
    EXPECT_EQ(goals[0].room, RoomId(3));
    EXPECT_EQ(goals[0].person, kBo);
}

TEST(Goals, AreBounded) {
    auto chat = some_chat();
    for (std::uint64_t i = 100; i < 100 + 2 * limits::kGoals; ++i) {
        client::Room fresh;
        fresh.id = RoomId(i);
        fresh.name = RoomName::cut("garden-" + std::to_string(i));
        chat.rooms.emplace(fresh.id, fresh);
    }
    EXPECT_EQ(names(chat, "").size(), limits::kGoals);
}

}  // namespace
}  // namespace parley::composing
