#include "composing/completion.hpp"

#include <algorithm>

#include "composing/fit.hpp"
#include "composing/slash_command.hpp"
#include "emoji/emoji.hpp"
#include "protocol/limits.hpp"

namespace parley::composing {

namespace {

constexpr std::size_t kLongestTyped = 48;
constexpr std::size_t kLeastOfEmoji = 2;  // so that ":)" stays what it is

constexpr int kNone = 9;

// The smaller the better.
int rank_of(std::string_view words, std::string_view typed) {
    const auto fit = fit_of(words, typed);
    return fit ? static_cast<int>(*fit) : kNone;
}

struct Ranked {
    int rank = 0;
    Candidate candidate;
};

std::vector<Candidate> best_of(std::vector<Ranked> all) {
    std::stable_sort(all.begin(), all.end(), [](const Ranked& a, const Ranked& b) {
        return a.rank != b.rank ? a.rank < b.rank : a.candidate.label < b.candidate.label;
    });
    if (all.size() > limits::kOffered) all.resize(limits::kOffered);
    std::vector<Candidate> candidates;
    for (auto& each : all) candidates.push_back(std::move(each.candidate));
    return candidates;
}

std::vector<Candidate> people_for(const client::ChatState& chat, RoomId room, std::string_view typed) {
    const auto* open = chat.room(room);
    const auto* here = open != nullptr ? &chat.ruler_of(*open) : nullptr;
    std::vector<Ranked> all;
    for (const auto& [id, profile] : chat.people) {
        const int fit = std::min(rank_of(profile.account.view(), typed), rank_of(profile.nick.view(), typed));
        if (fit == kNone) continue;
        const bool stranger = here == nullptr || !here->members.contains(id);
        const int rank = fit + (stranger ? 10 : 0) + (id == chat.self ? 5 : 0);
        all.push_back({rank, {"@" + profile.account.str(), profile.nick.str(), "@" + profile.account.str(), id, {}}});
    }
    if (open != nullptr && open->kind == RoomKind::channel) {
        if (std::string_view("all").starts_with(typed))
            all.push_back({12, {"@all", "@all", "Everybody in this room", {}, {}}});
        if (std::string_view("here").starts_with(typed))
            all.push_back({12, {"@here", "@here", "Everybody who is online", {}, {}}});
    }
    return best_of(std::move(all));
}

std::vector<Candidate> rooms_for(const client::ChatState& chat, std::string_view typed) {
    std::vector<Ranked> all;
    for (const auto& [id, room] : chat.rooms) {
        if (room.kind != RoomKind::channel) continue;
        if (const int rank = rank_of(room.name.view(), typed); rank != kNone)
            all.push_back({rank, {"#" + room.name.str(), "#" + room.name.str(), "", {}, {}}});
    }
    return best_of(std::move(all));
}

std::vector<Candidate> emoji_for(std::string_view typed) {
    std::vector<Candidate> candidates;
    for (const auto& each : emoji::search(typed, limits::kOffered))
        candidates.push_back(
            {std::string(each.text), ":" + std::string(each.shortcode) + ":", "", {}, std::string(each.text)});
    return candidates;
}

std::vector<Candidate> commands_for(std::string_view typed) {
    std::vector<Candidate> candidates;
    for (const auto& each : commands()) {
        if (!each.word.starts_with(typed) || candidates.size() == limits::kOffered) continue;
        const auto word = "/" + std::string(each.word);
        const auto usage = each.arguments.empty() ? word : word + " " + std::string(each.arguments);
        candidates.push_back({word, usage, std::string(each.help), {}, {}});
    }
    return candidates;
}

bool may_precede(char sign, std::string_view text, std::size_t at) {
    if (sign == '/') return at == 0;
    if (at == 0) return true;
    const char before = text[at - 1];
    return std::string_view(" \n\t(>*_~|\"'").find(before) != std::string_view::npos;
}

}  // namespace

std::optional<Trigger> trigger_at(std::string_view text, std::size_t cursor) {
    const auto last = cursor > kLongestTyped ? cursor - kLongestTyped : 0;
    for (auto at = cursor; at > last;) {
        const char c = text[--at];
        if (c == ' ' || c == '\n' || c == '\t') return std::nullopt;
        if (c != '@' && c != '#' && c != ':' && c != '/') continue;
        if (!may_precede(c, text, at)) continue;
        const auto typed = text.substr(at + 1, cursor - at - 1);
        if (c == ':' && typed.size() < kLeastOfEmoji) return std::nullopt;
        return Trigger{c, at, typed};
    }
    return std::nullopt;
}

std::vector<Candidate> candidates_for(const client::ChatState& chat, RoomId room, const Trigger& trigger) {
    switch (trigger.sign) {
        case '@':
            return people_for(chat, room, trigger.typed);
        case '#':
            return rooms_for(chat, trigger.typed);
        case ':':
            return emoji_for(trigger.typed);
        default:
            return commands_for(trigger.typed);
    }
}

}  // namespace parley::composing
