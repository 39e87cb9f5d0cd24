// How a change is answered: what every handler of a change does the same way.
#pragma once

#include "handlers/services.hpp"
#include "rooms/room_context.hpp"
#include "session/reply.hpp"

namespace parley::handlers {

// The answer that settles a reply with the store's outcome.
[[nodiscard]] store::Answer settle(session::Reply reply);

// A no of the room or the rules goes by way of the store: if this operation was done before, its first result is the
// answer (the OpId comes before permissions); else a final refusal is recorded and given, and a retryable one holds the
// outbox back there, so that nothing that was sent after it is done before it.
void refuse_operation(const rooms::RoomContext& here, const store::Operation& operation, Refusal why,
                      session::Reply reply);
void refuse_operation(store::Store& store, shard::ShardId here, const store::Operation& operation, Refusal why,
                      session::Reply reply);
// On the session's shard, before anything else was asked.
void refuse_operation(Context here, OpId op, Refusal why);

// Nothing: these words may stand in a message.
[[nodiscard]] std::optional<Refusal> why_not_said(const MessageText& words);

// From its session to the store, by way of the room's home, if she may there: a change of a message that is there, or
// of the room itself. `change` makes it, told when it is.
using MakeChange = std::move_only_function<store::Change(const store::Operation& operation, Timestamp now)>;
void change_message(Context here, const OpId& op, RoomId room, MakeChange change);
void change_what_is_written(Context here, const OpId& op, RoomId room, MakeChange change);  // as who may post
void change_room(Context here, const OpId& op, RoomId room, MakeChange change);
void change_settings(Context here, const OpId& op, RoomId room, MakeChange change);

}  // namespace parley::handlers
