// What people choose for themselves: a status, what they are shown as, and what is told of them when they are gone.
#include <gmock/gmock.h>

#include "server_fixture.hpp"

namespace parley::support {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::IsEmpty;

class PeopleChoices : public ServerFixture {
  protected:
    void SetUp() override {
        ServerFixture::SetUp();
        ana_token = server->make_account("ana");
        bo_token = server->make_account("bo");
        bo = &server->sign_in(bo_token);
        room = room_of(*bo);
        server->say(*bo, WatchRooms{{room}});
        idle();
    }
    MemoryConnection& ana_again() { return server->sign_in(ana_token); }
    void choose(MemoryConnection& device, Availability availability) {
        server->say(device, SetAvailability{next_op(), availability});
        server->advance(2s);
    }
    [[nodiscard]] Presence shown_to_bo(UserId user) {
        server->say(*bo, ListMembers{90, room});
        idle();
        const auto listed = *bo->last<Members>();  // it lives as long as the loop
        for (const auto& member : listed.members)
            if (member.user == user) return member.presence;
        return Presence::offline;
    }
    [[nodiscard]] PersonSeen looked_up_by_bo(UserId user) {
        server->say(*bo, LookUpPerson{91, user});
        idle();
        return *bo->last<PersonSeen>();
    }
    [[nodiscard]] std::vector<Presence> told_to_bo() const {
        std::vector<Presence> told;
        for (const auto& changed : bo->all<PresenceChanged>())
            for (const auto& person : changed.people) told.push_back(person.presence);
        return told;
    }

