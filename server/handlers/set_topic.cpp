#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"
#include "text/names.hpp"

namespace parley::handlers {

void handle(Context here, const SetTopic& ask) {
    if (!text::is_room_topic(ask.topic.view())) return refuse_operation(here, ask.op, Refusal::topic_not_allowed);
    change_room(here, ask.op, ask.room, [ask](const store::Operation& operation, Timestamp now) {
        return store::SetTopic{operation, ask.room, ask.topic, now};
    });
}

}  // namespace parley::handlers
