// What somebody does in the conversation by key, by the browser's find, or with a selection; where its rows stand is
// decided in timeline_view.cpp.
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "ui/timeline_view.hpp"

namespace parley::ui {

namespace {

// "ArrowUp 123": the key and the Ordinal of the message that has the focus, 0 where the log itself has it.
struct ReadingKey {
    std::string_view key;
    std::uint64_t at = 0;
};

ReadingKey parse(std::string_view words) {
    const auto space = words.find(' ');
    ReadingKey result{words.substr(0, space)};
    if (space != std::string_view::npos)
        std::from_chars(words.data() + space + 1, words.data() + words.size(), result.at);
    return result;
}

}  // namespace

void TimelineView::obey_reader(const Scene& scene, const client::Room& room, const Rect& area) {
    const auto& semantics = scene.paint.semantics;
    const NodeId log = log_node(room.id);
    if (const auto* found = semantics.heard(log, Action::reveal)) {
        std::uint64_t ordinal = 0;
        std::from_chars(found->data(), found->data() + found->size(), ordinal);
        reveal(Ordinal(ordinal), area.h * 0.3f);
    }
    if (const auto* pixels = semantics.heard(log, Action::drag)) scroll_.push(std::strtof(pixels->c_str(), nullptr));
    follow_time(scene, room);
    fetch_wanted(scene, room);
    if (const auto sought = std::exchange(sought_, std::nullopt)) focus_message(scene, room, area, *sought);
    const auto keys = semantics.all_heard(log, Action::key);
    if (!keys.empty()) step_focus(scene, room, area, keys);
}

void TimelineView::want(const Scene& scene, const client::Room& room, Ordinal message) {
    wanted_ = message;
    fetched_.reset();
    fetch_wanted(scene, room);
}

// Asked for once, when there is a connection and nothing else is under way: what is not there then is not in this room,
// or not for her. What was asked of a connection that is lost is asked for anew.
void TimelineView::fetch_wanted(const Scene& scene, const client::Room& room) {
    const auto& timeline = room.timeline;
    if (!wanted_ || rows_.find(*wanted_) || !timeline.loaded() || timeline.loading_newer() || timeline.loading_older())
        return;
    if (scene.chat.connection != client::ConnectionState::connected) return fetched_.reset();
    if (std::exchange(fetched_, wanted_) == wanted_) return wanted_.reset(), fetched_.reset();
    scene.want(intent::LoadAround{room.id, *wanted_});
}

// Of what is loaded, or of what is fetched around that time once. Where nothing was said since, it is the latest.
void TimelineView::follow_time(const Scene& scene, const client::Room& room) {
    const auto& timeline = room.timeline;
    if (!sought_time_ || !timeline.loaded() || timeline.loading_newer() || timeline.loading_older()) return;
    const auto& messages = timeline.messages();
    const bool is_held = !messages.empty() && (timeline.reaches_first() || messages.front().time < *sought_time_) &&
                         (timeline.reaches_head() || messages.back().time >= *sought_time_);
    if (!is_held && scene.chat.connection != client::ConnectionState::connected) return;  // when it is back
    if (!is_held && !std::exchange(time_asked_, true)) return scene.want(intent::LoadAt{room.id, *sought_time_});
    const auto time = *std::exchange(sought_time_, std::nullopt);
    if (messages.empty()) return;
    const auto found =
        std::find_if(messages.begin(), messages.end(), [time](const Message& message) { return message.time >= time; });
    const auto ordinal = found != messages.end() ? found->ordinal : messages.back().ordinal;
    reveal(ordinal, 0);
    scene.paint.semantics.focus(article_node(log_node(room.id), ordinal));
}

void TimelineView::reveal(Ordinal ordinal, float offset) {
    if (!rows_.find(ordinal)) return;
    scroll_.stop();
    pinned_ = false;
    wanted_.reset();
    anchor_ = ordinal;
    anchor_offset_ = offset;
}

// Several keys may have been pressed since the last frame: each goes on from where the one before has led.
void TimelineView::step_focus(const Scene& scene, const client::Room& room, const Rect& area,
                              std::span<const std::string_view> keys) {
    const auto last = room.last_ordinal.value();
    if (last == 0) return;
    auto at = parse(keys.front()).at;
    for (const auto words : keys) {
        const auto key = parse(words).key;
        if (key == "Home") at = 1;
        if (key == "End") at = last;
        if (key == "ArrowUp") at = at == 0 ? last_in_view(area) : std::max<std::uint64_t>(at, 2) - 1;
        if (key == "ArrowDown") at = at == 0 ? last_in_view(area) : at + 1;
        at = std::min(at, last);
    }
    if (at == last) jump_to_latest();
    focus_message(scene, room, area, Ordinal(at));
}

// As of the last frame: its rows' messages may be gone by now.
std::uint64_t TimelineView::last_in_view(const Rect& area) const {
    for (auto placed = placed_.rbegin(); placed != placed_.rend(); ++placed) {
        if (placed->ordinal != Ordinal() && placed->y + placed->row.height <= area.bottom() + 4)
            return placed->ordinal.value();
    }
    return placed_.empty() ? 1 : std::max<std::uint64_t>(placed_.front().ordinal.value(), 1);
}

// Scrolls no more than is needed; a message that is not loaded is fetched first.
void TimelineView::focus_message(const Scene& scene, const client::Room& room, const Rect& area, Ordinal ordinal) {
    scene.paint.semantics.focus(article_node(log_node(room.id), ordinal));
    const auto index = rows_.find(ordinal);
    if (!index) {
        choose_anchor(area);  // what is in view stays until it is there
        pinned_ = false;
        return want(scene, room, ordinal);
    }
    const float height = rows_.row(*index).height;
    for (const auto& placed : placed_) {
        if (placed.ordinal != ordinal) continue;
        if (placed.y >= area.y && placed.y + height <= area.bottom()) return;
        return reveal(ordinal, placed.y < area.y ? 0 : std::max(0.0f, area.h - height - 8));
    }
    const bool above = !placed_.empty() && ordinal < placed_.front().ordinal;
    reveal(ordinal, above ? 0 : std::max(0.0f, area.h - height - 8));
}

}  // namespace parley::ui
