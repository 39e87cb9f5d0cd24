#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const SetPoster& ask) {
    change_room(here, ask.op, ask.room, [ask](const store::Operation& operation, Timestamp now) {
        return store::SetPoster{operation, ask.room, ask.person, ask.on, now};
    });
}

}  // namespace parley::handlers
