// What a panel is given for one frame: the chat to draw, the screen's own state to change, and where to say what is
// wanted.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/chat_state.hpp"
#include "composing/offer.hpp"
#include "ui/emoji_picker.hpp"
#include "ui/intents.hpp"
#include "ui/painter.hpp"
#include "ui/scroll.hpp"

namespace parley::ui {

// Local time in words, as this person's browser writes it.
struct Calendar {
    std::function<std::string(Timestamp)> time;        // "14:05"
    std::function<std::int64_t(Timestamp)> day;        // a number per local day, rising by one
    std::function<std::string(Timestamp)> day_title;   // "Today", "Tuesday, 3 March"
    std::function<Timestamp(std::int64_t)> beginning;  // of such a day
};

// The page around the canvas, as of this frame.
struct Environment {
    Rect window;
    std::int64_t monotonic_ms = 0;
    std::uint64_t chat_version = 0;  // rises with every change of the chat
    bool attended = false;           // visible, and the window has the focus
    bool touch = false;              // fingers, not a mouse
    bool calm = false;               // she wants little motion
    std::string theme_choice;
    bool more_contrast = false;
};

enum class Drawer : std::uint8_t { none, rooms, members };
enum class Dialog : std::uint8_t {
    none,
    create_room,
    direct_message,
    browse_rooms,
    settings,
    help,
    go_to,
    emoji,
    pins,
    jump_to_day,
    tell_many
};

// A message that calls everybody, until it is said whether to send it.
struct Telling {
    RoomId room;
    Ordinal to;         // what it answers, or nothing
    std::string text;   // as it would be sent
    std::string typed;  // as it goes back to the field
};

// What the text in a room's composer will be: a new message, an answer, or a message's new words.
struct Purpose {
    std::optional<Ordinal> answering;
    std::optional<Ordinal> editing;
    std::string put_aside;  // the draft, while she edits
};

// How the text in the composer will look (ui/preview.hpp), and what it was set from.
struct Preview {
    bool wanted = false;
    std::string source;
    float width = 0;
    std::uint32_t edition = 0;
    std::uint64_t names = 0;
    Paragraph paragraph;
    Scroll scroll;
};

// What the person sees beyond the chat itself. Owned by the view.
struct Screen {
    RoomId open;
    Drawer drawer = Drawer::none;
    bool members_wanted = true;
    bool narrow = false;

    std::set<std::pair<RoomId, Ordinal>> uncovered;  // messages whose spoilers she wants to see

    std::map<RoomId, std::string> drafts;
    std::uint32_t composer_version = 1;
    float composer_text_height = 0;
    bool composer_typed = false;  // its text was changed by hand, and its caret not told since
    composing::Word selected;     // in its text, as it was told last
    // Within the draft of now: another room's may be shorter.
    [[nodiscard]] composing::Word selection() {
        const auto size = drafts[open].size();
        return {std::min(selected.begin, size), std::min(selected.end, size)};
    }
    composing::Offer offer;  // for the word at its caret
    std::string composer_complaint;
    std::map<RoomId, Purpose> purposes;
    [[nodiscard]] Purpose& purpose() { return purposes[open]; }
    bool formatting_shown = false;  // on a narrow page its buttons are behind one
    Preview preview;
    std::optional<Ordinal> deleting;  // asked for once; the second time it is done
    std::string note;                 // an answer to a command: nobody else sees it

    std::string forwarding;  // for the draft of where the open dialog leads
    std::string carried;     // the same, on its way

    bool left_unread = false;  // the open room: looking at it does not read it, since it was marked unread meanwhile
    std::optional<Telling> telling;

    EmojiPicking emoji;

    Dialog dialog = Dialog::none;
    std::uint32_t dialog_version = 1;  // rises when one opens: its fields start anew
    std::string dialog_text;
    std::string dialog_error;
    bool dialog_waits = false;  // for the server's answer
    std::size_t dialog_choice = 0;
    Scroll dialog_scroll;

    Scroll rooms_scroll;
    Scroll members_scroll;

    struct Scrollable {
        Rect rect;
        Scroll* scroll;
    };
    std::vector<Scrollable> scrollables;  // of this frame; the last one that holds the pointer scrolls

    void show_dialog(Dialog which) {
        dialog = which;
        ++dialog_version;
        dialog_text.clear();
        dialog_error.clear();
        dialog_waits = false;
        dialog_choice = 0;
        dialog_scroll.reset();
        forwarding.clear();
        carried.clear();
        drawer = Drawer::none;
    }
    [[nodiscard]] bool covers_main() const { return dialog != Dialog::none || drawer != Drawer::none; }
};

struct Scene {
    const Painter& paint;
    const client::ChatState& chat;
    const Calendar& calendar;
    const Environment& around;
    Screen& screen;
    Intents& intents;

    [[nodiscard]] const client::Room* open_room() const { return chat.room(screen.open); }
    // The nick of somebody, or a placeholder while the profile is on its way.
    [[nodiscard]] std::string_view nick_of(UserId person) const {
        const auto* profile = chat.person(person);
        return profile != nullptr ? profile->nick.view() : std::string_view("…");
    }
    // "#general" or "@ana".
    [[nodiscard]] std::string mark_of(const client::Room& room) const {
        return (room.kind == RoomKind::direct ? "@" : "#") + chat.title_of(room);
    }
    // A row of a list, where it stands in this frame: it is scrolled into view when it has the focus.
    void reveal_focused(NodeId id, const Rect& row, const Rect& view, Scroll& scroll) const {
        if (!paint.semantics.has_focus(id)) return;
        const float top = row.y - view.y + scroll.offset();
        scroll.reveal(top, top + row.h, view.h);
    }
    // Also the next row out of view can be reached by key.
    [[nodiscard]] static bool is_near(const Rect& row, const Rect& view) {
        return row.meets(view.inset(0, -2 * row.h));
    }
    template <class Wanted>
    void want(Wanted wanted) const {
        intents.emplace_back(std::move(wanted));
    }
};

}  // namespace parley::ui
