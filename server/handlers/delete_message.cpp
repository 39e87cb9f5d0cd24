#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const DeleteMessage& ask) {
    change_message(here, ask.op, ask.room, [ask](const store::Operation& operation, Timestamp now) {
        return store::DeleteMessage{operation, ask.room, ask.ordinal, now};
    });
}

}  // namespace parley::handlers
