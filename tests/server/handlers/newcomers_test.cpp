// Rooms in which newcomers may not read what was before them: nothing of it reaches them, by no kind of message.
#include <gmock/gmock.h>

#include <random>

#include "server_fixture.hpp"

namespace parley::support {
namespace {

class NewcomersTest : public ServerFixture {
  protected:
    void SetUp() override {
        ServerFixture::SetUp();
        token_of_ana = server->make_account("ana");
        ana = &server->sign_in(token_of_ana);
        token_of_bo = server->make_account("bo");
        bo = &server->sign_in(token_of_bo);
        say(*ana, CreateRoom{next_op(), *RoomName::from("plans")});
        room = ana->last<Done>()->room;
        for (const auto* text : {"one", "two", "three"}) post(*ana, room, text);
        let_newcomers_read(NewcomersRead::since_joining);
    }
    template <class Message>
    void say(MemoryConnection& who, const Message& message) {
        server->say(who, message);
        idle();
    }
    void let_newcomers_read(NewcomersRead what) { let_newcomers_read(*ana, what); }
    void let_newcomers_read(MemoryConnection& owner, NewcomersRead what) {
        say(owner, ChangeRoomSettings{next_op(), room, std::nullopt, what});
    }
    RoomSummary entry_of(const MemoryConnection& who) {
        for (const auto& events : who.all<AccountEvents>())
            for (const auto& event : events.events)
                if (const auto* added = std::get_if<RoomAdded>(&event.body); added && added->room.id == room)
                    return added->room;
        return {};
    }
    static std::vector<Ordinal> ordinals(const auto& messages) {
        std::vector<Ordinal> found;
        for (const auto& message : messages) found.push_back(message.ordinal);
        return found;
    }

    // Every ordinal that stands in what came to this connection.
    std::vector<Ordinal> received(const MemoryConnection& who) {
        std::vector<Ordinal> found;
        for (const auto& event : heard(who, room)) found.push_back(message_of(event.body));
        for (const auto& page : who.all<History>())
            for (const auto& message : page.messages) found.push_back(message.ordinal);
        for (const auto& answer : who.all<Messages>())
            for (const auto& message : answer.messages) found.push_back(message.ordinal);
        for (const auto& pins : who.all<Pins>()) found.insert(found.end(), pins.ordinals.begin(), pins.ordinals.end());
        std::erase(found, Ordinal());
        return found;
    }

