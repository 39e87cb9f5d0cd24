// Page: what the person wants, done by the brain.
#include <algorithm>

#include "composing/forwarding.hpp"
#include "composing/outgoing.hpp"
#include "composing/telling.hpp"
#include "page.hpp"

namespace parley {

void Page::obey(const ui::intent::Post& wish) {
    say({wish.room, Ordinal(), wish.text});
}

void Page::obey(const ui::intent::Reply& wish) {
    say({wish.room, wish.to, wish.text});
}

// With what waits to be said elsewhere: after a reload it stands there again.
void Page::keep_draft(RoomId room, const std::string& unfinished) {
    auto kept = ui::Unfinished::from(unfinished);
    auto& draft = kept.editing ? kept.put_aside : kept.text;
    for (const auto& [op, waiting] : said_to_) {
        if (waiting.typed.room != room || waiting.owner != client_.state().self) continue;
        if (!draft.empty()) draft += '\n';
        draft += waiting.typed.text;
    }
    platform::save_draft(client_.state().self, room, kept.to_string());
}

void Page::say(const Typed& typed) {
    if (const auto command = composing::slash_command_in(typed.text)) {
        keep_draft(typed.room, view_.unfinished(typed.room));  // after a reload it does not stand there again
        return run(*command, typed);
    }
    post(typed.room, typed.to, std::string(composing::without_slash_escape(typed.text)), typed);
}

void Page::post(RoomId room, Ordinal to, const std::string& source, const Typed& typed) {
    const auto text = sent_for(source);
    if (text.size() > limits::kMessageText) return give_back(typed, "With its marks this is too long for one message.");
    if (composing::called_by(client_.state(), room, text).may_be_many())
        return view_.ask_to_tell(client_.state(), {room, to, text, typed.text});
    send(room, to, text, typed);
}

void Page::send(RoomId room, Ordinal to, const std::string& text, const Typed& typed) {
    if (room == view_.open_room()) view_.jump_to_latest();
    const auto op = to == Ordinal() ? client_.post(room, text) : client_.reply(room, to, text);
    if (!op) return give_back(typed, "Too many messages wait for the connection: this one stays here.");
    const auto answering = typed.to != Ordinal() ? std::optional(typed.to) : std::nullopt;
    const ui::Unfinished unfinished{typed.text, answering, {}, {}};
    written_.emplace(*op, platform::Written{typed.room, typed.text, unfinished.to_string()});
    if (waits_to_say(typed.room)) keep_draft(typed.room, view_.unfinished(typed.room));  // what waits alone
}

bool Page::waits_to_say(RoomId room) const {
    return std::any_of(said_to_.begin(), said_to_.end(),
                       [&](const auto& waiting) { return waiting.second.typed.room == room; });
}

// Mentions are longer than what is typed for them: where there is no room for that, it goes as it was typed.
std::string Page::sent_for(const std::string& source) const {
    auto text = composing::outgoing(client_.state(), source);
    return text.size() <= limits::kMessageText ? text : source;
}

// A message of the room beside is shown there.
void Page::obey(const ui::intent::GoTo& wish) {
    expect_no_room();
    if (wish.room != view_.open_room()) open(wish.room, false);
    view_.go_to(wish.message);
    frames_.wake(platform::Reason::mirror, 2);
}

void Page::obey(const ui::intent::GoToDay& wish) {
    if (wish.room != view_.open_room()) open(wish.room, false);
    view_.go_to(wish.day);
    frames_.wake(platform::Reason::mirror, 2);
}

void Page::obey(const ui::intent::OpenThread& wish) {
    if (const auto* thread = client_.state().thread_of(wish.room, wish.message)) return go_to(thread->id);
    await_room(client_.open_thread(wish.room, wish.message));
}

void Page::obey(const ui::intent::CloseThread&) {
    const auto room = view_.close_thread(client_.state());
    open(room, false);
}

void Page::obey(const ui::intent::Edit& wish) {
    const auto op = client_.edit(wish.room, wish.message, sent_for(wish.text));
    if (!op)
        return give_back({wish.room, Ordinal(), wish.text}, "Too much waits for the connection: your words stay here.");
    written_.emplace(*op,
                     platform::Written{wish.room, {}, ui::Unfinished{wish.text, {}, wish.message, {}}.to_string()});
}

void Page::obey(const ui::intent::ReplaceText& wish) {
    platform::replace_text({wish.begin, wish.end}, wish.text, {wish.select_begin, wish.select_end});
}

void Page::obey(const ui::intent::LoadMessage& wish) {
    if (!messages_asked_.insert({wish.room, wish.message}).second) return;
    if (client_.load_messages(wish.room, {wish.message}) == 0) messages_asked_.erase({wish.room, wish.message});
}

void Page::obey(const ui::intent::LoadAt& wish) {
    if (client_.load_at(wish.room, wish.time) != 0) return;
    view_.go_nowhere();
    view_.note("what was said then cannot be fetched now: too much waits for the connection.");
}

void Page::obey(const ui::intent::ListMembers& wish) {
    if (members_asked_.contains(wish.room)) return;
    if (client_.list_members(wish.room) != 0) members_asked_.insert(wish.room);
}

void Page::obey(const ui::intent::ListPins& wish) {
    if (pins_asked_.contains(wish.room)) return;
    if (client_.list_pins(wish.room) != 0) pins_asked_.insert(wish.room);
}

void Page::obey(const ui::intent::Forward& wish) {
    const auto* room = client_.state().room(wish.room);
    const auto* message = room != nullptr ? room->message(wish.message) : nullptr;
    if (message == nullptr || message->deleted) return;
    const auto address = platform::address_of(path_of(*room), wish.message.value());
    view_.forward(client_.state(), composing::forwarding(client_.state(), *room, *message, address));
}

void Page::obey(const ui::intent::CopyLink& wish) {
    if (const auto* room = client_.state().room(wish.room))
        platform::copy_text(platform::address_of(path_of(*room), wish.message.value()));
}

void Page::obey(const ui::intent::OpenDirectChat& wish) {
    const auto* chat = direct_chat_with(wish.person);
    if (chat == nullptr) return await_room(client_.open_direct_chat(wish.person));
    view_.asked_done(view_.asker());
    go_to(chat->id);
}

const client::Room* Page::direct_chat_with(UserId person) const {
    const auto& rooms = client_.state().rooms;
    const auto found = std::find_if(rooms.begin(), rooms.end(), [&](const auto& entry) {
        return entry.second.kind == RoomKind::direct && entry.second.peer == person;
    });
    return found != rooms.end() ? &found->second : nullptr;
}

void Page::obey(const ui::intent::OpenGroupChat& wish) {
    if (const auto* room = client_.state().group_of(wish.people)) {
        view_.asked_done(view_.asker());
        return go_to(room->id);
    }
    await_room(client_.open_group_chat(wish.people));
}

void Page::obey(const ui::intent::CreateRoom& wish) {
    await_room(client_.create_room(wish.name, wish.by_invitation ? RoomAccess::by_invitation : RoomAccess::open));
}

void Page::obey(const ui::intent::LetNewcomersRead& wish) {
    await(client_.let_newcomers_read(wish.room, wish.all ? NewcomersRead::all : NewcomersRead::since_joining));
}

void Page::obey(const ui::intent::LetPost& wish) {
    await(client_.let_post(wish.room, wish.everybody ? WhoPosts::everybody : WhoPosts::some));
}

void Page::await(std::optional<OpId> op, const Awaited& what) {
    if (!op) return refuse(what, "Too much waits for the connection. Try again when it is back.");
    if (awaited_.size() >= limits::kUnansweredPerSession) awaited_.erase(awaited_.begin());
    awaited_.insert_or_assign(*op, what);
}

bool Page::await_if_kept(std::optional<OpId> op) {
    await(op, {view_.asker(), false, {}});
    return op.has_value();
}

bool Page::awaits_room() const {
    return std::any_of(awaited_.begin(), awaited_.end(), [](const auto& each) { return each.second.leads_to_room; });
}

}  // namespace parley
