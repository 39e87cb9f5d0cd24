#include "faults/raw_talker.hpp"

#include <stdexcept>

namespace parley::faults {

RawTalker::RawTalker(std::uint16_t port, const std::string& name)
    : wire_(port), outbox_(std::hash<std::string>{}(name) | 1) {
    if (wire_.open_websocket() != 101) throw std::runtime_error(name + " was not let in");
    say(Hello{});
    say(Register{{outbox_, 1}, *AccountName::from(name), *Password::from("correct horse battery"), {}});
    welcome_ = hear<Welcome>();
    (void)hear<Subscribed>();
}

void RawTalker::say(const ClientMessage& message) {
    const auto bytes = encode(message);
    wire_.send_message({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

ServerMessage RawTalker::next() {
    for (;;) {
        const auto frame = wire_.read_frame();
        if (frame.opcode < 0 || frame.opcode == 8) throw std::runtime_error("the server ended the connection");
        if (frame.opcode != 2) continue;
        auto decoded = decode_server(std::as_bytes(std::span(frame.payload)));
        if (decoded.ok()) return std::move(decoded.message);
    }
}

}  // namespace parley::faults
