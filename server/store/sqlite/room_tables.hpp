// Rooms, members, messages and events, inside the writer's transaction. Gives Sequences and Ordinals: both are counted
// in the room's row, so they are dense whatever is rolled back.
#pragma once

#include <optional>
#include <vector>

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
        UserId owner;
        RoomTopic topic;
        RoomSettings settings;
        ThreadRoot root;  // of a thread
        // To somebody outside there is no such room (THREATS T25).
        [[nodiscard]] bool is_hidden() const {
            return kind != RoomKind::channel || settings.access == RoomAccess::by_invitation;
        }
        [[nodiscard]] Refusal refusal_for_stranger() const {
            return is_hidden() ? Refusal::no_such_room : Refusal::not_a_member;
        }
        [[nodiscard]] UserId peer_of(UserId user) const { return user == first_person ? second_person : first_person; }
    };
    [[nodiscard]] std::optional<State> find(RoomId room);
    [[nodiscard]] std::optional<State> find_direct(UserId one, UserId other);
    [[nodiscard]] std::optional<State> find_group(const GroupPeople& people);
    [[nodiscard]] std::optional<State> find_thread(const ThreadRoot& root);
    // Whose rules are a room's: its own, or those of the room that a thread's message is in.
    [[nodiscard]] State ruler_of(const State& room);
    [[nodiscard]] RoomId first_room();
    [[nodiscard]] bool is_name_taken(const RoomName& name);
    [[nodiscard]] bool is_member(RoomId room, UserId user);
    // The first message that a member may read.
    [[nodiscard]] Ordinal reads_from(RoomId room, UserId user);
    [[nodiscard]] bool is_in_too_many(UserId user);
    // The threads of this room that she follows.
    [[nodiscard]] std::vector<RoomId> threads_followed(RoomId room, UserId user);
    // The one that must be let go before she follows another, if any.
    [[nodiscard]] std::optional<RoomId> thread_too_many(UserId user);
    // Whom the owner has named of those in it, and how many they are.
    [[nodiscard]] bool is_poster(RoomId room, UserId user);
    [[nodiscard]] std::uint64_t posters(RoomId room);
    [[nodiscard]] bool is_favourite(RoomId room, UserId user);

    void add_channel(const store::CreateRoom& room);
    void add_direct(RoomId room, UserId one, UserId other, Timestamp now);
    void add_group(RoomId room, const GroupPeople& people, Timestamp now);
    void add_thread(RoomId thread, const ThreadRoot& root, Timestamp now);
    // The first room has nobody for an owner until there is one of the server.
    void own(RoomId room, UserId owner);
    void set_topic(RoomId room, const RoomTopic& topic);
    void set_name(RoomId room, const RoomName& name);
    // The name goes along: to those that are taken, or from them.
    void set_settings(const State& room, const RoomSettings& settings);
    void set_poster(RoomId room, UserId user, bool on);
    void set_favourite(RoomId room, UserId user, bool on);

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
    [[nodiscard]] GroupPeople people_of(RoomId room);
    [[nodiscard]] Sequence next(RoomId room);

    Statement find_;
    Statement find_direct_;
    Statement find_group_;
    Statement find_thread_;
    Statement first_room_;
    Statement find_name_;
    Statement find_member_;
    Statement reads_from_;
    Statement count_rooms_;
    Statement threads_followed_;
    Statement count_threads_;
    Statement thread_to_let_go_;
    Statement poster_;
    Statement count_posters_;
    Statement favourite_;
    Statement members_;
    Statement add_channel_;
    Statement add_direct_;
    Statement add_group_;
    Statement add_thread_;
    Statement own_;
    Statement set_topic_;
    Statement set_name_;
    Statement set_settings_;
    Statement forget_posters_;
    Statement set_poster_;
    Statement set_favourite_;
    Statement add_member_;
    Statement remove_member_;
    Statement count_members_;
    Statement next_sequence_;
    Statement next_message_;
    Statement add_event_;
    Statement add_message_;
};

}  // namespace parley::sqlite
