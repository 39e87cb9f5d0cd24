#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"
#include "text/names.hpp"

namespace parley::handlers {

void handle(Context here, const RenameRoom& ask) {
    if (!text::is_room_name(ask.name.view())) return refuse_operation(here, ask.op, Refusal::room_name_not_allowed);
    change_room(here, ask.op, ask.room, [ask](const store::Operation& operation, Timestamp now) {
        return store::RenameRoom{operation, ask.room, ask.name, now};
    });
}

}  // namespace parley::handlers
