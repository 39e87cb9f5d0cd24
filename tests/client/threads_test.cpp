// Threads as one client sees them: at their message, in its list, and what it may do in them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;
using testing::SizeIs;

constexpr RoomId kThread{31};

RoomSummary thread_listed(std::uint64_t head, std::uint64_t last) {
    auto summary = Server::summary(kThread, head, last);
    summary.kind = RoomKind::thread;
    summary.name = {};
    summary.root = {Server::kGeneral, Ordinal(1)};
    summary.unread = static_cast<std::uint32_t>(last);
    return summary;
}
RoomEvent thread_changed(std::uint64_t sequence, std::uint32_t replies) {
    return {Sequence(sequence),
            ThreadChanged{Ordinal(1), {kThread, replies, Timestamp{static_cast<std::int64_t>(sequence)}}}};
}

class ThreadsOfAClient : public testing::Test {
  protected:
    ThreadsOfAClient() {
        server_.log_in({Server::summary(), thread_listed(3, 2)});
        server_.say(Server::subscribed(3, 2, kThread));
        const auto request = server_.client.load_latest(Server::kGeneral);
        server_.say(History{request, Server::kGeneral, Sequence(), Ordinal(), {}, {}});
        server_.say(Server::events({Server::posted(1, 1)}));
    }
    [[nodiscard]] const ChatState& state() const { return server_.client.state(); }
    [[nodiscard]] std::optional<ThreadSoFar> so_far() const {
        return server_.general().timeline.messages().at(0).thread;
    }
    Server server_;
};

TEST_F(ThreadsOfAClient, AreShownAtTheirMessageAsTheyGrow) {
    EXPECT_EQ(so_far(), std::nullopt);
    server_.take_notices<MessageChanged>();
    server_.say(Server::events({thread_changed(2, 1), thread_changed(3, 2)}));
    EXPECT_EQ(so_far()->replies, 2u);
    EXPECT_EQ(so_far()->room, kThread);
    EXPECT_EQ(server_.general().unread, 1u) << "what is said in a thread is not said in the room";
    EXPECT_THAT(server_.take_notices<MessageChanged>(), SizeIs(2));
}

TEST_F(ThreadsOfAClient, AreFoundByTheirMessageAndCalledByTheirRoom) {
    ASSERT_NE(state().thread_of(Server::kGeneral, Ordinal(1)), nullptr);
    EXPECT_EQ(state().thread_of(Server::kGeneral, Ordinal(1))->id, kThread);
    EXPECT_EQ(state().thread_of(Server::kGeneral, Ordinal(2)), nullptr);
    EXPECT_EQ(state().title_of(*state().room(kThread)), "general");
    EXPECT_EQ(state().room_named("general"), state().room(Server::kGeneral));
    EXPECT_EQ(state().unread_in_all(), 3u);
    EXPECT_EQ(state().room(kThread)->said_to_her(), 0u) << "but for mentions it is like a channel";
}

TEST_F(ThreadsOfAClient, HaveTheRulesOfTheirRoom) {
    EXPECT_TRUE(state().may_post(*state().room(kThread)));
    RoomSettings settings;
    settings.archived = true;
    server_.say(Server::events({{Sequence(2), RoomSettingsChanged{Server::kBo, {}, {}, settings}}}));
    EXPECT_FALSE(state().may_post(*state().room(kThread)));
}

TEST_F(ThreadsOfAClient, AreOpenedByAnOperationAndKeptInTheView) {
    const auto op = server_.client.open_thread(Server::kGeneral, Ordinal(1));
    ASSERT_TRUE(op);
    EXPECT_EQ(server_.take_one<OpenThread>(), (OpenThread{*op, Server::kGeneral, Ordinal(1)}));
    server_.say(Done{*op, kThread, Sequence(3), {}});
    EXPECT_EQ(server_.client.unsettled_operations(), 0u);
    const auto view = server_.client.view_to_save();
    ASSERT_TRUE(view);
    const auto bytes = bytes_of(*view);
    const auto again = saved_view_from(bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, *view);
    const auto found = std::find_if(again->rooms.begin(), again->rooms.end(),
                                    [](const SavedRoom& room) { return room.summary.id == kThread; });
    ASSERT_NE(found, again->rooms.end());
    EXPECT_EQ(found->summary.root, (ThreadRoot{Server::kGeneral, Ordinal(1)}));
}

TEST_F(ThreadsOfAClient, ThatAreLeftAreNotInTheListAnyMore) {
    server_.say(AccountEvents{{{AccountSequence(6), RoomRemoved{kThread}}}});
    EXPECT_EQ(state().thread_of(Server::kGeneral, Ordinal(1)), nullptr);
    server_.say(Server::events({thread_changed(2, 3)}));
    EXPECT_EQ(so_far()->replies, 3u) << "how much is said is known all the same";
}

}  // namespace
}  // namespace parley::client
