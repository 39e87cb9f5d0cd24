// The connections of a run and what happens to them on the way. A connection is a pair of pipes between a client's
// socket and the server process of the moment, if there is one.
#pragma once

#include <memory>
#include <vector>

#include "simulation/server_process.hpp"

namespace parley::simulation {

// A program that opens sockets: told of each only until it lets go of it.
class SocketOwner {
  public:
    virtual ~SocketOwner() = default;
    virtual void socket_opened() = 0;
    virtual void socket_received(std::span<const std::byte> message) = 0;
    virtual void socket_closed(std::uint16_t code, const std::string& reason) = 0;
};

class Line;

class Network {
  public:
    Network(const Weather& weather, support::SeededClock& clock, Dice& dice, Chronicle& chronicle, bool by_bytes);
    ~Network();

    // The process that takes connections from now on; null while there is none. What the one before had ends as `dying`
    // says: its sockets are closed, or (a power cut) nobody hears of it.
    enum class Dying : std::uint8_t { sockets_close, silence };
    void serve(ServerProcess* process, Dying dying = Dying::sockets_close);

    // --- for the owners
    LineId open(SocketOwner& owner);
    void send(LineId line, std::span<const std::byte> message);
    void close(LineId line, std::uint16_t code, const std::string& reason);  // and lets go
    void vanish(LineId line);  // the owner's process has ended: its socket breaks, and lets go

    // --- the schedule
    [[nodiscard]] std::optional<Time> next_due() const;
    void step();  // REQUIRES: next_due() has come
    [[nodiscard]] std::size_t lines() const { return lines_.size(); }

    // --- the faults, each to a line of chance; false: there is none
    bool cut_one();
    bool half_open_one();
    bool slow_down_one(std::chrono::nanoseconds time);

  private:
    Line* find(LineId line) const;
    void deliver_up(Line& line);
    void deliver_down(Line& line);
    void tear(Line& line, Pipe& here, Pipe& other);
    void note_reorder(const Line& line, Time sent, bool upwards);
    void forget_dead();
    Line* pick();

    const Weather& weather_;
    support::SeededClock& clock_;
    Dice& dice_;
    Chronicle& chronicle_;
    const bool by_bytes_;
    ServerProcess* process_ = nullptr;
    std::vector<std::unique_ptr<Line>> lines_;
    std::uint64_t last_line_ = 0;
};

}  // namespace parley::simulation
