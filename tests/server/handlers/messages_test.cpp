#include "server_fixture.hpp"

namespace parley::support {
namespace {

class MessagesTest : public ServerFixture {};

TEST_F(MessagesTest, EveryMemberHearsAPostOnceAndTheAuthorIsAnsweredAfterIt) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    const auto room = room_of(ana);
    const auto op = post(ana, room, "hello");
    idle();
    EXPECT_EQ(texts(heard(ana, room)), std::vector<std::string>{"hello"});
    EXPECT_EQ(texts(heard(bo, room)), std::vector<std::string>{"hello"});
    ASSERT_TRUE(ana.last<Done>());
    EXPECT_EQ(ana.last<Done>()->op, op);
    EXPECT_EQ(ana.last<Done>()->sequence, heard(ana, room).back().sequence);
    EXPECT_TRUE(std::holds_alternative<Done>(ana.received.back()));
    EXPECT_FALSE(bo.last<Done>());
}

TEST_F(MessagesTest, AResendGetsTheFirstResultAndIsHeardOnce) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    const PostText message{next_op(), room, *MessageText::from("once")};
    server->say(ana, message);
    server->say(ana, message);
    idle();
    server->say(ana, message);
    idle();
    const auto answers = ana.all<Done>();
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_EQ(answers[0], answers[1]);
    EXPECT_EQ(answers[0], answers[2]);
    EXPECT_EQ(texts(heard(ana, room)).size(), 1u);
}

TEST_F(MessagesTest, AResendAfterARestartGetsTheFirstResult) {
    const auto token = server->make_account("ana");
    auto& ana = server->sign_in(token);
    const auto room = room_of(ana);
    const PostText message{next_op(), room, *MessageText::from("once")};
    server->say(ana, message);
    idle();
    const auto first = *ana.last<Done>();
    restart(2);
    auto& again = server->sign_in(token);
    server->say(again, message);
    idle();
    EXPECT_EQ(again.last<Done>(), first);
    server->say(again, LoadHistory{1, room, HistoryDirection::before, Ordinal(0), 50});
    idle();
    EXPECT_EQ(again.last<History>()->messages.size(), 1u);
}

TEST_F(MessagesTest, TheSameOperationWithOtherContentIsAConflict) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    const auto op = post(ana, room, "one");
    server->say(ana, PostText{op, room, *MessageText::from("two")});
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::op_conflict);
    EXPECT_EQ(texts(heard(ana, room)), std::vector<std::string>{"one"});
}

// It was refused before the operation was looked up, and was recorded nowhere: the outbox never came to an end.
TEST_F(MessagesTest, WhatTheRulesRefuseIsAnOperationLikeAnyOther) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    const auto op = post(ana, room, "one");
    idle();
    server->say(ana, PostText{op, room, *MessageText::from("  ")});
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::op_conflict) << "it is known, and was another one";
    const PostText blank{next_op(), room, *MessageText::from("  ")};
    server->say(ana, blank);
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::text_empty);
    server->say(ana, PostText{blank.op, room, *MessageText::from("two")});
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::op_conflict);
    server->say(ana, LoadHistory{1, room, HistoryDirection::before, Ordinal(0), 50});
    idle();
    EXPECT_EQ(ana.last<History>()->messages.size(), 1u);
}

TEST_F(MessagesTest, TheFirstResultComesBeforePermissions) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    const PostText message{next_op(), room, *MessageText::from("said while a member")};
    server->say(ana, message);
    idle();
    const auto first = *ana.last<Done>();
    server->say(ana, LeaveRoom{next_op(), room});
    idle();
    server->say(ana, message);
    idle();
    EXPECT_EQ(ana.last<Done>(), first);
}

TEST_F(MessagesTest, AFinalRefusalIsTheResultOfItsOperationForEver) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    server->say(ana, LeaveRoom{next_op(), room});
    const PostText message{next_op(), room, *MessageText::from("from outside")};
    server->say(ana, message);
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::not_a_member);
    server->say(ana, JoinRoom{next_op(), room});
    server->say(ana, message);
    idle();
    EXPECT_EQ(ana.all<Refused>().size(), 2u);
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::not_a_member);
    post(ana, room, "from inside");
    idle();
    EXPECT_EQ(texts(heard(ana, room)), std::vector<std::string>{"from inside"});
}

