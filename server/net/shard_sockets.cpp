#include "net/shard_sockets.hpp"

#include <system_error>

#include "net/http_session.hpp"
#include "protocol/limits.hpp"

namespace parley::net {

ShardSockets::ShardSockets(shard::AsioShards& shards, shard::ShardId id, const Service& service,
                           std::function<void(const std::string&)> gone)
    : shards_(shards),
      shard_(shards.at(id)),
      context_(shards.context(id)),
      service_(service),
      gone_(std::move(gone)),
      read_buffer_(limits::kReadBuffer),
      after_rest_(context_),
      time_of_sweep_(shard_.now()) {}

ShardSockets::~ShardSockets() = default;

void ShardSockets::take(Accepted accepted) {
    shard_.assert_here();
    if (is_stopping_) return gone_(accepted.address);
    if (!sweeps_) time_of_sweep_ = shard_.now();
    const auto address = accepted.address;
    try {
        add(std::move(accepted));
    } catch (const std::system_error&) {
        gone_(address);
    }
}

void ShardSockets::add(Accepted accepted) {
    auto& stream = *streams_.emplace_back(std::make_unique<Stream>(*this, std::move(accepted)));
    stream.place = streams_.size() - 1;
    counts_.open_sockets.add();
    stream.start(std::make_unique<HttpSession>(stream));
    sweep_later();
}

void ShardSockets::stop(std::function<void()> stopped) {
    is_stopping_ = true;
    rest_.end();
    after_rest_.cancel();
    stopped_ = std::move(stopped);
    if (streams_.empty()) return stopped_();
    for (const auto& stream : streams_) stream->stop();
}

std::optional<std::size_t> ShardSockets::outbox_share() const {
    if (held_.bytes() <= service_.outbox_memory) return std::nullopt;
    return service_.outbox_memory / streams_.size();
}

void ShardSockets::run_later(Stream& stream) {
    if (std::exchange(stream.is_listed, true)) return;
    next_turn_.push_back(&stream);
    if (!turn_comes_) call_turn();
}

void ShardSockets::call_turn() {
    turn_comes_ = true;
    const auto rest = rest_.left(shard_.now());
    if (rest.count() == 0) return shards_.post_to(shard_.id(), [this] { turn(); });
    after_rest_.expires_after(rest);
    after_rest_.async_wait([this](const asio::error_code&) { turn(); });  // also when it is broken off
}

// What lists itself meanwhile has its turn after the rest.
void ShardSockets::turn() {
    const auto began = shard_.now();
    const auto batch = std::exchange(next_turn_, {});
    for (auto* stream : batch) {
        stream->is_listed = false;
        if (!stream->turn()) bury(*stream);
    }
    if (!is_stopping_) rest_.wrote(batch.size(), began, shard_.now());
    turn_comes_ = false;
    if (!next_turn_.empty()) call_turn();
}

void ShardSockets::bury(Stream& stream) {
    const auto place = stream.place;
    // NOLINTNEXTLINE(performance-unnecessary-copy-initialization): it outlives the stream
    const auto address = stream.address();
    std::swap(streams_[place], streams_.back());
    streams_[place]->place = place;
    streams_.pop_back();
    counts_.open_sockets.subtract_one();
    gone_(address);
    if (is_stopping_ && streams_.empty()) stopped_();
}

// No timer while there is nothing to look at.
void ShardSockets::sweep_later() {
    if (sweeps_ || streams_.empty()) return;
    sweeps_ = true;
    shard_.call_after(limits::kSweepEvery, [this] { sweep(); });
}

void ShardSockets::sweep() {
    sweeps_ = false;
    time_of_sweep_ = shard_.now();
    for (std::size_t place = 0; place < streams_.size(); ++place) streams_[place]->sweep(time_of_sweep_);
    sweep_later();
}

}  // namespace parley::net
