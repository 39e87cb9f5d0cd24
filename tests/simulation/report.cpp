#include "simulation/report.hpp"

#include <cstdio>

#include "protocol/codec.hpp"
#include "protocol/refusal.hpp"

namespace parley::simulation {

namespace {

struct Line {
    std::string group;
    std::string name;
    std::uint64_t count = 0;
};

template <class... Messages>
void add_messages(std::vector<Line>& lines, const char* group, const std::array<std::uint64_t, 64>& counts,
                  std::type_identity<std::variant<Messages...>>) {
    (lines.push_back({group, std::string(name_of(std::variant<Messages...>(Messages{}))), counts[Messages::kTag]}),
     ...);
}

std::vector<Line> lines_of(const Counts& counts) {
    std::vector<Line> lines;
    for (std::size_t i = 0; i < counts.faults.size(); ++i)
        lines.push_back({"fault", std::string(name_of(static_cast<Fault>(i))), counts.faults[i]});
    add_messages(lines, "client message", counts.client_messages, std::type_identity<ClientMessage>());
    add_messages(lines, "server message", counts.server_messages, std::type_identity<ServerMessage>());
    constexpr std::array kRoomEvents{"",
                                     "MessagePosted",
                                     "MemberJoined",
                                     "MemberLeft",
                                     "RoomCreated",
                                     "MessageEdited",
                                     "MessageDeleted",
                                     "ReactionChanged",
                                     "PinChanged",
                                     "TopicChanged",
                                     "RoomRenamed",
                                     "RoomSettingsChanged",
                                     "MemberInvited",
                                     "EventConcealed",
                                     "PosterChanged",
                                     "ThreadChanged"};
    for (std::size_t i = 1; i < kRoomEvents.size(); ++i)
        lines.push_back({"room event", kRoomEvents[i], counts.room_events[i]});
    constexpr std::array kAccountEvents{
        "", "RoomAdded", "RoomRemoved", "ReadMoved", "FavouriteChanged", "AvailabilityChanged", "BlockChanged"};
    for (std::size_t i = 1; i < kAccountEvents.size(); ++i)
        lines.push_back({"account event", kAccountEvents[i], counts.account_events[i]});
    for (unsigned code = 1; code <= kLastRetryable; ++code) {
        const auto refusal = static_cast<Refusal>(code);
        if (!is_known(refusal)) continue;
        lines.push_back({"refusal", std::string(name_of(refusal)), counts.refusals[code]});
    }
    return lines;
}

std::vector<std::pair<const char*, std::uint64_t>> totals_of(const Counts& counts) {
    return {{"runs", counts.runs},
            {"runs on SQLite", counts.sqlite_runs},
            {"runs by bytes", counts.byte_runs},
            {"steps", counts.steps},
            {"operations done", counts.operations_done},
            {"operations refused", counts.operations_refused},
            {"messages stored", counts.messages_stored}};
}

}  // namespace

std::string table_of(const Counts& counts) {
    std::string text;
    char line[120];
    for (const auto& [name, count] : totals_of(counts)) {
        std::snprintf(line, sizeof line, "%-48s %12llu\n", name, static_cast<unsigned long long>(count));
        text += line;
    }
    for (const auto& each : lines_of(counts)) {
        std::snprintf(line, sizeof line, "%-16s%-32s %12llu\n", each.group.c_str(), each.name.c_str(),
                      static_cast<unsigned long long>(each.count));
        text += line;
    }
    return text;
}

std::string json_of(const Counts& counts) {
    std::string text = "{";
    for (const auto& [name, count] : totals_of(counts))
        text += "\"" + std::string(name) + "\":" + std::to_string(count) + ",";
    std::string group;
    for (const auto& each : lines_of(counts)) {
        if (each.group != group) text += (group.empty() ? "\"" : "},\"") + each.group + "\":{";
        if (each.group == group) text += ",";
        group = each.group;
        text += "\"" + each.name + "\":" + std::to_string(each.count);
    }
    return text + "}}";
}

std::vector<std::string> missing_from(const Counts& counts) {
    std::vector<std::string> missing;
    for (const auto& each : lines_of(counts)) {
        if (each.count == 0) missing.push_back(each.group + " " + each.name);
    }
    return missing;
}

}  // namespace parley::simulation