    MemoryConnection* ana = nullptr;
    MemoryConnection* bo = nullptr;
    Token token_of_ana{};
    Token token_of_bo{};
    RoomId room;
};

TEST_F(NewcomersTest, ReadWhatIsSaidSinceTheyCame) {
    say(*bo, JoinRoom{next_op(), room});
    EXPECT_EQ(entry_of(*bo).reads_from, Ordinal(4));
    post(*ana, room, "four");
    idle();
    say(*bo, LoadHistory{1, room, HistoryDirection::before, Ordinal(), 50});
    EXPECT_THAT(ordinals(bo->last<History>()->messages), testing::ElementsAre(Ordinal(4)));
    say(*bo, LoadHistory{2, room, HistoryDirection::before, Ordinal(4), 50});
    EXPECT_TRUE(bo->last<History>()->messages.empty());
    say(*bo, LoadHistory{3, room, HistoryDirection::after, Ordinal(), 1});
    EXPECT_THAT(ordinals(bo->last<History>()->messages), testing::ElementsAre(Ordinal(4)));
    say(*bo, LoadHistory{4, room, HistoryDirection::around, Ordinal(1), 2});
    EXPECT_THAT(ordinals(bo->last<History>()->messages), testing::ElementsAre(Ordinal(4)));
    say(*bo, LoadMessages{5, room, {Ordinal(1), Ordinal(4)}});
    EXPECT_THAT(ordinals(bo->last<Messages>()->messages), testing::ElementsAre(Ordinal(4)));
    EXPECT_THAT(received(*bo), testing::Each(testing::Ge(Ordinal(4))));
}

TEST_F(NewcomersTest, OfOlderMessagesHearOnlyThatSomethingWas) {
    say(*bo, JoinRoom{next_op(), room});
    const auto before = heard(*bo, room).size();
    say(*ana, EditText{next_op(), room, Ordinal(2), *MessageText::from("secret words")});
    say(*ana, SetReaction{next_op(), room, Ordinal(1), *Emoji::from("\U0001F389"), true});
    say(*ana, SetPin{next_op(), room, Ordinal(1), true});
    say(*ana, DeleteMessage{next_op(), room, Ordinal(3)});
    const auto events = heard(*bo, room);
    ASSERT_EQ(events.size(), before + 4);
    for (std::size_t i = before; i < events.size(); ++i)
        EXPECT_TRUE(std::holds_alternative<EventConcealed>(events[i].body));
    EXPECT_EQ(events.back().sequence, heard(*ana, room).back().sequence) << "the log is dense for her too";
    EXPECT_TRUE(std::holds_alternative<MessageDeleted>(heard(*ana, room).back().body));
    say(*bo, ListPins{7, room});
    EXPECT_TRUE(bo->last<Pins>()->ordinals.empty());
}

TEST_F(NewcomersTest, MayNotTouchWhatTheyMayNotRead) {
    say(*bo, JoinRoom{next_op(), room});
    const auto reason = [&] { return bo->last<Refused>().value_or(Refused{}).reason; };
    say(*bo, SetReaction{next_op(), room, Ordinal(1), *Emoji::from("\U0001F389"), true});
    EXPECT_EQ(reason(), Refusal::no_such_message);
    say(*bo, SetPin{next_op(), room, Ordinal(1), true});
    EXPECT_EQ(reason(), Refusal::no_such_message);
    say(*bo, PostText{next_op(), room, *MessageText::from("what?"), Ordinal(1)});
    EXPECT_EQ(reason(), Refusal::no_such_message);
    EXPECT_EQ(bo->all<Refused>().size(), 3u);
}

TEST_F(NewcomersTest, AResumeAndASyncBringNoMoreThanTheyMayRead) {
    say(*bo, JoinRoom{next_op(), room});
    post(*ana, room, "four");
    say(*ana, EditText{next_op(), room, Ordinal(2), *MessageText::from("secret words")});
    server->disconnect(*bo);
    restart(2);
    auto& back = server->sign_in(token_of_bo, {0, {}, {}, {{room, Sequence(1)}}});
    say(back, SyncRoom{9, room, Sequence(0)});
    EXPECT_THAT(texts(heard(back, room)), testing::Each(testing::Eq("four")));
    EXPECT_THAT(received(back), testing::AllOf(testing::SizeIs(testing::Ge(2)), testing::Each(Ordinal(4))));
}

TEST_F(NewcomersTest, HearNoEarlierTopicOrNameAndAllOfWhatBecameOfTheRoomSince) {
    const auto topic = [&](const char* words) { say(*ana, SetTopic{next_op(), room, *RoomTopic::from(words)}); };
    topic("secret topic");
    say(*ana, RenameRoom{next_op(), room, *RoomName::from("secret-name")});
    topic("of now");
    say(*ana, RenameRoom{next_op(), room, *RoomName::from("plans")});
    say(*bo, JoinRoom{next_op(), room});
    topic("since she came");
    for (const bool is_loaded : {true, false}) {
        if (!is_loaded) restart(2), bo = &server->sign_in(token_of_bo);
        bo->received.clear();
        say(*bo, SyncRoom{2, room, Sequence(0)});
        std::vector<std::string> topics;
        const auto events = heard(*bo, room);
        for (const auto& event : events) {
            EXPECT_FALSE(std::holds_alternative<RoomRenamed>(event.body));
            if (const auto* changed = std::get_if<TopicChanged>(&event.body)) topics.push_back(changed->topic.str());
        }
        EXPECT_THAT(topics, testing::ElementsAre("since she came"));
        ASSERT_FALSE(events.empty());
        EXPECT_EQ(events.back().sequence.value(), events.size()) << "the log is dense for her too";
        say(*bo, LoadHistory{3, room, HistoryDirection::before, Ordinal(), 50});
        ASSERT_EQ(bo->last<History>()->changes.size(), 1u) << "though nothing was said since";
        EXPECT_EQ(std::get<TopicChanged>(bo->last<History>()->changes[0].body).topic.view(), "since she came");
    }
}

TEST_F(NewcomersTest, WhoAsksRightBehindHerJoiningReadsNothingOfBefore) {
    server->say(*bo, JoinRoom{next_op(), room});
    server->say(*bo, LoadHistory{1, room, HistoryDirection::before, Ordinal(), 50});
    server->say(*bo, SyncRoom{2, room, Sequence(0)});
    idle();
    EXPECT_TRUE(received(*bo).empty());
}

TEST_F(NewcomersTest, WhoWasThereBeforeTheRuleReadsOnAndARuleOfLaterChangesNothingForThoseWhoCame) {
    say(*bo, JoinRoom{next_op(), room});
    let_newcomers_read(NewcomersRead::all);
    say(*bo, LoadHistory{1, room, HistoryDirection::before, Ordinal(), 50});
    EXPECT_TRUE(bo->last<History>()->messages.empty());
    say(*ana, LoadHistory{1, room, HistoryDirection::before, Ordinal(), 50});
    EXPECT_EQ(ana->last<History>()->messages.size(), 3u);
    auto& cy = account("cy");
    say(cy, JoinRoom{next_op(), room});
    say(cy, LoadHistory{1, room, HistoryDirection::before, Ordinal(), 50});
    EXPECT_EQ(cy.last<History>()->messages.size(), 3u);
}

// --- three races, each as often as its order can be another

TEST_F(NewcomersTest, WhoAsksBehindASettingAndHerJoiningWhileBothAreUnderWayIsAnsweredByTheNewRule) {
    std::vector<Token> guests;
    for (int i = 1; i <= 60; ++i) guests.push_back(server->make_account("g" + std::to_string(i)));
    for (std::uint64_t seed = 1; seed <= guests.size(); ++seed) {
        restart(seed);
        auto& owner = server->sign_in(token_of_ana);
        auto& guest = server->sign_in(guests[seed - 1]);
        let_newcomers_read(owner, NewcomersRead::all);
        server->say(owner, ChangeRoomSettings{next_op(), room, std::nullopt, NewcomersRead::since_joining});
        server->run_steps(seed % 4);
        server->say(guest, JoinRoom{next_op(), room});
        server->run_steps(seed % 7);
        server->say(guest, LoadHistory{1, room, HistoryDirection::before, Ordinal(), 50});
        server->say(guest, LoadMessages{2, room, {Ordinal(1), Ordinal(2)}});
        server->say(guest, SyncRoom{3, room, Sequence(0)});
        idle();
        const auto floor = entry_of(guest).reads_from;
        EXPECT_THAT(received(guest), testing::Each(testing::Ge(floor))) << seed;
    }
}

TEST_F(NewcomersTest, ADeviceThatComesWhileItsPersonComesBackHearsWhatIsSaidThen) {
    say(*bo, JoinRoom{next_op(), room});
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        restart(seed);
        auto& owner = server->sign_in(token_of_ana);
        auto& first = server->sign_in(token_of_bo);
        server->say(first, LeaveRoom{next_op(), room});
        server->say(first, JoinRoom{next_op(), room});
        server->run_steps(seed % 5);
        auto& second = server->connect();
        server->say(second, Hello{});
        server->say(second, Resume{1, token_of_bo, {}, {}});
        idle();
        post(owner, room, "later");
        idle();
        EXPECT_THAT(texts(heard(first, room)), testing::Contains("later")) << seed;
        EXPECT_THAT(texts(heard(second, room)), testing::Contains("later")) << seed;
    }
}

TEST_F(NewcomersTest, WhatWasSaidBetweenHerLeavingAndHerReturnIsNotReadAheadOfThem) {
    say(*bo, JoinRoom{next_op(), room});
    int written_between = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        restart(seed);
        auto& owner = server->sign_in(token_of_ana);
        auto& first = server->sign_in(token_of_bo);
        auto& second = server->sign_in(token_of_bo);
        const auto words = "between " + std::to_string(seed);
        server->say(first, LeaveRoom{next_op(), room});
        server->run_steps(3 + seed % 6);
        const auto between = post(owner, room, words);
        for (std::uint32_t ask = 0; ask < 4; ++ask) {
            server->run_steps(1 + seed % 3);
            server->say(second, LoadHistory{ask, room, HistoryDirection::before, Ordinal(), 50});
            if (ask == 1) server->say(first, JoinRoom{next_op(), room});
        }
        idle();
        // Unless it was written while she was there.
        Sequence left, posted, back;
        for (const auto& event : heard(owner, room)) {
            if (std::holds_alternative<MemberLeft>(event.body)) left = event.sequence;
            if (std::holds_alternative<MemberJoined>(event.body)) back = event.sequence;
            const auto* message = std::get_if<MessagePosted>(&event.body);
            if (message && message->op == between) posted = event.sequence;
        }
        if (posted < left || posted > back) continue;
        ++written_between;
        for (const auto& page : second.all<History>())
            for (const auto& message : page.messages) EXPECT_NE(message.text.view(), words) << seed;
    }
    EXPECT_GT(written_between, 0);
}

