// What is said about a message in a room of its own, and who follows it.
#include "open_store.hpp"
#include "protocol/limits.hpp"

namespace parley::sqlite {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class Threads : public testing::Test, public OpenStore {
  protected:
    Threads() {
        for (const auto user : {bo, cy}) join(user, garden);
        post(ana, garden, "what shall we plant?");
        post(bo, garden, "something else");
    }
    store::Outcome open_thread(UserId user, Ordinal message = Ordinal(1)) {
        return apply(store::OpenThread{operation(user), {garden, message}, fresh_room(), kNow});
    }
    RoomId thread_by(UserId user, Ordinal message = Ordinal(1)) { return open_thread(user, message).result.room; }
    store::Outcome say(UserId user, RoomId thread, std::string_view words, std::vector<UserId> to = {}) {
        const Timestamp time{kNow.milliseconds + ++said_};
        store::AppendMessage change{operation(user), thread, MessageText::cut(words), time};
        change.mentioned.people = std::move(to);
        return apply(change);
    }
    store::Outcome leave(UserId user, RoomId room) { return apply(store::LeaveRoom{operation(user), room, kNow}); }
    std::optional<ThreadSoFar> so_far(Ordinal message = Ordinal(1)) {
        return reader->messages(garden, std::array{message})->messages.at(0).thread;
    }
    std::vector<UserId> followers(RoomId thread) { return reader->room(thread)->value().members; }

