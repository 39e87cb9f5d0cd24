// One end of a WebSocket (RFC 6455) without a socket: bytes in, messages and bytes to write out. The handshake, framing
// and closing are websocketpp's, driven through a transport of our own; its types stay in endpoint.cpp, the only unit
// that sees them. This header is plain C++17 because websocketpp does not compile as C++20 with g++ 12.
// Compression is never negotiated and text messages are refused (1003).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace parley::websocket {

// What an endpoint asks of its owner. Called on the thread that called the endpoint, mostly from inside that call; the
// endpoint must not be destroyed by any of these, only later. An exception out of received() or opened() closes 1011.
class Wire {
  public:
    virtual ~Wire() = default;
    // To be sent after all that was written before. Nothing of the owner's may be sent after a close frame, which is
    // the last thing written after close() was called or closing() was heard.
    virtual void write(std::string bytes) = 0;
    // The handshake is done.
    virtual void opened() = 0;
    // One whole binary message, valid during the call.
    virtual void received(const char* bytes, std::size_t size) = 0;
    // A whole frame sequence came in, of whatever kind: the peer lives.
    virtual void heard() = 0;
    // False stops feed() within a few hundred bytes.
    [[nodiscard]] virtual bool takes_more() const = 0;
    // This end is about to write its close frame: data queued after this moment must be dropped.
    virtual void closing() = 0;
    // Once, last: close the socket when what was written is out. 1006: the peer vanished or was no WebSocket; the
    // reason then says what was wrong.
    virtual void closed(std::uint16_t code, const std::string& reason) = 0;
    // The calls must be made (or forgotten) before the owner's end; a cancelled one must not be made.
    virtual std::uint64_t call_after(std::chrono::milliseconds delay, std::function<void()> call) = 0;
    virtual void cancel(std::uint64_t call) = 0;
};

struct Timeouts {
    std::chrono::milliseconds handshake{0};  // 0: the owner has a deadline of its own
    std::chrono::milliseconds close{3000};   // for the peer's answer to our close frame
};

// Not thread-safe; all calls on the owner's thread. Bounded by the message limit, which is reserved when a frame
// announces it. After closed() every call does nothing.
class Endpoint {
  public:
    Endpoint(Wire& wire, Timeouts timeouts, std::size_t message_limit);
    ~Endpoint();
    Endpoint(const Endpoint&) = delete;
    Endpoint& operator=(const Endpoint&) = delete;

    // The server's side, for an upgrade request that was read and checked elsewhere: writes the answer and opens.
    // `key` is the value of Sec-WebSocket-Key: 24 characters of base64.
    void accept(const std::string& key);
    // The client's side: writes the request for "ws://host:port/path" and checks the answer that is fed. False, and
    // nothing else happens: not such a URL.
    [[nodiscard]] bool connect(const std::string& url, const std::string& user_agent);

    // How many bytes were taken: all, unless the wire takes no more. What comes after an error or the end is dropped.
    std::size_t feed(const char* bytes, std::size_t size);
    // The peer's bytes have ended, or its socket failed.
    void end();

    // The client's messages. (A server writes its frames ready-made.) Dropped when not open.
    void send(const void* bytes, std::size_t size);
    void ping();
    void close(std::uint16_t code, const std::string& reason);
    // For every message that starts from now on; longer ones close 1009 when announced.
    void set_message_limit(std::size_t bytes);

    [[nodiscard]] bool is_open() const;
    // A message has begun that has not ended.
    [[nodiscard]] bool is_inside_message() const;

  private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace parley::websocket