    Token ana_token{};
    Token bo_token{};
    MemoryConnection* bo = nullptr;
    RoomId room;
};

TEST_F(PeopleChoices, AStatusIsShownToEverybodyAndToWhoComesLater) {
    auto& ana = ana_again();
    const auto status = *StatusText::from("\U0001F334 on holiday");
    server->say(ana, SetStatus{next_op(), status, {}});
    idle();
    EXPECT_TRUE(ana.last<Done>());
    EXPECT_EQ(bo->last<Profiles>()->profiles.back().status, status);
    auto& cy = account("cy");
    std::vector<StatusText> heard;
    for (const auto& page : cy.all<Profiles>())
        for (const auto& profile : page.profiles) heard.push_back(profile.status);
    EXPECT_THAT(heard, Contains(status));
    server->say(ana, SetStatus{next_op(), {}, {}});
    idle();
    EXPECT_TRUE(bo->last<Profiles>()->profiles.back().status.empty());
}

TEST_F(PeopleChoices, AStatusOfSeveralLinesTooLongOrOfThePastIsRefused) {
    auto& ana = ana_again();
    const auto refusal_of = [&](std::string_view text, Timestamp until) -> std::optional<Refusal> {
        const auto before = ana.all<Refused>().size();
        server->say(ana, SetStatus{next_op(), *StatusText::from(text), until});
        idle();
        return ana.all<Refused>().size() == before ? std::nullopt : std::optional(ana.last<Refused>()->reason);
    };
    const auto now = ana.last<Welcome>()->now;
    for (const auto* bad : {" ", "two\nlines", " x", "a\u202Eb", "\u200b"})
        EXPECT_EQ(refusal_of(bad, {}), Refusal::status_not_allowed) << bad;
    EXPECT_EQ(refusal_of(std::string(101, 'x'), {}), Refusal::status_not_allowed);
    EXPECT_EQ(refusal_of("late", now), Refusal::status_not_allowed);
    EXPECT_EQ(refusal_of("", Timestamp{now.milliseconds + 60'000}), Refusal::status_not_allowed);
    EXPECT_EQ(refusal_of(std::string(100, 'x'), Timestamp{now.milliseconds + 60'000}), std::nullopt);
    EXPECT_EQ(refusal_of("\U0001F468\u200D\U0001F469\u200D\U0001F467 family", {}), std::nullopt);
}

TEST_F(PeopleChoices, WhatSheIsShownAsIsEqualOnAllHerDevices) {
    auto& one = ana_again();
    auto& two = ana_again();
    EXPECT_EQ(one.last<AccountSettings>()->availability, Availability::automatic);
    choose(one, Availability::do_not_disturb);
    for (const auto* device : {&one, &two}) {
        const auto changed = std::get<AvailabilityChanged>(device->last<AccountEvents>()->events.back().body);
        EXPECT_EQ(changed.availability, Availability::do_not_disturb);
    }
    EXPECT_EQ(ana_again().last<AccountSettings>()->availability, Availability::do_not_disturb);
    restart(2);
    EXPECT_EQ(server->sign_in(ana_token).last<AccountSettings>()->availability, Availability::do_not_disturb);
}

TEST_F(PeopleChoices, HerChoiceCountsAboveWhatHerDevicesReport) {
    auto& ana = ana_again();
    const auto user = user_of(ana);
    EXPECT_EQ(shown_to_bo(user), Presence::online);
    choose(ana, Availability::away);
    EXPECT_EQ(shown_to_bo(user), Presence::away);
    choose(ana, Availability::do_not_disturb);
    server->say(ana, ReportPresence{Presence::away});
    server->advance(2s);
    EXPECT_EQ(shown_to_bo(user), Presence::do_not_disturb);
    choose(ana, Availability::automatic);
    EXPECT_EQ(shown_to_bo(user), Presence::away);
    for (const auto mine_to_say : {Presence::do_not_disturb, Presence::offline}) {
        server->say(ana, ReportPresence{mine_to_say});
        server->advance(2s);
        EXPECT_EQ(shown_to_bo(user), Presence::away) << "a device says online or away";
    }
    choose(ana, Availability::do_not_disturb);
    server->disconnect(ana);
    server->advance(2s);
    EXPECT_EQ(shown_to_bo(user), Presence::offline);
}

TEST_F(PeopleChoices, WhoeverIsInvisibleIsNotToBeToldFromWhoIsGone) {
    auto& ana = ana_again();
    const auto user = user_of(ana);
    choose(ana, Availability::invisible);
    EXPECT_EQ(shown_to_bo(user), Presence::offline);
    EXPECT_EQ(looked_up_by_bo(user).presence, Presence::offline);
    bo->received.clear();
    server->say(ana, ReportTyping{room});
    server->say(ana, ReportPresence{Presence::away});
    auto& two = ana_again();
    server->advance(2s);
    server->disconnect(two);
    server->disconnect(ana);
    server->advance(2s);
    EXPECT_THAT(told_to_bo(), IsEmpty());
    EXPECT_THAT(bo->all<Typing>(), IsEmpty());
    auto& back = ana_again();
    server->say(back, ReportTyping{room});
    server->advance(2s);
    EXPECT_THAT(told_to_bo(), IsEmpty()) << "also when she comes, before her choice is known";
    EXPECT_THAT(bo->all<Typing>(), IsEmpty());
    choose(back, Availability::automatic);
    EXPECT_EQ(shown_to_bo(user), Presence::online);
}

TEST_F(PeopleChoices, SheIsHereUntilHerLastDeviceWent) {
    auto& one = ana_again();
    auto& two = ana_again();
    const auto user = user_of(one);
    const PersonSeen here{91, user, Presence::online, std::nullopt};
    EXPECT_EQ(looked_up_by_bo(user), here);
    server->disconnect(one);
    server->advance(1min);
    EXPECT_EQ(looked_up_by_bo(user), here);
    server->disconnect(two);
    idle();
    EXPECT_EQ(looked_up_by_bo(user).presence, Presence::offline);
    EXPECT_TRUE(looked_up_by_bo(user).last_seen) << "at once, also while it is not stored yet";
}

TEST_F(PeopleChoices, LastSeenStandsWhenSheIsGoneAlsoAfterARestart) {
    auto& ana = ana_again();
    const auto user = user_of(ana);
    server->advance(5min);
    const auto coming = ana.last<Welcome>()->now;
    server->disconnect(ana);
    server->advance(10min);
    const auto seen = looked_up_by_bo(user);
    ASSERT_TRUE(seen.last_seen);
    EXPECT_EQ(seen.presence, Presence::offline);
    EXPECT_GE(seen.last_seen->milliseconds - coming.milliseconds, 5 * 60'000);
    EXPECT_LT(seen.last_seen->milliseconds - coming.milliseconds, 6 * 60'000);
    restart(2);
    bo = &server->sign_in(bo_token);
    EXPECT_EQ(looked_up_by_bo(user).last_seen, seen.last_seen);
}

// What she does while she is invisible leaves no trace: she looks as if she had gone when she became so.
TEST_F(PeopleChoices, LastSeenDoesNotTellWhenAnInvisiblePersonWasHere) {
    auto& ana = ana_again();
    const auto user = user_of(ana);
    choose(ana, Availability::invisible);
    const auto seen = looked_up_by_bo(user);
    ASSERT_TRUE(seen.last_seen);
    server->advance(30min);
    EXPECT_EQ(looked_up_by_bo(user), seen);
    server->disconnect(ana);
    server->advance(30min);
    EXPECT_EQ(looked_up_by_bo(user), seen);
    server->disconnect(ana_again());
    server->advance(30min);
    EXPECT_EQ(looked_up_by_bo(user), seen);
}

TEST_F(PeopleChoices, NobodyIsLookedUpInVain) {
    EXPECT_EQ(looked_up_by_bo(UserId(404)), (PersonSeen{91, UserId(404), Presence::offline, std::nullopt}));
}

}  // namespace
}  // namespace parley::support
