// A front on loopback with two shards, a few web files, and an opener whose connections do what the test's messages
// tell them. Its clock jumps when a test says so; the deadlines are looked at within a second after that.
#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>

#include "net/front.hpp"
#include "raw_client/raw_client.hpp"

namespace parley::net {

// What connections report, from both shards.
class Journal {
  public:
    void note(const std::string& entry);
    // Waits until the entry has been noted as often as asked.
    void wait_for(const std::string& entry, std::size_t times = 1);
    [[nodiscard]] std::size_t count(const std::string& entry);
    [[nodiscard]] std::vector<std::string> all();

  private:
    std::mutex mutex_;
    std::condition_variable noted_;
    std::vector<std::string> entries_;
};

// Commands are messages: "echo …", "throw", "close", "flood KIB COUNT", "limit BYTES", "pause", "peer", "id", and
// "tell COUNT": so many frames to every connection of the shard, one task after the other.
class ObeyingOpener final : public ConnectionOpener {
  public:
    ObeyingOpener(Journal& journal, shard::Shards& shards) : journal_(journal), shards_(shards) {}
    [[nodiscard]] std::unique_ptr<ConnectionEvents> opened(Connection& connection) override;

  private:
    Journal& journal_;
    shard::Shards& shards_;
    std::array<std::set<Connection*>, 2> open_;  // of each shard; on its thread
};

void let_time_pass(std::chrono::nanoseconds duration);
// From now on each look at the clock finds it so much later.
void slow_down(std::chrono::nanoseconds each_look);

class Served {
  public:
    explicit Served(FrontSettings settings = {});
    ~Served();

    [[nodiscard]] RawClient client(int receive_buffer = 0) const { return RawClient(front_.port(), receive_buffer); }
    [[nodiscard]] std::uint16_t port() const { return front_.port(); }
    [[nodiscard]] Front& front() { return front_; }
    [[nodiscard]] FrontCounts counts() const { return front_.counts(); }
    [[nodiscard]] Journal& journal() { return journal_; }
    // Returns when the front says that it is closed.
    void close_and_wait();
    // Returns when both shards have done what was posted before.
    void settle();

    static const std::string kPage;
    static const std::string kLargeFile;  // 2 MiB of a pattern

  private:
    Journal journal_;
    shard::AsioShards shards_;
    ObeyingOpener opener_;
    WebFiles files_;
    Front front_;
};

}  // namespace parley::net
