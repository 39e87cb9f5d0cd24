#include "net/http_head.hpp"

#include <http_parser.h>

#include <algorithm>

#include "protocol/limits.hpp"

namespace parley::net {
namespace {

constexpr std::size_t kIncomplete = 0;
constexpr std::size_t kMalformed = std::string::npos;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool is_control(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return (byte < 0x20 && letter != '\t') || byte == 0x7f;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_control);
}

// What the parser calls, with the head it fills behind `data`.
RequestHead& filled_by(http_parser* parser) {
    return *static_cast<RequestHead*>(parser->data);
}

int take_target(http_parser* parser, const char* at, std::size_t size) {
    filled_by(parser).target = {at, size};
    return 0;
}

int take_name(http_parser* parser, const char* at, std::size_t size) {
    auto& fields = filled_by(parser).fields;
    if (fields.size() == limits::kHttpHeaders) return 1;
    fields.push_back({{at, size}, {}});
    return 0;
}

int take_value(http_parser* parser, const char* at, std::size_t size) {
    filled_by(parser).fields.back().value = trimmed({at, size});
    return 0;
}

// Ends the message here: bodies are not read.
int skip_body(http_parser*) {
    return 2;
}

http_parser_settings make_settings() {
    http_parser_settings settings;
    http_parser_settings_init(&settings);
    settings.on_url = take_target;
    settings.on_header_field = take_name;
    settings.on_header_value = take_value;
    settings.on_headers_complete = skip_body;
    return settings;
}

unsigned status_for(http_errno error) {
    switch (error) {
        case HPE_INVALID_METHOD:
            return 501;
        case HPE_CB_header_field:
        case HPE_HEADER_OVERFLOW:
            return 431;
        default:
            return 400;
    }
}

// The version at the end of the request line, which libhttp_parser reads carelessly (it takes "GET /" and "HTTQ/1.1"):
// 0 where it is ours, else the status.
unsigned status_for_version(std::string_view text) {
    const auto line = text.substr(0, text.find("\r\n"));
    const auto space = line.rfind(' ');
    if (space == std::string_view::npos || space == line.find(' ')) return 400;
    const auto version = line.substr(space + 1);
    if (version == "HTTP/1.1" || version == "HTTP/1.0") return 0;
    const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
    const bool is_well_formed = version.size() == 8 && version.substr(0, 5) == "HTTP/" && is_digit(version[5]) &&
                                version[6] == '.' && is_digit(version[7]);
    return is_well_formed ? 505 : 400;
}

// RFC 9110 section 5.6.2. libhttp_parser lets spaces pass.
bool is_token(std::string_view text) {
    static constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= '0' && letter <= '9') || (lower(letter) >= 'a' && lower(letter) <= 'z') ||
               kOthers.find(letter) != std::string_view::npos;
    });
}

bool is_clean(const RequestHead::Field& field) {
    return is_token(field.name) && !has_control(field.value);
}

Method method_of(unsigned method) {
    if (method == HTTP_GET) return Method::get;
    return method == HTTP_HEAD ? Method::head : Method::other;
}

bool announces_body(const http_parser& parser, const RequestHead& head) {
    return head.count("Transfer-Encoding") > 0 || (head.count("Content-Length") > 0 && parser.content_length != 0);
}

}  // namespace

bool equal_ignoring_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char one, char other) { return lower(one) == lower(other); });
}

std::string to_lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::optional<std::string_view> RequestHead::only(std::string_view name) const {
    std::optional<std::string_view> found;
    for (const auto& field : fields) {
        if (!equal_ignoring_case(field.name, name)) continue;
        if (found) return std::nullopt;
        found = field.value;
    }
    return found;
}

std::size_t RequestHead::count(std::string_view name) const {
    const auto is_named = [name](const Field& field) { return equal_ignoring_case(field.name, name); };
    return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), is_named));
}

bool RequestHead::has_token(std::string_view name, std::string_view token) const {
    for (const auto& field : fields) {
        if (!equal_ignoring_case(field.name, name)) continue;
        auto list = field.value;
        while (!list.empty()) {
            const auto comma = std::min(list.find(','), list.size());
            if (equal_ignoring_case(trimmed(list.substr(0, comma)), token)) return true;
            list.remove_prefix(std::min(comma + 1, list.size()));
        }
    }
    return false;
}

