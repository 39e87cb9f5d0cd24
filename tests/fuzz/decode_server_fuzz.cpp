// Frames from a server, as a client reads them; and event bodies, as the store reads them back.
#include "codec_seeds.hpp"
#include "fuzz_target.hpp"

std::vector<std::string> parley::fuzz::seeds() {
    return frames_of(support::server_samples());
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using parley::fuzz::require;
    const auto frame = std::as_bytes(std::span(data, size));
    const auto decoded = parley::decode_server(frame);
    if (decoded.ok()) {
        // Not always the same bytes: the body of an unknown event is dropped.
        const auto again = parley::encode(decoded.message);
        require(again.size() <= frame.size(), "a server message is written no longer than it was read");
        const auto back = parley::decode_server(again);
        require(back.ok() && back.message == decoded.message, "a server message comes back equal");
    }
    if (!frame.empty()) {
        const auto body = parley::decode_event_body(data[0], frame.subspan(1));
        if (body.ok()) require(parley::kind_of(body.message) == data[0], "an event's body keeps its kind");
    }
    return 0;
}
