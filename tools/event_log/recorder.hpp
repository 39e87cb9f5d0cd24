// Writes the life of one client into an event log: told each notice of the client, and each post as it is made. Owned
// beside its client; same thread; the log must outlive it.
#pragma once

#include <set>
#include <string_view>
#include <unordered_map>

#include "client/client.hpp"
#include "event_log/event_log.hpp"

namespace parley::event_log {

class Recorder {
  public:
    Recorder(EventLog& log, std::string_view client) : log_(log), client_(log.add_client(client)) {}

    // Right after Client::post() or Client::leave_room(), before the turn of the loop ends.
    void posted(OpId op, RoomId room) { log_.sent(client_, room, op); }
    void leaves(OpId op, RoomId room) { leaving_[op] = room; }
    // Each notice, with the state of the client after it.
    void happened(const client::Notice& notice, const client::ChatState& state);

  private:
    void on(const client::MessageArrived& arrived);
    void on(const client::OperationDone& done);
    void on(const client::OperationRefused& refused);
    void on(const client::RoomSubscribed& subscribed);
    void on(const client::RoomWasReset& reset);
    template <class Other>
    void on(const Other&) {}
    void note_rooms_gone(const client::ChatState& state);
    [[nodiscard]] bool is_leaving(RoomId room) const;

    EventLog& log_;
    ClientNumber client_;
    std::set<RoomId> rooms_;  // that it is in
    std::unordered_map<OpId, RoomId> leaving_;
};

}  // namespace parley::event_log
