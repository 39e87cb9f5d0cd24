// Messages that are there, and what people did to them, inside the writer's transaction. The one place that changes a
// message; their events are RoomTables'.
#pragma once

#include <optional>

#include "sqlite/database.hpp"

namespace parley::sqlite {

class MessageTables {
  public:
    explicit MessageTables(Database& database);

    struct State {
        UserId author;
        MessageText text;
        bool deleted = false;
        bool pinned = false;
    };
    [[nodiscard]] std::optional<State> find(RoomId room, Ordinal ordinal);

    // Of a message that mentions nobody yet.
    void mention(RoomId room, Ordinal ordinal, UserId author, const store::Mentioned& mentioned);

    // `revision` is the sequence of the event that says so.
    void edit(const store::EditText& change, Sequence revision);
    void remove(const store::DeleteMessage& change, Sequence revision);
    void set_reaction(const store::SetReaction& change, Sequence revision);
    void set_pin(const store::SetPin& change, Sequence revision);
    // How far its thread has come.
    [[nodiscard]] ThreadSoFar thread_of(RoomId room, Ordinal ordinal);
    void set_thread(const ThreadRoot& root, const ThreadSoFar& thread, Sequence revision);

    [[nodiscard]] bool has_reaction(const store::SetReaction& asked);
    // One more would be beyond the bounds of a message.
    [[nodiscard]] bool has_no_room_for(const store::SetReaction& asked);
    [[nodiscard]] bool has_too_many_pins(RoomId room);

  private:
    Statement find_;
    Statement edit_;
    Statement remove_;
    Statement remove_reactions_;
    Statement add_reaction_;
    Statement remove_reaction_;
    Statement find_reaction_;
    Statement count_reactions_;
    Statement revise_;
    Statement pin_;
    Statement count_pins_;
    Statement thread_;
    Statement set_thread_;
    Statement mention_;
    Statement forget_mentions_;
};

}  // namespace parley::sqlite
