// What one shard counts. Written by its thread alone, read by any.
#pragma once

#include <atomic>
#include <cstdint>

namespace parley::net {

class Counter {
  public:
    // One writer, so no locked instruction is needed.
    void add(std::uint64_t count = 1) { set(value() + count); }
    void subtract_one() { set(value() - 1); }
    [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    void set(std::uint64_t value) { value_.store(value, std::memory_order_relaxed); }
    std::atomic<std::uint64_t> value_ = 0;
};

// The names of FrontCounts (front.hpp).
struct ShardCounts {
    Counter open_sockets;
    Counter open_websockets;
    Counter http_requests;
    Counter http_refusals;
    Counter frames_in;
    Counter frames_out;
    Counter writes;  // one may hold many frames
    Counter bytes_in;
    Counter bytes_out;
    Counter cut_slow;
    Counter cut_for_memory;  // of cut_slow: within their own bound
    Counter cut_mute;
    Counter handler_exceptions;
};

}  // namespace parley::net
