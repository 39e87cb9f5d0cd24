#include "ui/room_list.hpp"

#include "text/names.hpp"
#include "ui/connection_bar.hpp"
#include "ui/dialogs.hpp"
#include "ui/presence.hpp"
#include "ui/reply_line.hpp"
#include "ui/room_order.hpp"

namespace parley::ui {

namespace {

constexpr float kRow = 34;  // 44 for fingers
constexpr float kLabelRow = 40;
constexpr std::size_t kRowsAlwaysInMirror = 50;
constexpr std::size_t kThreadsListed = 5;  // with something new; all of them are in a dialog

using Rooms = std::vector<const client::Room*>;

Presence presence_of_peer(const client::Room& room) {
    const auto peer = room.members.find(room.peer);
    return peer != room.members.end() ? peer->second : Presence::offline;
}

bool is_shown(const Scene& scene, RoomId room) {
    return scene.screen.open == room || (scene.screen.both_shown && scene.screen.beside == room);
}

void draw_brand(const Scene& scene, const Rect& row) {
    const Painter& paint = scene.paint;
    const Rect mark{row.x + 16, row.y + 14, 28, 28};
    paint.fill(mark, Colour::accent, 8);
    draw_logo(paint.list(), {mark.x + 14, mark.y + 14}, 28, paint.theme(Colour::on_accent),
              paint.theme(Colour::accent));
    paint.text({mark.right() + 10, row.y + 16}, type::kTitle, Colour::text, "Parley");
    const Rect find = paint.finger({row.right() - (scene.screen.narrow ? 92.0f : 46.0f), row.y + 11, 34, 34});
    const Control what{.name = "Go to a room or a person",
                       .value = kNoText,
                       .detail = "Go to a room or a person (Ctrl+K)",
                       .keys = "Control+K"};
    const bool finds = paint.control(node_id(paint.semantics.parent(), "go to"), find, what, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(find, Colour::hover, space::kRadius);
        paint.icon(Icon::search, {find.x + find.w / 2, find.y + find.h / 2}, 19, Colour::text_soft);
    });
    if (finds) scene.screen.show_dialog(Dialog::go_to);
    if (scene.screen.narrow && paint.icon_button("close rooms", paint.finger({row.right() - 46, row.y + 11, 34, 34}),
                                                 Icon::close, "Close the room list"))
        scene.screen.drawer = Drawer::none;
}

struct LabelButton {
    Icon icon;
    std::string_view name;
    Dialog dialog;
};

void draw_label(const Scene& scene, const Rect& row, std::string_view words,
                std::initializer_list<LabelButton> buttons) {
    const Painter& paint = scene.paint;
    const Rect head{row.x + 16, row.y + (row.h - 18) / 2 + 3, paint.type.width(words, type::kSmallStrong), 18};
    paint.text(head.min(), type::kSmallStrong, Colour::text_faint, words);
    const NodeId id = node_id(node_id(paint.semantics.parent(), "section"), words);
    paint.semantics.declare(id, Role::heading, head, words);
    float right = row.right() - 8;
    for (const auto& button : buttons) {
        const float side = paint.target(30);
        right -= side;
        if (!paint.icon_button(button.name, {right, row.y + (row.h - side) / 2 + 3, side, side}, button.icon,
                               button.name))
            continue;
        scene.screen.show_dialog(button.dialog);
        if (button.dialog == Dialog::browse_rooms) scene.want(intent::ListRooms{});
    }
}

void draw_read_all(const Scene& scene, const Rect& row) {
    const Painter& paint = scene.paint;
    const float side = paint.target(30);
    const Rect rect{row.right() - 8 - 3 * side, row.y + (row.h - side) / 2 + 3, side, side};
    const Control what{
        .name = "Mark all read", .value = kNoText, .detail = "Mark all read (Shift+Esc)", .keys = "Shift+Escape"};
    const bool used = paint.control(node_id(paint.semantics.parent(), "read all"), rect, what, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(rect, Colour::hover, space::kRadius);
        paint.icon(Icon::check, {rect.x + rect.w / 2, rect.y + rect.h / 2}, 18, Colour::text_soft);
    });
    if (used) mark_all_read(scene.chat, scene.intents);
}

