// Conversation: what the client tells, and what is printed of it.
#include "cli/conversation.hpp"

namespace parley::cli {

void Conversation::on(const client::ConnectionChanged& changed) {
    printer_.connection(changed.state, changed.why, changed.retry_in_ms, state().connection_id);
    if (changed.state != client::ConnectionState::connected && !progress_.answered)
        progress_.request = 0;  // asked again
    if (state().must_reload) {
        printer_.error(name_of(Refusal::wrong_version),
                       "This parley-cli and the server speak different versions. Update it.");
        finish(1);
    }
}

void Conversation::on(const client::LoginRefused& refused) {
    printer_.error(name_of(refused.reason), refused.sentence);
    finish(1);
}

void Conversation::on(const client::SessionEnded& ended) {
    printer_.error("session_ended", ended.why);
    finish(1);
}

void Conversation::on(const client::MessageArrived& arrived) {
    printer_.message(title(arrived.room), shown(arrived.message));
}

void Conversation::on(const client::OperationPending& pending) {
    const auto tag = tags_.find(pending.op);
    if (tag != tags_.end()) printer_.pending(tag->second.op, title(tag->second.room), pending.kept);
}

void Conversation::on(const client::OperationDone& done) {
    const auto tag = tags_.extract(done.op);
    const bool in_front = progress_.op == done.op;
    if (in_front) {
        progress_.settled = true;
        progress_.done = true;
        progress_.room = done.room;
    }
    if (tag.empty()) {  // of an earlier run
        if (done.room.names_something()) printer_.done({}, title(done.room), done.sequence, done.ordinal);
        return;
    }
    const bool named = state().room(done.room) != nullptr;
    const auto room = named ? title(done.room) : in_front ? title_in(waiting_.front(), done.room) : std::string();
    printer_.done(tag.mapped().op, room, done.sequence, done.ordinal);
}

void Conversation::on(const client::OperationRefused& refused) {
    const auto tag = tags_.extract(refused.op);
    if (progress_.op == refused.op) progress_.settled = true;
    if (tag.empty()) {  // of an earlier run: nobody knows it by a name any more
        for (const auto& pending : state().pending)
            if (pending.op == refused.op)
                printer_.refused_earlier(title(pending.room), name_of(refused.reason), refused.sentence,
                                         pending.text.view());
        for (const auto& pending : state().pending_changes) {
            const auto* edit = std::get_if<EditText>(&pending.change);
            if (edit != nullptr && edit->op == refused.op)
                printer_.refused_earlier(title(edit->room), name_of(refused.reason), refused.sentence,
                                         edit->text.view());
        }
        client_.chat().discard(refused.op);
        return;
    }
    client_.chat().discard(refused.op);
    auto [op, room] = tag.mapped();
    // What was to be opened first carries no tag: that is the message's, which is not sent now.
    if (op.empty() && progress_.op == refused.op && !waiting_.empty()) op = waiting_.front().op;
    printer_.refused(op, room.names_something() ? title(room) : std::string(), name_of(refused.reason),
                     refused.sentence);
}

void Conversation::on(const client::QueryRefused& refused) {
    if (refused.request == 0 || refused.request != progress_.request) return;
    const auto& command = waiting_.front();
    if (progress_.done && !is_retryable(refused.reason)) {
        say_it_is_gone(command);
    } else {
        printer_.refused(command.op, command.room, name_of(refused.reason), refused.sentence);
    }
    waiting_.pop_front();
    progress_ = {};
}

// Where nothing was to be said in it, its opening has been told as done: that stays true.
void Conversation::say_it_is_gone(const Command& command) {
    constexpr std::string_view kReason = "left_meanwhile";
    const std::string sentence = "It was left on another device, or let go for another one, before it could be shown.";
    if (command.text.empty()) return printer_.error(kReason, sentence);
    printer_.refused(command.op, command.room, kReason, sentence + " Nothing was said in it.");
}

void Conversation::on(const client::HistoryLoaded& loaded) {
    if (loaded.request == progress_.request) history_ = loaded.messages;
    note_answer(loaded.request);
}

void Conversation::on(const client::RoomWasReset& reset) {
    printer_.reset(title(reset.room));
}

}  // namespace parley::cli
