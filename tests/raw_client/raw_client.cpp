#include "raw_client/raw_client.hpp"

#include <algorithm>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <sstream>

namespace parley::net {

std::string HttpReply::field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

int WebSocketFrame::close_code() const {
    if (opcode != 8 || payload.size() < 2) return -1;
    return static_cast<unsigned char>(payload[0]) * 256 + static_cast<unsigned char>(payload[1]);
}

RawClient::RawClient(std::uint16_t port, int receive_buffer) : socket_(*context_) {
    socket_.open(asio::ip::tcp::v4());
    if (receive_buffer > 0) socket_.set_option(asio::socket_base::receive_buffer_size(receive_buffer));
    socket_.connect({asio::ip::address_v4::loopback(), port});
}

void RawClient::send(std::string_view bytes) {
    asio::write(socket_, asio::buffer(bytes));
}

bool RawClient::still_takes(std::string_view bytes) {
    asio::error_code error;
    asio::write(socket_, asio::buffer(bytes), error);
    return !error;
}

std::string RawClient::read_exactly(std::size_t size) {
    std::string bytes(size, '\0');
    asio::error_code at_end;
    bytes.resize(asio::read(socket_, asio::buffer(bytes), at_end));
    return bytes;
}

std::string RawClient::read_to_end() {
    std::string all;
    for (auto bytes = read_exactly(65536); !bytes.empty(); bytes = read_exactly(65536)) all += bytes;
    return all;
}

HttpReply RawClient::read_reply(bool has_body) {
    std::string head;
    while (!head.ends_with("\r\n\r\n")) {
        const auto byte = read_exactly(1);
        if (byte.empty()) return {};
        head += byte;
    }
    HttpReply reply;
    std::istringstream lines(head);
    std::string line;
    lines >> line >> reply.status;
    std::getline(lines, line);
    while (std::getline(lines, line) && line != "\r") {
        const auto colon = line.find(": ");
        auto name = line.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char letter) { return static_cast<char>(std::tolower(letter)); });
        reply.fields[name] = line.substr(colon + 2, line.size() - colon - 3);
    }
    if (has_body && reply.status != 304 && reply.status != 101)
        reply.body = read_exactly(std::stoul(reply.field("content-length")));
    return reply;
}

HttpReply RawClient::get(const std::string& path, const std::string& further_fields) {
    send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + further_fields + "\r\n");
    return read_reply();
}

std::string RawClient::upgrade(const std::string& further_fields) {
    return "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: "
           "13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           further_fields + "\r\n";
}

unsigned RawClient::open_websocket(const std::string& further_fields) {
    send(upgrade(further_fields));
    return read_reply().status;
}

// Masked with zeros, which leaves the payload as it is.
std::string RawClient::frame(int first_byte, std::string_view payload) {
    std::string bytes(1, static_cast<char>(first_byte));
    const auto size = payload.size();
    const auto append = [&bytes, size](int count) {
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift);
    };
    if (size < 126) {
        bytes += static_cast<char>(0x80 | size);
    } else {
        bytes += size <= 0xffff ? '\xfe' : '\xff';
        append(size <= 0xffff ? 2 : 8);
    }
    return bytes.append(4, '\0').append(payload);
}

void RawClient::send_frame(int first_byte, std::string_view payload) {
    send(frame(first_byte, payload));
}

void RawClient::send_close(int code) {
    const char payload[] = {static_cast<char>(code >> 8), static_cast<char>(code)};
    send_frame(0x88, {payload, 2});
}

WebSocketFrame RawClient::read_frame() {
    const auto header = read_exactly(2);
    if (header.size() < 2) return {};
    std::size_t size = static_cast<unsigned char>(header[1]);
    if (size >= 126) {
        const auto length = read_exactly(size == 126 ? 2 : 8);
        size = 0;
        for (const char byte : length) size = size * 256 + static_cast<unsigned char>(byte);
    }
    WebSocketFrame frame{header[0] & 0x0f, read_exactly(size)};
    return frame.payload.size() == size ? frame : WebSocketFrame{};
}

int RawClient::read_close_code() {
    auto frame = read_frame();
    while (frame.opcode != 8 && frame.opcode != -1) frame = read_frame();
    return frame.close_code();
}

}  // namespace parley::net