std::size_t HeadParser::add(std::string_view bytes) {
    const auto taken = std::min(bytes.size(), limits::kHttpHead + 1 - std::min(bytes_.size(), limits::kHttpHead + 1));
    bytes_.append(bytes.substr(0, taken));
    return taken;
}

HeadParser::Result HeadParser::next() {
    if (end_ > 0) drop_head();
    skip_empty_lines();
    const auto end = find_end();
    if (end == kMalformed) return refuse(400);
    if (end == kIncomplete && bytes_.size() <= limits::kHttpHead) {
        return line_ == 0 && bytes_.size() > limits::kHttpTarget + 64 ? refuse(414) : Result::incomplete;
    }
    if (end == kIncomplete || end > limits::kHttpHead) return refuse(line_ == 0 ? 414 : 431);
    end_ = end;
    return parse(std::string_view(bytes_).substr(0, end));
}

void HeadParser::drop_head() {
    head_ = {};
    bytes_.erase(0, end_);
    if (bytes_.empty() && bytes_.capacity() > 1024) bytes_.shrink_to_fit();
    looked_at_ = line_ = end_ = 0;
}

// Empty lines before a request are forgiven (RFC 9112 section 2.2).
void HeadParser::skip_empty_lines() {
    while (line_ == 0 && bytes_.starts_with("\r\n")) {
        bytes_.erase(0, 2);
        looked_at_ = 0;
    }
}

HeadParser::Result HeadParser::refuse(unsigned status) {
    status_ = status;
    head_ = {};
    return Result::refused;
}

// The length of the first head, with its empty line.
std::size_t HeadParser::find_end() {
    // A stray protocol is told at its first byte, not when it gets impatient.
    if (!bytes_.empty() && (bytes_[0] < 'A' || bytes_[0] > 'Z') && bytes_[0] != '\r') return kMalformed;
    for (; looked_at_ < bytes_.size(); ++looked_at_) {
        const char letter = bytes_[looked_at_];
        if (letter == '\n') {
            if (looked_at_ == 0 || bytes_[looked_at_ - 1] != '\r') return kMalformed;
            const bool is_empty_line = looked_at_ - line_ == 1;
            line_ = looked_at_ + 1;
            if (is_empty_line) return line_;
            continue;
        }
        const bool after_return = looked_at_ > 0 && bytes_[looked_at_ - 1] == '\r';
        const bool is_stray = letter != '\r' && is_control(letter);
        const bool is_folded = looked_at_ == line_ && line_ > 0 && (letter == ' ' || letter == '\t');
        if (after_return || is_stray || is_folded) return kMalformed;
    }
    return kIncomplete;
}

HeadParser::Result HeadParser::parse(std::string_view text) {
    static const http_parser_settings settings = make_settings();
    if (const auto status = status_for_version(text); status != 0) return refuse(status);
    http_parser parser;
    http_parser_init(&parser, HTTP_REQUEST);
    parser.data = &head_;
    const auto parsed = http_parser_execute(&parser, &settings, text.data(), text.size());
    const auto error = static_cast<http_errno>(parser.http_errno);
    if (error != HPE_OK) return refuse(status_for(error));
    if (parsed != text.size() || head_.target.empty()) return refuse(400);
    if (head_.target.size() > limits::kHttpTarget) return refuse(414);
    if (!std::all_of(head_.fields.begin(), head_.fields.end(), is_clean)) return refuse(400);
    head_.method = method_of(parser.method);
    head_.is_http_1_1 = parser.http_minor == 1;
    head_.keeps_alive = http_should_keep_alive(&parser) != 0;
    head_.announces_body = announces_body(parser, head_);
    if (head_.count("Host") > 1 || (head_.is_http_1_1 && head_.count("Host") == 0)) return refuse(400);
    if (head_.count("Content-Length") > 1) return refuse(400);
    return Result::complete;
}

}  // namespace parley::net
