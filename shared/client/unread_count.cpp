#include "client/unread_count.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace parley::client {

void UnreadCount::begin(Ordinal read, Ordinal last, std::uint32_t unread) {
    listed_read_ = read;
    listed_last_ = last_ = last;
    listed_unread_ = unread;
    own_.clear();
}

void UnreadCount::posted(Ordinal ordinal, bool is_own) {
    if (ordinal <= last_) return;
    last_ = ordinal;
    if (!is_own) return;
    if (own_.size() >= limits::kTimelineMessages)
        own_.erase(own_.begin(), own_.begin() + static_cast<std::ptrdiff_t>(own_.size() / 2));
    own_.push_back(ordinal);
}

void UnreadCount::skipped_to(Ordinal last) {
    last_ = std::max(last_, last);
}

std::optional<std::uint32_t> UnreadCount::above(Ordinal read) const {
    const auto own_above = static_cast<std::uint64_t>(own_.end() - std::upper_bound(own_.begin(), own_.end(), read));
    if (read >= last_) return 0;
    if (read >= listed_last_) return static_cast<std::uint32_t>(last_.value() - read.value() - own_above);
    const auto since = last_.value() - listed_last_.value() - own_above;
    if (read == listed_read_ || listed_unread_ == 0) return static_cast<std::uint32_t>(listed_unread_ + since);
    const bool only_others = listed_unread_ == listed_last_.value() - listed_read_.value();
    if (read < listed_read_ || !only_others) return std::nullopt;
    return static_cast<std::uint32_t>(listed_last_.value() - read.value() + since);
}

}  // namespace parley::client