    UserId ana = register_person("ana");
    UserId bo = register_person("bo");
    UserId cy = register_person("cy");
    RoomId garden = create_room(ana, "garden");
    std::int64_t said_ = 0;
};

TEST_F(Threads, BegunByAnybodyItIsFollowedByWhoWroteTheMessageFromTheFirstReplyOn) {
    const auto thread = thread_by(bo);
    EXPECT_THAT(followers(thread), ElementsAre(bo)) << "nothing was said: it takes nobody's place";
    EXPECT_EQ(summary(bo, thread).kind, RoomKind::thread);
    EXPECT_EQ(summary(bo, thread).root, (ThreadRoot{garden, Ordinal(1)}));
    EXPECT_EQ(so_far(), std::nullopt) << "nobody has said anything";
    EXPECT_EQ(thread_by(cy), thread) << "a message has one thread";
    EXPECT_EQ(thread_by(cy), thread);
    EXPECT_THAT(followers(thread), UnorderedElementsAre(bo, cy));
    EXPECT_NE(thread_by(cy, Ordinal(2)), thread);
    say(bo, thread, "roses");
    EXPECT_THAT(followers(thread), UnorderedElementsAre(ana, bo, cy));
    EXPECT_EQ(summary(ana, thread).unread, 1u);
    leave(ana, thread);
    say(bo, thread, "tulips");
    EXPECT_THAT(followers(thread), UnorderedElementsAre(bo, cy)) << "she has left";
}

TEST_F(Threads, NobodyIsBroughtInByWhomSheBlocks) {
    apply(store::SetBlock{operation(ana), bo, true});
    apply(store::SetBlock{operation(cy), bo, true});
    const auto thread = thread_by(bo);
    say(bo, thread, "<@" + std::to_string(cy.value()) + ">", {cy});
    EXPECT_THAT(followers(thread), ElementsAre(bo));
}

// Empty ones, which anybody may make of her messages, push nothing out.
TEST_F(Threads, ThoseWithoutAReplyAreLetGoFirst) {
    const auto thread = thread_by(cy);
    say(bo, thread_by(bo), "said");
    for (std::size_t i = 1; i < limits::kThreadsFollowed + 5; ++i) {
        post(ana, garden, "another one");
        static_cast<void>(thread_by(cy, Ordinal(2 + i)));
    }
    EXPECT_THAT(followers(thread), Contains(cy));
}

TEST_F(Threads, WhatIsSaidInItIsToldAtTheMessageInTheSameCommit) {
    const auto thread = thread_by(bo);
    const auto outcome = say(bo, thread, "roses");
    EXPECT_EQ(outcome.result.room, thread);
    EXPECT_EQ(outcome.result.ordinal, Ordinal(1));
    ASSERT_THAT(effects.room_events, SizeIs(3)) << "and who wrote the message follows it before";
    EXPECT_EQ(std::get<MemberJoined>(effects.room_events[0].event.body).user, ana);
    EXPECT_EQ(effects.room_events[1].room, thread);
    EXPECT_EQ(effects.room_events[2].room, garden);
    const ThreadSoFar told{thread, 1, {kNow.milliseconds + 1}};
    EXPECT_EQ(std::get<ThreadChanged>(effects.room_events[2].event.body), (ThreadChanged{Ordinal(1), told}));
    EXPECT_EQ(so_far(), told);
    EXPECT_EQ(reader->messages(garden, std::array{Ordinal(1)})->messages.at(0).revision,
              effects.room_events[2].event.sequence);
    EXPECT_EQ(summary(ana, thread).unread, 1u);
    EXPECT_EQ(summary(bo, thread).unread, 0u);
    EXPECT_EQ(summary(ana, garden).last_ordinal, Ordinal(2)) << "it is no message of the room";
    say(ana, thread, "or tulips");
    apply(store::DeleteMessage{operation(bo), thread, Ordinal(1), kNow});
    EXPECT_EQ(so_far(), (ThreadSoFar{thread, 1, {kNow.milliseconds + 2}}));
    apply(store::DeleteMessage{operation(bo), thread, Ordinal(1), kNow});
    EXPECT_EQ(so_far()->replies, 1u) << "it was deleted already";
}

TEST_F(Threads, ADeletedMessageKeepsItsThreadAndGetsNoNewOne) {
    const auto thread = thread_by(bo);
    say(bo, thread, "roses");
    apply(store::DeleteMessage{operation(ana), garden, Ordinal(1), kNow});
    EXPECT_EQ(so_far()->replies, 1u);
    EXPECT_TRUE(say(bo, thread, "never mind").done());
    EXPECT_EQ(so_far()->replies, 2u);
    EXPECT_EQ(thread_by(cy), thread);
    apply(store::DeleteMessage{operation(bo), garden, Ordinal(2), kNow});
    EXPECT_THAT(open_thread(cy, Ordinal(2)), is_refused(Refusal::message_deleted));
}

TEST_F(Threads, WhomItMentionsFollowsItAndIsTold) {
    const auto thread = thread_by(bo);
    say(bo, thread, "ask <@" + std::to_string(cy.value()) + ">", {cy});
    EXPECT_THAT(followers(thread), Contains(cy));
    EXPECT_EQ(summary(cy, thread).unread, 1u);
    EXPECT_THAT(summary(cy, thread).mentions.items(), ElementsAre(Ordinal(1)));
    const auto dee = register_person("dee");
    say(bo, thread, "and <@" + std::to_string(dee.value()) + ">", {dee});
    EXPECT_THAT(followers(thread), UnorderedElementsAre(ana, bo, cy)) << "who is not in the room sees nothing of it";
}

TEST_F(Threads, WhoIsNotInTheRoomFindsNoThread) {
    const auto dee = register_person("dee");
    const auto thread = thread_by(bo);
    EXPECT_THAT(open_thread(dee), is_refused(Refusal::not_a_member));
    EXPECT_THAT(say(dee, thread, "me too"), is_refused(Refusal::no_such_room));
    EXPECT_THAT(join(dee, thread), is_refused(Refusal::no_such_room));
    EXPECT_THAT(apply(store::InviteToRoom{operation(bo), thread, cy, kNow}), is_refused(Refusal::not_in_a_chat));
    EXPECT_THAT(open_thread(bo, Ordinal(9)), is_refused(Refusal::no_such_message));
    EXPECT_THAT(apply(store::OpenThread{operation(bo), {thread, Ordinal(1)}, fresh_room(), kNow}),
                is_refused(Refusal::no_thread_in_a_thread));
}

TEST_F(Threads, WhoLeavesTheRoomLeavesItsThreads) {
    const auto thread = thread_by(bo);
    EXPECT_TRUE(leave(bo, garden).done());
    EXPECT_THAT(followers(thread), IsEmpty());
    EXPECT_THAT(effects.account_events, SizeIs(2));
    EXPECT_THAT(say(bo, thread, "still here?"), is_refused(Refusal::no_such_room));
    EXPECT_EQ(thread_by(ana), thread);
    EXPECT_TRUE(leave(ana, thread).done()) << "it is left by itself too";
    EXPECT_THAT(followers(thread), IsEmpty());
    EXPECT_EQ(thread_by(ana), thread);
}

TEST_F(Threads, TheRulesOfTheRoomAreItsRules) {
    const auto thread = thread_by(bo);
    say(bo, thread, "before");
    store::ChangeRoomSettings some{operation(ana), garden, {}, kNow};
    some.posts = WhoPosts::some;
    apply(some);
    EXPECT_THAT(say(bo, thread, "me too"), is_refused(Refusal::may_not_post));
    EXPECT_TRUE(say(ana, thread, "I may").done());
    apply(store::SetPoster{operation(ana), garden, bo, true, kNow});
    EXPECT_TRUE(say(bo, thread, "now I may").done());
    store::ChangeRoomSettings archive{operation(ana), garden, {}, kNow};
    archive.archived = true;
    apply(archive);
    EXPECT_THAT(say(ana, thread, "too late"), is_refused(Refusal::room_archived));
    EXPECT_THAT(apply(store::SetReaction{operation(ana), thread, Ordinal(1), Emoji::cut("a"), true}),
                is_refused(Refusal::room_archived));
    EXPECT_EQ(thread_by(cy), thread) << "it is still read";
    EXPECT_THAT(open_thread(cy, Ordinal(2)), is_refused(Refusal::room_archived));
}

TEST_F(Threads, WhoTakesNoMessagesOfSomebodyTakesNoneInTheThreadsOfTheirChat) {
    const auto chat = fresh_room();
    apply(store::OpenDirectChat{operation(ana), chat, bo, kNow});
    post(ana, chat, "hello");
    const store::OpenThread opening{operation(bo), {chat, Ordinal(1)}, fresh_room(), kNow};
    const auto thread = apply(opening).result.room;
    EXPECT_TRUE(say(bo, thread, "hello yourself").done());
    apply(store::SetBlock{operation(ana), bo, true});
    EXPECT_THAT(say(bo, thread, "hear me"), is_refused(Refusal::takes_no_messages));
    EXPECT_TRUE(post(ana, chat, "never again").done());
    const store::OpenThread another{operation(bo), {chat, Ordinal(2)}, fresh_room(), kNow};
    EXPECT_THAT(apply(another), is_refused(Refusal::takes_no_messages));
}

TEST_F(Threads, ANewcomerOpensNoneOfWhatSheMayNotRead) {
    store::ChangeRoomSettings rule{operation(ana), garden, {}, kNow};
    rule.newcomers = NewcomersRead::since_joining;
    apply(rule);
    const auto thread = thread_by(bo);
    const auto dee = register_person("dee");
    join(dee, garden);
    EXPECT_THAT(open_thread(dee), is_refused(Refusal::no_such_message));
    say(bo, thread, "<@" + std::to_string(dee.value()) + ">", {dee});
    EXPECT_THAT(followers(thread), UnorderedElementsAre(ana, bo));
}

TEST_F(Threads, OfTooManyTheOneFollowedLongestWithNothingNewIsLetGo) {
    std::vector<RoomId> threads;
    for (std::size_t i = 0; i < limits::kThreadsFollowed; ++i) {
        post(ana, garden, "another one");
        threads.push_back(thread_by(cy, Ordinal(3 + i)));
        say(cy, threads.back(), "mine");
    }
    say(ana, threads[0], "something new");
    EXPECT_THAT(reader->person(cy)->value().rooms, SizeIs(2 + limits::kThreadsFollowed));
    const auto one_more = thread_by(cy);
    EXPECT_THAT(followers(one_more), Contains(cy));
    EXPECT_THAT(followers(threads[0]), Contains(cy)) << "there is something new in it";
    EXPECT_THAT(followers(threads[1]), Not(Contains(cy)));
    EXPECT_THAT(reader->person(cy)->value().rooms, SizeIs(2 + limits::kThreadsFollowed));
    EXPECT_TRUE(apply(store::CreateRoom{operation(cy), fresh_room(), RoomName::cut("pond"), kNow}).done());
}

TEST_F(Threads, AResendGetsTheFirstAnswer) {
    const store::OpenThread opening{operation(bo), {garden, Ordinal(1)}, fresh_room(), kNow};
    const auto first = apply(opening);
    auto again = opening;
    again.thread = fresh_room();
    EXPECT_EQ(apply(again).result, first.result);
    close();
    open();
    EXPECT_EQ(apply(again).result, first.result);
    EXPECT_THAT(effects.room_events, IsEmpty());
}

}  // namespace
}  // namespace parley::sqlite
