// World: what people say, and what they do with what was said.
#include <algorithm>

#include "markup/markup.hpp"
#include "simulation/world.hpp"

namespace parley::simulation {

namespace {

using client::Client;
using client::Now;
using Kind = Asked::Kind;

}  // namespace

void World::post_something(Device& device, RoomId room, std::size_t count) {
    const std::uint32_t longest = plan_.server.ends.scale > 1 ? 200 : 2'000;
    for (std::size_t i = 0; i < count; ++i) post_text(device, room, dice_.one_in(8) ? dice_.below(longest) : 0);
}

// No two are the same. Some mention somebody, or everybody.
std::string World::some_text(std::size_t filling) {
    auto text = "text " + std::to_string(++texts_) + std::string(filling, '.');
    if (dice_.one_in(6)) text += " " + markup::mention_of(dice_.pick(people_)->user);
    if (dice_.one_in(12)) text += dice_.one_in(2) ? " <!all>" : " <!here>";
    return text;
}

void World::post_text(Device& device, RoomId room, std::size_t filling) {
    const auto text = some_text(filling);
    const auto* in = device.state().room(room);
    if (in && in->last_ordinal != Ordinal() && dice_.one_in(5)) {
        const auto to = some_message(device, *in);
        device.ask({Kind::post, {}, room, text, to}, [&](Client& client) { return client.reply(room, to, text); });
    } else {
        device.ask({Kind::post, {}, room, text}, [&](Client& client) { return client.post(room, text); });
    }
}

// One that she sees, rather her own, or any that there is, and now and then one that there is not.
Ordinal World::some_message(const Device& device, const client::Room& room) {
    const auto& shown = room.timeline.messages();
    if (shown.empty() || dice_.one_in(4)) return random_ordinal(room);
    const auto any = dice_.below(shown.size());
    for (auto at = any; dice_.one_in(2) && at < shown.size(); ++at)
        if (shown[at].author == device.state().self) return shown[at].ordinal;
    return shown[any].ordinal;
}

// Somebody looks where something is about to change.
void World::load_meanwhile(Device& device, RoomId id, Ordinal message) {
    if (!device.is_running() || !device.is_connected() || !device.state().room(id)) return;
    if (dice_.one_in(3)) {
        device.wish([&](Client& client, Now) { return client.load_messages(id, {message}); });
    } else {
        device.wish([&](Client& client, Now) { return client.load_around(id, message); });
    }
}

void World::change_message(Device& device, RoomId id) {
    const auto* room = device.state().room(id);
    if (!room || room->last_ordinal == Ordinal()) return;
    const auto message = some_message(device, *room);
    if (dice_.one_in(8)) return open_thread(device, id, message);
    const bool on = !dice_.one_in(3);
    if (dice_.one_in(2)) load_meanwhile(*dice_.pick(devices_), id, message);
    switch (dice_.below(8)) {
        case 0:
        case 1: {
            const auto text = some_text(0);
            device.ask({Kind::edit, {}, id, text, message},
                       [&](Client& client) { return client.edit(id, message, text); });
            return;
        }
        case 2:
            device.ask({Kind::remove, {}, id, {}, message}, [&](Client& client) { return client.remove(id, message); });
            return;
        case 3:
        case 4:
            device.ask({Kind::pin, {}, id, {}, message, on},
                       [&](Client& client) { return client.pin(id, message, on); });
            return;
        default: {
            static constexpr std::array kEmoji{"\U0001F44D", "\u2764\uFE0F", "\U0001F389"};
            const std::string emoji = kEmoji[dice_.below(kEmoji.size())];
            device.ask({Kind::react, {}, id, emoji, message, on},
                       [&](Client& client) { return client.react(id, message, emoji, on); });
        }
    }
}

// Rather one that others are in; and says something there, as soon as it is in her list.
void World::open_thread(Device& device, RoomId room, Ordinal message) {
    for (const auto& each : device.state().room(room)->timeline.messages())
        if (each.thread && dice_.one_in(2)) message = each.ordinal;
    device.ask({Kind::open_thread, {}, room, {}, message},
               [&](Client& client) { return client.open_thread(room, message); });
    agenda_.at(in_up_to(std::chrono::seconds(2)), [this, &device, room, message] {
        if (!is_hers(device)) return;
        if (const auto* thread = device.state().thread_of(room, message)) post_something(device, thread->id, 2);
    });
}

// What was refused for good: she tries it again, or lets it be. What has expired may have been sent: she leaves it.
void World::look_after_failed(Device& device) {
    look_after_failed_edit(device);
    const auto& pending = device.state().pending;
    const auto found = std::find_if(pending.begin(), pending.end(), [](const auto& message) {
        return message.stage == client::PendingMessage::Stage::failed;
    });
    if (found == pending.end()) return;
    const auto [op, room, text, to] = std::tuple(found->op, found->room, found->text.str(), found->reply_to);
    if (found->refusal == Refusal::op_expired || dice_.one_in(2)) {
        device.wish([&](Client& client, Now) { return client.discard(op); });
    } else {
        device.ask({Kind::post, {}, room, text, to}, [&](Client& client) { return client.retry(op); });
    }
}

void World::look_after_failed_edit(Device& device) {
    const auto& pending = device.state().pending_changes;
    const auto found =
        std::find_if(pending.begin(), pending.end(), [](const auto& change) { return change.failed.has_value(); });
    if (found == pending.end()) return;
    const auto edit = std::get<EditText>(found->change);
    if (found->failed == Refusal::op_expired || dice_.one_in(2)) {
        device.wish([&](Client& client, Now) { return client.discard(edit.op); });
    } else {
        device.ask({Kind::edit, {}, edit.room, edit.text.str(), edit.ordinal},
                   [&](Client& client) { return client.retry(edit.op); });
    }
}

}  // namespace parley::simulation
