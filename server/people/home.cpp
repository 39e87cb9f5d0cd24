#include "people/home.hpp"

#include <algorithm>

namespace parley::people {

namespace {

// What a person's devices say together: online if one is, else away if one is.
Presence presence_of(const auto& devices) {
    auto presence = Presence::offline;
    for (const auto& device : devices) presence = std::max(presence, device.presence);
    return presence;
}

double share_of_one(const auto& devices) {
    return 1.0 / static_cast<double>(devices.size());
}

net::SharedFrame account_frame(std::span<const AccountEvent> events) {
    AccountEvents message;
    for (const auto& event : events) message.events.push_back(event);
    return net::make_frame(message);
}

}  // namespace

Presence Home::Person::presence() const {
    const auto reported = presence_of(devices);
    if (reported == Presence::offline || !availability) return Presence::offline;
    switch (*availability) {
        case Availability::away:
            return Presence::away;
        case Availability::do_not_disturb:
            return Presence::do_not_disturb;
        case Availability::invisible:
            return Presence::offline;
        default:
            return reported;
    }
}

// What a device that arrives has read may be older than what the stream has told meanwhile.
void Home::Person::choose(Availability chosen, AccountSequence at) {
    if (availability && at < chosen_at) return;
    availability = chosen;
    chosen_at = at;
}

Home::LiveDevice* Home::find(UserId user, DeviceRef ref) {
    const auto person = people_here_.find(user);
    if (person == people_here_.end()) return nullptr;
    auto& devices = person->second.devices;
    const auto found =
        std::find_if(devices.begin(), devices.end(), [&](const auto& device) { return device.ref == ref; });
    return found == devices.end() ? nullptr : &*found;
}

// Enters first, reads then: whatever is committed after the reading is delivered, what was before is in it.
void Home::attach(UserId user, DeviceRef ref, const store::TokenHash& token, ProfileRevision known_profiles) {
    auto& person = people_here_.try_emplace(user, now()).first->second;
    make_room_for_one(person);
    person.devices.push_back({ref, token, Presence::online, false, {}});
    share_rates(person);
    people_.store().read(
        here_,
        [user, token, known_profiles](store::Reader& reader) {
            auto record = reader.person(user);
            // Again, now that whoever withdraws the token finds this device: it may have been withdrawn just before.
            const auto still_valid = reader.token(token);
            if (record && !still_valid) record = std::unexpected(still_valid.error());
            if (record && !*still_valid) record->reset();
            auto profiles = reader.profiles_after(known_profiles);
            using Both = std::pair<decltype(record), decltype(profiles)>;
            return store::Reader::Read<Both>(Both(std::move(record), std::move(profiles)));
        },
        [this, user, ref](auto read) {
            if (!read) return arrived(user, ref, std::unexpected(read.error()), std::unexpected(read.error()));
            arrived(user, ref, std::move(read->first), std::move(read->second));
        });
}

void Home::arrived(UserId user, DeviceRef ref, store::Reader::Read<std::optional<store::PersonRecord>> person,
                   store::Reader::Read<store::ProfilesRecord> profiles) {
    auto* device = find(user, ref);
    if (!device) return;
    if (!person || !profiles || !*person) {
        return cannot_arrive(user, ref, person && !*person ? Refusal::token_not_valid : Refusal::storage_failing);
    }
    auto& here = people_here_.at(user);
    const auto account = (*person)->account;
    const auto availability = (*person)->availability;
    for (const auto& room : (*person)->rooms) here.rooms.insert_or_assign(room.id, room.head);
    people_.on_device(
        ref, [arrival = Arrival{std::move(**person), std::move(*profiles)}](Device& at) { at.arrived(arrival); });
    people_.on_device(ref,
                      [lent = here.reserve.lend(share_of_one(here.devices), now())](Device& at) { at.lend(lent); });
    device->arrived = true;
    auto held = std::move(device->held);
    std::erase_if(held, [&](const auto& event) { return event.sequence <= account; });
    deliver(*device, held);
    here.choose(availability, account);
    static_cast<void>(set_shown(user, here));
    tell_rooms(user, here);
}

void Home::make_room_for_one(Person& person) {
    if (person.devices.size() < limits::kDevicesPerPerson) return;
    people_.on_device(person.devices.front().ref,
                      [](Device& at) { at.dismissed("too many devices are signed in; this was the oldest"); });
    person.devices.erase(person.devices.begin());
}

void Home::detach(UserId user, DeviceRef ref, const Tokens& left) {
    const auto found = people_here_.find(user);
    if (found == people_here_.end()) return;
    auto& person = found->second;
    std::erase_if(person.devices, [&](const auto& device) { return device.ref == ref; });
    person.reserve.take_back(left, now());
    show_presence(user, person);
    share_rates(person);
    if (!person.devices.empty()) return;
    person.left = now();
    forget_later(user);
}

// Not before her reserve is full again: coming back must not fill it.
void Home::forget_later(UserId user) {
    people_.shards().at(here_).call_after(Reserve::longest_refill(), [this, user] {
        const auto found = people_here_.find(user);
        if (found == people_here_.end() || !found->second.devices.empty()) return;
        if (now() - found->second.left >= Reserve::longest_refill()) people_here_.erase(found);
    });
}

void Home::share_rates(const Person& person) {
    if (person.devices.empty()) return;
    const double share = share_of_one(person.devices);
    for (const auto& device : person.devices)
        people_.on_device(device.ref, [share](Device& at) { at.take_rate_share(share); });
}

void Home::report_presence(UserId user, DeviceRef ref, Presence presence) {
    auto* device = find(user, ref);
    if (!device || (presence != Presence::online && presence != Presence::away)) return;
    device->presence = presence;
    show_presence(user, people_here_.at(user));
}

void Home::show_presence(UserId user, Person& person) {
    if (set_shown(user, person)) tell_rooms(user, person);
}

bool Home::set_shown(UserId user, Person& person) {
    const auto presence = person.presence();
    if (presence == person.shown) return false;
    person.shown = presence;
    if (presence == Presence::offline) note_seen(user, person);
    return true;
}

void Home::note_seen(UserId user, Person& person) {
    person.last_seen = people_.shards().at(here_).wall_clock();
    people_.store().submit(store::NoteSeen{user, person.last_seen}, here_, [](const store::Outcome&) {});
}

void Home::look_up(UserId user, TellSeen tell) {
    const auto found = people_here_.find(user);
    if (found != people_here_.end() && found->second.shown != Presence::offline) return tell(Seen{found->second.shown});
    const auto noted = found != people_here_.end() ? found->second.last_seen : Timestamp{};
    people_.store().read(
        here_, [user](store::Reader& reader) { return reader.last_seen(user); },
        [noted, tell = std::move(tell)](store::Reader::Read<std::optional<Timestamp>> read) mutable {
            if (!read) return tell(std::unexpected(read.error()));
            const auto last = std::max(noted, read->value_or(Timestamp{}));  // it may not be stored yet
            tell(Seen{Presence::offline, last == Timestamp{} ? std::nullopt : std::optional(last)});
        });
}

void Home::tell_rooms(UserId user, const Person& person) {
    for (const auto& [room, head] : person.rooms) people_.presence().presence_changed(room, head, user, person.shown);
}

void Home::mark_read(UserId user, RoomId room, ReadPosition read) {
    const auto found = people_here_.find(user);
    if (found == people_here_.end() || !found->second.rooms.contains(room)) return;
    auto& reading = found->second.reading[room];
    if (read <= reading.reported) return;
    reading.reported = read;
    if (!reading.under_way) store_reading(user, room);
}

void Home::store_reading(UserId user, RoomId room) {
    const auto person = people_here_.find(user);
    if (person == people_here_.end()) return;
    const auto found = person->second.reading.find(room);
    if (found == person->second.reading.end() || found->second.reported <= found->second.stored) return;
    auto& reading = found->second;
    if (reading.under_way) return;
    reading.under_way = true;
    const auto to = reading.reported;
    people_.store().submit(
        store::MoveRead{user, room, to}, here_, [this, user, room, to](const store::Outcome& outcome) {
            people_.shards().post_to(
                here_, [this, user, room, to, status = outcome.status] { reading_stored(user, room, to, status); });
        });
}

void Home::reading_stored(UserId user, RoomId room, ReadPosition to, store::Status outcome) {
    const auto person = people_here_.find(user);
    if (person == people_here_.end()) return;
    const auto found = person->second.reading.find(room);
    if (found == person->second.reading.end()) return;
    found->second.under_way = false;
    if (outcome == store::Status::retry) {  // nobody will report it again: she has it
        people_.shards().at(here_).call_after(limits::kMarkReadEvery,
                                              [this, user, room] { store_reading(user, room); });
        return;
    }
    found->second.stored = std::max(found->second.stored, to);
    store_reading(user, room);
}

void Home::withdraw_token(UserId user, const store::TokenHash& token, DeviceRef but) {
    const auto found = people_here_.find(user);
    if (found == people_here_.end()) return;
    for (const auto& device : found->second.devices) {
        if (device.token == token && !(device.ref == but))
            people_.on_device(device.ref, [](Device& at) { at.dismissed("signed out on another connection"); });
    }
}

void Home::account_changed(UserId user, std::span<const AccountEvent> events) {
    const auto found = people_here_.find(user);
    if (found == people_here_.end()) return;
    follow_rooms(user, found->second, events);
    for (const auto& event : events) {
        const auto* chosen = std::get_if<AvailabilityChanged>(&event.body);
        if (!chosen) continue;
        found->second.choose(chosen->availability, event.sequence);
        show_presence(user, found->second);
    }
    std::vector<DeviceRef> waited_too_long;
    for (auto& device : found->second.devices) {
        if (device.arrived) {
            deliver(device, events);
        } else if (device.held.size() + events.size() > limits::kEventsPerFrame) {
            waited_too_long.push_back(device.ref);
        } else {
            device.held.insert(device.held.end(), events.begin(), events.end());
        }
    }
    for (const auto& ref : waited_too_long) cannot_arrive(user, ref, Refusal::busy);
}

void Home::cannot_arrive(UserId user, DeviceRef ref, Refusal why) {
    people_.on_device(ref, [why](Device& at) { at.could_not_arrive(why); });
    detach(user, ref, {});
}

void Home::follow_rooms(UserId user, Person& person, std::span<const AccountEvent> events) {
    for (const auto& event : events) {
        if (const auto* added = std::get_if<RoomAdded>(&event.body)) {
            person.rooms.insert_or_assign(added->room.id, added->room.head);
            people_.presence().presence_changed(added->room.id, added->room.head, user, person.shown);
        } else if (const auto* removed = std::get_if<RoomRemoved>(&event.body)) {
            person.rooms.erase(removed->room);
            person.reading.erase(removed->room);
        }
    }
}

void Home::deliver(const LiveDevice& device, std::span<const AccountEvent> events) {
    while (!events.empty()) {
        const auto part = events.first(std::min(events.size(), limits::kAccountEventsPerFrame));
        events = events.subspan(part.size());
        people_.on_device(device.ref, [events = std::vector(part.begin(), part.end()),
                                       frame = account_frame(part)](Device& at) { at.account_changed(events, frame); });
    }
}

}  // namespace parley::people
