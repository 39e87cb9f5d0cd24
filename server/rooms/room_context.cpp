#include "rooms/room_context.hpp"

#include "rooms/home.hpp"
#include "rooms/readable.hpp"

namespace parley::rooms {

namespace {

History history_message(const auto& ask, store::HistoryRecord record, const room::Newcomer& hers) {
    History history{ask.request, ask.room, record.head, record.last_ordinal, {}, {}};
    history.messages.reserve(record.messages.size());
    for (auto& message : record.messages)
        if (message.ordinal >= hers.from) history.messages.push_back(std::move(message));
    // To who may not read what was before her, what became of the room then is not told either.
    for (auto& change : record.changes)
        if (change.sequence > hers.since) history.changes.push_back(std::move(change));
    return history;
}

// Asked so that what she may not read takes no place in the page.
LoadHistory within(LoadHistory ask, Ordinal reads_from) {
    if (ask.direction == HistoryDirection::after) ask.at = std::max(ask.at, reads_from.previous());
    if (ask.direction == HistoryDirection::around) ask.at = std::max(ask.at, reads_from);
    return ask;
}

}  // namespace

room::Room& RoomContext::room() const {
    return live_->room;
}
shard::ShardId RoomContext::here() const {
    return home_->here();
}
Timestamp RoomContext::wall_clock() const {
    return home_->rooms().shards().at(here()).wall_clock();
}

void RoomContext::submit(store::Change change, store::Answer answer) const {
    home_->rooms().store().submit(std::move(change), here(), std::move(answer));
}

void RoomContext::submit_membership(UserId user, bool member, store::Change change, store::Answer answer) const {
    room().expect_membership(user, member);
    home_->rooms().store().submit(
        std::move(change), here(),
        [home = home_, id = room().id(), user, answer = std::move(answer)](const store::Outcome& outcome) mutable {
            home->settle_membership(id, user);
            answer(outcome);
        });
}

bool RoomContext::when_published(Sequence sequence, std::move_only_function<void(RoomContext)> then) const {
    return home_->when_published(*live_, {sequence, std::move(then)});
}

void RoomContext::subscribe(const ListenerRef& listener) const {
    home_->subscribe(*live_, listener);
}

void RoomContext::send_events(const ListenerRef& listener, Missing missing, CaughtUpStep step) const {
    home_->send_events(*live_, listener, missing, std::move(step));
}

template <class Ask, class Frame>
void RoomContext::send_what_is_read(const ListenerRef& listener, Ask ask, Frame frame, Sent sent) const {
    const auto id = room().id();
    auto send = [home = home_, id, listener, frame = std::move(frame), sent = std::move(sent)](auto read) mutable {
        if (!read) return sent(Refusal::storage_failing);
        const auto hers = home->reads_from(id, listener.user, read->from);
        if (!hers) return sent(hers.error());
        home->send(listener, {net::make_frame(frame(std::move(read->record), *hers))});
        sent(std::nullopt);
    };
    home_->rooms().store().read(here(), read_for(id, listener.user, std::move(ask)), std::move(send));
}

void RoomContext::send_history(const ListenerRef& listener, const LoadHistory& ask, Sent sent) const {
    const auto limit = std::min<std::size_t>(ask.limit, limits::kHistoryPage);
    send_what_is_read(
        listener,
        [ask, limit](store::Reader& reader, Ordinal from) {
            const auto hers = within(ask, from);
            return reader.history(hers.room, hers.direction, hers.at, limit);
        },
        [ask](store::HistoryRecord record, const room::Newcomer& hers) {
            return history_message(ask, std::move(record), hers);
        },
        std::move(sent));
}

void RoomContext::send_history(const ListenerRef& listener, const LoadHistoryAt& ask, Sent sent) const {
    send_what_is_read(
        listener,
        [ask](store::Reader& reader, Ordinal from) { return reader.history_at(ask.room, ask.time, from, ask.limit); },
        [ask](store::HistoryRecord record, const room::Newcomer& hers) {
            return history_message(ask, std::move(record), hers);
        },
        std::move(sent));
}

void RoomContext::send_messages(const ListenerRef& listener, const LoadMessages& ask, Sent sent) const {
    send_what_is_read(
        listener,
        [ask](store::Reader& reader, Ordinal from) {
            auto wanted = ask.ordinals.items();
            std::erase_if(wanted, [from](Ordinal ordinal) { return ordinal < from; });
            return reader.messages(ask.room, wanted);
        },
        [ask](store::HistoryRecord record, const room::Newcomer& hers) {
            Messages answer{ask.request, ask.room, record.head, record.last_ordinal, {}};
            for (auto& message : record.messages)
                if (message.ordinal >= hers.from) answer.messages.push_back(std::move(message));
            return answer;
        },
        std::move(sent));
}

void RoomContext::send_pins(const ListenerRef& listener, const ListPins& ask, Sent sent) const {
    send_what_is_read(
        listener, [ask](store::Reader& reader, Ordinal) { return reader.pins(ask.room); },
        [ask](const store::PinsRecord& record, const room::Newcomer& hers) {
            Pins answer{ask.request, ask.room, record.head, {}};
            for (const auto ordinal : record.ordinals)
                if (ordinal >= hers.from) answer.ordinals.push_back(ordinal);
            return answer;
        },
        std::move(sent));
}

void RoomContext::send_members(const ListenerRef& listener, RequestId request) const {
    Members members{request, room().id(), {}, {}};
    members.members.reserve(room().members().size());
    for (const auto user : room().members()) {
        const auto present = live_->present.find(user);
        members.members.push_back({user, present == live_->present.end() ? Presence::offline : present->second});
    }
    for (const auto user : room().posters()) members.posters.push_back(user);
    Home::told_before_the_batch(*live_);
    send(listener, net::make_frame(members));
}

void RoomContext::note_typing(UserId user) const {
    home_->note_typing(*live_, user);
}

void RoomContext::send(const ListenerRef& listener, net::SharedFrame frame) const {
    home_->send(listener, {std::move(frame)});
}

}  // namespace parley::rooms
