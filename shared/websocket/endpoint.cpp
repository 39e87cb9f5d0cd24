#include "websocket/endpoint.hpp"

#include <sys/random.h>

#include <array>
#include <cstdlib>
#include <exception>
#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/config/core.hpp>
#include <websocketpp/connection_base.hpp>
#include <websocketpp/http/request.hpp>
#include <websocketpp/http/response.hpp>
#include <websocketpp/logger/stub.hpp>

#include "websocket/transport.hpp"
// After the parts it is made of.
#include <websocketpp/connection.hpp>

namespace parley::websocket {
namespace {

// The library finds the byte order out at the first call and remembers it without a lock: that call is made here, while
// there is one thread.
[[maybe_unused]] const auto kFirstCall = library::lib::net::_htonll(1);

// Masking keys and handshake keys, from the system's source (RFC 6455 section 10.3 wants them unpredictable).
struct SystemRandom {
    std::uint32_t operator()() {
        thread_local std::array<std::uint32_t, 64> numbers;
        thread_local std::size_t used = numbers.size();
        if (used == numbers.size()) {
            if (getrandom(numbers.data(), sizeof numbers, 0) != static_cast<ssize_t>(sizeof numbers)) std::abort();
            used = 0;
        }
        return numbers[used++];
    }
};

// The library does not say when a message begins, but it asks for the room to hold it. feed() points here.
thread_local bool* message_begun = nullptr;

template <class Message>
class MessageRoom : public library::lib::enable_shared_from_this<MessageRoom<Message>> {
  public:
    using type = MessageRoom<Message>;
    using ptr = library::lib::shared_ptr<MessageRoom>;
    using weak_ptr = library::lib::weak_ptr<MessageRoom>;
    using message_ptr = typename Message::ptr;

    message_ptr get_message() { return library::lib::make_shared<Message>(type::shared_from_this()); }
    message_ptr get_message(library::frame::opcode::value op, std::size_t size) {
        if (message_begun != nullptr && !library::frame::opcode::is_control(op)) *message_begun = true;
        return library::lib::make_shared<Message>(type::shared_from_this(), op, size);
    }
    bool recycle(Message*) { return false; }
};

struct Config : library::config::core {
    using concurrency_type = library::concurrency::none;
    using alog_type = library::log::stub;
    using elog_type = library::log::stub;
    using rng_type = SystemRandom;
    using message_type = library::message_buffer::message<MessageRoom>;
    using con_msg_manager_type = MessageRoom<message_type>;

    struct transport_config {
        using concurrency_type = library::concurrency::none;
        using alog_type = library::log::stub;
        using elog_type = library::log::stub;
    };
    struct transport_type {
        using transport_con_type = Transport<transport_config>;
    };

    static const std::size_t connection_read_buffer_size = 256;  // held by every connection, idle or not
};

using Link = library::connection<Config>;
namespace status = library::close::status;

constexpr status::value kVanished = status::abnormal_close;

bool is_close_frame(const std::string& bytes) {
    return bytes.size() >= 2 && static_cast<unsigned char>(bytes[0]) == 0x88;
}

// The library closes 1011 for a length that is not the shortest; RFC 6455 section 5.2 makes it an error of the peer's.
bool is_blamed_wrongly(const std::string& frame) {
    const auto reason = make_error_code(library::processor::error::non_minimal_encoding).message();
    return frame.size() == 4 + reason.size() && frame[2] == '\x03' && frame[3] == '\xf3' &&
           frame.compare(4, std::string::npos, reason) == 0;
}

}  // namespace

// Stands between the library and the owner's wire. The library's handlers point to it and
// are taken back before it goes.
class Endpoint::State final : public TransportOwner {
  public:
    State(Wire& wire, Timeouts timeouts, std::size_t message_limit)
        : wire_(wire), timeouts_(timeouts), message_limit_(message_limit) {}

