#include "platform/socket.hpp"

#include <emscripten/console.h>
#include <emscripten/websocket.h>

#include <vector>

namespace parley::platform {

namespace {

Socket& self(void* data) {
    return *static_cast<Socket*>(data);
}

EM_BOOL opened(int, const EmscriptenWebSocketOpenEvent* event, void* data) {
    self(data).on_open(event->socket);
    return EM_TRUE;
}
EM_BOOL arrived(int, const EmscriptenWebSocketMessageEvent* event, void* data) {
    self(data).on_message(event->socket, event->data, event->numBytes, event->isText != 0);
    return EM_TRUE;
}
EM_BOOL failed(int, const EmscriptenWebSocketErrorEvent* event, void* data) {
    self(data).on_error(event->socket);
    return EM_TRUE;
}
EM_BOOL closed(int, const EmscriptenWebSocketCloseEvent* event, void* data) {
    self(data).on_close(event->socket, event->code, event->reason, event->wasClean != 0);
    return EM_TRUE;
}

// A page may close with 1000 and 3000 to 4999 only.
bool may_say(std::uint16_t code) {
    return code == 1000 || (code >= 3000 && code <= 4999);
}

}  // namespace

Socket::~Socket() {
    close(1000, {});
}

void Socket::log(std::string_view what) const {
    const std::string id = connection_id_ == 0 ? std::string("-") : std::to_string(connection_id_);
    emscripten_console_log(("parley socket [" + id + "] " + std::string(what)).c_str());
}

void Socket::open(const std::string& url) {
    forget();
    EmscriptenWebSocketCreateAttributes attributes{};
    attributes.url = url.c_str();
    attributes.createOnMainThread = EM_TRUE;
    handle_ = emscripten_websocket_new(&attributes);
    if (handle_ <= 0) {
        handle_ = 0;
        log("could not be made");
        return handlers_.closed(1006, "the browser made no socket");
    }
    log("opening " + url);
    emscripten_websocket_set_onopen_callback(handle_, this, opened);
    emscripten_websocket_set_onmessage_callback(handle_, this, arrived);
    emscripten_websocket_set_onerror_callback(handle_, this, failed);
    emscripten_websocket_set_onclose_callback(handle_, this, closed);
}

void Socket::send(std::span<const std::byte> frame) {
    if (handle_ == 0) return;
    // The API takes a mutable pointer and only reads.
    emscripten_websocket_send_binary(handle_, const_cast<std::byte*>(frame.data()),
                                     static_cast<std::uint32_t>(frame.size()));
}

void Socket::close(std::uint16_t code, const std::string& reason) {
    if (handle_ == 0) return;
    log("closing, code " + std::to_string(code) + (reason.empty() ? "" : ", " + reason));
    if (may_say(code))
        emscripten_websocket_close(handle_, code, reason.c_str());
    else
        emscripten_websocket_close(handle_, 0, nullptr);
    forget();
}

void Socket::forget() {
    if (handle_ != 0) emscripten_websocket_delete(handle_);
    handle_ = 0;
}

void Socket::on_open(int handle) {
    if (handle != handle_) return;
    log("open");
    handlers_.opened();
}

void Socket::on_message(int handle, const std::uint8_t* data, std::uint32_t size, bool is_text) {
    if (handle != handle_) return;
    if (is_text) return log("ignored a text message");
    const auto* bytes = reinterpret_cast<const std::byte*>(data);
    const std::vector<std::byte> copy(bytes, bytes + size);
    handlers_.frame(copy);
}

void Socket::on_error(int handle) {
    if (handle == handle_) log("error");
}

void Socket::on_close(int handle, std::uint16_t code, const char* reason, bool was_clean) {
    if (handle != handle_) return;
    const std::string why(reason);
    log("closed, code " + std::to_string(code) + (why.empty() ? "" : ", " + why) + (was_clean ? "" : ", not cleanly"));
    forget();
    handlers_.closed(code, why);
}

}  // namespace parley::platform
