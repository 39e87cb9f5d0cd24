// UTF-8 and the shapes of names, which see what people type.
#include <array>

#include "fuzz_target.hpp"
#include "protocol/bounded.hpp"
#include "text/names.hpp"
#include "text/utf8.hpp"

std::vector<std::string> parley::fuzz::seeds() {
    return {"ana",
            "Ana \xE2\x98\x95",
            "caf\xC3\xA9",
            "\xF0\x9F\x91\x8B\xF0\x9F\x8F\xBD",
            ("\xE2\x80\xAE"
             "abc"),
            "\xED\xA0\x80",
            "\xF4\x8F\xBF\xBF",
            "a\tb\nc"};
}

namespace {

// The number of code points, or nothing where the text is not UTF-8: step by step.
std::optional<std::size_t> walk(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        const auto point = parley::text::code_point_at(text, at);
        if (point.bytes == 0) return std::nullopt;
        parley::fuzz::require(point.bytes == parley::text::sequence_length(text, at),
                              "a code point has the length of its sequence");
        parley::fuzz::require(point.value <= 0x10FFFF && (point.value < 0xD800 || point.value > 0xDFFF),
                              "a code point is a Unicode scalar");
        at += point.bytes;
    }
    return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace parley::text;
    using parley::fuzz::require;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto count = walk(text);
    require(count.has_value() == is_utf8(text), "text is UTF-8 exactly if every step of it is");
    if (count) {
        require(*count == count_code_points(text), "both ways of counting agree");
        require(is_utf8(parley::Text<7>::cut(text).view()), "cutting leaves whole code points");
    } else {
        require(!is_account_name(text) && !is_nick(text) && !is_room_name(text), "a name is UTF-8");
    }
    if (is_nick(text))
        require(*count >= 1 && *count <= 32 && !is_blank(text) && !has_forbidden_controls(text),
                "a nick is shown and short");
    if (is_account_name(text)) require(is_nick(text), "an account name may be a nick");
    if (is_room_name(text)) require(*count <= 48 && text.find(' ') == std::string_view::npos, "a room name is a word");
    return 0;
}
