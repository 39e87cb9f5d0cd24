// A client that writes whatever bytes a test wants, over a real socket on loopback. Blocking; a test that waits for
// what never comes is ended by ctest.
#pragma once

#include <asio/ip/tcp.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace parley::net {

struct HttpReply {
    unsigned status = 0;
    std::map<std::string, std::string> fields;  // names in lower case
    std::string body;
    [[nodiscard]] std::string field(const std::string& name) const;
};

struct WebSocketFrame {
    int opcode = -1;  // -1: the connection ended
    std::string payload;
    [[nodiscard]] int close_code() const;
};

class RawClient {
  public:
    explicit RawClient(std::uint16_t port, int receive_buffer = 0);

    void send(std::string_view bytes);
    // False once the server has closed.
    [[nodiscard]] bool still_takes(std::string_view bytes);
    [[nodiscard]] std::string read_exactly(std::size_t size);  // shorter at the end
    [[nodiscard]] std::string read_to_end();
    [[nodiscard]] HttpReply read_reply(bool has_body = true);
    [[nodiscard]] HttpReply get(const std::string& path, const std::string& further_fields = "");
    [[nodiscard]] bool is_ended() { return read_exactly(1).empty(); }

    // The status; 101 on success.
    unsigned open_websocket(const std::string& further_fields = "");
    void send_frame(int first_byte, std::string_view payload);
    void send_message(std::string_view payload) { send_frame(0x82, payload); }
    void send_close(int code);
    [[nodiscard]] WebSocketFrame read_frame();
    // Skips data frames.
    [[nodiscard]] int read_close_code();
    [[nodiscard]] asio::ip::tcp::socket& socket() { return socket_; }

    static std::string frame(int first_byte, std::string_view payload);
    static std::string upgrade(const std::string& further_fields = "");

  private:
    std::unique_ptr<asio::io_context> context_ = std::make_unique<asio::io_context>();
    asio::ip::tcp::socket socket_;
};

}  // namespace parley::net
