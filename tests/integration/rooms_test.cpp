#include <algorithm>

#include "served_chat.hpp"

namespace parley::served {
namespace {

constexpr std::size_t kRooms = 10;
constexpr std::size_t kMembers = 30;
constexpr std::size_t kPosts = 5;  // of each member

class RoomsServed : public ServedChat {
  protected:
    // People i with i % kRooms == r are in room r; its first member makes it.
    void fill_rooms(Crowd& crowd) {
        auto& people = crowd.people();
        for (std::size_t r = 0; r < kRooms; ++r) {
            const auto op = people[r]->chat().create_room("room-" + std::to_string(r));
            ASSERT_TRUE(op);
            ASSERT_TRUE(crowd.until([&] { return people[r]->done().contains(*op); }));
            rooms.push_back(people[r]->done().at(*op).room);
        }
        for (std::size_t i = kRooms; i < people.size(); ++i)
            ASSERT_TRUE(people[i]->chat().join_room(rooms[i % kRooms]));
        ASSERT_TRUE(crowd.until([&] {
            for (std::size_t i = 0; i < people.size(); ++i) {
                const auto* room = people[i]->state().room(rooms[i % kRooms]);
                if (!room || !room->subscribed) return false;
            }
            return true;
        }));
    }
    std::vector<RoomId> rooms;
};

TEST_F(RoomsServed, EachMemberGetsEachMessageOnceAndInOrderAndNobodyElseAny) {
    Crowd crowd(socket_url());
    crowd.add_many("member-", kRooms * kMembers);
    fill_rooms(crowd);
    auto& people = crowd.people();
    for (std::size_t post = 0; post < kPosts; ++post) {
        for (std::size_t i = 0; i < people.size(); ++i)
            ASSERT_TRUE(people[i]->chat().post(rooms[i % kRooms], people[i]->name() + " says " + std::to_string(post)));
    }
    ASSERT_TRUE(crowd.until([&] {
        for (std::size_t i = 0; i < people.size(); ++i) {
            if (people[i]->heard(rooms[i % kRooms]).size() < kMembers * kPosts ||
                people[i]->chat().unsettled_operations() > 0)
                return false;
        }
        return true;
    }));
    crowd.turn();
    for (std::size_t i = 0; i < people.size(); ++i) {
        const auto& texts = people[i]->heard(rooms[i % kRooms]);
        EXPECT_EQ(texts.size(), kMembers * kPosts);
        EXPECT_EQ(std::set(texts.begin(), texts.end()).size(), texts.size()) << "doubled";
        EXPECT_EQ(texts, people[i % kRooms]->heard(rooms[i % kRooms])) << "two members disagree on the order";
        EXPECT_TRUE(people[i]->in_order());
        for (std::size_t other = 0; other < kRooms; ++other) {
            if (other != i % kRooms) {
                EXPECT_FALSE(people[i]->heard_anything_of(rooms[other]));
            }
        }
    }
}

TEST_F(RoomsServed, EverythingIsThereAfterARestartAndTheClientsComeBackByThemselves) {
    Crowd crowd(socket_url());
    auto& ana = crowd.add("ana");
    auto& bo = crowd.add("bo");
    const auto general = ana.state().room_named("general")->id;
    for (int i = 0; i < 40; ++i) ASSERT_TRUE(ana.chat().post(general, "before " + std::to_string(i)));
    ASSERT_TRUE(crowd.until([&] { return bo.heard(general).size() == 40 && ana.chat().unsettled_operations() == 0; }));
    const auto port = static_cast<std::uint16_t>(std::stoi(server->url().substr(server->url().rfind(':') + 1)));
    server->stop();
    server.reset();
    ASSERT_TRUE(crowd.until([&] { return ana.connections_lost() > 0 && bo.connections_lost() > 0; }));
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(ana.chat().post(general, "while away " + std::to_string(i)));
    serve(port);
    ASSERT_TRUE(crowd.until([&] { return bo.heard(general).size() == 60 && ana.chat().unsettled_operations() == 0; }));
    EXPECT_TRUE(bo.in_order());
    const auto history = crowd.whole_history(bo, general);
    ASSERT_EQ(history.size(), 60u);
    for (std::size_t i = 0; i < history.size(); ++i) {
        EXPECT_EQ(history[i].ordinal, Ordinal(i + 1));
        EXPECT_EQ(history[i].text.str(), bo.heard(general)[i]);
    }
}

}  // namespace
}  // namespace parley::served
