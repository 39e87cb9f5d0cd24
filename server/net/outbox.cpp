#include "net/outbox.hpp"

#include <sys/uio.h>

#include <algorithm>

namespace parley::net {
namespace {

// An idle connection keeps no more room than this.
constexpr std::size_t kKeptPieces = 4;
constexpr std::size_t kCompactAfter = 64;

}  // namespace

void Outbox::push(SharedFrame frame) {
    const auto bytes = frame->bytes();
    const auto held = sizeof(Piece) + (frame.use_count() == 1 ? bytes.size() : 0);
    add({std::move(frame), bytes, held});
}

void Outbox::push_view(std::string_view bytes) {
    add({nullptr, std::as_bytes(std::span(bytes)), sizeof(Piece)});
}

void Outbox::add(Piece piece) {
    if (piece.bytes.empty()) return;
    bytes_ += piece.bytes.size();
    held_ += piece.held;
    all_.add(piece.held);
    pieces_.push_back(std::move(piece));
}

std::size_t Outbox::gather(std::span<iovec> parts, std::size_t most) const {
    std::size_t used = 0;
    std::size_t skip = offset_;
    for (auto at = first_; at < pieces_.size() && used < parts.size() && most > 0; ++at) {
        const auto bytes = pieces_[at].bytes.subspan(skip);
        skip = 0;
        const auto size = std::min(bytes.size(), most);
        parts[used++] = {const_cast<std::byte*>(bytes.data()), size};
        most -= size;
    }
    return used;
}

void Outbox::taken(std::size_t size) {
    bytes_ -= size;
    offset_ += size;
    while (first_ < pieces_.size() && offset_ >= pieces_[first_].bytes.size()) {
        offset_ -= pieces_[first_].bytes.size();
        let_go(pieces_[first_++]);
    }
    if (first_ == pieces_.size()) return clear();
    if (first_ < kCompactAfter) return;
    pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
}

void Outbox::let_go(Piece& piece) {
    held_ -= piece.held;
    all_.subtract(piece.held);
    piece = {nullptr, {}, 0};
}

void Outbox::drop_unsent() {
    const std::size_t kept = first_ + (offset_ > 0 ? 1 : 0);
    for (auto at = kept; at < pieces_.size(); ++at) let_go(pieces_[at]);
    pieces_.resize(kept);
    bytes_ = offset_ > 0 ? pieces_[first_].bytes.size() - offset_ : 0;
}

void Outbox::clear() {
    for (auto& piece : pieces_) let_go(piece);
    pieces_.clear();
    if (pieces_.capacity() > kKeptPieces) pieces_.shrink_to_fit();
    first_ = offset_ = bytes_ = 0;
}

}  // namespace parley::net
