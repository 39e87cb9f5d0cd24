#include "simulation/chronicle.hpp"

#include <cstdio>

namespace parley::simulation {

namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Fault::kCount)> kNames{
    "delay",
    "reorder",
    "cut_between_frames",
    "cut_in_a_frame",
    "half_open_upwards",
    "half_open_downwards",
    "half_open_both_ways",
    "connection_refused",
    "server_killed_between_tasks",
    "server_killed_in_transaction",
    "server_killed_before_commit",
    "server_killed_after_commit",
    "server_stopped_in_order",
    "power_cut",
    "begin_failed",
    "change_failed",
    "commit_failed",
    "commit_unknown_durable",
    "commit_unknown_lost",
    "reopen_failed",
    "store_at_its_end",
    "read_failed",
    "reads_refused",
    "store_queue_full",
    "slow_store",
    "clock_forward",
    "clock_back",
    "slow_reader",
    "slow_reader_cut",
    "shard_behind",
    "client_restarted",
    "resent_after_lost_answer",
    "two_devices",
    "two_tabs",
    "membership_in_flight",
    "network_returned",
    "fell_far_behind",
    "hostile_peer",
    "tab_ended_before_keeping",
    "tab_ended_after_keeping",
    "tab_ended_unsent",
    "tab_ended_unsettled",
    "tab_ended_before_forgetting",
    "storage_failed",
    "storage_slow",
    "outbox_adopted",
    "view_restored",
};
static_assert(!kNames.back().empty(), "every fault has a name");

template <class Numbers>
void add_each(Numbers& to, const Numbers& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

}  // namespace

std::string_view name_of(Fault fault) {
    return kNames[static_cast<std::size_t>(fault)];
}

void Counts::add(const Counts& other) {
    add_each(faults, other.faults);
    add_each(client_messages, other.client_messages);
    add_each(server_messages, other.server_messages);
    add_each(room_events, other.room_events);
    add_each(account_events, other.account_events);
    add_each(refusals, other.refusals);
    runs += other.runs;
    steps += other.steps;
    operations_done += other.operations_done;
    operations_refused += other.operations_refused;
    messages_stored += other.messages_stored;
    sqlite_runs += other.sqlite_runs;
    byte_runs += other.byte_runs;
}

void Counts::add_received(const Decoded<ServerMessage>& decoded) {
    ++server_messages[decoded.tag];
    if (const auto* events = std::get_if<RoomEvents>(&decoded.message)) {
        for (const auto& event : events->events) ++room_events[kind_of(event.body)];
    } else if (const auto* account = std::get_if<AccountEvents>(&decoded.message)) {
        for (const auto& event : account->events) ++account_events[event.body.index()];
    } else if (const auto* refused = std::get_if<Refused>(&decoded.message)) {
        ++refusals[static_cast<std::size_t>(refused->reason)];
    }
}

void Chronicle::count(Fault fault, std::string_view where) {
    ++counts.faults[static_cast<std::size_t>(fault)];
    fold(static_cast<std::uint64_t>(fault));
    if (is_told()) tell("FAULT " + std::string(name_of(fault)) + (where.empty() ? "" : " ") + std::string(where));
}

void Chronicle::tell(const std::string& line) {
    char time[32] = "          ";
    if (now_) {
        const auto ms = std::chrono::duration_cast<std::chrono::microseconds>(now_->time_since_epoch()).count();
        std::snprintf(time, sizeof time, "%12.3f", static_cast<double>(ms) / 1000.0 - 3'600'000.0);
    }
    listener_(std::string(time) + "  " + line);
}

}  // namespace parley::simulation
