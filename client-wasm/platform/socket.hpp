// One WebSocket to the server that served the page, over emscripten/websocket.h. Main thread. What the browser hands in
// is copied at once: its buffers are its own. Every step of a socket's life is a line in the console, with the server's
// connection id once it is known. The handlers are called from the browser's callbacks and may call back in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace parley::platform {

class Socket {
  public:
    struct Handlers {
        std::function<void()> opened;
        std::function<void(std::span<const std::byte> frame)> frame;
        std::function<void(std::uint16_t code, std::string_view reason)> closed;  // also when it could not be opened
    };
    explicit Socket(Handlers handlers) : handlers_(std::move(handlers)) {}
    ~Socket();
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    // Leaves a socket that is still there without a word more of it.
    void open(const std::string& url);
    void send(std::span<const std::byte> frame);
    // Nothing more is told of this socket.
    void close(std::uint16_t code, const std::string& reason);

    void set_connection_id(std::uint64_t id) { connection_id_ = id; }
    void log(std::string_view what) const;

    // --- from the browser's callbacks
    void on_open(int handle);
    void on_message(int handle, const std::uint8_t* data, std::uint32_t size, bool is_text);
    void on_error(int handle);
    void on_close(int handle, std::uint16_t code, const char* reason, bool was_clean);

  private:
    void forget();

    Handlers handlers_;
    int handle_ = 0;  // 0: none
    std::uint64_t connection_id_ = 0;
};

}  // namespace parley::platform
