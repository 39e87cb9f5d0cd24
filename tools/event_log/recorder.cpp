#include "event_log/recorder.hpp"

#include <algorithm>

namespace parley::event_log {

void Recorder::happened(const client::Notice& notice, const client::ChatState& state) {
    std::visit([this](const auto& what) { on(what); }, notice);
    if (std::holds_alternative<client::RoomsChanged>(notice)) note_rooms_gone(state);
}

void Recorder::on(const client::MessageArrived& arrived) {
    log_.seen(client_, arrived.room, arrived.op, arrived.message.sequence, arrived.live);
}

// Only posts have an Ordinal.
void Recorder::on(const client::OperationDone& done) {
    if (done.ordinal != Ordinal()) return log_.acknowledged(client_, done.room, done.op, done.sequence);
    const auto leave = leaving_.find(done.op);
    if (leave == leaving_.end()) return;
    if (rooms_.erase(leave->second) != 0) log_.left(client_, leave->second, done.sequence);
    leaving_.erase(leave);
}

void Recorder::on(const client::OperationRefused& refused) {
    if (leaving_.erase(refused.op) == 0) log_.refused(client_, refused.op, refused.reason);
}

// A room is entered once, however often the connection to it is made anew.
void Recorder::on(const client::RoomSubscribed& subscribed) {
    if (rooms_.insert(subscribed.room).second) log_.entered(client_, subscribed.room, subscribed.applied);
}

void Recorder::on(const client::RoomWasReset& reset) {
    if (rooms_.contains(reset.room)) log_.reset(client_, reset.room, reset.head);
}

// Taken out of it, or left by another device: its place in the log is not known here.
void Recorder::note_rooms_gone(const client::ChatState& state) {
    std::erase_if(rooms_, [&](RoomId room) {
        if (state.room(room) != nullptr || is_leaving(room)) return false;
        log_.left(client_, room, Sequence());
        return true;
    });
}

bool Recorder::is_leaving(RoomId room) const {
    return std::any_of(leaving_.begin(), leaving_.end(), [room](const auto& entry) { return entry.second == room; });
}

}  // namespace parley::event_log
