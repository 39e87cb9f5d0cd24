// What waits to be written to one socket: frames shared with other connections, and views of bytes that never change.
// Nothing is copied. Lives on the connection's shard. Its bounds are kept by whoever pushes.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "net/shared_frame.hpp"

struct iovec;

namespace parley::net {

// The memory that the outboxes of one shard hold together: frames that nobody else shares, and the queues themselves.
// (A frame for many is counted nowhere: there is one of it.)
class HeldMemory {
  public:
    void add(std::size_t bytes) { bytes_ += bytes; }
    void subtract(std::size_t bytes) { bytes_ -= bytes; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    std::size_t bytes_ = 0;
};

class Outbox {
  public:
    // `all` must outlive the outbox.
    explicit Outbox(HeldMemory& all) : all_(all) {}
    ~Outbox() { clear(); }
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    // Moved in as its only owner, the frame counts as held by this outbox.
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
    [[nodiscard]] std::size_t held() const { return held_; }

  private:
    struct Piece {
        SharedFrame keeps;  // null for a view
        std::span<const std::byte> bytes;
        std::size_t held = 0;
    };
    void add(Piece piece);
    void let_go(Piece& piece);

    HeldMemory& all_;
    std::vector<Piece> pieces_;
    std::size_t first_ = 0;   // pieces before it are written
    std::size_t offset_ = 0;  // written bytes of the first
    std::size_t bytes_ = 0;
    std::size_t held_ = 0;  // of `all_`
};

}  // namespace parley::net
