// Stranger: what it says.
#include <algorithm>
#include <limits>

#include "simulation/stranger.hpp"

namespace parley::simulation {

namespace {

constexpr std::uint64_t kHighest = std::numeric_limits<std::uint64_t>::max();

}  // namespace

OpId Stranger::fresh_op() {
    if (around_.dice.one_in(4)) {
        outbox_ = OutboxId(around_.dice.id());
        last_number_ = 0;
    }
    last_number_ += around_.dice.one_in(8) ? around_.dice.between(2, 2'000) : 1;
    return {outbox_, last_number_};
}

RoomId Stranger::some_room() {
    if (around_.dice.one_in(2)) return first_room_;
    if (!known_rooms_.empty() && !around_.dice.one_in(3)) return around_.dice.pick(known_rooms_);
    return RoomId(around_.dice.id());
}

void Stranger::say(const ClientMessage& message) {
    say(message, debt_for(message).value_or(Debt{}));
}

void Stranger::say(const ClientMessage& message, Debt debt) {
    tell("-> " + std::string(name_of(message)));
    if (!debt.frame.empty()) debts_.owe(std::move(debt));
    around_.network.send(*line_, encode(message));
}

void Stranger::say_for_refusal(const ClientMessage& message, Refusal reason) {
    auto debt = debt_for(message).value_or(Debt{.frame = std::string(name_of(message))});
    debt.reason = reason;
    say(message, std::move(debt));
}

// The codec itself says what may come of bytes; those that happen to be a message are not sent.
void Stranger::say_bytes(std::span<const std::byte> bytes) {
    const auto decoded = decode_client(bytes);
    if (decoded.ok()) return;
    tell("-> " + std::to_string(bytes.size()) + " bytes: " + std::string(name_of(decoded.error)));
    if (decoded.error == DecodeError::unknown_tag && bytes.size() <= limits::kClientFrameBeforeLogin) {
        debts_.owe({.frame = "an unknown tag", .reason = Refusal::unknown_message});
    } else {
        debts_.owe({.frame = "bytes that are no message", .only_close = true});
    }
    around_.network.send(*line_, bytes);
}

// Nothing of it is a message that could be stored: a valid one is cut, or goes on after its end.
void Stranger::say_nonsense() {
    auto& dice = around_.dice;
    auto bytes = encode(anything());
    switch (dice.below(6)) {
        case 0:
            bytes.resize(1 + dice.below(bytes.size() - 1));
            break;
        case 1:
            bytes.push_back(std::byte{0});
            break;
        case 2:
            for (auto& byte : bytes) byte = static_cast<std::byte>(dice.below(256));
            break;
        case 3:
            bytes.clear();
            break;
        case 4:
            bytes = {static_cast<std::byte>(dice.between(100, 255))};
            break;
        default:
            bytes.assign(limits::kClientFrame + 1, std::byte{200});
    }
    say_bytes(bytes);
}

// Any message of which nothing would be stored that others could hear of.
ClientMessage Stranger::anything() {
    auto& dice = around_.dice;
    switch (dice.below(8)) {
        case 0:
            return LoadHistory{next_request(), some_room(), HistoryDirection::before, {}, 10};
        case 1:
            return PostText{fresh_op(), RoomId(dice.id()), MessageText::cut("to a room that is not there")};
        case 2:
            return ListRooms{next_request(), {}};
        case 3:
            return LogOut{next_request()};
        case 4:
            return SyncRoom{next_request(), some_room(), Sequence(dice.below(10))};
        case 5:
            return ListMembers{next_request(), some_room()};
        case 6:
            return ConfirmResults{OutboxId(dice.id()), dice.next()};
        default:
            return OpenDirectChat{fresh_op(), UserId(dice.id())};
    }
}

// --- as nobody

void Stranger::speak_before_hello() {
    auto& dice = around_.dice;
    if (dice.one_in(3)) return say_nonsense();
    if (dice.one_in(2)) {
        const Hello hello{{static_cast<std::uint16_t>(dice.between(2, 9)), 9}, {}};
        say_for_refusal(hello, Refusal::wrong_version);
    } else {
        say_for_refusal(anything(), Refusal::hello_first);
    }
    debts_.owe({.frame = "the first frame", .only_close = true});
}

void Stranger::greet() {
    stage_ = Stage::greeted;
    say(Hello{kOurVersions, Text<limits::kClientName>::cut("a stranger")});
}

void Stranger::speak_as_nobody() {
    auto& dice = around_.dice;
    switch (dice.below(12)) {
        case 0:
            return say_nonsense();
        case 1:
            say(Hello{kOurVersions, {}});
            return debts_.owe({.frame = "a second Hello", .only_close = true});
        case 2:
        case 3:
            return say_for_refusal(anything(), Refusal::not_logged_in);
        case 4:
            return say(ClientBeat{next_request()});
        case 5:
        case 6:
        case 7:
            return try_to_get_in();
        default:
            return get_in();
    }
}

// One at a time: while a login is under way another one is refused for that alone.
void Stranger::try_to_get_in() {
    auto& dice = around_.dice;
    if (!debts_.empty() || guesses_ == 0) return;
    --guesses_;
    const auto password = Password::cut("a good password");
    const auto try_it = [this](const ClientMessage& message) {
        auto debt = debt_for(message).value();
        debt.only_refusal = true;
        say(message, std::move(debt));
    };
    switch (dice.below(6)) {
        case 0:
            return try_it(Register{fresh_op(), AccountName::cut("no name at all!"), password, {}});
        case 1:
            return try_it(Register{fresh_op(), AccountName::cut("passerby"), Password::cut("short"), {}});
        case 2:
            return try_it(Register{fresh_op(), AccountName::cut("ana"), password, {}});
        case 3:
            return try_it(Register{{outbox_, kHighest}, AccountName::cut("passerby"), password, {}});
        case 4: {
            Resume resume{next_request(), {}, {}, {}};
            for (auto& byte : resume.token) byte = static_cast<std::byte>(dice.below(256));
            return try_it(resume);
        }
        default:
            return try_it(LogIn{next_request(), AccountName::cut(dice.one_in(2) ? "ana" : "nobody"), password});
    }
}

// Perhaps twice, and with positions that nobody can have.
void Stranger::get_in() {
    auto& dice = around_.dice;
    if (stage_ == Stage::greeted) stage_ = Stage::getting_in;
    if (guesses_ > 0 && (!token_ || dice.one_in(4))) {
        --guesses_;
        return say(LogIn{next_request(), AccountName::cut(person_.account), Password::cut(person_.password)});
    }
    if (!token_) return;
    Resume resume{next_request(), *token_, ProfileRevision(dice.one_in(2) ? 0 : dice.next()), {}};
    for (auto count = dice.below(4); count > 0; --count)
        resume.positions.push_back({some_room(), Sequence(dice.one_in(2) ? dice.below(20) : dice.next())});
    say(resume);
}

// --- as a member

void Stranger::speak_as_member() {
    auto& dice = around_.dice;
    switch (dice.below(20)) {
        case 0:
            return say_nonsense();
        case 1:
            if (stage_ != Stage::inside || dice.one_in(2)) return get_in();
            return say_for_refusal(Register{fresh_op(), AccountName::cut("passerby"), Password::cut("password"), {}},
                                   Refusal::already_logged_in);
        case 2:
            stage_ = Stage::leaving;
            return say(LogOut{next_request()});
        case 3:
            return ask_too_much();
        case 4:
        case 5:
        case 6:
            return look_where_it_may_not();
        case 7:
            return notice();
        case 8:
        case 9:
            return confirm();
        case 10:
            return say(PostText{{outbox_, kHighest - dice.below(3)}, first_room_, MessageText::cut("of no number")});
        case 11:
        case 12:
            return write_again();
        case 13:
            if (!heard_.empty()) write_as(dice.pick(heard_));
            return;
        case 14:
        case 15:
            return meddle();
        default:
            return write();
    }
}

void Stranger::look_where_it_may_not() {
    auto& dice = around_.dice;
    switch (dice.below(14)) {
        case 10:
            return say(LookUpPerson{next_request(), UserId(dice.id())});
        case 11:
            return say(WatchRooms{{some_room(), RoomId(), some_room(), first_room_, first_room_}});
        case 12:
            return say(SetBlock{fresh_op(), dice.one_in(2) ? person_.user : UserId(dice.id()), dice.one_in(2)});
        case 13:
            return say(SetAvailability{fresh_op(), Availability(dice.between(1, 4))});
        case 0:
        case 1:
            return say(SyncRoom{next_request(), some_room(), Sequence(0)});
        case 2:
            return say(SyncRoom{next_request(), first_room_, Sequence(dice.next())});
        case 7:
        case 8:
            return say(JoinRoom{fresh_op(), some_room()});
        case 3:
            return say(LoadHistory{next_request(), some_room(), HistoryDirection(dice.between(1, 3)),
                                   Ordinal(dice.one_in(2) ? dice.below(10) : dice.next()),
                                   static_cast<std::uint16_t>(dice.next())});
        case 4:
            return say(ListMembers{next_request(), some_room()});
        case 5:
            return say(ListRooms{next_request(), RoomName::cut("zzz")});
        case 6:
            return say(LeaveRoom{fresh_op(), some_room()});
        default:
            return say(OpenDirectChat{fresh_op(), UserId(dice.id())});
    }
}

void Stranger::notice() {
    auto& dice = around_.dice;
    for (auto count = dice.between(1, 20); count > 0; --count) {
        if (dice.one_in(3)) {
            const ReadTurn turn(dice.one_in(2) ? dice.below(10) : dice.next());
            say(MarkRead{some_room(), {turn, Ordinal(dice.one_in(2) ? dice.below(10) : dice.next())}});
        } else if (dice.one_in(2)) {
            say(ReportPresence{Presence(dice.between(1, 4))});
        } else {
            say(ReportTyping{some_room()});
        }
    }
}

// Of its own outbox, of one that is not there, of somebody else's.
void Stranger::confirm() {
    auto& dice = around_.dice;
    const auto through = dice.one_in(2) ? last_number_ : dice.one_in(2) ? kHighest : dice.next();
    if (dice.one_in(2) || heard_.empty()) {
        say(ConfirmResults{dice.one_in(2) ? outbox_ : OutboxId(dice.id()), through});
    } else {
        say(ConfirmResults{dice.pick(heard_).outbox, through});
    }
}

void Stranger::write() {
    write_as(fresh_op());
}

// Under an OpId that may be somebody else's: it is its own operation all the same.
void Stranger::write_as(OpId op) {
    if (!first_room_.names_something() || written_.size() >= 100) return;
    const bool is_used =
        std::any_of(written_.begin(), written_.end(), [op](const auto& written) { return written.first.op == op; });
    if (is_used) return;
    const PostText post{op, first_room_, MessageText::cut("strange text " + std::to_string(++texts_))};
    around_.ledger.stranger_asked(op, {Asked::Kind::post, person_.user, first_room_, post.text.str()});
    written_.emplace_back(post, false);
    say(post);
}

// With messages of anybody, by whatever it takes for a place or an emoji.
void Stranger::meddle() {
    auto& dice = around_.dice;
    const auto op = fresh_op();
    const auto room = some_room();
    const Ordinal message(dice.one_in(10) ? dice.next() : dice.below(30));
    const bool on = dice.one_in(2);
    const auto ask = [&](Asked::Kind kind, const std::string& text, const ClientMessage& wish) {
        around_.ledger.stranger_asked(op, {kind, person_.user, room, text, message, on});
        say(wish);
    };
    switch (dice.below(10)) {
        case 8:
            return say(InviteToRoom{op, room, UserId(dice.id())});
        case 4: {
            const auto topic = dice.one_in(2) ? std::string("strange") : std::string("\n");
            return ask(Asked::Kind::topic, topic, SetTopic{op, room, RoomTopic::cut(topic)});
        }
        case 5:
            return ask(Asked::Kind::rename, "strange", RenameRoom{op, room, RoomName::cut("strange")});
        case 6:
            if (on) return ask(Asked::Kind::make_private, {}, ChangeRoomSettings{op, room, RoomAccess::by_invitation});
            return say(ChangeRoomSettings{op, room, std::nullopt});
        case 0: {
            const auto text = "strange text " + std::to_string(++texts_);
            return ask(Asked::Kind::edit, text, EditText{op, room, message, MessageText::cut(text)});
        }
        case 1:
            return ask(Asked::Kind::remove, {}, DeleteMessage{op, room, message});
        case 2: {
            static constexpr std::array kStrange{"\U0001F44D", " ", "\u200D", "x\u202Ey", "", "a"};
            const std::string emoji = kStrange[dice.below(kStrange.size())];
            return ask(Asked::Kind::react, emoji, SetReaction{op, room, message, Emoji::cut(emoji), on});
        }
        case 3:
            return ask(Asked::Kind::pin, {}, SetPin{op, room, message, on});
        case 7:
            return say(ListPins{next_request(), room});
        default:
            return say(LoadMessages{next_request(), room, {message, Ordinal(), Ordinal(kHighest), message}});
    }
}

// What was done must come to the same, and under other content to nothing.
void Stranger::write_again() {
    if (written_.empty()) return;
    const auto [post, is_done] = around_.dice.pick(written_);
    if (!is_done || debts_.owe(post.op) || around_.dice.one_in(2)) return say(post);
    auto other = post;
    other.text = MessageText::cut("other content");
    auto debt = debt_for(other).value();
    debt.only_refusal = true;
    say(other, std::move(debt));
}

// Queries, or changes of which nothing can come: in one outbox, or each in one of its own.
void Stranger::ask_too_much() {
    const bool changes = around_.dice.one_in(3);
    const bool in_one = around_.dice.one_in(2);
    const OutboxId outbox(around_.dice.id());
    for (auto count = around_.dice.between(limits::kUnansweredPerSession, 3 * limits::kUnansweredPerSession); count > 0;
         --count) {
        if (changes) {
            const OpId op{in_one ? outbox : OutboxId(around_.dice.id()), ++last_number_};
            say(OpenDirectChat{op, UserId(around_.dice.id())});
        } else {
            say(LoadHistory{next_request(), first_room_, HistoryDirection::before, {}, 1});
        }
    }
}

}  // namespace parley::simulation
