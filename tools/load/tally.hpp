// What was sent, what arrived, in which order, how late. The sender, the number and the time travel in the text, so
// that it counts alike for Parley and the baseline. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::load {

inline constexpr std::size_t kShortestText = 48;

// One measured message. Sender and number count from 0 and 1.
struct Stamp {
    std::uint32_t sender = 0;
    std::uint64_t number = 0;
    std::int64_t sent_ns = 0;  // monotonic
};
[[nodiscard]] std::string stamped_text(const Stamp& stamp, std::size_t size);
[[nodiscard]] std::optional<Stamp> read_stamp(std::string_view text);

// Counts of nanoseconds in buckets of at most 1.6 % width, from 0 to 2^42 ns (73 minutes).
class LatencyHistogram {
  public:
    void add(std::int64_t nanoseconds);
    [[nodiscard]] std::int64_t at(double share) const;  // 0.5: the median; 0 when empty
    [[nodiscard]] std::int64_t longest() const { return longest_; }
    [[nodiscard]] std::uint64_t count() const { return count_; }

  private:
    static constexpr unsigned kFineBits = 6;
    static constexpr std::size_t kBuckets = (42 - kFineBits + 1) << kFineBits;
    [[nodiscard]] static std::size_t bucket_of(std::uint64_t value);
    [[nodiscard]] static std::int64_t top_of(std::size_t bucket);

    std::array<std::uint64_t, kBuckets> buckets_{};
    std::uint64_t count_ = 0;
    std::int64_t longest_ = 0;
};

// Client i and sender s (which is client s) are in room i % rooms and s % rooms.
class Tally {
  public:
    Tally(std::size_t clients, std::size_t senders, std::size_t rooms);

    struct Arrival {
        bool counted = false;           // new, of this run, in its own room
        bool everybody_has_it = false;  // the sender's last message has reached its whole room
    };
    void sent(std::uint32_t sender);
    Arrival arrived(std::size_t client, const Stamp& stamp, std::int64_t now_ns);

    [[nodiscard]] std::size_t room_size(std::size_t room) const;
    [[nodiscard]] std::uint64_t last_sent(std::uint32_t sender) const { return senders_[sender].sent; }
    [[nodiscard]] std::uint64_t messages() const { return messages_; }
    [[nodiscard]] std::uint64_t expected() const { return expected_; }
    [[nodiscard]] std::uint64_t delivered() const { return delivered_; }
    [[nodiscard]] bool complete() const { return delivered_ >= expected_; }
    [[nodiscard]] std::uint64_t lost() const { return expected_ - delivered_; }
    [[nodiscard]] std::uint64_t doubled() const { return doubled_; }
    [[nodiscard]] std::uint64_t reordered() const { return reordered_; }
    [[nodiscard]] std::uint64_t strayed() const { return strayed_; }  // in a room where they do not belong
    // Clients that saw another order of all messages of a room than its first client.
    [[nodiscard]] std::uint64_t disagreeing() const;
    [[nodiscard]] const LatencyHistogram& latency() const { return latency_; }

  private:
    struct Sender {
        std::uint64_t sent = 0;
        std::uint64_t got_last = 0;  // clients that have its last message
    };
    struct Seen {
        std::uint32_t last = 0;
        std::uint32_t missing = 0;  // below last
    };
    [[nodiscard]] Seen& seen(std::size_t client, std::uint32_t sender);

    std::size_t clients_;
    std::size_t rooms_;
    std::size_t senders_per_room_;
    std::vector<Sender> senders_;
    std::vector<Seen> seen_;
    std::vector<std::uint64_t> order_;  // of each client: a hash over what it saw
    std::uint64_t messages_ = 0;
    std::uint64_t expected_ = 0;
    std::uint64_t delivered_ = 0;
    std::uint64_t doubled_ = 0;
    std::uint64_t reordered_ = 0;
    std::uint64_t strayed_ = 0;
    LatencyHistogram latency_;
};

}  // namespace parley::load
