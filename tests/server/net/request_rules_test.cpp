// Paths (THREATS T38), Hosts and Origins (T18), and what may become a WebSocket (T1).
#include <gmock/gmock.h>

#include "net/host_rules.hpp"
#include "net/request_path.hpp"
#include "net/upgrade.hpp"

namespace parley::net {
namespace {

TEST(RequestPath, IsDecodedWithoutItsQuery) {
    EXPECT_EQ(decoded_path("/"), "/");
    EXPECT_EQ(decoded_path("/a%20b?c=%zz"), "/a b");
    EXPECT_EQ(decoded_path("/r/17/caf%C3%A9"), "/r/17/caf\xC3\xA9");
    EXPECT_EQ(decoded_path("/..a/b../...x"), "/..a/b../...x");
}

class RefusedPath : public testing::TestWithParam<std::string> {};

TEST_P(RefusedPath, NamesNothing) {
    EXPECT_EQ(decoded_path(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(All, RefusedPath,
                         testing::Values("", "*", "index.html", "http://localhost/", "/..", "/../etc/passwd", "/a/../b",
                                         "/a/..", "/%2e%2e/etc/passwd", "/.%2E/x", "/a%2f..%2fb", "/./a", "/a%00b",
                                         "/a%0ab", "/a%7f", "/a\\b", "/a%5c..%5cb", "/%", "/%2", "/%zz", "/a#b"));

TEST(RequestPath, KnowsDeepLinks) {
    EXPECT_TRUE(is_deep_link("/r/17/general"));
    EXPECT_TRUE(is_deep_link("/d/ana"));
    EXPECT_FALSE(is_deep_link("/rest"));
    EXPECT_FALSE(is_deep_link("/x/r/1"));
}

const HostRules kRules({"chat.example.org"}, {"https://Other.example.org"}, "127.0.0.1");

TEST(HostRules, KnowsAddressesLocalhostAndConfiguredNames) {
    for (const auto* host : {"localhost", "LOCALHOST:8080", "127.0.0.1", "192.168.7.1:80", "[::1]:8080", "[fe80::1]",
                             "chat.example.org", "Chat.Example.Org:443"}) {
        EXPECT_TRUE(kRules.knows_host(host)) << host;
    }
    for (const auto* host :
         {"", "evil.example", "chat.example.org.evil.example", "localhost.evil.example", "127.0.0.1.evil.example",
          "::1", "[::1", "[evil]", "localhost:x", "localhost:80:80", "a b", "256.1.1.1"}) {
        EXPECT_FALSE(kRules.knows_host(host)) << host;
    }
}

TEST(HostRules, KnowsLoopbackHosts) {
    for (const auto* host : {"localhost:1", "127.9.9.9", "[::1]"}) EXPECT_TRUE(is_loopback_host(host)) << host;
    for (const auto* host : {"", "chat.example.org", "10.0.0.1", "127.example.org", "[::2]"})
        EXPECT_FALSE(is_loopback_host(host)) << host;
}

struct OriginCase {
    std::string origin;
    std::string host;
    bool is_ours;
};

class Origins : public testing::TestWithParam<OriginCase> {};

TEST_P(Origins, AreOursOrNot) {
    EXPECT_EQ(kRules.may_come_from(GetParam().origin, GetParam().host), GetParam().is_ours);
}

INSTANTIATE_TEST_SUITE_P(All, Origins,
                         testing::Values(OriginCase{"http://localhost:8080", "localhost:8080", true},
                                         OriginCase{"https://chat.example.org", "chat.example.org", true},
                                         OriginCase{"https://chat.example.org", "chat.example.org:443", true},
                                         OriginCase{"http://CHAT.example.org:80", "chat.example.org", true},
                                         OriginCase{"http://[::1]:8080", "[::1]:8080", true},
                                         OriginCase{"https://other.example.org", "chat.example.org", true},
                                         OriginCase{"http://localhost:8081", "localhost:8080", false},
                                         OriginCase{"http://evil.example", "localhost", false},
                                         OriginCase{"https://localhost.evil.example", "localhost", false},
                                         OriginCase{"", "localhost", false}, OriginCase{"null", "localhost", false},
                                         OriginCase{"localhost", "localhost", false},
                                         OriginCase{"http://localhost/", "localhost", false},
                                         OriginCase{"ftp://localhost", "localhost", false},
                                         OriginCase{"http://", "", false},
                                         OriginCase{"https://other.example.org:444", "chat.example.org", false}));

// A good upgrade with one line replaced or added.
std::string upgrade_with(const std::string& line, const std::string& replaced = "") {
    std::string text;
    for (const std::string field : {"Host: localhost", "Upgrade: websocket", "Connection: keep-alive, Upgrade",
                                    "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="}) {
        if (replaced.empty() || !field.starts_with(replaced)) text += field + "\r\n";
    }
    return "GET /ws HTTP/1.1\r\n" + text + (line.empty() ? "" : line + "\r\n") + "\r\n";
}

unsigned decide(const std::string& text) {
    HeadParser parser;
    parser.add(text);
    if (parser.next() != HeadParser::Result::complete) return parser.status();
    return decide_upgrade(parser.head(), kRules).refused_with;
}

TEST(Upgrade, IsTakenWhenItIsExactlyRight) {
    EXPECT_EQ(decide(upgrade_with("")), 0u);
    EXPECT_EQ(decide(upgrade_with("Origin: http://localhost")), 0u);
    EXPECT_EQ(decide(upgrade_with("Sec-WebSocket-Extensions: permessage-deflate")), 0u);
    EXPECT_EQ(decide(upgrade_with("upgrade: WEBSOCKET", "Upgrade")), 0u);
}

struct UpgradeCase {
    std::string line;
    std::string replaced;
    unsigned status;
};

class RefusedUpgrade : public testing::TestWithParam<UpgradeCase> {};

TEST_P(RefusedUpgrade, HasItsStatus) {
    EXPECT_EQ(decide(upgrade_with(GetParam().line, GetParam().replaced)), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedUpgrade,
    testing::Values(UpgradeCase{"", "Upgrade", 426}, UpgradeCase{"Upgrade: h2c", "Upgrade", 426},
                    UpgradeCase{"", "Connection", 400}, UpgradeCase{"Connection: keep-alive", "Connection", 400},
                    UpgradeCase{"", "Sec-WebSocket-Version", 426},
                    UpgradeCase{"Sec-WebSocket-Version: 8", "Sec-WebSocket-Version", 426},
                    UpgradeCase{"Sec-WebSocket-Version: 13abc", "Sec-WebSocket-Version", 426},
                    UpgradeCase{"Sec-WebSocket-Version: 013", "Sec-WebSocket-Version", 426},
                    UpgradeCase{"Sec-WebSocket-Version: 13", "", 426}, UpgradeCase{"", "Sec-WebSocket-Key", 400},
                    UpgradeCase{"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", 400},
                    UpgradeCase{"Sec-WebSocket-Key: c2hvcnQ=", "Sec-WebSocket-Key", 400},
                    UpgradeCase{"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZWRnaGlq", "Sec-WebSocket-Key", 400},
                    UpgradeCase{"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZ*==", "Sec-WebSocket-Key", 400},
                    UpgradeCase{"Origin: http://evil.example", "", 403}, UpgradeCase{"Origin: null", "", 403},
                    UpgradeCase{"Origin:", "", 403},
                    UpgradeCase{"Origin: http://localhost\r\nOrigin: http://localhost", "", 403}));

TEST(Upgrade, NeedsGetAndHttp11) {
    auto text = upgrade_with("");
    EXPECT_EQ(decide("POST" + text.substr(3)), 405u);
    text.replace(text.find("HTTP/1.1"), 8, "HTTP/1.0");
    EXPECT_EQ(decide(text), 400u);
}

}  // namespace
}  // namespace parley::net
