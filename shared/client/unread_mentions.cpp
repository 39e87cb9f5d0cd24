#include "client/unread_mentions.hpp"

#include <algorithm>
#include <vector>

#include "markup/markup.hpp"
#include "protocol/limits.hpp"

namespace parley::client {

bool is_mentioned(UserId person, std::string_view words) {
    if (words.find("<@") == std::string_view::npos && words.find("<!") == std::string_view::npos) return false;
    const auto found = markup::mentions_in(markup::parse(words));
    return found.here || found.all || std::find(found.people.begin(), found.people.end(), person) != found.people.end();
}

void UnreadMentions::begin(std::set<Ordinal> mentioning, Sequence head) {
    for (auto change = changed_.begin(); change != changed_.end();) {
        const auto [message, sequence] = *change;
        if (sequence <= head) {
            change = changed_.erase(change);
            continue;
        }
        if (mentioning_.count(message) != 0)
            mentioning.insert(message);
        else
            mentioning.erase(message);
        ++change;
    }
    mentioning_ = std::move(mentioning);
    as_of_ = head;
    is_whole_ = head >= skipped_to_;
}

// What events have said stays noted: a list that was read before them may be on its way.
void UnreadMentions::begin_held(std::set<Ordinal> mentioning) {
    mentioning_ = std::move(mentioning);
    is_whole_ = true;
}

void UnreadMentions::said(Ordinal message, Sequence sequence, bool mentions_her) {
    if (sequence <= as_of_) return;
    if (mentions_her)
        mentioning_.insert(message);
    else
        mentioning_.erase(message);
    changed_[message] = sequence;
    cut();
}

// The oldest go: there are more unread ones than anybody is told of.
void UnreadMentions::cut() {
    while (mentioning_.size() > limits::kMentionChanges) mentioning_.erase(mentioning_.begin());
    while (changed_.size() > limits::kMentionChanges) changed_.erase(changed_.begin());
}

void UnreadMentions::skipped_to(Sequence head) {
    changed_.clear();
    as_of_ = skipped_to_ = head;
    is_whole_ = false;
}

std::uint32_t UnreadMentions::above(Ordinal read) const {
    return static_cast<std::uint32_t>(std::distance(mentioning_.upper_bound(read), mentioning_.end()));
}

Mentioning UnreadMentions::listed_above(Ordinal read) const {
    auto first = mentioning_.upper_bound(read);
    const auto all = static_cast<std::size_t>(std::distance(first, mentioning_.end()));
    if (all > limits::kMentionsListed) std::advance(first, all - limits::kMentionsListed);
    Mentioning listed;
    for (; first != mentioning_.end(); ++first) listed.push_back(*first);
    return listed;
}

}  // namespace parley::client
