// A server process in the simulation: the real modules on seeded shards, and connections that end in pipes. It is
// killed by destroying it; a second one on the same disk is the first one restarted. How fast it and its store are is
// chance.
#pragma once

#include <map>
#include <memory>

#include "seeded_server/server_modules.hpp"
#include "simulation/server_end.hpp"

namespace parley::simulation {

struct ServerRules {
    std::size_t shards = 3;
    support::ServerModules::Rules modules;
    EndRules ends;
    std::chrono::microseconds most_task_time{0};   // one task of a shard takes up to this long
    std::chrono::microseconds most_store_time{0};  // one commit or read
};

class ServerProcess {
  public:
    // All must outlive the process. Throws Killed or what opening the store throws.
    ServerProcess(store::Backend& disk, support::SeededClock& clock, Dice& dice, Chronicle& chronicle,
                  ServerRules rules);
    ~ServerProcess();

    // --- the network
    void accept(LineId line, Pipe& down);
    void arrived(LineId line, Piece piece);
    void taken(LineId line);  // bytes of this connection have left the down pipe

    // --- the schedule
    [[nodiscard]] std::optional<Time> next_due();
    void step();  // REQUIRES: next_due() has come. Throws Killed where the disk kills.
    [[nodiscard]] bool has_ended() const { return modules_->store().has_ended(); }
    [[nodiscard]] bool is_idle();  // but for timers
    // SIGTERM: everybody is told; the process ends when they are gone, or soon.
    void stop_in_order();

    [[nodiscard]] support::SeededShards& shards() { return shards_; }
    [[nodiscard]] bool has(LineId line) const { return ends_.contains(line); }

  private:
    friend class ServerEnd;
    void run_on(ServerEnd& end, std::move_only_function<void(ServerEnd&)> call);
    void forget(LineId line);
    [[nodiscard]] ServerEnd* find(LineId line);

    support::SeededClock& clock_;
    Dice& dice_;
    Chronicle& chronicle_;
    const ServerRules rules_;
    support::SeededShards shards_;
    std::unique_ptr<support::ServerModules> modules_;
    std::map<LineId, std::unique_ptr<ServerEnd>> ends_;
    Time shards_ready_{};
    Time store_ready_{};
    Time next_sweep_{};
};

}  // namespace parley::simulation
