// What Parley is measured against: a plain websocketpp server on its own Asio transport that sends every message it
// gets to everybody, in one thread, with one prepared frame shared by all receivers and TCP_NODELAY really on. Prints
// "listening on ws://127.0.0.1:PORT/ws"; ends with SIGTERM. Driven by parley-load --baseline.
#include <csignal>
#include <cstdio>
#include <set>
#include <string>
#include <websocketpp/concurrency/none.hpp>
#include <websocketpp/config/asio_no_tls.hpp>
#include <websocketpp/logger/stub.hpp>
#include <websocketpp/server.hpp>

namespace {

struct Config : websocketpp::config::asio {
    using concurrency_type = websocketpp::concurrency::none;
    using alog_type = websocketpp::log::stub;
    using elog_type = websocketpp::log::stub;
    struct transport_config : websocketpp::config::asio::transport_config {
        using concurrency_type = websocketpp::concurrency::none;
        using alog_type = websocketpp::log::stub;
        using elog_type = websocketpp::log::stub;
        static const bool enable_multithreading = false;
    };
    using transport_type = websocketpp::transport::asio::endpoint<transport_config>;
    static const bool enable_multithreading = false;
};

using Server = websocketpp::server<Config>;
using Message = Config::message_type;
using websocketpp::connection_hdl;

class Broadcast {
  public:
    Broadcast() {
        server_.init_asio();
        server_.set_reuse_addr(true);
        server_.set_listen_backlog(4096);
        server_.set_open_handler([this](connection_hdl handle) { come(handle); });
        server_.set_close_handler([this](connection_hdl handle) { members_.erase(handle); });
        server_.set_message_handler(
            [this](connection_hdl, const Server::message_ptr& message) { tell_everybody(message->get_payload()); });
    }

    int run() {
        server_.listen(asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        server_.start_accept();
        asio::error_code error;
        std::printf("listening on ws://127.0.0.1:%u/ws\n",
                    static_cast<unsigned>(server_.get_local_endpoint(error).port()));
        std::fflush(stdout);
        asio::signal_set signals(server_.get_io_service(), SIGINT, SIGTERM);
        signals.async_wait([this](asio::error_code, int) { server_.stop(); });
        server_.run();
        return 0;
    }

  private:
    // In the socket-init handler the option is lost: the socket is not open before it has been accepted.
    void come(const connection_hdl& handle) {
        members_.insert(handle);
        server_.get_con_from_hdl(handle)->get_raw_socket().set_option(asio::ip::tcp::no_delay(true));
    }

    // One message, prepared once: the library copies neither the header nor the payload of a prepared one.
    void tell_everybody(const std::string& payload) {
        const auto size = payload.size();
        const websocketpp::frame::basic_header basic(websocketpp::frame::opcode::binary, size, true, false);
        const websocketpp::frame::extended_header extended(size);
        auto frame = websocketpp::lib::make_shared<Message>(room_, websocketpp::frame::opcode::binary, size);
        frame->set_header(websocketpp::frame::prepare_header(basic, extended));
        frame->set_payload(payload);
        frame->set_prepared(true);
        for (const auto& member : members_) {
            websocketpp::lib::error_code ignored;
            server_.send(member, frame, ignored);
        }
    }

    Server server_;
    Server::connection_type::con_msg_manager_ptr room_ =
        websocketpp::lib::make_shared<Server::connection_type::con_msg_manager_type>();
    std::set<connection_hdl, std::owner_less<connection_hdl>> members_;
};

}  // namespace

int main() {
    try {
        return Broadcast().run();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "broadcast_baseline: %s\n", error.what());
        return 1;
    }
}
