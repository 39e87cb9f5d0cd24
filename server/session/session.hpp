// Who one connection is, and what it may ask now: hello first, then a login, then everything else; rates, unanswered
// operations, go-back-N. Decodes frames and hands messages to the handlers; what a message does it does not know.
// Lives on the connection's shard, owned by net by way of ConnectionEvents.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "net/connection.hpp"
#include "protocol/codec.hpp"
#include "protocol/rate_bucket.hpp"
#include "protocol/rates.hpp"
#include "session/go_back_n.hpp"
#include "session/reply.hpp"
#include "session/sessions.hpp"

namespace parley::session {

class Session;

// What every session of a server shares. Outlives them all.
struct SessionRules {
    shard::Shards* shards = nullptr;
    SessionTables* sessions = nullptr;
    bool unlimited_rates = false;
    // Handles one message of a session that may send it now.
    std::function<void(Session&, const ClientMessage&)> dispatch;
};

// What the layer above keeps for a logged-in session; destroyed when the session logs out or its connection ends.
class Attachment {
  public:
    virtual ~Attachment() = default;
    virtual void drained() = 0;  // the connection's queue is short again
    // Takes one token of hers: zero, or how long to wait until there is one.
    [[nodiscard]] virtual std::chrono::milliseconds take_token(RateKind kind) = 0;
};

class Session final : public net::ConnectionEvents {
  public:
    Session(net::Connection& connection, const SessionRules& rules);
    ~Session() override;

    void on_frame(std::span<const std::byte> frame) override;
    void on_drained() override;
    void on_closed(std::uint16_t code, std::string_view reason) override;

    [[nodiscard]] net::Connection& connection() { return connection_; }
    [[nodiscard]] SessionRef ref() const { return {connection_.shard(), connection_.id()}; }
    [[nodiscard]] shard::Shard& shard() const { return rules_.shards->at(connection_.shard()); }

    // --- who she is
    void greeted();
    [[nodiscard]] bool is_greeted() const { return greeted_; }
    [[nodiscard]] bool logged_in() const { return attachment_ != nullptr; }
    [[nodiscard]] UserId user() const { return user_; }  // nobody before login
    // A login is under way: a second one is refused until it ends, either way.
    void begin_login();
    void login_failed() { logging_in_ = false; }
    void log_in(UserId user, std::unique_ptr<Attachment> attachment);
    void log_out();

    // --- answering
    [[nodiscard]] Reply reply_to(const OpId& op);  // counts as unanswered until it is answered
    [[nodiscard]] Reply reply_to(RequestId request);
    void answered(std::optional<OpId> op, std::optional<Refusal> refused);  // for Reply
    void confirmed(OutboxId outbox, std::uint64_t through) { go_back_n_.confirmed(outbox, through); }
    // A hash of the message being handled, for the store: the same OpId with another hash is a conflict.
    [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }

    // REQUIRES: logged_in()
    [[nodiscard]] bool may_notify(RateKind kind);  // takes a token of a notice; false: drop it

  private:
    [[nodiscard]] std::optional<Refusal> why_not(const ClientMessage& message) const;
    [[nodiscard]] std::chrono::milliseconds time_to_wait(RateKind kind);  // REQUIRES: logged_in()
    [[nodiscard]] bool admit(const ClientMessage& message);
    void refuse(const ClientMessage& message, Refusal why, std::chrono::milliseconds retry_after = {});
    void refuse_frame(DecodeError error, std::uint8_t tag);
    void pause_if_behind();
    void pause_if_too_fast();
    void read_again();

    net::Connection& connection_;
    const SessionRules& rules_;
    std::unique_ptr<Attachment> attachment_;
    UserId user_;
    GoBackN go_back_n_;
    std::uint64_t fingerprint_ = 0;
    RateBucket frames_{limits::kFrameRate};
    shard::TimerId login_deadline_{};
    shard::TimerId next_frame_{};
    std::uint32_t unanswered_ = 0;
    bool greeted_ = false;
    bool logging_in_ = false;
    bool is_behind_ = false;    // its answers pile up: nothing is read
    bool is_too_fast_ = false;  // likewise, until it has waited
};

}  // namespace parley::session
