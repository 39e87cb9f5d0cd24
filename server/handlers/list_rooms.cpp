#include "handlers/handlers.hpp"

namespace parley::handlers {

void handle(Context here, const ListRooms& ask) {
    here.services.store.read(
        here.here(),
        [after = ask.after](store::Reader& reader) { return reader.directory(after, limits::kDirectoryPage); },
        [ask, reply = here.session.reply_to(ask.request)](store::Reader::Read<store::DirectoryRecord> read) mutable {
            if (!read) return reply.refuse(Refusal::storage_failing);
            RoomDirectory directory{ask.request, read->more, {}};
            for (const auto& room : read->rooms) directory.rooms.push_back(room);
            reply.send(net::make_frame(directory));
        });
}

}  // namespace parley::handlers
