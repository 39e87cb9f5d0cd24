#include "markup/code_colours.hpp"

#include <algorithm>
#include <string>

#include "markup/code_languages.hpp"
#include "protocol/limits.hpp"

namespace parley::markup {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_letter(char c) {
    return (small(c) >= 'a' && small(c) <= 'z') || c == '_' || static_cast<signed char>(c) < 0;
}

std::string in_small_letters(std::string_view word) {
    std::string result(word);
    std::transform(result.begin(), result.end(), result.begin(), small);
    return result;
}

class Tokens {
  public:
    Tokens(std::string_view code, const CodeLanguage& language) : code_(code), language_(language) {}

    std::vector<ColouredCode> read() {
        while (at_ < code_.size()) {
            if (!comment() && !string() && !number() && !word()) ++at_;
        }
        return std::move(found_);
    }

  private:
    [[nodiscard]] bool follows(std::string_view sign) const {
        return !sign.empty() && code_.substr(at_).starts_with(sign);
    }
    [[nodiscard]] char behind(std::size_t count) const {
        return at_ + count < code_.size() ? code_[at_ + count] : '\0';
    }
    [[nodiscard]] bool is_in_word(char c) const {
        return is_letter(c) || is_digit(c) || (c != '\0' && language_.in_words.find(c) != std::string_view::npos);
    }
    bool colour_until(std::size_t end, CodeColour colour) {
        end = std::min(end, code_.size());
        found_.push_back({{static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)}, colour});
        at_ = end;
        return true;
    }

    bool comment() {
        for (const auto sign : language_.line_comments) {
            if (!follows(sign) || (language_.comments_after_blank && at_ > 0 && code_[at_ - 1] > ' ')) continue;
            return colour_until(code_.find('\n', at_), CodeColour::comment);
        }
        return follows(language_.comment_begin) && colour_until(end_of_comment(), CodeColour::comment);
    }
    [[nodiscard]] std::size_t end_of_comment() const {
        const auto begin = language_.comment_begin;
        const auto end = language_.comment_end;
        std::size_t depth = 1;
        for (auto at = at_ + begin.size(); at < code_.size();) {
            const auto rest = code_.substr(at);
            if (rest.starts_with(end)) {
                at += end.size();
                if (--depth == 0) return at;
            } else if (language_.nested_comments && rest.starts_with(begin)) {
                at += begin.size();
                ++depth;
            } else {
                ++at;
            }
        }
        return code_.size();
    }

    bool string() {
        const char quote = code_[at_];
        const auto is_one_of = [quote](std::string_view quotes) {
            return quotes.find(quote) != std::string_view::npos;
        };
        if (language_.triple_quotes && is_one_of(language_.quotes) && behind(1) == quote && behind(2) == quote)
            return colour_until(end_of_string(std::string_view(&code_[at_], 3), true), CodeColour::string);
        if (language_.lifetimes && quote == '\'' && behind(1) != '\\' && behind(2) != '\'' &&
            static_cast<signed char>(behind(1)) >= 0) {
            ++at_;
            return word() || true;
        }
        const bool is_long = is_one_of(language_.long_quotes);
        if (!is_long && !is_one_of(language_.quotes)) return false;
        return colour_until(end_of_string(code_.substr(at_, 1), is_long), CodeColour::string);
    }
    [[nodiscard]] std::size_t end_of_string(std::string_view quotes, bool is_long) const {
        const bool escapes = !language_.no_backslashes && !(language_.plain_single_quotes && quotes.front() == '\'');
        for (auto at = at_ + quotes.size(); at < code_.size(); ++at) {
            if (code_[at] == '\n' && !is_long) return at;
            if (code_[at] == '\\' && escapes)
                ++at;
            else if (code_.substr(at).starts_with(quotes))
                return at + quotes.size();
        }
        return code_.size();
    }

    bool number() {
        if (!is_digit(code_[at_])) return false;
        auto end = at_ + 1;
        while (end < code_.size() && is_in_number(end)) ++end;
        return colour_until(end, CodeColour::number);
    }
    [[nodiscard]] bool is_in_number(std::size_t at) const {
        const char c = code_[at];
        const char next = at + 1 < code_.size() ? code_[at + 1] : '\0';
        if (is_digit(c) || is_letter(c)) return static_cast<signed char>(c) >= 0;
        if (c == '.') return is_digit(next);
        if (c == '\'') return language_.apostrophe_in_numbers && is_digit(next);
        return (c == '+' || c == '-') && small(code_[at - 1]) == 'e' && is_digit(next) && small(code_[at_ + 1]) != 'x';
    }

    bool word() {
        if (at_ == code_.size() || !starts_word()) return false;
        auto end = at_ + 1;
        while (end < code_.size() && is_in_word(code_[end])) ++end;
        if (is_keyword(code_.substr(at_, end - at_))) return colour_until(end, CodeColour::keyword);
        at_ = end;
        return true;
    }
    // "#include", "@media", "$name": a sign that the language has in words may begin one.
    [[nodiscard]] bool starts_word() const { return is_in_word(code_[at_]) && !is_digit(code_[at_]); }
    [[nodiscard]] bool is_keyword(std::string_view word) const {
        if (language_.tags) {
            const auto before = code_.substr(0, at_);
            return before.ends_with('<') || before.ends_with("</");
        }
        const auto keywords = language_.keywords;
        if (language_.any_case)
            return std::binary_search(keywords.begin(), keywords.end(), std::string_view(in_small_letters(word)));
        return std::binary_search(keywords.begin(), keywords.end(), word);
    }

    std::string_view code_;
    const CodeLanguage& language_;
    std::vector<ColouredCode> found_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<ColouredCode> colours_of(std::string_view code, std::string_view language) {
    if (language.empty() || language.size() > limits::kCodeLanguage) return {};
    const auto* known = language_named(in_small_letters(language));
    if (known == nullptr) return {};
    return Tokens(code, *known).read();
}

}  // namespace parley::markup
