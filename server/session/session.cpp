#include "session/session.hpp"

#include <utility>

#include "observe/log.hpp"
#include "session/message_kinds.hpp"

namespace parley::session {

namespace {

// FNV-1a, 64 bits: tells two contents of one OpId apart. The sender is the only one it could deceive.
std::uint64_t fingerprint_of(std::span<const std::byte> bytes) {
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const auto byte : bytes) hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001b3ull;
    return hash;
}

}  // namespace

Session::Session(net::Connection& connection, const SessionRules& rules) : connection_(connection), rules_(rules) {
    rules_.sessions->enter(*this);
    observe::info("connection_opened", {{"conn", net::number_of(connection.id())},
                                        {"address", connection.peer().address},
                                        {"agent", connection.peer().user_agent}});
    login_deadline_ = shard().call_after(limits::kLoginTime, [sessions = rules.sessions, ref = ref()] {
        sessions->on_session(ref, [](Session& session) {
            if (!session.logged_in())
                session.connection().close(CloseCode::login_too_slow, "sign in within the time given");
        });
    });
}

Session::~Session() {
    shard().cancel(login_deadline_);
    shard().cancel(next_frame_);
    rules_.sessions->leave(*this);
}

void Session::on_frame(std::span<const std::byte> frame) {
    pause_if_too_fast();
    const auto decoded = decode_client(frame);
    if (!decoded.ok()) return refuse_frame(decoded.error, decoded.tag);
    fingerprint_ = fingerprint_of(frame);
    if (const auto why = why_not(decoded.message)) return refuse(decoded.message, *why);
    if (!admit(decoded.message)) return;
    rules_.dispatch(*this, decoded.message);
    pause_if_behind();
}

// A message of a later version is refused and the connection goes on; one that is broken ends it.
void Session::refuse_frame(DecodeError error, std::uint8_t tag) {
    if (error == DecodeError::unknown_tag) {
        connection_.send(net::make_frame(Refused{std::nullopt, 0, Refusal::unknown_message, 0,
                                                 Sentence::cut(sentence_of(Refusal::unknown_message))}));
        return;
    }
    observe::warn("malformed_frame",
                  {{"conn", net::number_of(connection_.id())}, {"error", name_of(error)}, {"tag", std::uint64_t{tag}}});
    connection_.close(CloseCode::protocol_error, "malformed message");
}

std::optional<Refusal> Session::why_not(const ClientMessage& message) const {
    if (std::holds_alternative<Hello>(message)) return std::nullopt;
    if (!greeted_) return Refusal::hello_first;
    if (std::holds_alternative<ClientBeat>(message)) return std::nullopt;
    if (is_login(message)) {
        if (logged_in() || logging_in_) return Refusal::already_logged_in;
        return std::nullopt;
    }
    if (!logged_in()) return Refusal::not_logged_in;
    return std::nullopt;
}

// Order first, then how many, then how fast.
bool Session::admit(const ClientMessage& message) {
    if (is_login(message)) return true;  // logins have limits of their own, and no order
    const auto op = op_of(message);
    if (op && go_back_n_.holds_back(*op)) return refuse(message, Refusal::behind_a_refused_one), false;
    const auto kind = rate_kind_of(message);
    if ((op || kind == RateKind::query) && unanswered_ >= limits::kUnansweredPerSession)
        return refuse(message, Refusal::too_many_unanswered), false;
    if (!kind || *kind == RateKind::notice)
        return true;  // notices take their token in the handler: too many are dropped
    const auto wait = time_to_wait(*kind);
    if (wait.count() > 0) return refuse(message, Refusal::too_fast, wait), false;
    return true;
}

void Session::refuse(const ClientMessage& message, Refusal why, std::chrono::milliseconds retry_after) {
    const auto op = op_of(message);
    if (op && logged_in() && is_retryable(why)) go_back_n_.refused(*op);
    connection_.send(
        net::make_frame(Refused{op, request_of(message), why, static_cast<std::uint32_t>(retry_after.count()),
                                Sentence::cut(sentence_of(why))}));
    if (why == Refusal::hello_first) connection_.close(CloseCode::protocol_error, "the first message must be Hello");
    pause_if_behind();
}

void Session::pause_if_behind() {
    if (is_behind_ || connection_.queued_bytes() <= limits::kReadPauseAbove) return;
    is_behind_ = true;
    connection_.pause_reading();
}

// Frames that had come with this one are still handed over: they make the wait longer.
void Session::pause_if_too_fast() {
    if (rules_.unlimited_rates) return;
    const auto now = shard().now().time_since_epoch();
    frames_.charge(now);
    const auto wait = frames_.wait(now);
    if (wait.count() == 0) return;
    is_too_fast_ = true;
    connection_.pause_reading();
    shard().cancel(next_frame_);
    next_frame_ = shard().call_after(wait, [sessions = rules_.sessions, ref = ref()] {
        sessions->on_session(ref, [](Session& session) {
            session.is_too_fast_ = false;
            session.read_again();
        });
    });
}

void Session::read_again() {
    if (!is_behind_ && !is_too_fast_) connection_.resume_reading();
}

void Session::on_drained() {
    if (std::exchange(is_behind_, false)) read_again();
    if (attachment_) attachment_->drained();
}

void Session::on_closed(std::uint16_t code, std::string_view reason) {
    attachment_.reset();
    observe::info("connection_closed", {{"conn", net::number_of(connection_.id())},
                                        {"user", user_.value()},
                                        {"code", std::uint64_t{code}},
                                        {"reason", reason}});
}

void Session::greeted() {
    greeted_ = true;
}

void Session::begin_login() {
    logging_in_ = true;
}

void Session::log_in(UserId user, std::unique_ptr<Attachment> attachment) {
    logging_in_ = false;
    user_ = user;
    attachment_ = std::move(attachment);
    connection_.set_message_limit(limits::kClientFrame);
}

void Session::log_out() {
    attachment_.reset();  // a login that is under way goes on, and ends by itself
    user_ = {};
}

Reply Session::reply_to(const OpId& op) {
    ++unanswered_;
    return {*rules_.sessions, ref(), op, 0};
}

Reply Session::reply_to(RequestId request) {
    ++unanswered_;
    return {*rules_.sessions, ref(), std::nullopt, request};
}

void Session::answered(std::optional<OpId> op, std::optional<Refusal> refused) {
    --unanswered_;
    if (!op || !logged_in()) return;
    if (refused && is_retryable(*refused)) {
        go_back_n_.refused(*op);
    } else {
        go_back_n_.settled(*op);
    }
}

bool Session::may_notify(RateKind kind) {
    return time_to_wait(kind).count() == 0;
}

std::chrono::milliseconds Session::time_to_wait(RateKind kind) {
    if (rules_.unlimited_rates) return {};
    return attachment_->take_token(kind);
}

}  // namespace parley::session
