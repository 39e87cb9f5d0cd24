// The real binary, killed and stopped.
#include <gtest/gtest.h>
#include <csignal>

#include <algorithm>

#include "served/crowd.hpp"
#include "served/server_process.hpp"
#include "support/temporary_directory.hpp"

namespace parley::served {
namespace {

constexpr int kKills = 5;
constexpr std::size_t kWriters = 8;

ServerProcess::Start start_of(const support::TemporaryDirectory& data, std::uint16_t port = 0) {
    return {PARLEY_SERVER_BINARY, data.path(), port, {"--profile", "bench"}};
}

bool none_connected(Crowd& crowd) {
    const auto& people = crowd.people();
    return std::none_of(people.begin(), people.end(), [](const auto& person) { return person->is_connected(); });
}

TEST(RestartTest, NothingAcknowledgedIsLostOrDoubledWhenTheServerIsKilledUnderLoad) {
    support::TemporaryDirectory data;
    auto server = std::make_unique<ServerProcess>(start_of(data));
    const auto port = server->port();
    Crowd crowd(server->socket_url());
    crowd.add_many("writer-", kWriters);
    auto& people = crowd.people();
    const auto general = people[0]->state().room_named("general")->id;
    std::set<std::string> sent;
    for (int round = 0; round < kKills; ++round) {
        const auto done_before = people[0]->done().size();
        for (int i = 0; i < 100; ++i) {
            for (auto& person : people) {
                const auto text = person->name() + ":" + std::to_string(round) + ":" + std::to_string(i);
                ASSERT_TRUE(person->chat().post(general, text));
                sent.insert(text);
            }
        }
        // In the middle of it: some are acknowledged, most are not.
        ASSERT_TRUE(crowd.until([&] { return people[0]->done().size() >= done_before + 10; }));
        EXPECT_EQ(server->end(SIGKILL), -SIGKILL);
        ASSERT_TRUE(crowd.until([&] { return none_connected(crowd); }));
        server = std::make_unique<ServerProcess>(start_of(data, port));
    }
    ASSERT_TRUE(crowd.until([&] {
        for (auto& person : people) {
            if (!person->is_connected() || person->chat().unsettled_operations() > 0 ||
                person->heard(general).size() < sent.size())
                return false;
        }
        return true;
    }));
    const auto history = crowd.whole_history(*people[0], general);
    std::vector<std::string> texts;
    for (const auto& message : history) texts.push_back(message.text.str());
    EXPECT_EQ(std::set(texts.begin(), texts.end()), sent);
    EXPECT_EQ(texts.size(), sent.size()) << "doubled";
    for (auto& person : people) {
        EXPECT_EQ(person->heard(general), texts) << person->name();
        EXPECT_TRUE(person->in_order());
        EXPECT_TRUE(person->refused().empty());
    }
}

TEST(RestartTest, SigtermSaysGoodbyeAndExitsZero) {
    support::TemporaryDirectory data;
    ServerProcess server(start_of(data));
    Crowd crowd(server.socket_url());
    crowd.add_many("guest-", 20);
    server.send(SIGTERM);
    ASSERT_TRUE(crowd.until([&] { return server.has_ended(); }));
    EXPECT_EQ(server.end(0), 0);
    for (auto& person : crowd.people())
        EXPECT_NE(person->first_loss().find("1001"), std::string::npos) << person->first_loss();
}

TEST(RestartTest, ASecondServerOnTheSameDataIsRefused) {
    support::TemporaryDirectory data;
    ServerProcess server(start_of(data));
    EXPECT_THROW(ServerProcess second(start_of(data)), std::runtime_error);
    Crowd crowd(server.socket_url());
    crowd.add("ana");  // the first is unharmed
}

TEST(RestartTest, EveryFileOfTheDataDirectoryIsItsOwnersAlone) {
    support::TemporaryDirectory data;
    ServerProcess server(start_of(data));
    Crowd crowd(server.socket_url());
    crowd.add("ana");
    for (const auto& entry : std::filesystem::recursive_directory_iterator(data.path())) {
        const auto others =
            entry.status().permissions() & (std::filesystem::perms::group_all | std::filesystem::perms::others_all);
        EXPECT_EQ(others, std::filesystem::perms::none) << entry.path();
    }
}

}  // namespace
}  // namespace parley::served
