// Who is told that somebody came, went or types, how often, and how often at most.
#include <gmock/gmock.h>

#include <cstdio>
#include <map>

#include "server_fixture.hpp"

namespace parley::support {
namespace {

using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

class NewsOfPeople : public ServerFixture {
  protected:
    // Signed in without the profiles of everybody.
    MemoryConnection& sign_in(const Token& token) {
        Resume resume;
        resume.profiles = ProfileRevision(1'000'000);
        return server->sign_in(token, resume);
    }
    static std::size_t frames_of_people(const MemoryConnection& seen_by) {
        return seen_by.all<PresenceChanged>().size() + seen_by.all<Typing>().size();
    }
};

TEST_F(NewsOfPeople, WhoDoesNotLookIsNotTold) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    const auto room = room_of(ana);
    server->advance(2s);
    ana.received.clear();
    server->say(bo, ReportTyping{room});
    server->say(bo, ReportPresence{Presence::away});
    server->advance(2s);
    EXPECT_EQ(frames_of_people(ana), 0u);
    server->say(ana, WatchRooms{{room}});
    server->say(ana, ListMembers{4, room});
    idle();
    const auto members = *ana.last<Members>();
    for (const auto& member : members.members)
        EXPECT_EQ(member.presence, member.user == user_of(bo) ? Presence::away : Presence::online);
    server->say(bo, ReportPresence{Presence::online});
    server->advance(2s);
    EXPECT_THAT(ana.all<PresenceChanged>(), SizeIs(1));
    server->say(ana, WatchRooms{});
    server->say(bo, ReportPresence{Presence::away});
    server->advance(2s);
    EXPECT_THAT(ana.all<PresenceChanged>(), SizeIs(1));
}

TEST_F(NewsOfPeople, ADirectChatNeedsNoLooking) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    server->say(bo, OpenDirectChat{next_op(), user_of(ana)});
    idle();
    const auto chat = bo.last<Done>()->room;
    server->advance(2s);
    ana.received.clear();
    for (int i = 0; i < 3; ++i) server->say(bo, ReportTyping{chat});
    idle();
    EXPECT_THAT(ana.all<Typing>(), SizeIs(3)) << "two make no storm: at once, each time";
    server->say(bo, ReportPresence{Presence::away});
    server->advance(2s);
    EXPECT_EQ(ana.last<PresenceChanged>()->people.items().front(), (MemberPresence{user_of(bo), Presence::away}));
}

TEST_F(NewsOfPeople, WhatIsWatchedBeforeItIsHeardIsWatchedThen) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    server->say(bo, CreateRoom{next_op(), *RoomName::from("den")});
    idle();
    const auto den = bo.last<Done>()->room;
    server->say(ana, WatchRooms{{den}});
    server->say(bo, ReportTyping{den});
    idle();
    server->advance(2s);
    EXPECT_THAT(ana.all<Typing>(), IsEmpty()) << "she is not in it";
    server->say(ana, JoinRoom{next_op(), den});
    server->advance(2s);
    server->say(bo, ReportTyping{den});
    server->advance(2s);
    EXPECT_THAT(ana.all<Typing>(), SizeIs(1));
    server->say(ana, LeaveRoom{next_op(), den});
    idle();
    ana.received.clear();
    server->say(bo, ReportTyping{den});
    server->advance(2s);
    EXPECT_EQ(frames_of_people(ana), 0u);
}

TEST_F(NewsOfPeople, TheFirstToTypeIsToldAtOnceAndTheOthersTogether) {
    auto& ana = account("ana");
    server->say(ana, WatchRooms{{room_of(ana)}});
    std::vector<MemoryConnection*> others;
    for (int i = 0; i < 5; ++i) others.push_back(&account("person" + std::to_string(i)));
    server->advance(3s);
    ana.received.clear();
    for (auto* other : others) {
        server->say(*other, ReportTyping{room_of(*other)});
        idle();
    }
    ASSERT_THAT(ana.all<Typing>(), SizeIs(1));
    EXPECT_THAT(ana.last<Typing>()->users.items(), SizeIs(1));
    server->advance(limits::kNewsOfPeopleEvery);
    ASSERT_THAT(ana.all<Typing>(), SizeIs(2));
    EXPECT_THAT(ana.last<Typing>()->users.items(), SizeIs(4));
}

TEST_F(NewsOfPeople, WhoHasSentWhatSheTypedIsNotToldAsTypingAfterwards) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    auto& cy = account("cy");
    const auto room = room_of(ana);
    server->say(ana, WatchRooms{{room}});
    server->advance(3s);
    ana.received.clear();
    server->say(cy, ReportTyping{room});
    idle();
    server->say(bo, ReportTyping{room});  // told with the next news
    post(bo, room, "sent");
    idle();
    server->advance(limits::kNewsOfPeopleEvery);
    ASSERT_THAT(ana.all<Typing>(), SizeIs(1));
    EXPECT_EQ(ana.last<Typing>()->users.items(), std::vector{user_of(cy)});
}

