#include "ui/mirror_writer.hpp"

#include <cmath>
#include <cstring>

namespace parley::ui {

void MirrorWriter::begin(Op op, NodeId id) {
    u8(static_cast<std::uint8_t>(op));
    u32(id);
}

void MirrorWriter::announce(std::string_view words) {
    u8(static_cast<std::uint8_t>(Op::announce));
    text(words);
}

void MirrorWriter::u16(std::uint16_t value) {
    u8(static_cast<std::uint8_t>(value & 0xFFu));
    u8(static_cast<std::uint8_t>(value >> 8));
}

void MirrorWriter::u32(std::uint32_t value) {
    u16(static_cast<std::uint16_t>(value & 0xFFFFu));
    u16(static_cast<std::uint16_t>(value >> 16));
}

void MirrorWriter::number(double value) {
    std::uint64_t bits = 0;
    std::memcpy(&bits, &value, sizeof bits);  // the wasm library has no std::bit_cast yet
    u32(static_cast<std::uint32_t>(bits & 0xFFFF'FFFFu));
    u32(static_cast<std::uint32_t>(bits >> 32));
}

void MirrorWriter::pixels(float value) {
    const auto whole = static_cast<int>(std::lround(std::fmax(-32768.0f, std::fmin(32767.0f, value))));
    u16(static_cast<std::uint16_t>(static_cast<std::int16_t>(whole)));
}

void MirrorWriter::rect(const Rect& rect, const Rect& origin) {
    for (const float value : {rect.x - origin.x, rect.y - origin.y, rect.w, rect.h}) pixels(value);
}

void MirrorWriter::part(const Rect& part, const Rect& origin) {
    for (const float value : {part.x - origin.x, part.y - origin.y, part.w}) pixels(value);
}

void MirrorWriter::text(std::string_view value) {
    u32(static_cast<std::uint32_t>(value.size()));
    const auto bytes = std::as_bytes(std::span<const char>(value.data(), value.size()));
    out_.insert(out_.end(), bytes.begin(), bytes.end());
}

void MirrorWriter::body(const Body& body) {
    text(body.text);
    u16(static_cast<std::uint16_t>(body.spans.size()));
    for (const auto& span : body.spans) {
        u16(span.marks);
        u32(span.begin);
        u32(span.end);
        text(span.address);
    }
    u16(static_cast<std::uint16_t>(body.blocks.size()));
    for (const auto& block : body.blocks) {
        u32(block.begin);
        u32(block.end);
        for (const auto number : {block.quotes, block.items, block.empty_above}) u8(number);
        u8(block.code ? 1 : 0);
    }
    u8(static_cast<std::uint8_t>(body.style.size));
    u8(static_cast<std::uint8_t>(body.style.line));
}

}  // namespace parley::ui
