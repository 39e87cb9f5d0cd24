#include "store/mentioned.hpp"

#include <algorithm>

#include "markup/markup.hpp"

namespace parley::store {

Mentioned mentioned_in(std::string_view words) {
    if (words.find("<@") == std::string_view::npos && words.find("<!") == std::string_view::npos) return {};
    auto mentions = markup::mentions_in(markup::parse(words));
    std::sort(mentions.people.begin(), mentions.people.end());
    return {std::move(mentions.people), mentions.here || mentions.all};
}

}  // namespace parley::store
