#include "ui/found_text.hpp"

#include <algorithm>

#include "ui/timeline_rows.hpp"

namespace parley::ui {

NodeId log_node(RoomId room) {
    return node_id(node_id(0, "log"), room.value());
}

NodeId article_node(NodeId log, Ordinal ordinal) {
    return node_id(log, ordinal.value());
}

bool FoundText::is_enough(const Range& loaded, std::uint64_t first, std::uint64_t last) const {
    if (kept_.first < loaded.first || kept_.end > loaded.end || !kept_.holds(first) || !kept_.holds(last)) return false;
    const bool room_above = first - kept_.first >= kSlack || kept_.first == loaded.first;
    const bool room_below = kept_.end - last > kSlack || kept_.end == loaded.end;
    return room_above && room_below;
}

void FoundText::keep_around(const Scene& scene, const client::Room& room, Ordinal first, Ordinal last) {
    Semantics& semantics = scene.paint.semantics;
    if (edition_ != semantics.found_edition()) {
        edition_ = semantics.found_edition();
        kept_ = {};
        revisions_.clear();
        moving_ = false;
    }
    if (room_ != room.id) forget(semantics);
    room_ = room.id;
    const auto& messages = room.timeline.messages();
    if (messages.empty()) return forget(semantics);
    const Range loaded{messages.front().ordinal.value(), messages.back().ordinal.value() + 1};
    follow_changes(scene, room, loaded);
    // Once it moves, it goes on until what is in view is in its middle.
    if (!moving_ && is_enough(loaded, first.value(), last.value())) return;
    const auto wanted = wanted_around(loaded, first.value(), last.value());
    const auto next = step_to(wanted, first.value());
    for (auto ordinal = kept_.first; ordinal < kept_.end; ++ordinal)
        if (!next.holds(ordinal)) drop(semantics, ordinal);
    for (auto ordinal = next.first; ordinal < next.end; ++ordinal)
        if (!kept_.holds(ordinal)) keep(scene, room, messages[static_cast<std::size_t>(ordinal - loaded.first)]);
    kept_ = next;
    moving_ = kept_.first != wanted.first || kept_.end != wanted.end;
}

void FoundText::drop(Semantics& semantics, std::uint64_t ordinal) {
    semantics.drop_found(article_node(log_node(room_), Ordinal(ordinal)));
    revisions_.erase(ordinal);
}

void FoundText::follow_changes(const Scene& scene, const client::Room& room, const Range& loaded) {
    for (auto ordinal = std::max(kept_.first, loaded.first); ordinal < std::min(kept_.end, loaded.end); ++ordinal) {
        const Message& message = room.timeline.messages()[static_cast<std::size_t>(ordinal - loaded.first)];
        const auto known = revisions_.find(ordinal);
        if (known == revisions_.end() || known->second == message.revision) continue;
        drop(scene.paint.semantics, ordinal);
        keep(scene, room, message);
    }
}

FoundText::Range FoundText::wanted_around(const Range& loaded, std::uint64_t first, std::uint64_t last) {
    const auto middle = (first + last) / 2;
    Range wanted{middle > kWindow / 2 ? middle - kWindow / 2 : 1, 0};
    wanted.first = std::clamp(wanted.first, loaded.first, loaded.end);
    wanted.end = std::min(wanted.first + kWindow, loaded.end);
    return wanted;
}

// Both are within what is loaded.
FoundText::Range FoundText::step_to(const Range& wanted, std::uint64_t in_view) const {
    Range from = kept_;
    const bool apart = from.end <= wanted.first || from.first >= wanted.end;
    if (apart) from = {in_view, in_view};
    Range next;
    next.first = from.first > wanted.first ? std::max(wanted.first, from.first - std::min(from.first, kStep))
                                           : std::min(wanted.first, from.first + 2 * kStep);
    next.end = from.end < wanted.end ? std::min(wanted.end, from.end + kStep)
                                     : std::max(wanted.end, from.end - std::min(from.end, 2 * kStep));
    return next;
}

void FoundText::keep(const Scene& scene, const client::Room& room, const Message& message) {
    revisions_[message.ordinal.value()] = message.revision;
    Node node;
    node.parent = log_node(room.id);
    node.id = article_node(node.parent, message.ordinal);
    node.role = Role::article;
    node.detail = scene.calendar.time(message.time);
    node.name = scene.nick_of(message.author);
    auto text = scene.is_folded(room.id, message)
                    ? lettering::MarkedText{}
                    : marked(scene, message, scene.screen.uncovered.contains({room.id, message.ordinal}));
    node.value = std::move(text.text);
    node.article.order = static_cast<double>(message.ordinal.value());
    node.article.anchor = room.is_thread() ? 0 : message.ordinal.value();
    node.article.spans = std::move(text.spans);
    node.article.blocks = std::move(text.blocks);
    node.article.style = type::kBody;
    scene.paint.semantics.keep_found(node);
}

void FoundText::forget(Semantics& semantics) {
    for (auto ordinal = kept_.first; ordinal < kept_.end; ++ordinal) drop(semantics, ordinal);
    revisions_.clear();
    kept_ = {};
    moving_ = false;
    room_ = {};
}

}  // namespace parley::ui
