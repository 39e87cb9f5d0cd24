// The store as the shards see it (Store), and what a backend supplies (Writer, Reader, Backend). A backend's objects
// are each used by one thread at a time; the store front may be called from any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "shard/executor.hpp"
#include "store/records.hpp"

namespace parley::store {

// --- backend side. Errors of the database come back as values; no exception leaves a backend.
struct StorageError {
    std::string what;              // for the log: no message text, no secret
    bool outcome_unknown = false;  // a commit whose sync failed: durable or not, nobody knows yet
    bool damaged = false;          // something else changed what is stored; trying again does not help
};

// What became of a commit whose outcome was unknown: a transaction is durable as a whole or not at all.
enum class LastCommit : std::uint8_t { durable, lost };

class Writer {
  public:
    virtual ~Writer() = default;
    [[nodiscard]] virtual std::expected<void, StorageError> begin() = 0;
    // Applies one change inside the open transaction; `effects` grows by what it makes known. A refusal of one change
    // does not disturb the others. An error spoils the whole transaction.
    [[nodiscard]] virtual std::expected<Outcome, StorageError> apply(const Change& change, Effects& effects) = 0;
    [[nodiscard]] virtual std::expected<void, StorageError> commit() = 0;  // durable when it returns without an error
    virtual void rollback() = 0;
    // After a commit of unknown outcome: opens the database anew, makes sure that its syncs succeed, forgets whatever
    // was cached, and tells what became of the last commit. An error: not settled yet; it may be called again.
    [[nodiscard]] virtual std::expected<LastCommit, StorageError> reopen() = 0;
};

// Each call is one short read transaction, begun after the call.
class Reader {
  public:
    template <class Value>
    using Read = std::expected<Value, StorageError>;
    virtual ~Reader() = default;
    [[nodiscard]] virtual Read<std::optional<AccountRecord>> account(const AccountName& name) = 0;
    [[nodiscard]] virtual Read<bool> has_owner() = 0;
    [[nodiscard]] virtual Read<std::optional<TokenRecord>> token(const TokenHash& hash) = 0;
    [[nodiscard]] virtual Read<std::optional<PersonRecord>> person(UserId user) = 0;
    // When somebody was here last; nothing where that is not known, or there is nobody.
    [[nodiscard]] virtual Read<std::optional<Timestamp>> last_seen(UserId user) = 0;
    [[nodiscard]] virtual Read<ProfilesRecord> profiles_after(ProfileRevision revision) = 0;
    [[nodiscard]] virtual Read<std::optional<RoomRecord>> room(RoomId room) = 0;
    // From which message on she may read the room; nothing: she is not in it.
    [[nodiscard]] virtual Read<std::optional<Ordinal>> reads_from(RoomId room, UserId user) = 0;
    [[nodiscard]] virtual Read<HistoryRecord> history(RoomId room, HistoryDirection direction, Ordinal at,
                                                      std::size_t limit) = 0;
    // Around the first message of this moment or a later one, but none before `from`; around the last where there is
    // none.
    [[nodiscard]] virtual Read<HistoryRecord> history_at(RoomId room, Timestamp time, Ordinal from,
                                                         std::size_t limit) = 0;
    // Those of these messages that exist, by rising ordinals, cut near limits::kHistoryBytes; at least one.
    [[nodiscard]] virtual Read<HistoryRecord> messages(RoomId room, std::span<const Ordinal> ordinals) = 0;
    [[nodiscard]] virtual Read<PinsRecord> pins(RoomId room) = 0;
    // At most limits::kSyncPage events, cut near limits::kHistoryBytes of text. Those of messages have their words as
    // of now.
    [[nodiscard]] virtual Read<EventsRecord> events_after(RoomId room, Sequence after) = 0;
    [[nodiscard]] virtual Read<DirectoryRecord> directory(const RoomName& after, std::size_t limit) = 0;
};

class Backend {
  public:
    virtual ~Backend() = default;
    [[nodiscard]] virtual std::expected<std::unique_ptr<Writer>, StorageError> open_writer() = 0;
    [[nodiscard]] virtual std::expected<std::unique_ptr<Reader>, StorageError> open_reader() = 0;
};

// --- shard side
using Answer = std::move_only_function<void(const Outcome&)>;

// Told of every commit on the shard that owns what changed, in commit order, and before the answers of that commit.
class CommitListener {
  public:
    virtual ~CommitListener() = default;
    virtual void on_room_events(shard::ShardId here, RoomId room,
                                std::span<const RoomEvent> events) = 0;  // home of the room
    virtual void on_account_events(shard::ShardId here, UserId user,
                                   std::span<const AccountEvent> events) = 0;              // home of the user
    virtual void on_profiles(shard::ShardId here, std::span<const Profile> profiles) = 0;  // shard 0
};

class Store {
  public:
    virtual ~Store() = default;
    // Any thread. Queued for the next batch; the answer runs once, after the commit and after its events: on the home
    // shard of the room where the outcome names one, else on `asker`. When the queue is full or an earlier operation of
    // the same outbox was refused retryably (go-back-N), the answer is Status::retry and comes the same way.
    virtual void submit(Change change, shard::ShardId asker, Answer answer) = 0;
    // Any thread. Runs `query` on a reader thread; the task it returns is posted to `asker`. A full queue answers busy.
    using Query = std::move_only_function<shard::Task(Reader*)>;  // nullptr: no reader can be had (busy or failing)
    virtual void run_query(shard::ShardId asker, Query query) = 0;
    // False while commits fail, and for good once something stored was found damaged.
    [[nodiscard]] virtual bool healthy() const = 0;
    // Any thread; read() does it.
    virtual void note_failed_read(const StorageError& error) = 0;

    // read(asker, [](Reader& reader) { return reader.room(id); }, [](Read<…> found) { … }): the second on `asker`.
    template <class Ask, class Tell>
    void read(shard::ShardId asker, Ask ask, Tell tell) {
        run_query(asker, [this, ask = std::move(ask), tell = std::move(tell)](Reader* reader) mutable -> shard::Task {
            using Found = decltype(ask(*reader));
            Found found = reader ? ask(*reader) : Found(std::unexpect, StorageError{"no reader is free", false});
            if (reader && !found) note_failed_read(found.error());
            return [tell = std::move(tell), found = std::move(found)]() mutable { tell(std::move(found)); };
        });
    }
};

}  // namespace parley::store
