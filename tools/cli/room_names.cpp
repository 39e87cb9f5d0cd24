#include "cli/room_names.hpp"

#include <algorithm>

#include "cli/command.hpp"

namespace parley::cli {

namespace {

constexpr char kBeforeNumber = '~';  // no name of a room has it

std::string with_number(std::string_view name, RoomId id) {
    return std::string(name) + kBeforeNumber + std::to_string(id.value());
}

bool is_named(const client::Room& room, std::string_view name) {
    return room.kind == RoomKind::channel && room.name.view() == name;
}

const client::Room* numbered_room(const client::ChatState& state, std::string_view name, std::string_view number) {
    const auto id = number_in(number);
    const auto* room = id ? state.room(RoomId(*id)) : nullptr;
    return room != nullptr && is_named(*room, name) ? room : nullptr;
}

}  // namespace

std::string room_called(const client::ChatState& state, std::string_view name, RoomId id) {
    const bool is_shared = std::any_of(state.rooms.begin(), state.rooms.end(), [&](const auto& entry) {
        return entry.first != id && is_named(entry.second, name);
    });
    return is_shared ? with_number(name, id) : std::string(name);
}

const client::Room* room_meant(const client::ChatState& state, std::string_view word) {
    if (const auto mark = word.rfind(kBeforeNumber); mark != std::string_view::npos)
        return numbered_room(state, word.substr(0, mark), word.substr(mark + 1));
    const client::Room* found = nullptr;
    for (const auto& [id, room] : state.rooms) {
        if (!is_named(room, word)) continue;
        if (found != nullptr) return nullptr;
        found = &room;
    }
    return found;
}

std::vector<std::string> namesakes(const client::ChatState& state, std::string_view word) {
    std::vector<std::string> all;
    for (const auto& [id, room] : state.rooms)
        if (is_named(room, word)) all.push_back(with_number(word, id));
    if (all.size() == 1) all.clear();
    return all;
}

}  // namespace parley::cli
