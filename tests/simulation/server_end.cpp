#include "simulation/server_end.hpp"

#include "simulation/server_process.hpp"

namespace parley::simulation {

ServerEnd::ServerEnd(ServerProcess& process, LineId line, shard::ShardId shard, Pipe& down, const EndRules& rules)
    : process_(process),
      line_(line),
      shard_(shard),
      down_(down),
      rules_(rules),
      last_heard_(now()),
      last_sent_(now()),
      last_ping_(now()),
      last_taken_(now()),
      end_(make_server_end(rules.by_bytes, *this, process.clock_.now)) {}

Time ServerEnd::now() const {
    return process_.clock_.now;
}

void ServerEnd::send(net::SharedFrame frame) {
    if (is_closing_ || is_closed_) return;
    last_sent_ = now();
    end_->send_frame(frame);
    keep_bounds();
}

void ServerEnd::close(CloseCode code, std::string_view reason) {
    if (is_closing_ || is_closed_) return;
    if (process_.chronicle_.is_told())
        process_.chronicle_.tell("server closes connection " + std::to_string(static_cast<std::uint64_t>(line_)) + " " +
                                 std::to_string(static_cast<unsigned>(code)) + " " + std::string(reason));
    is_closing_ = true;
    end_->close(static_cast<std::uint16_t>(code), std::string(reason));
}

void ServerEnd::resume_reading() {
    is_paused_ = false;
    process_.run_on(*this, [](ServerEnd& end) { end.end_->go_on(); });
}

void ServerEnd::opened() {
    session_ = process_.modules_->open(*this);
}

void ServerEnd::received(std::span<const std::byte> message) {
    if (!session_ || is_closing_ || is_closed_) return;
    if (!message.empty()) ++process_.chronicle_.counts.client_messages[std::to_integer<std::size_t>(message[0]) % 64];
    session_->on_frame(message);
}

void ServerEnd::heard() {
    last_heard_ = now();
}

void ServerEnd::closed(std::uint16_t code, const std::string& reason) {
    is_closed_ = true;
    process_.run_on(*this, [code, reason](ServerEnd& end) {
        if (end.session_) end.session_->on_closed(code, reason);
        end.session_.reset();
        end.process_.forget(end.line_);  // destroys the end
    });
}

void ServerEnd::write(Piece piece) {
    outbox_bytes_ += piece.bytes.size();
    outbox_.push_back(std::move(piece));
    flush();
}

void ServerEnd::flush() {
    while (!outbox_.empty() && (down_.bytes() < rules_.window || down_.swallows())) {
        outbox_bytes_ -= outbox_.front().bytes.size();
        down_.push(std::move(outbox_.front()), now());
        outbox_.pop_front();
        last_taken_ = now();
    }
}

void ServerEnd::post_timer() {
    timer_is_posted_ = true;
    process_.run_on(*this, [](ServerEnd& end) {
        end.timer_is_posted_ = false;
        end.end_->run_due();
    });
}

bool ServerEnd::is_over_bounds() const {
    return outbox_.size() > limits::kOutboxFrames || (queued_bytes() > limits::kConnectionOutbox && outbox_.size() > 1);
}

void ServerEnd::keep_bounds() {
    if (is_over_bounds()) return cut_slow();
    if (queued_bytes() > limits::kReadPauseAbove) is_full_ = true;
}

void ServerEnd::cut_slow() {
    if (is_closing_ || is_closed_) return;
    process_.chronicle_.count(Fault::slow_reader_cut);
    outbox_.clear();
    outbox_bytes_ = 0;
    is_full_ = false;
    close(CloseCode::try_again_later, "too slow");
}

void ServerEnd::taken() {
    flush();
    if (!is_full_ || queued_bytes() >= limits::kReadPauseAbove / 2) return;
    is_full_ = false;
    process_.run_on(*this, [](ServerEnd& end) {
        if (end.session_) end.session_->on_drained();
        end.end_->go_on();
    });
}

void ServerEnd::sweep() {
    if (is_closing_ || is_closed_) return;
    if (!outbox_.empty() && now() - last_taken_ > limits::kOutboxStallTime) return cut_slow();
    if (now() - last_sent_ >= limits::kPingEvery - limits::kSweepEvery) send(net::make_frame(Beat{0}));
    if (!takes_more()) {
        last_heard_ = now();  // it is we who do not listen
        return;
    }
    if (now() - last_heard_ > limits::kPeerSilence) return close(CloseCode::mute_peer, "nothing was heard");
    if (now() - last_heard_ < limits::kPingEvery || now() - last_ping_ < limits::kPingEvery) return;
    last_ping_ = now();
    end_->ping();
}

}  // namespace parley::simulation
