#include "simulation/server_process.hpp"

namespace parley::simulation {

namespace {

constexpr auto kSweepEvery = std::chrono::seconds(5);

std::optional<Time> earlier(std::optional<Time> one, std::optional<Time> other) {
    if (!one || !other) return one ? one : other;
    return std::min(*one, *other);
}

}  // namespace

ServerProcess::ServerProcess(store::Backend& disk, support::SeededClock& clock, Dice& dice, Chronicle& chronicle,
                             ServerRules rules)
    : clock_(clock),
      dice_(dice),
      chronicle_(chronicle),
      rules_(std::move(rules)),
      shards_(rules_.shards, dice.next(), clock),
      modules_(std::make_unique<support::ServerModules>(disk, shards_, dice.next(), rules_.modules)),
      next_sweep_(clock.now + kSweepEvery) {}

ServerProcess::~ServerProcess() {
    for (auto refused = modules_->store().refused_queries(); refused > 0; --refused)
        chronicle_.count(Fault::reads_refused);
    modules_->close();
    ends_.clear();
    modules_.reset();
}

ServerEnd* ServerProcess::find(LineId line) {
    const auto found = ends_.find(line);
    return found == ends_.end() ? nullptr : found->second.get();
}

void ServerProcess::run_on(ServerEnd& end, std::move_only_function<void(ServerEnd&)> call) {
    shards_.post_to(end.shard(), [this, line = LineId(net::number_of(end.id())), call = std::move(call)]() mutable {
        if (auto* there = find(line)) call(*there);
    });
}

void ServerProcess::forget(LineId line) {
    ends_.erase(line);
}

void ServerProcess::accept(LineId line, Pipe& down) {
    const shard::ShardId shard{static_cast<std::uint32_t>(dice_.below(shards_.count()))};
    ends_.emplace(line, std::make_unique<ServerEnd>(*this, line, shard, down, rules_.ends));
}

void ServerProcess::arrived(LineId line, Piece piece) {
    if (auto* end = find(line))
        run_on(*end, [piece = std::move(piece)](ServerEnd& there) mutable { there.feed(std::move(piece)); });
}

void ServerProcess::taken(LineId line) {
    auto* end = find(line);
    if (end && end->waits_to_be_taken()) run_on(*end, [](ServerEnd& there) { there.taken(); });
}

std::optional<Time> ServerProcess::next_due() {
    auto due = shards_.has_work() ? std::optional(std::max(shards_ready_, clock_.now)) : shards_.next_due();
    if (modules_->store().has_work()) due = earlier(due, std::max(store_ready_, clock_.now));
    if (modules_->passwords().waiting() > 0) due = clock_.now;
    for (auto& [line, end] : ends_) due = earlier(due, end->next_due());
    return earlier(due, next_sweep_);
}

bool ServerProcess::is_idle() {
    return !shards_.has_work() && !modules_->store().has_work() && modules_->passwords().waiting() == 0;
}

void ServerProcess::step() {
    const auto now = clock_.now;
    if (now >= next_sweep_) {
        next_sweep_ = now + kSweepEvery;
        for (auto& [line, end] : ends_) run_on(*end, [](ServerEnd& there) { there.sweep(); });
    }
    for (auto& [line, end] : ends_) {
        const auto due = end->next_due();
        if (due && *due <= now) end->post_timer();
    }
    const bool store_may = modules_->store().has_work() && store_ready_ <= now;
    const bool shards_may = shards_.has_work() && shards_ready_ <= now;
    if (store_may && (!shards_may || dice_.one_in(4))) {
        const auto time =
            std::chrono::microseconds(dice_.below(static_cast<std::uint64_t>(rules_.most_store_time.count()) + 1));
        if (modules_->store().run_one()) store_ready_ = now + time;
        return;
    }
    if (shards_may) {
        if (rules_.most_task_time.count() > 0)
            shards_ready_ = now + std::chrono::microseconds(
                                      dice_.below(static_cast<std::uint64_t>(rules_.most_task_time.count()) + 1));
        shards_.run_one();
        return;
    }
    modules_->passwords().run_one();
}

void ServerProcess::stop_in_order() {
    for (auto& [line, end] : ends_)
        run_on(*end, [](ServerEnd& there) { there.close(CloseCode::going_away, "the server is going down"); });
}

}  // namespace parley::simulation
