#include "ui/lost_edit.hpp"

#include <utility>

#include "composing/outgoing.hpp"
#include "text/names.hpp"

namespace parley::ui {

namespace {

// Not loaded, it may be deleted as well: it is asked for.
bool is_edited_message_deleted(const Scene& scene, const client::Room& room, Purpose& purpose) {
    const auto* message = room.message(*purpose.editing);
    if (message == nullptr) scene.want(intent::LoadMessage{room.id, *purpose.editing});
    if (message == nullptr || message->deleted) return message != nullptr;
    if (purpose.edited_from.empty())  // it was begun on an earlier visit
        purpose.edited_from = composing::editable(scene.chat, message->text.view());
    return false;
}

// Below the draft that was put aside. Without one the field stays as it is, with its caret and its undo.
void keep_as_draft(Screen& screen, std::string aside) {
    if (aside.empty()) return;
    auto& draft = screen.drafts[screen.open];
    draft = std::move(aside) + "\n" + draft;
    screen.selected = {draft.size(), draft.size()};
    ++screen.composer_version;
}

void go_back_to(Screen& screen, std::string aside) {
    screen.drafts[screen.open] = std::move(aside);
    ++screen.composer_version;
}

}  // namespace

void end_lost_edit(const Scene& scene) {
    Screen& screen = scene.screen;
    Purpose& purpose = screen.purpose();
    const auto* room = scene.open_room();
    if (room == nullptr || !purpose.editing || !is_edited_message_deleted(scene, *room, purpose)) return;
    purpose.editing.reset();
    auto aside = std::exchange(purpose.put_aside, {});
    const auto& words = screen.drafts[screen.open];
    const bool has_written = !text::is_blank(words) && words != purpose.edited_from;
    if (has_written)
        keep_as_draft(screen, std::move(aside));
    else
        go_back_to(screen, std::move(aside));
    purpose.edited_from.clear();
    purpose.is_of_deleted = has_written;
    screen.offer.close();
    screen.composer_complaint.clear();
    screen.note = "the message that you were editing was deleted" +
                  std::string(has_written ? ". Your words stay here as a draft, not sent." : ".");
}

}  // namespace parley::ui
