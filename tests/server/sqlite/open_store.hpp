// A real SQLite store in a directory of its own, and short words for what the tests do with it.
#pragma once

#include <gmock/gmock.h>

#include "sqlite/sqlite_backend.hpp"
#include "support/temporary_directory.hpp"

namespace parley::sqlite {

inline constexpr Timestamp kNow{1'700'000'000'000};

class OpenStore {
  public:
    OpenStore() { open(); }

    void open() {
        auto backend = SqliteBackend::open(directory.path());
        if (!backend) throw std::runtime_error(backend.error());
        backend_ = *std::move(backend);
        writer = backend_->open_writer().value();
        reader = backend_->open_reader().value();
    }
    void close() {
        writer.reset();
        reader.reset();
    }

    // One change in a transaction of its own.
    store::Outcome apply(const store::Change& change) {
        effects = {};
        EXPECT_TRUE(writer->begin());
        const auto outcome = writer->apply(change, effects).value();
        EXPECT_TRUE(writer->commit());
        return outcome;
    }
    UserId register_person(const char* name) {
        const UserId user(++last_id_);
        const auto outcome = apply(
            store::RegisterAccount{{OutboxId(user.value()), 1}, user, AccountName::cut(name), "hash", true, kNow});
        EXPECT_EQ(outcome.status, store::Status::committed);
        return user;
    }
    // The next operation of this person's outbox.
    store::Operation operation(UserId user) { return {user, {OutboxId(user.value()), ++last_number_}, last_number_}; }
    RoomId create_room(UserId user, const char* name) {
        const RoomId room(++last_id_);
        EXPECT_TRUE(apply(store::CreateRoom{operation(user), room, RoomName::cut(name), kNow}).done());
        return room;
    }
    store::Outcome post(UserId user, RoomId room, std::string_view text) {
        return apply(store::AppendMessage{operation(user), room, MessageText::cut(text), kNow});
    }
    store::Outcome join(UserId user, RoomId room) { return apply(store::JoinRoom{operation(user), room, kNow}); }
    RoomId fresh_room() { return RoomId(++last_id_); }
    RoomId general() { return reader->directory({}, 1)->rooms.at(0).id; }
    RoomSummary summary(UserId user, RoomId room) {
        const auto person = reader->person(user)->value();
        for (const auto& entry : person.rooms) {
            if (entry.id == room) return entry;
        }
        return {};
    }

    support::TemporaryDirectory directory;
    std::unique_ptr<store::Writer> writer;
    std::unique_ptr<store::Reader> reader;
    store::Effects effects;  // of the last apply()

  private:
    std::unique_ptr<SqliteBackend> backend_;
    std::uint64_t last_id_ = 100;
    std::uint64_t last_number_ = 1;
};

inline auto is_refused(Refusal reason) {
    return testing::AllOf(testing::Field("status", &store::Outcome::status, store::Status::refused),
                          testing::Field("refusal", &store::Outcome::refusal, reason));
}
inline auto is_to_be_retried(Refusal reason) {
    return testing::AllOf(testing::Field("status", &store::Outcome::status, store::Status::retry),
                          testing::Field("refusal", &store::Outcome::refusal, reason));
}
inline auto has_status(store::Status status) {
    return testing::Field("status", &store::Outcome::status, status);
}

}  // namespace parley::sqlite
