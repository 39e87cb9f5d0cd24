#include "platform/storage.hpp"

#include <emscripten/emscripten.h>

#include <array>
#include <charconv>

// clang-format off
EM_JS(void, parley_open_storage, (void), {
  const storage = globalThis.parleyPage.storage;
  const encoder = new TextEncoder();
  const place = (bytes) => {
    const at = _malloc(bytes.length + 1);
    HEAPU8.set(bytes, at);
    HEAPU8[at + bytes.length] = 0;
    return at;
  };
  const tell = (what, id, bytes) => {
    const name = place(encoder.encode(id));
    const data = place(bytes);
    _parley_stored(what, name, data, bytes.length);
    _free(data);
    _free(name);
  };
  const none = new Uint8Array(0);
  storage.told.kept = (id) => tell(0, id, none);
  storage.told.notKept = (id, why) => tell(1, id, encoder.encode(why));
  storage.told.forgotten = (id) => tell(2, id, none);
  storage.told.orphan = (outbox, records, place) => {
    for (const bytes of records) tell(3, outbox, bytes);
    tell(4, outbox, encoder.encode(place.toString(16)));
  };
  const tellDrafts = (drafts) => drafts.forEach(([key, text]) => tell(5, key, encoder.encode(text)));
  let isLate = false;
  const late = new Promise((resolve) => setTimeout(() => { isLate = true; resolve({ drafts: [] }); }, 1500));
  Promise.race([storage.kept, late]).then(({ view, drafts }) => {
    tellDrafts(drafts);
    tell(6, "", view || none);
  });
  storage.kept.then(({ drafts }) => {
    if (!isLate || drafts.length === 0) return;
    tellDrafts(drafts);
    tell(7, "", none);
  });
});
EM_JS(void, parley_look_for_orphans, (void), { globalThis.parleyPage.storage.lookForOrphans(); });
EM_JS(void, parley_keep, (const char* id, const char* owner, const void* bytes, int size, const char* instead, const char* key, const char* draft, const char* unfinished), {
  globalThis.parleyPage.storage.keep(UTF8ToString(id), UTF8ToString(owner), HEAPU8.slice(bytes, bytes + size), UTF8ToString(instead),
    { key: UTF8ToString(key), draft: UTF8ToString(draft), unfinished: UTF8ToString(unfinished) });
});
EM_JS(void, parley_forget, (const char* id), { globalThis.parleyPage.storage.forget(UTF8ToString(id)); });
EM_JS(void, parley_release, (const char* outbox), { globalThis.parleyPage.storage.release(UTF8ToString(outbox)); });
EM_JS(void, parley_save_view, (const char* owner, const void* bytes, int size), {
  globalThis.parleyPage.storage.saveView(UTF8ToString(owner), HEAPU8.slice(bytes, bytes + size));
});
EM_JS(void, parley_forget_view, (void), { globalThis.parleyPage.storage.forgetView(); });
EM_JS(void, parley_save_draft, (const char* key, const char* text), {
  globalThis.parleyPage.storage.saveDraft(UTF8ToString(key), UTF8ToString(text));
});
EM_JS(void, parley_forget_others, (const char* owner), { globalThis.parleyPage.storage.forgetOthers(UTF8ToString(owner)); });
// clang-format on

namespace parley::platform {

namespace {

enum class Told { kept, not_kept, forgotten, orphans_record, orphan, draft, opened, late_drafts };

StorageHandlers* storage = nullptr;
std::vector<KeptDraft> drafts;
std::vector<Buffer> records;

// Sixteen digits, so that names are in the order of the numbers.
std::string name_of(std::uint64_t number) {
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
    const auto size = static_cast<std::size_t>(end - digits.data());
    return std::string(digits.size() - size, '0') + std::string(digits.data(), size);
}

std::uint64_t number_in(std::string_view name) {
    std::uint64_t number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number, 16);
    return number;
}

std::string name_of(OpId op) {
    return name_of(op.outbox.value()) + "-" + name_of(op.number);
}

OpId op_in(std::string_view name) {
    if (name.size() != 33) return {};
    return OpId{OutboxId(number_in(name.substr(0, 16))), number_in(name.substr(17))};
}

std::string name_of(UserId owner, RoomId room) {
    return name_of(owner.value()) + " " + name_of(room.value());
}

std::string name_of(UserId owner) {
    return owner.names_something() ? name_of(owner.value()) : std::string();
}

void hear(Told what, std::string_view name, std::string_view data) {
    const auto bytes = std::as_bytes(std::span(data.data(), data.size()));
    switch (what) {
        case Told::kept:
            return storage->kept(op_in(name));
        case Told::not_kept:
            return storage->not_kept(op_in(name), std::string(data));
        case Told::forgotten:
            return storage->forgotten(op_in(name));
        case Told::orphans_record:
            records.emplace_back(bytes.begin(), bytes.end());
            return;
        case Told::orphan:
            return storage->orphan(OutboxId(number_in(name)), std::exchange(records, {}), number_in(data));
        case Told::draft:
            if (name.size() == 33)
                drafts.push_back(
                    {UserId(number_in(name.substr(0, 16))), RoomId(number_in(name.substr(17))), std::string(data)});
            return;
        case Told::opened:
            return storage->opened(bytes, std::exchange(drafts, {}));
        case Told::late_drafts:
            return storage->late_drafts(std::exchange(drafts, {}));
    }
}

}  // namespace

void open_storage(StorageHandlers* handlers) {
    storage = handlers;
    parley_open_storage();
}

void look_for_orphans() {
    parley_look_for_orphans();
}

void release_outbox(OutboxId outbox) {
    parley_release(name_of(outbox.value()).c_str());
}

void keep_operation(OpId op, UserId owner, std::span<const std::byte> bytes, std::optional<OpId> instead_of,
                    const std::optional<Written>& written) {
    const auto instead = instead_of ? name_of(*instead_of) : std::string();
    const auto key = written ? name_of(owner, written->room) : std::string();
    parley_keep(name_of(op).c_str(), name_of(owner).c_str(), bytes.data(), static_cast<int>(bytes.size()),
                instead.c_str(), key.c_str(), written ? written->draft.c_str() : "",
                written ? written->unfinished.c_str() : "");
}

void forget_operation(OpId op) {
    parley_forget(name_of(op).c_str());
}

void save_view(UserId owner, std::span<const std::byte> view) {
    parley_save_view(name_of(owner).c_str(), view.data(), static_cast<int>(view.size()));
}

void forget_view() {
    parley_forget_view();
}

void save_draft(UserId owner, RoomId room, const std::string& text) {
    if (text.size() <= limits::kDraft) parley_save_draft(name_of(owner, room).c_str(), text.c_str());
}

void forget_others(UserId owner) {
    parley_forget_others(name_of(owner).c_str());
}

}  // namespace parley::platform

extern "C" EMSCRIPTEN_KEEPALIVE void parley_stored(int what, const char* name, const char* data, int size) {
    parley::platform::hear(static_cast<parley::platform::Told>(what), name,
                           std::string_view(data, static_cast<std::size_t>(size)));
}
