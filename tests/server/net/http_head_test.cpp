// Request heads: what is taken, what is refused and with which status (THREATS T2).
#include "net/http_head.hpp"

#include <gmock/gmock.h>

#include "protocol/limits.hpp"

namespace parley::net {
namespace {

using Result = HeadParser::Result;

constexpr std::string_view kPlain = "GET /index.html?x=1 HTTP/1.1\r\nHost: localhost\r\n\r\n";

Result parse(HeadParser& parser, std::string_view bytes) {
    parser.add(bytes);
    return parser.next();
}

TEST(HttpHead, TakesAPlainRequest) {
    HeadParser parser;
    ASSERT_EQ(parse(parser, kPlain), Result::complete);
    EXPECT_EQ(parser.head().method, Method::get);
    EXPECT_EQ(parser.head().target, "/index.html?x=1");
    EXPECT_EQ(parser.head().only("host"), "localhost");
    EXPECT_TRUE(parser.head().keeps_alive);
    EXPECT_FALSE(parser.head().announces_body);
    EXPECT_FALSE(parser.has_begun());
}

TEST(HttpHead, WaitsForTheRestAtEveryByte) {
    for (std::size_t size = 0; size < kPlain.size(); ++size) {
        HeadParser parser;
        ASSERT_EQ(parse(parser, kPlain.substr(0, size)), Result::incomplete) << size;
        ASSERT_EQ(parse(parser, kPlain.substr(size)), Result::complete) << size;
        EXPECT_EQ(parser.head().fields.size(), 1u);
    }
}

TEST(HttpHead, CutsPipelinedRequestsOneByOne) {
    HeadParser parser;
    const std::string second = "HEAD /b HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
    ASSERT_EQ(parse(parser, std::string(kPlain) + second + "tail"), Result::complete);
    EXPECT_EQ(parser.rest(), second + "tail");
    ASSERT_EQ(parser.next(), Result::complete);
    EXPECT_EQ(parser.head().method, Method::head);
    EXPECT_EQ(parser.head().target, "/b");
    EXPECT_TRUE(parser.head().keeps_alive);
    EXPECT_EQ(parser.rest(), "tail");
}

TEST(HttpHead, KnowsWhenTheConnectionEnds) {
    HeadParser parser;
    ASSERT_EQ(parse(parser, "GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n"), Result::complete);
    EXPECT_FALSE(parser.head().keeps_alive);
    ASSERT_EQ(parse(parser, "GET / HTTP/1.0\r\n\r\n"), Result::complete);
    EXPECT_FALSE(parser.head().keeps_alive);
    ASSERT_EQ(
        parse(parser, "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\n"),
        Result::complete);
    EXPECT_TRUE(parser.head().has_token("connection", "upgrade"));
    EXPECT_FALSE(parser.head().has_token("connection", "keep"));
}

TEST(HttpHead, SeesABodyComing) {
    for (const std::string_view field : {"Content-Length: 1", "Transfer-Encoding: chunked"}) {
        HeadParser parser;
        ASSERT_EQ(parse(parser, "POST / HTTP/1.1\r\nHost: a\r\n" + std::string(field) + "\r\n\r\n"), Result::complete)
            << field;
        EXPECT_TRUE(parser.head().announces_body) << field;
    }
    HeadParser parser;
    ASSERT_EQ(parse(parser, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"), Result::complete);
    EXPECT_FALSE(parser.head().announces_body);
}

TEST(HttpHead, ForgivesEmptyLinesBeforeARequest) {
    HeadParser parser;
    EXPECT_EQ(parse(parser, "\r"), Result::incomplete);
    EXPECT_EQ(parse(parser, "\n\r\n"), Result::incomplete);
    EXPECT_EQ(parse(parser, kPlain), Result::complete);
}

struct Refused {
    std::string name;
    std::string bytes;
    unsigned status;
};

std::string with_field(const std::string& field) {
    return "GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n";
}

class RefusedHead : public testing::TestWithParam<Refused> {};

TEST_P(RefusedHead, IsAnsweredWithItsStatus) {
    HeadParser parser;
    ASSERT_EQ(parse(parser, GetParam().bytes), Result::refused);
    EXPECT_EQ(parser.status(), GetParam().status);
}

std::string many_fields() {
    std::string text;
    for (std::size_t count = 0; count < limits::kHttpHeaders; ++count) text += "X: y\r\n";
    return "GET / HTTP/1.1\r\nHost: a\r\n" + text + "\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedHead,
    testing::Values(
        Refused{"TlsHello", "\x16\x03\x01", 400}, Refused{"Lowercase", "get / HTTP/1.1\r\n", 400},
        Refused{"BareLineFeed", "GET / HTTP/1.1\nHost: a\n\n", 400},
        Refused{"BareCarriageReturn", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", 400},
        Refused{"FoldedLine", with_field("X: a\r\n b"), 400},
        Refused{"NulInValue", with_field(std::string("X: a\0b", 6)), 400},
        Refused{"ControlInValue", with_field("X: a\x01"), 400}, Refused{"SpaceBeforeColon", with_field("X : a"), 400},
        Refused{"NoColon", with_field("nonsense"), 400}, Refused{"EmptyName", with_field(": a"), 400},
        Refused{"TwoHosts", with_field("Host: b"), 400}, Refused{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        Refused{"TwoLengths", with_field("Content-Length: 1\r\nContent-Length: 1"), 400},
        Refused{"BadLength", with_field("Content-Length: 1x"), 400},
        Refused{"NegativeLength", with_field("Content-Length: -1"), 400},
        Refused{"LengthAndChunked", with_field("Content-Length: 1\r\nTransfer-Encoding: chunked"), 400},
        Refused{"UnknownMethod", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        Refused{"Http2", "PRI * HTTP/2.0\r\n\r\n", 505}, Refused{"Http12", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
        Refused{"Http09", "GET /\r\n\r\n", 400}, Refused{"NoHttp", "GET / HTTQ/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"LongTarget", "GET /" + std::string(limits::kHttpTarget, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
        Refused{"EndlessTarget", "GET /" + std::string(limits::kHttpHead, 'a'), 414},
        Refused{"LongHead", with_field("X: " + std::string(limits::kHttpHead, 'a')), 431},
        Refused{"ManyFields", many_fields(), 431}),
    [](const auto& one) { return one.param.name; });

TEST(HttpHead, TakesNoMoreThanItsBound) {
    HeadParser parser;
    const std::string flood(10 * limits::kHttpHead, 'A');
    EXPECT_LE(parser.add(flood), limits::kHttpHead + 1);
    EXPECT_EQ(parser.add(flood), 0u);
}

}  // namespace
}  // namespace parley::net
