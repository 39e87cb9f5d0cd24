#include "faults/fault_test.hpp"

#include <asio/connect.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <cstdlib>

#include "auth/tokens.hpp"
#include "sqlite/database.hpp"
#include "sqlite/sqlite_backend.hpp"

namespace parley::faults {

namespace {

constexpr UserId kEarlier(4'242);
constexpr OutboxId kEarlierOutbox(4'242);

void insert_messages(sqlite::Database& database, std::uint64_t count) {
    const auto numbers =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(count) + ")";
    const std::string room = "(SELECT first_room FROM server)";
    const std::string place = "i + (SELECT head FROM rooms WHERE room = " + room + ")";
    const auto earlier = std::to_string(kEarlier.value());
    database.run("BEGIN");
    database.run(
        (numbers +
         " INSERT INTO messages(room, ordinal, sequence, revision, author, outbox, number, time, text) SELECT " + room +
         ", i, " + place + ", " + place + ", " + earlier + ", " + earlier +
         ", i + 1, 1700000000000 + i, 'something said long ago, number ' || i FROM n")
            .c_str());
    database.run((numbers + " INSERT INTO events(room, sequence, kind, ordinal, body) SELECT " + room + ", " + place +
                  ", 1, i, NULL FROM n")
                     .c_str());
    database.run(("UPDATE rooms SET head = head + " + std::to_string(count) +
                  ", last_ordinal = " + std::to_string(count) + " WHERE room = " + room)
                     .c_str());
    database.run("COMMIT");
}

}  // namespace

served::ServerProcess::Start FaultTest::start() const {
    const char* other = std::getenv("PARLEY_FAULTS_SERVER");
    return {other != nullptr ? other : PARLEY_SERVER_BINARY,
            data(),
            port,
            {"--profile", "bench"},
            environment,
            {},
            directory.path() / "errors"};
}

void FaultTest::serve() {
    serve(start());
}

void FaultTest::serve(const served::ServerProcess::Start& how) {
    server.reset();
    const Stopwatch watch;
    server = std::make_unique<served::ServerProcess>(how);
    ready_ms = watch.milliseconds();
    if (how.waits) port = server->port();
}

unsigned FaultTest::status_of(const std::string& path) const {
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    asio::error_code error;
    socket.connect({asio::ip::make_address("127.0.0.1"), port}, error);
    if (error) return 0;
    const auto request =
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\nConnection: close\r\n\r\n";
    asio::write(socket, asio::buffer(request), error);
    std::string answer(12, '\0');
    asio::read(socket, asio::buffer(answer), error);
    return error || !answer.starts_with("HTTP/1.1 ") ? 0 : static_cast<unsigned>(std::stoi(answer.substr(9, 3)));
}

void FaultTest::fill(std::uint64_t messages) {
    std::filesystem::create_directories(data());
    auto backend = sqlite::SqliteBackend::open(data());
    ASSERT_TRUE(backend) << backend.error();
    auto writer = (*backend)->open_writer().value();
    store::Effects effects;
    ASSERT_TRUE(writer->begin());
    ASSERT_TRUE(writer->apply(
        store::RegisterAccount{{kEarlierOutbox, 1}, kEarlier, AccountName::cut("earlier"), "-", true, {}}, effects));
    ASSERT_TRUE(writer->commit());
    sqlite::Database database(data() / "parley.db", SQLITE_OPEN_READWRITE);
    insert_messages(database, messages);
    filled = Sequence(static_cast<std::uint64_t>(
        database.integer("SELECT head FROM rooms WHERE room = (SELECT first_room FROM server)")));
}

std::vector<client::SavedSession> FaultTest::fill_rooms(std::size_t people, std::size_t rooms) {
    std::filesystem::create_directories(data());
    auto backend = sqlite::SqliteBackend::open(data());
    if (!backend) throw std::runtime_error(backend.error());
    auto writer = (*backend)->open_writer().value();
    const auto general = (*backend)->open_reader().value()->directory({}, 1)->rooms.at(0).id;
    store::Effects effects;
    const auto apply = [&](const store::Change& change) {
        if (!writer->apply(change, effects)->done()) throw std::runtime_error("a crowd cannot be stored");
    };
    std::vector<client::SavedSession> sessions;
    if (!writer->begin()) throw std::runtime_error("a crowd cannot be stored");
    for (std::size_t i = 0; i < people; ++i) {
        const UserId user(kEarlier.value() + 1 + i);
        const OutboxId outbox(user.value());
        const RoomId room(900'000 + i % rooms);
        const auto name = "herd-" + std::to_string(i);
        const Timestamp now{1};
        apply(store::RegisterAccount{{outbox, 1}, user, AccountName::cut(name), "-", true, now});
        apply(store::LeaveRoom{{user, {outbox, 2}, 2}, general, now});
        if (i < rooms) {
            apply(store::CreateRoom{{user, {outbox, 3}, 3}, room, RoomName::cut("room-" + std::to_string(i)), now});
        } else {
            apply(store::JoinRoom{{user, {outbox, 3}, 3}, room, now});
        }
        sessions.push_back({auth::new_token(), name});
        if (!writer->apply(
                store::AddToken{user, auth::hash_of(sessions.back().token), now, Timestamp{std::int64_t{1} << 50}},
                effects))
            throw std::runtime_error("a crowd cannot be stored");
    }
    if (!writer->commit()) throw std::runtime_error("a crowd cannot be stored");
    return sessions;
}

Talkers& FaultTest::gather(Talkers::Load load) {
    return gather_at(port, std::move(load));
}

Talkers& FaultTest::gather_at(std::uint16_t at, Talkers::Load load) {
    talkers = std::make_unique<Talkers>(url_at(at), directory.path() / "events", std::move(load));
    talkers->come_in();
    if (filled != Sequence()) talkers->log().base(talkers->general(), filled);
    return *talkers;
}

void FaultTest::judge(const std::string& when) {
    auto result = audit::audit({talkers->log_file()}, data());
    ASSERT_TRUE(result) << when << ": " << result.error();
    judged = *std::move(result);
    for (std::size_t i = 0; i < audit::kFaults; ++i) {
        const auto fault = static_cast<audit::Fault>(i);
        EXPECT_EQ(judged.verdict.count(fault), 0u)
            << when << ": " << name_of(fault) << ": " << testing::PrintToString(judged.verdict.cases(fault));
    }
    EXPECT_GT(judged.evidence.acknowledged, 0u) << when << ": there was nothing to judge";
    EXPECT_GT(judged.evidence.seen, 0u) << when << ": there was nothing to judge";
    EXPECT_EQ(judged.evidence.acknowledged, talkers->acknowledged()) << when;
    if (HasFailure()) keep_evidence();
}

void FaultTest::keep_evidence() const {
    const char* folder = std::getenv("PARLEY_FAULTS_KEEP");
    if (folder == nullptr) return;
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const auto into = std::filesystem::path(folder) / (std::string(test->test_suite_name()) + "." + test->name());
    std::error_code ignored;
    std::filesystem::create_directories(into, ignored);
    std::filesystem::copy(directory.path(), into,
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing,
                          ignored);
}

std::string FaultTest::integrity_of(const std::filesystem::path& data) {
    try {
        return sqlite::Database(data / "parley.db", SQLITE_OPEN_READWRITE).text("PRAGMA integrity_check");
    } catch (const sqlite::DatabaseError& error) {
        return error.what();
    }
}

void FaultTest::check_copy(const std::string& when) const {
    support::TemporaryDirectory copy;
    for (const char* name : {"parley.db", "parley.db-wal"}) {
        if (std::filesystem::exists(data() / name)) std::filesystem::copy_file(data() / name, copy.path() / name);
    }
    EXPECT_EQ(integrity_of(copy.path()), "ok") << when;
}

}  // namespace parley::faults
