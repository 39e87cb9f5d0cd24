#include <asio/io_context.hpp>
#include <vector>

#include "client_native/socket.hpp"
#include "load/crowd.hpp"

namespace parley::load {

namespace {

class BaselineCrowd final : public Crowd {
  public:
    BaselineCrowd(asio::io_context& io, const Options& options, CrowdEvents& events)
        : io_(io), options_(options), events_(events) {}

    void come_in() override {
        members_.reserve(options_.clients);
        for (std::size_t i = 0; i < options_.clients; ++i) members_.push_back(std::make_unique<Member>(*this, i));
        while (coming_ < std::min(options_.connecting, options_.clients)) next();
    }
    void post(std::size_t client, const std::string& text) override {
        members_[client]->socket->send(std::as_bytes(std::span(text)));
    }
    void go() override {
        for (auto& member : members_)
            if (member->socket) member->socket->close(1000, {});
    }

  private:
    struct Member final : native::SocketEvents {
        Member(BaselineCrowd& owner, std::size_t number) : crowd(owner), index(number) {}
        void opened() override { crowd.one_is_in(); }
        void received(std::span<const std::byte> frame) override {
            crowd.events_.heard(index, {reinterpret_cast<const char*>(frame.data()), frame.size()});
        }
        void paused() override {}
        void closed(std::uint16_t code, const std::string& reason) override {
            crowd.events_.gave_up("the baseline closed a connection: " + std::to_string(code) + " " + reason);
        }
        BaselineCrowd& crowd;
        std::size_t index;
        std::shared_ptr<native::Socket> socket;
    };

    void next() {
        auto& member = *members_[coming_++];
        member.socket = native::open_socket(io_, options_.url, member);
    }
    void one_is_in() {
        ++in_;
        if (coming_ < members_.size()) next();
        if (in_ == members_.size()) events_.everybody_is_in();
    }

    asio::io_context& io_;
    const Options& options_;
    CrowdEvents& events_;
    std::vector<std::unique_ptr<Member>> members_;
    std::size_t coming_ = 0;
    std::size_t in_ = 0;
};

}  // namespace

std::unique_ptr<Crowd> baseline_crowd(asio::io_context& io, const Options& options, CrowdEvents& events) {
    return std::make_unique<BaselineCrowd>(io, options, events);
}

}  // namespace parley::load
