// A reading connection, used by one reader thread. Each call is one read transaction of its own, so it sees every
// commit that was answered before the call, and one moment throughout.
#pragma once

#include <exception>
#include <memory>

#include "sqlite/database.hpp"

namespace parley::sqlite {

class SqliteReader final : public store::Reader {
  public:
    using Opened = std::expected<std::unique_ptr<store::Reader>, store::StorageError>;
    [[nodiscard]] static Opened open(const std::filesystem::path& file);

    Read<std::optional<store::AccountRecord>> account(const AccountName& name) override;
    Read<bool> has_owner() override;
    Read<std::optional<store::TokenRecord>> token(const store::TokenHash& hash) override;
    Read<std::optional<store::PersonRecord>> person(UserId user) override;
    Read<std::optional<Timestamp>> last_seen(UserId user) override;
    Read<store::ProfilesRecord> profiles_after(ProfileRevision revision) override;
    Read<std::optional<store::RoomRecord>> room(RoomId room) override;
    Read<std::optional<Ordinal>> reads_from(RoomId room, UserId user) override;
    Read<store::HistoryRecord> history(RoomId room, HistoryDirection direction, Ordinal at, std::size_t limit) override;
    Read<store::HistoryRecord> history_at(RoomId room, Timestamp time, Ordinal from, std::size_t limit) override;
    Read<store::HistoryRecord> messages(RoomId room, std::span<const Ordinal> ordinals) override;
    Read<store::PinsRecord> pins(RoomId room) override;
    Read<store::EventsRecord> events_after(RoomId room, Sequence after) override;
    Read<store::DirectoryRecord> directory(const RoomName& after, std::size_t limit) override;

  private:
    explicit SqliteReader(const std::filesystem::path& file);  // throws DatabaseError

    // The moment that is read is the one of the first SELECT after begin().
    template <class Work>
    auto in_transaction(Work work) -> Read<decltype(work())> {
        try {
            begin();
            auto found = work();
            end_.run();
            return found;
        } catch (const std::exception& error) {
            return std::unexpected(given_up(error));
        }
    }
    void begin();
    [[nodiscard]] store::StorageError given_up(const std::exception& error);
    [[nodiscard]] std::vector<RoomSummary> rooms_of(UserId user);
    [[nodiscard]] GroupPeople people_of(RoomId room);
    // What became of the room itself, around these messages and, where they are its last, behind them.
    [[nodiscard]] std::vector<RoomEvent> changes_around(RoomId room, const store::HistoryRecord& page);
    [[nodiscard]] std::vector<UserId> blocked_by(UserId user);
    [[nodiscard]] bool read_end(RoomId room, Sequence& head, Ordinal& last_ordinal);
    void add_reactions(RoomId room, Message& message);
    [[nodiscard]] std::vector<Message> take_messages(RoomId room, Rows& rows, std::size_t bytes);
    // Messages from `at` (inclusive) downwards, or above it upwards, as many as fit; oldest first.
    [[nodiscard]] std::vector<Message> messages_down(RoomId room, Ordinal at, std::size_t limit, std::size_t bytes);
    [[nodiscard]] std::vector<Message> messages_up(RoomId room, Ordinal above, std::size_t limit, std::size_t bytes);
    [[nodiscard]] Ordinal first_from(RoomId room, Timestamp time, Ordinal last);
    [[nodiscard]] std::vector<Message> messages_around(RoomId room, Ordinal at, std::size_t limit);

    Database database_;
    Statement begin_;
    Statement end_;
    Statement account_;
    Statement owner_;
    Statement token_;
    Statement person_;
    Statement blocked_;
    Statement last_seen_;
    Statement rooms_of_person_;
    Statement mentioning_;
    Statement profiles_;
    Statement profile_revision_;
    Statement room_;
    Statement members_;
    Statement newcomers_;
    Statement posters_;
    Statement reads_from_;
    Statement room_end_;
    Statement message_;
    Statement message_time_;
    Statement messages_down_;
    Statement messages_up_;
    Statement reactions_;
    Statement pins_;
    Statement events_;
    Statement news_;
    Statement place_of_message_;
    Statement directory_;
};

}  // namespace parley::sqlite
