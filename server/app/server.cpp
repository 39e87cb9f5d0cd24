#include "app/server.hpp"

#include <future>
#include <optional>
#include <thread>

#include "app/routers.hpp"
#include "app/version.hpp"
#include "net/front.hpp"
#include "observe/metrics.hpp"
#include "shard/asio_shards.hpp"
#include "sqlite/data_lock.hpp"
#include "sqlite/sqlite_backend.hpp"
#include "store/store_thread.hpp"
#include "web_client/embedded.hpp"

namespace parley::app {

namespace {

std::size_t shard_count(const Settings& settings) {
    return settings.threads != 0 ? settings.threads : std::max(1u, std::thread::hardware_concurrency());
}

auth::PasswordCost password_cost(const Settings& settings) {
    return settings.profile == RunProfile::bench ? auth::least_cost() : auth::PasswordCost{};
}

std::size_t password_threads() {
    return std::min<std::size_t>(2, std::max(1u, std::thread::hardware_concurrency()));
}

std::string build_name() {
    const auto web = web_client::build_id();
    return std::string("parley ") + std::string(kVersion) + (web.empty() ? "" : " " + std::string(web));
}

net::FrontSettings front_settings(const Settings& settings) {
    return {settings.address, settings.port, settings.hosts, settings.origins};
}

constexpr const char* kWayBack =
    "stop the server, keep a copy of the data directory, put a backup of parley.db in its place without its -wal and "
    "-shm files; until then what is damaged is refused and the rest is served";

std::string metrics_text(const net::FrontCounts& net, const store::StoreCounts& store) {
    observe::MetricsPage page;
    page.gauge("parley_open_sockets", "TCP connections open now", net.open_sockets);
    page.gauge("parley_open_websockets", "WebSocket connections open now", net.open_websockets);
    page.counter("parley_accepted_total", "TCP connections accepted", net.accepted);
    page.counter("parley_refused_full_total", "TCP connections refused for want of room", net.refused_full);
    page.counter("parley_http_requests_total", "HTTP requests", net.http_requests);
    page.counter("parley_http_refusals_total", "HTTP requests refused", net.http_refusals);
    page.counter("parley_frames_in_total", "WebSocket messages received", net.frames_in);
    page.counter("parley_frames_out_total", "WebSocket messages sent", net.frames_out);
    page.counter("parley_writes_total", "writes to sockets; one may hold many messages", net.writes);
    page.counter("parley_bytes_in_total", "bytes received", net.bytes_in);
    page.counter("parley_bytes_out_total", "bytes sent", net.bytes_out);
    page.counter("parley_cut_slow_total", "connections cut for not reading", net.cut_slow);
    page.counter("parley_cut_for_memory_total", "of these, cut because all together held too much", net.cut_for_memory);
    page.counter("parley_cut_mute_total", "connections cut for not answering", net.cut_mute);
    page.counter("parley_handler_exceptions_total", "connections closed by an unexpected error",
                 net.handler_exceptions);
    page.counter("parley_store_commits_total", "transactions committed", store.commits.load());
    page.counter("parley_store_changes_total", "changes committed", store.changes.load());
    page.counter("parley_store_failed_reads_total", "reads that the database refused", store.failed_reads.load());
    return page.text();
}

}  // namespace

// In the order in which they are made; destroyed in the reverse order. Session tables come before the shards, since
// what still waits on a shard when it is destroyed may answer to them.
class Server::Parts {
  public:
    explicit Parts(Settings chosen) : settings(std::move(chosen)), shards(shard_count(settings)), sessions(shards) {}

    std::string start(std::function<void()> failed);
    std::string open_store(std::function<void()> failed);
    std::string open_front();
    std::string offer_owner_link();
    void make_services();
    std::vector<net::HttpPage> pages();