TEST_F(MessagesTest, BlankAndControlTextsAreRefused) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    for (const auto* blank : {"", " ", "\n\t ", "\u200b\u2060"}) {
        post(ana, room, blank);
        idle();
        EXPECT_EQ(ana.last<Refused>()->reason, Refusal::text_empty) << '"' << blank << '"';
    }
    post(ana, room, "bell \x07");
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::text_not_allowed);
    EXPECT_TRUE(texts(heard(ana, room)).empty());
}

TEST_F(MessagesTest, OutsidersNeitherHearNorReadNorPost) {
    auto& ana = account("ana");
    auto& eve = account("eve");
    server->say(ana, CreateRoom{next_op(), *RoomName::from("secret-plans")});
    idle();
    const auto room = ana.last<Done>()->room;
    post(ana, room, "for us");
    idle();
    eve.received.clear();
    server->say(eve, LoadHistory{1, room, HistoryDirection::before, Ordinal(0), 50});
    server->say(eve, SyncRoom{2, room, Sequence(0)});
    server->say(eve, ListMembers{3, room});
    server->say(eve, ReportTyping{room});
    server->say(eve, MarkRead{room, {{}, Ordinal(1)}});
    post(eve, room, "let me in");
    post(ana, room, "still for us");
    idle();
    EXPECT_TRUE(heard(eve, room).empty());
    EXPECT_TRUE(eve.all<History>().empty());
    EXPECT_TRUE(eve.all<Members>().empty());
    EXPECT_TRUE(eve.all<Done>().empty());
    EXPECT_TRUE(ana.all<Typing>().empty());
    ASSERT_EQ(eve.all<Refused>().size(), 4u);
    for (const auto& refused : eve.all<Refused>()) EXPECT_EQ(refused.reason, Refusal::not_a_member);
}

TEST_F(MessagesTest, HistoryIsReadByOrdinalFromBothSides) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    for (int i = 1; i <= 30; ++i) post(ana, room, "message " + std::to_string(i));
    idle();
    const auto ask = [&](HistoryDirection direction, std::uint64_t at, std::uint16_t limit) {
        server->say(ana, LoadHistory{7, room, direction, Ordinal(at), limit});
        idle();
        std::vector<std::uint64_t> ordinals;
        const auto history = *ana.last<History>();
        for (const auto& message : history.messages) ordinals.push_back(message.ordinal.value());
        return ordinals;
    };
    EXPECT_EQ(ask(HistoryDirection::before, 0, 3), (std::vector<std::uint64_t>{28, 29, 30}));
    EXPECT_EQ(ask(HistoryDirection::before, 4, 50), (std::vector<std::uint64_t>{1, 2, 3}));
    EXPECT_EQ(ask(HistoryDirection::before, 1, 50), std::vector<std::uint64_t>{});
    EXPECT_EQ(ask(HistoryDirection::after, 28, 50), (std::vector<std::uint64_t>{29, 30}));
    EXPECT_EQ(ask(HistoryDirection::after, 30, 50), std::vector<std::uint64_t>{});
    const auto around = ask(HistoryDirection::around, 15, 5);
    ASSERT_FALSE(around.empty());
    EXPECT_LE(around.front(), 15u);
    EXPECT_GE(around.back(), 15u);
    EXPECT_EQ(ask(HistoryDirection::before, 0, 0),
              std::vector<std::uint64_t>{30});  // a page is never empty by its limit
}

TEST_F(MessagesTest, ARoomThatDoesNotExistIsRefused) {
    auto& ana = account("ana");
    post(ana, RoomId(12345), "anybody?");
    server->say(ana, LoadHistoryAt{4, RoomId(12345), {}, 50});
    server->say(ana, LoadHistory{3, RoomId(12345), HistoryDirection::before, Ordinal(0), 50});
    idle();
    ASSERT_EQ(ana.all<Refused>().size(), 3u);
    for (const auto& refused : ana.all<Refused>()) EXPECT_EQ(refused.reason, Refusal::no_such_room);
}

}  // namespace
}  // namespace parley::support
