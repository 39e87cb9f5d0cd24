// What people choose for themselves, as a client keeps it: a status that ends by itself, what one is shown as, whom one
// does not want to hear; and what is asked of others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::int64_t kMinute = 60'000;

class ChoicesOfPeople : public testing::Test {
  protected:
    ChoicesOfPeople() { server_.log_in({Server::summary()}); }

    // A client whose clock is wrong by this.
    void log_in_with_clock_behind(std::int64_t milliseconds) {
        server_.cut();
        server_.pass_to_deadline();
        server_.open();
        server_.greet();
        auto welcome = Server::welcome({Server::summary()});
        welcome.now = {server_.now.wall.milliseconds + milliseconds};
        at_server_ = welcome.now;
        server_.say(welcome);
    }
    void say_status(const std::string& status, Timestamp until, std::uint64_t revision) {
        server_.say(Profiles{{Profile{Server::kBo, AccountName::cut("bo"), Nick::cut("Bo"), ProfileRevision(revision),
                                      StatusText::cut(status), until}}});
    }
    [[nodiscard]] std::string status() const { return server_.client.state().person(Server::kBo)->status.str(); }
    void pass(std::int64_t milliseconds) {
        server_.now.wall.milliseconds += milliseconds;
        server_.pass(milliseconds);
    }
    void load_members() {
        const auto request = server_.client.list_members(Server::kGeneral);
        server_.say(
            Members{request, Server::kGeneral, {{Server::kAna, Presence::online}, {Server::kBo, Presence::away}}});
        server_.sent.clear();
    }

    ScriptedServer server_;
    Timestamp at_server_;
};

