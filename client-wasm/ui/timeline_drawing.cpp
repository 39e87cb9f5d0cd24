// How the conversation looks; where its rows stand is decided in timeline_view.cpp.
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/dialogs.hpp"
#include "ui/marked_paragraph.hpp"
#include "ui/message_tools.hpp"
#include "ui/reactions.hpp"
#include "ui/reply_line.hpp"
#include "ui/room_news.hpp"
#include "ui/room_order.hpp"
#include "ui/thread_line.hpp"
#include "ui/timeline_view.hpp"

namespace parley::ui {

namespace {

constexpr float kJump = 34;
constexpr float kBelowJump = 14;

float day_pill_width(const Scene& scene, Timestamp day) {
    return scene.paint.type.width(scene.calendar.day_title(day), type::kSmallStrong) + 26;
}

void draw_new_line(const Scene& scene, const Rect& strip) {
    const Painter& paint = scene.paint;
    const float middle = strip.y + strip.h / 2;
    const float width = paint.type.width("New", type::kCaptionStrong) + 14;
    const Rect pill{strip.right() - 20 - width, middle - 9, width, 18};
    paint.line({strip.x + 20, middle}, {pill.x, middle}, Colour::pill);
    paint.fill(pill, Colour::pill, 9);
    paint.type.draw_centred(paint.list(), pill, type::kCaptionStrong, paint.theme(Colour::on_pill), "New");
}

void draw_beginning(const Scene& scene, const client::Room& room, float top, const Rect& area) {
    const Painter& paint = scene.paint;
    const bool direct = room.kind == RoomKind::direct;
    const bool group = room.kind == RoomKind::group;
    const Rect tile{area.x + 20, top + 24, 56, 56};
    if (direct) {
        paint.avatar(tile, room.peer, scene.nick_of(room.peer));
    } else {
        paint.fill(tile, Colour::accent_soft, 17);
        paint.icon(icon_of(room), {tile.x + 28, tile.y + 28}, 30, Colour::accent);
    }
    const std::string title = room.is_chat() ? scene.title_of(room) : scene.mark_of(room);
    const bool notes = direct && room.peer == scene.chat.self;
    const std::string_view lead = notes    ? "A place for notes: only you see what is written here."
                                  : direct ? "Only the two of you see what is written here."
                                  : group  ? "Only you few see what is written here."
                                           : "The room begins here. Everyone in it reads what you write.";
    paint.text_cut({area.x + 20, top + 92}, area.w - 40, type::kDisplay, Colour::text, title);
    const auto lines = paint.type.lay_out(lead, type::kBody, area.w - 40);
    paint.paragraph({area.x + 20, top + 124}, Colour::text_soft, lines);
    paint.semantics.declare(node_id(paint.semantics.parent(), "beginning"), Role::text,
                            {area.x + 20, top + 124, area.w - 40, lines.height}, lead);
}

// In the place of what is not there yet.
void draw_note(const Scene& scene, const Rect& strip, TextStyle style, std::string_view words) {
    const Painter& paint = scene.paint;
    paint.type.draw_centred(paint.list(), strip, style, paint.theme(Colour::text_faint), words);
    paint.semantics.declare(node_id(paint.semantics.parent(), "note"), Role::text, strip, words);
}

// Of a room in which nothing was said: what became of it stands below.
void draw_beginning_alone(const Scene& scene, const client::Room& room, const Rect& area) {
    constexpr std::ptrdiff_t kShown = 8;
    std::vector<const RoomEvent*> news;
    for (const auto& event : room.timeline.changes()) news.push_back(&event);
    if (std::ssize(news) > kShown) news.erase(news.begin(), news.end() - kShown);
    const float below = static_cast<float>(news.size()) * TimelineRows::kNews;
    draw_beginning(scene, room, area.bottom() - TimelineView::kIntro - 8 - below, area);
    draw_room_news(scene, room, news, area, area.bottom() - 8 - below, 1e-3);
}

}  // namespace

void TimelineView::draw_head(const Scene& scene, const client::Room& room, const Rect& area) const {
    if (placed_.empty()) {
        if (room.timeline.reaches_first() && room.is_thread())
            return draw_note(scene, area, type::kBody, "Nothing was said about it yet.");
        if (room.timeline.reaches_first()) return draw_beginning_alone(scene, room, area);
        const bool offline = scene.chat.connection != client::ConnectionState::connected;
        return draw_note(scene, area, type::kBody,
                         offline ? "The messages come when the connection is back." : "Fetching the messages…");
    }
    if (placed_.front().index != 0) return;
    const float top = placed_.front().y;
    if (room.timeline.reaches_first() && room.is_thread()) return;
    if (room.timeline.reaches_first()) return draw_beginning(scene, room, top - kIntro, area);
    draw_note(scene, {area.x, top - kLoading, area.w, kLoading}, type::kSmall, "Fetching older messages…");
}

void TimelineView::draw_row(const Scene& scene, const Placed& placed, const Rect& area) {
    const Painter& paint = scene.paint;
    const Row& row = placed.row;
    const auto* room = scene.open_room();
    float y = placed.y;
    const auto ordinal = static_cast<double>(placed.ordinal.value());
    if (row.starts_day) {
        place_separator(scene, row, {area.x, y, area.w, TimelineRows::kDay}, area);
        y += TimelineRows::kDay;
    }
    if (room != nullptr && !row.news_above.empty()) {
        draw_room_news(scene, *room, row.news_above, area, y, ordinal - 0.5);
        y += static_cast<float>(row.news_above.size()) * TimelineRows::kNews;
    }
    if (row.is_first_new) {
        draw_new_line(scene, {area.x, y, area.w, TimelineRows::kNewLine});
        y += TimelineRows::kNewLine;
    }
    const float below = static_cast<float>(row.news_below.size()) * TimelineRows::kNews;
    if (room != nullptr && below > 0)
        draw_room_news(scene, *room, row.news_below, area, placed.y + row.height - below, ordinal + 0.5);
    const Rect body_row{area.x, y, area.w, placed.y + row.height - below - y};
    const Rect hover_row{area.x, row.has_header ? y + 5 : y, area.w, row.has_header ? body_row.h - 5 : body_row.h};
    const NodeId article = node_of(scene, placed);
    // The bar of a message may reach over its edges: the pointer on it is still on the message.
    const ImVec2 pointer = ImGui::GetMousePos();
    const bool in_view =
        ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) && area.contains(pointer);
    const bool hovered =
        in_view && (tools_.rect.contains(pointer) ? tools_.article == article : hover_row.contains(pointer));
    if (hovered && row.message != nullptr && ImGui::GetIO().KeyAlt && ImGui::IsMouseClicked(ImGuiMouseButton_Left))
        scene.want(intent::MarkUnread{scene.screen.open, row.message->ordinal});
    if (row.mentions_reader) draw_mention_mark(paint, hover_row);
    if (hovered) paint.fill(hover_row, Colour::row_hover);
    RowParts parts;
    parts.row = body_row;
    parts.when = row.pending == nullptr ? scene.calendar.time(row.time)
                 : !row.failed()        ? "Sending…"
                 : row.is_edit          ? "Not edited"
                                        : "Not sent";
    if (row.has_header) draw_row_header(scene, row, y, area, parts);
    const float reply_y = y + (row.has_header ? TimelineRows::kHeader : TimelineRows::kContinued);
    const float text_y = reply_y + row.reply_height;
    if (!row.has_header && hovered) {
        const float width = std::ceil(paint.type.width(parts.when, {11, 22}));
        parts.time = {area.x + TimelineRows::kGutter - 10 - width, text_y, width, 22};
        paint.text(parts.time.min(), {11, 22}, Colour::text_faint, parts.when);
    }
    const Colour ink = row.failed() ? Colour::danger : row.pending != nullptr ? Colour::text_faint : Colour::text;
    parts.body = {area.x + TimelineRows::kGutter, text_y, std::floor(TimelineRows::text_width(scene, area.w)), 0};
    if (!row.folded) draw_marked(paint, parts.body.min(), ink, *row.paragraph, body_row, parts.body.w);
    declare_row(scene, placed, parts);
    const bool focused = paint.semantics.has_focus_within(article);
    const bool has_tools = row.message != nullptr && !row.message->deleted && !row.folded && (hovered || focused);
    if (has_tools && (next_tools_.article == 0 || (focus_leads_ ? focused : hovered)))
        next_tools_ = {article, message_tools_rect(scene, row, hover_row, above_jump(scene, area)), row};
    const Group within(paint.semantics, article, focused ? Need::control : Need::part);
    const float x = parts.body.x;
    if (row.has_header) draw_author(scene, row, parts);
    if (row.folded) draw_folded(scene, row, {x, text_y});
    if (row.reply_height > 0) draw_reply(scene, row, {x, reply_y, parts.body.w, row.reply_height});
    if (row.reactions_height > 0)
        draw_reactions(scene, *row.message, {x, text_y + row.paragraph->height, parts.body.w, row.reactions_height});
    if (row.thread_height > 0)
        draw_thread_line(
            scene, *row.message,
            {x, body_row.bottom() - TimelineRows::kBelow - row.thread_height, parts.body.w, row.thread_height});
    if (row.failed()) draw_failed(scene, row, text_y + row.paragraph->height, area);
    drew_message_ = true;
}

