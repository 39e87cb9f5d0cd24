#include "composing/completion.hpp"

#include <gmock/gmock.h>

#include "protocol/limits.hpp"
#include "some_chat.hpp"

namespace parley::composing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> offered(std::string_view text, RoomId room = kGeneral) {
    const auto trigger = trigger_at(text, text.size());
    std::vector<std::string> all;
    if (!trigger) return all;
    for (const auto& each : candidates_for(some_chat(), room, *trigger)) all.push_back(each.insert);
    return all;
}

TEST(Trigger, IsTheSignBeforeTheCursorAtTheBeginningOfAWord) {
    const auto trigger = trigger_at("hi @an and more", 6);
    ASSERT_TRUE(trigger);
    EXPECT_EQ(trigger->sign, '@');
    EXPECT_EQ(trigger->begin, 3u);
    EXPECT_EQ(trigger->typed, "an");
    for (const auto* text : {"a@an", "hi", "@an ", "a /ni", ":)", ":a", "12:30", ""})
        EXPECT_FALSE(trigger_at(text, std::string_view(text).size())) << text;
}

TEST(Candidates, AreThePeopleOfTheRoomFirst) {
    EXPECT_THAT(offered("@"), ElementsAre("@bo.b", "@ana", "@carla", "@all", "@here"));
    EXPECT_THAT(offered("@ana"), ElementsAre("@ana", "@carla"));
    EXPECT_THAT(offered("@rob"), ElementsAre("@bo.b"));
    EXPECT_THAT(offered("@zz"), IsEmpty());
}

TEST(Candidates, BeginWithWhatIsMeantExactly) {
    auto chat = some_chat();
    Profile namesake;
    namesake.user = UserId(20);
    namesake.account = AccountName::cut("bo.b.too");
    namesake.nick = Nick::cut("Aaron");
    chat.people.emplace(namesake.user, namesake);
    chat.rooms.at(kGeneral).members.emplace(namesake.user, Presence::online);
    const auto all = candidates_for(chat, kGeneral, *trigger_at("@bo.b", 5));
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].insert, "@bo.b");
    EXPECT_EQ(all[1].insert, "@bo.b.too");
}

TEST(Candidates, AreRoomsAndNotDirectChats) {
    EXPECT_THAT(offered("#"), ElementsAre("#garden", "#general"));
    EXPECT_THAT(offered("see #gen"), ElementsAre("#general"));
}

TEST(Candidates, AreEmojiByTheirNamesAndWords) {
    EXPECT_THAT(offered(":tada"), testing::Contains("🎉"));
    EXPECT_THAT(offered(":th"), SizeIs(limits::kOffered));
}

TEST(Candidates, AreCommandsAtTheBeginningAlone) {
    EXPECT_THAT(offered("/ni"), ElementsAre("/nick"));
    EXPECT_THAT(offered("/"), SizeIs(limits::kOffered));
    EXPECT_THAT(offered("a /ni"), IsEmpty());
}

}  // namespace
}  // namespace parley::composing
