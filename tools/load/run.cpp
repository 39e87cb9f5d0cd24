#include "load/run.hpp"

#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "load/open_files.hpp"

namespace parley::load {

namespace {

constexpr auto kRateStep = std::chrono::milliseconds(2);
constexpr auto kDrainStep = std::chrono::seconds(5);  // without a single delivery: what is missing is lost

std::int64_t now_ns() {
    return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

double own_cpu() {
    const auto use = use_of_process(static_cast<int>(::getpid()));
    return use ? use->cpu_seconds : 0;
}

}  // namespace

Run::Run(asio::io_context& io, const Options& options)
    : io_(io), options_(options), tally_(options.clients, options.senders, options.rooms), timer_(io), deadline_(io) {}

bool Run::open_event_log() {
    if (options_.event_log.empty()) return true;
    auto made = event_log::EventLog::create(options_.event_log);
    if (!made) {
        gave_up(made.error());
        return false;
    }
    event_log_.emplace(std::move(*made));
    return true;
}

void Run::start() {
    open_more_files();
    result_.empty = server_use();
    if (options_.server_pid != 0 && !result_.empty)
        return gave_up("there is no process " + std::to_string(options_.server_pid));
    if (!open_event_log()) return;
    crowd_ = options_.baseline ? baseline_crowd(io_, options_, *this)
                               : parley_crowd(io_, options_, *this, event_log_ ? &*event_log_ : nullptr);
    began_ns_ = now_ns();
    crowd_->come_in();
}

std::optional<ProcessUse> Run::server_use() const {
    if (options_.server_pid == 0) return std::nullopt;
    return use_of_process(options_.server_pid);
}

void Run::everybody_is_in() {
    if (phase_ != Phase::coming) return;
    phase_ = Phase::quiet;
    result_.connect_seconds = static_cast<double>(now_ns() - began_ns_) / 1e9;
    timer_.expires_after(std::chrono::milliseconds(static_cast<std::int64_t>(options_.settle_seconds * 1'000)));
    timer_.async_wait([this](asio::error_code error) {
        if (!error) begin_posting();
    });
}

void Run::begin_posting() {
    phase_ = Phase::posting;
    result_.idle = server_use();
    own_cpu_before_ = own_cpu();
    began_ns_ = now_ns();
    last_delivery_ns_ = began_ns_;
    if (options_.messages == 0) {
        deadline_.expires_after(std::chrono::milliseconds(static_cast<std::int64_t>(options_.seconds * 1'000)));
        deadline_.async_wait([this](asio::error_code error) {
            if (!error) stop_posting();
        });
    }
    if (options_.rate > 0) return post_by_rate();
    for (std::uint32_t sender = 0; sender < options_.senders; ++sender) post_one(sender);
    watch_draining();
}

bool Run::has_more_to_post(std::uint32_t sender) const {
    return options_.messages == 0 || tally_.last_sent(sender) < options_.messages;
}

void Run::post_one(std::uint32_t sender) {
    if (phase_ != Phase::posting || !has_more_to_post(sender)) return;
    tally_.sent(sender);
    crowd_->post(sender, stamped_text(Stamp{sender, tally_.last_sent(sender), now_ns()}, options_.size));
}

void Run::post_by_rate() {
    if (phase_ != Phase::posting) return;
    const auto elapsed = static_cast<double>(now_ns() - began_ns_) / 1e9;
    const auto due = static_cast<std::uint64_t>(elapsed * options_.rate);
    while (tally_.messages() < due) {
        const auto sender = static_cast<std::uint32_t>(tally_.messages() % options_.senders);
        if (!has_more_to_post(sender)) return stop_posting();
        post_one(sender);
    }
    timer_.expires_after(kRateStep);
    timer_.async_wait([this](asio::error_code error) {
        if (!error) post_by_rate();
    });
}

void Run::heard(std::size_t client, std::string_view text) {
    if (phase_ != Phase::posting && phase_ != Phase::draining) return;
    const auto stamp = read_stamp(text);
    if (!stamp) return;
    last_delivery_ns_ = now_ns();
    const auto arrival = tally_.arrived(client, *stamp, last_delivery_ns_);
    if (arrival.everybody_has_it && options_.rate <= 0) post_one(stamp->sender);
    const bool all_posted = phase_ == Phase::draining ||
                            (options_.messages != 0 && tally_.messages() == options_.messages * options_.senders);
    if (all_posted && tally_.complete()) end();
}

void Run::posting_failed(std::size_t client, const std::string& why) {
    if (result_.failed_posts++ == 0) result_.first_failure = "client " + std::to_string(client + 1) + ": " + why;
}

void Run::stop_posting() {
    if (phase_ != Phase::posting) return;
    phase_ = Phase::draining;
    if (tally_.complete()) return end();
    watch_draining();
}

// A closed loop whose message was lost stands still as well: the watch runs all the time.
void Run::watch_draining() {
    timer_.expires_after(kDrainStep);
    timer_.async_wait([this](asio::error_code error) {
        if (error || phase_ == Phase::over) return;
        if (now_ns() - last_delivery_ns_ >= kDrainStep / std::chrono::nanoseconds(1)) return end();
        watch_draining();
    });
}

void Run::end() {
    if (phase_ == Phase::over) return;
    phase_ = Phase::over;
    result_.done = server_use();
    result_.own_cpu_seconds = own_cpu() - own_cpu_before_;
    result_.run_seconds = static_cast<double>(last_delivery_ns_ - began_ns_) / 1e9;
    timer_.cancel();
    deadline_.cancel();
    if (crowd_) crowd_->go();
}

void Run::gave_up(const std::string& why) {
    if (phase_ == Phase::over) return;
    if (failure_.empty()) failure_ = why;
    end();
}

int Run::finish() {
    if (event_log_ && failure_.empty()) {
        if (const auto finished = event_log_->finish(); !finished) failure_ = finished.error();
    }
    if (!failure_.empty()) {
        std::fprintf(stderr, "parley-load: %s\n", failure_.c_str());
        return 1;
    }
    const auto text = options_.json ? as_json(options_, tally_, result_) : as_table(options_, tally_, result_);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return is_clean(tally_, result_) ? 0 : 1;
}

}  // namespace parley::load
