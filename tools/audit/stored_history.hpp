// The whole history as the store holds it: for each room its posts in the order of their Sequences. Read straight from
// the tables of DATA/parley.db, read-only and in one transaction, also while a server runs: neither the server nor the
// readers it serves with have a say in what is judged, and rooms that nobody is in are judged too. 24 bytes a message,
// and 8 more while its room is read.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "audit/verdict.hpp"
#include "protocol/ids.hpp"

namespace parley::audit {

struct StoredMessage {
    Sequence sequence;
    OpId op;
};

struct StoredRoom {
    RoomId id;
    std::string name;  // empty: a direct chat
    Sequence head;
    std::vector<StoredMessage> messages;  // by Sequence, rising
};

struct StoredHistory {
    std::vector<StoredRoom> rooms;
    // Adds what the tables themselves say to be wrong (holes, disagree). The error is a sentence.
    [[nodiscard]] static std::expected<StoredHistory, std::string> read(const std::filesystem::path& data,
                                                                        Verdict& verdict);
};

}  // namespace parley::audit
