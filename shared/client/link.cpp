#include "client/link.hpp"

#include <algorithm>

namespace parley::client {

void Link::start(Now now) {
    started_ = true;
    if (socket_) return;
    back_off_.reset();
    open_socket(now);
}

void Link::stop() {
    started_ = false;
    rest(CloseCode::normal, "closed by this side");
}

void Link::opened() {
    if (!socket_) return;
    open_ = true;
    enter(ConnectionState::logging_in, {});
}

void Link::closed(Now now, const std::string& why) {
    if (!socket_) return;
    if (connected_at_ && now.monotonic_ms - *connected_at_ >= milliseconds_of(limits::kConnectionLasted))
        back_off_.reset();
    if (connected_at_) away_since_ = now.monotonic_ms;
    forget_socket();
    retry_later(now, why);
}

void Link::fail(Now now, CloseCode code, const std::string& why) {
    if (!socket_) return;
    out_.want(CloseSocket{code, why});
    closed(now, why);
}

void Link::rest(CloseCode code, const std::string& why) {
    if (socket_) out_.want(CloseSocket{code, why});
    forget_socket();
    next_try_.reset();
    enter(ConnectionState::offline, why);
}

void Link::wake() {
    if (!started_ || socket_) return;
    next_try_ = 0;
    state_.next_try = 0;
}

void Link::heard(Now now) {
    silent_until_ = now.monotonic_ms + milliseconds_of(limits::kServerSilence);
}

void Link::await_answer(Now now) {
    silent_until_ = std::min(silent_until_, now.monotonic_ms + milliseconds_of(limits::kOpeningTime));
}

void Link::welcomed(Now now) {
    connected_at_ = now.monotonic_ms;
    enter(ConnectionState::connected, {});
}

void Link::network_returned(Now now) {
    if (next_try_) return open_socket(now);
    if (!socket_) return;
    // The connection may have died unseen while the network or the machine was away: ask, and do not wait long. One
    // that is still opening may have lost its first words.
    if (is_connected()) out_.send(ClientBeat{1});
    silent_until_ = std::min(silent_until_, now.monotonic_ms + milliseconds_of(limits::kProbeAnswer));
}

bool Link::time_passed(Now now) {
    if (next_try_ && now.monotonic_ms >= *next_try_) open_socket(now);
    return socket_ && now.monotonic_ms >= silent_until_;
}

std::optional<std::int64_t> Link::deadline() const {
    if (next_try_) return next_try_;
    if (socket_) return silent_until_;
    return std::nullopt;
}

void Link::open_socket(Now now) {
    next_try_.reset();
    state_.next_try = 0;
    socket_ = true;
    silent_until_ = now.monotonic_ms + milliseconds_of(limits::kOpeningTime);
    out_.want(OpenSocket{});
    if (state_.connection != ConnectionState::reconnecting) enter(ConnectionState::connecting, {});
}

void Link::retry_later(Now now, const std::string& why) {
    const auto wait = back_off_.next(dice_, longest_wait(now));
    next_try_ = now.monotonic_ms + wait;
    state_.next_try = *next_try_;
    enter(ConnectionState::reconnecting, why, wait);
}

// Who was connected a moment ago is back soon after the network is; who is away for long asks less and less often.
std::int64_t Link::longest_wait(Now now) const {
    if (!away_since_) return milliseconds_of(limits::kReconnectLongest);
    return std::max(milliseconds_of(limits::kReconnectSoon), (now.monotonic_ms - *away_since_) / 8);
}

void Link::forget_socket() {
    socket_ = false;
    open_ = false;
    greeted_ = false;
    connected_at_.reset();
    state_.connection_id = 0;
}

void Link::enter(ConnectionState next, const std::string& why, std::int64_t retry_in_ms) {
    if (state_.connection == next && why.empty()) return;
    state_.connection = next;
    out_.tell(ConnectionChanged{next, why, retry_in_ms});
}

}  // namespace parley::client