// Whatever is done and asked, in whatever order: nobody receives anything of a message from before her floor, nor what
// became of the room before she came. The lowest of all her floors counts, for what she read while she might she has.
class NewcomersAtRandom : public NewcomersTest {
  protected:
    struct Floor {
        Ordinal message;
        Sequence news;
    };
    void begin(std::uint64_t seed) {
        dice_.seed(seed);
        seed_ = seed;
        const auto name = [&](char who) { return std::string(1, who) + "x" + std::to_string(seed); };
        owner_ = &account(name('o'));
        people_ = {&account(name('p')), &account(name('q')), &account(name('r'))};
        change(*owner_, CreateRoom{{}, *RoomName::from(name('z'))});
        idle();
        room = owner_->last<Done>()->room;
        change(*owner_, ChangeRoomSettings{{}, room, std::nullopt, NewcomersRead::since_joining});
        for (int i = 0; i < 3; ++i) change(*owner_, PostText{{}, room, *MessageText::from("before"), {}});
        idle();
    }
    std::uint64_t below(std::uint64_t end) { return dice_() % end; }
    template <class Change>
    void change(MemoryConnection& who, Change message) {
        message.op = {OutboxId(1'000 * seed_ + 1), ++last_op};
        server->say(who, message);
    }
    void step() {
        auto& who = below(3) == 0 ? *owner_ : *people_[below(people_.size())];
        const auto what = below(14);
        if (what < 10)
            change_something(who, what);
        else
            ask_something(who, what);
        if (below(2) == 0) idle();
    }
    void change_something(MemoryConnection& who, std::uint64_t what) {
        const Ordinal message(1 + below(10));
        const auto words = std::to_string(below(1'000));
        switch (what) {
            case 0:
            case 1:
                if (&who != owner_) change(who, JoinRoom{{}, room});
                break;
            case 2:
                if (&who != owner_) change(who, LeaveRoom{{}, room});
                break;
            case 3:
                change(who, PostText{{}, room, *MessageText::from("words"), {}});
                break;
            case 4:
                change(*owner_, EditText{{}, room, message, *MessageText::from(words)});
                break;
            case 5:
                change(*owner_, SetPin{{}, room, message, below(2) == 0});
                break;
            case 6:
                change(*owner_, SetReaction{{}, room, message, *Emoji::from("\U0001F389"), below(2) == 0});
                break;
            case 7:
                change(*owner_, DeleteMessage{{}, room, message});
                break;
            case 8:
                change(*owner_, SetTopic{{}, room, *RoomTopic::from(words)});
                break;
            default:
                idle();
        }
    }
    void ask_something(MemoryConnection& who, std::uint64_t what) {
        switch (what) {
            case 10:
                return server->say(who, LoadHistory{1, room, HistoryDirection(1 + below(3)), Ordinal(below(10)), 5});
            case 11:
                return server->say(who, LoadMessages{2, room, {Ordinal(1 + below(10)), Ordinal(1), Ordinal(2)}});
            case 12:
                return server->say(who, ListPins{3, room});
            default:
                return server->say(who, SyncRoom{4, room, Sequence(below(8))});
        }
    }
    // Nothing: she was never in it.
    std::optional<Floor> floor_of(const MemoryConnection& who) {
        std::optional<Floor> floor;
        for (const auto& events : who.all<AccountEvents>()) {
            for (const auto& event : events.events) {
                const auto* added = std::get_if<RoomAdded>(&event.body);
                if (added == nullptr || added->room.id != room) continue;
                const Floor here{added->room.reads_from, added->room.head};
                floor = floor ? Floor{std::min(floor->message, here.message), std::min(floor->news, here.news)} : here;
            }
        }
        return floor;
    }
    std::vector<Sequence> topics_told(const MemoryConnection& who) {
        std::vector<Sequence> found;
        const auto look = [&](const RoomEvent& event) {
            if (std::holds_alternative<TopicChanged>(event.body)) found.push_back(event.sequence);
        };
        for (const auto& event : heard(who, room)) look(event);
        for (const auto& page : who.all<History>())
            if (page.room == room)
                for (const auto& event : page.changes) look(event);
        return found;
    }

    std::mt19937_64 dice_;
    std::uint64_t seed_ = 0;
    MemoryConnection* owner_ = nullptr;
    std::vector<MemoryConnection*> people_;
};

TEST_F(NewcomersAtRandom, NobodyEverReceivesWhatIsFromBeforeHerFloor) {
    std::size_t topics = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        begin(seed);
        for (int i = 0; i < 60; ++i) step();
        idle();
        for (const auto* who : people_) {
            const auto floor = floor_of(*who);
            if (!floor) {
                EXPECT_TRUE(received(*who).empty()) << seed;
                continue;
            }
            EXPECT_GE(floor->message, Ordinal(4)) << seed;
            EXPECT_THAT(received(*who), testing::Each(testing::Ge(floor->message))) << seed;
            EXPECT_THAT(topics_told(*who), testing::Each(testing::Gt(floor->news))) << seed;
            topics += topics_told(*who).size();
        }
    }
    EXPECT_GT(topics, 0u) << "nobody was told of any";
}

}  // namespace
}  // namespace parley::support
