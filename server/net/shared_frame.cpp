#include "net/shared_frame.hpp"

namespace parley::net {
namespace {

constexpr std::byte kFinalBinary{0x82};

void append_big_endian(Buffer& bytes, std::uint64_t value, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) bytes.push_back(static_cast<std::byte>(value >> shift));
}

// RFC 6455 section 5.2, unmasked, in the shortest of the three lengths.
void append_header(Buffer& bytes, std::size_t payload) {
    bytes.push_back(kFinalBinary);
    if (payload < 126) {
        bytes.push_back(static_cast<std::byte>(payload));
    } else if (payload <= 0xffff) {
        bytes.push_back(std::byte{126});
        append_big_endian(bytes, payload, 2);
    } else {
        bytes.push_back(std::byte{127});
        append_big_endian(bytes, payload, 8);
    }
}

}  // namespace

SharedFrame make_binary_frame(std::span<const std::byte> payload) {
    Buffer bytes;
    bytes.reserve(payload.size() + 10);
    append_header(bytes, payload.size());
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return std::make_shared<const Frame>(std::move(bytes));
}

SharedFrame make_frame(const ServerMessage& message) {
    return make_binary_frame(encode(message));
}

}  // namespace parley::net
