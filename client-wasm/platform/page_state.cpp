#include "platform/page_state.hpp"

#include <emscripten/emscripten.h>
#include <emscripten/html5.h>

#include <cstdlib>
#include <unordered_map>

// clang-format off
// Each returns memory of malloc's; the caller frees it.
EM_JS(void, parley_copy_text, (const char* text), {
  const words = UTF8ToString(text);
  const failed = (error) => console.warn('parley: nothing was copied: ' + error.message);
  if (navigator.clipboard) navigator.clipboard.writeText(words).catch(failed);
  else failed(new Error('a page without TLS has no clipboard'));
});
EM_JS(int, parley_matches, (const char* query), {
  const known = globalThis.parleyPage.media || (globalThis.parleyPage.media = new Map());
  const words = UTF8ToString(query);
  if (!known.has(words)) known.set(words, matchMedia(words));
  return known.get(words).matches ? 1 : 0;
});
EM_JS(char*, parley_time_words, (double ms), {
  Module['parleyTime'] = Module['parleyTime'] || new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
  return stringToNewUTF8(Module['parleyTime'].format(ms));
});
EM_JS(char*, parley_day_words, (double ms), {
  const day = (time) => { const d = new Date(time); return Math.round(Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / 864e5); };
  const ago = day(Date.now()) - day(ms);
  if (ago === 0) return stringToNewUTF8('Today');
  if (ago === 1) return stringToNewUTF8('Yesterday');
  const far = new Date(ms).getFullYear() !== new Date().getFullYear();
  const form = { weekday: 'long', day: 'numeric', month: 'long' };
  if (far) form.year = 'numeric';
  return stringToNewUTF8(new Intl.DateTimeFormat(undefined, form).format(ms));
});
EM_JS(double, parley_local_day, (double ms), {
  const d = new Date(ms);
  return Math.round(Date.UTC(d.getFullYear(), d.getMonth(), d.getDate()) / 864e5);
});
EM_JS(double, parley_beginning_of_day, (double number), {
  const d = new Date(number * 864e5);
  const begin = new Date(d.getUTCFullYear(), d.getUTCMonth(), d.getUTCDate());
  begin.setFullYear(d.getUTCFullYear());
  return begin.getTime();
});
EM_JS(double, parley_ms_to_midnight, (void), {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime();
});
EM_JS(double, parley_random_word, (void), { return crypto.getRandomValues(new Uint32Array(1))[0]; });
EM_JS(int, parley_is_visible, (void), { return document.visibilityState === 'visible' ? 1 : 0; });
EM_JS(int, parley_has_focus, (void), { return document.hasFocus() ? 1 : 0; });
EM_JS(char*, parley_socket_url, (void), {
  return stringToNewUTF8((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + '/ws');
});
EM_JS(char*, parley_path, (void), {
  try { return stringToNewUTF8(decodeURIComponent(location.pathname)); } catch { return stringToNewUTF8('/'); }
});
EM_JS(double, parley_message, (void), {
  const found = /^#m([0-9]{1,15})$/.exec(location.hash);
  return found ? Number(found[1]) : 0;
});
EM_JS(char*, parley_address, (const char* path, double message), {
  return stringToNewUTF8(location.origin + encodeURI(UTF8ToString(path)) + '#m' + message);
});
EM_JS(void, parley_set_path, (const char* path, int push), {
  const wanted = encodeURI(UTF8ToString(path));
  if (Module.parleyUncovers) { Module.parleyPathAfter = [wanted, push]; return; }  // on the way back: not to be overtaken
  if (wanted === location.pathname) return;
  const covered = history.state && history.state.parleyCover;
  if (covered && !push) Module.parleyPathBelow = wanted;
  if (push && !covered) history.pushState(null, "", wanted); else history.replaceState(covered && !push ? history.state : null, "", wanted);
});
EM_JS(void, parley_cover_path, (int covered), {
  if (covered) return history.pushState({ parleyCover: true }, "", location.href);
  if (!(history.state && history.state.parleyCover)) return;
  Module.parleyUncovers = true;
  history.back();
});
EM_JS(void, parley_set_title, (const char* title), {
  const words = UTF8ToString(title);
  if (document.title !== words) document.title = words;
});
EM_JS(void, parley_mark_icon, (int unread), {
  const icon = document.querySelector('link[rel=icon]');
  const plain = icon.dataset.plain || (icon.dataset.plain = icon.getAttribute('href'));
  const wanted = unread ? icon.dataset.unread : plain;
  if (icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
});
EM_JS(char*, parley_load_session, (void), {
  try { return stringToNewUTF8(localStorage.getItem('parley.session') || ""); } catch { return stringToNewUTF8(""); }
});
EM_JS(void, parley_save_session, (const char* session), {
  const words = UTF8ToString(session);
  try { if (words) localStorage.setItem('parley.session', words); else localStorage.removeItem('parley.session'); }
  catch { console.warn('parley: this browser keeps nothing: a reload will ask for the password'); }
});
EM_JS(void, parley_listen, (void), {
  document.addEventListener('visibilitychange', () => _parley_page_changed(0));
  window.addEventListener('focus', () => _parley_page_changed(1));
  window.addEventListener('blur', () => _parley_page_changed(1));
  window.addEventListener('online', () => _parley_page_changed(2));
  globalThis.parleyPage.go = (address) => {
    if (address !== location.href) history.pushState(null, "", address);
    _parley_page_changed(3);
  };
  window.addEventListener('popstate', () => {
    if (Module.parleyPathBelow) history.replaceState(null, "", Module.parleyPathBelow);
    delete Module.parleyPathBelow;
    if (!Module.parleyUncovers) return _parley_page_changed(3);
    Module.parleyUncovers = false;
    const [wanted, push] = Module.parleyPathAfter || [location.pathname, 0];
    delete Module.parleyPathAfter;
    if (wanted === location.pathname) return;
    if (push) history.pushState(null, "", wanted); else history.replaceState(null, "", wanted);
  });
  // Loaded again while something covered the page: nothing does now, and its entry would be a Back that does nothing.
  if (!(history.state && history.state.parleyCover)) return;
  const canGoBack = globalThis.navigation ? navigation.canGoBack : history.length > 1;
  if (!canGoBack) return history.replaceState(null, "", location.href);
  Module.parleyPathBelow = location.href;
  Module.parleyUncovers = true;
  history.back();
});
// clang-format on

namespace parley::platform {

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::size_t kRemembered = 2'000;

PageChanges* page_changes = nullptr;
std::function<void()>* path_changed = nullptr;

std::string take(char* words) {
    std::string text(words);
    std::free(words);
    return text;
}

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return std::nullopt;
}

std::string to_hex(const Token& token) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string words;
    for (const std::byte byte : token) {
        words += kDigits[std::to_integer<unsigned>(byte) >> 4];
        words += kDigits[std::to_integer<unsigned>(byte) & 15u];
    }
    return words;
}

std::optional<Token> from_hex(std::string_view words) {
    Token token{};
    if (words.size() != 2 * token.size()) return std::nullopt;
    for (std::size_t i = 0; i < token.size(); ++i) {
        const auto high = hex_digit(words[2 * i]);
        const auto low = hex_digit(words[2 * i + 1]);
        if (!high || !low) return std::nullopt;
        token[i] = static_cast<std::byte>(*high * 16 + *low);
    }
    return token;
}

}  // namespace

