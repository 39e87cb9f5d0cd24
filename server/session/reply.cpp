#include "session/reply.hpp"

#include <utility>

#include "session/session.hpp"

namespace parley::session {

Reply::Reply(Reply&& other) noexcept
    : sessions_(std::exchange(other.sessions_, nullptr)), to_(other.to_), op_(other.op_), request_(other.request_) {}

Reply::~Reply() {
    if (sessions_) refuse(Refusal::not_answered);
}

void Reply::done(RoomId room, Sequence sequence, Ordinal ordinal) {
    answer(net::make_frame(Done{op_.value_or(OpId{}), room, sequence, ordinal}), std::nullopt);
}

void Reply::refuse(Refusal why, std::chrono::milliseconds retry_after) {
    const Refused refused{op_, request_, why, static_cast<std::uint32_t>(retry_after.count()),
                          Sentence::cut(sentence_of(why))};
    answer(net::make_frame(refused), why);
}

void Reply::send(net::SharedFrame frame) {
    answer(std::move(frame), std::nullopt);
}
void Reply::settled() {
    answer(std::nullopt, std::nullopt);
}

void Reply::answer(std::optional<net::SharedFrame> frame, std::optional<Refusal> refused) {
    auto* sessions = std::exchange(sessions_, nullptr);
    if (!sessions) return;
    sessions->on_session(to_, [frame = std::move(frame), refused, op = op_](Session& session) mutable {
        session.answered(op, refused);
        if (frame) session.connection().send(std::move(*frame));
    });
}

}  // namespace parley::session
