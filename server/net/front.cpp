#include "net/front.hpp"

#include "net/acceptor.hpp"
#include "net/shard_sockets.hpp"
#include "protocol/limits.hpp"

namespace parley::net {

namespace {
constexpr shard::ShardId kAcceptorsShard{0};
}

class Front::State {
  public:
    State(shard::AsioShards& shards, FrontSettings settings, const WebFiles& files, std::vector<HttpPage> pages,
          ConnectionOpener& opener, SharedFrame beat)
        : shards_(shards),
          settings_(std::move(settings)),
          service_{files,  std::move(pages), HostRules(settings_.hosts, settings_.origins, settings_.address),
                   opener, std::move(beat),  settings_.outbox_memory},
          acceptor_(shards.at(kAcceptorsShard), shards.context(kAcceptorsShard),
                    [this](Accepted accepted) { spread(std::move(accepted)); }) {
        for (std::uint32_t index = 0; index < shards_.count(); ++index) {
            sockets_.push_back(std::make_unique<ShardSockets>(shards_, shard::ShardId(index), service_,
                                                              [this](const std::string& address) { gone(address); }));
        }
    }

    [[nodiscard]] std::string listen() {
        auto error = acceptor_.listen(settings_.address, settings_.port);
        if (error.empty()) shards_.post_to(kAcceptorsShard, [this] { acceptor_.start(); });
        return error;
    }

    [[nodiscard]] std::uint16_t port() const { return acceptor_.port(); }

    void close(std::function<void()> closed) {
        shards_.post_to(kAcceptorsShard, [this, closed = std::move(closed)]() mutable { stop(std::move(closed)); });
    }

    [[nodiscard]] FrontCounts counts() const {
        FrontCounts sum;
        sum.accepted = acceptor_.accepted();
        sum.refused_full = acceptor_.refused_full();
        for (const auto& sockets : sockets_) add(sum, sockets->counts());
        return sum;
    }

  private:
    void spread(Accepted accepted) {
        auto& sockets = *sockets_[next_++ % sockets_.size()];
        shards_.post_to(sockets.shard().id(),
                        [&sockets, taken = std::move(accepted)]() mutable { sockets.take(std::move(taken)); });
    }

    void gone(const std::string& address) {
        shards_.post_to(kAcceptorsShard, [this, address] { acceptor_.gone(address); });
    }

    void stop(std::function<void()> closed) {
        acceptor_.close();
        closed_ = std::move(closed);
        shards_still_open_ = sockets_.size();
        patience_ = shards_.at(kAcceptorsShard).call_after(limits::kShutdownTime, [this] { tell_closed(); });
        for (const auto& sockets : sockets_) {
            shards_.post_to(sockets->shard().id(), [this, each = sockets.get()] {
                each->stop([this] { shards_.post_to(kAcceptorsShard, [this] { shard_closed(); }); });
            });
        }
    }

    void shard_closed() {
        if (--shards_still_open_ == 0) tell_closed();
    }

    void tell_closed() {
        shards_.at(kAcceptorsShard).cancel(patience_);
        if (const auto closed = std::exchange(closed_, nullptr)) closed();
    }

    static void add(FrontCounts& sum, const ShardCounts& part) {
        sum.open_sockets += part.open_sockets.value();
        sum.open_websockets += part.open_websockets.value();
        sum.http_requests += part.http_requests.value();
        sum.http_refusals += part.http_refusals.value();
        sum.frames_in += part.frames_in.value();
        sum.frames_out += part.frames_out.value();
        sum.writes += part.writes.value();
        sum.bytes_in += part.bytes_in.value();
        sum.bytes_out += part.bytes_out.value();
        sum.cut_slow += part.cut_slow.value();
        sum.cut_for_memory += part.cut_for_memory.value();
        sum.cut_mute += part.cut_mute.value();
        sum.handler_exceptions += part.handler_exceptions.value();
    }

    shard::AsioShards& shards_;
    const FrontSettings settings_;
    const Service service_;
    Acceptor acceptor_;
    std::vector<std::unique_ptr<ShardSockets>> sockets_;
    // Of the acceptor's shard.
    std::size_t next_ = 0;
    std::size_t shards_still_open_ = 0;
    shard::TimerId patience_{};
    std::function<void()> closed_;
};

Front::Front(shard::AsioShards& shards, FrontSettings settings, const WebFiles& files, std::vector<HttpPage> pages,
             ConnectionOpener& opener, SharedFrame beat)
    : state_(std::make_unique<State>(shards, std::move(settings), files, std::move(pages), opener, std::move(beat))) {}

Front::~Front() = default;

std::string Front::listen() {
    return state_->listen();
}
std::uint16_t Front::port() const {
    return state_->port();
}
void Front::close(std::function<void()> closed) {
    state_->close(std::move(closed));
}
FrontCounts Front::counts() const {
    return state_->counts();
}

}  // namespace parley::net
