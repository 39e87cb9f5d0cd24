// What is read from the store for somebody, with what she may see of it. The store is ahead of what a room has
// published, so both are asked: her place in the store is read behind what was read for her, and is as new as that.
#pragma once

#include <optional>
#include <utility>

#include "store/store.hpp"

namespace parley::rooms {

template <class Record>
struct Readable {
    Record record;
    std::optional<Ordinal> from;  // the first message that she may read; nothing: she is not in the room
};

// `ask(reader, from)` is not asked for somebody who is not in the room.
template <class Ask>
auto read_for(RoomId room, UserId user, Ask ask) {
    using Record = typename decltype(ask(std::declval<store::Reader&>(), Ordinal()))::value_type;
    return [room, user, ask = std::move(ask)](store::Reader& reader) -> store::Reader::Read<Readable<Record>> {
        auto from = reader.reads_from(room, user);
        if (!from) return std::unexpected(std::move(from.error()));
        if (!*from) return Readable<Record>{};
        auto record = ask(reader, **from);
        if (!record) return std::unexpected(std::move(record.error()));
        from = reader.reads_from(room, user);  // she may have left and come back meanwhile
        if (!from) return std::unexpected(std::move(from.error()));
        return Readable<Record>{std::move(*record), *from};
    };
}

}  // namespace parley::rooms
