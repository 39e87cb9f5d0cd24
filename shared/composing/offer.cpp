#include "composing/offer.hpp"

#include <algorithm>

namespace parley::composing {

namespace {

bool is_same(const Candidate& one, const Candidate& other) {
    return one.insert == other.insert && one.label == other.label && one.detail == other.detail;
}

}  // namespace

bool Offer::follow(const client::ChatState& chat, RoomId room, std::string_view text, std::size_t cursor, bool typed) {
    const auto trigger = trigger_at(text, cursor);
    if (!trigger) {
        dismissed_.reset();
        return close();
    }
    const std::pair word{trigger->sign, trigger->begin};
    if (dismissed_ && dismissed_ != word) dismissed_.reset();
    const bool same_word = is_open() && word == std::pair{sign_, begin_};
    if (dismissed_ || (!typed && !same_word)) return close();
    if (same_word && cursor == end_ && !typed) return false;
    auto found = candidates_for(chat, room, *trigger);
    const bool changed = !std::equal(found.begin(), found.end(), candidates_.begin(), candidates_.end(), is_same);
    const bool moved = marked_ != 0;
    forget();
    candidates_ = std::move(found);
    sign_ = trigger->sign;
    begin_ = trigger->begin;
    end_ = cursor;
    const auto written = text.substr(begin_, cursor - begin_);
    complete_ = std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& candidate) {
        return candidate.insert == written || candidate.label == written;
    });
    return changed || moved;
}

bool Offer::close() {
    const bool was_open = is_open();
    forget();
    return was_open;
}

bool Offer::dismiss() {
    if (!is_open()) return false;
    dismissed_ = {sign_, begin_};
    return close();
}

void Offer::forget() {
    candidates_.clear();
    marked_ = 0;
    chosen_ = false;
    complete_ = false;
}

void Offer::step(int by) {
    const auto count = static_cast<int>(candidates_.size());
    if (count == 0) return;
    marked_ = static_cast<std::size_t>(((static_cast<int>(marked_) + by) % count + count) % count);
    chosen_ = true;
}

Replacement Offer::take(std::size_t candidate, std::string_view text) {
    const auto end = std::min(end_, text.size());
    const bool blank_follows = end < text.size() && (text[end] == ' ' || text[end] == '\n');
    std::string words = candidates_[candidate].insert + (blank_follows ? "" : " ");
    const auto after = begin_ + words.size() + (blank_follows && text[end] == ' ' ? 1 : 0);
    Replacement replacement{std::min(begin_, end), end, std::move(words), after, after};
    dismiss();
    return replacement;
}

}  // namespace parley::composing
