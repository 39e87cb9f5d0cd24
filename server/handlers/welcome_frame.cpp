#include "handlers/welcome_frame.hpp"

#include <algorithm>

#include "protocol/codec.hpp"

namespace parley::handlers {

namespace {

bool fits(const Welcome& welcome) {
    if (welcome.rooms.size() * limits::kRoomBytes <= limits::kServerFrame) return true;  // as they do nearly always
    return encode(ServerMessage(welcome)).size() <= limits::kServerFrame;
}

Mentioning newest_of(const Mentioning& mentions) {
    Mentioning newest;
    const auto most = std::min(mentions.size(), limits::kMentionsOfMany);
    for (auto i = mentions.size() - most; i < mentions.size(); ++i) newest.push_back(mentions[i]);
    return newest;
}

}  // namespace

Welcome within_a_frame(Welcome welcome) {
    if (!fits(welcome))
        for (auto& room : welcome.rooms) room.mentions = newest_of(room.mentions);
    if (!fits(welcome))
        for (auto& room : welcome.rooms) room.topic = {};
    return welcome;
}

}  // namespace parley::handlers
