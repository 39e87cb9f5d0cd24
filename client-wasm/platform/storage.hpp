// What this browser keeps for the page on this device: operations that are not settled, what was seen last, drafts. An
// operation is on disk when `kept` is called. Each outbox that is sent from is this tab's alone; what a tab that is
// gone has left comes as an orphan, and is this tab's until it is released. Where the browser keeps nothing, everything
// is answered not_kept, and the console says why. Bytes here; what they mean the page knows. Main thread.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "protocol/codec.hpp"

namespace parley::platform {

struct KeptDraft {
    UserId owner;
    RoomId room;
    std::string text;
};

// What an operation was before it was one.
struct Written {
    RoomId room;
    std::string draft;       // as it was typed; empty where it was none, as an edit
    std::string unfinished;  // what is told as a draft after a visit that ended before the operation was on disk
};

struct StorageHandlers {
    // Once, soon after open_storage(), also where there is no storage. The view is empty where there is none. There may
    // be several drafts of one room.
    std::function<void(std::span<const std::byte> view, std::vector<KeptDraft> drafts)> opened;
    // Once after that, where the storage was too slow to be waited for, and holds some.
    std::function<void(std::vector<KeptDraft> drafts)> late_drafts;
    std::function<void(OpId)> kept;
    std::function<void(OpId, const std::string& why)> not_kept;  // or not forgotten
    std::function<void(OpId)> forgotten;
    // `place` rises: where the first of them stands in the order of writing.
    std::function<void(OutboxId, std::vector<Buffer> operations, std::uint64_t place)> orphan;
};
void open_storage(StorageHandlers* handlers);  // kept by the caller, for ever
// From now on orphans are told: those that are there, and each whose tab goes away.
void look_for_orphans();
void release_outbox(OutboxId outbox);

// With the end of the record that it takes the place of, and of the draft that it was, in one step. Another tab's draft
// in that place stays.
void keep_operation(OpId op, UserId owner, std::span<const std::byte> bytes, std::optional<OpId> instead_of,
                    const std::optional<Written>& written);
void forget_operation(OpId op);

// These are not answered.
void save_view(UserId owner, std::span<const std::byte> view);
void forget_view();
void save_draft(UserId owner, RoomId room, const std::string& text);  // written within half a second; empty: forgotten
void forget_others(UserId owner);                                     // nobody named: of everybody

}  // namespace parley::platform
