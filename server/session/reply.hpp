// The one answer to one message, from wherever it is known. A value that holds ids, never a connection; it is answered
// exactly once, and if it was not, its destructor answers a retryable refusal (never a final one: the change may be
// stored). Answers are posted to the session's shard, so those given on a room's home keep the order of that room.
#pragma once

#include <chrono>
#include <optional>

#include "net/connection.hpp"
#include "protocol/server_messages.hpp"
#include "session/sessions.hpp"

namespace parley::session {

class Reply {
  public:
    Reply(SessionTables& sessions, SessionRef to, std::optional<OpId> op, RequestId request)
        : sessions_(&sessions), to_(to), op_(op), request_(request) {}
    ~Reply();
    Reply(Reply&& other) noexcept;
    Reply& operator=(Reply&& other) = delete;

    // The change is durable.
    void done(RoomId room, Sequence sequence, Ordinal ordinal);
    void refuse(Refusal why, std::chrono::milliseconds retry_after = {});
    // A query's answer.
    void send(net::SharedFrame frame);
    // The answer has gone out, or goes out, another way.
    void settled();

    [[nodiscard]] const SessionRef& to() const { return to_; }
    [[nodiscard]] std::optional<OpId> op() const { return op_; }
    [[nodiscard]] RequestId request() const { return request_; }

  private:
    void answer(std::optional<net::SharedFrame> frame, std::optional<Refusal> refused);

    SessionTables* sessions_;  // null once answered
    SessionRef to_;
    std::optional<OpId> op_;
    RequestId request_;
};

}  // namespace parley::session
