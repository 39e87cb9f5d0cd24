// What one client has been shown, and what it must not have been shown: each message of a room once, in order, without
// holes. One for each client that lived; what it saw is judged against the store at the end.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "client/client.hpp"

namespace parley::simulation {

struct Violation {
    std::string check;  // lost, unseen, dup_seen …
    std::string what;
};

struct SeenMessage {
    RoomId room;
    Message message;
    OpId op;
};

class Witness {
  public:
    Witness(std::string name, std::vector<Violation>& violations) : name_(std::move(name)), violations_(violations) {}

    // The client begins with what was seen last. Of a room that is saved without messages it is not known which the
    // last one was.
    void restored(const client::SavedView& view);
    // After each input, with the state it left.
    void look_at(const client::ChatState& state);
    // A frame that is about to be handed to the client.
    void about_to_receive(const ServerMessage& message);
    void told(const client::MessageArrived& arrived);
    void told(const client::RoomWasReset& reset);
    // A message that the client keeps, after something came of it: what it shows never goes back.
    void look_at(const client::ChatState& state, RoomId room, Ordinal message);
    // The connection closed: rooms may start anew after another login.
    void signed_out();

    [[nodiscard]] const std::vector<SeenMessage>& seen() const { return seen_; }
    // The highest event of each room that came over the wire to this client, and to whom.
    struct Heard {
        UserId by;
        RoomId room;
        Sequence highest;
    };
    [[nodiscard]] const std::map<std::pair<UserId, RoomId>, Sequence>& heard() const { return heard_; }
    // The first message of each room that came to this client in any way, and to whom.
    [[nodiscard]] const std::map<std::pair<UserId, RoomId>, Ordinal>& lowest() const { return lowest_; }
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    void violated(const char* check, std::string what);
    void note_lowest(RoomId room, Ordinal message);

    std::string name_;
    std::vector<Violation>& violations_;
    UserId self_;
    AccountSequence account_;
    std::map<RoomId, std::optional<Ordinal>>
        last_seen_;  // of the rooms that the client knows; nothing: any may be next
    std::vector<SeenMessage> seen_;
    std::map<std::pair<UserId, RoomId>, Sequence> heard_;
    std::map<std::pair<UserId, RoomId>, Ordinal> lowest_;
    std::map<std::pair<RoomId, Ordinal>, Sequence> revisions_;
};

}  // namespace parley::simulation
