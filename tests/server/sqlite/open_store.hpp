// A real SQLite store in a directory of its own, and short words for what the tests do with it.
#pragma once

#include <gmock/gmock.h>

#include "protocol/alternative_of.hpp"
#include "sqlite/sqlite_backend.hpp"
#include "support/temporary_directory.hpp"

namespace parley::sqlite {

inline constexpr Timestamp kNow{1'700'000'000'000};

class OpenStore {
  public:
    OpenStore();
    ~OpenStore();

    void open();
    void close() {
        writer.reset();
        reader.reset();
    }

    // One change in a transaction of its own.
    store::Outcome apply(const store::Change& change);
    template <AlternativeOf<store::Change> One>
    store::Outcome apply(const One& change);
    UserId register_person(const char* name);
    // The next operation of this person's outbox.
    store::Operation operation(UserId user) { return {user, {OutboxId(user.value()), ++last_number_}, last_number_}; }
    RoomId create_room(UserId user, const char* name);
    store::Outcome post(UserId user, RoomId room, std::string_view text) {
        return apply(store::AppendMessage{operation(user), room, MessageText::cut(text), kNow});
    }
    store::Outcome join(UserId user, RoomId room) { return apply(store::JoinRoom{operation(user), room, kNow}); }
    RoomId fresh_room() { return RoomId(++last_id_); }
    RoomId general();
    RoomSummary summary(UserId user, RoomId room);

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
