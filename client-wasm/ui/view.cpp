#include "ui/view.hpp"

#include <algorithm>
#include <utility>

#include "text/day.hpp"
#include "ui/bare_window.hpp"
#include "ui/composer.hpp"
#include "ui/connection_bar.hpp"
#include "ui/dialogs.hpp"
#include "ui/lost_edit.hpp"
#include "ui/member_list.hpp"
#include "ui/room_list.hpp"
#include "ui/typing_line.hpp"

namespace parley::ui {

namespace {

constexpr float kBothWidth = 720;  // a room and a thread of it

// The same words may come from several tabs.
bool has_lines(const std::string& text, const std::string& lines) {
    return ('\n' + text + '\n').find('\n' + lines + '\n') != std::string::npos;
}

}  // namespace

std::string mark_of(const client::ChatState& chat, const client::Room& room) {
    if (!room.is_thread()) return (room.is_chat() ? "@" : "#") + chat.title_of(room);
    const auto& ruler = chat.ruler_of(room);
    return "thread in " + (ruler.is_thread() ? std::string("a room") : mark_of(chat, ruler));
}

std::span<const std::byte> View::draw(const client::ChatState& chat, const Environment& around, float density) {
    type_.begin_frame(density);
    semantics_.begin_frame(around.touch ? 0 : composer_node());  // by touch it would call the keyboard
    screen_.scrollables.clear();
    screen_.changes_at.reset();
    screen_.narrow = around.window.w < space::kNarrow;
    screen_.low = around.window.h < space::kLow;
    if (!screen_.narrow) screen_.drawer = Drawer::none;
    const Painter painter(theme_, type_, semantics_, flood_, around.touch);
    const Scene scene{painter, chat, calendar_, around, screen_, intents_};
    if (!chat.logged_in()) {
        const BareWindow window("entrance", around.window, true);
        painter.fill(around.window, Colour::panel);
    } else {
        draw_panels(scene);
    }
    give_back_untold(chat);
    focus_what_opened(scene);
    keep_purpose();
    return semantics_.end_frame();
}

// What the words are for changes by many ways, the words themselves by typing alone.
void View::keep_purpose() {
    const Purpose& now = screen_.purpose();
    if (now.kept_answering != now.answering || now.kept_editing != now.editing) screen_.keep_unfinished(intents_);
}

void View::draw_panels(const Scene& scene) {
    end_lost_edit(scene);
    {
        const BareWindow window("screen", scene.around.window, true);
        scene.paint.fill(scene.around.window, Colour::ground);
        Rect area = scene.around.window;
        declare_connection_status(scene);  // below the button that it is painted in
        const float left = screen_.narrow ? 0 : space::kRoomList;
        screen_.both_shown = scene.open_room() != nullptr && scene.chat.room(screen_.beside) != nullptr &&
                             !screen_.narrow && area.w - left >= kBothWidth;
        if (!screen_.narrow) draw_room_list(scene, area.take_left(space::kRoomList));
        draw_conversation(scene, area);
    }
    if (screen_.drawer != Drawer::none) draw_drawer(scene);
    close_if_lost(scene);
    if (screen_.dialog != Dialog::none) {
        const BareWindow window("dialog", scene.around.window, false);
        draw_dialog(scene);
    }
}

// On a narrow window the lists slide over the conversation.
void View::draw_drawer(const Scene& scene) {
    const BareWindow window("drawer", scene.around.window, false);
    const Rect whole = scene.around.window;
    const bool rooms = screen_.drawer == Drawer::rooms;
    const float width = std::min(whole.w - 48, 320.0f);
    const Rect panel = rooms ? Rect{0, 0, width, whole.h} : Rect{whole.w - width, 0, width, whole.h};
    scene.paint.fill(whole, Colour::scrim);
    {
        // To who reads the mirror it is a dialog: what it covers waits behind it.
        const Group dialog =
            semantics_.group(drawer_node(), Role::dialog, panel, rooms ? "Room list" : "Members and more");
        if (rooms)
            draw_room_list(scene, panel);
        else
            draw_member_list(scene, panel);
    }
    const bool outside = scene.paint.pressed_beside(panel, whole);
    if (outside) screen_.drawer = Drawer::none;
}

// A dialog's first field takes the focus when it opens; afterwards the composer has it again.
void View::focus_what_opened(const Scene& scene) {
    if (screen_.dialog != focused_dialog_) {
        if (screen_.dialog != Dialog::none)
            semantics_.focus(first_focus_in_dialog(scene));
        else
            focus_composer_ = true;
        focused_dialog_ = screen_.dialog;
    }
    if (screen_.drawer != focused_drawer_) {
        const bool rooms = screen_.drawer == Drawer::rooms;
        if (screen_.drawer != Drawer::none)
            semantics_.focus(rooms ? rooms_close_button() : members_close_button());
        else if (screen_.dialog == Dialog::none)
            focus_composer_ = true;
        focused_drawer_ = screen_.drawer;
    }
    if (focus_composer_ && scene.chat.logged_in() && scene.open_room() != nullptr && !screen_.covers_main()) {
        if (!scene.around.touch) semantics_.focus(composer_node());  // it would call the keyboard
        focus_composer_ = false;
    }
}

NodeId View::drawer_node() {
    return node_id(0, "drawer");
}

NodeId View::composer() {
    return composer_node();
}

bool View::moving() const {
    // Of what is drawn: the rest would glide for ever.
    const auto glides = [](const Screen::Scrollable& each) { return each.scroll->moving(); };
    return timeline_.moving() || thread_.moving() ||
           std::any_of(screen_.scrollables.begin(), screen_.scrollables.end(), glides);
}

std::optional<std::int64_t> View::next_change(const client::ChatState& chat, std::int64_t now) const {
    const auto* room = chat.room(screen_.open);
    auto soonest = room != nullptr ? typing_changes_at(*room, now) : std::nullopt;
    const auto* beside = chat.room(screen_.beside);
    const auto other = beside != nullptr ? typing_changes_at(*beside, now) : std::nullopt;
    if (other) soonest = std::min(soonest.value_or(*other), *other);
    if (screen_.changes_at) soonest = std::min(soonest.value_or(*screen_.changes_at), *screen_.changes_at);
    return soonest;
}

// Another room, or the other one of the two that are shown: those stay as they are.
void View::open(const client::ChatState& chat, RoomId id) {
    if (screen_.drawer == Drawer::rooms) screen_.drawer = Drawer::none;
    focus_composer_ = true;
    if (screen_.open == id) return put_down_carried();
    const auto* room = chat.room(id);
    const bool is_thread = room != nullptr && room->is_thread();
    if (is_thread)
        screen_.beside = room->root.room;
    else
        screen_.beside = screen_.beside == id && chat.room(screen_.open) != nullptr ? screen_.open : RoomId();
    screen_.deleting.reset();
    screen_.offer.close();
    screen_.open = id;
    screen_.selected = {screen_.drafts[id].size(), screen_.drafts[id].size()};
    screen_.composer_complaint.clear();
    screen_.note.clear();
    screen_.composer_text_height = 0;
    ++screen_.composer_version;
    show_in_their_places(chat);
    put_down_carried();
}

void View::show_in_their_places(const client::ChatState& chat) {
    RoomId room;
    RoomId thread;
    for (const auto id : {screen_.open, screen_.beside}) {
        const auto* of = chat.room(id);
        if (of != nullptr) (of->is_thread() ? thread : room) = id;
    }
    if (timeline_.shown() != room) {
        screen_.left_unread.clear();
        screen_.members_scroll.reset();
        timeline_.show(chat.room(room));
    }
    if (thread_.shown() != thread) {
        screen_.left_unread.erase(thread);
        thread_.show(chat.room(thread));
    }
}

RoomId View::close_thread(const client::ChatState& chat) {
    const auto* open = chat.room(screen_.open);
    screen_.beside = {};
    thread_.show(nullptr);
    return open != nullptr && open->is_thread() ? open->root.room : screen_.open;
}

// Below what is written there already.
void View::put_down_carried() {
    if (screen_.carried.empty()) return;
    stop_answering(screen_);
    auto& draft = screen_.drafts[screen_.open];
    if (!draft.empty() && draft.back() != '\n') draft += '\n';
    draft += std::exchange(screen_.carried, {});
    screen_.selected = {draft.size(), draft.size()};
    ++screen_.composer_version;
    screen_.keep_unfinished(intents_);
}

void View::ask_to_tell(const client::ChatState& chat, Telling telling) {
    show_dialog(chat, Dialog::tell_many);
    screen_.telling = std::move(telling);
    intents_.add(intent::KeepDraft{screen_.telling->room, unfinished(screen_.telling->room)});
}

// However the dialog was closed, unless by its own button.
void View::give_back_untold(const client::ChatState& chat) {
    if (!screen_.telling || screen_.dialog == Dialog::tell_many) return;
    const auto telling = *std::exchange(screen_.telling, std::nullopt);
    give_back(chat, {telling.room, telling.to, telling.typed}, {});
    if (telling.room == screen_.open) screen_.selected = {telling.typed.size(), telling.typed.size()};
}

void View::open_jump_to_day(const client::ChatState& chat, Timestamp from) {
    show_dialog(chat, Dialog::jump_to_day);
    screen_.dialog_text = text::day_words(calendar_.day(from));
}

void View::go_to(std::int64_t day) {
    timeline().seek(calendar_.beginning(day));
    focus_composer_ = false;  // the message has the focus
}

void View::go_to(Ordinal message) {
    timeline().seek(message);
    focus_composer_ = false;  // the message has the focus
}

void View::forward(const client::ChatState& chat, std::string text) {
    show_dialog(chat, Dialog::go_to);
    screen_.forwarding = std::move(text);
}

Asker View::asker() const {
    return screen_.dialog != Dialog::none && screen_.dialog_waits ? screen_.dialog_shown : Asker::nobody;
}

void View::asked_done(Asker asker) {
    if (asker == Asker::nobody || asker != screen_.dialog_shown) return;
    const auto which = screen_.dialog;
    const bool stays =
        which == Dialog::settings || which == Dialog::room || which == Dialog::invite || which == Dialog::posters;
    if (screen_.dialog_waits && !stays) screen_.dialog = Dialog::none;
    screen_.dialog_waits = false;
    screen_.dialog_says = std::exchange(screen_.dialog_will_say, {});
    if (which != Dialog::invite || screen_.dialog_says.empty()) return;
    screen_.dialog_text.clear();  // for the next one
    screen_.dialog_choice = 0;
    ++screen_.dialog_version;
}

void View::asked_refused(Asker asker, std::string sentence) {
    if (asker == Asker::nobody || asker != screen_.dialog_shown) return note(std::move(sentence));
    screen_.dialog_waits = false;
    screen_.forwarding = std::exchange(screen_.carried, {});
    if (screen_.dialog == Dialog::none) return note(std::move(sentence));
    screen_.dialog_error = std::move(sentence);
}

void View::note(std::string words) {
    screen_.note = std::move(words);
}

void View::show_dialog(const client::ChatState& chat, Dialog dialog) {
    screen_.show_dialog(dialog);
    const auto* self = chat.person(chat.self);
    if (dialog == Dialog::settings && self != nullptr) screen_.dialog_text = self->nick.str();
}

void View::react_to_latest(const client::ChatState& chat) {
    const auto* room = chat.room(screen_.open);
    if (room == nullptr || screen_.covers_main() || goes_to_latest_first(chat)) return;
    const auto& messages = room->timeline.messages();
    const auto found =
        std::find_if(messages.rbegin(), messages.rend(), [](const Message& each) { return !each.deleted; });
    if (found == messages.rend()) return;
    show_dialog(chat, Dialog::emoji);
    screen_.emoji.reacting = found->ordinal;
}

void View::show_members() {
    if (screen_.narrow)
        screen_.drawer = Drawer::members;
    else
        screen_.members_wanted = true;
}

// Below what is written there meanwhile; while she edits a message, below the draft that was put aside. It answers what
// it answered before, unless she has begun something else.
void View::give_back(const client::ChatState& chat, Typed typed, std::string why) {
    if (chat.room(typed.room) == nullptr) typed.room = screen_.open, typed.to = {};
    const RoomId room = typed.room;
    Purpose& purpose = screen_.purposes[room];
    auto& draft = purpose.editing ? purpose.put_aside : screen_.drafts[room];
    if (!draft.empty() && draft.back() != '\n') draft += '\n';
    draft += typed.text;
    if (typed.to != Ordinal() && !purpose.answering && !purpose.editing) purpose.answering = typed.to;
    intents_.add(intent::KeepDraft{room, unfinished(room)});
    if (room != screen_.open)
        return note("your words are in " + mark_of(chat, *chat.room(room)) + " again, not sent. " + why);
    screen_.composer_complaint = std::move(why);
    ++screen_.composer_version;
}

void View::restore_draft(RoomId room, std::string_view kept) {
    auto unfinished = Unfinished::from(kept);
    auto& draft = screen_.drafts[room];
    const Purpose& begun = screen_.purposes[room];
    const bool has_purpose = begun.answering || begun.editing;
    if (has_purpose || (!draft.empty() && !unfinished.editing)) return put_above(room, std::move(unfinished));
    const bool goes_aside = !draft.empty();
    if (goes_aside) unfinished.put_aside += (unfinished.put_aside.empty() ? "" : "\n") + draft;  // for the edit
    draft = std::move(unfinished.text);
    screen_.purposes[room] = {unfinished.answering,
                              unfinished.editing,
                              std::move(unfinished.put_aside),
                              unfinished.answering,
                              unfinished.editing,
                              {},
                              false};
    if (goes_aside) intents_.add(intent::KeepDraft{room, this->unfinished(room)});
    ++screen_.composer_version;
}

// What she edits meanwhile is left alone; else she answers what she answered then, unless she has begun something else.
void View::put_above(RoomId room, Unfinished kept) {
    Purpose& purpose = screen_.purposes[room];
    auto& draft = purpose.editing ? purpose.put_aside : screen_.drafts[room];
    std::string above;
    for (const auto& words : {kept.put_aside, kept.text})
        if (!words.empty() && !has_lines(draft, words)) above += words + '\n';
    if (draft.empty() && !above.empty()) above.pop_back();
    draft.insert(0, above);
    if (!purpose.editing && !purpose.answering) purpose.answering = kept.answering;
    intents_.add(intent::KeepDraft{room, unfinished(room)});
    if (room != screen_.open || purpose.editing) return;
    screen_.selected = {draft.size(), draft.size()};
    ++screen_.composer_version;
}

std::map<RoomId, std::string> View::drafts() const {
    auto drafts = screen_.drafts;
    for (const auto& [room, purpose] : screen_.purposes)
        if (purpose.editing) drafts[room] = purpose.put_aside;
    return drafts;
}

Unfinished Screen::unfinished(RoomId room) const {
    const auto draft = drafts.find(room);
    const auto found = purposes.find(room);
    const Purpose purpose = found != purposes.end() ? found->second : Purpose{};
    Unfinished all{draft != drafts.end() ? draft->second : std::string(), purpose.answering, purpose.editing,
                   purpose.put_aside};
    if (!telling || telling->room != room) return all;
    auto& words = all.editing ? all.put_aside : all.text;
    words += (words.empty() ? "" : "\n") + telling->typed;
    if (telling->to != Ordinal() && !all.answering && !all.editing) all.answering = telling->to;
    return all;
}

void View::forget() {
    const Screen fresh;
    const auto version = screen_.composer_version + 1;
    const bool previews = screen_.preview.wanted;
    screen_ = fresh;
    screen_.preview.wanted = previews;
    intents_.add(intent::KeepEmojiHabits{});
    screen_.composer_version = version;
    timeline_.show(nullptr);
    thread_.show(nullptr);
}

Intents View::take_intents() {
    return std::exchange(intents_, {});
}

}  // namespace parley::ui
