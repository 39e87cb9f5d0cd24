#include "net/http_session.hpp"

#include <algorithm>

#include "net/request_path.hpp"
#include "net/shard_sockets.hpp"
#include "net/socket_connection.hpp"
#include "net/upgrade.hpp"
#include "protocol/limits.hpp"

namespace parley::net {
namespace {

constexpr std::string_view kPlainText = "text/plain; charset=utf-8";
constexpr std::string_view kForEver = "public, max-age=31536000, immutable";

std::string_view text_for(unsigned status) {
    switch (status) {
        case 413:
            return "Requests with a body are not taken here.\n";
        case 414:
            return "The address is too long.\n";
        case 431:
            return "The header is too large.\n";
        case 501:
            return "This method is not known here.\n";
        case 505:
            return "Only HTTP/1.1 is spoken here.\n";
        default:
            return "This is not a request that can be understood.\n";
    }
}

// The weight of a coding in Accept-Encoding is 0: it must not be used (RFC 9110 section 12.4.2).
bool is_refused_coding(std::string_view parameters) {
    const auto weight = parameters.find("q=");
    if (weight == std::string_view::npos) return false;
    const auto value = parameters.substr(weight + 2);
    return !value.empty() && value.find_first_not_of("0. \t") == std::string_view::npos;
}

bool accepts_coding(const RequestHead& head, std::string_view coding) {
    for (const auto& field : head.fields) {
        if (!equal_ignoring_case(field.name, "Accept-Encoding")) continue;
        auto list = field.value;
        while (!list.empty()) {
            const auto comma = std::min(list.find(','), list.size());
            auto item = list.substr(0, comma);
            list.remove_prefix(std::min(comma + 1, list.size()));
            item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
            const auto name = item.substr(0, item.find_first_of("; \t"));
            if (equal_ignoring_case(name, coding)) return !is_refused_coding(item.substr(name.size()));
        }
    }
    return false;
}

struct Representation {
    std::string_view bytes;
    std::string_view coding;
    std::string etag;
};

Representation choose(const RequestHead& head, const WebFile& file) {
    const auto tagged = [&file](std::string_view ending) {
        auto etag = file.etag;
        if (!etag.empty()) etag.insert(etag.size() - 1, ending);
        return etag;
    };
    if (!file.brotli.empty() && accepts_coding(head, "br")) return {file.brotli, "br", tagged("-br")};
    if (!file.gzip.empty() && accepts_coding(head, "gzip")) return {file.gzip, "gzip", tagged("-gz")};
    return {file.plain, {}, file.etag};
}

bool is_unchanged(const RequestHead& head, std::string_view etag) {
    return !etag.empty() &&
           (head.has_token("If-None-Match", etag) || head.has_token("If-None-Match", "W/" + std::string(etag)) ||
            head.has_token("If-None-Match", "*"));
}

std::string printable(std::string_view text) {
    std::string result(text.substr(0, limits::kUserAgent));
    std::replace_if(
        result.begin(), result.end(), [](char letter) { return letter < ' ' || letter > '~'; }, '?');
    return result;
}

bool is_forwarded(const RequestHead& head) {
    return std::any_of(head.fields.begin(), head.fields.end(), [](const RequestHead::Field& field) {
        const auto name = to_lower(field.name);
        return name == "forwarded" || name.starts_with("x-forwarded-");
    });
}

}  // namespace

HttpSession::HttpSession(Stream& stream) : stream_(stream), since_(stream.home().shard().now()) {}

std::size_t HttpSession::room() const {
    return limits::kHttpHead + 1 - std::min(parser_.rest().size(), limits::kHttpHead);
}

void HttpSession::on_bytes(std::string_view bytes) {
    if (was_answered_ && !parser_.has_begun()) since_ = stream_.home().shard().now();
    parser_.add(bytes);
    serve();
}

void HttpSession::on_end() {
    keeps_alive_ = false;
    if (!is_answering_) stream_.cut();
}

void HttpSession::on_taken() {
    since_ = stream_.waiting_since();
    if (!is_answering_ || !stream_.outbox().empty()) return;
    is_answering_ = false;
    if (!keeps_alive_) return stream_.finish(limits::kLingerTime);
    stream_.resume_reading();
    serve();
}

// A slow peer is held to progress alone: every kHttpStallTime it must have taken something.
void HttpSession::on_sweep(shard::MonotonicTime now) {
    if (is_upgraded_) return;
    if (is_answering_ || !parser_.has_begun()) {
        if (still_arriving(now)) return;
    }
    if (is_answering_) {
        if (now - since_ < limits::kHttpStallTime) return;
        stream_.home().counts().cut_slow.add();
        return stream_.cut();
    }
    const bool is_idle = was_answered_ && !parser_.has_begun();
    if (now - since_ < (is_idle ? limits::kHttpIdleTime : std::chrono::seconds(limits::kHttpHeadTime))) return;
    if (parser_.has_begun()) return refuse(408, "The request took too long.\n", false);
    stream_.cut();
}

void HttpSession::on_stop() {
    keeps_alive_ = false;
    if (!is_answering_) stream_.cut();
}

// The end of an answer may lie in the system's buffer for long after we have written it.
bool HttpSession::still_arriving(shard::MonotonicTime now) {
    const auto unacknowledged = stream_.unacknowledged();
    const bool moved = unacknowledged > 0 && unacknowledged != unacknowledged_;
    if (moved) since_ = now;
    unacknowledged_ = unacknowledged;
    if (unacknowledged == 0 || now - since_ < limits::kHttpStallTime) return unacknowledged > 0;
    stream_.home().counts().cut_slow.add();
    stream_.cut();
    return true;
}

void HttpSession::serve() {
    if (is_answering_ || is_upgraded_) return;
    switch (parser_.next()) {
        case HeadParser::Result::incomplete:
            return;
        case HeadParser::Result::refused:
            is_head_request_ = false;
            return refuse(parser_.status(), text_for(parser_.status()), false);
        case HeadParser::Result::complete:
            stream_.home().counts().http_requests.add();
            return answer_request(parser_.head());
    }
}

void HttpSession::answer_request(const RequestHead& head) {
    is_head_request_ = head.method == Method::head;
    const auto path = decoded_path(head.target);
    const auto host = head.only("Host");
    if (host && !stream_.home().service().rules.knows_host(*host)) {
        return refuse(403, "This server does not go by that name. Its operator can add the name to the hosts.\n",
                      false);
    }
    if (head.announces_body) {
        if (head.method == Method::other)
            return refuse(405, "Only GET and HEAD are taken here.\n", false, "Allow: GET, HEAD\r\n");
        return refuse(413, text_for(413), false);
    }
    if (path && *path == "/ws") return upgrade(head);
    if (head.method == Method::other) {
        return refuse(405, "Only GET and HEAD are taken here.\n", head.keeps_alive, "Allow: GET, HEAD\r\n");
    }
    if (!path) return refuse(400, "The address is not well formed.\n", false);
    route(head, *path);
}

void HttpSession::route(const RequestHead& head, const std::string& path) {
    const auto& service = stream_.home().service();
    for (const auto& page : service.pages) {
        if (page.path == path) return answer_page(head, page);
    }
    const auto* file = service.files.find(path == "/" || is_deep_link(path) ? "/index.html" : std::string_view(path));
    if (file == nullptr) return refuse(404, "There is nothing here.\n", head.keeps_alive);
    answer_file(head, *file);
}

void HttpSession::answer_page(const RequestHead& head, const HttpPage& page) {
    const bool is_local = is_loopback_address(stream_.address()) && !is_forwarded(head);
    if (page.loopback_only && !is_local)
        return refuse(403, "This page is for the server's own machine.\n", head.keeps_alive);
    HttpAnswer answer;
    try {
        answer = page.answer();
    } catch (...) {
        stream_.home().counts().handler_exceptions.add();
        return refuse(503, "This page failed.\n", head.keeps_alive);
    }
    AnswerHead out;
    out.status = answer.status;
    out.content_type = answer.content_type;
    out.content_length = answer.body.size();
    out.keeps_alive = head.keeps_alive;
    send(out, answer.body, false);
}

void HttpSession::answer_file(const RequestHead& head, const WebFile& file) {
    const auto chosen = choose(head, file);
    std::string further;
    if (!file.brotli.empty() || !file.gzip.empty()) further += "Vary: Accept-Encoding\r\n";
    if (!chosen.etag.empty()) further += "ETag: " + chosen.etag + "\r\n";
    const bool unchanged = is_unchanged(head, chosen.etag);
    if (!unchanged && !chosen.coding.empty()) further.append("Content-Encoding: ").append(chosen.coding).append("\r\n");
    AnswerHead out;
    out.status = unchanged ? 304 : 200;
    out.content_type = unchanged ? std::string_view() : std::string_view(file.content_type);
    out.content_length = chosen.bytes.size();
    out.cache_control = file.immutable ? kForEver : "no-cache";
    out.content_security_policy = stream_.home().service().files.content_security_policy();
    out.further_fields = further;
    out.keeps_alive = head.keeps_alive;
    send(out, unchanged ? std::string_view() : chosen.bytes, true);
}

void HttpSession::upgrade(const RequestHead& head) {
    const auto decision = decide_upgrade(head, stream_.home().service().rules);
    if (decision.refused_with == 405) return refuse(405, "A WebSocket is opened with GET.\n", false, "Allow: GET\r\n");
    if (decision.refused_with == 426) {
        return refuse(426, std::string(decision.reason) + '\n', false,
                      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    }
    if (decision.refused_with != 0) return refuse(decision.refused_with, std::string(decision.reason) + '\n', false);
    auto connection = std::make_unique<SocketConnection>(stream_, describe_peer(head));
    auto& opening = *connection;
    is_upgraded_ = true;
    stream_.become(std::move(connection));
    opening.open(decision.key, parser_.rest());  // the parser lives until the turn ends
}

void HttpSession::refuse(unsigned status, std::string_view text, bool keeps_alive, std::string_view further_fields) {
    stream_.home().counts().http_refusals.add();
    AnswerHead out;
    out.status = status;
    out.content_type = kPlainText;
    out.content_length = text.size();
    out.further_fields = further_fields;
    out.keeps_alive = keeps_alive;
    send(out, text, false);
}

void HttpSession::send(AnswerHead head, std::string_view body, bool body_outlives_us) {
    keeps_alive_ = keeps_alive_ && head.keeps_alive;
    head.keeps_alive = keeps_alive_;
    was_answered_ = true;
    is_answering_ = true;
    since_ = stream_.home().shard().now();
    stream_.pause_reading();
    auto text = to_text(head, stream_.home().shard().wall_clock());
    if (is_head_request_) body = {};
    if (!body_outlives_us) text.append(body);
    stream_.push(text);
    if (body_outlives_us) stream_.push_view(body);
}

Peer HttpSession::describe_peer(const RequestHead& head) const {
    Peer peer;
    peer.address = stream_.address();
    peer.user_agent = printable(head.only("User-Agent").value_or(""));
    peer.peer_is_loopback = is_loopback_address(peer.address);
    peer.host_is_loopback = is_loopback_host(head.only("Host").value_or(""));
    peer.was_forwarded = is_forwarded(head);
    return peer;
}

}  // namespace parley::net
