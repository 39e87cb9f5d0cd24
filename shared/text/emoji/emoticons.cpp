#include "emoji/emoji.hpp"
#include "emoji/replacing.hpp"

namespace parley::emoji {

namespace {

// Those that mean nothing else beside blanks: no "8)", no ":3", no "B)". A longer one stands before its beginning.
constexpr Emoticon kEmoticons[] = {
    {">:-(", "\xF0\x9F\x98\xA0"}, {">:(", "\xF0\x9F\x98\xA0"},       {":'-(", "\xF0\x9F\x98\xA2"},
    {":'(", "\xF0\x9F\x98\xA2"},  {":')", "\xF0\x9F\x98\x82"},       {":-)", "\xF0\x9F\x99\x82"},
    {":)", "\xF0\x9F\x99\x82"},   {":-D", "\xF0\x9F\x98\x84"},       {":D", "\xF0\x9F\x98\x84"},
    {"xD", "\xF0\x9F\x98\x86"},   {"XD", "\xF0\x9F\x98\x86"},        {";-)", "\xF0\x9F\x98\x89"},
    {";)", "\xF0\x9F\x98\x89"},   {":-(", "\xF0\x9F\x99\x81"},       {":(", "\xF0\x9F\x99\x81"},
    {":-P", "\xF0\x9F\x98\x9B"},  {":P", "\xF0\x9F\x98\x9B"},        {":-p", "\xF0\x9F\x98\x9B"},
    {":p", "\xF0\x9F\x98\x9B"},   {";P", "\xF0\x9F\x98\x9C"},        {":-O", "\xF0\x9F\x98\xAE"},
    {":O", "\xF0\x9F\x98\xAE"},   {":-o", "\xF0\x9F\x98\xAE"},       {":o", "\xF0\x9F\x98\xAE"},
    {":-*", "\xF0\x9F\x98\x98"},  {":*", "\xF0\x9F\x98\x98"},        {":-/", "\xF0\x9F\x98\x95"},
    {":/", "\xF0\x9F\x98\x95"},   {":-|", "\xF0\x9F\x98\x90"},       {":|", "\xF0\x9F\x98\x90"},
    {"B-)", "\xF0\x9F\x98\x8E"},  {"O:-)", "\xF0\x9F\x98\x87"},      {"O:)", "\xF0\x9F\x98\x87"},
    {"</3", "\xF0\x9F\x92\x94"},  {"<3", "\xE2\x9D\xA4\xEF\xB8\x8F"}};

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

bool stands_apart(std::string_view text, std::size_t begin, std::size_t end) {
    if (begin > 0 && !is_blank(text[begin - 1]) && text[begin - 1] != '(') return false;
    return end == text.size() || is_blank(text[end]) ||
           std::string_view(".,;!?)").find(text[end]) != std::string_view::npos;
}

struct Replacement {
    std::size_t size = 0;
    std::string_view emoji;
};

Replacement replacement_at(std::string_view words, std::size_t at) {
    const auto* emoticon = emoticon_at(words, at);
    return emoticon == nullptr ? Replacement{} : Replacement{emoticon->text.size(), emoticon->emoji};
}

}  // namespace

const Emoticon* emoticon_at(std::string_view text, std::size_t at) {
    for (const auto& emoticon : kEmoticons) {
        if (text.substr(at).starts_with(emoticon.text) && stands_apart(text, at, at + emoticon.text.size()))
            return &emoticon;
    }
    return nullptr;
}

std::string with_emoticons_replaced(std::string_view source) {
    return with_words_replaced(source, replacement_at);
}

}  // namespace parley::emoji
