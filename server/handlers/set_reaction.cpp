#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"
#include "text/emoji_shape.hpp"

namespace parley::handlers {

// Whatever stands there may be taken back: the shape was not always so strict.
void handle(Context here, const SetReaction& ask) {
    if (ask.on && !text::is_shaped_like_emoji(ask.emoji.view()))
        return refuse_operation(here, ask.op, Refusal::emoji_not_allowed);
    change_message(here, ask.op, ask.room, [ask](const store::Operation& operation, Timestamp) {
        return store::SetReaction{operation, ask.room, ask.ordinal, ask.emoji, ask.on};
    });
}

}  // namespace parley::handlers