void TimelineView::place_separator(const Scene& scene, const Row& row, const Rect& strip, const Rect& area) {
    const Painter& paint = scene.paint;
    const float width = day_pill_width(scene, row.time);
    const float middle = strip.y + strip.h / 2;
    const Rect pill{strip.x + (strip.w - width) / 2, middle - 13, width, 26};
    paint.line({strip.x + 20, middle}, {pill.x - 6, middle}, Colour::line);
    paint.line({pill.right() + 6, middle}, {strip.right() - 20, middle}, Colour::line);
    if (pill.bottom() > area.y && pill.y < area.bottom()) days_.push_back({pill, row.time, false});
}

NodeId TimelineView::node_of(const Scene& scene, const Placed& placed) {
    const NodeId log = scene.paint.semantics.parent();
    if (placed.row.message != nullptr) return article_node(log, placed.ordinal);
    const OpId op = placed.row.pending->op;
    return node_id(node_id(log, op.outbox.value()), op.number);
}

// The day of what is read, at the top, until the line of that day or the next one comes there.
void TimelineView::place_day(const Scene& scene, const Rect& area) {
    if (placed_.empty() || placed_.front().y >= area.y) return;
    const Timestamp day = placed_.front().row.time;
    const float width = day_pill_width(scene, day);
    Rect pill{scene.paint.type.snap(area.x + (area.w - width) / 2), area.y + 9, width, 26};
    for (const Placed& placed : placed_) {
        const float line = placed.y + (TimelineRows::kDay - pill.h) / 2;
        if (!placed.row.starts_day || line > pill.bottom() + 4) continue;
        if (&placed == &placed_.front() && line > area.y - pill.h) return;
        if (&placed != &placed_.front()) pill.y = std::min(pill.y, line - pill.h - 4);
    }
    days_.push_back({pill, day, true});
}