// What it is about, as far as that is known.
std::string thread_title(const Scene& scene, const client::Room& thread) {
    const auto* around = scene.chat.room(thread.root.room);
    const auto* root = around != nullptr ? around->message(thread.root.ordinal) : nullptr;
    if (root != nullptr) return excerpt_of(scene, thread.root.room, *root);
    if (around != nullptr) scene.want(intent::LoadMessage{thread.root.room, thread.root.ordinal});
    return scene.title_of(thread);
}

// "#general", "#general, 3 unread"
std::string link_name(const Scene& scene, const client::Room& room) {
    std::string name = room.is_thread() ? "Thread: " + thread_title(scene, room) : scene.mark_of(room);
    if (room.unread != 0) name += ", " + std::to_string(room.unread) + " unread";
    if (room.kind == RoomKind::channel && room.mentions != 0)
        name += ", " + std::to_string(room.mentions) + (room.mentions == 1 ? " mention" : " mentions");
    return name;
}

// Words of hers that are not sent; those of a room that is shown are seen in its field.
bool has_draft(const Scene& scene, RoomId room) {
    const Screen& screen = scene.screen;
    const auto draft = screen.drafts.find(room);
    const bool is_there = draft != screen.drafts.end() && !text::is_blank(draft->second);
    return is_there && !is_shown(scene, room) && scene.chat.may_post(*scene.chat.room(room));
}

// What stands beside the name in pictures: "Online, draft". The name itself stays short, and the same for who looks for
// it by that.
std::string link_hint(const Scene& scene, const client::Room& room) {
    const bool is_known = room.kind == RoomKind::direct && room.members_loaded;
    std::string hint(is_known ? word_of(presence_of_peer(room)) : std::string_view());
    if (!has_draft(scene, room.id)) return hint;
    return hint.empty() ? "Draft" : hint + ", draft";
}

std::string address_of(const Scene& scene, const client::Room& room) {
    if (room.is_thread()) {
        const auto& around = scene.chat.ruler_of(room);
        return around.is_thread() ? std::string("/")
                                  : address_of(scene, around) + "/thread/" + std::to_string(room.root.ordinal.value());
    }
    if (room.kind == RoomKind::direct) return "/d/" + scene.chat.title_of(room);
    return "/r/" + std::to_string(room.id.value()) + "/" + (room.is_chat() ? "chat" : room.name.str());
}

void draw_mark(const Scene& scene, const client::Room& room, const Rect& row, Colour ink) {
    const float middle = row.y + row.h / 2;
    if (room.kind != RoomKind::direct) return scene.paint.icon(icon_of(room), {row.x + 20, middle}, 17, ink);
    scene.paint.avatar({row.x + 9, middle - 11, 22, 22}, room.peer, scene.nick_of(room.peer));
    scene.paint.presence_dot({row.x + 30, middle + 10}, presence_of_peer(room), Colour::panel);
}

void paint_room(const Scene& scene, const client::Room& room, const Rect& row, bool lit) {
    const Painter& paint = scene.paint;
    const bool current = is_shown(scene, room.id);
    const bool is_being_read = current && !scene.screen.left_unread.contains(room.id);
    const bool unread = room.unread != 0 && !is_being_read;
    if (current || lit) paint.fill(row, current ? Colour::selected : Colour::hover, space::kRadius);
    const Colour ink = current ? Colour::accent_strong : unread ? Colour::text : Colour::text_soft;
    draw_mark(scene, room, row, ink);
    float right = row.right() - 10;
    const auto count = room.said_to_her();
    if (count != 0 && !is_being_read) right -= paint.count_pill(right, row.y + row.h / 2, count, true) + 6;
    if (has_draft(scene, room.id)) {
        paint.icon(Icon::pencil, {right - 7, row.y + row.h / 2}, 14, Colour::text_faint);
        right -= 20;
    }
    const std::string title = room.is_thread() ? thread_title(scene, room) : scene.title_of(room);
    paint.text_cut({row.x + 40, row.y + (row.h - 22) / 2}, right - row.x - 40,
                   unread || current ? type::kStrong : type::kBody, ink, title);
}

