#include "served.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <sstream>
#include <stdexcept>

namespace parley::net {
namespace {

std::atomic<std::int64_t> jumped{0};  // nanoseconds
std::atomic<std::int64_t> jump_of_each_look{0};

shard::MonotonicTime jumping_clock() {
    jumped += jump_of_each_look.load();
    return std::chrono::steady_clock::now() + std::chrono::nanoseconds(jumped.load());
}

SharedFrame frame_of(std::string_view text) {
    return make_binary_frame(std::as_bytes(std::span(text)));
}

std::string make_large_file() {
    std::string bytes;
    while (bytes.size() < 2 * 1024 * 1024) bytes += std::to_string(bytes.size()) + '\n';
    return bytes;
}

class Obeying final : public ConnectionEvents {
  public:
    Obeying(Connection& connection, Journal& journal, shard::Shards& shards, std::set<Connection*>& open)
        : connection_(connection), journal_(journal), shards_(shards), open_(open) {
        open_.insert(&connection_);
    }
    ~Obeying() override { open_.erase(&connection_); }

    void on_frame(std::span<const std::byte> frame) override {
        const std::string text(reinterpret_cast<const char*>(frame.data()), frame.size());
        std::istringstream words(text);
        std::string command;
        words >> command;
        if (command == "throw") throw std::runtime_error("as told");
        if (command == "close") return connection_.close(CloseCode::normal, "as told");
        if (command == "limit") return set_limit(words);
        if (command == "flood") return flood(words);
        if (command == "pile") return pile(words);
        if (command == "pause") return pause();
        if (command == "peer") return connection_.send(frame_of(describe(connection_.peer())));
        if (command == "burst") return burst();
        if (command == "tell") return tell(words);
        journal_.note("frame " + text.substr(0, 40));
        connection_.send(frame_of(text));
    }

    void on_drained() override { journal_.note("drained"); }

    void on_closed(std::uint16_t code, std::string_view) override {
        journal_.note("closed " + std::to_string(code));
        connection_.send(frame_of("too late"));  // does nothing
    }

  private:
    void set_limit(std::istringstream& words) {
        std::size_t bytes = 0;
        words >> bytes;
        connection_.set_message_limit(bytes);
        connection_.send(frame_of("limited"));
    }

    void flood(std::istringstream& words) {
        std::size_t kibibytes = 0;
        int count = 0;
        words >> kibibytes >> count;
        const auto frame = frame_of(std::string(kibibytes * 1024, 'f'));
        for (int sent = 0; sent < count; ++sent) connection_.send(frame);
        journal_.note("queued " + std::to_string(connection_.queued_bytes()));
    }

    // As flood, but each frame is this connection's alone.
    void pile(std::istringstream& words) {
        std::size_t kibibytes = 0;
        int count = 0;
        words >> kibibytes >> count;
        for (int sent = 0; sent < count; ++sent) connection_.send(frame_of(std::string(kibibytes * 1024, 'p')));
        journal_.note("piled");
    }

    void burst() {
        for (int number = 0; number < 1000; ++number) connection_.send(frame_of(std::to_string(number)));
        connection_.close(CloseCode::policy, "after the burst");
        connection_.send(frame_of("too late"));
    }

    void tell(std::istringstream& words) {
        int count = 0;
        words >> count;
        journal_.note("tells " + std::to_string(open_.size()));
        tell(count);
    }

    void tell(int count) {
        for (auto* each : open_) each->send(frame_of("told"));
        if (count > 1) shards_.post_to(connection_.shard(), [this, count] { tell(count - 1); });
    }

    void pause() {
        connection_.pause_reading();
        journal_.note("paused");
        shards_.at(connection_.shard()).call_after(std::chrono::milliseconds(20), [this] {
            journal_.note("resumed");
            connection_.resume_reading();
        });
    }

    static std::string describe(const Peer& peer) {
        return peer.address + '|' + peer.user_agent + '|' + (peer.peer_is_loopback ? "L" : "-") +
               (peer.host_is_loopback ? "H" : "-") + (peer.was_forwarded ? "F" : "-");
    }

    Connection& connection_;
    Journal& journal_;
    shard::Shards& shards_;
    std::set<Connection*>& open_;
};

}  // namespace

void Journal::note(const std::string& entry) {
    const std::lock_guard lock(mutex_);
    entries_.push_back(entry);
    noted_.notify_all();
}

void Journal::wait_for(const std::string& entry, std::size_t times) {
    std::unique_lock lock(mutex_);
    noted_.wait(lock,
                [&] { return static_cast<std::size_t>(std::count(entries_.begin(), entries_.end(), entry)) >= times; });
}

std::size_t Journal::count(const std::string& entry) {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count(entries_.begin(), entries_.end(), entry));
}

std::vector<std::string> Journal::all() {
    const std::lock_guard lock(mutex_);
    return entries_;
}

std::unique_ptr<ConnectionEvents> ObeyingOpener::opened(Connection& connection) {
    if (connection.peer().user_agent == "refuse me") return nullptr;
    if (connection.peer().user_agent == "throw at me") throw std::runtime_error("as told");
    auto& open = open_[static_cast<std::size_t>(connection.shard())];
    return std::make_unique<Obeying>(connection, journal_, shards_, open);
}

void let_time_pass(std::chrono::nanoseconds duration) {
    jumped += duration.count();
}

void slow_down(std::chrono::nanoseconds each_look) {
    jump_of_each_look = each_look.count();
}

const std::string Served::kPage = "<!doctype html><style>p{}</style><p>page";
const std::string Served::kLargeFile = make_large_file();

Served::Served(FrontSettings settings)
    : shards_(2, jumping_clock),
      opener_(journal_, shards_),
      files_({{"/index.html", "text/html; charset=utf-8", false, "\"page\"", kPage, "", ""},
              {"/app-0123abcd.wasm", "application/wasm", true, "\"wasm\"", kLargeFile, "brotli", "gzip"}}),
      front_(shards_, (settings.port = 0, settings), files_,
             {{"/healthz", false,
               [] {
                   return HttpAnswer{200, "text/plain; charset=utf-8", "ok\n"};
               }},
              {"/metrics", true,
               [] {
                   return HttpAnswer{200, "text/plain; charset=utf-8", "numbers\n"};
               }},
              {"/broken", false, []() -> HttpAnswer { throw std::runtime_error("as told"); }}},
             opener_, frame_of("beat")) {
    const auto error = front_.listen();
    EXPECT_EQ(error, "");
    shards_.start();
}

Served::~Served() {
    shards_.stop();
}

void Served::close_and_wait() {
    std::promise<void> closed;
    front_.close([&closed] { closed.set_value(); });
    closed.get_future().wait();
}

void Served::settle() {
    for (int round = 0; round < 3; ++round) {
        for (const std::uint32_t index : {0u, 1u}) {
            std::promise<void> done;
            shards_.post_to(shard::ShardId(index), [&done] { done.set_value(); });
            done.get_future().wait();
        }
    }
}

}  // namespace parley::net
