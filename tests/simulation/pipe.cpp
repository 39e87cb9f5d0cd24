#include "simulation/pipe.hpp"

#include <algorithm>

namespace parley::simulation {

void Pipe::push(Piece piece, Time now) {
    if (swallows_ || finished_) return;
    const bool chopped = piece.kind == Piece::Kind::bytes && piece.bytes.size() > 1 && weather_.chop_one_in != 0 &&
                         dice_.one_in(weather_.chop_one_in);
    if (chopped) {
        Piece rest = piece;
        const auto at = 1 + dice_.below(piece.bytes.size() - 1);
        rest.bytes = piece.bytes.substr(at);
        piece.bytes.resize(at);
        append(std::move(piece), now);
        piece = std::move(rest);
    }
    append(std::move(piece), now);
}

void Pipe::append(Piece piece, Time now) {
    auto latency = std::chrono::microseconds(dice_.between(static_cast<std::uint64_t>(weather_.least_latency.count()),
                                                           static_cast<std::uint64_t>(weather_.most_latency.count())));
    if (weather_.spike_one_in != 0 && dice_.one_in(weather_.spike_one_in)) {
        chronicle_.count(Fault::delay);
        latency *= 10;
    }
    piece.sent = now;
    piece.due = last_due_ = std::max(last_due_, now + latency);
    bytes_ += piece.bytes.size();
    pieces_.push_back(std::move(piece));
}

std::optional<Time> Pipe::next_due() const {
    if (pieces_.empty()) return std::nullopt;
    return std::max(pieces_.front().due, held_until_);
}

Piece Pipe::take() {
    auto piece = std::move(pieces_.front());
    pieces_.pop_front();
    bytes_ -= piece.bytes.size();
    return piece;
}

std::optional<Time> Pipe::oldest_sent() const {
    if (pieces_.empty()) return std::nullopt;
    return pieces_.front().sent;
}

void Pipe::swallow() {
    swallows_ = true;
    pieces_.clear();
    bytes_ = 0;
}

bool Pipe::cut(Time now) {
    if (swallows_ || finished_) return false;
    pieces_.resize(dice_.below(pieces_.size() + 1));
    const bool torn = tear_last();
    finish(now);
    return torn;
}

bool Pipe::tear_first(Time now) {
    if (swallows_ || finished_ || pieces_.empty()) return false;
    if (pieces_.front().kind != Piece::Kind::bytes || pieces_.front().bytes.size() < 2) return false;
    pieces_.resize(1);
    tear_last();
    finish(now);
    return true;
}

bool Pipe::tear_last() {
    const bool can_be =
        !pieces_.empty() && pieces_.back().kind == Piece::Kind::bytes && pieces_.back().bytes.size() > 1;
    if (can_be) {
        auto& last = pieces_.back().bytes;
        last.resize(1 + dice_.below(last.size() - 1));
    }
    bytes_ = 0;
    for (const auto& piece : pieces_) bytes_ += piece.bytes.size();
    return can_be;
}

void Pipe::finish(Time now) {
    if (swallows_ || finished_) return;
    append({Piece::Kind::end, {}, 1006, {}, {}}, now);
    finished_ = true;
}

}  // namespace parley::simulation
