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
#include "ui/unfinished.hpp"

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
    Timestamp time = {};  // by the server's clock
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
    room,
    invite,
    posters,
    person,
    status,
    jump_to_day,
    tell_many,
    threads
};

// The dialog that something was asked for in: each that opens is another one, also of the same kind.
enum class Asker : std::uint32_t { nobody = 0 };

// What a composer held.
struct Typed {
    RoomId room;
    Ordinal to;  // what it answers, or nothing
    std::string text;
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
    std::string put_aside;                  // the draft, while she edits
    std::optional<Ordinal> kept_answering;  // the same, as they were kept on this device last
    std::optional<Ordinal> kept_editing;
    std::string edited_from;     // the words that she began to edit
    bool is_of_deleted = false;  // what she writes was an edit: it is not said to everybody without asking
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

// What is typed of a room's topic and name.
struct RoomForm {
    std::string topic;
    std::string name;
};

// What the person sees beyond the chat itself. Owned by the view.
struct Screen {
    RoomId open;    // where she writes
    RoomId beside;  // shown too: the thread that is open while she writes in its room, or that room while she writes
                    // in the thread
    bool both_shown = false;  // there is place for both
    Drawer drawer = Drawer::none;
    bool members_wanted = true;
    bool narrow = false;
    bool low = false;  // little height: a small window, or a phone on its side with the keyboard up

    std::set<std::pair<RoomId, Ordinal>> uncovered;  // messages whose spoilers she wants to see
    std::set<std::pair<RoomId, Ordinal>> unfolded;   // of people she has blocked: those she wants to see
    UserId person;                                   // whose card is open
    std::uint32_t status_minutes = 0;                // for how long the status that is being written is to stand
    std::optional<std::int64_t> changes_at;          // when a label of this frame changes by time alone

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
    std::uint32_t purposes_given = 0;        // rises when something is to be answered or edited, also the same again
    void keep_unfinished(Intents& wishes) {  // of the open room
        Purpose& now = purpose();
        now.kept_answering = now.answering;
        now.kept_editing = now.editing;
        wishes.add(intent::KeepDraft{open, unfinished(open).to_string()});
    }
    [[nodiscard]] Unfinished unfinished(RoomId room) const;  // with what waits to be told to many
    bool formatting_shown = false;                           // on a narrow page its buttons are behind one
    Preview preview;
    std::optional<std::pair<RoomId, Ordinal>> deleting;  // asked for once; the second time it is done
    std::string note;                                    // an answer to a command: nobody else sees it

    std::string forwarding;  // for the draft of where the open dialog leads
    std::string carried;     // the same, on its way

    std::set<RoomId>
        left_unread;  // of those shown: looking does not read them, since they were marked unread meanwhile
    std::optional<Telling> telling;

    EmojiPicking emoji;

    Dialog dialog = Dialog::none;
    RoomId dialog_room;                // that was open when it opened: another one may open under it
    Asker dialog_shown{};              // which of all that were open, the last one
    std::uint32_t dialog_version = 1;  // rises when one opens: its fields start anew
    std::string dialog_text;
    std::string dialog_error;
    bool dialog_waits = false;  // for the server's answer
    std::size_t dialog_choice = 0;
    Scroll dialog_scroll;
    Scroll card_scroll;        // of the dialog as a whole, where the window is too low for it
    NodeId card_revealed = 0;  // what had the focus when it was scrolled into view last
    // Where one has several parts: which of them asked, and what that says when it is done.
    std::string dialog_part;
    std::string dialog_will_say;
    std::string dialog_says;
    bool dialog_switch = false;         // create room: by invitation; room: really close it for good
    RoomForm room_form;                 // of the room dialog
    std::vector<UserId> people_picked;  // of a new chat
    bool archived_shown = false;        // in the room list

    Scroll rooms_scroll;
    Scroll members_scroll;

    struct Scrollable {
        Rect rect;
        Scroll* scroll;
    };
    std::vector<Scrollable> scrollables;  // of this frame; the last one that holds the pointer scrolls

    void show_dialog(Dialog which) { show_dialog(which, open); }
    void show_dialog(Dialog which, RoomId room) {
        dialog = which;
        dialog_room = room;
        dialog_shown = Asker{static_cast<std::uint32_t>(dialog_shown) + 1};
        ++dialog_version;
        dialog_text.clear();
        dialog_error.clear();
        dialog_waits = false;
        dialog_choice = 0;
        dialog_scroll.reset();
        card_scroll.reset();
        card_revealed = 0;
        dialog_part.clear();
        dialog_will_say.clear();
        dialog_says.clear();
        dialog_switch = false;
        people_picked.clear();
        forwarding.clear();
        carried.clear();
        drawer = Drawer::none;
    }
    [[nodiscard]] bool covers_main() const { return dialog != Dialog::none || drawer != Drawer::none; }
};

// "#general", "@ana", "@ana, bo" or "thread in #general".
[[nodiscard]] std::string mark_of(const client::ChatState& chat, const client::Room& room);

struct Scene {
    const Painter& paint;
    const client::ChatState& chat;
    const Calendar& calendar;
    const Environment& around;
    Screen& screen;
    Intents& intents;
    bool writes_here = true;  // false: drawn beside where she writes

    [[nodiscard]] const client::Room* open_room() const { return chat.room(screen.open); }
    [[nodiscard]] const client::Room* dialog_room() const { return chat.room(screen.dialog_room); }
    // The nick of somebody, or a placeholder while the profile is on its way.
    [[nodiscard]] std::string_view nick_of(UserId person) const {
        const auto* profile = chat.person(person);
        return profile != nullptr ? profile->nick.view() : std::string_view("…");
    }
    // Folded away until she wants to see it: whoever wrote it is blocked.
    [[nodiscard]] bool is_folded(RoomId room, const Message& message) const {
        return chat.has_blocked(message.author) && !screen.unfolded.contains({room, message.ordinal});
    }
    // A label of this frame will be another one then.
    void changes_in(std::int64_t milliseconds) const {
        const auto at = around.monotonic_ms + milliseconds;
        screen.changes_at = std::min(screen.changes_at.value_or(at), at);
    }
    void show_person(UserId person) const {
        screen.show_dialog(Dialog::person);
        screen.person = person;
    }
    [[nodiscard]] std::string mark_of(const client::Room& room) const { return ui::mark_of(chat, room); }
    // Of the room that a thread's message is in.
    [[nodiscard]] std::string mark_of_ruler(const client::Room& thread) const {
        const auto& ruler = chat.ruler_of(thread);
        return ruler.is_thread() ? std::string("a room") : mark_of(ruler);
    }
    // A room's name, or how the other people of a chat are called.
    [[nodiscard]] std::string title_of(const client::Room& room) const {
        if (room.is_thread()) return "Thread in " + mark_of_ruler(room);
        if (room.kind == RoomKind::channel) return chat.title_of(room);
        if (room.kind == RoomKind::direct) return std::string(nick_of(room.peer));
        std::string all;
        for (const auto person : room.people)
            if (person != chat.self) all += (all.empty() ? "" : ", ") + std::string(nick_of(person));
        return all;
    }
    // Something is asked for that this part of the dialog says when it is done.
    template <class Wanted>
    void ask(std::string_view part, std::string says, Wanted wanted) const {
        if (screen.dialog_waits) return;
        screen.dialog_error.clear();
        screen.dialog_says.clear();
        screen.dialog_part = part;
        screen.dialog_will_say = std::move(says);
        screen.dialog_waits = true;
        want(std::move(wanted));
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
        intents.add(std::move(wanted));
    }
};

}  // namespace parley::ui
