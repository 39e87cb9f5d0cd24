#include "client/unread_count.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace parley::client {

void UnreadCount::begin(Ordinal read, Ordinal last, std::uint32_t unread) {
    listed_read_ = read;
    listed_last_ = last;
    listed_unread_ = unread;
    last_ = std::max(last_, last);
    if (skipped_to_ <= last) skipped_to_ = Ordinal();
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
    if (last > last_) last_ = skipped_to_ = last;
}

UnreadCount::Unread UnreadCount::above(Ordinal read) const {
    if (read >= last_) return {};
    const auto least = std::max(read, listed_last_);
    const auto own_above = static_cast<std::uint64_t>(own_.end() - std::upper_bound(own_.begin(), own_.end(), least));
    const auto since = last_.value() - least.value() - own_above;
    const bool is_exact = read >= skipped_to_;
    if (read >= listed_last_) return {static_cast<std::uint32_t>(since), is_exact};
    if (read < listed_read_) {  // she has marked it unread: between the two nobody has counted
        const auto between = listed_read_.value() - read.value();
        return {static_cast<std::uint32_t>(between + listed_unread_ + since), false};
    }
    const auto listed = listed_last_.value() - read.value();
    const bool is_known = read == listed_read_ || listed_unread_ == 0 ||
                          (read > listed_read_ && listed_unread_ == listed_last_.value() - listed_read_.value());
    return {static_cast<std::uint32_t>(std::min(listed_unread_, listed) + since), is_exact && is_known};
}

}  // namespace parley::client
