// Request heads, and all that is decided from them before a byte is answered.
#include <algorithm>

#include "fuzz_target.hpp"
#include "net/http_head.hpp"
#include "net/request_path.hpp"
#include "net/upgrade.hpp"
#include "protocol/limits.hpp"

std::vector<std::string> parley::fuzz::seeds() {
    return {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "HEAD /r/17/a%20b?x=1 HTTP/1.0\r\nConnection: keep-alive\r\nAccept-Encoding: br;q=0.5, gzip\r\n\r\nGET /",
            ("GET /ws HTTP/1.1\r\nHost: [::1]:8080\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
             "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: "
             "http://[::1]:8080\r\n\r\n"),
            "POST /session HTTP/1.1\r\nHost: chat.example.org\r\nContent-Length: 5\r\n\r\nhello",
            "GET /../%2e%2e/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"};
}

namespace {

using parley::fuzz::require;

void look_at(const parley::net::RequestHead& head) {
    static const parley::net::HostRules rules({"chat.example.org"}, {"https://chat.example.org"}, "127.0.0.1");
    require(head.fields.size() <= parley::limits::kHttpHeaders, "the number of fields is bounded");
    require(head.target.size() <= parley::limits::kHttpTarget, "the target is bounded");
    require(!head.is_http_1_1 || head.count("Host") == 1, "HTTP/1.1 has one Host");
    if (const auto path = parley::net::decoded_path(head.target)) {
        require(path->starts_with('/') && path->find("/../") == std::string::npos && !path->ends_with("/.."),
                "a path stays inside");
        require(path->find('\0') == std::string::npos, "a path holds no zero");
    }
    const auto decision = parley::net::decide_upgrade(head, rules);
    require((decision.refused_with == 0) == (decision.key.size() == 24), "an upgrade that is taken has its key");
    require(decision.refused_with != 0 || head.only("Sec-WebSocket-Version") == "13", "an upgrade is of version 13");
}

// The heads in the text when it comes in steps of `step` bytes; ends at the first refusal with its status.
std::vector<std::string> heads_of(std::string_view text, std::size_t step) {
    std::vector<std::string> heads;
    parley::net::HeadParser parser;
    for (std::size_t at = 0; at < text.size(); at += step) {
        auto piece = text.substr(at, step);
        while (!piece.empty()) {
            piece.remove_prefix(parser.add(piece));
            auto result = parser.next();
            for (; result == parley::net::HeadParser::Result::complete; result = parser.next()) {
                look_at(parser.head());
                heads.emplace_back(parser.head().target);
            }
            if (result == parley::net::HeadParser::Result::refused) {
                heads.push_back(std::to_string(parser.status()));
                require(parser.status() >= 400 && parser.status() <= 505, "a refusal has a status");
                return heads;
            }
        }
    }
    return heads;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto whole = heads_of(text, std::max<std::size_t>(size, 1));
    // One byte at a time an early refusal may have another status, but no head may be seen that is not there.
    const auto piecewise = heads_of(text, 7);
    require(whole.size() == piecewise.size(), "how the bytes are cut does not matter");
    return 0;
}