TEST_F(ChoicesOfPeople, AStatusEndsAtItsTimeByTheClockOfTheServer) {
    log_in_with_clock_behind(90 * kMinute);
    say_status("lunch", {at_server_.milliseconds + 30 * kMinute}, 20);
    EXPECT_EQ(status(), "lunch");
    const auto version = server_.client.state_version();
    pass(30 * kMinute - 1);
    EXPECT_EQ(status(), "lunch");
    EXPECT_EQ(server_.client.next_deadline(), server_.now.monotonic_ms + 1);
    pass(1);
    EXPECT_EQ(status(), "");
    EXPECT_GT(server_.client.state_version(), version);
    server_.come_back();  // so long a silence was taken for the connection's end
    server_.say(Server::welcome({Server::summary()}));
    say_status("lunch", {}, 21);
    EXPECT_EQ(status(), "lunch");
    pass(1'000 * kMinute);
    EXPECT_EQ(status(), "lunch") << "one without an end stays";
}

TEST_F(ChoicesOfPeople, AStatusThatHasEndedBeforeIsNotShown) {
    log_in_with_clock_behind(0);
    say_status("yesterday", {at_server_.milliseconds - 1}, 20);
    EXPECT_EQ(status(), "");
}

TEST_F(ChoicesOfPeople, HerChoicesComeWithTheWelcomeAndFollowHerStream) {
    EXPECT_EQ(server_.client.state().availability, Availability::automatic);
    server_.come_back();
    server_.say(AccountSettings{Availability::away, {Server::kBo}});
    EXPECT_EQ(server_.client.state().availability, Availability::automatic) << "not before it is known whose they are";
    server_.say(Server::welcome({Server::summary()}));
    EXPECT_EQ(server_.client.state().availability, Availability::away);
    EXPECT_TRUE(server_.client.state().has_blocked(Server::kBo));
    server_.say(AccountEvents{{{AccountSequence(6), AvailabilityChanged{Availability::invisible}},
                               {AccountSequence(7), BlockChanged{Server::kBo, false}}}});
    EXPECT_EQ(server_.client.state().availability, Availability::invisible);
    EXPECT_THAT(server_.client.state().blocked, IsEmpty());
    server_.say(AccountEvents{{{AccountSequence(5), AvailabilityChanged{Availability::away}}}});
    EXPECT_EQ(server_.client.state().availability, Availability::invisible) << "the welcome held it";
}

TEST_F(ChoicesOfPeople, WhomSheHasBlockedIsKnownBeforeTheConnectionStands) {
    server_.say(AccountEvents{{{AccountSequence(6), BlockChanged{Server::kBo, true}}}});
    const auto view = server_.client.view_to_save();
    ASSERT_TRUE(view);
    Server later;
    later.client.resume({Server::token(), "ana"});
    ASSERT_TRUE(later.client.restore(saved_view_from(bytes_of(*view)).value_or(SavedView{})));
    EXPECT_TRUE(later.client.state().has_blocked(Server::kBo));
}

TEST_F(ChoicesOfPeople, WhoeverIsBlockedIsNotSeenTyping) {
    server_.say(Typing{Server::kGeneral, {Server::kBo}});
    EXPECT_THAT(server_.general().typing_until, SizeIs(1));
    server_.say(AccountEvents{{{AccountSequence(6), BlockChanged{Server::kBo, true}}}});
    EXPECT_THAT(server_.general().typing_until, IsEmpty());
    server_.say(Typing{Server::kGeneral, {Server::kBo, UserId(13)}});
    EXPECT_THAT(server_.general().typing_until, SizeIs(1));
}

TEST_F(ChoicesOfPeople, WhatIsShownIsWatchedAlsoAfterAReconnect) {
    load_members();
    server_.client.watch({Server::kGeneral});
    server_.client.watch({Server::kGeneral});
    server_.collect();
    ASSERT_THAT(server_.sent, SizeIs(2));
    EXPECT_EQ(std::get<WatchRooms>(server_.sent[0]).rooms.items(), std::vector{Server::kGeneral});
    EXPECT_EQ(std::get<ListMembers>(server_.sent[1]).room, Server::kGeneral) << "what was missed is in the list";
    EXPECT_TRUE(server_.general().watched);
    server_.sent.clear();
    server_.come_back();
    EXPECT_FALSE(server_.general().watched);
    server_.say(Server::welcome({Server::summary()}));
    EXPECT_THAT(server_.take_sent<WatchRooms>(), SizeIs(1));
    server_.say(Server::subscribed(0, 0));
    EXPECT_TRUE(server_.general().watched);
    EXPECT_THAT(server_.take_sent<ListMembers>(), SizeIs(1));
    server_.client.watch({});
    EXPECT_THAT(server_.take_one<WatchRooms>().rooms.items(), IsEmpty());
    EXPECT_FALSE(server_.general().watched);
}

TEST_F(ChoicesOfPeople, OnlyWhatIsWatchedTellsWhoIsHere) {
    load_members();
    EXPECT_EQ(server_.client.state().presence_of(Server::kBo), std::nullopt);
    server_.client.watch({Server::kGeneral});
    EXPECT_EQ(server_.client.state().presence_of(Server::kBo), Presence::away);
}

TEST_F(ChoicesOfPeople, WhoIsLookedUpIsKeptUntilSheComesOrGoes) {
    const auto request = server_.client.look_up(Server::kBo);
    EXPECT_NE(request, 0u);
    EXPECT_EQ(server_.client.look_up(Server::kBo), 0u) << "it is asked already";
    server_.say(PersonSeen{request, Server::kBo, Presence::offline, Timestamp{77}});
    EXPECT_THAT(server_.take_notices<PersonLookedUp>(), SizeIs(1));
    EXPECT_EQ(server_.client.state().seen.at(Server::kBo).last_seen, Timestamp{77});
    EXPECT_EQ(server_.client.state().presence_of(Server::kBo), Presence::offline);
    load_members();
    server_.say(PresenceChanged{Server::kGeneral, {{Server::kBo, Presence::online}}});
    EXPECT_THAT(server_.client.state().seen, IsEmpty());
}

TEST_F(ChoicesOfPeople, WhatSheChoosesIsSentLikeAnyChange) {
    EXPECT_TRUE(server_.client.set_status("\U0001F334 away", Timestamp{99}));
    EXPECT_TRUE(server_.client.set_availability(Availability::do_not_disturb));
    EXPECT_TRUE(server_.client.block(Server::kBo, true));
    EXPECT_FALSE(server_.client.set_status(std::string(limits::kStatus + 1, 'x')));
    server_.collect();
    ASSERT_THAT(server_.sent, SizeIs(3));
    EXPECT_EQ(std::get<SetStatus>(server_.sent[0]).until, Timestamp{99});
    EXPECT_EQ(std::get<SetAvailability>(server_.sent[1]).availability, Availability::do_not_disturb);
    EXPECT_EQ(std::get<SetBlock>(server_.sent[2]).person, Server::kBo);
    EXPECT_EQ(server_.client.unsettled_operations(), 3u);
}

}  // namespace
}  // namespace parley::client
