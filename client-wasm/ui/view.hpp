// The whole screen: holds what the person sees beyond the chat (Screen), draws the panels in one frame, and collects
// what she wants. Knows no socket, no browser and no clock: those come in as arguments. One thread.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "ui/scene.hpp"
#include "ui/thread_head.hpp"
#include "ui/timeline_view.hpp"

namespace parley::ui {

enum class Key : std::uint8_t {
    escape,
    page_up,
    page_down,
    previous_room,
    next_room,
    previous_unread,
    next_unread,
    mark_all_read,
    latest
};

class View {
  public:
    View(Calendar calendar, lettering::Letterer& letterer, ImDrawCallback flood)
        : calendar_(std::move(calendar)), type_(letterer), flood_(flood) {}

    // The drawing surface was lost and with it the pictures of text, or other fonts have come.
    void pictures_lost() { type_.pictures_lost(); }
    void fonts_changed() { type_.fonts_changed(); }
    void load_theme(const std::function<std::uint32_t(std::string_view)>& rgba_of) { theme_.load(rgba_of); }

    // One frame, between ImGui::NewFrame and Render. The operations for the mirror come out; good until the next frame.
    std::span<const std::byte> draw(const client::ChatState& chat, const Environment& around, float density);
    // True while something glides: another frame is needed.
    [[nodiscard]] bool moving() const;
    // When a label changes by time alone (monotonic milliseconds).
    [[nodiscard]] std::optional<std::int64_t> next_change(const client::ChatState& chat, std::int64_t now) const;

    // --- what the person did, outside of ImGui
    struct Answer {
        bool used = false;           // the field's text was taken and may be cleared; the key was
        bool changes_screen = true;  // a frame is needed
    };
    Answer act(const client::ChatState& chat, NodeId node, Action action, std::string text);
    bool press(const client::ChatState& chat, Key key);  // false: the key means nothing here
    void wheel(ImVec2 at, float pixels, bool at_once);   // downwards; at once: a finger, or little motion is wanted
    void fling(ImVec2 at, float speed);                  // a finger that let go: downwards, pixels a second
    bool swipe(bool rightwards);                         // across a narrow page: the lists come and go

    // --- what the page tells
    void open(const client::ChatState& chat, RoomId room);  // shows this room
    [[nodiscard]] RoomId open_room() const { return screen_.open; }
    [[nodiscard]] RoomId room_beside() const { return screen_.beside; }
    [[nodiscard]] bool shows(RoomId room) const {
        return room == screen_.open || (screen_.both_shown && room == screen_.beside);
    }
    // The room that stays.
    [[nodiscard]] RoomId close_thread(const client::ChatState& chat);
    // Where she asks from: a dialog, or none. What becomes of it is told there.
    [[nodiscard]] Asker asker() const;
    void asked_done(Asker asker);
    void asked_refused(Asker asker, std::string sentence);
    void note(std::string words);  // an answer to a command, for her alone
    void show_dialog(const client::ChatState& chat, Dialog dialog);
    void forward(const client::ChatState& chat, std::string text);  // asks where to
    void show_members();
    [[nodiscard]] bool is_covered() const { return screen_.covers_main(); }  // by a dialog or a drawer
    void uncover();
    void react_to_latest(const client::ChatState& chat);  // message of the open room
    // Words that could not be sent.
    void give_back(const client::ChatState& chat, Typed typed, std::string why);
    void restore_emoji_habits(std::string_view line) { screen_.emoji.habits = composing::EmojiHabits::from(line); }
    void restore_preview(bool wanted) { screen_.preview.wanted = wanted; }
    // Of an earlier visit. What is there already stays, below it.
    void restore_draft(RoomId room, std::string_view kept);
    [[nodiscard]] std::map<RoomId, std::string> drafts() const;  // without what is being edited
    // What stands in a room's field and what it is for, as restore_draft() takes it.
    [[nodiscard]] std::string unfinished(RoomId room) const { return screen_.unfinished(room).to_string(); }
    void go_to(Ordinal message);   // of the open room
    void go_to(std::int64_t day);  // likewise; as Calendar::day counts
    void go_nowhere() { timeline().stop_seeking(); }
    void jump_to_latest();  // and has read it
    void ask_to_tell(const client::ChatState& chat, Telling telling);
    void open_jump_to_day(const client::ChatState& chat, Timestamp from);
    void announce(std::string words) { semantics_.announce(std::move(words)); }
    void forget();  // somebody signed out

    [[nodiscard]] Intents take_intents();
    [[nodiscard]] const lettering::Runs& runs() const { return type_.runs(); }
    [[nodiscard]] std::size_t semantic_nodes() const { return semantics_.size(); }
    [[nodiscard]] std::size_t line_spans() const { return semantics_.line_spans(); }
    [[nodiscard]] std::size_t found_nodes() const { return semantics_.found(); }
    [[nodiscard]] std::size_t laid_out() const { return timeline_.laid_out() + thread_.laid_out(); }
    [[nodiscard]] static NodeId composer();
    [[nodiscard]] bool drew_message() const { return timeline_.drew_message() || thread_.drew_message(); }

  private:
    void draw_panels(const Scene& scene);
    void draw_conversation(const Scene& scene, Rect area);
    void draw_main(const Scene& scene, Rect area);
    void draw_thread(const Scene& scene, Rect area, bool alone);
    void draw_messages(const Scene& scene, Rect area, TimelineView& timeline, Rect& seen);
    // Of two that are shown: what is done in the one where she does not write turns her to it.
    template <class Draw>
    void draw_shown(const Scene& scene, RoomId room, Draw draw);
    // Of the room where she writes.
    [[nodiscard]] TimelineView& timeline() { return thread_.shown() == screen_.open ? thread_ : timeline_; }
    // What the page keys move: the log that has the focus, else that of the room where she writes.
    [[nodiscard]] TimelineView& paged();
    void draw_nowhere(const Scene& scene, const Rect& area);
    void draw_drawer(const Scene& scene);
    [[nodiscard]] static NodeId drawer_node();
    Answer act_on_composer(const client::ChatState& chat, Action action, const std::string& text);
    // True where the newest message of the open room is not in view: it comes there, and what was meant for it waits
    // until she has seen which that is.
    bool goes_to_latest_first(const client::ChatState& chat);
    void focus_what_opened(const Scene& scene);
    [[nodiscard]] Scroll* scrolled_at(ImVec2 at);
    bool press_in_dialog(Key key);
    void put_down_carried();
    void show_in_their_places(const client::ChatState& chat);
    void keep_purpose();
    void give_back_untold(const client::ChatState& chat);
    void put_above(RoomId room, Unfinished kept);
    void step_room(const client::ChatState& chat, int direction, bool unread_only);

    Calendar calendar_;
    Theme theme_;
    Typesetter type_;
    ImDrawCallback flood_;
    Semantics semantics_;
    Screen screen_;
    TimelineView timeline_;  // of a room
    TimelineView thread_;    // of a thread
    ThreadRootView thread_root_;
    Rect timeline_rect_;
    Rect thread_rect_;
    Intents intents_;
    Dialog focused_dialog_ = Dialog::none;
    Drawer focused_drawer_ = Drawer::none;
    bool focus_composer_ = false;
};

}  // namespace parley::ui
