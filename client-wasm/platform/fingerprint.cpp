#include "platform/fingerprint.hpp"

#include <imgui.h>

#include <cstddef>
#include <cstring>

namespace parley::platform {

namespace {

// Eight bytes at a time; every step is a bijection of what was there before, so that no two orders come out alike.
class Fingerprint {
  public:
    void add(std::uint64_t word) {
        value_ = (value_ ^ word) * 0x9E37'79B9'7F4A'7C15ull;
        value_ ^= value_ >> 29;
    }
    void add(ImVec2 place) {
        static_assert(sizeof place == sizeof(std::uint64_t));
        std::uint64_t word = 0;
        std::memcpy(&word, &place, sizeof word);
        add(word);
    }
    void add(const void* data, std::size_t size) {
        const auto* at = static_cast<const std::byte*>(data);
        for (; size >= sizeof(std::uint64_t); at += sizeof(std::uint64_t), size -= sizeof(std::uint64_t)) {
            std::uint64_t word = 0;
            std::memcpy(&word, at, sizeof word);
            add(word);
        }
        std::uint64_t rest = size;
        std::memcpy(&rest, at, size);
        add(rest);
    }
    [[nodiscard]] std::uint64_t value() const { return value_; }

  private:
    std::uint64_t value_ = 0x2545'F491'4F6C'DD1Dull;
};

std::uint64_t word_of(const void* pointer) {
    return reinterpret_cast<std::uintptr_t>(pointer);
}

void add(Fingerprint& print, const ImDrawCmd& command) {
    print.add({command.ClipRect.x, command.ClipRect.y});
    print.add({command.ClipRect.z, command.ClipRect.w});
    print.add(command.TexRef._TexData != nullptr ? word_of(command.TexRef._TexData)
                                                 : static_cast<std::uint64_t>(command.TexRef._TexID));
    print.add((std::uint64_t{command.VtxOffset} << 32) | command.IdxOffset);
    print.add(command.ElemCount);
    print.add(command.UserCallback != nullptr ? 1u : 0u);
    print.add(word_of(command.UserCallbackData));
}

}  // namespace

std::uint64_t fingerprint_of(const ImDrawData& frame) {
    Fingerprint print;
    print.add(frame.DisplayPos);
    print.add(frame.DisplaySize);
    print.add(frame.FramebufferScale);
    for (const ImDrawList* list : frame.CmdLists) {
        print.add(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
        print.add(list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
        for (const ImDrawCmd& command : list->CmdBuffer) add(print, command);
    }
    return print.value();
}

}  // namespace parley::platform
