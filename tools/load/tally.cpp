#include "load/tally.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <limits>

namespace parley::load {

namespace {

template <class Number>
bool take_number(std::string_view& text, char mark, Number& into) {
    if (!text.starts_with(mark)) return false;
    const auto* end = text.data() + text.size();
    const auto [after, error] = std::from_chars(text.data() + 1, end, into);
    if (error != std::errc() || after == end || *after != ' ') return false;
    text.remove_prefix(static_cast<std::size_t>(after - text.data()) + 1);
    return true;
}

}  // namespace

std::string stamped_text(const Stamp& stamp, std::size_t size) {
    auto text = "s" + std::to_string(stamp.sender) + " n" + std::to_string(stamp.number) + " t" +
                std::to_string(stamp.sent_ns) + " ";
    if (text.size() < size) text.append(size - text.size(), '.');
    return text;
}

std::optional<Stamp> read_stamp(std::string_view text) {
    Stamp stamp;
    const bool whole = take_number(text, 's', stamp.sender) && take_number(text, 'n', stamp.number) &&
                       take_number(text, 't', stamp.sent_ns);
    if (!whole || stamp.number == 0 || stamp.number > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
    return stamp;
}

// --- latency

std::size_t LatencyHistogram::bucket_of(std::uint64_t value) {
    const auto bits = static_cast<unsigned>(std::bit_width(value));
    if (bits <= kFineBits) return static_cast<std::size_t>(value);
    const auto shift = bits - kFineBits - 1;
    const auto fine = (value >> shift) & ((1u << kFineBits) - 1);
    return std::min<std::size_t>(kBuckets - 1,
                                 (static_cast<std::size_t>(shift + 1) << kFineBits) + static_cast<std::size_t>(fine));
}

std::int64_t LatencyHistogram::top_of(std::size_t bucket) {
    const auto group = bucket >> kFineBits;
    const auto fine = bucket & ((1u << kFineBits) - 1);
    if (group == 0) return static_cast<std::int64_t>(fine);
    return static_cast<std::int64_t>((((std::uint64_t{1} << kFineBits) + fine + 1) << (group - 1)) - 1);
}

void LatencyHistogram::add(std::int64_t nanoseconds) {
    nanoseconds = std::max<std::int64_t>(0, nanoseconds);
    ++buckets_[bucket_of(static_cast<std::uint64_t>(nanoseconds))];
    ++count_;
    longest_ = std::max(longest_, nanoseconds);
}

std::int64_t LatencyHistogram::at(double share) const {
    const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(count_));
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBuckets; ++i) {
        below += buckets_[i];
        if (buckets_[i] != 0 && below > wanted) return std::min(top_of(i), longest_);
    }
    return longest_;
}

// --- tally

Tally::Tally(std::size_t clients, std::size_t senders, std::size_t rooms)
    : clients_(clients),
      rooms_(rooms),
      senders_per_room_((senders + rooms - 1) / rooms),
      senders_(senders),
      seen_(clients * senders_per_room_),
      order_(clients) {}

std::size_t Tally::room_size(std::size_t room) const {
    return (clients_ - room + rooms_ - 1) / rooms_;
}

Tally::Seen& Tally::seen(std::size_t client, std::uint32_t sender) {
    return seen_[client * senders_per_room_ + sender / rooms_];
}

void Tally::sent(std::uint32_t sender) {
    auto& one = senders_[sender];
    ++one.sent;
    one.got_last = 0;
    ++messages_;
    expected_ += room_size(sender % rooms_);
}

Tally::Arrival Tally::arrived(std::size_t client, const Stamp& stamp, std::int64_t now_ns) {
    Arrival arrival;
    if (stamp.sender >= senders_.size() || stamp.number > senders_[stamp.sender].sent)
        return arrival;  // of an earlier run
    if (client % rooms_ != stamp.sender % rooms_) {
        ++strayed_;
        return arrival;
    }
    auto& from = seen(client, stamp.sender);
    const auto number = static_cast<std::uint32_t>(stamp.number);
    if (number > from.last) {
        from.missing += number - from.last - 1;
        from.last = number;
    } else if (from.missing != 0) {
        --from.missing;
        ++reordered_;
    } else {
        ++doubled_;
        return arrival;
    }
    ++delivered_;
    order_[client] = (order_[client] ^ (std::uint64_t{stamp.sender} << 32 | number)) * 0x9E3779B97F4A7C15ull;
    latency_.add(now_ns - stamp.sent_ns);
    auto& sender = senders_[stamp.sender];
    if (stamp.number == sender.sent) ++sender.got_last;
    arrival.counted = true;
    arrival.everybody_has_it = stamp.number == sender.sent && sender.got_last == room_size(stamp.sender % rooms_);
    return arrival;
}

std::uint64_t Tally::disagreeing() const {
    std::uint64_t count = 0;
    for (std::size_t client = rooms_; client < clients_; ++client)
        if (order_[client] != order_[client % rooms_]) ++count;
    return count;
}

}  // namespace parley::load
