// What each change does to the records, and what makes it impossible: sqlite/change_writer said a second time.
#pragma once

#include "simulation/memory_backend.hpp"

namespace parley::simulation {

class MemoryWriter final : public store::Writer {
  public:
    // The records outlive the writer.
    MemoryWriter(MemoryRecords& records, StoreBounds bounds) : records_(records), bounds_(bounds) {}
    ~MemoryWriter() override { undo_.undo_all(); }

    std::expected<void, store::StorageError> begin() override;
    std::expected<store::Outcome, store::StorageError> apply(const store::Change& change,
                                                             store::Effects& effects) override;
    std::expected<void, store::StorageError> commit() override;
    void rollback() override;
    std::expected<store::LastCommit, store::StorageError> reopen() override;

  private:
    using Outcome = store::Outcome;
    using Effects = store::Effects;

    [[nodiscard]] Outcome write(const store::RegisterAccount& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::CreateRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::JoinRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::LeaveRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::OpenDirectChat& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::AppendMessage& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::EditText& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::DeleteMessage& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetReaction& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetPin& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::InviteToRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetTopic& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::RenameRoom& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::ChangeRoomSettings& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetPoster& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetFavourite& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::OpenGroupChat& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::OpenThread& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetNick& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetStatus& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetAvailability& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::SetBlock& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::RecordRefusal& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::AddToken& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::RemoveToken& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::ReplacePasswordHash& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::MoveRead& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::NoteSeen& change, Effects& effects);
    [[nodiscard]] Outcome write(const store::ForgetResults& change, Effects& effects);

    [[nodiscard]] std::optional<Outcome> settled(const store::Operation& operation) const;
    void record(const store::Operation& operation, const Outcome& outcome);
    void expire_long_unused(UserId user);
    void forget_through(StoredOutbox& outbox, std::uint64_t through);
    [[nodiscard]] bool looks_like_another(const std::string& skeleton, UserId than) const;
    [[nodiscard]] bool is_in_too_many(UserId user) const;
    [[nodiscard]] bool is_free(RoomId room) const { return room.names_something() && !records_.room(room); }

    StoredRoom& add_room(RoomId id, StoredRoom room);
    ProfileRevision next_revision();
    Sequence append(RoomId room, RoomEventBody body, Effects& effects);
    Sequence enter(RoomId room, UserId user, Timestamp now, Effects& effects);
    void add_member(StoredRoom& room, UserId user);
    Sequence go(RoomId room, UserId user, Timestamp now, Effects& effects);
    // --- threads (memory_threads.cpp)
    [[nodiscard]] bool may_follow(const ThreadRoot& root, UserId user) const;
    [[nodiscard]] std::optional<RoomId> thread_too_many(UserId user) const;
    void bring_in(const store::AppendMessage& post, Effects& effects);
    void follow(RoomId thread, UserId user, Timestamp now, Effects& effects);
    void leave_threads_of(RoomId room, UserId user, Timestamp now, Effects& effects);
    void tell_root(RoomId thread, std::optional<Timestamp> said, Effects& effects);
    [[nodiscard]] bool has_blocked(UserId person, UserId whom) const;
    [[nodiscard]] bool takes_no_messages(const StoredRoom& room, UserId from) const;
    template <class Change>
    [[nodiscard]] std::optional<Refusal> why_no_message(const Change& change) const;
    template <class Change>
    [[nodiscard]] std::optional<Refusal> why_not_as_poster(const Change& change) const;
    template <class Change>
    [[nodiscard]] std::optional<Refusal> why_not_hers(const Change& change) const;
    template <class Change>
    [[nodiscard]] std::optional<Refusal> why_not_changeable(const Change& change) const;
    template <class Map>
    void forget_member(Map& map, UserId user) {
        if (const auto at = map.find(user); at != map.end()) erase(map, at);
    }
    // The room's name is one of those that are taken / is none of them any more.
    void take_name(const RoomName& name, RoomId room);
    void free_name(const RoomName& name);
    // The message as it is from now on, in the event's place of the log.
    Outcome become(RoomId room, Message message, RoomEventBody event, Effects& effects);
    void tell(UserId user, AccountEventBody body, Effects& effects);

    // A place of the records that is about to change: undone to what it is now.
    template <class Value>
    Value& changing(Value& value) {
        undo_.add([&value, before = value]() mutable { value = std::move(before); });
        return value;
    }
    template <class Map>
    void put(Map& map, const typename Map::key_type& key, typename Map::mapped_type value) {
        map.emplace(key, std::move(value));
        undo_.add([&map, key] { map.erase(key); });
    }
    template <class Map>
    void erase(Map& map, typename Map::iterator at) {
        undo_.add([&map, node = map.extract(at)]() mutable { map.insert(std::move(node)); });
    }

    MemoryRecords& records_;
    const StoreBounds bounds_;
    UndoLog undo_;
    bool is_open_ = false;
};

}  // namespace parley::simulation
