#include "simulation/store_image.hpp"

#include <stdexcept>

namespace parley::simulation {

namespace {

template <class Value>
Value value_of(store::Reader::Read<Value> read) {
    if (!read) throw std::runtime_error("the store cannot be read: " + read.error().what);
    return std::move(*read);
}

RoomImage read_room(store::Reader& reader, RoomId id) {
    RoomImage room{value_of(reader.room(id)).value(), {}, {}};
    for (Sequence at; at < room.record.head;) {
        const auto page = value_of(reader.events_after(id, at));
        if (page.events.empty()) break;
        at = page.events.back().sequence;
        room.events.insert(room.events.end(), page.events.begin(), page.events.end());
    }
    for (Ordinal at; at < room.record.last_ordinal;) {
        const auto page = value_of(reader.history(id, HistoryDirection::after, at, limits::kHistoryPage));
        if (page.messages.empty()) break;
        at = page.messages.back().ordinal;
        room.messages.insert(room.messages.end(), page.messages.begin(), page.messages.end());
    }
    return room;
}

}  // namespace

StoreImage read_store(store::Backend& backend, const std::set<RoomId>& known) {
    auto opened = backend.open_reader();
    if (!opened) throw std::runtime_error("the store cannot be opened: " + opened.error().what);
    auto& reader = **opened;
    StoreImage image;
    for (const auto& profile : value_of(reader.profiles_after({})).profiles) {
        auto person = value_of(reader.person(profile.user)).value();
        for (const auto& room : person.rooms) image.rooms.try_emplace(room.id);
        image.people.emplace(profile.user, std::move(person));
    }
    for (RoomName after;;) {
        const auto page = value_of(reader.directory(after, limits::kDirectoryPage));
        for (const auto& entry : page.rooms) image.rooms.try_emplace(entry.id);
        image.directory.insert(image.directory.end(), page.rooms.begin(), page.rooms.end());
        if (!page.more) break;
        after = page.rooms.back().name;
    }
    for (const auto id : known)
        if (value_of(reader.room(id))) image.rooms.try_emplace(id);
    for (auto& [id, room] : image.rooms) room = read_room(reader, id);
    return image;
}

}  // namespace parley::simulation
