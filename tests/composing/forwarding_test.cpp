#include "composing/forwarding.hpp"

#include <gmock/gmock.h>

#include "some_chat.hpp"

namespace parley::composing {
namespace {

Message said(UserId author, std::string_view text) {
    Message message;
    message.ordinal = Ordinal(7);
    message.author = author;
    message.text = MessageText::cut(text);
    return message;
}

TEST(Forwarding, QuotesEachLineAndSaysWhoAndWhere) {
    const auto chat = some_chat();
    EXPECT_EQ(forwarding(chat, chat.rooms.at(kGarden), said(kBo, "one\n\ntwo"), "https://chat.example/r/2#m7"),
              "> one\n> \n> two\n— Robert in [garden](https://chat.example/r/2#m7)\n");
}

TEST(Forwarding, ShowsMentionsAsTheyAreTyped) {
    const auto chat = some_chat();
    const auto told = forwarding(chat, chat.rooms.at(kGarden), said(kBo, "<@19> knows"), "https://chat.example/r/2#m7");
    EXPECT_THAT(told, testing::StartsWith("> @carla knows\n"));
}

TEST(Forwarding, NamesNobodyElseInADirectChat) {
    const auto chat = some_chat();
    const auto told = forwarding(chat, chat.rooms.at(RoomId(3)), said(kBo, "hush"), "https://chat.example/d/bo.b#m7");
    EXPECT_EQ(told, "> hush\n— Robert in [a direct chat](https://chat.example/d/bo.b#m7)\n");
}

TEST(Forwarding, ANickMakesNoMarksOfItsOwn) {
    auto chat = some_chat();
    chat.people.at(kBo).nick = Nick::cut("**x](http://a)");
    const auto told = forwarding(chat, chat.rooms.at(kGarden), said(kBo, "hm"), "https://chat.example/r/2#m7");
    EXPECT_EQ(told, "> hm\n— \\*\\*x\\]\\(http://a\\) in [garden](https://chat.example/r/2#m7)\n");
}

}  // namespace
}  // namespace parley::composing
