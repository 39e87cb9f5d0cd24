// What the clients of a run have asked for and what they were answered: the side of the story that the store must
// agree with. Filled while the run goes on, read by the oracle at its end.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/client.hpp"

namespace parley::simulation {

struct Asked {
    enum class Kind : std::uint8_t {
        post,
        create_room,
        join_room,
        leave_room,
        direct_chat,
        group_chat,
        open_thread,
        nick,
        status,
        availability,
        block,
        favourite,
        topic,
        rename,
        make_private,
        newcomers,
        archive,
        who_posts,
        poster,
        invite,
        edit,
        remove,
        react,
        pin,
    };
    Kind kind = Kind::post;
    UserId user = {};
    RoomId room = {};       // post, join, leave, what is done to it, and what is done to messages, open_thread
    std::string text = {};  // post, edit, create_room, nick, topic, rename; react: the emoji
    Ordinal ordinal = {};   // the message; post: which one it answers
    bool on = false;        // react, pin, archive, poster, favourite; create_room: by invitation; newcomers: read what
                            // is new alone; who_posts: only some
    UserId person = {};     // invite, poster
    bool given_up = false;  // its client is gone or has forgotten it: done once or not at all
    bool kept = false;      // it is, or was once, on the disk of her browser
    bool wiped = false;     // signing out has taken it from there
    std::string told = {};  // to which client it was settled last
    std::optional<client::OperationDone> done = {};
    std::optional<Refusal> refused = {};
    [[nodiscard]] bool is_settled() const { return done || refused; }
};

class Ledger {
  public:
    void asked(OpId op, Asked what) {
        if (what.kind == Asked::Kind::leave_room) left_.emplace(what.user, what.room);
        operations_.emplace(op, std::move(what));
    }
    // She has wished to leave this room: for a while she may be in it and not hear it.
    [[nodiscard]] bool has_left(UserId user, RoomId room) const { return left_.contains({user, room}); }
    [[nodiscard]] Asked* find(OpId op) {
        const auto found = operations_.find(op);
        return found == operations_.end() ? nullptr : &found->second;
    }
    void give_up(OpId op) {
        if (auto* asked = find(op)) asked->given_up = true;
    }
    void wipe(OpId op) {
        if (auto* asked = find(op)) asked->wiped = true;
    }
    // Nothing of this outbox is sent any more.
    void give_up(OutboxId outbox) {
        for (auto at = operations_.lower_bound({outbox, 0}); at != operations_.end() && at->first.outbox == outbox;
             ++at)
            at->second.given_up = true;
    }
    // Calls with each unsettled operation of this outbox.
    template <class Call>
    void for_each_unsettled(OutboxId outbox, Call call) {
        for (auto at = operations_.lower_bound({outbox, 0}); at != operations_.end() && at->first.outbox == outbox;
             ++at) {
            if (!at->second.is_settled()) call(at->first, at->second);
        }
    }
    [[nodiscard]] const std::map<OpId, Asked>& operations() const { return operations_; }

    // --- two posts of one person: where both are stored in one room, they stand there in this order
    struct Before {
        OpId earlier;
        OpId later;
    };
    void stands_before(Before order) { orders_.push_back(order); }
    [[nodiscard]] const std::vector<Before>& orders() const { return orders_; }

    // --- the stranger, who may take the OpId of somebody else: it is another operation, for it is another person's
    using Whose = std::pair<UserId, OpId>;
    void stranger_asked(OpId op, Asked what) {
        what.given_up = true;
        strangers_.try_emplace({what.user, op}, std::move(what));
    }
    void stranger_was_told(UserId user, client::OperationDone done) {
        const auto asked = strangers_.find({user, done.op});
        if (asked != strangers_.end()) asked->second.done = done;
    }
    [[nodiscard]] const std::map<Whose, Asked>& strangers() const { return strangers_; }
    // Nothing: this person never asked for it.
    [[nodiscard]] const Asked* find(UserId user, OpId op) const {
        const auto own = operations_.find(op);
        if (own != operations_.end() && own->second.user == user) return &own->second;
        const auto strange = strangers_.find({user, op});
        return strange == strangers_.end() ? nullptr : &strange->second;
    }

  private:
    std::map<OpId, Asked> operations_;
    std::map<Whose, Asked> strangers_;
    std::vector<Before> orders_;
    std::set<std::pair<UserId, RoomId>> left_;
};

}  // namespace parley::simulation