void draw_room(const Scene& scene, const client::Room& room, const Rect& row) {
    const Painter& paint = scene.paint;
    const bool current = is_shown(scene, room.id);
    const std::string name = link_name(scene, room);
    const std::string address = address_of(scene, room);
    const std::string hint = link_hint(scene, room);
    const Control what{.role = Role::link,
                       .name = name,
                       .detail = address,
                       .hint = hint,
                       .state = current ? std::uint16_t{kCurrent} : std::uint16_t{0},
                       .ring = row.inset(2, 2)};
    const NodeId id = node_id(paint.semantics.parent(), room.id.value());
    if (paint.control(id, row, what, [&](const Hit& hit) { paint_room(scene, room, row, hit.hovered); }))
        scene.want(intent::OpenRoom{room.id});
    if (room.kind == RoomKind::direct && !room.members_loaded) scene.want(intent::ListMembers{room.id});
}

float draw_rooms(const Scene& scene, const Rooms& rooms, const Rect& view, float y) {
    std::size_t index = 0;
    for (const auto* room : rooms) {
        const Rect row{view.x + 8, y, view.w - 16, scene.paint.target(kRow)};
        y += row.h + space::kHair;
        const NodeId id = node_id(scene.paint.semantics.parent(), room->id.value());
        scene.reveal_focused(id, row, view, scene.screen.rooms_scroll);
        if (Scene::is_near(row, view) || index < kRowsAlwaysInMirror) draw_room(scene, *room, row);
        ++index;
    }
    return y;
}

// Asked for by its row; what is archived is still read.
float draw_archived(const Scene& scene, const Rooms& rooms, const Rect& view, float y) {
    if (rooms.empty()) return y;
    Screen& screen = scene.screen;
    const Painter& paint = scene.paint;
    const Rect row{view.x + 8, y + 8, view.w - 16, paint.target(kRow)};
    const std::string words = "Archived — " + std::to_string(rooms.size());
    const auto state = screen.archived_shown ? std::uint16_t{kExpanded} : std::uint16_t{kCollapsed};
    const NodeId id = node_id(paint.semantics.parent(), "archived");
    const bool used = paint.control(id, row, {.name = words, .state = state}, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(row, Colour::hover, space::kRadius);
        paint.text_cut({row.x + 8, row.y + (row.h - 18) / 2}, row.w - 16, type::kSmallStrong, Colour::text_faint,
                       words);
    });
    scene.reveal_focused(id, row, view, screen.rooms_scroll);
    if (used) screen.archived_shown = !screen.archived_shown;
    y = row.bottom() + space::kHair;
    return screen.archived_shown ? draw_rooms(scene, rooms, view, y) : y;
}

void draw_lists(const Scene& scene, const Rect& view) {
    Screen& screen = scene.screen;
    const Rooms favourites = rooms_in(scene.chat, RoomSection::favourites);
    const Rooms channels = rooms_in(scene.chat, RoomSection::channels);
    const Rooms chats = rooms_in(scene.chat, RoomSection::chats);
    const Rooms archived = rooms_in(scene.chat, RoomSection::archived);
    Rooms threads = threads_followed(scene.chat, false);
    const bool has_threads = !threads_followed(scene.chat, true).empty();
    for (const auto* thread : threads) std::ignore = thread_title(scene, *thread);  // asks for what it is about
    if (threads.size() > kThreadsListed) threads.resize(kThreadsListed);
    const float row = scene.paint.target(kRow) + space::kHair;
    const float label = scene.paint.target(kLabelRow);
    const auto count = static_cast<float>(favourites.size() + channels.size() + chats.size() + threads.size() +
                                          (screen.archived_shown ? archived.size() : 0));
    const float content = count * row + 2 * label + 12 + (chats.empty() ? 28 : 0) + (channels.empty() ? 28 : 0) +
                          (favourites.empty() ? 0 : label + 12) + (has_threads ? label + 12 : 0) +
                          (archived.empty() ? 0 : row + 8);
    screen.scrollables.push_back({view, &screen.rooms_scroll});
    screen.rooms_scroll.advance(ImGui::GetIO().DeltaTime, content, view.h);

    ImGui::PushClipRect(view.min(), view.max(), true);
    float y = view.y - screen.rooms_scroll.offset();
    if (!favourites.empty()) {
        draw_label(scene, {view.x, y, view.w, label}, "Favourites", {});
        y = draw_rooms(scene, favourites, view, y + label) + 12;
    }
    if (has_threads) {
        draw_label(scene, {view.x, y, view.w, label}, "Threads",
                   {{Icon::message, "Threads you follow", Dialog::threads}});
        y = draw_rooms(scene, threads, view, y + label) + 12;
    }
    draw_label(
        scene, {view.x, y, view.w, label}, "Rooms",
        {{Icon::plus, "Create room", Dialog::create_room}, {Icon::compass, "Browse rooms", Dialog::browse_rooms}});
    if (scene.chat.unread_in_all() != 0) draw_read_all(scene, {view.x, y, view.w, label});
    y = draw_rooms(scene, channels, view, y + label);
    if (channels.empty())
        scene.paint.text({view.x + 16, y + 2}, type::kSmall, Colour::text_faint,
                         favourites.empty() ? "You are in no room yet." : "The others are above."),
            y += 28;
    y += 12;
    draw_label(scene, {view.x, y, view.w, label}, "Direct messages",
               {{Icon::pencil, "New direct message", Dialog::direct_message}});
    y = draw_rooms(scene, chats, view, y + label);
    if (chats.empty())
        scene.paint.text({view.x + 16, y + 2}, type::kSmall, Colour::text_faint, "Write to one person, or a few."),
            y += 28;
    draw_archived(scene, archived, view, y);
    ImGui::PopClipRect();
}

