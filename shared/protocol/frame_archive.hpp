// cereal archives over a span of bytes, for frames from strangers. Fixed-width integers are little endian; sizes and
// Places are LEB128 varints in their shortest form; every element takes at least one byte, so no size above the bytes
// left is believed; memory is counted against a budget before it is allocated. The reader never throws: the first error
// sticks, and what is read after it is empty.
// No cereal/types/*: the overloads for our types stand here, so nothing else can come off the wire.
#pragma once

#include <bit>
#include <cereal/cereal.hpp>
#include <concepts>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>

#include "protocol/codec.hpp"
#include "text/utf8.hpp"

namespace parley {
class FrameWriter;
class FrameReader;
}  // namespace parley

// cereal would write any enum as its number, unchecked; ours are range-checked.
template <class Enum>
requires std::is_enum_v<Enum>
struct cereal::specialize<parley::FrameWriter, Enum, cereal::specialization::non_member_load_save> : std::true_type {
};
template <class Enum>
requires std::is_enum_v<Enum>
struct cereal::specialize<parley::FrameReader, Enum, cereal::specialization::non_member_load_save> : std::true_type {
};

CEREAL_SETUP_ARCHIVE_TRAITS(parley::FrameReader, parley::FrameWriter)

namespace parley {

class FrameWriter : public cereal::OutputArchive<FrameWriter, cereal::AllowEmptyClassElision> {
  public:
    explicit FrameWriter(Buffer& out) : OutputArchive(this), out_(out) {}

    template <std::unsigned_integral Integer>
    void fixed(Integer value) {
        const std::uint64_t wide = value;
        for (std::size_t i = 0; i < sizeof(Integer); ++i)
            out_.push_back(static_cast<std::byte>((wide >> (8 * i)) & 0xFFu));
    }
    void varint(std::uint64_t value) {
        while (value >= 0x80) {
            out_.push_back(static_cast<std::byte>((value & 0x7Fu) | 0x80u));
            value >>= 7;
        }
        out_.push_back(static_cast<std::byte>(value));
    }
    void bytes(std::span<const std::byte> data) { out_.insert(out_.end(), data.begin(), data.end()); }
    [[nodiscard]] Buffer& buffer() { return out_; }

  private:
    Buffer& out_;
};

class FrameReader : public cereal::InputArchive<FrameReader, cereal::AllowEmptyClassElision> {
  public:
    explicit FrameReader(std::span<const std::byte> in, std::size_t budget = limits::kDecodeBudget)
        : InputArchive(this), in_(in), budget_(budget) {}

    template <std::unsigned_integral Integer>
    [[nodiscard]] Integer fixed() {
        std::uint64_t value = 0;
        const auto data = take(sizeof(Integer));
        for (std::size_t i = 0; i < data.size(); ++i) value |= std::to_integer<std::uint64_t>(data[i]) << (8 * i);
        return static_cast<Integer>(value);
    }
    [[nodiscard]] std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const auto data = take(1);
            if (data.empty()) return 0;
            const auto byte = std::to_integer<std::uint64_t>(data[0]);
            if ((shift == 63 && byte > 1) || (byte == 0 && shift > 0)) break;  // overflow, or not the shortest form
            value |= (byte & 0x7Fu) << shift;
            if (byte < 0x80) return value;
        }
        fail(DecodeError::out_of_range);
        return 0;
    }
    // A number of elements or bytes: at most `maximum`, and at most the bytes left.
    [[nodiscard]] std::size_t size(std::size_t maximum, std::size_t element_bytes_in_memory) {
        const auto count = varint();
        if (failed()) return 0;
        if (count > maximum || count > in_.size()) {
            fail(DecodeError::too_long);
            return 0;
        }
        const auto memory = static_cast<std::size_t>(count) * element_bytes_in_memory;
        if (memory > budget_) {
            fail(DecodeError::over_budget);
            return 0;
        }
        budget_ -= memory;
        return static_cast<std::size_t>(count);
    }
    // The next `count` bytes; fewer are an error and give none.
    std::span<const std::byte> take(std::size_t count) {
        if (failed()) return {};
        if (count > in_.size()) {
            fail(DecodeError::truncated);
            return {};
        }
        const auto data = in_.first(count);
        in_ = in_.subspan(count);
        return data;
    }
    void fail(DecodeError error) {
        if (error_ != DecodeError::none) return;
        error_ = error;
        in_ = {};
    }
    [[nodiscard]] bool failed() const { return error_ != DecodeError::none; }
    [[nodiscard]] DecodeError error() const { return error_; }
    [[nodiscard]] std::size_t left() const { return in_.size(); }
    [[nodiscard]] std::size_t budget() const { return budget_; }

  private:
    std::span<const std::byte> in_;
    std::size_t budget_;
    DecodeError error_ = DecodeError::none;
};

