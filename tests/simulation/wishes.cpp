// World: what people do with their clients.
#include <algorithm>

#include "simulation/world.hpp"

namespace parley::simulation {

namespace {

using client::Client;
using client::Now;
using Kind = Asked::Kind;

}  // namespace

void World::schedule_wishes() {
    for (std::size_t i = 0; i < plan_.wishes; ++i) agenda_.at(in_up_to(plan_.active), [this] { wish(); });
    if (!plan_.talks_a_lot) return;
    for (int i = 0; i < 10; ++i) {
        agenda_.at(in_up_to(plan_.active), [this] {
            auto& device = *dice_.pick(devices_);
            if (device.is_running() && device.is_connected()) post_something(device, random_room(device), 40);
        });
    }
}

// Whoever is signed in there is who should be.
bool World::is_hers(const Device& device) {
    return device.is_running() && device.state().logged_in() && device.is_signed_in() &&
           (!device.person().user.names_something() || device.state().self == device.person().user);
}

void World::wish() {
    auto& device = *dice_.pick(devices_);
    if (!device.is_running()) return;
    if (is_hers(device)) {
        wish_of(device);
    } else if (!device.is_signed_in() && device.person().user.names_something() && dice_.one_in(2)) {
        device.log_in();
    }
}

Ordinal World::random_ordinal(const client::Room& room) {
    return Ordinal(dice_.between(1, room.last_ordinal.value() + 1));
}

void World::wish_of(Device& device) {
    for (const auto& [id, room] : device.state().rooms) {
        if (std::find(known_rooms_.begin(), known_rooms_.end(), id) == known_rooms_.end()) known_rooms_.push_back(id);
    }
    const auto room = random_room(device);
    if (dice_.one_in(4)) look_after_failed(device);
    const auto what = dice_.below(145);
    if (what < 45) return post_something(device, room, dice_.one_in(12) ? dice_.between(5, 40) : dice_.between(1, 3));
    if (what < 62) return change_rooms(device);
    if (what < 85) return look_around(device);
    if (what < 93) return do_what_is_refused(device);
    if (what < 123) return change_message(device, room);
    if (what < 138) return dice_.one_in(3) ? change_who_posts(device) : change_room_itself(device);
    change_who_is_there(device);
}

RoomId World::random_room(const Device& device) {
    const auto& rooms = device.state().rooms;
    if (rooms.empty()) return {};
    return std::next(rooms.begin(), static_cast<std::ptrdiff_t>(dice_.below(rooms.size())))->first;
}

// Where bytes count several times so that bounds are reached, texts are shorter too: pages are not scaled, and the
// outbox must hold those of two rooms at once.
void World::change_rooms(Device& device) {
    const auto room = random_room(device);
    switch (dice_.below(17)) {
        case 14:
        case 15:
        case 16:
            return choose_for_herself(device);
        case 0: {
            const auto name = "room-" + std::to_string(dice_.below(12));
            const bool is_private = dice_.one_in(3);
            const auto access = is_private ? RoomAccess::by_invitation : RoomAccess::open;
            device.ask({Kind::create_room, {}, {}, name, {}, is_private},
                       [&](Client& client) { return client.create_room(name, access); });
            return;
        }
        case 6:
        case 7:
            return change_room_itself(device);
        case 11:
            return change_who_posts(device);
        case 8:
        case 9: {
            const auto person = dice_.one_in(12) ? UserId(dice_.id()) : dice_.pick(people_)->user;
            device.ask({.kind = Kind::invite, .room = room, .person = person},
                       [&](Client& client) { return client.invite(room, person); });
            return;
        }
        case 1: {
            const auto nick = device.person().account + " " + std::to_string(dice_.below(5));
            device.ask({Kind::nick, {}, {}, nick}, [&](Client& client) { return client.set_nick(nick); });
            return;
        }
        case 2: {
            const auto person = dice_.pick(people_)->user;
            if (!person.names_something()) return;
            device.ask({Kind::direct_chat, {}, {}, {}},
                       [&](Client& client) { return client.open_direct_chat(person); });
            return;
        }
        case 10:
            return look_after_list(device, room);
        case 3:
            if (device.unsettled() > 0) chronicle_.count(Fault::membership_in_flight);
            device.ask({Kind::leave_room, {}, room, {}}, [&](Client& client) { return client.leave_room(room); });
            if (dice_.one_in(2)) post_something(device, room, 1);
            return;
        default: {
            if (known_rooms_.empty()) return;
            if (device.unsettled() > 0) chronicle_.count(Fault::membership_in_flight);
            const auto known = dice_.pick(known_rooms_);
            device.ask({Kind::join_room, {}, known, {}}, [&](Client& client) { return client.join_room(known); });
            if (dice_.one_in(2)) post_something(device, known, 1);
        }
    }
}

// Rather one that she owns.
void World::change_room_itself(Device& device) {
    auto room = random_room(device);
    for (const auto& [id, each] : device.state().rooms)
        if (device.state().owns(each) && dice_.one_in(2)) room = id;
    switch (dice_.below(8)) {
        case 5:
        case 6:
        case 7: {
            const bool only_new = !dice_.one_in(4);
            const auto what = only_new ? NewcomersRead::since_joining : NewcomersRead::all;
            device.ask({.kind = Kind::newcomers, .room = room, .on = only_new},
                       [&](Client& client) { return client.let_newcomers_read(room, what); });
            return;
        }
        case 0:
        case 1: {
            const auto topic = dice_.one_in(4) ? std::string() : "topic " + std::to_string(dice_.below(4));
            device.ask({Kind::topic, {}, room, topic}, [&](Client& client) { return client.set_topic(room, topic); });
            return;
        }
        case 2:
        case 3: {
            const auto name = "room-" + std::to_string(dice_.below(12));
            device.ask({Kind::rename, {}, room, name}, [&](Client& client) { return client.rename_room(room, name); });
            return;
        }
        default:
            device.ask({Kind::make_private, {}, room, {}}, [&](Client& client) { return client.make_private(room); });
    }
}

// Her own list, and chats of a few.
void World::look_after_list(Device& device, RoomId room) {
    if (dice_.one_in(2)) {
        const bool on = !dice_.one_in(3);
        device.ask({.kind = Kind::favourite, .room = room, .on = on},
                   [&](Client& client) { return client.set_favourite(room, on); });
        return;
    }
    std::vector<UserId> people;
    for (auto count = dice_.between(1, 4); count > 0; --count)
        people.push_back(dice_.one_in(12) ? UserId(dice_.id()) : dice_.pick(people_)->user);
    std::erase(people, UserId());
    device.ask({.kind = Kind::group_chat}, [&](Client& client) { return client.open_group_chat(people); });
}

// Rather of a room that she owns.
void World::change_who_posts(Device& device) {
    auto room = random_room(device);
    for (const auto& [id, each] : device.state().rooms)
        if (device.state().owns(each) && !dice_.one_in(3)) room = id;
    switch (dice_.below(7)) {
        case 0:
        case 3: {
            const bool on = dice_.one_in(2);
            device.ask({.kind = Kind::archive, .room = room, .on = on},
                       [&](Client& client) { return client.archive(room, on); });
            if (on && dice_.one_in(2))  // what its owner may not
                device.ask({Kind::leave_room, {}, room, {}}, [&](Client& client) { return client.leave_room(room); });
            return;
        }
        case 1:
        case 2: {
            const bool some = !dice_.one_in(4);
            const auto who = some ? WhoPosts::some : WhoPosts::everybody;
            device.ask({.kind = Kind::who_posts, .room = room, .on = some},
                       [&](Client& client) { return client.let_post(room, who); });
            return;
        }
        default: {
            const auto person = dice_.one_in(12) ? UserId(dice_.id()) : dice_.pick(people_)->user;
            const bool on = !dice_.one_in(3);
            device.ask({.kind = Kind::poster, .room = room, .on = on, .person = person},
                       [&](Client& client) { return client.set_poster(room, person, on); });
        }
    }
}

// What is hers on all her devices, whichever of them says it.
void World::choose_for_herself(Device& device) {
    switch (dice_.below(3)) {
        case 0: {
            const auto status = dice_.one_in(3) ? std::string() : "status " + std::to_string(++texts_);
            auto until = Timestamp{};
            if (!status.empty() && dice_.one_in(2))
                until = {clock_.wall().milliseconds + static_cast<std::int64_t>(dice_.between(1, 200'000))};
            device.ask({Kind::status, {}, {}, status},
                       [&](Client& client) { return client.set_status(status, until); });
            return;
        }
        case 1: {
            const auto chosen = Availability(dice_.between(1, 4));
            device.ask({Kind::availability, {}, {}, {}},
                       [&](Client& client) { return client.set_availability(chosen); });
            return;
        }
        default: {
            const auto person = dice_.one_in(6) ? UserId(dice_.id()) : dice_.pick(people_)->user;
            const bool on = !dice_.one_in(3);
            device.ask({Kind::block, {}, {}, {}}, [&](Client& client) { return client.block(person, on); });
        }
    }
}

void World::look_around(Device& device) {
    const auto id = random_room(device);
    const auto* room = device.state().room(id);
    if (!room) return;
    if (dice_.one_in(2))
        read_in(device, *room);
    else
        be_seen_in(device, *room);
}

// What is there, from the server.
void World::read_in(Device& device, const client::Room& room) {
    const auto id = room.id;
    const auto at = random_ordinal(room);
    switch (dice_.below(10)) {
        case 0:
            device.wish([&](Client& client, Now) { return client.load_latest(id); });
            return;
        case 1:
            device.wish([&](Client& client, Now) { return client.load_older(id); });
            return;
        case 2:
            device.wish([&](Client& client, Now) { return client.load_newer(id); });
            return;
        case 3:
            device.wish([&](Client& client, Now) { return client.load_around(id, at); });
            return;
        case 4:
            device.wish([&](Client& client, Now) {
                return client.load_history(id, HistoryDirection(dice_.between(1, 3)), at,
                                           static_cast<std::uint16_t>(dice_.between(1, 5)));
            });
            return;
        case 5:
            device.wish([&](Client& client, Now) { return client.list_rooms(); });
            return;
        case 6:
            device.wish([&](Client& client, Now) { return client.list_members(id); });
            return;
        case 7:
            device.wish([&](Client& client, Now) { return client.list_pins(id); });
            return;
        case 8: {
            std::vector<Ordinal> some{at};
            while (dice_.one_in(2)) some.push_back(random_ordinal(room));
            device.wish([&](Client& client, Now) { return client.load_messages(id, some); });
            return;
        }
        default:
            device.wish([&](Client& client, Now now) {
                return client.load_at(id,
                                      {now.wall.milliseconds - static_cast<std::int64_t>(dice_.between(0, 30'000))});
            });
    }
}

// Where she looks, how far she has read, and whether she is there.
void World::be_seen_in(Device& device, const client::Room& room) {
    const auto id = room.id;
    const auto at = random_ordinal(room);
    switch (dice_.below(10)) {
        case 0:
            device.wish([&](Client& client, Now now) { return client.typing(id, now), true; });
            return;
        case 1:
            device.wish([&](Client& client, Now) {
                return client.report_presence(dice_.one_in(2) ? Presence::away : Presence::online), true;
            });
            return;
        case 2: {
            std::vector<RoomId> some{id};
            while (dice_.one_in(2)) some.push_back(random_room(device));
            device.wish([&](Client& client, Now) { return client.watch(some), true; });
            return;
        }
        case 3: {
            const auto person = dice_.pick(people_)->user;
            device.wish([&](Client& client, Now) { return client.look_up(person); });
            return;
        }
        case 4:
        case 5:
            device.wish([&](Client& client, Now) { return client.mark_unread(id, at), true; });
            return;
        default:
            device.wish([&](Client& client, Now) { return client.mark_read(id, at), true; });
    }
}

// What a client of ours would not offer, or what comes too late.
void World::do_what_is_refused(Device& device) {
    const auto room = random_room(device);
    const Ordinal first(1);
    switch (dice_.below(15)) {
        case 11:
            device.ask({Kind::topic, {}, room, "\n"}, [&](Client& client) { return client.set_topic(room, "\n"); });
            return;
        case 12:
            device.ask({Kind::rename, {}, room, "No Name"},
                       [&](Client& client) { return client.rename_room(room, "No Name"); });
            return;
        case 13:
            device.ask({Kind::status, {}, {}, "\n"}, [&](Client& client) { return client.set_status("\n"); });
            return;
        case 14: {
            const auto self = device.state().self;
            device.ask({Kind::block, {}, {}, {}}, [&](Client& client) { return client.block(self, true); });
            return;
        }
        case 8:
            device.ask({Kind::react, {}, room, " ", first, true},
                       [&](Client& client) { return client.react(room, first, " ", true); });
            return;
        case 9:
            device.ask({Kind::edit, {}, room, "\n", first},
                       [&](Client& client) { return client.edit(room, first, "\n"); });
            return;
        case 10: {
            const auto text = "text " + std::to_string(++texts_);
            const Ordinal nowhere(1'000'000);
            device.ask({Kind::post, {}, room, text, nowhere},
                       [&](Client& client) { return client.reply(room, nowhere, text); });
            return;
        }
        case 0:
            device.ask({Kind::post, {}, room, "  "}, [&](Client& client) { return client.post(room, "  "); });
            return;
        case 1:
            device.ask({Kind::post, {}, room, "\x01"}, [&](Client& client) { return client.post(room, "\x01"); });
            return;
        case 2:
            device.ask({Kind::create_room, {}, {}, "No Name"},
                       [&](Client& client) { return client.create_room("No Name"); });
            return;
        case 3:
            device.ask({Kind::nick, {}, {}, " "}, [&](Client& client) { return client.set_nick(" "); });
            return;
        case 4: {
            const auto nick = dice_.pick(people_)->account;
            device.ask({Kind::nick, {}, {}, nick}, [&](Client& client) { return client.set_nick(nick); });
            return;
        }
        case 5: {
            const UserId nobody(dice_.id());
            device.ask({Kind::direct_chat, {}, {}, {}},
                       [&](Client& client) { return client.open_direct_chat(nobody); });
            return;
        }
        case 6:
            if (!known_rooms_.empty()) post_something(device, dice_.pick(known_rooms_), 1);
            return;
        default:
            post_something(device, RoomId(dice_.id()), 1);
    }
}

void World::change_who_is_there(Device& device) {
    if (dice_.one_in(10)) {
        // She has forgotten her password, and tries a few.
        device.forget_operations();
        for (auto count = dice_.between(1, 8); count > 0; --count)
            agenda_.at(in_up_to(std::chrono::seconds(6)), [&device] { device.log_in_with("wrong password"); });
    } else if (dice_.one_in(3)) {
        device.forget_operations();
        device.wish([](Client& client, Now) { return client.log_out(), true; });
        device.signs_out();
    } else if (dice_.one_in(4)) {
        auto& other = *dice_.pick(people_);
        if (!other.user.names_something()) return;
        device.forget_operations();
        device.belong_to(other);
        device.log_in();
    } else {
        end_program(device);
    }
}

// It is started again, at once or after a while.
void World::end_program(Device& device) {
    chronicle_.count(Fault::client_restarted);
    device.end();
    if (dice_.one_in(2)) return device.start();
    agenda_.at(in_up_to(std::chrono::seconds(10)), [&device] {
        if (!device.is_running()) device.start();
    });
}

}  // namespace parley::simulation
