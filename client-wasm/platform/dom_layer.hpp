// The bridge to the page's thin DOM layer (web/semantics.js and the entrance in web/boot.js), its theme, and the
// numbers that parley.stats() gives. Main thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/people.hpp"

namespace parley::platform {

struct DomHandlers {
    // What somebody did to a node; the answer goes back to the page (1: a field's text was taken).
    std::function<int(std::uint32_t node, int action, std::string text)> act;
    std::function<void(bool creating, std::string name, std::string password, std::string invite)> enter;
    std::function<void()> theme_changed;
    std::function<std::string()> stats;        // as JSON
    std::function<std::string()> frame_times;  // as JSON
};
void listen_to_dom(DomHandlers* handlers);  // kept by the caller, for ever

// In the composer's field, as if it were typed there, so that undo works. Places are bytes of its text; `selected` is
// what is selected then. Done as soon as the browser has called out of the program.
struct TextRange {
    std::size_t begin = 0;
    std::size_t end = 0;
};
void replace_text(TextRange range, const std::string& text, TextRange selected);
void apply_to_mirror(std::span<const std::byte> operations);
void say_resuming(const std::string& words);  // in the place of the entrance
void show_entrance(bool visible, bool busy, const std::string& error, std::uint8_t registration);

[[nodiscard]] std::uint32_t colour_of(std::string_view token);  // 0xRRGGBBAA
[[nodiscard]] std::string theme_choice();
void choose_theme(const std::string& name);
[[nodiscard]] std::string emoji_habits();  // as they were kept on this device
void keep_emoji_habits(const std::string& line);
[[nodiscard]] bool wants_preview();  // of what is typed
void keep_preview(bool wanted);
[[nodiscard]] bool has_contrast();  // more than usual
void choose_contrast(bool more);

}  // namespace parley::platform
