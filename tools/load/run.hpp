// One measurement from the first connection to the report: everybody comes in, a quiet moment, the posting, the rest of
// the deliveries.
#pragma once

#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <memory>

#include "load/crowd.hpp"
#include "load/report.hpp"

namespace parley::load {

class Run final : public CrowdEvents {
  public:
    Run(asio::io_context& io, const Options& options);
    void start();

    // After the io_context has run out of work: the exit code, 0 if nothing was lost, doubled, reordered or refused.
    int finish();

    void everybody_is_in() override;
    void heard(std::size_t client, std::string_view text) override;
    void reconnected(std::size_t) override { ++result_.reconnects; }
    void posting_failed(std::size_t client, const std::string& why) override;
    void gave_up(const std::string& why) override;

  private:
    enum class Phase : std::uint8_t { coming, quiet, posting, draining, over };

    void begin_posting();
    void post_one(std::uint32_t sender);
    void post_by_rate();
    void stop_posting();
    void watch_draining();
    [[nodiscard]] bool open_event_log();
    void end();
    [[nodiscard]] bool has_more_to_post(std::uint32_t sender) const;
    [[nodiscard]] std::optional<ProcessUse> server_use() const;

    asio::io_context& io_;
    const Options& options_;
    Tally tally_;
    Result result_;
    std::optional<event_log::EventLog> event_log_;
    std::unique_ptr<Crowd> crowd_;
    asio::steady_timer timer_;
    asio::steady_timer deadline_;
    Phase phase_ = Phase::coming;
    std::int64_t began_ns_ = 0;
    std::int64_t last_delivery_ns_ = 0;
    double own_cpu_before_ = 0;
    std::string failure_;
};

}  // namespace parley::load
