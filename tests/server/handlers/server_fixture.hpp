// A seeded server on a fresh database, with a few people.
#pragma once

#include <gtest/gtest.h>

#include "seeded_server/seeded_server.hpp"
#include "sqlite/sqlite_backend.hpp"
#include "support/temporary_directory.hpp"

namespace parley::support {

class ServerFixture : public testing::Test {
  protected:
    void SetUp() override { restart(1); }

    // The server anew on what is stored, as after the end of its process.
    void restart(std::uint64_t seed) {
        server.reset();
        backend.reset();
        auto opened = sqlite::SqliteBackend::open(directory.path());
        ASSERT_TRUE(opened.has_value()) << opened.error();
        backend = std::move(*opened);
        server = std::make_unique<SeededServer>(*backend, seed);
    }

    MemoryConnection& account(std::string_view name) { return server->sign_in(server->make_account(name)); }
    static RoomId room_of(const MemoryConnection& connection, std::size_t index = 0) {
        return connection.all<Welcome>().back().rooms[index].id;
    }
    static UserId user_of(const MemoryConnection& connection) { return connection.all<Welcome>().back().user; }
    OpId next_op() { return {OutboxId(77), ++last_op}; }

    OpId post(MemoryConnection& author, RoomId room, std::string_view text) {
        const auto op = next_op();
        server->say(author, PostText{op, room, *MessageText::from(text)});
        return op;
    }
    // Many posts, at the pace of a client that keeps within its bounds.
    void post_many(MemoryConnection& author, RoomId room, int count, std::string_view text) {
        for (int i = 1; i <= count; ++i) {
            const auto op = post(author, room, text);
            if (i % 50 != 0 && i != count) continue;
            idle();
            server->say(author, ConfirmResults{op.outbox, op.number});
        }
        idle();
    }
    void idle() { server->run_until_idle(); }

    // What a connection heard of a room, in order.
    static std::vector<RoomEvent> heard(const MemoryConnection& connection, RoomId room) {
        std::vector<RoomEvent> events;
        for (const auto& frame : connection.all<RoomEvents>()) {
            if (frame.room == room) events.insert(events.end(), frame.events.begin(), frame.events.end());
        }
        return events;
    }
    static std::vector<std::string> texts(const std::vector<RoomEvent>& events) {
        std::vector<std::string> found;
        for (const auto& event : events) {
            if (const auto* posted = std::get_if<MessagePosted>(&event.body)) found.push_back(posted->text.str());
        }
        return found;
    }

    TemporaryDirectory directory{TemporaryDirectory::Where::memory};
    std::unique_ptr<sqlite::SqliteBackend> backend;
    std::unique_ptr<SeededServer> server;
    std::uint64_t last_op = 0;
};

}  // namespace parley::support
