// The HTTP front over real sockets: files, their encodings and headers, refusals, keep-alive, slow and stalled readers.
#include <gmock/gmock.h>

#include <fstream>
#include <thread>

#include "protocol/limits.hpp"
#include "served.hpp"

namespace parley::net {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(Http, ServesThePageAndItsDeepLinks) {
    const Served served;
    auto client = served.client();
    for (const auto* path : {"/", "/index.html", "/r/17/general", "/r/17/general/m/5", "/d/ana?x=1"}) {
        const auto reply = client.get(path);
        EXPECT_EQ(reply.status, 200u) << path;
        EXPECT_EQ(reply.body, Served::kPage) << path;
        EXPECT_EQ(reply.field("content-type"), "text/html; charset=utf-8");
        EXPECT_EQ(reply.field("cache-control"), "no-cache");
        EXPECT_EQ(reply.field("connection"), "keep-alive");
    }
    EXPECT_EQ(served.counts().http_requests, 5u);
    EXPECT_EQ(served.counts().accepted, 1u);
}

TEST(Http, SendsTheSecurityHeadersWithEveryAnswer) {
    const Served served;
    auto client = served.client();
    for (const auto* path : {"/", "/app-0123abcd.wasm", "/healthz", "/nothing"}) {
        const auto reply = client.get(path);
        EXPECT_EQ(reply.field("x-content-type-options"), "nosniff") << path;
        EXPECT_EQ(reply.field("referrer-policy"), "no-referrer") << path;
        EXPECT_EQ(reply.field("cross-origin-opener-policy"), "same-origin") << path;
        EXPECT_EQ(reply.field("cross-origin-embedder-policy"), "require-corp") << path;
        EXPECT_EQ(reply.field("cross-origin-resource-policy"), "same-origin") << path;
        EXPECT_THAT(reply.field("content-security-policy"), HasSubstr("default-src 'none'")) << path;
        EXPECT_THAT(reply.field("content-security-policy"), HasSubstr("frame-ancestors 'none'")) << path;
        EXPECT_THAT(reply.field("content-security-policy"), Not(HasSubstr("unsafe-inline"))) << path;
        EXPECT_THAT(reply.field("server"), Not(testing::ContainsRegex("[0-9]"))) << path;
        EXPECT_THAT(reply.field("date"), testing::EndsWith(" GMT")) << path;
    }
    EXPECT_THAT(client.get("/").field("content-security-policy"), HasSubstr("style-src 'self' 'sha256-"));
}

TEST(Http, ChoosesTheEncodingThatIsAccepted) {
    const Served served;
    auto client = served.client();
    const auto encoding_for = [&client](const std::string& accepted) {
        const auto reply =
            client.get("/app-0123abcd.wasm", accepted.empty() ? "" : "Accept-Encoding: " + accepted + "\r\n");
        EXPECT_EQ(reply.field("vary"), "Accept-Encoding");
        EXPECT_EQ(reply.field("content-type"), "application/wasm");
        EXPECT_EQ(reply.field("cache-control"), "public, max-age=31536000, immutable");
        EXPECT_EQ(reply.body, reply.field("content-encoding") == "br"     ? "brotli"
                              : reply.field("content-encoding") == "gzip" ? "gzip"
                                                                          : Served::kLargeFile);
        return reply.field("content-encoding");
    };
    EXPECT_EQ(encoding_for("gzip, deflate, br, zstd"), "br");
    EXPECT_EQ(encoding_for("GZIP;q=0.8"), "gzip");
    EXPECT_EQ(encoding_for("br;q=0, gzip"), "gzip");
    EXPECT_EQ(encoding_for("br;q=0.000,gzip;q=0"), "");
    EXPECT_EQ(encoding_for("brx, identity"), "");
    EXPECT_EQ(encoding_for(""), "");
    EXPECT_EQ(client.get("/").field("vary"), "");
}

TEST(Http, AnswersNotModifiedForTheSameRepresentation) {
    const Served served;
    auto client = served.client();
    const auto brotli = client.get("/app-0123abcd.wasm", "Accept-Encoding: br\r\n").field("etag");
    const auto plain = client.get("/app-0123abcd.wasm").field("etag");
    EXPECT_NE(brotli, plain);
    const auto again =
        client.get("/app-0123abcd.wasm", "Accept-Encoding: br\r\nIf-None-Match: \"other\", " + brotli + "\r\n");
    EXPECT_EQ(again.status, 304u);
    EXPECT_EQ(again.field("etag"), brotli);
    EXPECT_EQ(again.field("content-length"), "");
    EXPECT_EQ(client.get("/app-0123abcd.wasm", "If-None-Match: W/" + plain + "\r\n").status, 304u);
    EXPECT_EQ(client.get("/app-0123abcd.wasm", "If-None-Match: *\r\n").status, 304u);
    EXPECT_EQ(client.get("/app-0123abcd.wasm", "If-None-Match: " + brotli + "\r\n").status, 200u);
    EXPECT_EQ(client.get("/").status, 200u);  // nothing of the 304 was left on the connection
}

TEST(Http, SendsNoBodyForHead) {
    const Served served;
    auto client = served.client();
    for (const auto* path : {"/app-0123abcd.wasm", "/healthz", "/nothing"}) {
        client.send("HEAD " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const auto reply = client.read_reply(false);
        EXPECT_NE(reply.field("content-length"), "0") << path;
    }
    EXPECT_EQ(client.get("/healthz").body, "ok\n");
}

TEST(Http, AnswersPipelinedRequestsInOrder) {
    const Served served;
    auto client = served.client();
    client.send(
        "GET /app-0123abcd.wasm HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
        "GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\nHost: "
        "localhost\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, Served::kLargeFile);
    EXPECT_EQ(client.read_reply().body, "ok\n");
    EXPECT_EQ(client.read_reply().status, 404u);
    EXPECT_EQ(client.read_to_end(), "");
}

TEST(Http, EndsTheConnectionWhenItIsAskedTo) {
    const Served served;
    for (const auto* request :
         {"GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"}) {
        auto client = served.client();
        client.send(request);
        const auto reply = client.read_reply();
        EXPECT_EQ(reply.body, Served::kPage);
        EXPECT_EQ(reply.field("connection"), "close");
        EXPECT_TRUE(client.is_ended());
    }
}

struct BadRequest {
    std::string name;
    std::string bytes;
    unsigned status;
};

class BadRequests : public testing::TestWithParam<BadRequest> {
  protected:
    const Served served_;
};

TEST_P(BadRequests, GetAShortTextAndAreNotRepeated) {
    auto client = served_.client();
    client.send(GetParam().bytes);
    const auto reply = client.read_reply();
    EXPECT_EQ(reply.status, GetParam().status);
    EXPECT_LT(reply.body.size(), 120u);
    EXPECT_THAT(reply.body, Not(HasSubstr("reflected")));
    for (const auto& [name, value] : reply.fields) EXPECT_THAT(value, Not(HasSubstr("reflected")));
    EXPECT_EQ(served_.counts().http_refusals, 1u);
    EXPECT_EQ(served_.client().get("/").status, 200u);
}

std::string request(const std::string& line, const std::string& further = "") {
    return line + " HTTP/1.1\r\nHost: localhost\r\n" + further + "\r\n";
}

INSTANTIATE_TEST_SUITE_P(
    All, BadRequests,
    testing::Values(
        BadRequest{"Nothing", request("GET /reflected"), 404}, BadRequest{"Post", request("POST /reflected"), 405},
        BadRequest{"PostWithBody", request("POST /", "Content-Length: 9\r\n") + "reflected", 405},
        BadRequest{"Delete", request("DELETE /reflected"), 405}, BadRequest{"Options", request("OPTIONS *"), 405},
        BadRequest{"Connect", request("CONNECT reflected:80"), 405},
        BadRequest{"GetWithBody", request("GET /", "Content-Length: 9\r\n") + "reflected", 413},
        BadRequest{"GetChunked", request("GET /", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n", 413},
        BadRequest{"LongTarget", request("GET /" + std::string(9000, 'a')), 414},
        BadRequest{"LongHeader", request("GET /", "X: " + std::string(20000, 'a') + "\r\n"), 431},
        BadRequest{"Unknown", request("REFLECTED /"), 501},
        BadRequest{"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        BadRequest{"Tls", "\x16\x03\x01\x02reflected", 400}, BadRequest{"NoHost", "GET / HTTP/1.1\r\n\r\n", 400},
        BadRequest{"DotDot", request("GET /../../etc/passwd"), 400},
        BadRequest{"EncodedDotDot", request("GET /%2e%2e/%2e%2e/etc/passwd"), 400},
        BadRequest{"DoublyEncoded", request("GET /%252e%252e/etc/passwd"), 404},
        BadRequest{"NulInPath", request("GET /index.html%00"), 400},
        BadRequest{"DoubledSlash", request("GET //index.html"), 404},
        BadRequest{"Absolute", request("GET http://localhost/"), 400},
        BadRequest{"ForeignHost", "GET / HTTP/1.1\r\nHost: reflected.example\r\n\r\n", 403},
        BadRequest{"WsWithoutUpgrade", request("GET /ws"), 426}, BadRequest{"WsPost", request("POST /ws"), 405},
        BadRequest{"BrokenPage", request("GET /broken"), 503}),
    [](const auto& one) { return one.param.name; });

TEST(Http, KeepsLocalPagesLocal) {
    const Served served;
    auto client = served.client();
    EXPECT_EQ(client.get("/metrics").body, "numbers\n");
    EXPECT_EQ(client.get("/metrics", "X-Forwarded-For: 10.0.0.1\r\n").status, 403u);
    EXPECT_EQ(client.get("/healthz", "X-Forwarded-For: 10.0.0.1\r\n").status, 200u);
}

TEST(Http, TakesConfiguredHosts) {
    FrontSettings settings;
    settings.hosts = {"chat.example.org"};
    const Served served(settings);
    auto client = served.client();
    client.send("GET / HTTP/1.1\r\nHost: Chat.Example.Org:443\r\n\r\n");
    EXPECT_EQ(client.read_reply().status, 200u);
}

TEST(Http, CutsAHeadThatDoesNotCome) {
    const Served served;
    auto silent = served.client();
    auto partial = served.client();
    partial.send("GET / HTTP/1.1\r\nHo");
    auto idle = served.client();
    EXPECT_EQ(idle.get("/").status, 200u);
    let_time_pass(limits::kHttpHeadTime);
    EXPECT_TRUE(silent.is_ended());
    EXPECT_EQ(partial.read_reply().status, 408u);
    EXPECT_TRUE(partial.is_ended());
    EXPECT_EQ(idle.get("/").status, 200u);
    let_time_pass(limits::kHttpIdleTime);
    EXPECT_TRUE(idle.is_ended());
}

// Takes a little of the answer each time before most of the stall time passes.
TEST(Http, LetsASlowDownloadGoOn) {
    const Served served;
    auto slow = served.client(4096);
    slow.send(request("GET /app-0123abcd.wasm"));
    std::string all;
    for (int round = 0; round < 20; ++round) {
        let_time_pass(limits::kHttpStallTime - 5s);
        all += slow.read_exactly(100'000);
    }
    all += slow.read_exactly(1024 * 1024);
    EXPECT_TRUE(all.ends_with(Served::kLargeFile.substr(Served::kLargeFile.size() - 100'000, 1)) ||
                all.size() > 2'000'000);
    EXPECT_EQ(served.counts().cut_slow, 0u);
}

TEST(Http, CutsADownloadThatStalls) {
    const Served served;
    auto stalled = served.client(4096);
    stalled.send(request("GET /app-0123abcd.wasm"));
    EXPECT_EQ(stalled.read_exactly(1000).size(), 1000u);
    while (served.counts().cut_slow == 0) {
        let_time_pass(10s);
        EXPECT_EQ(served.client().get("/healthz").status, 200u);
    }
    EXPECT_LT(stalled.read_to_end().size(), Served::kLargeFile.size());
}

std::size_t resident_kibibytes() {
    std::ifstream status("/proc/self/status");
    std::string word;
    while (status >> word && word != "VmRSS:") {
    }
    std::size_t kibibytes = 0;
    status >> kibibytes;
    return kibibytes;
}

TEST(Http, CopiesNoFileForClientsThatDoNotRead) {
    const Served served;
    std::vector<RawClient> clients;
    clients.reserve(200);
    const auto before = resident_kibibytes();
    for (int count = 0; count < 200; ++count) {
        clients.push_back(served.client(4096));
        clients.back().send(request("GET /app-0123abcd.wasm"));
    }
    for (auto& client : clients) EXPECT_EQ(client.read_exactly(9), "HTTP/1.1 ");
    EXPECT_LT(resident_kibibytes() - before, 200u * 64);
    EXPECT_EQ(served.client().get("/").status, 200u);
}

TEST(Http, EndsInOrder) {
    Served served;
    auto idle = served.client();
    EXPECT_EQ(idle.get("/").status, 200u);
    auto downloading = served.client();
    downloading.send(request("GET /app-0123abcd.wasm"));
    EXPECT_EQ(downloading.read_exactly(9), "HTTP/1.1 ");
    std::string rest;
    std::thread reader([&] { rest = downloading.read_to_end(); });
    served.close_and_wait();
    reader.join();
    EXPECT_TRUE(idle.is_ended());
    EXPECT_TRUE(rest.ends_with(Served::kLargeFile.substr(Served::kLargeFile.size() - 1000)));
    EXPECT_EQ(served.counts().open_sockets, 0u);
}

TEST(Http, SaysWhyItCannotListen) {
    const Served first;
    shard::AsioShards shards(1);
    Journal journal;
    ObeyingOpener opener(journal, shards);
    const WebFiles none;
    const auto listen_on = [&](const std::string& address, std::uint16_t port) {
        FrontSettings settings;
        settings.address = address;
        settings.port = port;
        Front front(shards, settings, none, {}, opener, make_binary_frame({}));
        return front.listen();
    };
    EXPECT_THAT(listen_on("127.0.0.1", first.port()), HasSubstr("Another program listens there"));
    EXPECT_THAT(listen_on("chat.example", 0), HasSubstr("not an address"));
    EXPECT_THAT(listen_on("192.0.2.1", 0), HasSubstr("no such address"));
}

}  // namespace
}  // namespace parley::net
