// Random operations against a model that is a few maps: whatever comes, resent or not, rolled back or not, every room's
// sequences and ordinals are dense, its events tell its members, and each operation happens once.
#include <map>
#include <random>
#include <set>

#include "open_store.hpp"

namespace parley::sqlite {
namespace {

struct ModelRoom {
    std::uint64_t head = 0;
    std::uint64_t last_ordinal = 0;
    std::set<UserId> members;
    std::vector<std::string> texts;
    std::vector<RoomEvent> events;
};

class StoreModel : public testing::TestWithParam<std::uint32_t>, public OpenStore {
  protected:
    void begin() {
        for (const char* name : {"ana", "bo", "cy", "dee"}) {
            people.push_back(register_person(name));
            take_effects();
        }
        for (const char* name : {"garden", "pond", "attic"}) {
            create_room(people[0], name);
            take_effects();
        }
        for (const auto& [id, room] : rooms) ids.push_back(id);
    }
    std::size_t pick(std::size_t count) { return chance() % count; }

    // What the events say is what the model believes from then on; that they are dense is checked here.
    void take_effects() {
        for (auto& [room, event] : effects.room_events) {
            auto& known = rooms[room];
            EXPECT_EQ(event.sequence.value(), ++known.head);
            if (const auto* joined = std::get_if<MemberJoined>(&event.body)) {
                EXPECT_TRUE(known.members.insert(joined->user).second);
            }
            if (const auto* left = std::get_if<MemberLeft>(&event.body)) {
                EXPECT_EQ(known.members.erase(left->user), 1u);
            }
            if (const auto* posted = std::get_if<MessagePosted>(&event.body)) {
                EXPECT_EQ(posted->ordinal.value(), ++known.last_ordinal);
                EXPECT_TRUE(known.members.contains(posted->author));
                known.texts.push_back(posted->text.str());
            }
            known.events.push_back(event);
        }
        effects = {};
    }

    store::Change random_change() {
        const auto user = people[pick(people.size())];
        const auto room = ids[pick(ids.size())];
        switch (pick(6)) {
            case 0:
                return store::JoinRoom{operation(user), room, kNow};
            case 1:
                return store::LeaveRoom{operation(user), room, kNow};
            case 2:
                return store::MoveRead{user, room, {ReadTurn(pick(3)), Ordinal(pick(40))}};
            default:
                return store::AppendMessage{operation(user), room, MessageText::cut("text " + std::to_string(chance())),
                                            kNow};
        }
    }

    void check() {
        for (const auto& [id, room] : rooms) {
            const auto stored = reader->room(id)->value();
            EXPECT_EQ(stored.head.value(), room.head);
            EXPECT_EQ(stored.last_ordinal.value(), room.last_ordinal);
            EXPECT_EQ(std::set<UserId>(stored.members.begin(), stored.members.end()), room.members);
            EXPECT_EQ(reader->events_after(id, {})->events, room.events);
            check_texts(id, room);
        }
    }
    void check_texts(RoomId id, const ModelRoom& room) {
        std::vector<std::string> texts;
        for (Ordinal at; texts.size() < room.texts.size();) {
            const auto page = reader->history(id, HistoryDirection::after, at, 7)->messages;
            ASSERT_FALSE(page.empty());
            for (const auto& message : page) texts.push_back(message.text.str());
            at = page.back().ordinal;
        }
        EXPECT_EQ(texts, room.texts);
    }

    std::mt19937 chance{GetParam()};
    std::vector<UserId> people;
    std::vector<RoomId> ids;
    std::map<RoomId, ModelRoom> rooms;
};

TEST_P(StoreModel, AgreesWithTheStore) {
    begin();
    std::vector<std::pair<store::Change, store::Outcome>> sent;
    for (int batch = 0; batch < 25; ++batch) {
        ASSERT_TRUE(writer->begin());
        std::vector<std::pair<store::Change, store::Outcome>> now;
        for (std::size_t i = 1 + pick(12); i > 0; --i) {
            const bool resend = !sent.empty() && pick(4) == 0;
            const auto change = resend ? sent[pick(sent.size())].first : random_change();
            const auto outcome = writer->apply(change, effects).value();
            now.emplace_back(change, outcome);
        }
        if (pick(4) == 0) {
            writer->rollback();
            effects = {};
            continue;
        }
        ASSERT_TRUE(writer->commit());
        take_effects();
        sent.insert(sent.end(), now.begin(), now.end());
    }
    check();
    std::map<OpId, store::Result> results;
    for (const auto& [change, outcome] : sent) {
        if (!std::holds_alternative<store::AppendMessage>(change) || !outcome.done()) continue;
        const auto [known, is_new] =
            results.emplace(std::get<store::AppendMessage>(change).operation.op, outcome.result);
        EXPECT_EQ(known->second, outcome.result) << "one operation, one result";
    }
    close();
    open();
    check();
}

INSTANTIATE_TEST_SUITE_P(Seeds, StoreModel, testing::Range(1u, 21u));

}  // namespace
}  // namespace parley::sqlite
