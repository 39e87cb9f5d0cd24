// Rooms, members, messages and events, inside the writer's transaction. Gives Sequences and Ordinals: both are counted
// in the room's row, so they are dense whatever is rolled back.
#pragma once

#include <optional>

#include "sqlite/database.hpp"

namespace parley::sqlite {

class RoomTables {
  public:
    explicit RoomTables(Database& database);

    struct State {
        RoomId room;
        RoomKind kind = RoomKind::channel;
        RoomName name;
        UserId first_person;  // of a direct chat
        UserId second_person;
        Sequence head;
        Ordinal last_ordinal;
        std::uint64_t members = 0;
        [[nodiscard]] UserId peer_of(UserId user) const { return user == first_person ? second_person : first_person; }
    };
    [[nodiscard]] std::optional<State> find(RoomId room);
    [[nodiscard]] std::optional<State> find_direct(UserId one, UserId other);
    [[nodiscard]] RoomId first_room();
    [[nodiscard]] bool is_name_taken(const RoomName& name);
    [[nodiscard]] bool is_member(RoomId room, UserId user);
    [[nodiscard]] bool is_in_too_many(UserId user);

    void add_channel(RoomId room, const RoomName& name, Timestamp now);
    void add_direct(RoomId room, UserId one, UserId other, Timestamp now);
    // Reading starts at the room's end: what was written before is no news to her. It starts a turn that is higher than
    // any she may have had in it before, so that what a device of hers still holds from then does nothing: no turn is
    // given without an event of her account.
    void add_member(RoomId room, UserId user);
    void remove_member(RoomId room, UserId user);

    // What is no message's: appends it to the room's log and makes it known.
    Sequence append(RoomId room, RoomEventBody body, store::Effects& effects);
    // An event of a message: stored without its words, which stand in the message alone.
    Sequence append_change(RoomId room, Ordinal message, RoomEventBody change, store::Effects& effects);
    store::Result append_message(const store::AppendMessage& post, store::Effects& effects);

    // The room as it stands in her list.
    [[nodiscard]] RoomSummary summary_for(const ReadMoved& stands, UserId user);

  private:
    [[nodiscard]] static State state_from(const Rows& rows);
    [[nodiscard]] Sequence next(RoomId room);

    Statement find_;
    Statement find_direct_;
    Statement first_room_;
    Statement find_name_;
    Statement find_member_;
    Statement count_rooms_;
    Statement add_room_;
    Statement add_member_;
    Statement remove_member_;
    Statement count_members_;
    Statement next_sequence_;
    Statement next_message_;
    Statement add_event_;
    Statement add_message_;
};

}  // namespace parley::sqlite
