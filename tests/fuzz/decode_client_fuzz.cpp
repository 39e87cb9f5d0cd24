// Frames from strangers, as the server reads them.
#include "codec_seeds.hpp"
#include "fuzz_target.hpp"

std::vector<std::string> parley::fuzz::seeds() {
    return frames_of(support::client_samples());
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using parley::fuzz::require;
    const auto frame = std::as_bytes(std::span(data, size));
    const auto decoded = parley::decode_client(frame);
    if (!decoded.ok()) return 0;
    const auto again = parley::encode(decoded.message);
    require(std::equal(again.begin(), again.end(), frame.begin(), frame.end()),
            "a client message has one form as bytes");
    return 0;
}
