// Some come, go and type all the time; the others look at the room, or do not. What that costs each of them, in frames,
// and the server, in CPU.
#pragma once

#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "load/crowd.hpp"
#include "load/process_use.hpp"

namespace parley::load {

class Storm final : public CrowdEvents {
  public:
    Storm(asio::io_context& io, const Options& options);
    void start();
    // After the io_context has run out of work: the exit code.
    int finish();

    void everybody_is_in() override;
    void heard(std::size_t, std::string_view) override {}
    void reconnected(std::size_t client) override;
    void posting_failed(std::size_t client, const std::string& why) override;
    void gave_up(const std::string& why) override;

  private:
    // Of each client that is not restless, over the whole storm.
    struct Cost {
        double mean_frames = 0;  // a second
        double most_frames = 0;
        double mean_bytes = 0;
    };
    void begin();
    void next_step();
    void end();
    [[nodiscard]] Cost cost_of(std::size_t first, std::size_t end) const;
    [[nodiscard]] std::optional<ProcessUse> server_use() const;

    asio::io_context& io_;
    const Options& options_;
    std::unique_ptr<Crowd> crowd_;
    asio::steady_timer timer_;
    std::vector<native::NativeClient::Received> before_;  // of every client, when the storm began
    std::optional<ProcessUse> server_before_;
    double server_cpu_ = 0;  // seconds a second
    std::size_t step_ = 0;
    double seconds_ = 0;
    std::int64_t began_ns_ = 0;
    Cost looking_;
    Cost idle_;
    std::size_t disturbed_ = 0;  // how many of the calm ones lost their connection
    std::string failure_;
};

}  // namespace parley::load
