#include "markup_texts/markup_texts.hpp"

#include <iterator>
#include <string_view>

namespace parley::support {

namespace {

// No "e" in what may be a mark: a test counts on it (properties_test.cpp).
constexpr std::string_view kPieces[] = {"*",
                                        "*",
                                        "**",
                                        "**",
                                        "***",
                                        "_",
                                        "_",
                                        "__",
                                        "~",
                                        "~~",
                                        "~~~",
                                        "|",
                                        "||",
                                        "||||",
                                        "`",
                                        "`",
                                        "``",
                                        "```",
                                        "[",
                                        "[",
                                        "]",
                                        "](",
                                        "](http://a.b)",
                                        "](http://a.b/(c))",
                                        "(",
                                        ")",
                                        "\\",
                                        "\\\\",
                                        "<",
                                        ">",
                                        "<@",
                                        "<@17>",
                                        "<@18446744073709551615>",
                                        "<#3>",
                                        "<!all>",
                                        "<@0>",
                                        "http://a.b",
                                        "https://c.d/x_y_z",
                                        "http://",
                                        "<http://a.b>",
                                        "mailto:x@y",
                                        "javascript:",
                                        "\n",
                                        "\n",
                                        "\n",
                                        "\n\n",
                                        "\n> ",
                                        "\n>> ",
                                        "\n- ",
                                        "\n  - ",
                                        "\n    - ",
                                        "\n* ",
                                        "\n1. ",
                                        "\n2. ",
                                        "\n```\n",
                                        "\n```js\n",
                                        "\n   ",
                                        " ",
                                        " ",
                                        " ",
                                        "\t",
                                        "e",
                                        "the",
                                        "snake_case",
                                        "word",
                                        "1",
                                        "A.",
                                        ",",
                                        "!",
                                        ":",
                                        "://",
                                        "\"",
                                        "'",
                                        "-",
                                        "- ",
                                        "> ",
                                        "\xC3\xA9",
                                        "\xD0\xB6",
                                        "\xE4\xBD\xA0",
                                        "\xE3\x80\x82",
                                        "\xE3\x80\x8C",
                                        "\xEA\xB0\x80",
                                        "\xC2\xA0",
                                        "\xE2\x80\x8B",
                                        "\xE2\x80\x94",
                                        "\xF0\x9F\x98\x80",
                                        "\xE2\x9D\xA4\xEF\xB8\x8F",
                                        "\xD7\xA9",
                                        "\xFF",
                                        "\xC3",
                                        "\r"};

}  // namespace

std::string MarkupTexts::next() {
    const std::size_t most = below(16) == 0 ? 400 : 24;
    std::string text;
    for (auto count = below(most); count > 0; --count) text += kPieces[below(std::size(kPieces))];
    return text;
}

}  // namespace parley::support