    Settings settings;
    std::optional<sqlite::DataLock> lock;
    std::unique_ptr<sqlite::SqliteBackend> backend;
    shard::AsioShards shards;
    session::SessionTables sessions;
    CommitRouter commits;
    std::unique_ptr<store::StoreThread> store;
    std::optional<rooms::Rooms> rooms;
    std::optional<PresenceRouter> presence;
    std::optional<people::People> people;
    std::optional<auth::PasswordPool> passwords;
    auth::LoginLimits login_limits;
    auth::RegistrationRules registration;
    std::string owner_code;
    std::optional<handlers::Services> services;
    std::optional<SessionOpener> opener;
    net::WebFiles web;
    std::optional<net::Front> front;
    bool running = false;
};

std::string Server::Parts::start(std::function<void()> failed) {
    if (auto error = open_store(std::move(failed)); !error.empty()) return error;
    if (auto error = offer_owner_link(); !error.empty()) return error;
    make_services();
    if (auto error = open_front(); !error.empty()) return error;
    return {};
}

std::string Server::Parts::open_store(std::function<void()> failed) {
    auto taken = sqlite::DataLock::take(settings.data);
    if (!taken) return taken.error();
    lock = std::move(*taken);
    auto opened = sqlite::SqliteBackend::open(settings.data);
    if (!opened) return opened.error();
    backend = std::move(*opened);
    shards.start();
    running = true;
    store::StoreWatch watch;
    watch.failing = [](const store::StorageError& error) { observe::error("store_failing", {{"what", error.what}}); };
    watch.damaged = [data = settings.data](const store::StorageError& error) {
        observe::error("store_damaged", {{"what", error.what}, {"data", data}, {"way_back", kWayBack}});
    };
    watch.recovered = [] { observe::info("store_recovered"); };
    watch.fatal = [failed = std::move(failed)](const store::StorageError& error) {
        observe::error("store_failed", {{"what", error.what}});
        failed();
    };
    auto started = store::StoreThread::start(*backend, shards, commits, std::move(watch));
    if (!started) return "the database cannot be opened: " + started.error().what;
    store = std::move(*started);
    return {};
}

std::string Server::Parts::offer_owner_link() {
    if (settings.registration) registration = auth::RegistrationRules(*settings.registration);
    auto reader = backend->open_reader();
    const auto has_owner = reader ? (*reader)->has_owner() : std::unexpected(reader.error());
    if (!has_owner) return "the database cannot be read: " + has_owner.error().what;
    if (*has_owner) return {};
    auto made = auth::OwnerLink::make();
    registration.set_owner_link(made.link);
    owner_code = std::move(made.code);
    return {};
}

void Server::Parts::make_services() {
    rooms.emplace(shards, *store);
    presence.emplace(*rooms);
    people.emplace(shards, *store, *presence);
    commits.set(*rooms, *people);
    passwords.emplace(password_cost(settings), password_threads());
    const bool bench = settings.profile == RunProfile::bench;
    services.emplace(handlers::Services{shards, *store, *rooms, *people, sessions, *passwords, login_limits,
                                        registration, build_name(), bench});
    opener.emplace(session::SessionRules{&shards, &sessions, bench,
                                         [this](session::Session& session, const ClientMessage& message) {
                                             handlers::dispatch({session, *services}, message);
                                         }});
}

std::string Server::Parts::open_front() {
    if (settings.web.empty()) {
        web = net::WebFiles(web_client::files());
    } else {
        std::string error;
        web = net::WebFiles::from_folder(settings.web, error);
        if (!error.empty()) return error;
    }
    if (web.empty()) observe::warn("no_web_client", {{"why", "this server was built without one; use --web DIR"}});
    front.emplace(shards, front_settings(settings), web, pages(), *opener, net::make_frame(Beat{0}));
    if (auto error = front->listen(); !error.empty()) return error;
    lock->announce(settings.address + ":" + std::to_string(front->port()));
    observe::info("listening", {{"address", settings.address},
                                {"port", std::uint64_t{front->port()}},
                                {"build", services->build},
                                {"shards", std::uint64_t{shards.count()}}});
    return {};
}

std::vector<net::HttpPage> Server::Parts::pages() {
    return {
        {"/healthz", false,
         [] {
             return net::HttpAnswer{200, "text/plain; charset=utf-8", "alive\n"};
         }},
        {"/readyz", false,
         [this] {
             const bool ready = store->healthy();
             return net::HttpAnswer{ready ? 200u : 503u, "text/plain; charset=utf-8",
                                    ready ? "ready\n" : "the store is failing\n"};
         }},
        {"/metrics", true,
         [this] {
             return net::HttpAnswer{200, "text/plain; version=0.0.4; charset=utf-8",
                                    metrics_text(front->counts(), store->counts())};
         }},
    };
}

Server::Server(Settings settings) : parts_(std::make_unique<Parts>(std::move(settings))) {}
Server::~Server() {
    stop();
}

std::string Server::start(std::function<void()> failed) {
    return parts_->start(std::move(failed));
}

const std::string& Server::owner_code() const {
    return parts_->owner_code;
}

std::string Server::url() const {
    const auto& address = parts_->settings.address;
    const bool is_v6 = address.find(':') != std::string::npos;
    return "http://" + (is_v6 ? "[" + address + "]" : address) + ":" +
           std::to_string(parts_->front ? parts_->front->port() : 0);
}

void Server::stop() {
    auto& parts = *parts_;
    if (!std::exchange(parts.running, false)) return;
    if (parts.front) {
        auto closed = std::make_shared<std::promise<void>>();
        parts.front->close([closed] { closed->set_value(); });
        closed->get_future().wait();
    }
    if (parts.passwords) parts.passwords->stop();
    if (parts.store) parts.store->stop();
    parts.shards.stop();
    parts.sessions.close();
}

}  // namespace parley::app
