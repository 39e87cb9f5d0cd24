// Page: what is kept on this device between the brain and the browser's storage.
#include <functional>
#include <iterator>
#include <string_view>
#include <utility>

#include "page.hpp"

namespace parley {

using platform::Reason;

void Page::listen_to_storage() {
    storage_.opened = [this](std::span<const std::byte> view, std::vector<platform::KeptDraft> drafts) {
        begin(view, std::move(drafts));
    };
    storage_.late_drafts = [this](std::vector<platform::KeptDraft> drafts) { take_late(std::move(drafts)); };
    storage_.kept = [this](OpId op) { client_.operation_kept(op), settle(Reason::storage); };
    storage_.not_kept = [this](OpId op, const std::string& why) {
        client_.operation_not_kept(op, why), settle(Reason::storage);
    };
    storage_.forgotten = [this](OpId op) { client_.operation_forgotten(op), settle(Reason::storage); };
    storage_.orphan = [this](OutboxId outbox, const std::vector<Buffer>& operations, std::uint64_t place) {
        take_orphan(outbox, operations, place), settle(Reason::storage);
    };
    platform::open_storage(&storage_);
}

// With the last visit's session and view the rooms are on the screen before the socket is asked for.
void Page::begin(std::span<const std::byte> view, std::vector<platform::KeptDraft> drafts) {
    drafts_ = std::move(drafts);
    bool shown = false;
    if (const auto session = platform::load_session()) {
        client_.resume({session->token, session->account});
        const auto saved = client::saved_view_from(view);
        shown = saved && client_.restore(*saved);
    } else {
        show_entrance({});
    }
    client_.start(now());
    platform::listen_to_dom(&dom_);
    if (shown) {
        platform::show_entrance(false, false, {}, 0);
        entrance_shown_ = false;
        owner_ = client_.state().self;
        restore_drafts();
        look_for_orphans();
        open_by_path(true);
    }
    settle(Reason::start);
    frames_.wake(Reason::start, 2);
}

// She may have begun to write.
void Page::take_late(std::vector<platform::KeptDraft> drafts) {
    drafts_.insert(drafts_.end(), std::make_move_iterator(drafts.begin()), std::make_move_iterator(drafts.end()));
    if (!client_.state().logged_in()) return;
    restore_drafts();
    settle(Reason::storage);
    frames_.wake(Reason::storage, 2);
}

void Page::restore_drafts() {
    for (const auto& draft : std::exchange(drafts_, {}))
        if (draft.owner == client_.state().self) view_.restore_draft(draft.room, draft.text);
}

// Until she is back: a session that ended takes nothing along that was being written.
void Page::hold_drafts() {
    if (!owner_.names_something()) return;
    for (auto& [room, text] : view_.drafts())
        if (!text.empty()) drafts_.push_back({owner_, room, std::move(text)});
}

// --- operations

void Page::perform(const client::KeepOperation& wish) {
    const auto& operation = wish.operation;
    std::optional<platform::Written> written;
    if (auto found = written_.extract(operation.op()); !found.empty()) written = std::move(found.mapped());
    platform::keep_operation(operation.op(), operation.owner, client::bytes_of(operation), wish.instead_of, written);
}

// What waits goes the way of the operations that it waits for: it stays for her, and for nobody else.
void Page::perform(const client::ForgetOthers& wish) {
    platform::forget_others(wish.keep);
    owner_ = wish.keep;
    std::erase_if(drafts_, [&](const auto& draft) { return draft.owner != wish.keep; });
    std::erase_if(said_to_, [&](const auto& waiting) { return waiting.second.owner != wish.keep; });
}

void Page::perform(const client::ReleaseOutbox& wish) {
    platform::release_outbox(wish.outbox);
    offer_orphans();
}

void Page::look_for_orphans() {
    offer_orphans();
    if (std::exchange(looked_for_orphans_, true)) return;
    platform::look_for_orphans();
}

// A record that cannot be read is left where it is: a later version may have written it.
void Page::take_orphan(OutboxId outbox, const std::vector<Buffer>& operations, std::uint64_t place) {
    client::SavedOutbox orphan{outbox, {}, place};
    for (const auto& bytes : operations)
        if (auto operation = client::saved_operation_from(bytes)) orphan.operations.push_back(std::move(*operation));
    orphans_.push_back(std::move(orphan));
    offer_orphans();
}

void Page::offer_orphans() {
    auto waiting = std::exchange(orphans_, {});
    for (auto& orphan : waiting) {
        const auto adoption = client_.adopt(orphan);
        if (adoption == client::Adoption::not_now) orphans_.push_back(std::move(orphan));
        if (adoption == client::Adoption::not_hers) platform::release_outbox(orphan.id);
    }
}

// --- what was seen last

void Page::save_view_later() {
    if (std::exchange(view_is_due_, true)) return;
    const auto time = platform::monotonic_ms();
    view_alarm_.set(time + std::chrono::milliseconds(limits::kSaveViewEvery).count(), time);
}

void Page::save_view() {
    view_is_due_ = false;
    if (saved_version_ == client_.state_version()) return;
    saved_version_ = client_.state_version();
    const auto view = client_.view_to_save();
    if (!view) return;
    const auto bytes = client::bytes_of(*view);
    const auto hash = std::hash<std::string_view>{}({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (std::exchange(saved_view_, hash) != hash) platform::save_view(view->self, bytes);
}

}  // namespace parley