// --- integers, bool, enums
template <class Integer>
requires std::integral<Integer> &&
    (!std::same_as<Integer, bool>)void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const Integer& value) {
    archive.fixed(static_cast<std::make_unsigned_t<Integer>>(value));
}
template <class Integer>
requires std::integral<Integer> &&
    (!std::same_as<Integer, bool>)void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, Integer& value) {
    value = static_cast<Integer>(archive.fixed<std::make_unsigned_t<Integer>>());
}
template <std::same_as<bool> Bool>
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const Bool& value) {
    archive.fixed(static_cast<std::uint8_t>(value ? 1 : 0));
}
template <std::same_as<bool> Bool>
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, Bool& value) {
    const auto byte = archive.fixed<std::uint8_t>();
    if (byte > 1) archive.fail(DecodeError::out_of_range);
    value = byte == 1;
}
template <class Enum>
requires std::is_enum_v<Enum>
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const Enum& value) {
    archive.fixed(static_cast<std::underlying_type_t<Enum>>(value));
}
template <class Enum>
requires std::is_enum_v<Enum>
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, Enum& value) {
    const auto read = static_cast<Enum>(archive.fixed<std::underlying_type_t<Enum>>());
    if (archive.failed()) return;
    if (is_known(read)) {
        value = read;
    } else {
        archive.fail(DecodeError::out_of_range);
    }
}

// --- ids and places
template <class Kind>
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const Id<Kind>& id) {
    archive.fixed(id.value());
}
template <class Kind>
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, Id<Kind>& id) {
    id = Id<Kind>(archive.fixed<std::uint64_t>());
}
template <class Kind>
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const Place<Kind>& place) {
    archive.varint(place.value());
}
template <class Kind>
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, Place<Kind>& place) {
    place = Place<Kind>(archive.varint());
}

// --- bounded text, lists, bytes, optionals
template <std::size_t Maximum>
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const Text<Maximum>& text) {
    archive.varint(text.str().size());
    archive.bytes(std::as_bytes(std::span(text.str())));
}
template <std::size_t Maximum>
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, Text<Maximum>& value) {
    const auto data = archive.take(archive.size(Maximum, 1));
    const std::string_view view(reinterpret_cast<const char*>(data.data()), data.size());
    if (!text::is_utf8(view)) return archive.fail(DecodeError::not_utf8);
    value = *Text<Maximum>::from(view);
}
template <class Element, std::size_t Maximum>
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const List<Element, Maximum>& list) {
    archive.varint(list.size());
    for (const auto& element : list) archive(element);
}
template <class Element, std::size_t Maximum>
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, List<Element, Maximum>& list) {
    const auto count = archive.size(Maximum, sizeof(Element));
    list = {};
    list.reserve(count);
    for (std::size_t i = 0; i < count && !archive.failed(); ++i) {
        Element element{};
        archive(element);
        if (!archive.failed()) list.push_back(std::move(element));
    }
}
template <std::size_t Count>
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const Bytes<Count>& data) {
    archive.bytes(data);
}
template <std::size_t Count>
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, Bytes<Count>& data) {
    const auto read = archive.take(Count);
    if (!read.empty()) std::memcpy(data.data(), read.data(), Count);
}
template <class Value>
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const std::optional<Value>& value) {
    archive(value.has_value());
    if (value) archive(*value);
}
template <class Value>
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, std::optional<Value>& value) {
    bool present = false;
    archive(present);
    value.reset();
    if (!present || archive.failed()) return;
    Value read{};
    archive(read);
    if (!archive.failed()) value = std::move(read);
}

// --- events: sequence, kind, length, body
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const RoomEvent& event);
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, RoomEvent& event);
void CEREAL_SAVE_FUNCTION_NAME(FrameWriter& archive, const AccountEvent& event);
void CEREAL_LOAD_FUNCTION_NAME(FrameReader& archive, AccountEvent& event);

}  // namespace parley