    ~State() override {
        if (!link_) return;
        link_->detach();
        link_->set_open_handler(nullptr);
        link_->set_message_handler(nullptr);
        link_->set_close_handler(nullptr);
        link_->set_fail_handler(nullptr);
        link_->set_ping_handler(nullptr);
        link_->set_pong_handler(nullptr);
    }

    void accept(const std::string& key) {
        make_link(true, {});
        start();
        const std::string head =
            "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
            key + "\r\n\r\n";
        feed(head.data(), head.size());
    }

    bool connect(const std::string& url, const std::string& user_agent) {
        const auto location = library::lib::make_shared<library::uri>(url);
        if (!location->get_valid() || location->get_secure()) return false;
        make_link(false, user_agent);
        link_->set_uri(location);
        start();
        return true;
    }

    std::size_t feed(const char* bytes, std::size_t size) {
        std::size_t taken = 0;
        guarded([&] {
            message_begun = &inside_message_;
            while (taken < size && link_ && link_->is_reading() && (handshaking() || wire_.takes_more())) {
                taken += link_->give(bytes + taken, size - taken);
            }
        });
        message_begun = nullptr;
        const bool drops_the_rest = !link_ || !link_->is_reading();
        return drops_the_rest ? size : taken;
    }

    void end() {
        guarded([this] {
            if (link_) link_->give_end();
            // No read waits after an error: the close frame was written, and its answer will not come.
            if (link_ && !closed_) link_->terminate(make_error_code(library::transport::error::eof));
        });
    }

    void send(const void* bytes, std::size_t size) {
        // It can fail only where the link is closing, and then the close tells.
        if (!is_open()) return;
        [[maybe_unused]] const auto ignored = link_->send(bytes, size, library::frame::opcode::binary);
    }

    void ping() {
        error_code ignored;
        if (is_open()) link_->ping({}, ignored);
    }

    void close(std::uint16_t code, const std::string& reason) {
        guarded([&] {
            if (!link_) return finish(kVanished, reason);
            if (link_->get_state() == library::session::state::connecting) {
                return link_->terminate(make_error_code(library::error::operation_canceled));
            }
            if (!is_open()) return;
            asked_code_ = code;
            asked_reason_ = reason;
            error_code ignored;
            link_->close(code, reason, ignored);
        });
    }

    void set_message_limit(std::size_t bytes) {
        message_limit_ = bytes;
        if (link_) link_->set_max_message_size(bytes);
    }

    [[nodiscard]] bool is_open() const {
        return link_ && !closed_ && link_->get_state() == library::session::state::open;
    }
    [[nodiscard]] bool is_inside_message() const { return inside_message_; }

    void write(std::string bytes) override {
        if (!handshaking() && is_close_frame(bytes)) {
            wire_.closing();
            if (is_blamed_wrongly(bytes)) {
                bytes[3] = '\xea';  // 1002
                corrected_code_ = status::protocol_error;
            }
        }
        wire_.write(std::move(bytes));
    }
    std::uint64_t call_after(std::chrono::milliseconds delay, std::function<void()> call) override {
        return wire_.call_after(delay, std::move(call));
    }
    void cancel(std::uint64_t call) override { wire_.cancel(call); }

  private:
    [[nodiscard]] bool handshaking() const { return !was_open_; }

    void make_link(bool is_server, const std::string& user_agent) {
        static const auto access_log = library::lib::make_shared<library::log::stub>();
        static const auto error_log = library::lib::make_shared<library::log::stub>();
        static SystemRandom random;
        link_ = library::lib::make_shared<Link>(is_server, user_agent, access_log, error_log, random);
        link_->attach(*this);
        link_->set_open_handshake_timeout(static_cast<long>(timeouts_.handshake.count()));
        link_->set_close_handshake_timeout(static_cast<long>(timeouts_.close.count()));
        link_->set_max_message_size(message_limit_);
        link_->set_open_handler([this](library::connection_hdl) { open(); });
        link_->set_message_handler(
            [this](library::connection_hdl, const Link::message_ptr& message) { take(*message); });
        link_->set_ping_handler([this](library::connection_hdl, const std::string&) { return wire_.heard(), true; });
        link_->set_pong_handler([this](library::connection_hdl, const std::string&) { wire_.heard(); });
        link_->set_close_handler([this](library::connection_hdl) { finish_closed(); });
        link_->set_fail_handler([this](library::connection_hdl) { finish_failed(); });
    }

