#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const SetPin& ask) {
    change_what_is_written(here, ask.op, ask.room, [ask](const store::Operation& operation, Timestamp now) {
        return store::SetPin{operation, ask.room, ask.ordinal, ask.on, now};
    });
}

}  // namespace parley::handlers
