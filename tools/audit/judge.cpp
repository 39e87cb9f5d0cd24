#include "audit/judge.hpp"

#include <algorithm>
#include <span>

namespace parley::audit {

namespace {

std::string words(OpId op) {
    char text[64];
    std::snprintf(text, sizeof text, "op %016llx/%llu", static_cast<unsigned long long>(op.outbox.value()),
                  static_cast<unsigned long long>(op.number));
    return text;
}

// The index of the first message whose Sequence is not below.
std::size_t first_from(const StoredRoom& room, Sequence sequence) {
    const auto found =
        std::lower_bound(room.messages.begin(), room.messages.end(), sequence,
                         [](const StoredMessage& one, Sequence wanted) { return one.sequence < wanted; });
    return static_cast<std::size_t>(found - room.messages.begin());
}

}  // namespace

Judge::Judge(const StoredHistory& stored, Verdict& verdict) : stored_(stored), verdict_(verdict) {
    index_operations();
}

void Judge::index_operations() {
    for (std::uint32_t r = 0; r < stored_.rooms.size(); ++r) {
        const auto& room = stored_.rooms[r];
        rooms_.emplace(room.id, r);
        acknowledged_ns_.emplace_back(room.messages.size(), 0);
        evidence_.stored += room.messages.size();
        for (std::uint32_t m = 0; m < room.messages.size(); ++m)
            places_[room.messages[m].op.outbox].push_back({room.messages[m].op.number, r, m});
    }
    for (auto& [outbox, places] : places_) {
        std::stable_sort(places.begin(), places.end(),
                         [](const Place& a, const Place& b) { return a.number < b.number; });
        look_for_doubled(places);
        look_for_reordered(places);
    }
}

// REQUIRES here and below: all of one outbox, by number; those of one number in the order of their places.
void Judge::look_for_doubled(std::span<const Place> places) {
    for (std::size_t i = 1; i < places.size(); ++i) {
        if (places[i].number != places[i - 1].number) continue;
        const auto& room = stored_.rooms[places[i].room];
        const auto& message = room.messages[places[i].message];
        verdict_.add(Fault::dup_stored,
                     [&] { return words(message.op) + " again at " + place_name(room.id, message.sequence); });
    }
}

// What one outbox sends to one room stands there in the order of its numbers. One that is stored twice counts where it
// is first.
void Judge::look_for_reordered(std::span<const Place> places) {
    std::unordered_map<std::uint32_t, const Place*> last;  // of each room, the one that is furthest so far
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& place = places[i];
        if (i > 0 && place.number == places[i - 1].number) continue;
        auto& furthest = last.try_emplace(place.room, &place).first->second;
        if (place.message >= furthest->message) {
            furthest = &place;
            continue;
        }
        verdict_.add(Fault::reordered, [&] {
            const auto& room = stored_.rooms[place.room];
            const auto& early = room.messages[place.message];
            return words(early.op) + " is stored at " + place_name(room.id, early.sequence) + ", before number " +
                   std::to_string(furthest->number);
        });
    }
}

std::expected<void, std::string> Judge::take(event_log::LogReader& log, const std::string& name) {
    const auto first = clients_.size();
    for (;;) {
        const auto event = log.next();
        if (!event) return std::unexpected(event.error());
        if (!*event) break;
        while (clients_.size() < first + log.clients().size())
            clients_.push_back({name + ":" + log.clients()[clients_.size() - first], {}});
        if ((*event)->kind == Event::Kind::base) {
            auto& base = bases_[(*event)->room];
            base = std::max(base, (*event)->sequence);
        } else {
            take_event(**event, clients_[first + (*event)->client]);
        }
    }
    ++evidence_.logs;
    evidence_.clients += clients_.size() - first;
    whole_ns_.push_back(log.whole_ns());
    if (!log.whole_ns()) ++evidence_.logs_never_whole;
    for (auto i = first; i < clients_.size(); ++i) {
        for (auto& [room, view] : clients_[i].views) {
            for (auto& stay : view.stays)
                if (stay.end == Stay::End::open) stay.whole_ns = log.whole_ns();
        }
    }
    return {};
}

void Judge::take_event(const Event& event, Client& client) {
    switch (event.kind) {
        case Event::Kind::base:
            return;
        case Event::Kind::sent:
            return sent(event, client);
        case Event::Kind::acknowledged:
            return acknowledged(event, client);
        case Event::Kind::refused:
            return refused(event, client);
        case Event::Kind::seen_live:
        case Event::Kind::caught_up:
            return seen(event, client);
        case Event::Kind::entered:
            return entered(event, client);
        case Event::Kind::left:
            return left(event, client);
        case Event::Kind::reset:
            return reset(event, client);
    }
}

