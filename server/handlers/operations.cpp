#include "handlers/operations.hpp"

#include "text/names.hpp"

namespace parley::handlers {

store::Answer settle(session::Reply reply) {
    return [reply = std::move(reply)](const store::Outcome& outcome) mutable {
        if (outcome.done()) return reply.done(outcome.result.room, outcome.result.sequence, outcome.result.ordinal);
        reply.refuse(outcome.refusal);
    };
}

void refuse_operation(const rooms::RoomContext& here, const store::Operation& operation, Refusal why,
                      session::Reply reply) {
    here.submit(store::RecordRefusal{operation, why}, settle(std::move(reply)));
}

void refuse_operation(store::Store& store, shard::ShardId here, const store::Operation& operation, Refusal why,
                      session::Reply reply) {
    store.submit(store::RecordRefusal{operation, why}, here, settle(std::move(reply)));
}

void refuse_operation(Context here, OpId op, Refusal why) {
    refuse_operation(here.services.store, here.here(), here.operation(op), why, here.session.reply_to(op));
}

std::optional<Refusal> why_not_said(const MessageText& words) {
    if (text::is_blank(words.view())) return Refusal::text_empty;
    if (text::has_forbidden_controls(words.view())) return Refusal::text_not_allowed;
    return std::nullopt;
}

namespace {

using WhyNot = std::optional<Refusal> (room::Room::*)(UserId user) const;

void change_in_room(Context here, const OpId& op, RoomId room, WhyNot why_not, MakeChange change) {
    here.services.rooms.on_room(
        room, [operation = here.operation(op), &store = here.services.store, asker = here.here(),
               reply = here.session.reply_to(op), why_not,
               change = std::move(change)](std::expected<rooms::RoomContext, Refusal> found) mutable {
            if (!found) return refuse_operation(store, asker, operation, found.error(), std::move(reply));
            if (const auto why = (found->room().*why_not)(operation.user))
                return refuse_operation(*found, operation, *why, std::move(reply));
            found->submit(change(operation, found->wall_clock()), settle(std::move(reply)));
        });
}

}  // namespace

void change_message(Context here, const OpId& op, RoomId room, MakeChange change) {
    change_in_room(here, op, room, &room::Room::why_not_change_messages, std::move(change));
}

void change_what_is_written(Context here, const OpId& op, RoomId room, MakeChange change) {
    change_in_room(here, op, room, &room::Room::why_not_post, std::move(change));
}

void change_room(Context here, const OpId& op, RoomId room, MakeChange change) {
    change_in_room(here, op, room, &room::Room::why_not_change_room, std::move(change));
}

void change_settings(Context here, const OpId& op, RoomId room, MakeChange change) {
    change_in_room(here, op, room, &room::Room::why_not_change_settings, std::move(change));
}

}  // namespace parley::handlers
