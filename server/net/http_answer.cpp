#include "net/http_answer.hpp"

#include <array>
#include <ctime>

namespace parley::net {
namespace {

constexpr std::string_view kSecurityFields =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Embedder-Policy: require-corp\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "X-Frame-Options: DENY\r\n";

void append_field(std::string& text, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    text.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string_view reason_of(unsigned status) {
    switch (status) {
        case 200:
            return "OK";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 426:
            return "Upgrade Required";
        case 431:
            return "Request Header Fields Too Large";
        case 501:
            return "Not Implemented";
        case 503:
            return "Service Unavailable";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Answer";
    }
}

// By hand: strftime's names follow the locale.
std::string http_date(Timestamp time) {
    static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = time.milliseconds / 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    std::array<char, 64> text{};
    const int size = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                   days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                                   months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                                   utc.tm_min, utc.tm_sec);
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string to_text(const AnswerHead& head, Timestamp now) {
    std::string text = "HTTP/1.1 " + std::to_string(head.status) + ' ';
    text.append(reason_of(head.status)).append("\r\n");
    append_field(text, "Date", http_date(now));
    append_field(text, "Server", "Parley");
    append_field(text, "Content-Type", head.content_type);
    // A 304 has none, whatever its file's size (RFC 9110 section 8.6).
    if (head.status != 304) append_field(text, "Content-Length", std::to_string(head.content_length));
    append_field(text, "Cache-Control", head.cache_control);
    append_field(text, "Content-Security-Policy", head.content_security_policy);
    text.append(kSecurityFields).append(head.further_fields);
    append_field(text, "Connection", head.keeps_alive ? "keep-alive" : "close");
    return text.append("\r\n");
}

}  // namespace parley::net