    void start() {
        guarded([this] { link_->start(); });
    }

    void open() {
        was_open_ = true;
        wire_.opened();
    }

    void take(const Link::message_ptr::element_type& message) {
        inside_message_ = false;
        wire_.heard();
        if (message.get_opcode() != library::frame::opcode::binary) {
            return close(status::unsupported_data, "binary messages only");
        }
        wire_.received(message.get_payload().data(), message.get_payload().size());
    }

    void finish_closed() {
        if (asked_code_ != 0) return finish(asked_code_, asked_reason_);
        if (corrected_code_ != 0) return finish(corrected_code_, link_->get_local_close_reason());
        // A close frame of the peer's that breaks the rules is answered 1002.
        const bool is_blamed = link_->get_local_close_code() == status::protocol_error;
        if (link_->get_remote_close_code() != kVanished && !is_blamed) {
            return finish(link_->get_remote_close_code(), link_->get_remote_close_reason());
        }
        finish(link_->get_local_close_code(), link_->get_local_close_reason());
    }

    void finish_failed() {
        const auto answered = link_->get_response_code();
        const bool refused = answered != library::http::status_code::uninitialized &&
                             answered != library::http::status_code::switching_protocols;
        finish(kVanished, refused ? "the server answered HTTP " + std::to_string(static_cast<int>(answered))
                                  : link_->get_ec().message());
    }

    void finish(std::uint16_t code, const std::string& reason) {
        if (std::exchange(closed_, true)) return;
        wire_.closed(code, reason);
    }

    // The owner's exceptions pass through the library, which is left without a waiting read: only a close can follow.
    template <class Call>
    void guarded(Call&& call) {
        try {
            call();
        } catch (const std::exception&) {
            fail();
        }
    }

    void fail() {
        try {
            close(status::internal_endpoint_error, "internal error");
        } catch (const std::exception&) {
            finish(kVanished, "internal error");
        }
    }

    Wire& wire_;
    const Timeouts timeouts_;
    std::size_t message_limit_;
    library::lib::shared_ptr<Link> link_;
    std::uint16_t asked_code_ = 0;
    std::string asked_reason_;
    std::uint16_t corrected_code_ = 0;
    bool was_open_ = false;
    bool inside_message_ = false;
    bool closed_ = false;
};

Endpoint::Endpoint(Wire& wire, Timeouts timeouts, std::size_t message_limit)
    : state_(std::make_unique<State>(wire, timeouts, message_limit)) {}
Endpoint::~Endpoint() = default;
void Endpoint::accept(const std::string& key) {
    state_->accept(key);
}
bool Endpoint::connect(const std::string& url, const std::string& user_agent) {
    return state_->connect(url, user_agent);
}
std::size_t Endpoint::feed(const char* bytes, std::size_t size) {
    return state_->feed(bytes, size);
}
void Endpoint::end() {
    state_->end();
}
void Endpoint::send(const void* bytes, std::size_t size) {
    state_->send(bytes, size);
}
void Endpoint::ping() {
    state_->ping();
}
void Endpoint::close(std::uint16_t code, const std::string& reason) {
    state_->close(code, reason);
}
void Endpoint::set_message_limit(std::size_t bytes) {
    state_->set_message_limit(bytes);
}
bool Endpoint::is_open() const {
    return state_->is_open();
}
bool Endpoint::is_inside_message() const {
    return state_->is_inside_message();
}

}  // namespace parley::websocket
