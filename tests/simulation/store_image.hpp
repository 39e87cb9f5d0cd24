// Everything that a store holds and that the wire can show, read through its readers: what clients are compared with.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "store/store.hpp"

namespace parley::simulation {

struct RoomImage {
    store::RoomRecord record;
    std::vector<RoomEvent> events;
    std::vector<Message> messages;  // as history shows them
};

struct StoreImage {
    std::map<RoomId, RoomImage> rooms;
    std::map<UserId, store::PersonRecord> people;
    std::vector<DirectoryEntry> directory;
};

// Also of these rooms, if they exist: one that nobody is in any more may be in nobody's list and in no directory.
// Throws if the store cannot be read.
[[nodiscard]] StoreImage read_store(store::Backend& backend, const std::set<RoomId>& known);

}  // namespace parley::simulation
