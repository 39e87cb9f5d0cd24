#include "ui/failed_edit.hpp"

namespace parley::ui {

std::optional<client::PendingMessage> failed_edit(const client::PendingChange& change) {
    const auto* edit = std::get_if<EditText>(&change.change);
    if (edit == nullptr || !change.failed) return std::nullopt;
    client::PendingMessage words;
    words.op = edit->op;
    words.room = edit->room;
    words.text = edit->text;
    words.written = change.written;
    words.stage = client::PendingMessage::Stage::failed;
    words.refusal = *change.failed;
    return words;
}

}  // namespace parley::ui
