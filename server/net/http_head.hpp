// Request heads (RFC 9112), parsed without I/O by libhttp_parser behind checks of our own. Bounded by
// limits::kHttpHead, kHttpTarget and kHttpHeaders. What is ambiguous (bare CR or LF, folded lines, control characters,
// two lengths) is refused.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::net {

enum class Method : unsigned char { get, head, other };

// One request head. Views point into the parser that gave it, until its next call.
struct RequestHead {
    struct Field {
        std::string_view name;
        std::string_view value;
    };

    Method method = Method::other;
    bool is_http_1_1 = false;
    bool keeps_alive = false;
    bool announces_body = false;
    std::string_view target;
    std::vector<Field> fields;

    // The value of the only field of this name (any case); nothing where there is none or more than one.
    [[nodiscard]] std::optional<std::string_view> only(std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view name) const;
    // One of the comma-separated tokens of the fields of this name equals `token`, in any case (RFC 9110
    // section 5.6.1).
    [[nodiscard]] bool has_token(std::string_view name, std::string_view token) const;
};

[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);
[[nodiscard]] std::string to_lower(std::string_view text);

// Collects the bytes of one connection and cuts heads from them.
class HeadParser {
  public:
    enum class Result : unsigned char { incomplete, complete, refused };

    // Adds bytes, as many as there is room for; the number taken.
    std::size_t add(std::string_view bytes);
    // The next head, once it is there.
    [[nodiscard]] Result next();
    [[nodiscard]] const RequestHead& head() const { return head_; }
    // The HTTP status that answers a refused head; nothing that follows it is a request.
    [[nodiscard]] unsigned status() const { return status_; }
    // What came after the last head.
    [[nodiscard]] std::string_view rest() const { return std::string_view(bytes_).substr(end_); }
    [[nodiscard]] bool has_begun() const { return !rest().empty(); }
    // Forgets the last head.
    void drop_head();

  private:
    [[nodiscard]] Result refuse(unsigned status);
    void skip_empty_lines();
    [[nodiscard]] std::size_t find_end();
    [[nodiscard]] Result parse(std::string_view text);

    std::string bytes_;
    std::size_t looked_at_ = 0;  // of bytes_
    std::size_t line_ = 0;       // where the line that is looked at begins
    std::size_t end_ = 0;        // of the last head
    RequestHead head_;
    unsigned status_ = 0;
};

}  // namespace parley::net
