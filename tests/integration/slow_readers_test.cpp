// Readers that never read, beside people who do (THREATS T8): they are cut, they cost little, nobody else notices.
#include <gtest/gtest.h>

#include <fstream>

#include "protocol/codec.hpp"
#include "raw_client/raw_client.hpp"
#include "served/crowd.hpp"
#include "served/server_process.hpp"
#include "support/temporary_directory.hpp"

namespace parley::served {
namespace {

constexpr std::size_t kSlowReaders = 20;
constexpr std::size_t kAsks = 40;  // pages of history each asks for and does not take
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kMemoryBound = std::size_t{2} << 30;  // a sanitizer keeps what was freed
#else
constexpr std::size_t kMemoryBound = 64 << 20;
#endif

std::size_t resident_bytes(pid_t pid) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    std::string word;
    while (status >> word) {
        std::size_t kibibytes = 0;
        if (word == "VmRSS:" && status >> kibibytes) return kibibytes * 1024;
    }
    return 0;
}

std::string bytes_of(const ClientMessage& message) {
    const auto bytes = encode(message);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Signs in as somebody new, asks for the room's history again and again, and reads nothing of it.
std::unique_ptr<net::RawClient> start_slow_reader(std::uint16_t port, const std::string& name, RoomId room) {
    auto reader = std::make_unique<net::RawClient>(port, 4096);
    EXPECT_EQ(reader->open_websocket(), 101u);
    reader->send_message(bytes_of(Hello{}));
    reader->send_message(
        bytes_of(Register{{OutboxId(1), 1}, *AccountName::from(name), *Password::from("correct horse"), {}}));
    while (true) {
        const auto frame = reader->read_frame();
        if (frame.opcode != 2) ADD_FAILURE() << name << " was not welcomed";
        const auto decoded = decode_server(std::as_bytes(std::span(frame.payload)));
        if (frame.opcode != 2 || std::holds_alternative<Welcome>(decoded.message)) break;
    }
    for (std::size_t i = 0; i < kAsks; ++i)
        reader->send_message(bytes_of(LoadHistory{7, room, HistoryDirection::before, Ordinal(0), 100}));
    return reader;
}

TEST(SlowReadersTest, TheyAreCutAndCostLittleAndOthersAreUnharmed) {
    support::TemporaryDirectory data;
    ServerProcess server({PARLEY_SERVER_BINARY, data.path(), 0, {"--profile", "bench"}});
    Crowd crowd(server.socket_url());
    auto& ana = crowd.add("ana");
    auto& bo = crowd.add("bo");
    const auto general = ana.state().room_named("general")->id;
    const std::string long_text(2'000, 'x');
    for (int i = 0; i < 150; ++i) ASSERT_TRUE(ana.chat().post(general, long_text));
    ASSERT_TRUE(crowd.until([&] { return bo.heard(general).size() == 150; }));

    const auto before = resident_bytes(server.pid());
    auto most = before;
    std::vector<std::unique_ptr<net::RawClient>> readers;
    for (std::size_t i = 0; i < kSlowReaders; ++i)
        readers.push_back(start_slow_reader(server.port(), "slow-" + std::to_string(i), general));
    for (int i = 0; i < 300; ++i) {
        ASSERT_TRUE(ana.chat().post(general, "still talking " + std::to_string(i)));
        crowd.turn();
        most = std::max(most, resident_bytes(server.pid()));
    }
    ASSERT_TRUE(crowd.until([&] { return bo.heard(general).size() == 450 && ana.chat().unsettled_operations() == 0; }));
    EXPECT_LE(most - before, kMemoryBound);
    EXPECT_EQ(ana.connections_lost() + bo.connections_lost(), 0u);
    EXPECT_TRUE(bo.in_order());
    RecordProperty("most_mib_more", static_cast<int>((most - before) >> 20));
    // What was on its way to a slow reader ends: it was cut.
    for (auto& reader : readers) EXPECT_LT(reader->read_to_end().size(), std::size_t{8} << 20);
}

}  // namespace
}  // namespace parley::served