TEST_F(NewsOfPeople, WhoGoesAndComesBackAtOnceIsNotSpokenOf) {
    auto& ana = account("ana");
    server->say(ana, WatchRooms{{room_of(ana)}});
    const auto token = server->make_account("bo");
    auto* bo = &sign_in(token);
    server->advance(3s);
    ana.received.clear();
    server->disconnect(*bo);
    bo = &sign_in(token);  // a page that was reloaded
    server->advance(3s);
    EXPECT_THAT(ana.all<PresenceChanged>(), IsEmpty());
}

// Found by thinking: what was listed in the middle of a batch was taken back within it, and nobody said so.
TEST_F(NewsOfPeople, WhoIsListedWhileSomebodyComesAndGoesIsToldHowItEnded) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    server->say(ana, WatchRooms{{room}});
    const auto token = server->make_account("bo");
    server->advance(3s);
    auto& bo = sign_in(token);
    const auto user = user_of(bo);
    server->say(ana, ListMembers{7, room});
    idle();
    server->disconnect(bo);
    server->advance(3s);
    std::map<UserId, Presence> shown;
    for (const auto& message : ana.received) {
        if (const auto* members = std::get_if<Members>(&message))
            for (const auto& member : members->members) shown[member.user] = member.presence;
        if (const auto* changed = std::get_if<PresenceChanged>(&message))
            for (const auto& person : changed->people) shown[person.user] = person.presence;
    }
    EXPECT_EQ(shown.at(user), Presence::offline);
}

TEST_F(NewsOfPeople, WhoLeavesTheRoomAndComesBackAtOnceIsShownAsHere) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    const auto room = room_of(ana);
    const auto user = user_of(bo);
    server->say(ana, WatchRooms{{room}});
    server->advance(3s);
    ana.received.clear();
    server->say(bo, ReportPresence{Presence::away});
    server->say(bo, LeaveRoom{next_op(), room});
    server->say(bo, JoinRoom{next_op(), room});
    server->advance(3s);
    ASSERT_TRUE(ana.last<PresenceChanged>());
    EXPECT_EQ(ana.last<PresenceChanged>()->people.items().back(), (MemberPresence{user, Presence::away}));
}

// 1,000 members of one room, of whom 100 type and 100 come or go in every second.
TEST_F(NewsOfPeople, ACrowdThatComesGoesAndTypesIsTwoFramesASecondToWhoLooksAndNoneToWhoDoesNot) {
    constexpr std::size_t kMembers = 1'000;
    constexpr std::size_t kRestless = 100;
    constexpr std::size_t kSeconds = 10;
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < kMembers; ++i) tokens.push_back(server->make_account("member" + std::to_string(i)));
    std::vector<MemoryConnection*> here;
    for (const auto& token : tokens) here.push_back(&sign_in(token));
    const auto room = room_of(*here.front());
    // The first half of the quiet ones looks at the room, the others have another one open.
    const auto first_quiet = 2 * kRestless;
    const auto first_elsewhere = (first_quiet + kMembers) / 2;
    for (auto i = first_quiet; i < first_elsewhere; ++i) server->say(*here[i], WatchRooms{{room}});
    server->advance(3s);
    for (auto* connection : here) connection->received.clear();
    // 0 to 99 type, 100 to 199 come or go: half of them each second.
    for (std::size_t second = 0; second < kSeconds; ++second) {
        for (std::size_t i = 0; i < kRestless; ++i) server->say(*here[i], ReportTyping{room});
        for (std::size_t i = kRestless; i < 2 * kRestless; ++i) {
            if (i % 2 == second % 2) {
                if (here[i]) server->disconnect(*here[i]);
                here[i] = nullptr;
            } else if (!here[i]) {
                here[i] = &sign_in(tokens[i]);
            }
        }
        server->advance(limits::kNewsOfPeopleEvery);
    }
    std::size_t most = 0;
    std::size_t all = 0;
    std::size_t most_named = 0;
    for (auto i = first_quiet; i < first_elsewhere; ++i) {
        most = std::max(most, frames_of_people(*here[i]));
        all += here[i]->received.size();
        for (const auto& typing : here[i]->all<Typing>()) most_named = std::max(most_named, typing.users.size());
    }
    EXPECT_LE(most, 2 * (kSeconds + 1));
    EXPECT_GE(most, kSeconds) << "they are told all the same";
    EXPECT_LE(most_named, limits::kTypingPerFrame);
    for (auto i = first_elsewhere; i < kMembers; ++i) EXPECT_THAT(here[i]->received, IsEmpty());
    std::printf("frames per member and second: %.2f to who looks, 0 to the others (%zu typing, %zu coming or going)\n",
                static_cast<double>(all) / static_cast<double>(first_elsewhere - first_quiet) / kSeconds, kRestless,
                kRestless);
}

}  // namespace
}  // namespace parley::support