// Beside the log, which holds messages alone: the names of days, each the way to another day.
void TimelineView::draw_days(const Scene& scene, const Rect& area) {
    const Painter& paint = scene.paint;
    const Group rows(paint.semantics, paint.semantics.parent(), Need::row);
    ImGui::PushClipRect(area.min(), area.max(), true);
    for (const Day& each : std::exchange(days_, {})) {
        const Rect& pill = each.pill;
        const std::string words = scene.calendar.day_title(each.time);
        const std::string name = words + ": jump to a day";
        const Control what{.name = name, .value = words, .detail = "Jump to a day", .radius = pill.h / 2, .ring = pill};
        const auto look = [&](const Hit& hit) {
            paint.fill(pill, hit.hovered ? Colour::hover : each.floats ? Colour::raised : Colour::ground, pill.h / 2);
            paint.outline(pill, Colour::line, pill.h / 2);
            paint.type.draw_centred(paint.list(), pill, type::kSmallStrong, paint.theme(Colour::text_soft), words);
        };
        const NodeId days = node_id(paint.semantics.parent(), each.floats ? "day in view" : "days");
        const NodeId id = each.floats ? days : node_id(days, static_cast<std::uint64_t>(scene.calendar.day(each.time)));
        if (paint.control(id, paint.finger(pill), what, look)) open_jump_to_day(scene, each.time);
    }
    ImGui::PopClipRect();
}

// A pointer that rests on one message does not keep the bar from another that is gone to by keys.
void TimelineView::notice_what_leads(const Scene& scene) {
    const auto moved = ImGui::GetIO().MouseDelta;
    const NodeId focused = scene.paint.semantics.focused();
    const bool focus_moved = std::exchange(led_by_, focused) != focused && focused != 0;
    if (focus_moved) focus_leads_ = true;
    if (moved.x != 0 || moved.y != 0) focus_leads_ = false;
}

