#include "server_fixture.hpp"

namespace parley::support {
namespace {

using namespace std::chrono_literals;

class PeopleTest : public ServerFixture {
  protected:
    static std::optional<Presence> presence_of(const MemoryConnection& seen_by, UserId user) {
        std::optional<Presence> last;
        for (const auto& changed : seen_by.all<PresenceChanged>()) {
            for (const auto& person : changed.people) {
                if (person.user == user) last = person.presence;
            }
        }
        return last;
    }
};

TEST_F(PeopleTest, ComingAndGoingIsToldToTheRoomInBatches) {
    auto& ana = account("ana");
    server->say(ana, WatchRooms{{room_of(ana)}});
    server->advance(2s);
    ana.received.clear();
    const auto token = server->make_account("bo");
    auto& one = server->sign_in(token);
    auto& two = server->sign_in(token);
    server->advance(2s);
    EXPECT_EQ(presence_of(ana, user_of(one)), Presence::online);
    EXPECT_EQ(ana.all<PresenceChanged>().size(), 1u);
    const auto bo = user_of(one);
    server->disconnect(one);
    server->advance(2s);
    EXPECT_EQ(presence_of(ana, bo), Presence::online);
    server->say(two, ReportPresence{Presence::away});
    server->advance(2s);
    EXPECT_EQ(presence_of(ana, bo), Presence::away);
    server->disconnect(two);
    server->advance(2s);
    EXPECT_EQ(presence_of(ana, bo), Presence::offline);
}

TEST_F(PeopleTest, TheMemberListSaysWhoIsThere) {
    auto& ana = account("ana");
    static_cast<void>(server->make_account("bo"));
    server->say(ana, ListMembers{6, room_of(ana)});
    idle();
    const auto members = *ana.last<Members>();
    EXPECT_EQ(members.request, 6u);
    ASSERT_EQ(members.members.size(), 2u);
    for (const auto& member : members.members)
        EXPECT_EQ(member.presence, member.user == user_of(ana) ? Presence::online : Presence::offline);
}

TEST_F(PeopleTest, TypingIsHeardByTheRoomOnly) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    server->say(bo, WatchRooms{{room_of(bo)}});
    server->advance(2s);  // until all is told of who came
    server->say(ana, ReportTyping{room_of(ana)});
    idle();
    ASSERT_TRUE(bo.last<Typing>());
    EXPECT_EQ(bo.last<Typing>()->users.items(), std::vector{user_of(ana)});
}

TEST_F(PeopleTest, AReadPositionReachesEveryDeviceAndOnlyRises) {
    const auto token = server->make_account("ana");
    auto& one = server->sign_in(token);
    auto& two = server->sign_in(token);
    auto& bo = account("bo");
    const auto room = room_of(one);
    for (int i = 0; i < 5; ++i) post(bo, room, "read me");
    idle();
    server->say(one, MarkRead{room, {{}, Ordinal(3)}});
    idle();
    for (const auto* device : {&one, &two}) {
        const auto moved = std::get<ReadMoved>(device->last<AccountEvents>()->events.back().body);
        EXPECT_EQ(moved.read.read, Ordinal(3));
    }
    const auto count = two.all<AccountEvents>().size();
    server->say(two, MarkRead{room, {{}, Ordinal(2)}});
    idle();
    EXPECT_EQ(two.all<AccountEvents>().size(), count);
    server->say(two, MarkRead{room, {{}, Ordinal(1'000)}});  // more than there is
    idle();
    EXPECT_EQ(std::get<ReadMoved>(one.last<AccountEvents>()->events.back().body).read.read, Ordinal(5));
    auto& three = server->sign_in(token);
    EXPECT_EQ(three.last<Welcome>()->rooms[0].read.read, Ordinal(5));
    EXPECT_EQ(three.last<Welcome>()->rooms[0].unread, 0u);
}

TEST_F(PeopleTest, UnreadCountsWhatOthersSaid) {
    const auto token = server->make_account("ana");
    auto& ana = server->sign_in(token);
    auto& bo = account("bo");
    const auto room = room_of(ana);
    post(bo, room, "one");
    post(ana, room, "mine");
    post(bo, room, "two");
    idle();
    EXPECT_EQ(server->sign_in(token).last<Welcome>()->rooms[0].unread, 2u);
}

TEST_F(PeopleTest, MarkedUnreadIsToldToEveryDeviceWithWhatIsUnread) {
    const auto token = server->make_account("ana");
    auto& one = server->sign_in(token);
    auto& two = server->sign_in(token);
    auto& bo = account("bo");
    const auto room = room_of(one);
    for (const auto* words : {"one", "two", "three"}) post(bo, room, words + std::string(" <!all>"));
    idle();
    post(one, room, "mine");
    idle();
    const auto turn = two.all<Welcome>().back().rooms[0].read.turn;
    server->say(one, MarkRead{room, {turn, Ordinal(4)}});
    idle();
    server->say(two, MarkRead{room, {turn.next(), Ordinal(1)}});
    idle();
    const ReadMoved expected{room, {turn.next(), Ordinal(1)}, heard(one, room).back().sequence, Ordinal(4),
                             2,    {Ordinal(2), Ordinal(3)}};
    for (auto* device : {&one, &two})
        EXPECT_EQ(std::get<ReadMoved>(device->last<AccountEvents>()->events.back().body), expected);
    server->say(one, MarkRead{room, {turn, Ordinal(4)}});  // it had not heard of it yet
    idle();
    const auto listed = server->sign_in(token).last<Welcome>()->rooms[0];
    EXPECT_EQ(listed.read, expected.read);
    EXPECT_EQ(listed.unread, 2u);
    EXPECT_EQ(listed.mentions, expected.mentions);
}

TEST_F(PeopleTest, WhoIsMentionedIsCountedUntilTheWordsAreOthers) {
    const auto token = server->make_account("ana");
    auto& ana = server->sign_in(token);
    auto& bo = account("bo");
    const auto room = room_of(ana);
    const auto mark = "<@" + std::to_string(user_of(ana).value()) + ">";
    const auto mentions = [&] { return server->sign_in(token).last<Welcome>()->rooms[0].mentions.size(); };
    post(bo, room, "hello " + mark);
    post(bo, room, "`" + mark + "`");
    idle();
    EXPECT_EQ(mentions(), 1u);
    server->say(bo, EditText{next_op(), room, Ordinal(2), *MessageText::from(mark)});
    idle();
    EXPECT_EQ(mentions(), 2u);
    server->say(bo, DeleteMessage{next_op(), room, Ordinal(1)});
    idle();
    EXPECT_EQ(mentions(), 1u);
}

TEST_F(PeopleTest, ANickIsShownToEverybodyAtOnce) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    server->say(ana, SetNick{next_op(), *Nick::from("Ana of the Hills")});
    idle();
    const auto profile = bo.last<Profiles>()->profiles.back();
    EXPECT_EQ(profile.user, user_of(ana));
    EXPECT_EQ(profile.nick.view(), "Ana of the Hills");
    EXPECT_TRUE(ana.last<Done>());
    for (const auto* bad :
         {"", " x", "x ", "a\u202Eb", "\u200b", "\uFE0F", "\U0001D159", "all", "@here", "\u0397ana"}) {
        server->say(ana, SetNick{next_op(), *Nick::from(bad)});
        idle();
        EXPECT_EQ(ana.last<Refused>()->reason, Refusal::nick_not_allowed) << bad;
    }
}

TEST_F(PeopleTest, ANickThatLooksLikeAnothersIsRefused) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    server->say(ana, SetNick{next_op(), *Nick::from("Pascal")});
    idle();
    server->say(bo, SetNick{next_op(), *Nick::from("Pasca1")});
    idle();
    EXPECT_EQ(bo.last<Refused>()->reason, Refusal::nick_taken);
}

TEST_F(PeopleTest, ABeatIsAnswered) {
    auto& ana = account("ana");
    server->say(ana, ClientBeat{31});
    idle();
    EXPECT_EQ(ana.last<Beat>()->number, 31u);
}

TEST_F(PeopleTest, ConfirmedResultsAreForgottenAndTheirOperationsRefused) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    const PostText message{next_op(), room, *MessageText::from("hi")};
    server->say(ana, message);
    idle();
    server->say(ana, ConfirmResults{message.op.outbox, message.op.number});
    idle();
    server->say(ana, message);
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::op_expired);
    EXPECT_EQ(texts(heard(ana, room)).size(), 1u);
}

// The rates are the person's, not the connection's.
TEST_F(PeopleTest, ComingBackDoesNotFillTheBurstAgain) {
    const auto token = server->make_account("ana");
    server->limit_rates();
    auto* ana = &server->sign_in(token);
    const auto room = room_of(*ana);
    std::size_t done = 0;
    for (int visit = 0; visit < 5; ++visit) {
        for (int i = 0; i < 40; ++i) post(*ana, room, "as fast as it goes");
        idle();
        done += ana->all<Done>().size();
        ASSERT_EQ(ana->last<Refused>()->op->outbox, OutboxId(77));
        server->disconnect(*ana);
        ana = &server->sign_in(token);
    }
    EXPECT_EQ(done, static_cast<std::size_t>(limits::kPostRate.burst));
    server->advance(std::chrono::seconds(1));
    for (int i = 0; i < 40; ++i) post(*ana, room, "a second later");
    idle();
    EXPECT_GT(ana->all<Done>().size(), 0u);
    EXPECT_LE(ana->all<Done>().size(), static_cast<std::size_t>(2 * limits::kPostRate.per_second));
}

}  // namespace
}  // namespace parley::support