void Judge::sent(const Event& event, const Client& client) {
    ++evidence_.sent;
    (void)sent_[event.op.outbox].add(event.op.number);
    if (!places_of(event.op).empty()) return;
    auto& unplaced = unplaced_[event.op];
    unplaced.sent = true;
    unplaced.sent_ns = event.at_ns;
    unplaced.log = whole_ns_.size();
    unplaced.client = static_cast<std::size_t>(&client - clients_.data());
}

void Judge::acknowledged(const Event& event, const Client& client) {
    ++evidence_.acknowledged;
    const auto places = places_of(event.op);
    if (places.empty()) {
        unplaced_[event.op].answered = true;
        return verdict_.add(Fault::lost, [&] {
            return words(event.op) + ", acknowledged to " + client.name + " at " +
                   place_name(event.room, event.sequence) + ", is not stored";
        });
    }
    for (const auto& place : places) {
        const auto& room = stored_.rooms[place.room];
        if (room.id != event.room || room.messages[place.message].sequence != event.sequence) continue;
        auto& first = acknowledged_ns_[place.room][place.message];
        if (first == 0 || event.at_ns < first) first = event.at_ns;
        return;
    }
    verdict_.add(Fault::disagree, [&] {
        const auto& room = stored_.rooms[places.front().room];
        return words(event.op) + " was acknowledged to " + client.name + " at " +
               place_name(event.room, event.sequence) + " and is stored at " +
               place_name(room.id, room.messages[places.front().message].sequence);
    });
}

void Judge::refused(const Event& event, const Client& client) {
    ++evidence_.refused;
    if (places_of(event.op).empty()) {
        unplaced_[event.op].answered = true;
    } else {
        verdict_.add(Fault::refused_yet_stored, [&] { return words(event.op) + " of " + client.name; });
    }
}

void Judge::seen(const Event& event, Client& client) {
    ++evidence_.seen;
    if (event.kind == Event::Kind::caught_up) ++evidence_.caught_up;
    auto& view = client.views[event.room];
    if (view.stays.empty() || view.stays.back().end != Stay::End::open)
        view.stays.push_back({event.sequence.previous(), {}, Stay::End::open, {}, {}});
    const auto index = room_index(event.room);
    const auto* room = index ? &stored_.rooms[*index] : nullptr;
    const auto at = room ? first_from(*room, event.sequence) : 0;
    const bool is_stored = room && at < room->messages.size() && room->messages[at].sequence == event.sequence;
    const bool is_new = is_stored ? view.seen.add(at) : event.sequence != view.last;
    if (!is_new) {
        verdict_.add(Fault::dup_seen,
                     [&] { return client.name + " saw " + place_name(event.room, event.sequence) + " twice"; });
    } else if (event.sequence < view.last) {
        verdict_.add(Fault::reordered, [&] {
            return client.name + " saw " + place_name(event.room, event.sequence) + " after " +
                   std::to_string(view.last.value());
        });
    }
    view.last = std::max(view.last, event.sequence);
    view.stays.back().last_seen = std::max(view.stays.back().last_seen, event.sequence);
    if (!is_stored) {
        unstored_.try_emplace(event.op, Unstored{event.room, event.sequence, client.name});
    } else if (room->messages[at].op != event.op) {
        verdict_.add(Fault::disagree, [&] {
            return client.name + " saw " + words(event.op) + " at " + place_name(event.room, event.sequence) +
                   ", where the store has " + words(room->messages[at].op);
        });
    }
}

void Judge::entered(const Event& event, Client& client) {
    auto& stays = client.views[event.room].stays;
    if (stays.empty() || stays.back().end != Stay::End::open)
        stays.push_back({event.sequence, {}, Stay::End::open, {}, {}});
}

void Judge::left(const Event& event, Client& client) {
    auto& stays = client.views[event.room].stays;
    if (stays.empty() || stays.back().end != Stay::End::open) return;
    stays.back().end = event.sequence == Sequence() ? Stay::End::unknown : Stay::End::at_place;
    stays.back().left_at = event.sequence;
}

