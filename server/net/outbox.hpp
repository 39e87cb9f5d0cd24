// What waits to be written to one socket: frames shared with other connections, and views of bytes that never change.
// Nothing is copied. Lives on the connection's shard. Its bounds are kept by whoever pushes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "net/shared_frame.hpp"

struct iovec;

namespace parley::net {

class Outbox {
  public:
    void push(SharedFrame frame);
    // REQUIRES: the bytes outlive the outbox.
    void push_view(std::string_view bytes);

    // Fills `parts` from the front, at most `most` bytes; the number of parts used.
    [[nodiscard]] std::size_t gather(std::span<iovec> parts, std::size_t most) const;
    // The first `size` bytes were written.
    void taken(std::size_t size);
    // Drops what has not begun to go out. A frame that has is kept: half a frame would be an error of ours.
    void drop_unsent();
    void clear();

    [[nodiscard]] bool empty() const { return bytes_ == 0; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] std::size_t pieces() const { return pieces_.size() - first_; }

  private:
    struct Piece {
        SharedFrame keeps;  // null for a view
        std::span<const std::byte> bytes;
    };
    void add(Piece piece);

    std::vector<Piece> pieces_;
    std::size_t first_ = 0;   // pieces before it are written
    std::size_t offset_ = 0;  // written bytes of the first
    std::size_t bytes_ = 0;
};

}  // namespace parley::net
