// Somebody takes no direct messages of somebody else. The other one cannot tell by anything but the refusal of one.
#include <gmock/gmock.h>

#include <filesystem>

#include "server_fixture.hpp"

namespace parley::support {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class Blocking : public ServerFixture {
  protected:
    void SetUp() override {
        ServerFixture::SetUp();
        ana_token = server->make_account("ana");
        ana = &server->sign_in(ana_token);
        bo = &account("bo");
        bo_is = user_of(*bo);
        server->say(*bo, OpenDirectChat{next_op(), user_of(*ana)});
        idle();
        chat = bo->last<Done>()->room;
    }
    void block(bool on = true) {
        server->say(*ana, SetBlock{next_op(), bo_is, on});
        idle();
    }
    // What this change is answered with; nothing: it was done.
    template <class Change>
    std::optional<Refusal> refusal_of(MemoryConnection& who, Change change) {
        change.op = next_op();
        const auto before = who.all<Refused>().size();
        server->say(who, change);
        idle();
        return who.all<Refused>().size() == before ? std::nullopt : std::optional(who.last<Refused>()->reason);
    }
    std::optional<Refusal> said_by_bo() { return refusal_of(*bo, PostText{{}, chat, *MessageText::from("hello?")}); }

    Token ana_token{};
    MemoryConnection* ana = nullptr;
    MemoryConnection* bo = nullptr;
    UserId bo_is;
    RoomId chat;
};

TEST_F(Blocking, DirectMessagesAreRefusedWithASentenceUntilSheHearsHimAgain) {
    EXPECT_EQ(said_by_bo(), std::nullopt);
    block();
    EXPECT_EQ(said_by_bo(), Refusal::takes_no_messages);
    EXPECT_EQ(bo->last<Refused>()->sentence.view(), sentence_of(Refusal::takes_no_messages));
    EXPECT_THAT(texts(heard(*ana, chat)), ElementsAre("hello?"));
    block(false);
    EXPECT_EQ(said_by_bo(), std::nullopt);
}

TEST_F(Blocking, NothingNewIsSaidByWayOfWhatWasSaidBefore) {
    EXPECT_EQ(said_by_bo(), std::nullopt);
    block();
    const auto refused = std::optional(Refusal::takes_no_messages);
    EXPECT_EQ(refusal_of(*bo, EditText{{}, chat, Ordinal(1), *MessageText::from("hear me")}), refused);
    EXPECT_EQ(refusal_of(*bo, SetReaction{{}, chat, Ordinal(1), *Emoji::from("\U0001F44B"), true}), refused);
    EXPECT_EQ(refusal_of(*bo, SetPin{{}, chat, Ordinal(1), true}), refused);
    EXPECT_EQ(refusal_of(*bo, DeleteMessage{{}, chat, Ordinal(1)}), std::nullopt) << "his own words he may take back";
}

TEST_F(Blocking, RoomsAndOtherPeopleAreAsBefore) {
    block();
    auto& cy = account("cy");
    const auto room = room_of(*bo);
    EXPECT_EQ(refusal_of(*bo, PostText{{}, room, *MessageText::from("to all")}), std::nullopt);
    EXPECT_THAT(texts(heard(*ana, room)), ElementsAre("to all")) << "her client folds it away";
    EXPECT_EQ(refusal_of(*bo, OpenDirectChat{{}, user_of(cy)}), std::nullopt);
    EXPECT_EQ(refusal_of(*bo, PostText{{}, bo->last<Done>()->room, *MessageText::from("psst")}), std::nullopt);
    EXPECT_EQ(refusal_of(*ana, PostText{{}, chat, *MessageText::from("leave me alone")}), std::nullopt);
}

TEST_F(Blocking, HeBringsHerIntoNothingNew) {
    const auto refused = std::optional(Refusal::takes_no_messages);
    auto& cy = account("cy");
    auto& dee = account("dee");
    const auto ana_is = user_of(*ana);
    server->say(*bo, CreateRoom{next_op(), *RoomName::from("den")});
    idle();
    const auto den = bo->last<Done>()->room;
    server->say(*ana, SetBlock{next_op(), bo_is, true});
    server->say(dee, SetBlock{next_op(), bo_is, true});
    idle();
    ana->received.clear();
    EXPECT_EQ(refusal_of(*bo, InviteToRoom{{}, den, ana_is}), refused);
    EXPECT_EQ(refusal_of(*bo, OpenGroupChat{{}, {ana_is, user_of(cy)}}), refused);
    EXPECT_EQ(refusal_of(*bo, OpenDirectChat{{}, user_of(dee)}), refused);
    EXPECT_EQ(refusal_of(*bo, OpenDirectChat{{}, ana_is}), std::nullopt) << "the one that there is";
    EXPECT_THAT(ana->all<AccountEvents>(), IsEmpty());
    EXPECT_EQ(refusal_of(*ana, OpenGroupChat{{}, {bo_is, user_of(cy)}}), std::nullopt) << "it is her wish";
    EXPECT_EQ(refusal_of(*bo, OpenGroupChat{{}, {ana_is, user_of(cy)}}), std::nullopt) << "it is there now";
}

TEST_F(Blocking, SheIsToldOnAllHerDevicesAndHeIsNot) {
    auto& two = server->sign_in(ana_token);
    EXPECT_THAT(two.last<AccountSettings>()->blocked.items(), IsEmpty());
    bo->received.clear();
    block();
    for (const auto* device : {ana, &two}) {
        const auto changed = std::get<BlockChanged>(device->last<AccountEvents>()->events.back().body);
        EXPECT_EQ(changed, (BlockChanged{bo_is, true}));
    }
    EXPECT_THAT(bo->received, IsEmpty());
    restart(2);
    EXPECT_EQ(server->sign_in(ana_token).last<AccountSettings>()->blocked.items().size(), 1u);
}

TEST_F(Blocking, HerselfNobodyAndTooManyAreRefused) {
    EXPECT_EQ(refusal_of(*ana, SetBlock{{}, user_of(*ana), true}), Refusal::cannot_block_yourself);
    EXPECT_EQ(refusal_of(*ana, SetBlock{{}, UserId(404), true}), Refusal::no_such_person);
    EXPECT_EQ(refusal_of(*ana, SetBlock{{}, user_of(*bo), false}), std::nullopt) << "it is so already";
}

// He does in one world what he does in the other, and is told the same, but for the message that is refused.
class WhatHeIsTold : public Blocking {
  protected:
    std::vector<std::string> told(bool blocked) {
        SetUp();
        auto& cy = account("cy");
        EXPECT_EQ(said_by_bo(), std::nullopt);
        if (blocked) block();
        const auto room = room_of(cy);  // she is in no other
        server->say(*bo, WatchRooms{{room, chat}});
        server->advance(2s);
        bo->received.clear();
        const auto say = [this](MemoryConnection& who, const ClientMessage& message) {
            server->say(who, message);
            idle();
        };
        say(*bo, ReportTyping{chat});
        say(*ana, ReportTyping{chat});
        say(*ana, ReportTyping{room});
        say(*ana, PostText{next_op(), room, *MessageText::from("in the room")});
        say(*ana, PostText{next_op(), chat, *MessageText::from("between us")});
        say(*bo, OpenDirectChat{next_op(), user_of(*ana)});
        say(*bo, ListMembers{1, room});
        say(*bo, LookUpPerson{2, user_of(*ana)});
        say(*bo, MarkRead{chat, {ReadTurn(9), Ordinal(2)}});
        say(*ana, ReportPresence{Presence::away});
        server->advance(2s);
        say(*ana, SetStatus{next_op(), *StatusText::from("busy"), {}});
        say(cy, PostText{next_op(), room, *MessageText::from("something else")});
        server->disconnect(*ana);
        server->advance(2s);
        std::vector<std::string> all;
        for (const auto& message : bo->received) {
            const auto* members = std::get_if<Members>(&message);
            all.push_back(std::string(name_of(message)) +
                          (members != nullptr ? std::to_string(members->members.size()) : std::string()));
        }
        return all;
    }
};

TEST_F(WhatHeIsTold, IsTheSameWhetherSheHasBlockedHimOrNot) {
    const auto before = told(false);
    last_op = 0;
    server.reset();
    backend.reset();
    for (const auto& file : std::filesystem::directory_iterator(directory.path())) std::filesystem::remove(file.path());
    const auto blocked = told(true);
    EXPECT_EQ(before, blocked);
    EXPECT_GT(before.size(), 8u);
}

}  // namespace
}  // namespace parley::support