void Judge::reset(const Event& event, Client& client) {
    ++evidence_.resets;
    auto& stays = client.views[event.room].stays;
    if (!stays.empty() && stays.back().end == Stay::End::open) stays.back().end = Stay::End::unknown;
    stays.push_back({event.sequence, {}, Stay::End::open, {}, {}});
}

void Judge::conclude() {
    for (const auto& client : clients_) {
        for (const auto& [id, view] : client.views) {
            const auto index = room_index(id);
            if (!index) continue;
            for (const auto& stay : view.stays) look_for_unseen(client, stored_.rooms[*index], view, stay);
        }
    }
    look_for_unanswered();
    look_for_phantoms();
}

// While a log was whole, nobody in it was left without an answer: what was sent before is stored, or refused for good.
void Judge::look_for_unanswered() {
    for (const auto& [op, unplaced] : unplaced_) {
        if (!unplaced.sent || unplaced.answered) continue;
        const auto whole = whole_ns_[unplaced.log];
        if (!whole || unplaced.sent_ns > *whole) continue;
        verdict_.add(Fault::lost, [&op = op, &unplaced = unplaced, this] {
            return words(op) + ", sent by " + clients_[unplaced.client].name +
                   ", is neither stored nor refused, and it waits for nothing any more";
        });
    }
}

// Below the last one seen nothing may be missing; above it, what was there when the client left, and what was
// acknowledged while the log was whole.
void Judge::look_for_unseen(const Client& client, const StoredRoom& room, const View& view, const Stay& stay) {
    const auto& acknowledged_ns = acknowledged_ns_[rooms_.at(room.id)];
    const auto first = first_from(room, stay.after.next());
    const auto tail = stay.last_seen == Sequence() ? first : first_from(room, stay.last_seen.next());
    auto end = tail;
    if (stay.end == Stay::End::at_place) end = std::max(tail, first_from(room, stay.left_at));
    if (stay.end == Stay::End::open && stay.whole_ns) end = room.messages.size();
    view.seen.for_each_missing(first, end, [&](std::uint64_t at) {
        const bool was_due = at < tail || stay.end == Stay::End::at_place ||
                             (acknowledged_ns[at] != 0 && acknowledged_ns[at] <= *stay.whole_ns);
        if (!was_due) return;
        verdict_.add(Fault::unseen, [&] {
            return client.name + " never saw " + words(room.messages[at].op) + " at " +
                   place_name(room.id, room.messages[at].sequence);
        });
    });
}

void Judge::look_for_phantoms() {
    for (const auto& room : stored_.rooms) {
        const auto base = bases_.find(room.id);
        for (const auto& message : room.messages) {
            if ((base != bases_.end() && message.sequence <= base->second) || was_sent(message.op)) continue;
            verdict_.add(Fault::phantom, [&] {
                return words(message.op) + " is stored at " + place_name(room.id, message.sequence) +
                       ", and nobody sent it";
            });
        }
    }
    for (const auto& [op, where] : unstored_) {
        const auto describe = [&op = op, &where = where, this] {
            return where.seen_by + " saw " + words(op) + " at " + place_name(where.room, where.sequence) +
                   (was_sent(op) ? ", where the store has nothing" : ", and nobody sent it");
        };
        verdict_.add(was_sent(op) ? Fault::disagree : Fault::phantom, describe);
    }
}

std::span<const Judge::Place> Judge::places_of(OpId op) const {
    const auto found = places_.find(op.outbox);
    if (found == places_.end()) return {};
    const auto [first, end] = std::equal_range(found->second.begin(), found->second.end(), Place{op.number, 0, 0},
                                               [](const Place& a, const Place& b) { return a.number < b.number; });
    return {first, end};
}

std::optional<std::uint32_t> Judge::room_index(RoomId room) const {
    const auto found = rooms_.find(room);
    if (found == rooms_.end()) return std::nullopt;
    return found->second;
}

std::string Judge::place_name(RoomId room, Sequence sequence) const {
    const auto index = room_index(room);
    const auto name = !index                               ? "unknown room"
                      : stored_.rooms[*index].name.empty() ? "direct chat"
                                                           : "#" + stored_.rooms[*index].name;
    char id[24];
    std::snprintf(id, sizeof id, " (%016llx)", static_cast<unsigned long long>(room.value()));
    return name + id + " seq " + std::to_string(sequence.value());
}

bool Judge::was_sent(OpId op) const {
    const auto found = sent_.find(op.outbox);
    return found != sent_.end() && found->second.contains(op.number);
}

}  // namespace parley::audit
