#include "server_fixture.hpp"

namespace parley::support {
namespace {

class MalformedTest : public ServerFixture {};

TEST_F(MalformedTest, AMessageOfALaterVersionIsRefusedAndTheConnectionGoesOn) {
    auto& ana = account("ana");
    const std::array<std::byte, 3> later{std::byte{250}, std::byte{1}, std::byte{2}};
    server->say_bytes(ana, later);
    server->say(ana, ClientBeat{1});
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::unknown_message);
    EXPECT_TRUE(ana.last<Beat>());
}

TEST_F(MalformedTest, ABrokenMessageEndsItsConnectionAlone) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    auto bytes = encode(PostText{next_op(), room_of(ana), *MessageText::from("cut")});
    bytes.pop_back();
    server->say_bytes(ana, bytes);
    idle();
    EXPECT_EQ(ana.closed, CloseCode::protocol_error);
    post(bo, room_of(bo), "unharmed");
    idle();
    EXPECT_EQ(texts(heard(bo, room_of(bo))), std::vector<std::string>{"unharmed"});
}

TEST_F(MalformedTest, TooManyUnansweredOperationsAreRefusedInOrder) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    for (std::size_t i = 0; i < limits::kUnansweredPerSession * 20; ++i) post(ana, room, "flood");
    idle();
    ASSERT_FALSE(ana.all<Refused>().empty());
    EXPECT_EQ(ana.all<Refused>().front().reason, Refusal::too_many_unanswered);
    const auto first_refused = ana.all<Refused>().front().op->number;
    for (const auto& refused : ana.all<Refused>()) EXPECT_GE(refused.op->number, first_refused);
    for (const auto& done : ana.all<Done>()) EXPECT_LT(done.op.number, first_refused);
}

}  // namespace
}  // namespace parley::support
