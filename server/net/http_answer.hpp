// The heads of our answers: status, security headers (CANVAS section 9, THREATS T37), what the caller adds. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "protocol/ids.hpp"

namespace parley::net {

struct AnswerHead {
    unsigned status = 200;
    std::string_view content_type;  // empty: no content
    std::size_t content_length = 0;
    std::string_view cache_control = "no-store";
    std::string_view content_security_policy = "default-src 'none'; frame-ancestors 'none'";
    std::string_view further_fields;  // whole lines, each with its end
    bool keeps_alive = true;
};

[[nodiscard]] std::string to_text(const AnswerHead& head, Timestamp now);
// "Mon, 02 Jan 2006 15:04:05 GMT" (RFC 9110 section 5.6.7).
[[nodiscard]] std::string http_date(Timestamp time);
[[nodiscard]] std::string_view reason_of(unsigned status);

}  // namespace parley::net
