// One room's decisions. Pure: no I/O, no clock, no other thread; owned by the rooms of its shard. What it knows of the
// committed state comes in by apply(), in the order of the commits; what has been handed to the store and is not
// committed yet comes in by expect_*() and is settled by settle().
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "protocol/refusal.hpp"
#include "protocol/room_events.hpp"

namespace parley::room {

struct Newcomer {
    Ordinal from;    // the first message that she may read
    Sequence since;  // the event after which she is told what became of the room
};

// A room as the store holds it at one moment.
struct Snapshot {
    RoomId id;
    RoomKind kind = RoomKind::channel;
    RoomName name;
    Sequence head;
    Ordinal last_ordinal;
    std::vector<UserId> members;
    UserId owner = {};  // nobody: the store knows
    RoomTopic topic = {};
    RoomSettings settings = {};
    std::unordered_map<UserId, Newcomer> newcomers = {};  // of the members who may not read all of it
    std::vector<UserId> posters = {};                     // whom the owner has named
};

class Room {
  public:
    explicit Room(Snapshot snapshot);

    [[nodiscard]] RoomId id() const { return id_; }
    [[nodiscard]] RoomKind kind() const { return kind_; }
    [[nodiscard]] const RoomAbout& about() const { return about_; }
    [[nodiscard]] Sequence head() const { return head_; }
    [[nodiscard]] Ordinal last_ordinal() const { return last_ordinal_; }
    [[nodiscard]] const std::unordered_set<UserId>& members() const { return members_; }
    [[nodiscard]] const std::set<UserId>& posters() const { return posters_; }

    // --- may she? Nothing: yes. The answers count what has been handed to the store as done; but who is on her way out
    // hears and reads the room until she has left, for the store may yet refuse it.
    [[nodiscard]] std::optional<Refusal> why_not_read(UserId user) const;
    // She is in it as far as is published: she hears it. (Who is on her way in is not; who is on her way out is.)
    [[nodiscard]] bool is_in(UserId user) const { return members_.contains(user); }
    // The first message that she may read, of somebody who is in it. Of who is on her way in the store knows.
    [[nodiscard]] Ordinal reads_from(UserId user) const;
    // The event after which she is told what became of the room itself; likewise.
    [[nodiscard]] Sequence told_since(UserId user) const;
    // From this message on everybody in it may read.
    [[nodiscard]] Ordinal all_read_from() const;
    // Write, edit, pin. Whose a message is, and what became of it, the store knows; as it does what the room of a
    // thread's message lets her do.
    [[nodiscard]] std::optional<Refusal> why_not_post(UserId user) const;
    // Delete what is hers, react.
    [[nodiscard]] std::optional<Refusal> why_not_change_messages(UserId user) const;
    [[nodiscard]] std::optional<Refusal> why_not_join(UserId user) const;
    [[nodiscard]] std::optional<Refusal> why_not_leave(UserId user) const;
    // Another person into it.
    [[nodiscard]] std::optional<Refusal> why_not_invite(UserId user, UserId person) const;
    // The room itself: its topic, name, who posts. Its settings also while it is archived: the store knows which.
    [[nodiscard]] std::optional<Refusal> why_not_change_room(UserId user) const;
    [[nodiscard]] std::optional<Refusal> why_not_change_settings(UserId user) const;
    [[nodiscard]] Refusal refusal_for_stranger() const;

    // A change of her membership goes to the store now / was settled there, either way. Calls come in pairs.
    void expect_membership(UserId user, bool member);
    void settle_membership(UserId user);
    [[nodiscard]] bool has_unsettled() const { return !expected_.empty(); }

    // A committed event. One at or below the head changes nothing (it was in the snapshot).
    void apply(const RoomEvent& event);

  private:
    struct Expected {
        bool member = false;
        std::uint32_t unsettled = 0;
    };
    [[nodiscard]] bool is_member(UserId user) const;  // with what is expected
    void come_in(UserId user);
    void go_out(UserId user);
    void name_poster(const PosterChanged& event);
    [[nodiscard]] bool is_hidden() const;
    [[nodiscard]] bool is_full() const;

    RoomId id_;
    RoomKind kind_;
    UserId owner_;
    RoomAbout about_;
    Sequence head_;
    Ordinal last_ordinal_;
    std::unordered_set<UserId> members_;
    std::unordered_map<UserId, Newcomer> newcomers_;  // who may not read all of it
    std::multiset<Ordinal> newcomers_from_;           // from where they read
    std::set<UserId> posters_;
    std::unordered_map<UserId, Expected> expected_;
};

}  // namespace parley::room
