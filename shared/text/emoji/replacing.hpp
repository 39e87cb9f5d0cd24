// The places of a source where a person's own words stand, and may be replaced by emoji.
#pragma once

#include <string>
#include <string_view>

#include "markup/markup.hpp"

namespace parley::emoji {

// Calls replace(words, at) for places of the plain words of a source, each with the words around it up to the next
// mark: it gives a size that it replaces there (0: nothing) and what by. Nothing in code or a bare address is offered,
// nor what stands right behind a backslash.
template <class Replace>
std::string with_words_replaced(std::string_view source, Replace replace) {
    const auto tree = markup::parse(source);
    std::string replaced;
    bool behind_backslash = false;
    for (const auto& run : tree.runs) {
        const auto words = run.source.of(source);
        const bool is_address = run.link > 0 && tree.links[run.link - 1].address == words;
        if (run.kind != markup::RunKind::text || run.style.code || is_address) {
            replaced += words;
            behind_backslash = run.kind == markup::RunKind::mark && words.ends_with('\\');
            continue;
        }
        for (std::size_t at = 0; at < words.size();) {
            const auto [size, emoji] = behind_backslash ? decltype(replace(words, at)){} : replace(words, at);
            behind_backslash = false;
            replaced += size > 0 ? std::string_view(emoji) : words.substr(at, 1);
            at += size > 0 ? size : 1;
        }
    }
    return replaced;
}

}  // namespace parley::emoji
