// What happened in a run: counted by kind, folded into a digest that tells two runs apart, and told line by line where
// somebody listens. One run each; counts add up over runs.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "protocol/codec.hpp"
#include "shard/executor.hpp"

namespace parley::simulation {

// The faults that are done to a run, and the situations that they are done for.
enum class Fault : std::uint8_t {
    delay,    // a piece took ten times as long
    reorder,  // a piece overtook an older one of another connection
    cut_between_frames,
    cut_in_a_frame,
    half_open_upwards,  // bytes vanish on their way to the server
    half_open_downwards,
    half_open_both_ways,
    connection_refused,  // while no server runs
    server_killed_between_tasks,
    server_killed_in_transaction,
    server_killed_before_commit,
    server_killed_after_commit,  // durable, and nobody was told
    server_stopped_in_order,
    power_cut,  // killed, and nobody's socket is closed
    begin_failed,
    change_failed,
    commit_failed,
    commit_unknown_durable,
    commit_unknown_lost,
    reopen_failed,
    store_at_its_end,
    read_failed,
    reads_refused,
    store_queue_full,
    slow_store,
    clock_forward,
    clock_back,
    slow_reader,
    slow_reader_cut,
    shard_behind,
    client_restarted,
    resent_after_lost_answer,  // an operation that is committed came again
    two_devices,               // of one person, connected at once
    two_tabs,                  // of one session, connected at once
    membership_in_flight,      // joined or left while posts to the room were under way
    network_returned,
    fell_far_behind,              // further than what is caught up with
    hostile_peer,                 // connected
    tab_ended_before_keeping,     // what its person had just written was not on its disk
    tab_ended_after_keeping,      // it was, and the tab had not been told
    tab_ended_unsent,             // with kept operations, while it was not connected
    tab_ended_unsettled,          // with kept operations, sent or not
    tab_ended_before_forgetting,  // settled, and still on the disk
    storage_failed,
    storage_slow,
    outbox_adopted,
    view_restored,
    kCount,
};
[[nodiscard]] std::string_view name_of(Fault fault);

struct Counts {
    std::array<std::uint64_t, static_cast<std::size_t>(Fault::kCount)> faults{};
    std::array<std::uint64_t, 64> client_messages{};  // by tag, as received by a server
    std::array<std::uint64_t, 64> server_messages{};  // by tag, as received by a client
    std::array<std::uint64_t, 32> room_events{};      // by kind
    std::array<std::uint64_t, 16> account_events{};
    std::array<std::uint64_t, 128> refusals{};  // by code, as received by a client
    std::uint64_t runs = 0;
    std::uint64_t steps = 0;
    std::uint64_t operations_done = 0;
    std::uint64_t operations_refused = 0;
    std::uint64_t messages_stored = 0;
    std::uint64_t sqlite_runs = 0;
    std::uint64_t byte_runs = 0;

    void add(const Counts& other);
    void add_received(const Decoded<ServerMessage>& decoded);  // REQUIRES: ok()
};

class Chronicle {
  public:
    using Listener = std::function<void(const std::string& line)>;
    explicit Chronicle(Listener listener = nullptr) : listener_(std::move(listener)) {}

    void count(Fault fault, std::string_view where = {});
    [[nodiscard]] bool is_told() const { return listener_ != nullptr; }
    // REQUIRES: is_told(), else the line was made for nothing.
    void tell(const std::string& line);
    void set_clock(const shard::MonotonicTime& now) { now_ = &now; }

    void fold(std::uint64_t value) { digest_ = (digest_ ^ value) * 0x100000001b3ull; }
    [[nodiscard]] std::uint64_t digest() const { return digest_; }

    Counts counts;

  private:
    Listener listener_;
    const shard::MonotonicTime* now_ = nullptr;
    std::uint64_t digest_ = 0xcbf29ce484222325ull;
};

}  // namespace parley::simulation
