#include "auth/shown_names.hpp"
#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const RenameRoom& ask) {
    const auto name = auth::room_name_of(ask.name.view());
    if (!name) return refuse_operation(here, ask.op, Refusal::room_name_not_allowed);
    change_room(here, ask.op, ask.room, [ask, name = *name](const store::Operation& operation, Timestamp now) {
        return store::RenameRoom{operation, ask.room, name, now};
    });
}

}  // namespace parley::handlers
