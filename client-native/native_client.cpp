#include "client_native/native_client.hpp"

#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <chrono>
#include <random>

#include "client_native/socket.hpp"

namespace parley::native {

namespace {

std::uint64_t unpredictable() {
    std::random_device source;
    return (static_cast<std::uint64_t>(source()) << 32) | source();
}

}  // namespace

// Kept alive by what it waits for; detached from its NativeClient when that goes.
class NativeClient::Driver final : public SocketEvents, public std::enable_shared_from_this<Driver> {
  public:
    Driver(asio::io_context& io, Url url, client::Settings settings, std::unique_ptr<OutboxFile> outbox)
        : io_(io),
          url_(std::move(url)),
          outbox_(std::move(outbox)),
          client_(std::move(settings), unpredictable()),
          timer_(io) {
        if (outbox_) left_behind_ = outbox_->left_behind();
    }
    ~Driver() override {
        if (socket_) socket_->forget();
    }

    client::Client& chat() {
        if (!in_turn_ && !turn_is_due_) {
            turn_is_due_ = true;
            asio::post(io_, [weak = weak_from_this()] {
                if (const auto self = weak.lock()) self->due_turn();
            });
        }
        return client_;
    }
    [[nodiscard]] const client::Client& look() const { return client_; }
    [[nodiscard]] Received received() const { return received_; }

    void detach() {
        listener_ = nullptr;
        keeper_ = nullptr;
        timer_.cancel();
        if (socket_) socket_->close(1000, {});
        socket_.reset();
    }

    // --- SocketEvents
    void opened() override { client_.socket_opened(now()); }
    void received(std::span<const std::byte> frame) override {
        ++received_.frames;
        received_.bytes += frame.size();
        client_.frame_received(now(), frame);
    }
    void paused() override { turn(); }
    void closed(std::uint16_t code, const std::string& reason) override {
        socket_.reset();
        client_.socket_closed(now(), code, reason);
        turn();
    }

    Listener listener_;
    Keeper keeper_;

  private:
    void due_turn() {
        turn_is_due_ = false;
        turn();
    }

    // Does what the client wants and tells what happened, until neither is left: telling may lead to new wishes.
    void turn() {
        if (in_turn_) return;
        const auto self = shared_from_this();
        in_turn_ = true;
        for (;;) {
            const auto effects = client_.take_effects();
            const auto notices = client_.take_notices();
            if (effects.empty() && notices.empty()) break;
            for (const auto& effect : effects) std::visit([this](const auto& wish) { perform(wish); }, effect);
            write_outbox();
            for (const auto& notice : notices) {
                if (std::holds_alternative<client::LoggedIn>(notice)) adopt_what_was_left();
                if (listener_) listener_(notice);
            }
        }
        in_turn_ = false;
        wake_in_time();
    }

    void perform(const client::OpenSocket&) { socket_ = open_socket(io_, url_, *this); }
    void perform(const client::CloseSocket& close) {
        if (socket_) socket_->close(static_cast<std::uint16_t>(close.code), close.reason);
        socket_.reset();
    }
    void perform(const client::SendFrame& frame) {
        if (socket_) socket_->send(frame.bytes);
    }
    void perform(const client::SaveSession& save) {
        if (keeper_) keeper_(save.session);
    }

    void perform(const client::KeepOperation& wish) {
        if (!outbox_) return client_.operation_not_kept(wish.operation.op(), "there is no file for it");
        outbox_->keep(wish.operation, wish.instead_of);
        unanswered_.push_back({wish.operation.op(), true});
    }
    void perform(const client::ForgetOperation& wish) {
        if (!outbox_) return client_.operation_not_kept(wish.op, "there is no file for it");
        outbox_->forget(wish.op);
        unanswered_.push_back({wish.op, false});
    }
    void perform(const client::ReleaseOutbox&) { adopt_what_was_left(); }
    void perform(const client::ForgetOthers& wish) {
        if (!outbox_) return;
        outbox_->forget_all_but(wish.keep);
        if (!wish.keep.names_something()) left_behind_.clear();
    }
    void perform(const client::ForgetView&) {}  // none is kept

    // One sync for all that one turn has brought.
    void write_outbox() {
        if (!outbox_) return;
        const auto unanswered = std::exchange(unanswered_, {});
        const auto written = outbox_->sync();
        for (const auto& [op, kept] : unanswered) {
            if (!written)
                client_.operation_not_kept(op, written.error());
            else if (kept)
                client_.operation_kept(op);
            else
                client_.operation_forgotten(op);
        }
    }

    void adopt_what_was_left() {
        for (auto& orphan : std::exchange(left_behind_, {}))
            if (client_.adopt(orphan) == client::Adoption::not_now) left_behind_.push_back(std::move(orphan));
    }

    // The deadline moves with every frame; the timer is moved only to an earlier one, since waking early is harmless.
    void wake_in_time() {
        const auto due = client_.next_deadline();
        if (!due) {
            armed_for_.reset();
            timer_.cancel();
            return;
        }
        if (armed_for_ && *armed_for_ <= *due) return;
        armed_for_ = due;
        timer_.expires_at(std::chrono::steady_clock::time_point(std::chrono::milliseconds(*due)));
        timer_.async_wait([weak = weak_from_this()](asio::error_code error) {
            const auto self = weak.lock();
            if (error || !self) return;
            self->armed_for_.reset();
            self->client_.time_passed(now());
            self->turn();
        });
    }

    asio::io_context& io_;
    const Url url_;
    struct Unanswered {
        OpId op;
        bool kept;  // else it was forgotten
    };
    std::unique_ptr<OutboxFile> outbox_;
    std::vector<Unanswered> unanswered_;
    std::vector<client::SavedOutbox> left_behind_;  // not adopted yet
    Received received_;
    client::Client client_;
    asio::steady_timer timer_;
    std::shared_ptr<Socket> socket_;
    std::optional<std::int64_t> armed_for_;
    bool in_turn_ = false;
    bool turn_is_due_ = false;
};

NativeClient::NativeClient(asio::io_context& io, Url url, client::Settings settings)
    : NativeClient(io, std::move(url), std::move(settings), nullptr) {}

NativeClient::NativeClient(asio::io_context& io, Url url, client::Settings settings,
                           std::unique_ptr<OutboxFile> outbox) {
    if (outbox) settings.keeps_operations = true;
    driver_ = std::make_shared<Driver>(io, std::move(url), std::move(settings), std::move(outbox));
}
NativeClient::~NativeClient() {
    driver_->detach();
}

void NativeClient::on_notice(Listener listener) {
    driver_->listener_ = std::move(listener);
}
void NativeClient::on_session(Keeper keeper) {
    driver_->keeper_ = std::move(keeper);
}
void NativeClient::start() {
    chat().start(now());
}
void NativeClient::stop() {
    chat().stop(now());
}
client::Client& NativeClient::chat() {
    return driver_->chat();
}
NativeClient::Received NativeClient::received() const {
    return driver_->received();
}

const client::ChatState& NativeClient::state() const {
    return driver_->look().state();
}

client::Now NativeClient::now() {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    client::Now now;
    now.monotonic_ms = duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
    now.wall.milliseconds = duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    return now;
}

}  // namespace parley::native
