// What a room's messages are, told by its events alone: a second description of what edits, deletions, reactions and
// pins mean, against which the store's history and every client's view are held.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "protocol/room_events.hpp"

namespace parley::simulation {

class RoomModel {
  public:
    // In the order of the log. The error says what cannot be: a change of what is not there, or of what is deleted.
    [[nodiscard]] std::string apply(const RoomEvent& event);
    [[nodiscard]] std::vector<Message> messages() const;
    // Whether (user, emoji) is in the set of a message's reactions.
    [[nodiscard]] bool reacts(Ordinal message, UserId user, const std::string& emoji) const;
    [[nodiscard]] const Message* find(Ordinal message) const;
    // Whose words a message has: the operation of its post, or of its last edit.
    [[nodiscard]] OpId words_by(Ordinal message) const { return all_.at(message).words_by; }

  private:
    struct Entry {
        Message message;  // but its reactions
        OpId words_by;
        std::map<std::string, std::set<UserId>> reactions;
    };
    std::string apply(Sequence sequence, const MessagePosted& event);
    std::string apply(Sequence sequence, const MessageEdited& event);
    std::string apply(Sequence sequence, const MessageDeleted& event);
    std::string apply(Sequence sequence, const ReactionChanged& event);
    std::string apply(Sequence sequence, const PinChanged& event);
    std::string apply(Sequence sequence, const ThreadChanged& event);
    template <class Other>
    std::string apply(Sequence, const Other&) {
        return {};
    }
    // The message that is changed, or nothing if it cannot be.
    [[nodiscard]] Entry* changing(Sequence sequence, Ordinal message);

    std::map<Ordinal, Entry> all_;
};

}  // namespace parley::simulation
