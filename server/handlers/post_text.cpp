#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"
#include "store/mentioned.hpp"

namespace parley::handlers {

// A post is stored before anyone hears it. Starts on the session's shard, decides on the room's home, answers by way of
// it.
void handle(Context here, const PostText& post) {
    if (const auto why = why_not_said(post.text)) return refuse_operation(here, post.op, *why);
    here.services.rooms.on_room(
        post.room, [post, operation = here.operation(post.op), &store = here.services.store, asker = here.here(),
                    reply = here.session.reply_to(post.op)](std::expected<rooms::RoomContext, Refusal> found) mutable {
            if (!found) return refuse_operation(store, asker, operation, found.error(), std::move(reply));
            if (const auto why = found->room().why_not_post(operation.user))
                return refuse_operation(*found, operation, *why, std::move(reply));
            found->submit(store::AppendMessage{operation, post.room, post.text, found->wall_clock(), post.reply_to,
                                               store::mentioned_in(post.text.view())},
                          settle(std::move(reply)));
        });
}

}  // namespace parley::handlers
