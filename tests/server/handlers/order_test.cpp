// What must hold whatever order the shards and the store run in: for many seeds, random people post, join, leave and
// come back, and every connection must have heard each room dense and in one order.
#include <map>
#include <random>

#include "server_fixture.hpp"

namespace parley::support {
namespace {

constexpr std::uint64_t kSeeds = 40;
constexpr int kSteps = 120;

class Walk {
  public:
    Walk(SeededServer& server, std::uint64_t seed) : server_(server), chance_(seed) {
        for (const auto* name : {"ana", "bo", "cy", "dee"}) {
            tokens_.push_back(server.make_account(name));
            connections_.push_back(&server.sign_in(tokens_.back()));
        }
        room_ = connections_[0]->last<Welcome>()->rooms[0].id;
    }

    void step() {
        const auto who = chance_() % connections_.size();
        auto& connection = *connections_[who];
        switch (chance_() % 10) {
            case 0:
                server_.say(connection, JoinRoom{next_op(who), room_});
                break;
            case 1:
                server_.say(connection, LeaveRoom{next_op(who), room_});
                break;
            case 2:
                come_back(who);
                break;
            case 3:
                server_.run_until_idle();
                break;
            default:
                server_.say(connection,
                            PostText{next_op(who), room_, *MessageText::from("step " + std::to_string(++posts_))});
        }
    }

    void check() {
        server_.run_until_idle();
        std::map<Sequence, RoomEvent> agreed;
        for (const auto* connection : all_) check_one(*connection, agreed);
        for (const auto* connection : connections_) check_one(*connection, agreed);
    }

  private:
    OpId next_op(std::size_t who) { return {OutboxId(who + 1), ++last_op_}; }

    void come_back(std::size_t who) {
        server_.disconnect(*connections_[who]);
        all_.push_back(connections_[who]);
        server_.run_until_idle();
        connections_[who] = &server_.sign_in(tokens_[who]);
    }

    // Between one Subscribed and the next each event is the one after the last, and nobody disagrees about it.
    void check_one(const MemoryConnection& connection, std::map<Sequence, RoomEvent>& agreed) {
        std::optional<Sequence> last;
        UserId self;
        for (const auto& message : connection.received) {
            if (const auto* subscribed = std::get_if<Subscribed>(&message)) last = subscribed->head;
            if (const auto* welcome = std::get_if<Welcome>(&message)) self = welcome->user;
            const auto* frame = std::get_if<RoomEvents>(&message);
            if (!frame) continue;
            for (const auto& event : frame->events) {
                ASSERT_TRUE(last) << "an event before Subscribed";
                ASSERT_EQ(event.sequence, last->next());
                last = event.sequence;
                // Who has left hears nothing more, not even of the same commit, until she hears Subscribed again.
                const auto* left = std::get_if<MemberLeft>(&event.body);
                if (left && left->user == self) last.reset();
                ASSERT_EQ(agreed.try_emplace(event.sequence, event).first->second, event);
            }
        }
    }

    SeededServer& server_;
    std::mt19937_64 chance_;
    std::vector<Token> tokens_;
    std::vector<MemoryConnection*> connections_;
    std::vector<const MemoryConnection*> all_;
    RoomId room_;
    std::uint64_t last_op_ = 0;
    int posts_ = 0;
};

TEST(OrderTest, EveryConnectionHearsTheRoomDenseAndInOneOrder) {
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        TemporaryDirectory directory(TemporaryDirectory::Where::memory);
        auto backend = sqlite::SqliteBackend::open(directory.path());
        ASSERT_TRUE(backend.has_value());
        SeededServer server(**backend, seed);
        Walk walk(server, seed);
        for (int i = 0; i < kSteps; ++i) walk.step();
        walk.check();
        if (testing::Test::HasFatalFailure()) return;
    }
}

using OrderOfOneTest = ServerFixture;

// Her first sending was done and its event told her; the refusal of the second one comes late. She never sends it
// again, so what waits for it must learn that.
TEST_F(OrderOfOneTest, AConfirmationEndsTheWaitForAnOperationThatIsSettledAlready) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    const auto first = post(ana, room, "done already");
    idle();
    for (std::size_t i = 0; i < limits::kUnansweredPerSession; ++i) post(ana, room, "many at once");
    server->say(ana, PostText{first, room, *MessageText::from("done already")});
    server->run_shards();  // all are asked before one is answered
    idle();
    ASSERT_EQ(ana.last<Refused>()->op, first);
    ASSERT_EQ(ana.last<Refused>()->reason, Refusal::too_many_unanswered);
    post(ana, room, "later");
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::behind_a_refused_one);
    server->say(ana, ConfirmResults{first.outbox, last_op});
    const auto later = post(ana, room, "later");
    idle();
    EXPECT_EQ(ana.last<Done>()->op, later);
}

}  // namespace
}  // namespace parley::support
