// What kind of run a seed makes: how many people and devices, how fast everything is, which faults and how many. Drawn
// once, before the run; all else is chance on the way.
#pragma once

#include "simulation/failing_disk.hpp"
#include "simulation/memory_backend.hpp"
#include "simulation/network.hpp"

namespace parley::simulation {

// What a run may be told from outside, to make it smaller or to look at a part of it.
struct Options {
    std::optional<std::size_t> wishes;
    std::optional<std::size_t> faults;
    std::optional<std::size_t> people;
    std::optional<std::size_t> devices;  // of each of them
    std::optional<bool> sqlite;
    std::optional<bool> by_bytes;
};

struct Plan {
    bool sqlite = false;
    bool by_bytes = false;
    StoreBounds store;
    std::size_t people = 2;
    std::size_t least_devices = 1;  // of one person
    std::size_t most_devices = 2;
    bool has_newcomer = false;     // somebody who registers on the way
    std::size_t strange_acts = 0;  // of a hostile peer; 0: there is none
    std::size_t wishes = 40;
    std::size_t faults = 6;
    std::chrono::seconds active{20};
    Weather weather;
    ServerRules server;
    std::size_t timeline_messages = limits::kTimelineMessages;
    bool talks_a_lot = false;       // in one room, more than it keeps at hand
    bool falls_far_behind = false;  // a room grows by more than anybody is caught up with while all are away
};

[[nodiscard]] Plan draw_plan(Dice& dice, const Options& options);
[[nodiscard]] DiskTroubles draw_troubles(Dice& dice);

}  // namespace parley::simulation
