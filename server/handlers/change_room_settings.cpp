#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const ChangeRoomSettings& ask) {
    change_settings(here, ask.op, ask.room, [ask](const store::Operation& operation, Timestamp now) {
        return store::ChangeRoomSettings{operation, ask.room, ask.access, now, ask.newcomers, ask.posts, ask.archived};
    });
}

}  // namespace parley::handlers
