// One direction of a connection: pieces that arrive in the order they were sent, each after a while. What the network
// does to them is done here. No thread; time is an argument.
#pragma once

#include <deque>
#include <optional>
#include <string>

#include "shard/executor.hpp"
#include "simulation/chronicle.hpp"
#include "simulation/dice.hpp"

namespace parley::simulation {

using Time = shard::MonotonicTime;

// What travels: the bytes of a stream, or, where no WebSocket is simulated, what would be one of its frames.
struct Piece {
    enum class Kind : std::uint8_t { bytes, open, opened, message, ping, pong, close, close_answer, end };
    Kind kind = Kind::bytes;
    std::string bytes;  // of `bytes` and `message`; the reason of `close`
    std::uint16_t code = 0;
    Time sent{};
    Time due{};
};

// How the network is in this run.
struct Weather {
    std::chrono::microseconds least_latency{1'000};
    std::chrono::microseconds most_latency{20'000};
    std::uint32_t spike_one_in = 0;  // a piece that takes ten times as long
    std::uint32_t chop_one_in = 4;   // a run of bytes that arrives in two parts
};

class Pipe {
  public:
    Pipe(const Weather& weather, Dice& dice, Chronicle& chronicle)
        : weather_(weather), dice_(dice), chronicle_(chronicle) {}

    void push(Piece piece, Time now);
    // When the first piece arrives, if one does.
    [[nodiscard]] std::optional<Time> next_due() const;
    [[nodiscard]] Piece take();  // REQUIRES: next_due()
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    [[nodiscard]] bool empty() const { return pieces_.empty(); }
    // When the oldest piece on its way was sent.
    [[nodiscard]] std::optional<Time> oldest_sent() const;

    // From now on everything vanishes, what is on its way too.
    void swallow();
    [[nodiscard]] bool swallows() const { return swallows_; }
    // The receiver takes nothing until then.
    void hold_until(Time time) { held_until_ = std::max(held_until_, time); }
    // The connection breaks: of what is on its way a random part still arrives, the last of it perhaps torn, and then
    // the end. True: a piece was torn.
    bool cut(Time now);
    // As cut(), but of the first piece a part arrives, and nothing more. False: that is no piece that can be torn.
    bool tear_first(Time now);
    // As the kernel does for a process that has ended: what was sent arrives, then the end.
    void finish(Time now);

  private:
    void append(Piece piece, Time now);
    bool tear_last();

    const Weather& weather_;
    Dice& dice_;
    Chronicle& chronicle_;
    std::deque<Piece> pieces_;
    std::size_t bytes_ = 0;
    Time last_due_{};
    Time held_until_{};
    bool swallows_ = false;
    bool finished_ = false;
};

}  // namespace parley::simulation
