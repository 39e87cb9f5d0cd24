#include "simulation/socket_end.hpp"

#include "protocol/limits.hpp"

namespace parley::simulation {

namespace {

std::string string_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
std::span<const std::byte> bytes_of(const std::string& bytes) {
    return std::as_bytes(std::span(bytes));
}

// A server frame without its WebSocket header (RFC 6455 section 5.2; never masked, never fragmented).
std::span<const std::byte> payload_of(std::span<const std::byte> frame) {
    const auto length = std::to_integer<unsigned>(frame[1]);
    if (length < 126) return frame.subspan(2);
    return frame.subspan(length == 126 ? 4 : 10);
}

class FrameEnd final : public SocketEnd {
  public:
    FrameEnd(SocketUser& user, const Time& now) : SocketEnd(now), user_(user) {}

    void connect() override { write(Piece::Kind::open); }
    void send(std::span<const std::byte> message) override {
        if (is_open_) write(Piece::Kind::message, string_of(message));
    }
    void send_frame(const net::SharedFrame& frame) override { send(payload_of(frame->bytes())); }
    void ping() override {
        if (is_open_) write(Piece::Kind::ping);
    }
    void set_message_limit(std::size_t bytes) override { limit_ = bytes; }

    void close(std::uint16_t code, const std::string& reason) override {
        if (is_over_ || closing_with_) return;
        is_open_ = false;
        closing_with_ = code;
        write(Piece::Kind::close, reason, code);
        timers_.add(now_ + limits::kCloseTime, [this] { end(1006, "the peer did not answer the close frame"); });
    }

    void feed(Piece piece) override {
        if (is_over_) return;
        if (!unread_.empty() || !user_.takes_more()) return unread_.push_back(std::move(piece));
        take(std::move(piece));
    }
    void go_on() override {
        while (!unread_.empty() && user_.takes_more() && !is_over_) {
            auto piece = std::move(unread_.front());
            unread_.pop_front();
            take(std::move(piece));
        }
    }

  private:
    void write(Piece::Kind kind, std::string bytes = {}, std::uint16_t code = 0) {
        user_.write({kind, std::move(bytes), code, {}, {}});
    }
    void end(std::uint16_t code, const std::string& reason) {
        if (std::exchange(is_over_, true)) return;
        is_open_ = false;
        timers_.clear();
        user_.closed(code, reason);
    }
    void open() {
        is_open_ = true;
        user_.opened();
    }
    void take(Piece piece) {
        using Kind = Piece::Kind;
        if (piece.kind == Kind::end) return end(1006, "the connection broke");
        user_.heard();
        switch (piece.kind) {
            case Kind::open:
                write(Kind::opened);
                return open();
            case Kind::opened:
                return open();
            case Kind::message:
                if (!is_open_) return;
                if (piece.bytes.size() > limit_) return close(1009, "too long");
                return user_.received(bytes_of(piece.bytes));
            case Kind::ping:
                return write(Kind::pong);
            case Kind::close:
                is_open_ = false;
                write(Kind::close_answer, {}, piece.code);
                return end(piece.code, piece.bytes);
            case Kind::close_answer:
                return end(closing_with_.value_or(piece.code), {});
            default:
                return;
        }
    }

    SocketUser& user_;
    std::deque<Piece> unread_;
    std::size_t limit_ = limits::kServerFrame;
    std::optional<std::uint16_t> closing_with_;
    bool is_open_ = false;
    bool is_over_ = false;
};

// The endpoint of the programs, and in front of a server's the reading of the upgrade request's key.
class ByteEnd final : public SocketEnd, private websocket::Wire {
  public:
    ByteEnd(SocketUser& user, const Time& now, std::size_t message_limit)
        : SocketEnd(now), user_(user), endpoint_(*this, {}, message_limit) {}

    void connect() override {
        is_client_ = true;
        if (!endpoint_.connect("ws://parley/ws", "simulation")) throw std::runtime_error("the address is not one");
    }
    void send(std::span<const std::byte> message) override { endpoint_.send(message.data(), message.size()); }
    void send_frame(const net::SharedFrame& frame) override {
        if (endpoint_.is_open()) write(string_of(frame->bytes()));
    }
    void ping() override { endpoint_.ping(); }
    void close(std::uint16_t code, const std::string& reason) override { endpoint_.close(code, reason); }
    void set_message_limit(std::size_t bytes) override { endpoint_.set_message_limit(bytes); }

    void feed(Piece piece) override {
        if (piece.kind == Piece::Kind::end) return endpoint_.end();
        unread_ += piece.bytes;
        if (!is_client_ && !is_accepted_) accept();
        if (is_client_ || is_accepted_) go_on();
    }
    void go_on() override {
        if (unread_.empty() || !user_.takes_more()) return;
        const auto bytes = std::exchange(unread_, {});
        const auto taken = endpoint_.feed(bytes.data(), bytes.size());
        unread_ = bytes.substr(taken) + unread_;
    }

  private:
    void accept() {
        static constexpr std::string_view kKey = "Sec-WebSocket-Key: ";
        const auto end = unread_.find("\r\n\r\n");
        if (end == std::string::npos) return;
        const auto key = unread_.substr(unread_.find(kKey) + kKey.size(), 24);
        unread_.erase(0, end + 4);
        is_accepted_ = true;
        endpoint_.accept(key);
    }

    void write(std::string bytes) override { user_.write({Piece::Kind::bytes, std::move(bytes), 0, {}, {}}); }
    void opened() override { user_.opened(); }
    void received(const char* bytes, std::size_t size) override {
        user_.received(std::as_bytes(std::span(bytes, size)));
    }
    void heard() override { user_.heard(); }
    [[nodiscard]] bool takes_more() const override { return user_.takes_more(); }
    void closing() override {}
    void closed(std::uint16_t code, const std::string& reason) override { user_.closed(code, reason); }
    std::uint64_t call_after(std::chrono::milliseconds delay, std::function<void()> call) override {
        return static_cast<std::uint64_t>(timers_.add(now_ + delay, std::move(call)));
    }
    void cancel(std::uint64_t call) override { timers_.cancel(shard::TimerId(call)); }

    SocketUser& user_;
    std::string unread_;
    bool is_client_ = false;
    bool is_accepted_ = false;
    websocket::Endpoint endpoint_;
};

std::unique_ptr<SocketEnd> make_end(bool by_bytes, SocketUser& user, const Time& now, std::size_t limit) {
    if (by_bytes) return std::make_unique<ByteEnd>(user, now, limit);
    auto end = std::make_unique<FrameEnd>(user, now);
    end->set_message_limit(limit);
    return end;
}

}  // namespace

void SocketEnd::run_due() {
    while (auto call = timers_.take_due(now_)) (*call)();
}

std::unique_ptr<SocketEnd> make_client_end(bool by_bytes, SocketUser& user, const Time& now) {
    return make_end(by_bytes, user, now, limits::kServerFrame);
}
std::unique_ptr<SocketEnd> make_server_end(bool by_bytes, SocketUser& user, const Time& now) {
    return make_end(by_bytes, user, now, limits::kClientFrameBeforeLogin);
}

}  // namespace parley::simulation
