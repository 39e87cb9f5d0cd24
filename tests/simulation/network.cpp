#include "simulation/network.hpp"

#include <algorithm>

namespace parley::simulation {

// One connection: two pipes, the client's end of them, and whether a server has the other.
class Line final : public SocketUser {
  public:
    Line(LineId line, SocketOwner& of, const Weather& weather, const support::SeededClock& clock, Dice& dice,
         Chronicle& chronicle, bool by_bytes)
        : id(line),
          owner(&of),
          up(weather, dice, chronicle),
          down(weather, dice, chronicle),
          clock_(clock),
          end(make_client_end(by_bytes, *this, clock.now)) {}

    void opened() override {
        if (owner) owner->socket_opened();
    }
    void received(std::span<const std::byte> message) override {
        if (owner) owner->socket_received(message);
    }
    void heard() override {}
    void closed(std::uint16_t code, const std::string& reason) override {
        is_over = true;
        if (auto* told = std::exchange(owner, nullptr)) told->socket_closed(code, reason);
        up.finish(clock_.now);
    }
    void write(Piece piece) override { up.push(std::move(piece), clock_.now); }
    [[nodiscard]] bool takes_more() const override { return true; }

    const LineId id;
    SocketOwner* owner;
    ServerProcess* server = nullptr;  // that took it
    bool is_over = false;             // for the client
    bool was_touched = false;         // by a fault that ends it sooner or later
    bool tears = false;               // in the middle of the next piece that arrives, whichever way it goes
    Pipe up;
    Pipe down;

  private:
    const support::SeededClock& clock_;

  public:
    std::unique_ptr<SocketEnd> end;
};

Network::Network(const Weather& weather, support::SeededClock& clock, Dice& dice, Chronicle& chronicle, bool by_bytes)
    : weather_(weather), clock_(clock), dice_(dice), chronicle_(chronicle), by_bytes_(by_bytes) {}

Network::~Network() = default;

Line* Network::find(LineId id) const {
    const auto found = std::find_if(lines_.begin(), lines_.end(), [id](const auto& line) { return line->id == id; });
    return found == lines_.end() ? nullptr : found->get();
}

void Network::serve(ServerProcess* process, Dying dying) {
    for (auto& line : lines_) {
        if (!line->server) continue;
        line->server = nullptr;
        if (dying == Dying::sockets_close) {
            line->down.finish(clock_.now);
        } else {
            line->down.swallow();
            line->up.swallow();
        }
    }
    process_ = process;
}

// The first piece that arrives finds a server or none.
LineId Network::open(SocketOwner& owner) {
    const LineId id{++last_line_};
    lines_.push_back(std::make_unique<Line>(id, owner, weather_, clock_, dice_, chronicle_, by_bytes_));
    lines_.back()->end->connect();
    return id;
}

void Network::send(LineId id, std::span<const std::byte> message) {
    if (auto* line = find(id)) line->end->send(message);
}

void Network::close(LineId id, std::uint16_t code, const std::string& reason) {
    auto* line = find(id);
    if (!line) return;
    line->owner = nullptr;
    line->end->close(code, reason);
}

void Network::vanish(LineId id) {
    auto* line = find(id);
    if (!line) return;
    line->owner = nullptr;
    line->is_over = true;
    line->up.finish(clock_.now);
}

std::optional<Time> Network::next_due() const {
    std::optional<Time> first;
    const auto consider = [&first](std::optional<Time> due) {
        if (due && (!first || *due < *first)) first = due;
    };
    for (const auto& line : lines_) {
        consider(line->up.next_due());
        consider(line->down.next_due());
        if (!line->is_over) consider(line->end->next_due());
    }
    return first;
}

void Network::step() {
    std::vector<std::pair<Line*, int>> due;
    for (const auto& line : lines_) {
        if (const auto at = line->up.next_due(); at && *at <= clock_.now) due.emplace_back(line.get(), 0);
        if (const auto at = line->down.next_due(); at && *at <= clock_.now) due.emplace_back(line.get(), 1);
        if (const auto at = line->end->next_due(); !line->is_over && at && *at <= clock_.now)
            due.emplace_back(line.get(), 2);
    }
    const auto [line, what] = dice_.pick(due);
    if (what == 0) {
        deliver_up(*line);
    } else if (what == 1) {
        deliver_down(*line);
    } else {
        line->end->run_due();
    }
    forget_dead();
}

void Network::deliver_up(Line& line) {
    if (line.tears) tear(line, line.up, line.down);
    auto piece = line.up.take();
    note_reorder(line, piece.sent, true);
    const bool is_first = piece.kind == Piece::Kind::open || (by_bytes_ && !line.server && !line.was_touched);
    if (!line.server && is_first && process_ && piece.kind != Piece::Kind::end) {
        line.server = process_;
        line.was_touched = true;
        process_->accept(line.id, line.down);
    }
    chronicle_.fold(static_cast<std::uint64_t>(line.id) * 2);
    if (line.server) return line.server->arrived(line.id, std::move(piece));
    if (is_first && piece.kind != Piece::Kind::end) chronicle_.count(Fault::connection_refused);
    line.was_touched = true;
    line.down.finish(clock_.now);
}

void Network::deliver_down(Line& line) {
    if (line.tears) tear(line, line.down, line.up);
    auto piece = line.down.take();
    note_reorder(line, piece.sent, false);
    chronicle_.fold(static_cast<std::uint64_t>(line.id) * 2 + 1);
    if (line.server) line.server->taken(line.id);
    if (!line.is_over) line.end->feed(std::move(piece));
}

void Network::tear(Line& line, Pipe& here, Pipe& other) {
    if (!here.tear_first(clock_.now)) return;
    line.tears = false;
    other.cut(clock_.now);
    chronicle_.count(Fault::cut_in_a_frame);
}

// Within a connection nothing overtakes; between two of them it does.
void Network::note_reorder(const Line& line, Time sent, bool upwards) {
    for (const auto& other : lines_) {
        const auto oldest = (upwards ? other->up : other->down).oldest_sent();
        if (other.get() != &line && oldest && *oldest < sent) return chronicle_.count(Fault::reorder);
    }
}

void Network::forget_dead() {
    std::erase_if(lines_, [](const auto& line) {
        return line->is_over && line->up.empty() && (!line->server || !line->server->has(line->id));
    });
}

Line* Network::pick() {
    std::vector<Line*> live;
    for (const auto& line : lines_) {
        if (!line->is_over && line->owner) live.push_back(line.get());
    }
    return live.empty() ? nullptr : dice_.pick(live);
}

bool Network::cut_one() {
    auto* line = pick();
    if (!line) return false;
    if (by_bytes_ && dice_.one_in(2)) return line->tears = true;
    const bool torn_up = line->up.cut(clock_.now);
    const bool torn_down = line->down.cut(clock_.now);
    chronicle_.count(torn_up || torn_down ? Fault::cut_in_a_frame : Fault::cut_between_frames);
    return true;
}

bool Network::half_open_one() {
    auto* line = pick();
    if (!line) return false;
    const auto which = dice_.below(3);
    if (which != 1) line->up.swallow();
    if (which != 0) line->down.swallow();
    constexpr std::array kWhich{Fault::half_open_upwards, Fault::half_open_downwards, Fault::half_open_both_ways};
    chronicle_.count(kWhich[which]);
    return true;
}

bool Network::slow_down_one(std::chrono::nanoseconds time) {
    auto* line = pick();
    if (!line) return false;
    line->down.hold_until(clock_.now + time);
    chronicle_.count(Fault::slow_reader);
    return true;
}

}  // namespace parley::simulation
