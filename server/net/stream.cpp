#include "net/stream.hpp"

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <linux/sockios.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "net/shard_sockets.hpp"
#include "protocol/limits.hpp"

namespace parley::net {

Stream::Stream(ShardSockets& home, Accepted accepted)
    : home_(home),
      id_(accepted.id),
      socket_(home.context().get_executor()),
      address_(std::move(accepted.address)),
      outbox_(home.held()) {
    socket_.assign(accepted.socket.number());
    static_cast<void>(accepted.socket.release());
}

Stream::~Stream() = default;

void Stream::start(std::unique_ptr<StreamUser> user) {
    user_ = std::move(user);
    await_readable();
}

void Stream::become(std::unique_ptr<StreamUser> user) {
    retired_ = std::exchange(user_, std::move(user));
    run_later();
}

void Stream::push(SharedFrame frame) {
    if (phase_ != Phase::open) return;
    if (outbox_.empty()) waiting_since_ = home_.shard().now();
    outbox_.push(std::move(frame));
    run_later();
}

void Stream::push(std::string_view copied) {
    const auto bytes = std::as_bytes(std::span(copied));
    push(std::make_shared<const Frame>(Buffer(bytes.begin(), bytes.end())));
}

void Stream::push_view(std::string_view bytes) {
    if (phase_ != Phase::open) return;
    if (outbox_.empty()) waiting_since_ = home_.shard().now();
    outbox_.push_view(bytes);
    run_later();
}

std::size_t Stream::unacknowledged() {
    int bytes = 0;
    if (phase_ == Phase::closed) return 0;
    return ::ioctl(socket_.native_handle(), SIOCOUTQ, &bytes) == 0 && bytes > 0 ? static_cast<std::size_t>(bytes) : 0;
}

void Stream::resume_reading() {
    paused_ = false;
    await_readable();
}

void Stream::run_later() {
    home_.run_later(*this);
}

void Stream::finish(std::chrono::nanoseconds at_most) {
    if (phase_ != Phase::open) return;
    phase_ = Phase::finishing;
    deadline_ = home_.shard().now() + at_most;
    paused_ = false;
    run_later();
}

void Stream::cut() {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::closed;
    outbox_.clear();
    asio::error_code ignored;
    socket_.close(ignored);
    if (!std::exchange(ended_, true) && user_) user_->on_end();
    run_later();
}

bool Stream::turn() {
    guarded([this] {
        retired_.reset();
        flush();
        if (phase_ == Phase::finishing && outbox_.empty()) linger();
        if (user_) user_->on_turn();
    });
    return phase_ != Phase::closed || awaits_readable_ || awaits_writable_ || is_listed;
}

void Stream::sweep(shard::MonotonicTime now) {
    guarded([&] {
        if (phase_ == Phase::open) return user_->on_sweep(now);
        if (phase_ != Phase::closed && now >= deadline_) cut();
    });
}

void Stream::stop() {
    guarded([this] {
        if (phase_ == Phase::open) user_->on_stop();
    });
}

template <class Call>
void Stream::guarded(Call&& call) {
    try {
        call();
    } catch (...) {
        home_.counts().handler_exceptions.add();
        cut_quietly();
    }
}

void Stream::cut_quietly() {
    try {
        cut();
    } catch (...) {
        home_.counts().handler_exceptions.add();
    }
}

void Stream::await_readable() {
    if (awaits_readable_ || paused_ || ended_ || phase_ == Phase::closed) return;
    awaits_readable_ = true;
    socket_.async_wait(asio::posix::descriptor_base::wait_read, [this](const asio::error_code&) {
        awaits_readable_ = false;
        guarded([this] { on_readable(); });
    });
}

void Stream::await_writable() {
    if (awaits_writable_ || phase_ == Phase::closed) return;
    awaits_writable_ = true;
    socket_.async_wait(asio::posix::descriptor_base::wait_write, [this](const asio::error_code&) {
        awaits_writable_ = false;
        run_later();
    });
}

void Stream::on_readable() {
    if (phase_ == Phase::closed) return run_later();
    if (!paused_) read_once();
    await_readable();
}

void Stream::read_once() {
    const auto buffer = home_.read_buffer();
    const auto room = phase_ == Phase::open ? std::min(buffer.size(), user_->room()) : buffer.size();
    const auto size = ::recv(socket_.native_handle(), buffer.data(), room, MSG_DONTWAIT);
    if (size < 0) {
        if (errno != EAGAIN && errno != EINTR) cut();
        return;
    }
    if (size == 0) {
        if (phase_ == Phase::lingering) return cut();
        if (!std::exchange(ended_, true)) user_->on_end();
        return;
    }
    home_.counts().bytes_in.add(static_cast<std::uint64_t>(size));
    if (phase_ != Phase::open) return discard(static_cast<std::size_t>(size));
    user_->on_bytes({buffer.data(), static_cast<std::size_t>(size)});
}

void Stream::discard(std::size_t size) {
    discarded_ += size;
    if (discarded_ > limits::kLingerBytes) cut();
}

void Stream::flush() {
    if (outbox_.empty() || awaits_writable_ || phase_ == Phase::closed) return;
    write_once();
    // The rest goes by way of the loop, so that no connection holds up the others.
    if (!outbox_.empty()) await_writable();
}

void Stream::write_now() {
    if (awaits_writable_) return;
    for (auto before = outbox_.bytes() + 1; !outbox_.empty() && outbox_.bytes() < before;) {
        before = outbox_.bytes();
        write_once();
    }
}

void Stream::write_once() {
    std::array<iovec, limits::kWritePieces> parts;
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = outbox_.gather(parts, limits::kHttpPiece);
    const auto size = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (size < 0 && errno != EAGAIN && errno != EINTR) return cut();
    if (size > 0) written(static_cast<std::size_t>(size));
}

void Stream::written(std::size_t size) {
    home_.counts().writes.add();
    home_.counts().bytes_out.add(size);
    waiting_since_ = home_.shard().now();
    outbox_.taken(size);
    if (phase_ == Phase::open) user_->on_taken();
}

void Stream::linger() {
    if (ended_) return cut();
    phase_ = Phase::lingering;
    deadline_ = home_.shard().now() + limits::kLingerTime;
    ::shutdown(socket_.native_handle(), SHUT_WR);
    await_readable();
}

}  // namespace parley::net
