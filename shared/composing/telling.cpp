#include "composing/telling.hpp"

#include <algorithm>

#include "markup/markup.hpp"

namespace parley::composing {

Called called_by(const client::ChatState& chat, RoomId id, std::string_view text) {
    const auto mentions = markup::mentions_in(markup::parse(text));
    const auto* room = chat.room(id);
    if (room == nullptr || room->is_chat() || (!mentions.here && !mentions.all)) return {};
    Called called{true, mentions.all, std::nullopt};
    if (!room->members_loaded) return called;
    const auto is_called = [&](const auto& member) {
        return member.first != chat.self && (called.all || member.second == Presence::online);
    };
    called.people = static_cast<std::size_t>(std::count_if(room->members.begin(), room->members.end(), is_called));
    return called;
}

}  // namespace parley::composing