std::int64_t monotonic_ms() {
    return static_cast<std::int64_t>(emscripten_get_now());
}
double precise_ms() {
    return emscripten_get_now();
}
Timestamp wall_time() {
    return {static_cast<std::int64_t>(emscripten_date_now())};
}
std::uint64_t random_seed() {
    const auto word = [] { return static_cast<std::uint64_t>(parley_random_word()); };
    return word() << 32 | word();
}
std::int64_t ms_to_midnight() {
    return static_cast<std::int64_t>(parley_ms_to_midnight());
}

// Each visible message asks in each frame: what the browser said is remembered for each minute, and the day for each
// quarter of an hour, which no time zone divides.
std::string time_words(Timestamp time) {
    static std::unordered_map<std::int64_t, std::string> words;
    if (words.size() > kRemembered) words.clear();
    auto& of_minute = words[time.milliseconds / kMinute];
    if (of_minute.empty()) of_minute = take(parley_time_words(static_cast<double>(time.milliseconds)));
    return of_minute;
}
std::string day_words(Timestamp time) {
    return take(parley_day_words(static_cast<double>(time.milliseconds)));
}
std::int64_t local_day(Timestamp time) {
    static std::unordered_map<std::int64_t, std::int64_t> days;
    if (days.size() > kRemembered) days.clear();
    const auto [found, is_new] = days.try_emplace(time.milliseconds / (15 * kMinute), 0);
    if (is_new) found->second = static_cast<std::int64_t>(parley_local_day(static_cast<double>(time.milliseconds)));
    return found->second;
}

Timestamp beginning_of_day(std::int64_t local_day) {
    return {static_cast<std::int64_t>(parley_beginning_of_day(static_cast<double>(local_day)))};
}

void copy_text(const std::string& text) {
    parley_copy_text(text.c_str());
}

bool is_touched() {
    return parley_matches("(pointer: coarse)") != 0;
}
bool is_calm() {
    return parley_matches("(prefers-reduced-motion: reduce)") != 0;
}

bool is_visible() {
    return parley_is_visible() != 0;
}
bool has_focus() {
    return parley_has_focus() != 0;
}

void watch_page(PageChanges* changes) {
    page_changes = changes;
    parley_listen();
}

std::string socket_url() {
    return take(parley_socket_url());
}
std::string current_path() {
    return take(parley_path());
}
std::uint64_t current_message() {
    return static_cast<std::uint64_t>(parley_message());
}
std::string address_of(const std::string& path, std::uint64_t message) {
    return take(parley_address(path.c_str(), static_cast<double>(message)));
}
void push_path(const std::string& path) {
    parley_set_path(path.c_str(), 1);
}
void cover_path(bool covered) {
    parley_cover_path(covered ? 1 : 0);
}
void replace_path(const std::string& path) {
    parley_set_path(path.c_str(), 0);
}
void watch_path(std::function<void()>* went) {
    path_changed = went;
}
void mark_icon(bool unread) {
    parley_mark_icon(unread ? 1 : 0);
}
void set_title(const std::string& title) {
    parley_set_title(title.c_str());
}

std::optional<KeptSession> load_session() {
    const std::string words = take(parley_load_session());
    const auto space = words.find(' ');
    const auto token = from_hex(std::string_view(words).substr(0, space));
    if (space == std::string::npos || !token) return std::nullopt;
    return KeptSession{*token, words.substr(space + 1)};
}

void save_session(const std::optional<KeptSession>& session) {
    parley_save_session(session ? (to_hex(session->token) + " " + session->account).c_str() : "");
}

}  // namespace parley::platform

extern "C" EMSCRIPTEN_KEEPALIVE void parley_page_changed(int what) {
    using namespace parley::platform;
    if (what == 3) {
        if (path_changed != nullptr) (*path_changed)();
        return;
    }
    if (page_changes == nullptr) return;
    if (what == 0) page_changes->visibility(is_visible());
    if (what == 1) page_changes->focus();
    if (what == 2) page_changes->online();
}