std::string_view words_under_self(const Scene& scene) {
    const auto status = status_of(scene, scene.chat.self);
    if (scene.chat.connection != client::ConnectionState::connected) return connection_words(scene.chat);
    if (!status.empty()) return status;
    if (scene.chat.availability != Availability::automatic) return word_of(scene.chat.availability);
    return connection_words(scene.chat);
}

void draw_self(const Scene& scene, const Rect& row) {
    const Painter& paint = scene.paint;
    paint.line({row.x, row.y}, {row.right(), row.y}, Colour::line);
    const Rect area{row.x + 6, row.y + 4, row.w - 60, row.h - 8};
    const Rect avatar{row.x + 12, row.y + 12, 36, 36};
    const bool connected = scene.chat.connection == client::ConnectionState::connected;
    const auto words = words_under_self(scene);
    const Control what{.name = "Your status", .value = kNoText, .detail = "Your status", .ring = area.inset(2, 2)};
    const bool used = paint.control(node_id(paint.semantics.parent(), "self"), area, what, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(area, Colour::hover, space::kRadius);
        paint.avatar(avatar, scene.chat.self, scene.nick_of(scene.chat.self));
        paint.presence_dot({avatar.right() - 2, avatar.bottom() - 2}, shown_as(scene.chat), Colour::panel);
        const float width = row.w - 110;
        paint.text_cut({avatar.right() + 10, row.y + 10}, width, type::kStrong, Colour::text,
                       scene.nick_of(scene.chat.self));
        paint.text_cut({avatar.right() + 10, row.y + 31}, width, type::kSmall,
                       connected ? Colour::text_faint : Colour::warning, words);
    });
    if (used) show_own_status(scene);
    if (paint.icon_button("Settings", paint.finger({row.right() - 46, row.y + 13, 34, 34}), Icon::gear, "Settings")) {
        scene.screen.show_dialog(Dialog::settings);
        scene.screen.dialog_text = scene.nick_of(scene.chat.self);
    }
}

}  // namespace

NodeId rooms_close_button() {
    return node_id(node_id(0, "rooms"), "close rooms");
}

void mark_all_read(const client::ChatState& chat, Intents& intents) {
    for (const auto& [id, room] : chat.rooms)
        if (room.unread != 0) intents.add(intent::MarkRead{id, room.last_ordinal});
}

void draw_room_list(const Scene& scene, Rect column) {
    const Painter& paint = scene.paint;
    paint.fill(column, Colour::panel);
    paint.line({column.right() - 1, column.y}, {column.right() - 1, column.bottom()}, Colour::line);
    const NodeId nav = node_id(0, "rooms");
    const Group rooms = paint.semantics.group(nav, Role::navigation, column, "Rooms");
    column.w -= 1;
    if (column.h >= space::kLowest || scene.screen.narrow) draw_brand(scene, column.take_top(space::kHeader));
    draw_self(scene, column.take_bottom(60));
    draw_lists(scene, column);
}

}  // namespace parley::ui
