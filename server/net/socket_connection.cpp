#include "net/socket_connection.hpp"

#include "net/shard_sockets.hpp"
#include "protocol/limits.hpp"

namespace parley::net {
namespace {

constexpr websocket::Timeouts kTimeouts{std::chrono::milliseconds(0), limits::kCloseTime};

std::uint16_t number_of(CloseCode code) {
    return static_cast<std::uint16_t>(code);
}

}  // namespace

SocketConnection::SocketConnection(Stream& stream, Peer peer)
    : stream_(stream),
      peer_(std::move(peer)),
      last_heard_(stream.home().time_of_sweep()),
      last_ping_(last_heard_),
      last_sent_(last_heard_),
      endpoint_(*this, kTimeouts, limits::kClientFrameBeforeLogin) {
    counts().open_websockets.add();
}

SocketConnection::~SocketConnection() {
    counts().open_websockets.subtract_one();
}

void SocketConnection::open(const std::string& key, std::string_view rest) {
    endpoint_.accept(key);
    if (!rest.empty()) on_bytes(rest);
}

shard::ShardId SocketConnection::shard() const {
    return stream_.home().shard().id();
}

void SocketConnection::send(SharedFrame frame) {
    if (is_closing_ || is_closed_) return;
    counts().frames_out.add();
    last_sent_ = stream_.home().time_of_sweep();
    stream_.push(std::move(frame));
    keep_bounds();
}

void SocketConnection::close(CloseCode code, std::string_view reason) {
    if (is_closing_ || is_closed_) return;
    endpoint_.close(number_of(code), std::string(reason));
    is_closing_ = true;
}

void SocketConnection::set_message_limit(std::size_t bytes) {
    endpoint_.set_message_limit(bytes);
}

void SocketConnection::pause_reading() {
    is_paused_ = true;
    stream_.pause_reading();
}

// What was read before the pause is fed from a fresh stack.
void SocketConnection::resume_reading() {
    if (!is_paused_) return;
    is_paused_ = false;
    stream_.run_later();
}

std::size_t SocketConnection::room() const {
    return limits::kReadBuffer;
}

void SocketConnection::on_bytes(std::string_view bytes) {
    if (unread_.empty()) return feed(bytes);
    unread_.append(bytes);
}

void SocketConnection::on_end() {
    endpoint_.end();
}

void SocketConnection::on_taken() {
    if (!is_full_ || queued_bytes() >= limits::kReadPauseAbove / 2) return;
    is_full_ = false;
    has_drained_ = true;
    stream_.run_later();  // may be inside send()
}

void SocketConnection::on_turn() {
    if (is_closed_) return tell_closed();
    if (std::exchange(has_drained_, false) && events_) guarded([this] { events_->on_drained(); });
    if (takes_more()) feed_unread();
}

void SocketConnection::on_sweep(shard::MonotonicTime now) {
    if (is_closing_ || is_closed_) return;
    if (!stream_.outbox().empty() && now - stream_.waiting_since() > limits::kOutboxStallTime) return cut_slow();
    if (now - last_sent_ >= limits::kPingEvery - limits::kSweepEvery) send(stream_.home().service().beat);
    if (!takes_more() || !unread_.empty()) {
        last_heard_ = message_since_ = now;  // it is we who do not listen
        return;
    }
    look_at_silence(now);
}

void SocketConnection::on_stop() {
    close(CloseCode::going_away, "the server is going down");
}

void SocketConnection::write(std::string bytes) {
    stream_.push(bytes);
    keep_bounds();
}

void SocketConnection::opened() {
    is_open_ = true;
    guarded([this] {
        events_ = stream_.home().service().opener.opened(*this);
        if (!events_) close(CloseCode::internal_error, "not taken");
    });
}

void SocketConnection::received(const char* bytes, std::size_t size) {
    counts().frames_in.add();
    was_inside_ = false;
    if (!events_ || is_closing_) return;
    guarded([&] { events_->on_frame(std::as_bytes(std::span(bytes, size))); });
}

void SocketConnection::heard() {
    last_heard_ = stream_.home().time_of_sweep();
}

void SocketConnection::closed(std::uint16_t code, const std::string& reason) {
    is_closed_ = true;
    close_code_ = code;
    close_reason_ = reason;
    stream_.finish(limits::kCloseTime);
    stream_.run_later();
}

std::uint64_t SocketConnection::call_after(std::chrono::milliseconds delay, std::function<void()> call) {
    return static_cast<std::uint64_t>(stream_.home().shard().call_after(delay, std::move(call)));
}

void SocketConnection::cancel(std::uint64_t call) {
    stream_.home().shard().cancel(shard::TimerId(call));
}

template <class Call>
void SocketConnection::guarded(Call&& call) {
    try {
        call();
    } catch (...) {
        counts().handler_exceptions.add();
        close(CloseCode::internal_error, "internal error");
    }
}

void SocketConnection::feed(std::string_view bytes) {
    const auto taken = takes_more() ? endpoint_.feed(bytes.data(), bytes.size()) : 0;
    if (endpoint_.is_inside_message() && !std::exchange(was_inside_, true))
        message_since_ = stream_.home().time_of_sweep();
    if (taken == bytes.size()) return;
    unread_.append(bytes.substr(taken));
    stream_.pause_reading();
}

void SocketConnection::feed_unread() {
    if (!unread_.empty()) feed(std::exchange(unread_, {}));
    if (unread_.empty() && takes_more()) stream_.resume_reading();
}

// A reader that is slower than what is sent to it is cut; it comes back and resumes. What this turn has queued was not
// offered to the socket yet, so that is done before the reader is blamed.
void SocketConnection::keep_bounds() {
    const auto& outbox = stream_.outbox();
    const bool is_short = outbox.bytes() <= limits::kReadPauseAbove && outbox.pieces() <= limits::kOutboxFrames;
    if (is_short && !stream_.home().outbox_share()) return;
    if (is_over_bounds() || is_over_share()) stream_.write_now();
    if (is_over_bounds()) return cut_slow();
    if (is_over_share()) {
        counts().cut_for_memory.add();
        return cut_slow();
    }
    if (outbox.bytes() <= limits::kReadPauseAbove || std::exchange(is_full_, true)) return;
    stream_.pause_reading();
}

// One frame of any size goes out alone.
bool SocketConnection::is_over_bounds() const {
    const auto& outbox = stream_.outbox();
    return outbox.pieces() > limits::kOutboxFrames ||
           (outbox.bytes() > limits::kConnectionOutbox && outbox.pieces() > 1);
}

bool SocketConnection::is_over_share() const {
    const auto share = stream_.home().outbox_share();
    return share && stream_.outbox().held() > *share && stream_.outbox().pieces() > 1;
}

void SocketConnection::cut_slow() {
    if (is_closing_ || is_closed_) return;
    counts().cut_slow.add();
    stream_.drop_unsent();
    close(CloseCode::try_again_later, "too slow");
    is_full_ = false;
    stream_.resume_reading();  // for the answer to our close frame
}

void SocketConnection::look_at_silence(shard::MonotonicTime now) {
    if (was_inside_ && now - message_since_ > limits::kMessageTime) {
        counts().cut_mute.add();
        return close(CloseCode::policy, "a message took too long");
    }
    // Asked, and given its time to answer: a server that was stopped itself asks first.
    const bool was_asked = last_ping_ > last_heard_ && now - last_ping_ >= limits::kPeerSilence - limits::kPingEvery;
    if (now - last_heard_ > limits::kPeerSilence && was_asked) {
        counts().cut_mute.add();
        return close(CloseCode::mute_peer, "nothing was heard");
    }
    if (now - last_heard_ < limits::kPingEvery || now - last_ping_ < limits::kPingEvery) return;
    last_ping_ = now;
    endpoint_.ping();
}

void SocketConnection::tell_closed() {
    if (!events_) return;
    const auto events = std::move(events_);
    guarded([&] { events->on_closed(close_code_, close_reason_); });
}

ShardCounts& SocketConnection::counts() {
    return stream_.home().counts();
}

}  // namespace parley::net
