// A server message as it goes on the wire, WebSocket header included (RFC 6455 section 5.2; server frames are not
// masked). Made once, shared read-only by every receiver on every shard, never changed.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "protocol/codec.hpp"

namespace parley::net {

class Frame {
  public:
    explicit Frame(Buffer bytes) : bytes_(std::move(bytes)) {}
    [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }

  private:
    Buffer bytes_;
};

using SharedFrame = std::shared_ptr<const Frame>;

// Encodes the message behind a binary-frame header. REQUIRES: the message is within limits::kServerFrame.
[[nodiscard]] SharedFrame make_frame(const ServerMessage& message);

// The same for a payload that is encoded already.
[[nodiscard]] SharedFrame make_binary_frame(std::span<const std::byte> payload);

}  // namespace parley::net
