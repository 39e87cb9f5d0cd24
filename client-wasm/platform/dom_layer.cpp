#include "platform/dom_layer.hpp"

#include <emscripten/emscripten.h>

#include <cstdlib>

// clang-format off
EM_JS(void, parley_connect_dom, (void), {
  const page = globalThis.parleyPage;
  const place = (bytes) => {
    const at = _malloc(bytes.length + 1);
    HEAPU8.set(bytes, at);
    HEAPU8[at + bytes.length] = 0;
    return at;
  };
  const encoder = new TextEncoder();
  page.act = (node, action, bytes) => {
    const at = place(bytes);
    const answer = _parley_act(node, action, at, bytes.length);
    _free(at);
    return answer;
  };
  page.themeChanged = () => _parley_theme_changed();
  const take = (at) => {
    const value = JSON.parse(UTF8ToString(at));
    _free(at);
    return value;
  };
  globalThis.parley.stats = () => take(_parley_stats());
  globalThis.parley.frameTimes = () => take(_parley_frame_times());
  page.programStarted((creating, ...words) => {
    const at = words.map((word) => place(encoder.encode(word)));
    _parley_enter(creating ? 1 : 0, at[0], at[1], at[2]);
    at.forEach((place) => _free(place));
  });
});
EM_JS(void, parley_apply, (const void* operations, int size), {
  globalThis.parleyPage.semantics.apply(HEAPU8.slice(operations, operations + size));
});
EM_JS(void, parley_replace, (int begin, int end, const char* text, int from, int to), {
  globalThis.parleyPage.semantics.replace(begin, end, UTF8ToString(text), from, to);
});
EM_JS(void, parley_entrance, (int visible, int busy, const char* error, int registration), {
  globalThis.parleyPage.showEntrance(visible !== 0, busy !== 0, UTF8ToString(error), registration);
});
EM_JS(void, parley_say_resuming, (const char* words), { globalThis.parleyPage.sayResuming(UTF8ToString(words)); });
EM_JS(double, parley_colour, (const char* token), { return globalThis.parleyPage.colour(UTF8ToString(token)); });
EM_JS(char*, parley_theme, (void), { return stringToNewUTF8(globalThis.parleyPage.theme()); });
EM_JS(int, parley_contrast, (void), { return globalThis.parleyPage.contrast() ? 1 : 0; });
EM_JS(char*, parley_emoji_habits, (void), { return stringToNewUTF8(globalThis.parleyPage.emojiHabits()); });
EM_JS(void, parley_keep_emoji_habits, (const char* line), { globalThis.parleyPage.keepEmojiHabits(UTF8ToString(line)); });
EM_JS(int, parley_wants_preview, (void), { return globalThis.parleyPage.wantsPreview() ? 1 : 0; });
EM_JS(void, parley_keep_preview, (int wanted), { globalThis.parleyPage.keepPreview(wanted !== 0); });
EM_JS(void, parley_choose_contrast, (int more), { globalThis.parleyPage.setContrast(more !== 0); });
EM_JS(void, parley_choose_theme, (const char* name), { globalThis.parleyPage.setTheme(UTF8ToString(name)); });
// clang-format on

namespace parley::platform {

namespace {

DomHandlers* dom = nullptr;

// For the page, which frees it.
char* copy_of(const std::string& text) {
    auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
    text.copy(copy, text.size());
    copy[text.size()] = 0;
    return copy;
}

// From the page, freed.
std::string taken(char* text) {
    std::string copy(text);
    std::free(text);
    return copy;
}

}  // namespace

void listen_to_dom(DomHandlers* handlers) {
    dom = handlers;
    parley_connect_dom();
}

void apply_to_mirror(std::span<const std::byte> operations) {
    if (!operations.empty()) parley_apply(operations.data(), static_cast<int>(operations.size()));
}

void replace_text(TextRange range, const std::string& text, TextRange selected) {
    parley_replace(static_cast<int>(range.begin), static_cast<int>(range.end), text.c_str(),
                   static_cast<int>(selected.begin), static_cast<int>(selected.end));
}

void show_entrance(bool visible, bool busy, const std::string& error, std::uint8_t registration) {
    parley_entrance(visible ? 1 : 0, busy ? 1 : 0, error.c_str(), registration);
}

void say_resuming(const std::string& words) {
    parley_say_resuming(words.c_str());
}

std::uint32_t colour_of(std::string_view token) {
    return static_cast<std::uint32_t>(parley_colour(std::string(token).c_str()));
}

std::string theme_choice() {
    return taken(parley_theme());
}

std::string emoji_habits() {
    return taken(parley_emoji_habits());
}

void keep_emoji_habits(const std::string& line) {
    parley_keep_emoji_habits(line.c_str());
}

bool wants_preview() {
    return parley_wants_preview() != 0;
}

void keep_preview(bool wanted) {
    parley_keep_preview(wanted ? 1 : 0);
}

bool has_contrast() {
    return parley_contrast() != 0;
}

void choose_contrast(bool more) {
    parley_choose_contrast(more ? 1 : 0);
}

void choose_theme(const std::string& name) {
    parley_choose_theme(name.c_str());
}

}  // namespace parley::platform

extern "C" {

EMSCRIPTEN_KEEPALIVE int parley_act(std::uint32_t node, int action, const char* text, int size) {
    return parley::platform::dom->act(node, action, std::string(text, static_cast<std::size_t>(size)));
}

EMSCRIPTEN_KEEPALIVE void parley_enter(int creating, const char* name, const char* password, const char* invite) {
    parley::platform::dom->enter(creating != 0, name, password, invite);
}

EMSCRIPTEN_KEEPALIVE void parley_theme_changed() {
    parley::platform::dom->theme_changed();
}

EMSCRIPTEN_KEEPALIVE char* parley_stats() {
    return parley::platform::copy_of(parley::platform::dom->stats());
}

EMSCRIPTEN_KEEPALIVE char* parley_frame_times() {
    return parley::platform::copy_of(parley::platform::dom->frame_times());
}
}
