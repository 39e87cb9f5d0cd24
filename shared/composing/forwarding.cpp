#include "composing/forwarding.hpp"

#include "composing/outgoing.hpp"

namespace parley::composing {

namespace {

// Within the brackets of a link.
std::string without_marks(std::string_view name) {
    std::string clean;
    for (const char letter : name) {
        if (std::string_view("\\[]()*_~`|<>").find(letter) != std::string_view::npos) clean += '\\';
        clean += letter;
    }
    return clean;
}

}  // namespace

std::string forwarding(const client::ChatState& chat, const client::Room& from, const Message& message,
                       std::string_view address) {
    std::string told = "> ";
    for (const char letter : editable(chat, message.text.view())) {
        told += letter;
        if (letter == '\n') told += "> ";
    }
    const auto* author = chat.person(message.author);
    const std::string where =
        chat.ruler_of(from).is_chat() ? "a direct chat" : chat.title_of(from);  // without the mark that makes a mention
    told += "\n— " + (author != nullptr ? without_marks(author->nick.view()) : std::string("somebody")) + " in [" +
            without_marks(where) + "](" + std::string(address) + ")\n";
    return told;
}

}  // namespace parley::composing
