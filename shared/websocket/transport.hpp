// The transport under websocketpp: it has no socket. Private to endpoint.cpp. What the library writes and its
// timers go to the owner; a read it starts waits until bytes are given.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>
#include <websocketpp/common/connection_hdl.hpp>
#include <websocketpp/common/functional.hpp>
#include <websocketpp/common/memory.hpp>
#include <websocketpp/common/system_error.hpp>
#include <websocketpp/transport/base/connection.hpp>
#include <websocketpp/uri.hpp>

namespace parley::websocket {

namespace library = websocketpp;
using library::lib::error_code;

// Where the library's bytes and timers go.
class TransportOwner {
  public:
    virtual ~TransportOwner() = default;
    virtual void write(std::string bytes) = 0;
    virtual std::uint64_t call_after(std::chrono::milliseconds delay, std::function<void()> call) = 0;
    virtual void cancel(std::uint64_t call) = 0;
};

// A pending call of the owner. The library holds it and cancels it; a detached one does nothing.
struct Timer {
    TransportOwner* owner = nullptr;
    std::uint64_t call = 0;

    void cancel() {
        if (owner != nullptr) owner->cancel(call);
        owner = nullptr;
    }
};

template <class Config>
class Transport : public library::lib::enable_shared_from_this<Transport<Config>> {
  public:
    using type = Transport<Config>;
    using ptr = library::lib::shared_ptr<type>;
    using concurrency_type = typename Config::concurrency_type;
    using scoped_lock_type = typename concurrency_type::scoped_lock_type;
    using mutex_type = typename concurrency_type::mutex_type;
    using alog_type = typename Config::alog_type;
    using elog_type = typename Config::elog_type;
    using timer_ptr = library::lib::shared_ptr<Timer>;

    Transport(bool, const library::lib::shared_ptr<alog_type>&, const library::lib::shared_ptr<elog_type>&) {}

    void attach(TransportOwner& owner) { owner_ = &owner; }
    // The owner is about to go: nothing reaches it any more, and no call of ours stays with it.
    void detach() {
        for (const auto& timer : timers_) {
            if (const auto pending = timer.lock()) pending->cancel();
        }
        timers_.clear();
        owner_ = nullptr;
        read_handler_ = nullptr;
        reading_ = false;
    }

    [[nodiscard]] bool is_reading() const { return reading_; }

    // Gives the waiting read what it has room for; the number of bytes taken.
    std::size_t give(const char* bytes, std::size_t size) {
        const std::size_t taken = std::min(size, room_);
        std::memcpy(target_, bytes, taken);
        complete(error_code(), taken);
        return taken;
    }

    void give_end() {
        if (reading_) complete(make_error_code(library::transport::error::eof), 0);
    }

    ptr get_shared() { return type::shared_from_this(); }
    void set_secure(bool) {}
    [[nodiscard]] bool is_secure() const { return false; }
    void set_uri(library::uri_ptr) {}
    void set_remote_endpoint(const std::string&) {}
    [[nodiscard]] std::string get_remote_endpoint() const { return {}; }
    void set_handle(library::connection_hdl) {}
    [[nodiscard]] library::connection_hdl get_handle() const { return {}; }

    timer_ptr set_timer(long milliseconds, library::transport::timer_handler handler) {
        auto timer = library::lib::make_shared<Timer>();
        if (owner_ == nullptr) return timer;
        timer->owner = owner_;
        timer->call = owner_->call_after(std::chrono::milliseconds(milliseconds), [timer, handler] {
            timer->owner = nullptr;
            handler(error_code());
        });
        timers_.push_back(timer);
        return timer;
    }

  protected:
    void init(library::transport::init_handler handler) { handler(error_code()); }

    // Every read of the library asks for at least one byte, so whatever comes completes it.
    void async_read_at_least(std::size_t, char* target, std::size_t room, library::transport::read_handler handler) {
        if (reading_) return handler(make_error_code(library::transport::error::double_read), 0);
        if (owner_ == nullptr) return;
        target_ = target;
        room_ = room;
        read_handler_ = std::move(handler);
        reading_ = true;
    }

    void async_write(const char* bytes, std::size_t size, library::transport::write_handler handler) {
        if (owner_ != nullptr) owner_->write(std::string(bytes, size));
        handler(error_code());
    }

    void async_write(const std::vector<library::transport::buffer>& parts, library::transport::write_handler handler) {
        std::string bytes;
        for (const auto& part : parts) bytes.append(part.buf, part.len);
        if (owner_ != nullptr) owner_->write(std::move(bytes));
        handler(error_code());
    }

    error_code dispatch(library::transport::dispatch_handler handler) {
        handler();
        return {};
    }

    void async_shutdown(library::transport::shutdown_handler handler) { handler(error_code()); }

  private:
    void complete(const error_code& error, std::size_t size) {
        reading_ = false;
        const auto handler = std::move(read_handler_);
        read_handler_ = nullptr;
        handler(error, size);
    }

    TransportOwner* owner_ = nullptr;
    std::vector<library::lib::weak_ptr<Timer>> timers_;  // two in a connection's life
    char* target_ = nullptr;
    std::size_t room_ = 0;
    library::transport::read_handler read_handler_;
    bool reading_ = false;
};

}  // namespace parley::websocket
