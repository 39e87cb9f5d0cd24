#include "handlers/handlers.hpp"

namespace parley::handlers {

void handle(Context here, const WatchRooms& ask) {
    here.services.rooms.watch(here.session.connection(), ask.rooms.items());
}

}  // namespace parley::handlers