// Above all rows.
void TimelineView::draw_tools(const Scene& scene) {
    tools_ = std::exchange(next_tools_, {});
    keep_deleting(scene, tools_.article != 0 ? tools_.row.message : nullptr);
    if (tools_.article == 0) return;
    const Group within(scene.paint.semantics, tools_.article, Need::control);
    draw_message_tools(scene, tools_.row, tools_.rect);
}

void TimelineView::declare_row(const Scene& scene, const Placed& placed, const RowParts& parts) {
    const Row& row = placed.row;
    auto& semantics = scene.paint.semantics;
    // What waits to be sent stands below every message there is.
    constexpr double kAfterAll = 9e15;
    const bool is_message = row.message != nullptr;
    const NodeId id = node_of(scene, placed);
    Node& node = semantics.declare(id, Role::article, parts.row, scene.nick_of(row.author));
    node.detail = parts.when;
    node.value = row.paragraph->text;
    auto& article = node.article;
    article.order = is_message ? static_cast<double>(row.message->ordinal.value())
                               : kAfterAll + static_cast<double>(placed.index - rows_.message_count());
    article.anchor = is_message && !is_thread_ ? row.message->ordinal.value() : 0;
    article.moment = is_message ? row.message->time.milliseconds : 0;
    article.position = is_message ? row.message->ordinal.value() : 0;
    article.body = parts.body;
    article.author = parts.author;
    article.time = parts.time;
    article.spans = row.paragraph->spans;
    article.blocks = row.paragraph->blocks;
    article.style = row.paragraph->style;
    scene.paint.ring_if_focused(id, parts.row.inset(4, 1), space::kRadius);
}

void TimelineView::draw_row_header(const Scene& scene, const Row& row, float y, const Rect& area,
                                   RowParts& parts) const {
    const Painter& paint = scene.paint;
    const std::string_view nick = scene.nick_of(row.author);
    parts.avatar = {area.x + 20, y + 12, space::kAvatar, space::kAvatar};
    paint.avatar(parts.avatar, row.author, nick);
    const float x = area.x + TimelineRows::kGutter;
    const float width =
        paint.text_cut({x, y + 10}, area.w - TimelineRows::kGutter - 120, type::kStrong, Colour::text, nick);
    const TextStyle small{12, 18};
    const float time_width =
        paint.text({x + width + 8, y + 13}, small, row.failed() ? Colour::danger : Colour::text_faint, parts.when);
    parts.author = {x, y + 10, std::ceil(width), 22};
    parts.time = {x + width + 8, y + 13, std::ceil(time_width), 18};
}

// Her picture, and her name beside it, lead to her card.
void TimelineView::draw_author(const Scene& scene, const Row& row, const RowParts& parts) {
    const Painter& paint = scene.paint;
    const std::string name = "Profile of " + std::string(scene.nick_of(row.author));
    const Control what{.name = name, .value = kNoText, .detail = name, .radius = space::kAvatar * 0.3f};
    const NodeId id = node_id(paint.semantics.parent(), "author");
    bool used = paint.control(id, paint.finger(parts.avatar), what, [](const Hit&) {});
    used = paint.pointer(node_id(id, "name"), parts.author).used || used;
    if (used) scene.show_person(row.author);
}

void TimelineView::draw_folded(const Scene& scene, const Row& row, ImVec2 at) {
    const Painter& paint = scene.paint;
    const auto* room = scene.open_room();
    const Rect button{at.x, at.y, paint.button_width("Blocked: show"), paint.target(TimelineRows::kFolded)};
    if (room != nullptr && paint.button("unfold", button, "Blocked: show", ButtonKind::quiet))
        scene.screen.unfolded.insert({room->id, row.message->ordinal});
}

