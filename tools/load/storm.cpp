#include "load/storm.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "load/open_files.hpp"

namespace parley::load {

namespace {

constexpr std::size_t kStepsPerSecond = 10;

std::int64_t now_ns() {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

}  // namespace

Storm::Storm(asio::io_context& io, const Options& options) : io_(io), options_(options), timer_(io) {}

std::optional<ProcessUse> Storm::server_use() const {
    if (options_.server_pid == 0) return std::nullopt;
    return use_of_process(options_.server_pid);
}

void Storm::start() {
    open_more_files();
    if (options_.server_pid != 0 && !server_use())
        return gave_up("there is no process " + std::to_string(options_.server_pid));
    crowd_ = parley_crowd(io_, options_, *this, nullptr);
    crowd_->come_in();
}

void Storm::everybody_is_in() {
    for (auto client = options_.storm; client < options_.storm + options_.looking; ++client) crowd_->look(client);
    timer_.expires_after(std::chrono::milliseconds(static_cast<std::int64_t>(options_.settle_seconds * 1'000)));
    timer_.async_wait([this](asio::error_code error) {
        if (!error) begin();
    });
}

void Storm::begin() {
    for (std::size_t client = 0; client < options_.clients; ++client) before_.push_back(crowd_->received(client));
    server_before_ = server_use();
    began_ns_ = now_ns();
    next_step();
}

// Each of the restless ones does something once a second: a tenth of them in each step.
void Storm::next_step() {
    seconds_ = static_cast<double>(now_ns() - began_ns_) / 1e9;
    if (seconds_ >= options_.seconds) return end();
    for (auto client = step_ % kStepsPerSecond; client < options_.storm; client += kStepsPerSecond)
        crowd_->come_or_go(client);
    ++step_;
    timer_.expires_after(std::chrono::milliseconds(1'000 / kStepsPerSecond));
    timer_.async_wait([this](asio::error_code error) {
        if (!error) next_step();
    });
}

Storm::Cost Storm::cost_of(std::size_t first, std::size_t end) const {
    Cost cost;
    for (auto client = first; client < end; ++client) {
        const auto now = crowd_->received(client);
        const auto frames = static_cast<double>(now.frames - before_[client].frames) / seconds_;
        cost.most_frames = std::max(cost.most_frames, frames);
        cost.mean_frames += frames / static_cast<double>(end - first);
        cost.mean_bytes +=
            static_cast<double>(now.bytes - before_[client].bytes) / seconds_ / static_cast<double>(end - first);
    }
    return cost;
}

void Storm::end() {
    const auto calm = options_.storm + options_.looking;
    looking_ = cost_of(options_.storm, calm);
    idle_ = cost_of(calm, options_.clients);
    if (const auto now = server_use(); now && server_before_)
        server_cpu_ = (now->cpu_seconds - server_before_->cpu_seconds) / seconds_;
    crowd_->go();
}

void Storm::reconnected(std::size_t client) {
    if (client >= options_.storm) ++disturbed_;
}

void Storm::posting_failed(std::size_t client, const std::string& why) {
    gave_up("client " + std::to_string(client + 1) + ": " + why);
}

void Storm::gave_up(const std::string& why) {
    if (failure_.empty()) failure_ = why;
    timer_.cancel();
    if (crowd_) crowd_->go();
}

int Storm::finish() {
    if (!failure_.empty()) {
        std::fprintf(stderr, "parley-load: %s\n", failure_.c_str());
        return 1;
    }
    const auto calm = options_.clients - options_.storm;
    if (options_.json) {
        const auto json_of = [](std::size_t clients, const Cost& cost) {
            return nlohmann::ordered_json{{"clients", clients},
                                          {"frames_per_second", cost.mean_frames},
                                          {"most_frames_per_second", cost.most_frames},
                                          {"bytes_per_second", cost.mean_bytes}};
        };
        const nlohmann::ordered_json all{{"storm", options_.storm},
                                         {"seconds", seconds_},
                                         {"looking", json_of(options_.looking, looking_)},
                                         {"idle", json_of(calm - options_.looking, idle_)},
                                         {"disturbed", disturbed_},
                                         {"server_cpu_seconds_per_second", server_cpu_}};
        std::printf("%s\n", all.dump(2).c_str());
        return 0;
    }
    std::printf("come, go and type            %zu of %zu clients, each once a second, for %.0f s\n", options_.storm,
                options_.clients, seconds_);
    const auto print = [](const char* who, std::size_t clients, const Cost& cost) {
        std::printf("%-28s %zu clients: %.2f frames/s (at most %.2f), %.0f bytes/s each\n", who, clients,
                    cost.mean_frames, cost.most_frames, cost.mean_bytes);
    };
    print("look at the room", options_.looking, looking_);
    print("do not", calm - options_.looking, idle_);
    std::printf("lost their connection        %zu of those\n", disturbed_);
    if (options_.server_pid != 0) std::printf("server CPU                   %.3f s/s\n", server_cpu_);
    return 0;
}

}  // namespace parley::load