void TimelineView::draw_failed(const Scene& scene, const Row& row, float y, const Rect& area) const {
    const Painter& paint = scene.paint;
    const float x = area.x + TimelineRows::kGutter;
    paint.paragraph({x, y + 6}, Colour::danger, row.why);
    paint.semantics.declare(node_id(paint.semantics.parent(), "why"), Role::text,
                            {x, y + 6, std::min(row.why_width, area.right() - x), row.why.height}, row.why.text);
    const ImVec2 at = row.buttons_below ? ImVec2{x, y + 8 + row.why.height} : ImVec2{x + row.why_width + 12, y + 2};
    const Rect retry{at.x, at.y, 62, 26};
    const Rect remove{retry.right() + 8, at.y, 68, 26};
    if (paint.button("retry", retry, "Retry", ButtonKind::quiet)) scene.want(intent::Retry{row.pending->op});
    if (paint.button("delete", remove, "Delete", ButtonKind::danger)) scene.want(intent::Discard{row.pending->op});
}

// Where the bar of a message may stand: on a narrow page it is as wide as the log, and would lie over the button.
Rect TimelineView::above_jump(const Scene& scene, Rect area) const {
    if (!pinned_ && scene.screen.narrow) area.h -= scene.paint.target(kJump) + kBelowJump;
    return area;
}

void TimelineView::draw_jump(const Scene& scene, const client::Room& room, const Rect& area) {
    if (pinned_ || placed_.empty()) return;
    const Painter& paint = scene.paint;
    const std::string label = room.unread == 0
                                  ? "Jump to latest"
                                  : std::to_string(room.unread) + (room.unread == 1 ? " new message" : " new messages");
    const float width = paint.type.width(label, type::kSmallStrong) + 50;
    const float height = paint.target(kJump);
    const Rect pill{area.x + (area.w - width) / 2, area.bottom() - height - kBelowJump, width, height};
    const NodeId id = node_id(paint.semantics.parent(), "jump");
    const float round = height / 2;
    const bool used = paint.control(id, pill, {.name = label, .radius = round}, [&](const Hit& hit) {
        paint.soft_shadow(pill, round);
        paint.fill(pill, hit.hovered ? Colour::accent_strong : Colour::accent, round);
        paint.text({pill.x + 16, pill.y + (height - 18) / 2}, type::kSmallStrong, Colour::on_accent, label);
        paint.icon(Icon::arrow_down, {pill.right() - 20, pill.y + height / 2}, 15, Colour::on_accent);
    });
    if (!used) return;
    scene.screen.left_unread.erase(room.id);
    jump_to_latest();
}

void TimelineView::draw_scrollbar(const Scene& scene, const client::Room& room, const Rect& area) {
    const auto last = static_cast<float>(room.last_ordinal.value());
    if (placed_.empty() || last < 2) return;
    const auto* first_seen = placed_.front().row.message;
    const auto in_view = static_cast<float>(placed_.size());
    if (in_view >= last && placed_.front().y >= area.y) return;
    const float first = first_seen != nullptr ? static_cast<float>(first_seen->ordinal.value()) : last;
    const float length = std::clamp(area.h * in_view / last, 36.0f, area.h);
    const float part = pinned_ ? 1.0f : std::clamp((first - 1) / std::max(1.0f, last - in_view), 0.0f, 1.0f);
    const Rect track{area.right() - 12, area.y, 12, area.h};
    const Hit hit = scene.paint.pointer(node_id(log_node(room.id), "scrollbar"), track);
    if (hit.held)
        drag_to(
            scene, room,
            std::clamp((ImGui::GetMousePos().y - area.y - length / 2) / std::max(1.0f, area.h - length), 0.0f, 1.0f));
    const bool wide = hit.hovered || hit.held;
    const Rect thumb{area.right() - (wide ? 10.0f : 7.0f), area.y + 2 + part * (area.h - length - 4),
                     wide ? 8.0f : 5.0f, length};
    scene.paint.fill(thumb, wide ? Colour::offline : Colour::line_strong, thumb.w / 2);
}

// The bar's length is the room's Ordinals: any place can be taken, loaded or not.
void TimelineView::drag_to(const Scene& scene, const client::Room& room, float part) {
    scroll_.stop();
    if (part >= 0.999f) return jump_to_latest();
    const auto ordinal =
        Ordinal(1 + static_cast<std::uint64_t>(part * static_cast<float>(room.last_ordinal.value() - 1)));
    pinned_ = false;
    if (rows_.find(ordinal)) {
        anchor_ = ordinal;
        anchor_offset_ = 0;
        wanted_.reset();
        return;
    }
    if (room.timeline.loading_newer() || room.timeline.loading_older()) return;
    want(scene, room, ordinal);
}

}  // namespace parley::ui
